"""Interviews that were held, by JSON."""

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import pytest

from interviewrelay.adapters.pdf import transcript_document
from interviewrelay.core import clock
from interviewrelay.integrity import signatures, signed_file
from interviewrelay.interviews import interviews
from interviewrelay.transcripts import transcripts
from tests.conftest import logged_in
from tests.factories import a_campaign, a_finished_interview, an_interview, an_invite
from tests.statements import statements

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
def three(services, campaign):
    """Begun at noon of the first, second and third of May; only the second one is finished."""
    made = []
    for day in range(3):
        with clock.freeze_at(NOON + timedelta(days=day)):
            hold = a_finished_interview if day == 1 else an_interview
            made.append(hold(services, campaign, "It was fine.", email=f"n{day}@x.example"))
    return [row.id for row in made]


def test_a_session_tells_all_that_the_contract_adds(get, services, campaign):
    invite, _ = an_invite(services, campaign)
    with clock.freeze_at(NOON):
        interviews.start_interview(invite, agreed=True, extra={"ref": "7"})
    with clock.freeze_at(NOON + timedelta(seconds=61)):
        interviews.answer_question(invite, 2, "I loved it, everybody was wonderful!")
        row = interviews.complete_interview(invite).interview
        interviews.give_feedback(invite, 4, "Good", 5)
    found = get(f"/api/sessions/{row.id}")
    more = {
        "duration_minutes": 2, "duration_seconds": 61, "credits_charged": 20, "audio_url": None,
        "language": "en", "mode": "text", "interviewer": "built-in", "metadata": {"ref": "7"},
        "feedback": {"rating": 4, "comment": "Good", "summary_rating": 5},
        "paused_at": None, "themes": [],
        "summary": "I loved it, everybody was wonderful!",
        "test": False,
    }  # fmt: skip
    assert {name: found[name] for name in more} == more
    assert found["sentiment"]["label"] == "positive"
    assert set(found["sentiment"]) == {"label", "score"}
    assert found["consent"]["agreed_at"] == "2024-05-01T12:00:00Z"
    assert set(found["consent"]) == {"version", "language", "agreed_at"}


def test_a_paused_session_is_in_progress_with_the_time_of_the_pause(get, services, campaign):
    row = an_interview(services, campaign)
    with clock.freeze_at(NOON + timedelta(days=900)):
        interviews.pause_interview(row.invite)
    found = get(f"/api/sessions/{row.id}")
    assert found["status"] == "in_progress"
    assert found["paused_at"] == clock.format_iso(NOON + timedelta(days=900))
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
        ("campaign_id=&status=&start_date=&end_date=&q=", [2, 1, 0]),
        ("status=%20", [2, 1, 0]),
    ],
)
def test_sessions_are_filtered(get, three, query, wanted):
    listed = get(f"/api/sessions?{query}")
    assert [item["id"] for item in listed["sessions"]] == [three[n] for n in wanted]
    assert listed["total"] == len(wanted)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("status=paused", "status"), ("start_date=2024-02-30", "start_date"),
        ("end_date=tomorrow", "end_date"), ("end_date=0001-01-01", "end_date"),
        ("end_date=9999-12-31", "end_date"), ("start_date=2024-W01-1", "start_date"),
        ("start_date=2024-05-03&end_date=2024-05-01", "end_date"),
        ("start_date=%EF%BC%92024-05-01", "start_date"), ("start_date=1e9", "start_date"),
    ],
)  # fmt: skip
def test_a_wrong_filter_is_named(get, query, field):
    error = get(f"/api/sessions?{query}", 400)["error"]
    assert (error["code"], error["details"]["field"]) == ("INVALID_PARAMETER", field)


def test_a_transcript_tells_why_each_question_was_asked(get, services, campaign):
    row = a_finished_interview(services, campaign, "We waited forty minutes.")
    turns = get(f"/api/session/{row.id}/transcript")["turns"]
    assert {"id", "duration", "confidence", "question_id", "decision"} <= set(turns[0])
    assert turns[0]["decision"]["act"]
    assert turns[1]["decision"] is None
    assert (turns[1]["confidence"], turns[1]["text"]) == (1, "We waited forty minutes.")


