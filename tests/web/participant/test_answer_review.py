"""Looking over one's own answers before the end."""

import csv
import io
import json
import re
from dataclasses import asdict

import pytest
from sqlalchemy import select

from interviewrelay.adapters.pdf import transcript_document
from interviewrelay.core import clock
from interviewrelay.core.db.session import db, transaction
from interviewrelay.insights import campaign_insights
from interviewrelay.interviews import interviews, state
from interviewrelay.interviews.participation import answer_review, entry, redaction
from interviewrelay.interviews.turn_store import TurnRecord
from interviewrelay.models import Interview, TurnRow
from interviewrelay.operations import consistency_check
from interviewrelay.transcripts import transcripts
from tests.web.everything import everything

JSON = {"Accept": "application/json"}
FIRST = "We waited in the zanzibarine corridor for an hour."
SECOND = "The doctor drew a picture and it helped."


@pytest.fixture
def talked(send, begun):
    send("turns", number="2", text=FIRST)
    return send("turns", number="4", text=SECOND)


@pytest.fixture
def do(client, link):
    def act(number, act, status=200, **more):
        sent = {"number": number, "act": act, **more}
        told = client.post(f"{link}/review", json=sent, headers=JSON)
        assert told.status_code == status, told.text
        return told.json

    return act


def spoken(number):
    db.session.rollback()
    return db.session.execute(select(TurnRow).where(TurnRow.number == number)).scalar_one()


def the_interview():
    db.session.rollback()
    return db.session.execute(select(Interview)).scalar_one()


def transcript():
    return {turn.number: turn for turn in transcripts.build_transcript(the_interview()).turns}


def test_the_page_lists_every_answer_with_its_question(client, link, talked):
    assert f'href="{link}/review"' in talked
    before = everything()
    page = client.get(f"{link}/review").text
    assert everything() == before
    assert FIRST in page
    assert SECOND in page
    assert page.count("Please tell me about your last visit.") >= 1
    assert set(re.findall(r'name="act" value="(\w+)"', page)) == {
        "correct", "strike", "do_not_quote",
    }  # fmt: skip
    listed = client.get(f"{link}/review", headers=JSON).json
    assert [a["number"] for a in listed["answers"]] == [2, 4]


def test_a_corrected_answer_says_the_new_and_keeps_the_old(client, link, talked):
    sent = {"number": "2", "act": "correct", "text": "It was\r\ntwo hours."}
    answered = client.post(f"{link}/review", data=sent)
    assert (answered.status_code, answered.location) == (303, f"{link}/review#answer-2")
    turn = transcript()[2]
    assert (turn.text, turn.original) == ("It was\ntwo hours.", FIRST)
    client.post(f"{link}/review", data={**sent, "text": "Three hours."})
    turn = transcript()[2]
    assert (turn.text, turn.original) == ("Three hours.", FIRST)
    page = client.get(f"{link}/review").text
    assert "Three hours." in page
    assert FIRST not in page
    assert "Edited." in page


def test_what_was_corrected_is_found_by_its_new_words_and_felt_anew(ann, do, talked):
    do(2, "correct", text="It was wonderful and quick, I loved it.")
    assert transcripts.list_sessions(ann.actor, q="wonderful").total == 1
    assert transcripts.list_sessions(ann.actor, q="zanzibarine").total == 0
    assert transcripts.list_sessions(ann.actor, q="picture").total == 1
    assert spoken(2).sentiment_label == "positive"
    assert consistency_check.run_checks()["every answer is searchable"] == []


def test_a_skipped_question_can_be_answered_afterwards(send, begun, do, client, link):
    send("skip", number="2")
    told = do(2, "correct", text="Now I remember: an hour.")
    assert told["answers"][0]["skipped"] is False
    turn = transcript()[2]
    assert (turn.text, turn.original, turn.skipped) == ("Now I remember: an hour.", "", False)


def test_of_a_struck_answer_nothing_is_kept_but_that_there_was_one(ann, services, do, talked):
    transcripts.render_pdf(services, the_interview())
    for _ in range(2):
        told = do(2, "strike")
    assert told["answers"][0] == {
        "number": 2, "question": told["answers"][0]["question"], "text": "", "skipped": True,
        "original": None, "struck": True, "quotable": True, "open": True,
    }  # fmt: skip
    assert "zanzibarine" not in everything().lower()
    turn = transcript()[2]
    assert (turn.text, turn.original, turn.struck, turn.skipped) == ("", None, True, True)
    assert transcripts.list_sessions(ann.actor, q="zanzibarine").total == 0
    assert consistency_check.run_checks()["every answer is searchable"] == []
    kept = services.storage.get(f"pdf/{the_interview().id}.pdf")
    assert kept is None or b"zanzibarine" not in kept


