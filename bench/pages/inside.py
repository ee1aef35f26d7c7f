"""Second application in this process, for what can't be seen from outside the server."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from bench.pages.places import prepared
from bench.server import Instance, fresh
from interviewrelay.core.config import settings
from interviewrelay.core.db import session
from interviewrelay.factory import create_app
from tests.statements import statements


class Inside:
    """Application on an instance's database, with its secrets, so its sign-ins are valid there."""

    def __init__(self, environment: Mapping[str, str], port: int) -> None:
        self._base = f"http://127.0.0.1:{port}"
        self._app = create_app(settings.read_settings(environment))
        self._app.config["WTF_CSRF_ENABLED"] = False
        self._client = self._app.test_client()
        self._nobody = self._app.test_client(use_cookies=False)

    def log_in(self, fixtures: Mapping[str, Any]) -> str:
        """Sign in as the owner, and return the cookie's value."""
        typed = {"email": fixtures["owner_email"], "password": fixtures["owner_password"]}
        answer = self._client.post("/login", data=typed, base_url=self._base)
        cookie = self._client.get_cookie("ir", domain="127.0.0.1")
        if answer.status_code != 303 or cookie is None:
            raise RuntimeError(f"the log-in was answered {answer.status_code}")
        return cookie.value

    def queries(self, path: str, *, logged_in: bool) -> int:
        """Number of statements that a page sends to the database, without caches."""
        client = self._client if logged_in else self._nobody

        def ask() -> None:
            # A separate thread keeps no state of the previous request.
            with ThreadPoolExecutor(1) as apart:
                apart.submit(client.get, path, base_url=self._base).result()

        with self._app.app_context():
            ask()  # warm up periodic queries
            return statements(ask)

    def close(self) -> None:
        with self._app.app_context():
            session.dispose()


@contextmanager
def served(
    *, ready: bool = True, **more: str
) -> Iterator[tuple[Instance, Inside, dict[str, str]]]:
    """Demo on its own server, with the ids of everything that pages need; without `ready`, as it
    is.
    """
    with fresh("", **more) as instance:
        ids = dict(instance.fixtures["A"])
        if ready:
            ids = prepared(instance.environment, ids)
        process = instance.process("interviewrelay", "serve", port=instance.port)
        inside = Inside(instance.environment, instance.port)
        try:
            yield instance, inside, ids
        finally:
            inside.close()
            process.close()
