"""Writer of the chain over turns: seals what is stored, in the same transaction."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final, Protocol

from sqlalchemy import bindparam, func, insert, select, update

from interviewrelay.core import clock
from interviewrelay.core.db.compiled_statements import CompiledStatement
from interviewrelay.core.db.group_commit import StatementRunner, current_runner
from interviewrelay.core.db.session import db, require_transaction
from interviewrelay.core.security import server_keys
from interviewrelay.integrity import chain
from interviewrelay.integrity.chain import ChainEvent, ChainKey, Kind, Seal
from interviewrelay.models import Interview, TurnEvent, TurnRow

_EVENT: Final = CompiledStatement(
    insert(TurnEvent),
    ("interview_id", "position", "number", "kind", "at", "salt", "digest", "link"),
)
_MOVE_HEAD: Final = CompiledStatement(
    update(Interview).where(
        Interview.id == bindparam("held"),
        Interview.chain_head.is_not_distinct_from(bindparam("was_head")),
    ),
    ("chain_head",),
)
_HEAD: Final = CompiledStatement(
    select(Interview.chain_head).where(Interview.id == bindparam("held"))
)
_LAST: Final = CompiledStatement(
    select(func.coalesce(func.max(TurnEvent.position), 0)).where(
        TurnEvent.interview_id == bindparam("held")
    )
)


class StoredTurn(chain.Words, Protocol):
    """The part of a turn that its links cover."""

    @property
    def interview_id(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def speaker(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def original(self) -> str | None: ...


def seal_turn(previous: str, turn: StoredTurn) -> Seal:
    """Seal of a new turn."""
    return _seal(_current_key(), previous, turn, "stored", turn.at, turn.text)


def append_turn(runner: StatementRunner, head: str | None, turn: StoredTurn) -> Seal | None:
    """Seal a new turn behind the newest link of its interview, and make it the newest; None if
    `head` isn't the newest link, or the interview isn't sealed yet.
    """
    if head is None:
        return None
    seal = seal_turn(head, turn)
    moved = runner.change(
        _MOVE_HEAD, held=turn.interview_id, was_head=head, chain_head=seal.link
    )
    return seal if moved else None


def read_head(runner: StatementRunner, interview_id: str) -> str | None:
    """The newest link of an interview; None if it isn't sealed yet."""
    head: str | None = runner.rows(_HEAD, held=interview_id)[0][0]
    return head


def set_head(runner: StatementRunner, interview_id: str, head: str) -> None:
    """Store the newest link of an interview that was not sealed before."""
    runner.change(_MOVE_HEAD, held=interview_id, was_head=None, chain_head=head)


def seal_found(
    runner: StatementRunner,
    interview_id: str,
    turns: Sequence[StoredTurn],
    ended_at: datetime | None = None,
) -> str:
    """Seal an interview of an older version as it is found; returns its newest link, for the caller
    to store.
    """
    key, now, head = _current_key(), clock.now(), chain.START
    ((position,),) = runner.rows(_LAST, held=interview_id)
    for turn, text in _list_wordings(turns):
        position += 1
        seal = _seal(key, head, turn, "found", now, text)
        head = seal.link
        _insert(runner, interview_id, position, "found", turn.number, now, seal)
    if ended_at is not None:
        last = max((turn.number for turn in turns), default=0)
        head = _insert_end(runner, interview_id, position + 1, last, ended_at, head)
    return head


def ensure_sealed(interview: Interview, turns: Sequence[TurnRow]) -> str:
    """Building block: the newest link of a locked interview, which is sealed as found if an older
    version stored it.
    """
    require_transaction()
    if interview.chain_head is None:
        ended_at = interview.ended_at if interview.status != "in_progress" else None
        runner = current_runner()
        interview.chain_head = seal_found(runner, interview.id, turns, ended_at)
    return interview.chain_head


