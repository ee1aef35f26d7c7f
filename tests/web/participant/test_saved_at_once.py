"""With a model, a browser hears that the answer is stored before it hears the next question."""

from dataclasses import replace

import pytest

from interviewrelay.core.ports.language_models import ModelPolicy
from interviewrelay.runtime.model_selection import ModelSelector
from tests.fakes import FakeModel
from tests.model_stand_in import wording as as_it_should_be
from tests.statements import by_hand
from tests.web.http_participant import SAID

HTMX = {"headers": {"HX-Request": "true"}, "buffered": True}
ANSWER = {"number": "2", "text": SAID}


def no_other():
    raise AssertionError("nobody has chosen a model of their own")


def served_by(services, reply):
    """The office of a server with a model, as `tests.fakes.FakeModel` takes `reply`."""
    model = ModelPolicy(FakeModel(reply))
    return replace(
        services, model_selector=ModelSelector(services.ring, model, no_other, 60_000)
    )


def good(prompt):
    return as_it_should_be({"messages": [{}, {"content": prompt.data}]})


@pytest.fixture
def think(app, services):
    """What the model does before it speaks is the test's to say."""

    def does(meanwhile=lambda: None):
        def reply(prompt):
            meanwhile()
            return good(prompt)

        app.extensions["services"] = served_by(services, reply)

    does()
    return does


def test_a_browser_gets_the_head_for_itself_and_then_the_question(client, link, think, begun):
    answer = client.post(f"{link}/turns", data=ANSWER, **HTMX)
    assert (answer.status_code, answer.headers["X-Saved"]) == (200, "2")
    assert "Content-Length" not in answer.headers
    assert answer.text.lstrip().startswith('<div id="conversation"')
    assert 'data-saved="2"' in answer.text
    assert 'name="number" value="4"' in answer.text
    assert "Then " in answer.text
    again = client.post(f"{link}/turns", data=ANSWER, **HTMX)
    assert (again.headers["X-Saved"], again.text) == ("2", answer.text)


def test_without_a_model_there_is_one_answer_in_one_piece(client, link, begun):
    answer = client.post(f"{link}/turns", data=ANSWER, **HTMX)
    assert "X-Saved" not in answer.headers
    assert int(answer.headers["Content-Length"]) == len(answer.data)


def test_plain_forms_and_programs_wait_for_the_question(client, link, think, begun):
    sent = client.post(f"{link}/turns", data=ANSWER)
    assert (sent.status_code, sent.headers["Location"]) == (303, f"{link}#answer")
    body = {"number": 4, "text": "It was about forty minutes before anybody called me in."}
    told = client.post(f"{link}/turns", json=body, **HTMX)
    assert (told.status_code, told.json["next_number"]) == (201, 6)


def test_what_is_refused_is_not_said_to_be_saved(client, link, think, begun):
    for status, sent in ((400, {"text": " "}), (409, {"number": "4"})):
        answer = client.post(f"{link}/turns", data={**ANSWER, **sent}, **HTMX)
        assert (answer.status_code, "X-Saved" in answer.headers) == (status, False)
    client.post(f"{link}/turns", data=ANSWER, **HTMX)
    other = client.post(f"{link}/turns", data={**ANSWER, "text": "Other."}, **HTMX)
    assert (other.status_code, "X-Saved" in other.headers) == (409, False)
    assert "Other.</textarea>" in other.text


@pytest.mark.parametrize("meanwhile", ["complete", "withdraw", "pause"])
def test_an_interview_that_moved_on_meanwhile_has_no_conversation_left(
    app, client, link, think, begun, meanwhile
):
    think(lambda: app.test_client().post(f"{link}/{meanwhile}"))
    answer = client.post(f"{link}/turns", data=ANSWER, **HTMX)
    assert (answer.status_code, answer.headers["X-Saved"], answer.text) == (200, "2", "")


def test_the_last_answer_leads_to_the_last_page(client, link, think, begun):
    client.post(f"{link}/turns", data={"number": "2", "text": "I want to kill myself."}, **HTMX)
    sent = {"number": "4", "text": "I want to kill myself."}
    answer = client.post(f"{link}/turns", data=sent, **HTMX)
    assert (answer.status_code, answer.headers["X-Saved"], answer.text) == (200, "4", "")
    assert "call your local emergency number" in client.get(link).text


def test_who_looks_while_the_question_is_thought_of_is_told_so(app, link, think, begun, client):
    seen = []

    def look():
        other = app.test_client()
        seen.append(other.get(link).text)
        late = other.post(f"{link}/turns", data={**ANSWER, "text": "Something else."})
        seen.append(late.text)
        seen.append(other.post(f"{link}/start").headers["Location"])
        seen.append(other.get(link).text)

    think(look)
    answer = client.post(f"{link}/turns", data=ANSWER, **HTMX)
    waiting, late, _, reached = seen
    assert "Your answer is saved. The next question is on its way." in waiting
    assert "<textarea" not in waiting
    assert SAID in waiting
    assert f'action="{link}/start"' in waiting
    assert "Something else.</textarea>" in late
    # Whoever would not wait got the prepared words, and those are what was asked.
    assert 'name="number" value="4"' in reached
    assert "Then " not in reached
    assert "Then " not in answer.text
    told = client.get(f"{link}/state", headers={"Accept": "application/json"}).json
    assert [turn["speaker"] for turn in told["turns"]] == ["ai", "participant", "ai"]


def test_two_steps_ask_the_database_as_often_as_one(client, link, think, begun, app, services):
    app.extensions["services"] = services  # no model for now

    def turn(number):
        sent = {"number": str(number), "text": SAID}
        return by_hand(lambda: client.post(f"{link}/turns", data=sent, **HTMX))

    turn(2)  # the script is read once
    at_once = turn(4)
    app.extensions["services"] = served_by(services, good)
    *same, worded = turn(6)
    assert same == at_once
    assert worded.startswith("UPDATE interview SET interviewer")  # whose words they were