@pytest.mark.parametrize("form", ["xml", "JSON", "pdf"])
def test_a_format_that_there_is_not_is_refused(get, services, campaign, form):
    row = a_finished_interview(services, campaign)
    error = get(f"/api/session/{row.id}/transcript?format={form}", 400)["error"]
    assert error["details"]["field"] == "format"
    get(f"/api/session/{row.id}/transcript?format=json")


def test_odd_words_go_out_as_they_came_in(get, services, campaign):
    said = 'He said "no" & <b>left</b> \\ 🙂 مرحبا \u2028 =1+1'
    row = a_finished_interview(services, campaign, said)
    assert get(f"/api/session/{row.id}/transcript")["turns"][1]["text"] == said


@pytest.mark.parametrize("noun", ["session", "sessions"])
def test_a_pdf_is_a_download_under_its_own_name(client, services, ann, campaign, noun):
    row = a_finished_interview(services, campaign, "Marmalade.")
    response = client.get(f"/api/{noun}/{row.id}/pdf", headers=ann.auth)
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="transcript-{row.id}.pdf"'
    )
    assert b"Marmalade" in response.data


def test_a_pdf_that_cannot_be_made_now_is_asked_for_again_later(
    client, services, ann, campaign, monkeypatch
):
    from interviewrelay.core.errors import PdfUnavailable

    def fails(_):
        raise PdfUnavailable

    monkeypatch.setattr(services.pdf, "render", fails)
    row = a_finished_interview(services, campaign)
    response = client.get(f"/api/session/{row.id}/pdf", headers=ann.auth)
    assert (response.status_code, response.json["error"]["code"]) == (503, "PDF_UNAVAILABLE")
    assert response.headers["Retry-After"] == "5"


def test_page_pdf_and_ledger_say_the_same_length_and_name_what_is_billed(
    app, desk, services, campaign
):
    invite, _ = an_invite(services, campaign)
    with clock.freeze_at(NOON):
        interviews.start_interview(invite, agreed=True)
    with clock.freeze_at(NOON + timedelta(seconds=380)):
        row = interviews.complete_interview(invite).interview
    page, ledger = desk.get(f"/sessions/{row.id}").text, desk.get("/credits").text
    assert "6 min 20 s" in page
    assert "70 (7 minutes billed)" in page
    assert "6 min 20 s" in desk.get("/sessions").text
    assert "Interview, 7 minutes billed: Autumn" in ledger
    facts = dict(
        transcript_document._facts(
            json.loads(json.dumps(asdict(transcripts.build_transcript(row)), default=str))
        )
    )
    assert (facts["Length"], facts["Credits"]) == ("6 min 20 s", "70 (7 minutes billed)")


@pytest.mark.parametrize("noun", ["session", "sessions"])
@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("txt", "text/plain; charset=utf-8"), ("md", "text/markdown; charset=utf-8"),
        ("csv", "text/csv; charset=utf-8"), ("srt", "application/x-subrip"), ("vtt", "text/vtt; charset=utf-8"),
    ],
)  # fmt: skip
def test_a_transcript_is_a_file_in_other_forms(
    client, ann, services, campaign, noun, form, kind
):
    row = a_finished_interview(services, campaign, "We waited; مرحبا 🙂")
    found = client.get(f"/api/{noun}/{row.id}/transcript?format={form}", headers=ann.auth)
    assert found.status_code == 200
    assert found.headers["Content-Type"] == kind
    assert found.headers["Content-Disposition"] == (
        f'attachment; filename="transcript-{row.id}.{form}"'
    )
    assert "مرحبا 🙂" in found.data.decode("utf-8")


@pytest.mark.parametrize(
    ("query", "wanted"),
    [("q=fine", [2, 1, 0]), ("q=FINE+was", [2, 1, 0]), ("q=%22fine+was%22", []), ("q=fine&status=completed", [1]),
     ("q=fine&start_date=2024-05-02&end_date=2024-05-02", [1]), ("q=", [2, 1, 0]), ("q=%00%27%22(*", []),
     ("q=fine&campaign_id=abc123", [])],
)  # fmt: skip
def test_sessions_are_found_by_what_was_said(get, three, query, wanted):
    listed = get(f"/api/sessions?{query}")
    assert [item["id"] for item in listed["sessions"]] == [three[n] for n in wanted]
    assert listed["total"] == len(wanted)
    assert "total_is_capped" not in listed


