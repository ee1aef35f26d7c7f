"""Notes of members on an interview, on a turn, or on a passage of an answer.

A quote is stored as a position in the answer's text, so it always matches. When a participant
corrects an answer, quotes follow if their words remain. Removing an answer deletes its notes, and
text that must not be quoted is never shown as a quote.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import joinedload

from interviewrelay.analysis import quotes
from interviewrelay.core import clock, text as texts
from interviewrelay.core.actor import Actor
from interviewrelay.core.db import pagination
from interviewrelay.core.db.session import db, require_transaction, transaction
from interviewrelay.core.errors import Conflict, Forbidden, InvalidParameter
from interviewrelay.core.ids import new_id
from interviewrelay.interviewer.understanding import redaction_wishes
from interviewrelay.models import Interview, Note, NoteTag, TurnRow, User
from interviewrelay.organizations import access
from interviewrelay.runtime import form_ids

LONGEST: Final = 4_000
LONGEST_TAG: Final = 50
MOST_TAGS: Final = 10
MOST: Final = 500
"""Maximum notes on one interview."""
SAY: Final = "Enter a note, a quote or a tag."
NOT_QUOTED: Final = (
    "The participant asked not to be quoted here. Remove the quote. You can still add a note on the "
    "whole answer."
)
NOT_NAMED: Final = (
    "The participant asked us to leave out a name in these words. Quote the words before or after "
    "the name."
)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """Note to save. Without a `turn` it is on the whole interview; `quote` is a passage of that
    turn, and `start` its position if it occurs more than once.
    """

    text: str = ""
    tags: str = ""
    turn: int | None = None
    quote: str = ""
    start: int | None = None


def add_note(actor: Actor, session_id: str, draft: NoteDraft, form: str = "") -> Note:
    """Add a note. The same `form` id with the same content adds it once.

    Raises NotFound, InvalidParameter, and Conflict at the limit of notes.
    """
    interview = access.get_interview(actor, session_id)
    text, tags = _text(draft.text), _tags(draft.tags)
    key = _key(actor, session_id, draft, form)
    with transaction():
        access.lock_row(Interview, interview.id)  # locks its answers against changes
        made = db.session.get(Note, key)
        if made is not None:
            return made
        _room(interview)
        turn, span = _place(interview, draft)
        if not (text or tags or span):
            raise InvalidParameter.field("text", "string", SAY)
        note = Note(
            id=key,
            org_id=interview.org_id,
            campaign_id=interview.campaign_id,
            interview_id=interview.id,
            turn_id=turn.id if turn else None,
            quote_start=span[0] if span else None,
            quote_end=span[1] if span else None,
            text=text,
            user_id=actor.user_id,
            author=_name(actor),
            tags=[NoteTag(name=name) for name in tags],
        )
        db.session.add(note)
    return note


def change_note(
    actor: Actor, session_id: str, note_id: str, text: str | None, tags: str | None
) -> Note:
    """Change text and tags; None keeps them, and the position stays. Raises NotFound, Forbidden and
    InvalidParameter.
    """
    found = _own(actor, session_id, note_id)
    with transaction():
        note = access.lock_row(Note, found.id)
        wanted = note.text if text is None else _text(text)
        names = [tag.name for tag in note.tags] if tags is None else _tags(tags)
        if not (wanted or names or note.quote_start is not None):
            raise InvalidParameter.field("text", "string", SAY)
        held = {tag.name: tag for tag in note.tags}
        if (note.text, set(held)) != (wanted, set(names)):
            note.text = wanted
            note.tags = [held.get(name) or NoteTag(name=name) for name in names]
            note.changed_at, note.changed_by = clock.now(), _name(actor)
    return note


def delete_note(actor: Actor, session_id: str, note_id: str) -> None:
    """Delete a note. Raises NotFound and Forbidden."""
    found = _own(actor, session_id, note_id)
    with transaction():
        db.session.execute(delete(Note).where(Note.id == found.id))


def may_change(actor: Actor, note: Note) -> bool:
    """True for the author, and for owners and admins."""
    mine = note.user_id == actor.user_id
    return actor.may("sessions:write") and (mine or actor.role in ("owner", "admin"))


def list_session_notes(interview: Interview) -> Sequence[Note]:
    """Notes of a session, oldest first, bounded by the limit."""
    mine = select(Note).where(Note.interview_id == interview.id)
    return _read(mine.order_by(Note.created_at, Note.id))


def fetch_notes(interview: Interview, window: pagination.Window) -> pagination.Page[Note]:
    """Notes of a session with their turns, newest first."""
    mine = select(Note).where(Note.interview_id == interview.id)
    mine = mine.options(joinedload(Note.turn))
    return pagination.fetch_page(mine, Note.created_at, Note.id, window)


def iterate_notes(ids: Collection[str]) -> Iterator[Note]:
    """Notes of several sessions, session by session, with their turns."""
    mine = select(Note).where(Note.interview_id.in_(ids)).options(joinedload(Note.turn))
    yield from _read(mine.order_by(Note.interview_id, Note.created_at, Note.id))


def count_notes(ids: Collection[str]) -> dict[str, int]:
    """Number of notes of each session that has any."""
    each = select(Note.interview_id, func.count().label("number")).where(
        Note.interview_id.in_(ids)
    )
    rows = db.session.execute(each.group_by(Note.interview_id))
    return {row.interview_id: row.number for row in rows}


def select_noted_sessions(
    org_id: str, tag: str = "", campaign_id: str | None = None
) -> Select[str]:
    """Query for the ids of sessions with notes, in an organization or campaign, optionally with a
    tag.
    """
    noted = select(Note.interview_id).where(Note.org_id == org_id)
    if campaign_id is not None:
        noted = noted.where(Note.campaign_id == campaign_id)
    if tag:
        noted = noted.join(NoteTag, NoteTag.note_id == Note.id).where(NoteTag.name == tag)
    return noted


def list_tags(actor: Actor, most: int = 200) -> list[str]:
    """Tags in use in an organization."""
    used = select(NoteTag.name).join(Note, Note.id == NoteTag.note_id)
    used = used.where(Note.org_id == actor.org_id).distinct().order_by(NoteTag.name)
    return list(db.session.execute(used.limit(most)).scalars())


def find_span(note: Note, turn: TurnRow | None) -> Span | None:
    """Position of a note's quote in its turn; None without a quote, or if it must not be quoted."""
    if turn is None or note.quote_start is None or note.quote_end is None:
        return None
    if turn.struck or not turn.quotable or note.quote_end > len(turn.text):
        return None
    return note.quote_start, note.quote_end


