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
from interviewrelay.notes.notes import Draft
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
def held(office, campaign):
    return an_interview(office, campaign, SAID, "The coffee was good.")


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
    return notes.quote(row, row.turn)


def test_a_note_is_on_words_on_a_turn_or_on_the_whole(ann, held):
    on_words = notes.add(
        ann.actor,
        held.id,
        Draft(" Silence again. ", "Waiting, #Silence ,, waiting", 2, "Nobody said"),
    )
    on_turn = notes.add(ann.actor, held.id, Draft("Short.", turn=3))
    on_whole = notes.add(ann.actor, held.id, Draft(tags="good one"))
    assert quoted(on_words) == "Nobody said"
    assert (on_words.text, sorted(tag.name for tag in on_words.tags)) == (
        "Silence again.",
        ["silence", "waiting"],
    )
    assert on_words.author == "Alder"
    assert (quoted(on_turn), on_whole.turn_id) == (None, None)
    assert [n.id for n in notes.of_session(held)] == [on_words.id, on_turn.id, on_whole.id]
    assert notes.tags(ann.actor) == ["good one", "silence", "waiting"]
    assert notes.counted([held.id, new_id()]) == {held.id: 3}


@pytest.mark.parametrize(
    ("words", "start", "found"),
    [
        ("nobody", None, (43, 49)), ("Nobody", 0, (23, 29)), ("nobody", 43, (43, 49)),
        ("hour.\r\nNobody", None, (17, 29)), ("hour.  Nobody", 3, (17, 29)), ("  an hour ", 9_999, (14, 21)),
    ],
)  # fmt: skip
def test_a_quote_stands_in_the_answer(ann, held, words, start, found):
    note = notes.add(ann.actor, held.id, Draft(turn=2, quote=words, start=start))
    assert (note.quote_start, note.quote_end) == found
    assert " ".join(quoted(note).split()) == " ".join(words.split())


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (Draft(), "text"), (Draft(" \u200b", " ,", 2), "text"), (Draft("x" * 4_001), "text"),
        (Draft(turn=2, quote="never said"), "quote"), (Draft(turn=1, quote="visit"), "quote"),
        (Draft(quote="an hour"), "turn"), (Draft("x", turn=99), "turn"), (Draft("x", turn=0), "turn"),
        (Draft(tags="t" * 51), "tags"), (Draft(tags=",".join(map(str, range(11)))), "tags"),
    ],
)  # fmt: skip
def test_what_cannot_be_noted_is_named(ann, held, draft, field):
    with pytest.raises(InvalidParameter) as refused:
        notes.add(ann.actor, held.id, draft)
    assert refused.value.details["field"] == field
    assert count(Note) == 0


def test_a_form_that_is_sent_again_makes_no_second_note(ann, held):
    form = new_id()
    first = notes.add(ann.actor, held.id, Draft("Once.", "a"), form)
    assert notes.add(ann.actor, held.id, Draft("Once.", "a"), form).id == first.id
    assert notes.add(ann.actor, held.id, Draft("Another.", "a"), form).id != first.id
    with pytest.raises(InvalidParameter):
        notes.add(ann.actor, held.id, Draft("Once."), "mine")


def test_an_interview_has_so_many_notes_and_no_more(ann, held, monkeypatch):
    monkeypatch.setattr(notes, "MOST", 1)
    notes.add(ann.actor, held.id, Draft("One."))
    with pytest.raises(Conflict, match="Delete one first"):
        notes.add(ann.actor, held.id, Draft("Two."))


