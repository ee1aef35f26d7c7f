"""An interview that is followed while it goes on, and sessions as files."""

import io
import re
import zipfile

import pytest

from interviewrelay.core.errors import PdfUnavailable
from interviewrelay.core.ids import new_id
from interviewrelay.interviews import interviews
from interviewrelay.notes import notes
from interviewrelay.notes.notes import NoteDraft
from interviewrelay.privacy import erasure
from interviewrelay.transcripts import archive as transcript_archive
from interviewrelay.web.sessions import downloads
from tests.conftest import logged_in
from tests.factories import a_campaign, a_finished_interview, an_interview

HTMX = {"HX-Request": "true", "X-Watching": "1"}


@pytest.fixture
def campaign(ann):
    return a_campaign(ann)


@pytest.fixture
def held(services, campaign):
    return an_interview(services, campaign, "We waited for an hour.")


@pytest.fixture
def live(held):
    return f"/sessions/{held.id}/live"


def test_new_turns_come_and_nothing_is_sent_while_nothing_is_said(desk, held, live):
    first = desk.get(live, headers=HTMX)
    known = {**HTMX, "If-None-Match": first.headers["ETag"]}
    assert (desk.get(live, headers=known).status_code, "<html" in first.text) == (304, False)
    interviews.answer_question(held.invite, 4, "The coffee was marmalade.")
    then = desk.get(live, headers=known)
    assert (then.status_code, "The coffee was marmalade." in then.text) == (200, True)
    assert "data-over" not in then.text


def test_a_colleagues_note_comes_too(desk, ann, held, live):
    first = desk.get(live, headers=HTMX)
    notes.add_note(ann.actor, held.id, NoteDraft("Look at this.", turn=2))
    then = desk.get(live, headers={**HTMX, "If-None-Match": first.headers["ETag"]})
    assert "Look at this." in then.text


def test_the_page_follows_only_what_goes_on(desk, services, campaign, held, live):
    page = desk.get(f"/sessions/{held.id}?q=hour").text
    assert f'data-live hx-get="{live}?q=hour"' in page
    assert 'role="log"' in page
    assert "<dt>Language</dt><dd>English</dd>" in page
    assert "<dt>Consent text</dt><dd>Version " in page
    part = desk.get(f"{live}?q=hour").text
    turns = part.partition('<span id="status-now"')[0]
    plain = [re.sub(r"\s+", " ", text) for text in (page, turns)]
    assert plain[1].strip() in plain[0]
    done = a_finished_interview(services, campaign, "Well.", email="done@x.example")
    assert "data-live" not in desk.get(f"/sessions/{done.id}").text


def test_the_end_and_a_pause_are_told(desk, held, live):
    interviews.pause_interview(held.invite)
    paused = desk.get(live, headers=HTMX).text
    assert "The participant has paused" in paused
    assert (
        'id="status-now" hx-swap-oob="true"><span class="status warning open">Paused' in paused
    )
    interviews.complete_interview(held.invite)
    over = desk.get(live, headers=HTMX).text
    assert "data-over" in over
    assert "Reload the page</a> to see the summary" in over


def test_the_page_leaves_what_is_withdrawn_meanwhile(app, services, desk, ben, held, live):
    erasure.withdraw_participant(services, held.invite)
    answer = desk.get(live, headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/sessions")
    assert "withdrawn or erased" in desk.get("/sessions").text
    assert logged_in(app, ben).get(live, headers=HTMX).status_code == 404
    assert desk.get(f"/sessions/{new_id()}/live", headers=HTMX).status_code == 404


def test_following_changes_nothing_for_the_participant(desk, client, services, held, live):
    from tests.web.everything import everything

    before = everything()
    desk.get(live, headers=HTMX)
    assert everything() == before


@pytest.mark.parametrize(
    ("form", "kind"),
    [("txt", "text/plain"), ("md", "text/markdown"), ("csv", "text/csv"), ("jsonl", "application/x-ndjson"),
     ("srt", "application/x-subrip"), ("vtt", "text/vtt"), ("zip", "application/zip")],
)  # fmt: skip
def test_a_session_is_a_file_in_every_form(desk, held, form, kind):
    assert (
        f"/sessions/{held.id}/download?format={form}" in desk.get(f"/sessions/{held.id}").text
    )
    answer = desk.get(f"/sessions/{held.id}/download?format={form}")
    assert (answer.status_code, answer.mimetype) == (200, kind)
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="transcript-{held.id}.{form}"'
    )
    if form != "zip":
        assert b"We waited for an hour" in answer.data


def test_the_archive_of_one_holds_its_pdf_and_its_notes(desk, ann, services, held, monkeypatch):
    notes.add_note(ann.actor, held.id, NoteDraft("Look.", turn=2))

    def archive():
        data = desk.get(f"/sessions/{held.id}/download?format=zip").data
        return zipfile.ZipFile(io.BytesIO(data))

    made = archive()
    names = {f"{form}/{held.id}.{form}" for form in ("pdf", "txt", "md", "srt", "vtt")}
    assert names < set(made.namelist())
    assert b"Look." in made.read("notes.csv")

    def fails(_):
        raise PdfUnavailable

    monkeypatch.setattr(services.pdf, "render", fails)
    monkeypatch.setattr(services.storage, "get", lambda _name: None)
    made = archive()
    assert f"pdf/{held.id}.pdf" not in made.namelist()
    assert transcript_archive.NOT_MADE.strip() in made.read("pdf/not-made.txt").decode()


