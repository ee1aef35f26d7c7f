"""Sealing of interviews that an older version stored: once, in the background, as they are found."""

from typing import Final

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as insert_on_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_on_sqlite

from interviewrelay.core import clock
from interviewrelay.core.db.session import db, release_connection, transaction
from interviewrelay.integrity import chain_store
from interviewrelay.models import BackgroundCheck, Interview, TurnRow
from interviewrelay.organizations import access

NAME: Final = "seal interviews of older versions"
_ROW: Final = BackgroundCheck.name == NAME


def seal_next_batch(most: int = 100) -> int:
    """Seal the next interviews of an older version; returns how many. It passes all interviews once,
    since later ones are sealed from their start.
    """
    progress = select(BackgroundCheck.after, BackgroundCheck.due_at).where(_ROW)
    row = db.session.execute(progress).one_or_none()
    after, due_at = row or ("", clock.now())
    if due_at > clock.now():
        release_connection()
        return 0
    waiting = select(Interview.id).where(Interview.id > after, Interview.chain_head.is_(None))
    some = db.session.execute(waiting.order_by(Interview.id).limit(most)).scalars().all()
    release_connection()
    for interview_id in some:
        with transaction():
            _seal(interview_id)
    done = len(some) < most
    with transaction():
        _put_down(some[-1] if some else after, done=done)
    return len(some)


def _seal(interview_id: str) -> None:
    if db.session.get(Interview, interview_id, populate_existing=True) is None:
        return  # erased meanwhile
    interview = access.lock_row(Interview, interview_id)
    turns = select(TurnRow).where(TurnRow.interview_id == interview_id)
    fresh = turns.order_by(TurnRow.number).execution_options(populate_existing=True)
    chain_store.ensure_sealed(interview, db.session.execute(fresh).scalars().all())


def _put_down(after: str, *, done: bool) -> None:
    due_at = clock.LATEST if done else clock.now()
    sqlite = db.engine.dialect.name == "sqlite"
    insert = (insert_on_sqlite if sqlite else insert_on_postgresql)(BackgroundCheck)
    first = {"name": NAME, "after": after, "due_at": due_at, "wrong": 0, "wrong_before": 0}
    db.session.execute(insert.on_conflict_do_nothing(), [first])
    db.session.execute(
        update(BackgroundCheck).where(_ROW).values(after=after, due_at=due_at),
        execution_options={"synchronize_session": False},
    )
