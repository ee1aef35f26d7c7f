"""Public URLs: always built from the configured base URL, never from a request's Host."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UrlBuilder:
    base_url: str

    def page_url(self, path: str) -> str:
        """URL of a page; `path` starts with a slash."""
        return self.base_url + path

    def interview_url(self, token: str) -> str:
        return self.page_url(f"/interview/{token}")

    def unsubscribe_url(self, token: str) -> str:
        return self.page_url(f"/interview/unsubscribe/{token}")

    def transcript_url(self, session_id: str) -> str:
        return self.page_url(f"/api/session/{session_id}/transcript")

    def audio_url(self, session_id: str) -> str:
        return self.page_url(f"/api/session/{session_id}/audio")
