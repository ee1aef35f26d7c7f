"""Which campaigns may be by voice, and what is said if none can."""

import pytest

from interviewrelay.campaigns import campaigns, voice_availability
from interviewrelay.core.errors import InvalidParameter
from interviewrelay.core.ports.speech import SpeechEngines
from tests.factories import a_campaign, a_script
from tests.fakes import WaveCodec, speech_engines

DEAF = SpeechEngines(WaveCodec())


def offer(engines, mode, language="en", **more):
    found = voice_availability.get_voice_offer(engines, {"mode": mode}, language, **more)
    return found.offered, found.recognizes, found.speaks


def test_what_is_offered():
    assert offer(speech_engines(), "both") == (True, True, True)
    assert offer(speech_engines(), "voice", "de-AT") == (True, True, False)
    assert offer(speech_engines(), "both", agreed=False) == (False, True, True)
    assert offer(speech_engines(), "text") == (False, True, True)
    assert offer(speech_engines(), "voice", "pl") == (False, False, False)
    assert offer(DEAF, "both") == (False, False, False)


def plan(ann, project, mode, **more):
    settings = {"mode": mode, **more}
    return campaigns.CampaignPlan("C", a_script(ann).id, project, settings=settings)


def test_a_campaign_by_voice_needs_a_recognizer(services, ann):
    project = a_campaign(ann).project_id
    with pytest.raises(InvalidParameter) as refused:
        campaigns.create_campaign(ann.actor, plan(ann, project, "voice"), speech=DEAF)
    assert refused.value.details["field"] == "settings.mode"
    for word in ("interviewrelay[voice]", "STT_BASE_URL", "STT_MODEL", "'en'"):
        assert word in refused.value.message
    made = campaigns.create_campaign(ann.actor, plan(ann, project, "both"), speech=DEAF)
    with pytest.raises(InvalidParameter):
        campaigns.change_campaign(made, {"settings": {"mode": "voice"}}, speech=DEAF)
    campaigns.change_campaign(made, {"settings": {"mode": "voice"}}, speech=speech_engines())
    campaigns.set_campaign_status(made, "paused", speech=DEAF)
    with pytest.raises(InvalidParameter):
        campaigns.set_campaign_status(made, "active", speech=DEAF)


def test_the_language_is_the_campaigns_own_or_its_scripts(ann):
    project = a_campaign(ann).project_id
    ours = speech_engines()
    campaigns.create_campaign(
        ann.actor, plan(ann, project, "voice", language="de"), speech=ours
    )
    with pytest.raises(InvalidParameter, match="'pl'"):
        campaigns.create_campaign(
            ann.actor, plan(ann, project, "voice", language="pl"), speech=ours
        )
