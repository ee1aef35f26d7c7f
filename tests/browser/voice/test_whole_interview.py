"""A whole spoken interview against the server's own routes: real recordings, a played recogniser."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import PHONE, context
from tests.browser.voice.conftest import Speaking
from tests.speech_stand_in import SpeechStandIn

SAID = (
    "It took me two hours to get a doctor, and nobody told us why.",
    "More signs would have helped me.",
    "The corridor was cold.",
    "No, that is all.",
)


@pytest.fixture
def interview(talking: Browser, server: Any, english: str, invited_to: Any) -> Any:
    pytest.importorskip("av")
    with context(talking, viewport=PHONE) as made:
        yield Speaking(server, made.new_page(), invited_to(english))


def test_from_the_link_to_the_end(
    interview: Speaking, speech_service: SpeechStandIn, microphone: Any
) -> None:
    page = interview.page
    speech_service.hear(*[text for text in SAID for _ in range(2)], by_sound=True)
    microphone(*[part for _ in range(12) for part in (-3, 2, -7)])
    interview.begin()
    interview.reaches("speaking")
    page.get_by_role("heading", name="The interview is complete").wait_for(timeout=600_000)
    answers = interview.answers()
    assert answers[0] == SAID[0]
    assert len(answers) >= 3
