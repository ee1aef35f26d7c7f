"""Public URLs: always built from the configured base URL, never from a request's Host."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Links:
    base_url: str

    def page(self, path: str) -> str:
        """URL of a page; `path` starts with a slash."""
        return self.base_url + path

    def interview(self, token: str) -> str:
        return self.page(f"/interview/{token}")

    def unsubscribing(self, token: str) -> str:
        return self.page(f"/interview/unsubscribe/{token}")

    def transcript(self, session_id: str) -> str:
        return self.page(f"/api/session/{session_id}/transcript")

    def audio(self, session_id: str) -> str:
        return self.page(f"/api/session/{session_id}/audio")