def record_changes(interview: Interview, changed: Sequence[TurnRow]) -> None:
    """Building block: seal the new words of these turns of a locked, sealed interview, and delete
    the salts of words that are gone.
    """
    require_transaction()
    if not changed:
        return
    query = select(TurnEvent).where(TurnEvent.interview_id == interview.id)
    current = query.execution_options(populate_existing=True)
    earlier = db.session.execute(current).scalars().all()
    key, now, head = _current_key(), clock.now(), interview.chain_head or chain.START
    position = _count(interview.id)
    for row in changed:
        _forget_salts(row, [event for event in earlier if event.number == row.number])
        position += 1
        kind = _get_kind(row)
        seal = _seal(key, head, row, kind, now, row.text)
        head = seal.link
        _insert(current_runner(), interview.id, position, kind, row.number, now, seal)
    interview.chain_head = head


def record_end(interview: Interview, turns: Sequence[TurnRow], at: datetime) -> None:
    """Building block: seal the end of a locked interview, so that none of its turns can be left out
    behind it.
    """
    head = interview.chain_head
    if head is None:
        ensure_sealed(interview, turns)  # with its end
        return
    position = _count(interview.id) + 1
    last = turns[-1].number if turns else 0
    interview.chain_head = _insert_end(current_runner(), interview.id, position, last, at, head)


def _list_wordings(turns: Sequence[StoredTurn]) -> Iterator[tuple[StoredTurn, str]]:
    """Turns in order with each text that is stored of them, the first one first."""
    for turn in sorted(turns, key=lambda turn: turn.number):
        if turn.original is not None:
            yield turn, turn.original
        yield turn, turn.text


def _get_kind(row: TurnRow) -> Kind:
    if row.speaker == "ai":
        return "redacted"
    if row.struck:
        return "struck"
    return "extended" if row.original is None else "corrected"


def _forget_salts(row: TurnRow, events: Sequence[TurnEvent]) -> None:
    """Delete the salts of a turn's earlier words, except of its first ones if they are stored."""
    earlier: tuple[TurnRow | TurnEvent, ...] = (row, *events)
    for stored in earlier:
        if stored.salt is not None and (
            row.original is None
            or chain.digest_words(stored.salt, row.question_id, row.original) != stored.digest
        ):
            stored.salt = None


def _seal(
    key: ChainKey, previous: str, turn: StoredTurn, kind: Kind, at: datetime, text: str
) -> Seal:
    salt = chain.new_salt()
    digest = chain.digest_words(salt, turn.question_id, text)
    event = ChainEvent(turn.interview_id, kind, turn.number, turn.speaker, turn.at, at, digest)
    return Seal(salt, digest, chain.link_event(key, previous, event))


def _insert_end(
    runner: StatementRunner,
    interview_id: str,
    position: int,
    last: int,
    at: datetime,
    head: str,
) -> str:
    event = ChainEvent(interview_id, "ended", last, "", at, at, "")
    link = chain.link_event(_current_key(), head, event)
    _insert(runner, interview_id, position, "ended", last, at, Seal("", "", link))
    return link


def _insert(
    runner: StatementRunner,
    interview_id: str,
    position: int,
    kind: Kind,
    number: int,
    at: datetime,
    seal: Seal,
) -> None:
    told: dict[str, Any] = {"salt": seal.salt or None, "digest": seal.digest, "link": seal.link}
    runner.change(
        _EVENT,
        interview_id=interview_id,
        position=position,
        number=number,
        kind=kind,
        at=at,
        **told,
    )


def _count(interview_id: str) -> int:
    """Number of events in a chain."""
    turns = select(func.count()).where(
        TurnRow.interview_id == interview_id, TurnRow.link.is_not(None)
    )
    events = select(func.count()).where(TurnEvent.interview_id == interview_id)
    return sum(db.session.execute(query).scalar_one() for query in (turns, events))


def _current_key() -> ChainKey:
    return ChainKey(*server_keys.get_ring().newest_key("chain"))
