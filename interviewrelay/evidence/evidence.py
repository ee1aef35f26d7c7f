"""Evidence layer: the only writer of evidence, and the only reader of its words.

Findings, codes, reports and answers to questions refer to evidence by id and never copy its words.
A passage is stored only if a quotable answer holds it. When the participant corrects, removes or
takes back the answer, its evidence follows, and what refers to it does too.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import func, literal_column, or_, select

from interviewrelay.analysis import quotes, superseded
from interviewrelay.analysis.quote_matching import find_quote
from interviewrelay.analysis.quotes import Span
from interviewrelay.core.db.session import db, require_transaction
from interviewrelay.interviewer.understanding import redaction_wishes
from interviewrelay.models import Evidence, Interview, TurnRow
from interviewrelay.organizations import access

CHUNK: Final = 500
"""Ids in one statement."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that somebody, or a model, claims to be in an interview.

    Without a turn number, all answers are searched, from the first. `start` tells which one is
    meant if the words occur more than once in the turn.
    """

    quote: str
    turn_number: int | None = None
    start: int | None = None


class Refusal(StrEnum):
    """Reason why a passage is no evidence."""

    NO_SUCH_TURN = "no_such_turn"
    NOT_THE_PARTICIPANT = "not_the_participant"
    NOT_QUOTABLE = "not_quotable"
    SUPERSEDED = "superseded"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Proof:
    """Outcome for a list of passages: at each one's place its evidence, or why there is none."""

    outcomes: tuple[Evidence | Refusal, ...]

    @property
    def evidence(self) -> list[Evidence]:
        return [one for one in self.outcomes if isinstance(one, Evidence)]

    @property
    def refused(self) -> Counter[Refusal]:
        return Counter(one for one in self.outcomes if isinstance(one, Refusal))


@dataclass(frozen=True, slots=True)
class EvidenceQuote:
    """Verbatim quote. `start` and `end` are positions in the turn's text, in Unicode code points;
    `text` has "…" in place of names that the participant asked to leave out.
    """

    evidence_id: str
    session_id: str
    turn_id: str
    turn_number: int
    question_id: str | None
    start: int
    end: int
    text: str


def add_evidence(interview: Interview, passages: Sequence[Passage]) -> Proof:
    """Building block: store those passages that the interview's answers hold.

    Words that are evidence already keep their row. The interview is locked, so that no answer
    changes meanwhile.
    """
    require_transaction()
    access.lock_row(Interview, interview.id)
    turns = _load_turns(interview.id)
    gone = superseded.find_superseded(turns)
    known = {
        (row.turn_id, row.quote_start, row.quote_end): row
        for row in db.session.execute(
            select(Evidence).where(Evidence.interview_id == interview.id)
        ).scalars()
    }
    outcomes: list[Evidence | Refusal] = []
    for passage in passages:
        found = _locate(passage, turns, gone)
        if isinstance(found, Refusal):
            outcomes.append(found)
            continue
        turn, span = found
        row = known.get((turn.id, *span))
        if row is None:
            row = Evidence(
                org_id=interview.org_id,
                interview_id=interview.id,
                turn_id=turn.id,
                quote_start=span.start,
                quote_end=span.end,
            )
            known[turn.id, span.start, span.end] = row
            db.session.add(row)
        outcomes.append(row)
    db.session.flush()  # gives the rows their ids
    return Proof(tuple(outcomes))


def read_quotes(ids: Iterable[str]) -> dict[str, EvidenceQuote]:
    """Quotes by evidence id; without those that must not, or no longer, be quoted."""
    wanted = list(dict.fromkeys(ids))
    found: dict[str, EvidenceQuote] = {}
    for first in range(0, len(wanted), CHUNK):
        rows = db.session.execute(
            select(Evidence, TurnRow)
            .join(TurnRow, TurnRow.id == Evidence.turn_id)
            .where(Evidence.id.in_(wanted[first : first + CHUNK]))
        ).all()
        later = _load_later_wishes({row.interview_id for row, _ in rows})
        for row, turn in rows:
            gone, names = later.get(row.interview_id, ({}, frozenset()))
            span = Span(row.quote_start, row.quote_end)
            if _is_quotable(turn) and not _is_superseded(turn, span, gone):
                found[row.id] = EvidenceQuote(
                    evidence_id=row.id,
                    session_id=row.interview_id,
                    turn_id=turn.id,
                    turn_number=turn.number,
                    question_id=turn.question_id,
                    start=span.start,
                    end=span.end,
                    text=redaction_wishes.redact_names(turn.text[slice(*span)], names),
                )
    return {one: found[one] for one in wanted if one in found}


def find_lost(turn: TurnRow, was: str) -> list[str]:
    """Ids of a turn's evidence whose words are not in its new text; `was` is the earlier one."""
    rows = db.session.execute(select(Evidence).where(Evidence.turn_id == turn.id)).scalars()
    return [row.id for row in rows if _find_again(row, turn, was) is None]


