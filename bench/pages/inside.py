"""The application once more, in this process: for what nobody can see from outside its server."""

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
    """On the database of an instance, and with its secrets: who logs in here is logged in there."""

    def __init__(self, environment: Mapping[str, str], port: int) -> None:
        self._base = f"http://127.0.0.1:{port}"
        self._app = create_app(settings.read(environment))
        self._app.config["WTF_CSRF_ENABLED"] = False
        self._client = self._app.test_client()
        self._nobody = self._app.test_client(use_cookies=False)

    def log_in(self, fixtures: Mapping[str, Any]) -> str:
        """The owner, here and for others: the value of their cookie."""
        typed = {"email": fixtures["owner_email"], "password": fixtures["owner_password"]}
        answer = self._client.post("/login", data=typed, base_url=self._base)
        cookie = self._client.get_cookie("ir", domain="127.0.0.1")
        if answer.status_code != 303 or cookie is None:
            raise RuntimeError(f"the log-in was answered {answer.status_code}")
        return cookie.value

    def queries(self, path: str, *, logged_in: bool) -> int:
        """How many statements a page sends to the database, whatever was kept from before."""
        client = self._client if logged_in else self._nobody

        def ask() -> None:
            # In a thread of its own nothing is found of the request before.
            with ThreadPoolExecutor(1) as apart:
                apart.submit(client.get, path, base_url=self._base).result()

        with self._app.app_context():
            ask()  # what is asked once a while is over
            return statements(ask)

    def close(self) -> None:
        with self._app.app_context():
            session.let_go()


@contextmanager
def served(
    *, ready: bool = True, **more: str
) -> Iterator[tuple[Instance, Inside, dict[str, str]]]:
    """The demonstration on a server of its own, with the ids of all that pages need; or, not `ready`
    for that, as it is.
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
