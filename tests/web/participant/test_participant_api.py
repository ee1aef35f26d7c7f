"""The participant's page, for programs."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from interviewrelay.billing import ledger
from interviewrelay.core import clock
from interviewrelay.core.db.session import db
from interviewrelay.models import Event, Interview
from tests.conftest import SERVER
from tests.factories import a_campaign, a_script, an_invite
from tests.statements import by_hand, statements
from tests.web.everything import everything
from tests.web.http_participant import NOON, SAID, Participant


def test_the_link_says_what_it_is_about(pat):
    found = pat()
    assert found["status"] == "pending"
    assert found["campaign"] == {
        "title": "Waiting at the clinic", "purpose": "We want to learn how visits go.",
        "target_minutes": 15, "mode": "text", "language": "en",
    }  # fmt: skip
    assert set(found["consent"]) == {"version", "text"}
    assert "automated interviewer" in found["consent"]["text"]
    pat.start()
    assert pat()["status"] == "in_progress"


def test_reading_changes_nothing_whatever_reads(pat):
    before = everything()
    for _ in range(2):
        pat()
        pat.client.head(pat.path)
        pat.client.get(pat.path, headers={"User-Agent": "scanner"})
        pat("state", status=409)
    assert everything() == before
    pat.start()
    before = everything()
    pat()
    pat("state")
    assert everything() == before


def test_a_start_answers_with_the_first_question(pat):
    found = pat.start()
    assert {"session_id", "status", "turn", "progress"} <= set(found)
    assert found["status"] == "in_progress"
    assert set(found["turn"]) == {"number", "speaker", "text", "question_id"}
    assert (found["turn"]["number"], found["turn"]["speaker"]) == (1, "ai")
    assert set(found["progress"]) == {"asked", "total", "minutes_left"}


def test_starting_again_is_the_same_session_where_it_stood(pat):
    first = pat.start()
    pat.say(2)
    again = pat.start(200)
    assert again["session_id"] == first["session_id"]
    assert (again["turn"]["number"], again["next_number"]) == (3, 4)


@pytest.mark.parametrize("body", [{}, {"consent": False}, None])
def test_without_consent_nothing_starts(pat, body):
    error = pat("start", body, 400)["error"]
    assert error["details"]["field"] == "consent"
    assert pat()["status"] == "pending"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"consent": "yes"}, "consent"), ({"consent": 1}, "consent"), ({"mode": "song"}, "mode"),
        ({"language": "english please"}, "language"), ({"metadata": {"a": 1}}, "metadata.a"),
        ({"metadata": []}, "metadata"), ({"language": "zz"}, "language"), ({"mode": "voice"}, "mode"),
    ],
)  # fmt: skip
def test_a_wrong_start_is_named(pat, more, field):
    error = pat("start", {"consent": True, **more}, 400)["error"]
    assert error["details"]["field"] == field
    assert pat()["status"] == "pending"


def test_the_languages_and_modes_of_a_study_are_told(pat):
    wrong = pat("start", {"consent": True, "language": "zz"}, 400)["error"]
    assert wrong["message"] == (
        "This interview is not available in this language. Choose from: de, en, es, fr, nl."
    )
    wrong = pat("start", {"consent": True, "mode": "voice"}, 400)["error"]
    assert wrong["message"].startswith("This study only has text interviews")
    assert pat.start(language="nl-BE")["status"] == "in_progress"


def test_a_study_in_another_language_is_held_in_its_own(client, services, ann):
    script = a_script(ann, language="pl", questions=[{"text": "Jak było?"}])
    campaign = a_campaign(ann, script=script, settings={"mode": "both"})
    with clock.freeze_at(NOON):
        _, token = an_invite(services, campaign)
    started = Participant(client, token).start(language="pl")
    assert started["turn"]["text"].endswith("Jak było?")


def test_query_parameters_of_the_link_are_kept_as_metadata(pat):
    sent = {"consent": True, "metadata": {"ref": "body", "own": "1"}}
    long = "x" * 600
    pat("start", sent, 201, query=f"?utm=mail&ref=link&long={long}&html=%3Cb%3E")
    kept = db.session.execute(select(Interview.extra)).scalar_one()
    assert kept == {"utm": "mail", "ref": "body", "own": "1", "long": long[:500], "html": "<b>"}


def test_an_answer_is_answered_with_what_was_saved_and_what_comes_next(pat):
    pat.start()
    found = pat.say(2, f"  {SAID} ")
    assert (found["saved"]["number"], found["saved"]["text"]) == (2, SAID)
    assert (found["turn"]["number"], found["next_number"], found["status"]) == (
        3,
        4,
        "in_progress",
    )
    assert found["closing"] is None


def test_the_same_answer_again_gives_the_same_reply(pat):
    pat.start()
    first = pat.say(2)
    again = pat.say(2, status=200)
    assert {**again, "progress": first["progress"]} == first
    pat.say(4)
    old = pat.say(2, status=200)
    assert (old["saved"], old["turn"]) == (first["saved"], first["turn"])


@pytest.mark.parametrize(("number", "text"), [(2, "Another"), (1, SAID), (3, SAID), (6, SAID)])
def test_a_conflict_comes_with_the_state(pat, number, text):
    pat.start()
    pat.say(2)
    error = pat.say(number, text, 409)["error"]
    assert error["code"] == "CONFLICT"
    assert error["details"]["state"] == pat("state")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "1 is the number of a question. Send the answer as number 4."),
        (3, "3 is the number of a question. Send the answer as number 4."),
        (6, "6 is not the next number. Send the answer as number 4."),
        (2, "An answer with this number is already stored."),
    ],
)
def test_a_wrong_number_is_answered_with_the_right_one(pat, number, words):
    pat.start()
    pat.say(2)
    assert pat.say(number, "Something else", 409)["error"]["message"] == words


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "number"), ({"number": 2}, "text"), ({"number": 2, "text": "  "}, "text"),
        ({"number": "2", "text": "x"}, "number"), ({"number": 0, "text": "x"}, "number"),
        ({"number": 2.5, "text": "x"}, "number"), ({"number": True, "text": "x"}, "number"),
        ({"number": 2, "text": "\u200b\u00ad \u2060\ufeff"}, "text"), ({"number": 2, "text": "\u3164"}, "text"),
        ({"number": 2, "text": 7}, "text"), ({"number": 2, "text": "x" * 10_001}, "text"),
        ({"number": 2, "text": "x" * 100_001}, "text"),
        ({"number": 2, "text": "x", "client_turn_id": "c" * 101}, "client_turn_id"),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_named_and_not_stored(pat, body, field):
    pat.start()
    error = pat("turns", body, 400)["error"]
    assert (error["code"], error["details"]["field"]) == ("INVALID_PARAMETER", field)
    assert len(pat("state")["turns"]) == 1


def test_ten_thousand_characters_are_an_answer(pat):
    pat.start()
    text = "ü" * 10_000
    assert pat.say(2, text)["saved"]["text"] == text


@pytest.mark.parametrize("text", [5, "x" * 10_001, "x" * 100_001])
def test_what_an_answer_may_be_is_said_as_it_is(pat, text):
    pat.start()
    error = pat("turns", {"number": 2, "text": text}, 400)["error"]
    assert "at most 10000 characters" in error["message"]


def test_a_question_can_be_skipped(pat):
    pat.start()
    found = pat("skip", {"number": 2})
    assert {"session_id", "status", "turns", "next_number", "progress"} <= set(found)
    assert found["next_number"] == 4
    assert found["turns"][1] == {
        "number": 2,
        "speaker": "participant",
        "text": "",
        "skipped": True,
    }
    assert pat("skip", {"number": 2})["turns"] == found["turns"]
    assert pat("skip", {"number": 3}, 409)["error"]["details"]["state"]["next_number"] == 4
    assert pat("skip", {}, 400)["error"]["details"]["field"] == "number"


def test_state_is_all_that_another_device_needs(pat):
    assert pat("state", status=409)["error"]["code"] == "CONFLICT"
    started = pat.start()
    pat.say(2)
    found = pat("state")
    assert [t["number"] for t in found["turns"]] == [1, 2, 3]
    assert (found["session_id"], found["next_number"]) == (started["session_id"], 4)
    assert found["turns"][1]["text"] == SAID


def test_pausing_going_on_and_ending_answer_with_the_state(pat):
    pat.start()
    for verb, status in (
        ("pause", "paused"), ("pause", "paused"), ("resume", "in_progress"), ("resume", "in_progress"),
        ("complete", "completed"), ("complete", "completed"), ("resume", "completed"),
    ):  # fmt: skip
        found = pat(verb)
        assert found["status"] == status
        assert found == pat("state")
    assert found["next_number"] is None
    assert pat()["status"] == "completed"


def test_completing_again_charges_nothing_more(pat, ann):
    pat.start()
    pat.now += timedelta(minutes=5)
    for _ in range(3):
        pat("complete")
        pat.now += timedelta(hours=1)
    assert ledger.balance(ledger.get_account(ann.actor)) == 1_550


def test_after_the_end_an_answer_is_a_conflict_with_the_state(pat):
    pat.start()
    pat("complete")
    error = pat.say(2, status=409)["error"]
    assert error["code"] == "SESSION_ALREADY_COMPLETED"
    assert error["details"]["state"]["status"] == "completed"


def test_an_interview_is_held_from_its_first_question_to_its_closing(pat):
    number, reply = pat.start()["next_number"], None
    for n in range(60):
        reply = pat.say(
            number, f"Answer {n}: the doctor explained the plan after forty minutes."
        )
        if reply["turn"] is None:
            break
        number = reply["next_number"]
    assert (reply["status"], reply["next_number"]) == ("completed", None)
    assert reply["closing"]
    assert pat("state")["closing"] == reply["closing"]


def test_feedback_is_kept(pat):
    assert pat("feedback", {"rating": 5}, 409)["error"]["code"] == "CONFLICT"
    pat.start()
    assert pat("feedback", {"rating": 5}, 409)["error"]["message"].startswith(
        "The interview hasn’t ended yet"
    )
    pat("complete")
    assert pat("feedback", {"rating": 5, "comment": " Good "})["status"] == "completed"
    row = db.session.execute(select(Interview)).scalar_one()
    assert (row.feedback_rating, row.feedback_comment) == (5, "Good")


def test_feedback_that_is_sent_again_is_told_of_once(pat):
    """As by a proxy whose server died before its answer had come."""
    pat.start()
    pat("complete")
    kind = select(func.count()).where(Event.kind == "session.feedback_submitted")
    for rating, told in ((4, 1), (4, 1), (5, 2), (5, 2)):
        pat("feedback", {"rating": rating, "comment": "Good"})
        assert db.session.execute(kind).scalar_one() == told


@pytest.mark.parametrize("rating", [0, 6, "5", None, 4.5, True])
def test_a_rating_is_one_of_five(pat, rating):
    pat.start()
    error = pat("feedback", {"rating": rating}, 400)["error"]
    assert error["details"]["field"] == "rating"


def test_withdrawing_erases(pat):
    pat.start()
    pat.say(2, "My zanzibarine was late.")
    assert pat("withdraw")["status"] == "withdrawn"
    assert "zanzibarine" not in everything()
    assert pat("withdraw")["status"] == "withdrawn"
    for verb in ("", "state", "start", "turns", "complete"):
        found = pat(verb, {"consent": True, "number": 4, "text": "x"}, 410)
        assert found["error"]["code"] == "INVITE_CANCELLED"
        assert found["error"]["message"].startswith("You have withdrawn")


def test_bodies_are_read_strictly(pat):
    for body, code in ((b'{"consent":true,"consent":true}', 400), (b"[]", 400), (b"{", 400)):
        headers = {"Accept": "application/json", "X-Test-Now": clock.format_iso(NOON)}
        response = pat.client.post(
            f"{pat.path}/start", data=body, content_type="application/json", headers=headers
        )
        assert (response.status_code, response.json["error"]["code"]) == (code, "INVALID_JSON")


def test_the_language_of_the_start_is_that_of_the_interview(client, services, ann):
    script = a_script(ann, questions=[{"text": "Wie war es?"}])
    with clock.freeze_at(NOON):
        _, token = an_invite(services, a_campaign(ann, script=script))
    pat = Participant(client, token)
    pat.start(language="de")
    assert db.session.execute(select(Interview.language)).scalar_one() == "de"


def test_a_turn_asks_the_database_eight_times_however_many_there_were(pat):
    pat.start()
    pat.say(2)  # the script is read once
    for number in (4, 6, 8, 10):
        sent: list[str] = []
        by_session = statements(
            lambda number=number, sent=sent: sent.extend(by_hand(lambda: pat.say(number)))
        )
        kinds = [words.split()[0] for words in sent if "advisory" not in words]
        # The second update makes the question's seal the newest link of the chain.
        assert kinds == [
            "SELECT", "SELECT", "UPDATE", "INSERT", "INSERT", "UPDATE", "UPDATE", "INSERT",
        ]  # fmt: skip
        assert len(sent) == (9 if SERVER else 8)
        assert by_session == 0