def test_a_corrected_answer_that_is_struck_leaves_neither_wording(do, talked):
    do(2, "correct", text="An hour in the honolulian hall.")
    do(2, "strike")
    for word in ("zanzibarine", "honolulian"):
        assert word not in everything().lower()


def test_questions_that_took_up_any_wording_lose_it_with_the_strike(app, do, send, begun):
    """The first words are quoted in a question, and so are those of the first correction."""
    asked = send(
        "turns",
        number="2",
        text="It went marmalade. Nobody told me of two honolulian letters. So.",
    )
    assert "marmalade" in asked
    do(2, "correct", text="It went zanzibarine, I sent two cards.")
    with transaction():
        row = spoken(3)
        row.text += " You said it went zanzibarine."
        row.decision = {**row.decision, "details": {"anchor": "went zanzibarine"}}
    do(2, "correct", text="Nothing to say.")
    assert "zanzibarine" not in everything().lower()
    assert "honolulian" in spoken(3).text
    assert (
        spoken(2).original == "It went marmalade. Nobody told me of two honolulian letters. So."
    )
    do(2, "strike")
    held = [p.read_bytes() for p in app.extensions["settings"].instance_dir.rglob("*.db*")]
    for word in ("zanzibarine", "marmalade", "honolulian"):
        assert word not in everything().lower()
        assert not any(word.encode() in data for data in held)


def test_a_struck_answer_is_called_so_in_the_interview_too(client, link, do, talked):
    do(2, "strike")
    page = client.get(link).text
    assert "Deleted" in page
    assert "Skipped" not in page


def test_an_interview_goes_on_after_a_strike(do, talked, send):
    do(2, "strike")
    page = send("turns", number="6", text="It cost me half a day.")
    assert 'name="number" value="8"' in page
    assert "Thank you" in send("complete")


@pytest.mark.parametrize("act", ["correct", "quote", "do_not_quote"])
def test_a_struck_answer_is_struck_for_good(do, talked, act):
    do(2, "strike")
    do(2, act, 409, text="Back again.")
    assert spoken(2).text == ""


def test_an_answer_that_is_not_to_be_quoted_is_marked_and_never_quoted(
    client, ann, campaign, do, talked
):
    held = the_interview()
    with_it = client.get(f"/api/sessions/{held.id}", headers=ann.auth).json
    do(2, "do_not_quote")
    turn = transcript()[2]
    assert (turn.text, turn.quotable) == (FIRST, False)
    told = json.dumps(client.get(f"/api/sessions/{held.id}", headers=ann.auth).json)
    assert "zanzibarine" in json.dumps(with_it)
    assert "zanzibarine" not in told
    found = campaign_insights.get_campaign_insights(campaign)
    assert all(q.turn_number != 2 for theme in found.themes for q in theme.quotes)
    do(2, "quote")
    assert transcript()[2].quotable is True


def test_every_form_of_a_transcript_says_what_was_done(client, ann, campaign, do, talked):
    do(2, "correct", text="It was two hours.")
    do(4, "do_not_quote")
    held = the_interview()

    def get(path):
        return client.get(path, headers=ann.auth).text

    turns = json.loads(get(f"/api/session/{held.id}/transcript"))["turns"]
    marks = [(t["original"], t["struck"], t["quotable"]) for t in turns[1:4:2]]
    assert marks == [(FIRST, False, True), (None, False, False)]
    exported = json.loads(get(f"/api/campaigns/{campaign.id}/transcripts?format=json"))
    assert exported["sessions"][0]["turns"] == turns
    text = get(f"/api/session/{held.id}/transcript?format=txt")
    assert f"Edited by the participant. Original answer: {FIRST}" in text
    assert "Not to be quoted." in text
    for path in (
        f"/api/session/{held.id}/transcript?format=csv",
        f"/api/campaigns/{campaign.id}/transcripts?format=csv",
    ):
        rows = list(csv.DictReader(io.StringIO(get(path).lstrip("\ufeff"))))
        row = next(r for r in rows if r["number"] == "2")
        assert (row["original"], row["struck"], row["quotable"]) == (FIRST, "false", "true")


