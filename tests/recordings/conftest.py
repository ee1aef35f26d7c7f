"""What the tests of spoken answers start from."""

import pytest

from interviewrelay.interviews import interviews
from interviewrelay.interviews.consent import ConsentTerms, VoiceTerms
from interviewrelay.interviews.participation import entry
from tests.factories import a_campaign, an_invite
from tests.fakes import speech_engines


@pytest.fixture
def speech():
    return speech_engines()


@pytest.fixture
def settings():
    """Settings of the campaign."""
    return {"mode": "both"}


@pytest.fixture
def token(services, ann, settings):
    """The token of an interview that was started by voice."""
    invite, token = an_invite(services, a_campaign(ann, settings=settings))
    terms = ConsentTerms(voice=VoiceTerms())
    interviews.start_interview(
        invite, agreed=True, mode="voice", terms=terms, speech=services.speech
    )
    return token


@pytest.fixture
def snapshot(services, token):
    """Reads the interview as it is now."""
    return lambda: entry.get_snapshot(services.ring, token)
