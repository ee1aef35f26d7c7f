"""How sure the recogniser was, in every form of a transcript, also without a recording."""

import json

import pytest

from interviewrelay.interviews import interviews
from tests.factories import a_campaign, a_clip, a_tone, an_interview, by_voice

SAID = ("It took me an hour.", "Nobody told us.", "He was kind.")


@pytest.fixture
def spoken(services, ann):
    """Of three answers, one stands as it was recognised, one was corrected, and one was typed."""
    interview = an_interview(services, a_campaign(ann, settings={"recording": False}), *SAID)
    by_voice(interview)
    a_clip(services, interview, 2, a_tone(1), text=SAID[0], confidence=0.8125)
    a_clip(services, interview, 2, a_tone(1), text="Um.", confidence=0.1, used=False)
    a_clip(services, interview, 4, a_tone(1), text="Nobody sold us.", confidence=0.3)
    return interview


def told(turns):
    return {t["number"]: t["confidence"] for t in turns if t["speaker"] == "participant"}


@pytest.mark.parametrize("ended", [False, True])
def test_the_same_confidence_everywhere(client, ann, spoken, ended):
    if ended:
        interviews.complete_interview(spoken.invite)
    wanted = {2: 0.8125, 4: 1, 6: 1}
    path = f"/api/session/{spoken.id}/transcript"
    assert told(client.get(path, headers=ann.auth).json["turns"]) == wanted
    rows = client.get(f"{path}?format=csv", headers=ann.auth).text
    assert "0.8125" in rows
    if ended:
        export = f"/api/campaigns/{spoken.campaign_id}/transcripts?format=jsonl"
        lines = client.get(export, headers=ann.auth).text.splitlines()
        assert told(json.loads(lines[0])["turns"]) == wanted


def test_a_session_in_writing_is_sure(client, services, ann):
    interview = an_interview(services, a_campaign(ann), *SAID)
    path = f"/api/session/{interview.id}/transcript"
    assert told(client.get(path, headers=ann.auth).json["turns"]) == {2: 1, 4: 1, 6: 1}
