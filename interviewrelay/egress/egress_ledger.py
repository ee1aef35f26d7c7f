"""Egress ledger: what left this server, for which study and whose interview.

It records where to, when and how much, never the content. A failure to record is logged and fails
nothing else.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final, Literal
from uuid import uuid4

from sqlalchemy import ColumnElement, bindparam, case, delete, func, insert, select, update

from interviewrelay.core import clock, egress
from interviewrelay.core.db import pagination
from interviewrelay.core.db.compiled_statements import CompiledStatement
from interviewrelay.core.db.group_commit import StatementRunner, commit_change
from interviewrelay.core.db.session import count_affected, db, require_transaction, transaction
from interviewrelay.core.egress import Transfer
from interviewrelay.models import Campaign, Egress, Interview, Invite
from interviewrelay.models.invites import ERASED

log = logging.getLogger(__name__)

Content = Literal[
    "conversation", "answer_sound", "question_text", "script_text", "email", "event"
]

KEPT: Final = timedelta(days=730)
BATCH: Final = 10_000


@dataclass(frozen=True, slots=True)
class EgressSubject:
    """Study, and invite of the person, whose data is sent."""

    campaign_id: str
    invite_id: str | None = None


@dataclass(frozen=True, slots=True)
class EgressRecord:
    """A row of the ledger."""

    subject: EgressSubject
    content: Content
    transfer: Transfer


@dataclass(frozen=True, slots=True)
class EgressTotal:
    """Sums of alike transfers; `tokens` is None if no service counted any."""

    service: egress.Service
    content: Content
    host: str
    local: bool
    model: str
    transfers: int
    failed: int
    size: int
    tokens: int | None
    last_at: datetime


def _bind(column: Any) -> Any:
    return bindparam(f"new_{column.key}", type_=column.type)


_GIVEN: Final = (
    *(Egress.id, Egress.at, Egress.service, Egress.content, Egress.host, Egress.local),
    *(Egress.model, Egress.size, Egress.tokens, Egress.failed),
)
# Nothing is inserted for a campaign that was deleted meanwhile, and no invite is named of a person
# who was erased meanwhile.
_INSERT: Final = CompiledStatement(
    insert(Egress).from_select(
        ["org_id", "campaign_id", "invite_id", *(column.key for column in _GIVEN)],
        select(
            Campaign.org_id,
            Campaign.id,
            select(Invite.id)
            .where(Invite.id == bindparam("person"), Invite.email.not_like(f"%{ERASED}"))
            .scalar_subquery(),
            *map(_bind, _GIVEN),
        ).where(Campaign.id == bindparam("campaign")),
        include_defaults=False,
    )
)


@contextmanager
def record_egress(subject: EgressSubject | None, content: Content) -> Iterator[None]:
    """Record what adapters send inside the block, once it ends, in a commit of its own. Nothing is
    recorded without a subject.
    """
    with egress.collect_transfers() as transfers:
        try:
            yield
        finally:
            if transfers and subject is not None:
                _commit(build_records(subject, content, transfers))


def build_records(
    subject: EgressSubject, content: Content, transfers: Sequence[Transfer]
) -> tuple[EgressRecord, ...]:
    """Records of collected transfers, for `insert_records`."""
    return tuple(EgressRecord(subject, content, transfer) for transfer in transfers)


def insert_records(runner: StatementRunner, records: Sequence[EgressRecord]) -> None:
    """Building block: insert records in the caller's transaction."""
    for record in records:
        told = {"id": str(uuid4()), "content": record.content, **asdict(record.transfer)}
        runner.change(
            _INSERT,
            campaign=record.subject.campaign_id,
            person=record.subject.invite_id,
            **{f"new_{name}": value for name, value in told.items()},
        )


def find_subject(interview_id: str) -> EgressSubject | None:
    """Subject of an interview; None if it was erased."""
    query = select(Interview.campaign_id, Interview.invite_id)
    row = db.session.execute(query.where(Interview.id == interview_id)).one_or_none()
    return None if row is None else EgressSubject(*row)


def list_session_transfers(
    interview: Interview, window: pagination.Window = pagination.Window()
) -> pagination.Page[Egress]:
    """Transfers of a person's data, newest first."""
    return _list(Egress.invite_id == interview.invite_id, window)


def list_campaign_transfers(
    campaign: Campaign, window: pagination.Window = pagination.Window()
) -> pagination.Page[Egress]:
    """Transfers of a study, newest first."""
    return _list(Egress.campaign_id == campaign.id, window)


def sum_session_transfers(interview: Interview) -> list[EgressTotal]:
    """Sums of the transfers of a person's data, by service, content, place and model."""
    return _sum(Egress.invite_id == interview.invite_id)


def sum_campaign_transfers(campaign: Campaign) -> list[EgressTotal]:
    """Sums of the transfers of a study, by service, content, place and model."""
    return _sum(Egress.campaign_id == campaign.id)


def forget_person(invite_id: str) -> None:
    """Building block: keep that something left, and where to, but neither whose it was nor the time
    of day.
    """
    require_transaction()
    theirs = Egress.invite_id == invite_id
    moments = db.session.execute(select(Egress.at).where(theirs)).scalars()
    for day in {at.astimezone(UTC).date() for at in moments}:
        start = datetime.combine(day, time(), UTC)
        within = theirs, Egress.at >= start, Egress.at < start + timedelta(days=1)
        db.session.execute(
            update(Egress).where(*within).values(invite_id=None, at=start),
            execution_options={"synchronize_session": False},
        )


def delete_old_records() -> int:
    """Delete records older than two years; returns how many."""
    old = select(Egress.id).where(Egress.at <= clock.now() - KEPT).limit(BATCH)
    with transaction():
        return count_affected(delete(Egress).where(Egress.id.in_(old)))


def _commit(records: Sequence[EgressRecord]) -> None:
    try:
        commit_change(lambda runner: insert_records(runner, records))
    except Exception:  # whatever the reason, what was sent has been sent
        log.exception("egress_not_recorded")


def _list(which: ColumnElement[bool], window: pagination.Window) -> pagination.Page[Egress]:
    return pagination.fetch_page(select(Egress).where(which), Egress.at, Egress.id, window)


def _sum(which: ColumnElement[bool]) -> list[EgressTotal]:
    kinds = Egress.service, Egress.content, Egress.host, Egress.local, Egress.model
    sums: tuple[Any, ...] = (
        func.count(),
        func.sum(case((Egress.failed, 1), else_=0)),
        func.sum(Egress.size),
        func.sum(Egress.tokens),
        func.max(Egress.at),
    )
    query = select(*kinds, *sums).where(which).group_by(*kinds).order_by(*kinds)
    return [EgressTotal(*row) for row in db.session.execute(query)]
