"""Examples of the operations by voice, sent as they stand to a server that has speech engines."""

import pytest

from interviewrelay.web.openapi.registry import OPERATIONS
from interviewrelay.web.participant.speech import SAMPLE_CLIP
from tests.factories import a_campaign, an_invite
from tests.fakes import speech_engines
from tests.recordings.clips import clip, pieces, silence, tone

JSON = {"Accept": "application/json"}
SPOKEN = {o.view: o for o in OPERATIONS if o.zone == "participant" and ("/audio" in o.path or "/speech" in o.path)}  # fmt: skip


@pytest.fixture
def speech():
    return speech_engines()


def test_an_answer_by_voice_is_given_as_the_examples_say(client, services, ann):
    path = f"/interview/{an_invite(services, a_campaign(ann, settings={'mode': 'both'}))[1]}"
    assert (
        client.post(f"{path}/start", json={"consent": True, "mode": "voice"}).status_code == 201
    )
    met = []

    def check(view, response):
        met.append(view)
        assert response.status_code == (201 if view == "answer_by_voice" else 200), (
            response.text
        )

    place = {p.name: p.example for p in SPOKEN["store_piece"].query}
    for piece, content in enumerate(pieces(clip(tone(1), silence(1)))):
        response = client.put(
            f"{path}/audio/{SAMPLE_CLIP}/pieces/{piece}", data=content, query_string=place, headers=JSON,
            content_type="application/octet-stream",
        )  # fmt: skip
        check("store_piece", response)
    for view, where in (
        ("judge_pause", f"audio/{SAMPLE_CLIP}/pause"),
        ("answer_by_voice", "audio"),
    ):
        check(view, client.post(f"{path}/{where}", json=SPOKEN[view].sent, headers=JSON))
    check("speak_question", client.get(f"{path}/speech/1"))
    assert set(met) == set(SPOKEN)