def move_evidence(turn: TurnRow, was: str) -> None:
    """Building block after an answer was corrected or removed; `was` is its earlier text. Evidence
    whose words are gone is deleted.
    """
    require_transaction()
    rows = db.session.execute(select(Evidence).where(Evidence.turn_id == turn.id)).scalars()
    moved: dict[Span, Evidence] = {}
    for row in rows.all():
        span = _find_again(row, turn, was)
        if span is None or span in moved:
            db.session.delete(row)
        else:
            moved[span] = row
    db.session.flush()  # before another row takes a deleted one's place
    # Moved out of each other's way first: two passages may change places.
    for offset in (len(was) + len(turn.text), 0):
        for span, row in moved.items():
            row.quote_start, row.quote_end = span.start + offset, span.end + offset
        db.session.flush()  # one statement for each of the two moves


def _find_again(row: Evidence, turn: TurnRow, was: str) -> Span | None:
    words = was[row.quote_start : row.quote_end]
    place = -1 if turn.struck else turn.text.find(words)
    return None if place < 0 else Span(place, place + len(words))


def find_misplaced() -> Iterator[str]:
    """Consistency check: sentences about evidence that lies outside its answer."""
    wrong = (
        select(Evidence.id)
        .join(TurnRow, TurnRow.id == Evidence.turn_id)
        .where(
            or_(
                Evidence.quote_end > func.length(TurnRow.text),
                TurnRow.speaker != "participant",
                TurnRow.interview_id != Evidence.interview_id,
            )
        )
    )
    for evidence_id in db.session.execute(wrong).scalars():
        yield f"{evidence_id}: is evidence of words that are not in its answer"


def _load_turns(interview_id: str) -> Sequence[TurnRow]:
    mine = (
        select(TurnRow)
        .where(TurnRow.interview_id == interview_id)
        .order_by(TurnRow.number)
        .execution_options(populate_existing=True)
    )
    return db.session.execute(mine).scalars().all()


def _locate(
    passage: Passage, turns: Sequence[TurnRow], gone: Mapping[int, Sequence[str]]
) -> tuple[TurnRow, Span] | Refusal:
    """The first answer that holds the passage; otherwise the reason that comes closest."""
    chosen = [turn for turn in turns if passage.turn_number in (None, turn.number)]
    if not chosen:
        return Refusal.NO_SUCH_TURN
    closest = Refusal.NOT_FOUND
    for turn in chosen:
        span = _find_span(turn, passage)
        if span is None:
            continue
        if turn.speaker != "participant":
            reason = Refusal.NOT_THE_PARTICIPANT
        elif not _is_quotable(turn):
            reason = Refusal.NOT_QUOTABLE
        elif _is_superseded(turn, span, gone):
            reason = Refusal.SUPERSEDED
        else:
            return turn, span
        closest = reason if closest is Refusal.NOT_FOUND else closest
    return closest


def _find_span(turn: TurnRow, passage: Passage) -> Span | None:
    if passage.start is not None and passage.start >= 0:
        end = passage.start + len(passage.quote)
        if passage.quote.strip() and turn.text[passage.start : end] == passage.quote:
            return Span(passage.start, end)
    return find_quote(turn.text, passage.quote)


def _is_quotable(turn: TurnRow) -> bool:
    return turn.quotable and not turn.struck and not turn.skipped


def _is_superseded(turn: TurnRow, span: Span, gone: Mapping[int, Sequence[str]]) -> bool:
    """True if the passage touches a sentence that the participant corrected later."""
    if turn.number not in gone:
        return False
    left = superseded.remove_sentences(turn.text, gone[turn.number])
    return left[slice(*span)] != turn.text[slice(*span)]


def _load_later_wishes(
    interview_ids: Collection[str],
) -> dict[str, tuple[Mapping[int, Sequence[str]], frozenset[str]]]:
    """Corrected sentences and names to leave out, for those interviews that have any."""
    sense = TurnRow.reading.op("->")(literal_column("'sense'"))
    query = (
        select(TurnRow.interview_id, TurnRow.number, TurnRow.reading)
        .where(
            TurnRow.interview_id.in_(interview_ids),
            TurnRow.speaker == "participant",
            or_(
                sense.op("->")(literal_column("'overtaken'")).is_not(None),
                sense.op("->")(literal_column("'unnamed'")).is_not(None),
            ),
        )
        .order_by(TurnRow.interview_id, TurnRow.number)
    )
    turns: dict[str, list[Any]] = {}
    for row in db.session.execute(query):
        turns.setdefault(row.interview_id, []).append(row)
    return {
        interview_id: (
            superseded.find_superseded(own),
            quotes.find_hidden_names(row.reading for row in own),
        )
        for interview_id, own in turns.items()
    }
