"""Interviews that were held, by JSON."""

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import pytest

from interviewrelay import clock
from interviewrelay.adapters import pdf_page
from interviewrelay.domain import interviews, transcripts
from tests.factories import a_campaign, a_finished_interview, an_interview, an_invite

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def get(client, ann):
    def fetch(path, status=200):
        response = client.get(path, headers=ann.auth)
        assert response.status_code == status, response.text
        return response.json

    return fetch


@pytest.fixture
def campaign(ann):
    return a_campaign(ann)


@pytest.fixture
def three(office, campaign):
    """Begun at noon of the first, second and third of May; only the second one is finished."""
    made = []
    for day in range(3):
        with clock.standing_at(NOON + timedelta(days=day)):
            hold = a_finished_interview if day == 1 else an_interview
            made.append(hold(office, campaign, "It was fine.", email=f"n{day}@x.example"))
    return [row.id for row in made]


def test_a_session_tells_all_that_the_contract_adds(get, office, campaign):
    invite, _ = an_invite(office, campaign)
    with clock.standing_at(NOON):
        interviews.start(invite, agreed=True, extra={"ref": "7"})
    with clock.standing_at(NOON + timedelta(seconds=61)):
        interviews.answer(invite, 2, "I loved it, everybody was wonderful!")
        interviews.give_feedback(invite, 4, "Good")
        row = interviews.complete(invite).interview
    found = get(f"/api/sessions/{row.id}")
    more = {
        "duration_minutes": 2, "duration_seconds": 61, "credits_charged": 20, "audio_url": None,
        "language": "en", "mode": "text", "interviewer": "built-in", "metadata": {"ref": "7"},
        "feedback": {"rating": 4, "comment": "Good"}, "paused_at": None, "summary": None, "themes": [],
        "test": False,
    }  # fmt: skip
    assert {name: found[name] for name in more} == more
    assert found["sentiment"]["label"] == "positive"
    assert set(found["sentiment"]) == {"label", "score"}
    assert found["consent"]["agreed_at"] == "2024-05-01T12:00:00Z"
    assert set(found["consent"]) == {"version", "language", "agreed_at"}


def test_a_paused_session_is_in_progress_with_the_time_of_the_pause(get, office, campaign):
    row = an_interview(office, campaign)
    with clock.standing_at(NOON + timedelta(days=900)):
        interviews.pause(row.invite)
    found = get(f"/api/sessions/{row.id}")
    assert found["status"] == "in_progress"
    assert found["paused_at"] == clock.iso(NOON + timedelta(days=900))
    assert (found["completed_at"], found["credits_charged"]) == (None, None)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", [2, 1, 0]),
        ("status=completed", [1]),
        ("status=in_progress", [2, 0]),
        ("status=abandoned", []),
        ("campaign_id=abc123", []),
        ("start_date=2024-05-02", [2, 1]),
        ("end_date=2024-05-02", [1, 0]),
        ("start_date=2024-05-02&end_date=2024-05-02", [1]),
        ("start_date=2024-05-02T12:00:00Z", [2, 1]),
        ("start_date=2024-05-02T12:00:01Z", [2]),
        ("end_date=2024-05-02T12:00:00Z", [1, 0]),
        ("end_date=2024-05-02T11:59:59Z", [0]),
        ("start_date=2024-05-02T14:00:00%2B02:00", [2, 1]),
    ],
)
def test_sessions_are_filtered(get, three, query, wanted):
    listed = get(f"/api/sessions?{query}")
    assert [item["id"] for item in listed["sessions"]] == [three[n] for n in wanted]
    assert listed["total"] == len(wanted)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("status=paused", "status"), ("status=", "status"), ("start_date=2024-02-30", "start_date"),
        ("start_date=", "start_date"), ("end_date=tomorrow", "end_date"), ("end_date=0001-01-01", "end_date"),
        ("end_date=9999-12-31", "end_date"), ("start_date=2024-W01-1", "start_date"),
        ("start_date=2024-05-03&end_date=2024-05-01", "end_date"),
        ("start_date=%EF%BC%92024-05-01", "start_date"), ("start_date=1e9", "start_date"),
    ],
)  # fmt: skip
def test_a_wrong_filter_is_named(get, query, field):
    error = get(f"/api/sessions?{query}", 400)["error"]
    assert (error["code"], error["details"]["field"]) == ("INVALID_PARAMETER", field)


def test_a_transcript_tells_why_each_question_was_asked(get, office, campaign):
    row = a_finished_interview(office, campaign, "We waited forty minutes.")
    turns = get(f"/api/session/{row.id}/transcript")["turns"]
    assert {"id", "duration", "confidence", "question_id", "decision"} <= set(turns[0])
    assert turns[0]["decision"]["act"]
    assert turns[1]["decision"] is None
    assert (turns[1]["confidence"], turns[1]["text"]) == (1, "We waited forty minutes.")


@pytest.mark.parametrize("form", ["xml", "", "JSON"])
def test_a_format_that_is_not_built_is_refused(get, office, campaign, form):
    row = a_finished_interview(office, campaign)
    error = get(f"/api/session/{row.id}/transcript?format={form}", 400)["error"]
    assert error["details"]["field"] == "format"
    get(f"/api/session/{row.id}/transcript?format=json")


def test_odd_words_go_out_as_they_came_in(get, office, campaign):
    said = 'He said "no" & <b>left</b> \\ 🙂 مرحبا \u2028 =1+1'
    row = a_finished_interview(office, campaign, said)
    assert get(f"/api/session/{row.id}/transcript")["turns"][1]["text"] == said


@pytest.mark.parametrize("noun", ["session", "sessions"])
def test_a_pdf_is_a_download_under_its_own_name(client, office, ann, campaign, noun):
    row = a_finished_interview(office, campaign, "Marmalade.")
    response = client.get(f"/api/{noun}/{row.id}/pdf", headers=ann.auth)
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="transcript-{row.id}.pdf"'
    )
    assert b"Marmalade" in response.data


def test_a_pdf_that_cannot_be_made_now_is_asked_for_again_later(
    client, office, ann, campaign, monkeypatch
):
    from interviewrelay.errors import PdfUnavailable

    def fails(_):
        raise PdfUnavailable

    monkeypatch.setattr(office.pdf, "render", fails)
    row = a_finished_interview(office, campaign)
    response = client.get(f"/api/session/{row.id}/pdf", headers=ann.auth)
    assert (response.status_code, response.json["error"]["code"]) == (503, "PDF_UNAVAILABLE")
    assert response.headers["Retry-After"] == "5"


def test_page_pdf_and_ledger_say_the_same_length_and_name_what_is_billed(
    app, desk, office, campaign
):
    invite, _ = an_invite(office, campaign)
    with clock.standing_at(NOON):
        interviews.start(invite, agreed=True)
    with clock.standing_at(NOON + timedelta(seconds=380)):
        row = interviews.complete(invite).interview
    page, ledger = desk.get(f"/sessions/{row.id}").text, desk.get("/credits").text
    assert "6 min 20 s" in page
    assert "70 (7 minutes billed)" in page
    assert "6 min 20 s" in desk.get("/sessions").text
    assert "Interview, 7 minutes billed: Autumn" in ledger
    facts = dict(
        pdf_page._facts(json.loads(json.dumps(asdict(transcripts.build(row)), default=str)))
    )
    assert (facts["Length"], facts["Billed"]) == ("6 min 20 s", "7 minutes billed")