def get_quote(note: Note, turn: TurnRow | None) -> str | None:
    """Quoted text."""
    place = find_span(note, turn)
    return turn.text[slice(*place)] if turn is not None and place else None


def move_notes(turn: TurnRow, was: str) -> None:
    """Building block after an answer was corrected or removed; `was` is its earlier text."""
    require_transaction()
    if turn.struck:
        db.session.execute(delete(Note).where(Note.turn_id == turn.id))
        return
    quoted = select(Note).where(Note.turn_id == turn.id, Note.quote_start.is_not(None))
    for note in db.session.execute(quoted).scalars():
        words = was[note.quote_start : note.quote_end]
        place = turn.text.find(words)
        there = place >= 0
        note.quote_start = place if there else None
        note.quote_end = place + len(words) if there else None


def find_misplaced() -> Iterator[str]:
    """Consistency check: sentences about notes whose quote does not match."""
    wrong = (
        select(Note.id)
        .join(TurnRow, TurnRow.id == Note.turn_id)
        .where(
            (Note.quote_end > func.length(TurnRow.text)) | (Note.quote_start >= Note.quote_end)
        )
    )
    for note_id in db.session.execute(wrong).scalars():
        yield f"{note_id}: quotes words that are not in its turn"


def _read(query: Select[Note]) -> Sequence[Note]:
    return db.session.execute(query).scalars().all()


