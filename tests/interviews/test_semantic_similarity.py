"""What can tell a meaning is asked for each answer once, and what it told is stored with the answer."""

from dataclasses import replace
from typing import Any

import pytest

from interviewrelay.interviews import interviews, turn_store
from tests.factories import a_campaign, an_invite
from tests.fakes import FakeSimilarity

SAID = "I went there on Monday with Anna because my knee had been swollen for a week."


@pytest.fixture
def meaning(app: Any, services: Any) -> FakeSimilarity:
    made = FakeSimilarity(lambda _said, _text: 0.25)
    app.extensions["services"] = replace(services, similarity=made)
    return made


def test_it_is_stored_with_the_answer(
    services: Any, ann: Any, client: Any, meaning: FakeSimilarity
) -> None:
    invite, token = an_invite(services, a_campaign(ann))
    assert client.post(f"/interview/{token}/start", json={"consent": True}).status_code == 201
    sent = {"number": 2, "text": SAID}
    assert client.post(f"/interview/{token}/turns", json=sent).status_code == 201
    assert client.post(f"/interview/{token}/turns", json=sent).status_code == 200
    reading = turn_store.get_snapshot(invite.id).turns[1].reading
    assert reading is not None
    assert reading["close"]["asked"] == 0.25
    assert meaning.said == [SAID]


def test_who_comes_later_goes_by_what_is_stored(services: Any, ann: Any) -> None:
    invite, _ = an_invite(services, a_campaign(ann))
    interviews.start_interview(invite, agreed=True)
    far = FakeSimilarity(lambda _said, _text: 0.03)
    said = "Bananas cost less at the corner shop than in that big supermarket."
    first = interviews.answer_question(invite, 2, said, meaning=far)
    assert first.turn is not None
    assert (first.turn.decision or {})["act"] == "redirect"
    again = interviews.answer_question(invite, 2, said)
    assert again.turn is not None
    assert again.turn.text == first.turn.text
    assert again.progress == first.progress
    assert interviews.resume_interview(invite).progress == first.progress


def test_a_preview_is_held_as_the_interview_will_be(
    ann: Any, client: Any, meaning: FakeSimilarity
) -> None:
    script_id = a_campaign(ann).version.script_id
    path, sent = f"/api/scripts/{script_id}/preview", {"answers": [SAID]}
    assert client.post(path, json=sent, headers=ann.auth).status_code == 200
    assert meaning.said == [SAID]