def test_ones_own_is_changed_and_removed_and_an_admin_does_it_for_any(ann, vic, rita, held):
    hers = notes.add(rita.actor, held.id, Draft("Mine.", "a, b", 2, "an hour"))
    owners = notes.add(ann.actor, held.id, Draft("The owner's."))
    for somebody, note in ((vic, hers), (rita, owners)):
        with pytest.raises(Forbidden):
            notes.change(somebody.actor, held.id, note.id, "x", "")
        with pytest.raises(Forbidden):
            notes.remove(somebody.actor, held.id, note.id)
    changed = notes.change(rita.actor, held.id, hers.id, "Better.", "b, c")
    assert (changed.text, sorted(t.name for t in changed.tags)) == ("Better.", ["b", "c"])
    assert (changed.changed_by, quoted(hers)) == ("Rita", "an hour")
    notes.change(ann.actor, held.id, hers.id, "", "")  # the quote alone is enough
    with pytest.raises(InvalidParameter):
        notes.change(ann.actor, held.id, owners.id, " ", "")
    notes.remove(ann.actor, held.id, hers.id)
    assert [note.id for note in notes.of_session(held)] == [owners.id]
    assert count(NoteTag) == 0


def test_a_change_that_changes_nothing_leaves_no_trace(ann, held):
    note = notes.add(ann.actor, held.id, Draft("Same.", "a"))
    assert notes.change(ann.actor, held.id, note.id, "Same. ", "A").changed_at is None


def test_a_note_is_reached_by_its_own_session_only(office, ann, ben, campaign, held):
    note = notes.add(ann.actor, held.id, Draft("x"))
    other = an_interview(office, campaign, "Else.", email="other@x.example")
    for actor, session_id in ((ben.actor, held.id), (ann.actor, other.id)):
        with pytest.raises(NotFound):
            notes.change(actor, session_id, note.id, "y", "")
    with pytest.raises(NotFound):
        notes.add(ben.actor, held.id, Draft("y"))
    assert notes.tags(ben.actor) == []


def test_what_a_member_wrote_stays_when_they_leave(ann, rita, held):
    note = notes.add(rita.actor, held.id, Draft("Kept."))
    members.remove(rita.membership)
    db.session.expire_all()
    (row,) = notes.of_session(held)
    assert (row.id, row.author, row.user_id) == (note.id, "Rita", None)
    assert notes.may_change(ann.actor, row)


def test_a_quote_follows_a_correction_where_the_words_still_stand(office, ann, held):
    stays = notes.add(ann.actor, held.id, Draft("a", turn=2, quote="Nobody said a word"))
    gone = notes.add(ann.actor, held.id, Draft("b", turn=2, quote="an hour"))
    answer_review.correct(
        office, held.invite, 2, "Well: we waited for two hours. Nobody said a word."
    )
    assert quoted(stays) == "Nobody said a word"
    assert quoted(gone) is None
    assert [note.text for note in notes.of_session(held)] == ["a", "b"]
    assert consistency_check.examine()["notes quote the transcript"] == []


def test_what_is_struck_takes_its_notes_with_it(office, ann, held):
    notes.add(ann.actor, held.id, Draft("zanzibarine", "marmalade", 2, "an hour"))
    notes.add(ann.actor, held.id, Draft("zanzibarine", turn=2))
    kept = notes.add(ann.actor, held.id, Draft("On another.", turn=4, quote="coffee"))
    answer_review.strike(office, held.invite, 2)
    assert [note.id for note in notes.of_session(held)] == [kept.id]
    assert quoted(kept) == "coffee"
    assert "zanzibarine" not in everything()
    assert "marmalade" not in everything()
    with pytest.raises(InvalidParameter, match="struck"):
        notes.add(ann.actor, held.id, Draft("x", turn=2))


def test_who_asks_not_to_be_quoted_is_not(ann, held, campaign):
    note = notes.add(ann.actor, held.id, Draft("Noted.", turn=2, quote="an hour"))
    answer_review.let_quote(held.invite, 2, allowed=False)
    assert quoted(note) is None
    with pytest.raises(InvalidParameter, match="asked not to be quoted"):
        notes.add(ann.actor, held.id, Draft(turn=2, quote="Nobody"))
    notes.add(ann.actor, held.id, Draft("On the whole answer.", turn=2))
    assert highlights.listing(campaign, Window(), quotes=True).items == []
    assert highlights.listing(campaign, Window()).total == 2
    rows = state.turns_of(held)
    assert notes.spans(notes.of_session(held), rows[1]) == []
    answer_review.let_quote(held.invite, 2, allowed=True)
    assert quoted(note) == "an hour"


