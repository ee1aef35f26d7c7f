"""Notes of members: what they are on, who may change them, and what becomes of them."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from interviewrelay.accounts import accounts, members
from interviewrelay.core import clock
from interviewrelay.core.db.pagination import Window
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import Conflict, Forbidden, InvalidParameter, NotFound
from interviewrelay.core.ids import new_id
from interviewrelay.interviews import interviews, state
from interviewrelay.interviews.participation import answer_review
from interviewrelay.models import Interview, Note, NoteTag
from interviewrelay.notes import highlights, notes, representation
from interviewrelay.notes.notes import NoteDraft
from interviewrelay.operations import consistency_check
from interviewrelay.privacy import erasure, subject_export
from tests.conftest import HASHED, _somebody
from tests.factories import a_campaign, an_interview
from tests.web.everything import everything

SAID = "We waited for an hour.\nNobody said a word; nobody."


@pytest.fixture
def campaign(ann):
    return a_campaign(ann)


@pytest.fixture
def held(services, campaign):
    return an_interview(services, campaign, SAID, "The coffee was good.")


@pytest.fixture
def rita(app, ann):
    """A researcher of Ann's organization."""
    with transaction():
        user = accounts.add_user("rita@alder.example", "Rita", HASHED())
        member = accounts.add_member(ann.membership.organization, user, "researcher")
    return _somebody(app, member)


def count(kind):
    return db.session.execute(select(func.count()).select_from(kind)).scalar_one()


def quoted(note):
    """Its words, as they are in the database now."""
    db.session.expire_all()
    row = db.session.execute(select(Note).where(Note.id == note.id)).scalar_one()
    return notes.get_quote(row, row.turn)


def test_a_note_is_on_words_on_a_turn_or_on_the_whole(ann, held):
    on_words = notes.add_note(
        ann.actor,
        held.id,
        NoteDraft(" Silence again. ", "Waiting, #Silence ,, waiting", 2, "Nobody said"),
    )
    on_turn = notes.add_note(ann.actor, held.id, NoteDraft("Short.", turn=3))
    on_whole = notes.add_note(ann.actor, held.id, NoteDraft(tags="good one"))
    assert quoted(on_words) == "Nobody said"
    assert (on_words.text, sorted(tag.name for tag in on_words.tags)) == (
        "Silence again.",
        ["silence", "waiting"],
    )
    assert on_words.author == "Alder"
    assert (quoted(on_turn), on_whole.turn_id) == (None, None)
    assert [n.id for n in notes.list_session_notes(held)] == [
        on_words.id,
        on_turn.id,
        on_whole.id,
    ]
    assert notes.list_tags(ann.actor) == ["good one", "silence", "waiting"]
    assert notes.count_notes([held.id, new_id()]) == {held.id: 3}


@pytest.mark.parametrize(
    ("words", "start", "found"),
    [
        ("nobody", None, (43, 49)), ("Nobody", 0, (23, 29)), ("nobody", 43, (43, 49)),
        ("hour.\r\nNobody", None, (17, 29)), ("hour.  Nobody", 3, (17, 29)), ("  an hour ", 9_999, (14, 21)),
    ],
)  # fmt: skip
def test_a_quote_stands_in_the_answer(ann, held, words, start, found):
    note = notes.add_note(ann.actor, held.id, NoteDraft(turn=2, quote=words, start=start))
    assert (note.quote_start, note.quote_end) == found
    assert " ".join(quoted(note).split()) == " ".join(words.split())


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (NoteDraft(), "text"), (NoteDraft(" \u200b", " ,", 2), "text"), (NoteDraft("x" * 4_001), "text"),
        (NoteDraft(turn=2, quote="never said"), "quote"), (NoteDraft(turn=1, quote="visit"), "quote"),
        (NoteDraft(quote="an hour"), "turn"), (NoteDraft("x", turn=99), "turn"), (NoteDraft("x", turn=0), "turn"),
        (NoteDraft(tags="t" * 51), "tags"), (NoteDraft(tags=",".join(map(str, range(11)))), "tags"),
    ],
)  # fmt: skip
def test_what_cannot_be_noted_is_named(ann, held, draft, field):
    with pytest.raises(InvalidParameter) as refused:
        notes.add_note(ann.actor, held.id, draft)
    assert refused.value.details["field"] == field
    assert count(Note) == 0


def test_a_form_that_is_sent_again_makes_no_second_note(ann, held):
    form = new_id()
    first = notes.add_note(ann.actor, held.id, NoteDraft("Once.", "a"), form)
    assert notes.add_note(ann.actor, held.id, NoteDraft("Once.", "a"), form).id == first.id
    assert notes.add_note(ann.actor, held.id, NoteDraft("Another.", "a"), form).id != first.id
    with pytest.raises(InvalidParameter):
        notes.add_note(ann.actor, held.id, NoteDraft("Once."), "mine")