def test_a_total_that_is_capped_says_so_in_both_shapes(get, three, monkeypatch):
    from interviewrelay.search import search

    monkeypatch.setattr(search, "MOST_COUNTED", 2)
    listed = get("/api/sessions?q=fine")
    assert (listed["total"], listed["total_is_capped"], len(listed["data"])) == (2, True, 3)
    assert listed["pagination"]["total_is_capped"] is True


@pytest.mark.gate
def test_a_list_asks_the_database_as_often_for_many_as_for_few(
    app, client, ann, services, campaign
):
    counts = []
    for so_far, more in ((0, 10), (10, 90)):
        for number in range(so_far, so_far + more):
            an_interview(services, campaign, "Fine.", email=f"n{number}@x.example", test=True)
        for query in ("limit=100", "limit=100&q=fine", "limit=100&status=in_progress"):

            def ask(query=query, expected=so_far + more):
                found = client.get(f"/api/sessions?{query}", headers=ann.auth).json
                assert len(found["sessions"]) == expected

            ask()  # the use of the key is written down now
            counts.append(statements(ask))
    assert counts[:3] == counts[3:]
    assert counts[0] == counts[2] == 2  # the key, and the rows
    assert counts[1] <= 4


def test_a_session_is_deleted_with_all_that_it_held(client, ann, services, campaign, get):
    session_id = a_finished_interview(services, campaign, "Marmalade.", "More.").id
    found = client.delete(f"/api/sessions/{session_id}", headers=ann.auth)
    assert found.status_code == 200
    assert (found.json["erased"]["sessions"], found.json["erased"]["invites"]) == (1, 1)
    get(f"/api/sessions/{session_id}", 404)
    again = client.delete(f"/api/sessions/{session_id}", headers=ann.auth)
    assert (again.status_code, set(again.json["erased"].values())) == (200, {0})
    assert get(f"/api/campaigns/{campaign.id}")["stats"]["completed"] == 1


def test_a_participant_is_exported_and_erased_by_address(client, ann, services, campaign):
    a_finished_interview(services, campaign, "Marmalade.", email="Pat@x.example")

    def send(verb, status=200, **body):
        response = client.post(f"/api/participants/{verb}", json=body, headers=ann.auth)
        assert response.status_code == status, response.text
        return response

    told = send("export", email="pat@X.example").json
    assert "Marmalade." in [turn["text"] for turn in told["sessions"][0]["turns"]]
    erased = send("erase", email="pat@x.example")
    assert erased.json["erased"]["sessions"] == 1
    assert "x.example" not in erased.text
    assert set(send("erase", email="pat@x.example").json["erased"].values()) == {0}
    assert send("export", email="pat@x.example").json["sessions"] == []
    for wrong in ({}, {"email": ""}, {"email": 7}, {"email": "no address"}):
        for verb in ("erase", "export"):
            assert send(verb, 400, **wrong).json["error"]["details"]["field"] == "email"


def test_a_signed_transcript_fits_the_public_keys(app, client, services, ann):
    done = a_finished_interview(services, a_campaign(ann), "It took an hour.")
    path = f"/api/session/{done.id}/transcript?format=signed"
    answer = client.get(path, headers=ann.auth)
    assert answer.mimetype == "application/x-ndjson"
    assert f'"transcript-{done.id}.signed.jsonl"' in answer.headers["Content-Disposition"]
    keys = signatures.parse_key_set(client.get("/.well-known/jwks.json").data)
    report = signed_file.check_file(keys, answer.data)
    assert (report.session_id, report.turns, list(report.problems)) == (done.id, 3, [])
    desk = logged_in(app, ann)
    assert (
        f'href="/sessions/{done.id}/download?format=signed"'
        in desk.get(f"/sessions/{done.id}").text
    )
    page = desk.get(f"/sessions/{done.id}/download?format=signed")
    assert list(signed_file.check_file(keys, page.data).problems) == []