def test_highlights_are_listed_by_tag(office, ann, ben, campaign, held):
    other = an_interview(office, campaign, "An hour too.", email="other@x.example")
    elsewhere = an_interview(office, a_campaign(ann), "An hour.", email="else@x.example")
    with clock.standing_at(datetime(2026, 5, 1, tzinfo=UTC)):
        first = notes.add(ann.actor, held.id, Draft(tags="waiting", turn=2, quote="an hour"))
    second = notes.add(ann.actor, other.id, Draft("No quote.", "waiting, price"))
    notes.add(ann.actor, elsewhere.id, Draft(tags="waiting", turn=2, quote="An hour"))

    def listed(**more):
        return [note.id for note in highlights.listing(campaign, Window(), **more).items]

    assert listed() == [second.id, first.id]
    assert listed(tag="waiting") == [second.id, first.id]
    assert listed(tag="price") == [second.id]
    assert listed(tag="price", quotes=True) == []
    assert listed(quotes=True) == [first.id]
    assert highlights.tags(campaign) == [("waiting", 2), ("price", 1)]


def test_a_quote_that_was_corrected_later_says_so(office, ann, campaign):
    held = an_interview(office, campaign, "I waited eight hours.")
    interviews.answer(held.invite, 4, "Sorry, I said eight, it was more like eleven hours.")
    rows = state.turns_of(held)
    assert rows[3].amends == 2, "the interviewer hears this correction"
    notes.add(ann.actor, held.id, Draft(turn=2, quote="eight hours"))
    page = highlights.listing(campaign, Window())
    corrected = highlights.corrected(page)
    shape = representation.highlight(ann.actor, page.items[0], corrected)
    assert (shape["quote"], shape["corrected_at"]) == ("eight hours", 4)


@pytest.mark.parametrize("how", ["withdraw", "session", "person", "row"])
def test_nothing_that_was_noted_outlives_the_interview(office, ann, held, how):
    notes.add(ann.actor, held.id, Draft("zanzibarine", "marmalade", 2, "an hour"))
    notes.add(ann.actor, held.id, Draft("zanzibarine on the whole"))
    invite = held.invite
    if how == "withdraw":
        assert erasure.withdraw(office, invite).notes == 2
    elif how == "session":
        assert erasure.erase_session(office, ann.actor, held.id).notes == 2
    elif how == "person":
        assert erasure.erase_person(office, ann.actor, invite.email).notes == 2
    else:  # as a version before this one does it: its rows go, and take the notes along
        with transaction():
            db.session.delete(db.session.get(Interview, held.id))
    assert (count(Note), count(NoteTag)) == (0, 0)
    assert "zanzibarine" not in everything()


def test_a_person_is_told_what_was_noted_about_them_and_not_by_whom(office, ann, rita, held):
    notes.add(rita.actor, held.id, Draft("Sounds tired.", "mood", 2, "an hour"))
    notes.add(ann.actor, held.id, Draft("On the whole."))
    (session,) = subject_export.of_person(office, ann.actor, held.participant_email)["sessions"]
    told = [
        {name: note[name] for name in note if name != "created_at"} for note in session["notes"]
    ]
    assert told == [
        {"turn_number": 2, "quote": "an hour", "text": "Sounds tired.", "tags": ["mood"]},
        {"turn_number": None, "quote": None, "text": "On the whole.", "tags": []},
    ]
    assert "Rita" not in str(session["notes"])


def test_the_doctor_finds_a_quote_that_does_not_stand_there(ann, held):
    note = notes.add(ann.actor, held.id, Draft(turn=2, quote="an hour"))
    assert consistency_check.examine()["notes quote the transcript"] == []
    with transaction():
        row = db.session.get(Note, note.id)
        row.quote_end = 5_000
    assert consistency_check.examine()["notes quote the transcript"] == [
        f"{note.id}: quotes words that do not stand in its turn"
    ]
