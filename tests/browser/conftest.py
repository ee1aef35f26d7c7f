"""A real browser on a real server with the demonstration data."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from bench.pages import places
from bench.pages.browsing import CHROMIUM, DESK, PHONE, QUIET
from tests.flows.server import Server

__all__ = ["DESK", "PHONE"]

SLOW = 120_000
"""Milliseconds after which what a test waits for will not come, however busy the machine is."""
expect.set_options(timeout=SLOW)


@pytest.fixture(autouse=True)
def no_outside_world() -> None:
    """The browser has its own process; the server's tests guard the rest."""


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("browser")
    settings = {"LLM_ALLOWED_CIDRS": "127.0.0.0/8", "LLM_PATIENCE_SECONDS": "30"}
    with Server(folder, DESIGN_PAGE="1", **settings) as made:
        printed = made.command("demo", "--json")
        made.fixtures = json.loads(printed[printed.index("{") :])  # type: ignore[attr-defined]
        yield made.start()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield made
        made.close()


@pytest.fixture
def fixtures(server: Any) -> dict[str, Any]:
    return server.fixtures["A"]


@pytest.fixture(scope="session")
def ids(server: Any) -> dict[str, str]:
    """What the addresses of all pages need, also links in every state of an interview."""
    return places.prepared(server.environment, server.fixtures["A"])


@pytest.fixture(scope="session")
def invited() -> set[tuple[str, str]]:
    return set()


@pytest.fixture
def invite(server: Server, fixtures: dict[str, Any], invited: set[tuple[str, str]]) -> Any:
    """A way to a fresh invite: its token. Each address once: whoever is invited again goes on
    with the interview of another test."""

    def make(email: str) -> str:
        assert (server.base, email) not in invited, f"{email} is another test's"
        invited.add((server.base, email))
        made = server.call(
            "POST",
            f"/api/campaigns/{fixtures['campaign_id']}/invites",
            {"emails": [email], "send_email": False},
            key=fixtures["key_owner"],
        )
        return made.json["invites"][0]["token"]

    return make


@pytest.fixture(scope="session")
def logged_in(browser: Browser, server: Any) -> Any:
    """The cookies of the owner."""
    with context(browser) as made:
        page = made.new_page()
        page.goto(f"{server.base}/login")
        page.get_by_label("Email address").fill(server.fixtures["A"]["owner_email"])
        page.get_by_label("Password").fill(server.fixtures["A"]["owner_password"])
        page.keyboard.press("Enter")
        page.wait_for_url(f"{server.base}/")
        return made.storage_state()


def context(browser: Browser, **more: Any) -> BrowserContext:
    made = browser.new_context(**{"viewport": PHONE, **more})
    made.set_default_timeout(SLOW)
    return made


def watched(made: BrowserContext) -> tuple[Page, list[str]]:
    """A page, and what its console complained of."""
    page, complaints = made.new_page(), []
    page.on(
        "console",
        lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    return page, complaints