def test_a_form_that_there_is_not_is_refused(desk, held):
    answer = desk.get(f"/sessions/{held.id}/download?format=exe")
    assert (answer.status_code, "must be one of" in answer.text) == (400, True)


@pytest.fixture
def three(services, campaign):
    return [
        a_finished_interview(services, campaign, f"Words {n}.", email=f"n{n}@x.example")
        for n in range(3)
    ]


def names(answer):
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    assert re.search(
        r'filename="sessions-\d{4}-\d\d-\d\d\.zip"', answer.headers["Content-Disposition"]
    )
    return zipfile.ZipFile(io.BytesIO(answer.data)).namelist()


def test_what_is_selected_is_asked_for_and_downloaded(desk, three):
    query = f"what=selected&id={three[0].id}&id={three[2].id}"
    page = desk.get(f"/sessions/export?{query}").text
    assert "2 interviews" in page
    assert page.count('type="hidden" name="id"') == 2
    given = names(desk.get(f"/sessions/export?{query}&format=txt&format=csv"))
    assert sorted(given) == sorted(
        ["about.txt", "sessions.csv", "transcripts.csv"]
        + [f"txt/{three[n].id}.txt" for n in (0, 2)]
    )


def test_what_fits_the_filters_is_downloaded(desk, ann, three):
    notes.add_note(ann.actor, three[1].id, NoteDraft(tags="a"))
    page = desk.get("/sessions/export?tag=a&what=all").text
    assert "1 interview" in page
    assert "Tag: a" in page
    given = names(desk.get("/sessions/export?tag=a&what=all&format=md&notes_too=true"))
    assert given == ["about.txt", "sessions.csv", "notes.csv", f"md/{three[1].id}.md"]
    assert len(names(desk.get("/sessions/export?format=vtt"))) == 5


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("what=selected", "Select the interviews you want"), ("what=selected&id=x&format=txt", "Select the interviews"),
        ("tag=none&format=txt", "No interviews match"), ("asked=1", "Choose at least one format."), ("asked=1&format=exe", "Choose at least"),
        ("end_date=yesterday&format=txt", "Enter an end date"),
    ],
)  # fmt: skip
def test_nothing_to_download_is_said(desk, three, query, words):
    answer = desk.get(f"/sessions/export?{query}")
    assert answer.mimetype == "text/html"
    assert (answer.status_code, words in answer.text) == (400, True)


def test_others_sessions_are_in_nobodys_archive(app, ben, three):
    browser = logged_in(app, ben)
    query = f"what=selected&id={three[0].id}&format=txt"
    assert browser.get(f"/sessions/export?{query}").status_code == 400
    assert browser.get("/sessions/export?format=txt").mimetype == "text/html"


def test_pdfs_of_the_first_come_in_the_archive_too(desk, three, monkeypatch):
    counted = []
    monkeypatch.setattr(downloads, "count_call", counted.append)
    monkeypatch.setattr(transcript_archive, "MOST_PDFS", 2)
    page = desk.get("/sessions/export").text
    assert "For the first 2 interviews." in page
    answer = desk.get("/sessions/export?format=pdf")
    first = [three[2].id, three[1].id]  # in the order of the list
    given = names(answer)
    assert given == ["about.txt", "sessions.csv"] + [f"pdf/{i}.pdf" for i in first]
    made = zipfile.ZipFile(io.BytesIO(answer.data))
    single = desk.get(f"/sessions/{first[0]}/pdf").data
    assert made.read(f"pdf/{first[0]}.pdf") == single
    assert "PDFs are included for the first" in made.read("about.txt").decode()
    assert counted == ["export", "pdf", "pdf"]


def test_a_pdf_that_cannot_be_made_is_named_and_holds_up_no_other(
    desk, services, three, monkeypatch
):
    render, (old, broken, new) = services.pdf.render, [row.id for row in three]

    def some(transcript):
        if transcript.session_id == broken:
            raise PdfUnavailable
        return render(transcript)

    monkeypatch.setattr(services.pdf, "render", some)
    ids = "&".join(f"id={one}" for one in (old, broken, new))
    answer = desk.get(f"/sessions/export?what=selected&format=pdf&{ids}")
    made = zipfile.ZipFile(io.BytesIO(answer.data))
    assert [n for n in made.namelist() if n.startswith("pdf/")] == [
        f"pdf/{new}.pdf", f"pdf/{old}.pdf", "pdf/not-made.txt",
    ]  # fmt: skip
    assert broken in made.read("pdf/not-made.txt").decode()


def test_archives_count_as_exports(app, desk, three, monkeypatch):
    counted = []
    monkeypatch.setattr(downloads, "count_call", counted.append)
    desk.get("/sessions/export")
    desk.get("/sessions/export?format=txt")
    assert counted == ["export"]
