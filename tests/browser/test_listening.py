"""An interview by keyboard, as a screen reader has it, is as the documents tell it."""

from typing import Any

from playwright.sync_api import Browser

from bench import listen
from tests.flows.server import Server


def test_the_transcript_in_the_documents_is_what_is_heard(
    browser: Browser, server: Server, invite: Any
) -> None:
    told = listen.transcript(browser, server.base, invite("listening@example.com"))
    for heard in (
        'heading 1 "Your visit to the outpatient clinic"',
        'button "Start the interview"',
        'announced: "Saved"',
        'heading 1 "The interview is complete"',
    ):
        assert heard in told
    # Else: python -m bench listen --write
    assert listen.shape(told) == listen.shape(listen.written())
