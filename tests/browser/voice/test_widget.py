"""A spoken answer in a frame on a page of another site."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import PHONE, context
from tests.browser.embedding import Site, await_event, heard
from tests.flows.server import Server
from tests.speech_stand_in import SpeechStandIn

SAID = "It took me two hours to get a doctor."


@pytest.fixture
def site(server: Server, english: str) -> Iterator[Site]:
    """A site that the spoken campaign allows."""
    made = Site(server.base)
    key = server.fixtures["A"]["key_owner"]  # type: ignore[attr-defined]
    server.call("PATCH", f"/api/campaigns/{english}", {"embed_origins": [made.origin]}, key=key)
    yield made
    made.http.shutdown()


def test_an_answer_is_spoken_in_a_frame(
    talking: Browser, site: Site, english: str, invited_to: Any,
    speech_service: SpeechStandIn, microphone: Any,
) -> None:  # fmt: skip
    pytest.importorskip("av")
    token = invited_to(english)
    speech_service.hear(SAID, SAID, by_sound=True)
    microphone(*[part for _ in range(3) for part in (-3, 2, -7)])
    with context(talking, viewport=PHONE) as made:
        page = made.new_page()
        page.goto(site.show("/", f'<div id=it data-interviewrelay="{token}"></div>'))
        frame = page.frame_locator("iframe")
        frame.get_by_label("By speaking").check()
        frame.get_by_role("button", name="Start the interview").click()
        frame.get_by_role("button", name="Skip this check").click()
        await_event(page, "answered", seconds=60)
        assert heard(page, "answered")[0] == {"number": 1}
        assert heard(page, "error") == []
        assert "doctor" not in page.evaluate("JSON.stringify(heard)")
