"""Public URLs: always built from the configured base URL, never from a request's Host."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

_HOST: Final = re.compile(
    r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*", re.ASCII
)
_LOCAL: Final = ("localhost", "127.0.0.1")
LONGEST_ORIGIN: Final = 300
"""Maximum characters of an origin as typed."""


def parse_origin(text: str) -> str:
    """Origin of a web page as browsers write it: scheme, host, and a port other than the usual one.

    Only https, except for a page on the same machine. A name in another script is converted to
    ASCII. Raises ValueError for anything else, also for an address with a path.
    """
    text = text.strip()
    if len(text) > LONGEST_ORIGIN or re.search(r"[\s\x00-\x1f\\]", text):
        raise ValueError("not an origin")
    parts = urlsplit(text)
    host = (parts.hostname or "").encode("idna").decode("ascii").lower()
    secure = parts.scheme == "https" or (parts.scheme == "http" and host in _LOCAL)
    more = parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc
    if not secure or more or text[-1] in "?#" or not _HOST.fullmatch(host):
        raise ValueError("not an origin")
    usual = {"https": 443, "http": 80}[parts.scheme]
    port = "" if parts.port in (None, usual) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


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
