"""The server is killed while somebody speaks, and comes back: nothing is lost, nothing is doubled."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.spoken import measures, recordings, study
from tests.spoken.conftest import Studied
from tests.spoken.participant import SLOW, participating

AWAY = 4_000
"""Milliseconds without a server."""


@pytest.mark.parametrize("pieces", [2, 6])
def test_the_answer_is_whole(
    studied: Studied, browser: Browser, microphone: Path, pieces: int
) -> None:
    server = studied.server
    campaign = studied.campaign(study.QUESTIONS[4:5])
    token = studied.invite(campaign, f"killed-{pieces}@example.com")
    with participating(browser, server, token, microphone) as somebody:
        page = somebody.page
        sent = recordings.Sent(page)
        somebody.begin()
        with page.expect_request(lambda request: f"/{pieces}?number=" in request.url):
            number = somebody.answer_next()
        server.kill9()
        expect(page.locator("#voice-lost")).to_be_visible(timeout=SLOW)
        page.wait_for_timeout(AWAY)
        server.start()
        somebody.moves_on(number)
        state = somebody.state()
    answers = [turn["text"] for turn in state["turns"] if turn["speaker"] == "participant"]
    said = [text for _, text in somebody.said]
    assert len(answers) == 1
    rate = measures.rate_errors(list(zip(said, answers, strict=True)))
    print(f"word error rate {rate:.1%}: {answers[0]}")
    assert rate <= 0.05
    (stored,) = recordings.read_stored(server.folder, state["session_id"])
    print(f"{stored.clip}: {len(stored.content):,} bytes")
    assert (stored.number, stored.used, stored.status) == (number, True, "transcribed")
    assert stored.content == sent.read(stored.clip)
