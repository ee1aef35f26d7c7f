"""A browser without a screen: cookies, and the token of each form."""

import http.cookiejar
import re
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from typing import Any

from tests.flows.server import Answer, Server, headers_of


class _Still(urllib.request.HTTPRedirectHandler):
    """Redirects are answers to look at, not ways to follow."""

    def redirect_request(self, *_: Any) -> None:
        return None


@dataclass
class Browser:
    server: Server
    jar: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def get(self, path: str, **headers: str) -> Answer:
        return self._open(path, None, headers)

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Answer:
        return self._open(path, urllib.parse.urlencode(fields).encode(), headers)

    def token(self, path: str = "/login") -> str:
        """The token of the form on a page."""
        found = re.search(rb'name="csrf_token" value="([^"]+)"', self.get(path).body)
        assert found, f"there is no form on {path}"
        return found[1].decode()

    def log_in(self, person: dict[str, str], *, now: str = "", **more: str) -> Answer:
        sent = {"email": person["owner_email"], "password": person["owner_password"]}
        where = "/login?" + urllib.parse.urlencode(more)
        at = {"X_Test_Now": now} if now else {}
        return self.post(where, {**sent, **more, "csrf_token": self.token(where)}, **at)

    def cookie(self) -> str:
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.jar)

    def _open(self, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.server.base + path, body, told)
        keep = urllib.request.HTTPCookieProcessor(self.jar)
        try:
            with urllib.request.build_opener(keep, _Still).open(request, timeout=120) as answer:
                return Answer(answer.status, headers_of(answer), answer.read())
        except urllib.error.HTTPError as refusal:
            with refusal:
                return Answer(refusal.code, headers_of(refusal), refusal.read())