def test_an_interview_has_so_many_notes_and_no_more(ann, held, monkeypatch):
    monkeypatch.setattr(notes, "MOST", 1)
    notes.add_note(ann.actor, held.id, NoteDraft("One."))
    with pytest.raises(Conflict, match="Delete one first"):
        notes.add_note(ann.actor, held.id, NoteDraft("Two."))


def test_ones_own_is_changed_and_removed_and_an_admin_does_it_for_any(ann, vic, rita, held):
    hers = notes.add_note(rita.actor, held.id, NoteDraft("Mine.", "a, b", 2, "an hour"))
    owners = notes.add_note(ann.actor, held.id, NoteDraft("The owner's."))
    for somebody, note in ((vic, hers), (rita, owners)):
        with pytest.raises(Forbidden):
            notes.change_note(somebody.actor, held.id, note.id, "x", "")
        with pytest.raises(Forbidden):
            notes.delete_note(somebody.actor, held.id, note.id)
    changed = notes.change_note(rita.actor, held.id, hers.id, "Better.", "b, c")
    assert (changed.text, sorted(t.name for t in changed.tags)) == ("Better.", ["b", "c"])
    assert (changed.changed_by, quoted(hers)) == ("Rita", "an hour")
    notes.change_note(ann.actor, held.id, hers.id, "", "")  # the quote alone is enough
    with pytest.raises(InvalidParameter):
        notes.change_note(ann.actor, held.id, owners.id, " ", "")
    notes.delete_note(ann.actor, held.id, hers.id)
    assert [note.id for note in notes.list_session_notes(held)] == [owners.id]
    assert count(NoteTag) == 0


def test_a_change_that_changes_nothing_leaves_no_trace(ann, held):
    note = notes.add_note(ann.actor, held.id, NoteDraft("Same.", "a"))
    assert notes.change_note(ann.actor, held.id, note.id, "Same. ", "A").changed_at is None


def test_a_note_is_reached_by_its_own_session_only(services, ann, ben, campaign, held):
    note = notes.add_note(ann.actor, held.id, NoteDraft("x"))
    other = an_interview(services, campaign, "Else.", email="other@x.example")
    for actor, session_id in ((ben.actor, held.id), (ann.actor, other.id)):
        with pytest.raises(NotFound):
            notes.change_note(actor, session_id, note.id, "y", "")
    with pytest.raises(NotFound):
        notes.add_note(ben.actor, held.id, NoteDraft("y"))
    assert notes.list_tags(ben.actor) == []


def test_what_a_member_wrote_stays_when_they_leave(ann, rita, held):
    note = notes.add_note(rita.actor, held.id, NoteDraft("Kept."))
    members.remove_member(rita.membership)
    db.session.expire_all()
    (row,) = notes.list_session_notes(held)
    assert (row.id, row.author, row.user_id) == (note.id, "Rita", None)
    assert notes.may_change(ann.actor, row)


def test_a_quote_follows_a_correction_where_the_words_still_stand(services, ann, held):
    stays = notes.add_note(
        ann.actor, held.id, NoteDraft("a", turn=2, quote="Nobody said a word")
    )
    gone = notes.add_note(ann.actor, held.id, NoteDraft("b", turn=2, quote="an hour"))
    answer_review.correct_answer(
        services, held.invite, 2, "Well: we waited for two hours. Nobody said a word."
    )
    assert quoted(stays) == "Nobody said a word"
    assert quoted(gone) is None
    assert [note.text for note in notes.list_session_notes(held)] == ["a", "b"]
    assert consistency_check.run_checks()["notes quote the transcript"] == []


def test_what_is_struck_takes_its_notes_with_it(services, ann, held):
    notes.add_note(ann.actor, held.id, NoteDraft("zanzibarine", "marmalade", 2, "an hour"))
    notes.add_note(ann.actor, held.id, NoteDraft("zanzibarine", turn=2))
    kept = notes.add_note(ann.actor, held.id, NoteDraft("On another.", turn=4, quote="coffee"))
    answer_review.strike_answer(services, held.invite, 2)
    assert [note.id for note in notes.list_session_notes(held)] == [kept.id]
    assert quoted(kept) == "coffee"
    assert "zanzibarine" not in everything()
    assert "marmalade" not in everything()
    with pytest.raises(InvalidParameter, match="was deleted"):
        notes.add_note(ann.actor, held.id, NoteDraft("x", turn=2))