def test_the_pdf_says_it_too(do, talked):
    do(2, "correct", text="It was two hours.")
    do(4, "strike")
    turns = [asdict(turn) for turn in transcripts.build_transcript(the_interview()).turns]
    assert list(transcript_document._notes(turns[1], turns)) == [
        f"Edited by the participant. Original answer: {FIRST}"
    ]
    assert list(transcript_document._notes(turns[3], turns)) == ["Deleted by the participant."]


def test_the_desk_sees_the_marks(desk, do, talked):
    do(2, "correct", text="It was two hours.")
    do(4, "strike")
    page = desk.get(f"/sessions/{the_interview().id}").text
    assert "Edited by the participant." in page
    assert FIRST in page
    assert "The participant deleted this answer." in page


@pytest.mark.parametrize(
    ("number", "act", "text", "status"),
    [
        (1, "correct", "x", 409),
        (99, "strike", "", 409),
        (2, "correct", " ", 400),
        (2, "correct", "x" * 10_001, 400),
        (2, "praise", "x", 400),
        ("2", "strike", "", 400),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(
    do, talked, number, act, text, status
):
    before = everything()
    do(number, act, status, text=text)
    assert everything() == before


def test_a_refused_correction_keeps_what_was_typed(client, link, talked):
    sent = {"number": "2", "act": "correct", "text": "y" * 10_001}
    page = client.post(f"{link}/review", data=sent)
    assert page.status_code == 400
    assert "up to 10,000 characters" in page.text
    assert "y" * 10_001 in page.text
    assert 'aria-invalid="true"' in page.text


def test_after_the_end_nothing_can_be_changed(client, link, talked, send, do):
    send("complete")
    before = everything()
    for act in ("correct", "strike", "do_not_quote"):
        do(2, act, 409, text="Too late.")
    assert client.get(f"{link}/review").location == link
    assert client.get(f"{link}/review", headers=JSON).status_code == 409
    assert everything() == before


def test_a_paused_interview_can_be_looked_over_and_stays_paused(client, link, talked, send, do):
    send("pause")
    do(2, "correct", text="It was two hours.")
    assert client.get(link, headers=JSON).json["status"] == "paused"


def test_danger_in_a_correction_ends_the_interview_like_any(client, link, talked, do):
    told = client.post(
        f"{link}/review",
        data={"number": "2", "act": "correct", "text": "I want to kill myself."},
    )
    assert told.location == link
    held = the_interview()
    assert (held.status, held.ended_by) == ("completed", "care")
    assert held.safety_at is not None
    assert "emergency number" in held.closing_text
    assert "go on" not in held.closing_text


def test_a_correction_that_comes_while_the_interview_goes_on_loses_nothing(
    services, link, talked, do, monkeypatch
):
    """Another answer is stored between the reading and the change."""
    invite = entry.get_visit(services, link.rsplit("/", 1)[1]).invite
    read, done = answer_review._anew, []

    def meanwhile(*given, **named):
        if not done:
            done.append(interviews.answer_question(invite, 6, "Half a day off work."))
        return read(*given, **named)

    monkeypatch.setattr(answer_review, "_anew", meanwhile)
    do(2, "correct", text="It was two hours.")
    turns = state.list_turns(the_interview())
    assert [t.text for t in turns if t.speaker == "participant"] == [
        "It was two hours.", SECOND, "Half a day off work.",
    ]  # fmt: skip
    assert turns[5].reading is not None


def test_questions_lose_the_words_that_only_a_struck_answer_had():
    gone = redaction.find_struck_words(
        "My brother Ibrahim waited in the corridor.", ["The corridor was cold."], "en"
    )
    assert "corridor" not in gone
    said = redaction._without("You said your brother Ibrahim waited. And the corridor?", gone)
    assert said == "You said your … . And the corridor?".replace("… .", "….")


def test_a_quotation_of_a_struck_answer_goes_as_a_whole():
    gone = frozenset({"ibrahim"})
    turn = TurnRecord(
        *("turn", "interview", 3, "ai"),
        at=clock.parse_iso("2026-01-01T09:00:00Z"),
        elapsed=0.0,
        text='What does "my brother Ibrahim waited" mean, and "the corridor was cold"?',
        decision={
            "reason": "The answer names more than it tells: my brother Ibrahim waited.",
            "details": {"anchor": "my brother Ibrahim waited", "line": "Brother, then."},
        },
    )
    left = redaction.redact_turn(turn, gone)
    assert left.text == 'What does "…" mean, and "the corridor was cold"?'
    assert left.decision == {
        "reason": "The answer names more than it tells: …",
        "details": {"anchor": "…", "line": "Brother, then."},
    }
