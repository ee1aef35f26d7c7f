"""Notes on the pages: at a session, and a campaign's highlights."""

import re

import pytest

from interviewrelay.interviews.participation import answer_review
from interviewrelay.notes import notes
from interviewrelay.notes.notes import NoteDraft
from tests.conftest import logged_in
from tests.factories import a_campaign, an_interview

SAID = "We waited <b>for an hour</b>."


@pytest.fixture
def campaign(ann):
    return a_campaign(ann)


@pytest.fixture
def held(services, campaign):
    return an_interview(services, campaign, SAID, "The coffee was good.")


@pytest.fixture
def path(held):
    return f"/sessions/{held.id}"


def the_form(desk, path, turn="2"):
    text = desk.get(f"{path}/notes/new?turn={turn}").text
    once = re.search(r'name="once" value="([^"]+)"', text)[1]
    return {"once": once, "turn": turn, "quote": "", "start": "", "text": "", "tags": ""}


def written(ann, held):
    return [
        (note.text, notes.get_quote(note, note.turn)) for note in notes.list_session_notes(held)
    ]


def test_words_are_noted_without_javascript_and_marked_for_all(app, desk, ann, vic, held, path):
    form = {**the_form(desk, path), "quote": "for an hour", "text": "Long.", "tags": "Waiting"}
    answer = desk.post(f"{path}/notes", data=form)
    assert (answer.status_code, answer.location) == (303, f"{path}#turn-2")
    desk.post(f"{path}/notes", data=form)  # a second press
    assert written(ann, held) == [("Long.", "for an hour")]
    seen = logged_in(app, vic).get(path).text
    assert '&lt;b&gt;<mark class="noted">for an hour</mark>&lt;/b&gt;' in seen
    assert "Long." in seen
    assert 'dir="auto">waiting</span>' in seen
    assert re.search(r"Alder, <time", seen)
    assert "/notes/new" not in seen  # a viewer writes none
    assert "Edit" not in seen


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "Enter a note, a quote or a tag"),
        ({"quote": "never said", "text": "Kept."}, "must match the words of the answer"),
        ({"turn": "77", "text": "Kept."}, "This interview has no such turn"), ({"turn": "two", "text": "Kept."}, "no such turn"),
        ({"tags": "t" * 51, "text": "Kept."}, "Use up to 10 tags"), ({"text": "Kept.", "once": "mine"}, "Reload this page"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_what_was_typed_stays(desk, ann, held, path, more, words):
    answer = desk.post(f"{path}/notes", data={**the_form(desk, path), **more})
    assert answer.status_code == 400
    assert words in answer.text
    assert "Error:" in answer.text
    if "text" in more:
        assert "Kept." in answer.text
    assert written(ann, held) == []


def test_ones_own_note_is_edited_and_deleted_on_a_page_of_its_own(
    app, desk, ann, vic, held, path
):
    note = notes.add_note(ann.actor, held.id, NoteDraft("First.", "a", 2, "an hour"))
    own = f"{path}/notes/{note.id}"
    assert f'href="{own}"' in desk.get(path).text
    assert "an hour" in desk.get(own).text
    assert (
        desk.post(own, data={"text": "Second.", "tags": "a, b"}).location
        == f"{path}#note-{note.id}"
    )
    assert "Second." in desk.get(path).text
    assert desk.post(own, data={"text": "x" * 4_001, "tags": ""}).status_code == 400
    viewer = logged_in(app, vic)
    assert "Only the author" in viewer.get(own).text
    assert viewer.post(f"{own}/delete").status_code == 403
    assert desk.post(f"{own}/delete").location == f"{path}#turn-2"
    assert written(ann, held) == []
    assert desk.get(own).status_code == 404


def test_what_may_not_be_quoted_is_neither_offered_nor_marked(desk, ann, held, path, campaign):
    notes.add_note(ann.actor, held.id, NoteDraft("Noted.", "a", 2, "an hour"))
    answer_review.set_quotable(held.invite, 2, allowed=False)
    seen = desk.get(path).text
    assert "<mark" not in seen
    assert (
        "an hour</b>" not in seen.partition('class="annotations"')[2].partition("</article>")[0]
    )
    assert not re.search(r'data-turn="2"[^>]*data-quotable', seen)
    assert re.search(r'data-turn="4"[^>]*data-quotable', seen)
    assert 'name="quote"' not in desk.get(f"{path}/notes/new?turn=2").text
    assert 'name="quote"' in desk.get(f"{path}/notes/new?turn=4").text
    listed = desk.get(f"/campaigns/{campaign.id}/highlights").text
    assert "asked not to be quoted" in listed
    assert "an hour" not in listed
    assert (
        "No notes match this filter."
        in desk.get(f"/campaigns/{campaign.id}/highlights?show=quotes").text
    )


def test_highlights_are_read_by_tag_with_links_to_the_turn(desk, ann, held, path, campaign):
    page = f"/campaigns/{campaign.id}/highlights"
    assert "No notes yet" in desk.get(page).text
    notes.add_note(ann.actor, held.id, NoteDraft("Long.", "waiting, a&b", 2, "an hour"))
    notes.add_note(ann.actor, held.id, NoteDraft("On the whole.", "mood"))
    text = desk.get(page).text
    assert text.count('class="annotation"') == 2
    assert f'href="{path}#turn-2"' in text
    assert f'href="{page}?tag=a%26b"' in text
    assert desk.get(f"{page}?tag=waiting").text.count('class="annotation"') == 1
    assert desk.get(f"{page}?tag=a%26b&show=quotes").text.count('class="annotation"') == 1
    assert "No notes match this filter." in desk.get(f"{page}?tag=none").text


def test_words_are_found_within_an_interview(desk, held, path):
    text = desk.get(f"{path}?q=HOUR").text
    assert '<mark class="hit">hour</mark>' in text
    assert "1 answer:" in text
    assert "No answers contain these words." in desk.get(f"{path}?q=marmalade").text
    assert desk.get(f"{path}?q={'x' * 500}").status_code == 200