def test_who_asks_not_to_be_quoted_is_not(ann, held, campaign):
    note = notes.add_note(ann.actor, held.id, NoteDraft("Noted.", turn=2, quote="an hour"))
    answer_review.set_quotable(held.invite, 2, allowed=False)
    assert quoted(note) is None
    with pytest.raises(InvalidParameter, match="asked not to be quoted"):
        notes.add_note(ann.actor, held.id, NoteDraft(turn=2, quote="Nobody"))
    notes.add_note(ann.actor, held.id, NoteDraft("On the whole answer.", turn=2))
    assert highlights.list_highlights(campaign, Window(), quotes=True).items == []
    assert highlights.list_highlights(campaign, Window()).total == 2
    rows = state.list_turns(held)
    assert notes.list_spans(notes.list_session_notes(held), rows[1]) == []
    answer_review.set_quotable(held.invite, 2, allowed=True)
    assert quoted(note) == "an hour"


def test_highlights_are_listed_by_tag(services, ann, ben, campaign, held):
    other = an_interview(services, campaign, "An hour too.", email="other@x.example")
    elsewhere = an_interview(services, a_campaign(ann), "An hour.", email="else@x.example")
    with clock.freeze_at(datetime(2026, 5, 1, tzinfo=UTC)):
        first = notes.add_note(
            ann.actor, held.id, NoteDraft(tags="waiting", turn=2, quote="an hour")
        )
    second = notes.add_note(ann.actor, other.id, NoteDraft("No quote.", "waiting, price"))
    notes.add_note(ann.actor, elsewhere.id, NoteDraft(tags="waiting", turn=2, quote="An hour"))

    def listed(**more):
        return [
            note.id for note in highlights.list_highlights(campaign, Window(), **more).items
        ]

    assert listed() == [second.id, first.id]
    assert listed(tag="waiting") == [second.id, first.id]
    assert listed(tag="price") == [second.id]
    assert listed(tag="price", quotes=True) == []
    assert listed(quotes=True) == [first.id]
    assert highlights.count_tags(campaign) == [("waiting", 2), ("price", 1)]


def test_a_quote_that_was_corrected_later_says_so(services, ann, campaign):
    held = an_interview(services, campaign, "I waited eight hours.")
    interviews.answer_question(
        held.invite, 4, "Sorry, I said eight, it was more like eleven hours."
    )
    rows = state.list_turns(held)
    assert rows[3].amends == 2, "the interviewer hears this correction"
    notes.add_note(ann.actor, held.id, NoteDraft(turn=2, quote="eight hours"))
    page = highlights.list_highlights(campaign, Window())
    corrected = highlights.find_corrections(page)
    shape = representation.highlight(ann.actor, page.items[0], corrected)
    assert (shape["quote"], shape["corrected_at"]) == ("eight hours", 4)


@pytest.mark.parametrize("how", ["withdraw", "session", "person", "row"])
def test_nothing_that_was_noted_outlives_the_interview(services, ann, held, how):
    notes.add_note(ann.actor, held.id, NoteDraft("zanzibarine", "marmalade", 2, "an hour"))
    notes.add_note(ann.actor, held.id, NoteDraft("zanzibarine on the whole"))
    invite = held.invite
    if how == "withdraw":
        assert erasure.withdraw_participant(services, invite).notes == 2
    elif how == "session":
        assert erasure.erase_session(services, ann.actor, held.id).notes == 2
    elif how == "person":
        assert erasure.erase_person(services, ann.actor, invite.email).notes == 2
    else:  # as a version before this one does it: its rows go, and take the notes along
        with transaction():
            db.session.delete(db.session.get(Interview, held.id))
    assert (count(Note), count(NoteTag)) == (0, 0)
    assert "zanzibarine" not in everything()


def test_a_person_is_told_what_was_noted_about_them_and_not_by_whom(services, ann, rita, held):
    notes.add_note(rita.actor, held.id, NoteDraft("Sounds tired.", "mood", 2, "an hour"))
    notes.add_note(ann.actor, held.id, NoteDraft("On the whole."))
    (session,) = subject_export.build_subject_export(
        services, ann.actor, held.participant_email
    )["sessions"]
    told = [
        {name: note[name] for name in note if name != "created_at"} for note in session["notes"]
    ]
    assert told == [
        {"turn_number": 2, "quote": "an hour", "text": "Sounds tired.", "tags": ["mood"]},
        {"turn_number": None, "quote": None, "text": "On the whole.", "tags": []},
    ]
    assert "Rita" not in str(session["notes"])


def test_the_doctor_finds_a_quote_that_does_not_stand_there(ann, held):
    note = notes.add_note(ann.actor, held.id, NoteDraft(turn=2, quote="an hour"))
    assert consistency_check.run_checks()["notes quote the transcript"] == []
    with transaction():
        row = db.session.get(Note, note.id)
        row.quote_end = 5_000
    assert consistency_check.run_checks()["notes quote the transcript"] == [
        f"{note.id}: quotes words that are not in its turn"
    ]