def _own(actor: Actor, session_id: str, note_id: str) -> Note:
    note = access.get_note(actor, session_id, note_id)
    if not may_change(actor, note):
        raise Forbidden("Only the author of a note, an admin or an owner can edit it.")
    return note


def _key(actor: Actor, session_id: str, draft: NoteDraft, form: str) -> str:
    said = draft.text, draft.tags, draft.turn, draft.quote
    return form_ids.build_id(form, actor.user_id, session_id, *said) or new_id()


def _room(interview: Interview) -> None:
    held = select(func.count()).where(Note.interview_id == interview.id)
    if db.session.execute(held).scalar_one() >= MOST:
        raise Conflict(
            f"There are {MOST} notes on this interview, which is the limit. Delete one first."
        )


def _place(interview: Interview, draft: NoteDraft) -> tuple[TurnRow | None, Span | None]:
    """The turn of a note, and the position of its quote. Raises InvalidParameter."""
    words = texts.normalize_line_feeds(draft.quote).strip()
    if draft.turn is None:
        if words:
            raise InvalidParameter.field(
                "turn", "number", "Choose the answer that contains these words."
            )
        return None, None
    turn = db.session.execute(
        select(TurnRow)
        .where(TurnRow.interview_id == interview.id, TurnRow.number == draft.turn)
        .execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if turn is None or turn.struck:
        words = "This answer was deleted." if turn else "This interview has no such turn."
        raise InvalidParameter.field("turn", "number", words)
    return turn, _quoted(turn, words, draft.start) if words else None


def _quoted(turn: TurnRow, words: str, start: int | None) -> Span:
    if turn.speaker != "participant":
        said = "You can’t quote the interviewer. For a question, add a note without a quote."
        raise InvalidParameter.field("quote", "string", said)
    if not turn.quotable:
        raise InvalidParameter.field("quote", "string", NOT_QUOTED)
    hidden = quotes.find_hidden_names(_readings(turn.interview_id))
    if redaction_wishes.redact_names(words, hidden) != words:
        raise InvalidParameter.field("quote", "string", NOT_NAMED)
    if start is not None and turn.text[start : start + len(words)] == words:
        return start, start + len(words)
    # Pasted text may have lost its line breaks.
    found = re.search(r"\s+".join(map(re.escape, words.split())), turn.text)
    if found is None:
        said = "The quote must match the words of the answer exactly."
        raise InvalidParameter.field("quote", "string", said)
    return found.span()


def _readings(interview_id: str) -> Iterable[Mapping[str, object] | None]:
    said = select(TurnRow.reading).where(
        TurnRow.interview_id == interview_id, TurnRow.speaker == "participant"
    )
    return db.session.execute(said).scalars()


def _text(given: str) -> str:
    text = texts.normalize_line_feeds(given).strip()
    if len(text) > LONGEST:
        words = f"Shorten the note to {LONGEST:,} characters or fewer."
        raise InvalidParameter.field("text", "string", words)
    return "" if texts.is_blank(text) else text


def _tags(given: str) -> list[str]:
    """Tags from a comma-separated text, normalized."""
    names = list(dict.fromkeys(filter(None, map(normalize_tag, re.split(r"[,;\n]", given)))))
    if len(names) > MOST_TAGS or any(len(name) > LONGEST_TAG for name in names):
        words = f"Use up to {MOST_TAGS} tags of up to {LONGEST_TAG} characters each."
        raise InvalidParameter.field("tags", "string", words)
    return names


def normalize_tag(given: str) -> str:
    """Normalized tag: lower case, without a leading sign."""
    name = " ".join(unicodedata.normalize("NFC", given).lower().split()).lstrip("#").strip()
    return "" if texts.is_blank(name) else name


def _name(actor: Actor) -> str:
    who = select(User.name, User.email).where(User.id == actor.user_id)
    name, email = db.session.execute(who).one()
    return name or email


def list_spans(held: Iterable[Note], turn: TurnRow) -> list[Span]:
    """Quoted positions in a turn."""
    found = (find_span(note, turn) for note in held if note.turn_id == turn.id)
    return [one for one in found if one is not None]
