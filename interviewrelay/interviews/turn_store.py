"""Optimistic lock on an interview: a snapshot with all that the next turn needs, read past the
session.

A change is written only if the interview still equals the snapshot that the decision was based on.
"""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import bindparam, insert, select, update

from interviewrelay.core import conversation
from interviewrelay.core.db.compiled_statements import Statement
from interviewrelay.core.db.group_commit import Hand, reading
from interviewrelay.core.errors import UnknownInvite
from interviewrelay.core.security import tokens
from interviewrelay.interviewer.dialogue.controller import Move
from interviewrelay.interviewer.guide import Guide, guide_of
from interviewrelay.models import (
    Campaign,
    Interview,
    Invite,
    ModelChoice,
    Organization,
    ScriptVersion,
    ServerModel,
    TurnRow,
)
from interviewrelay.models.invites import ERASED, WITHDREW
from interviewrelay.search import search


@dataclass(slots=True)
class Spoken:
    """Turn record as stored."""

    id: str
    interview_id: str
    number: int
    speaker: str
    text: str
    at: datetime
    elapsed: float
    skipped: bool = False
    question_id: str | None = None
    decision: dict[str, Any] | None = None
    reading: dict[str, Any] | None = None
    sentiment_label: str | None = None
    sentiment_score: float | None = None
    client_turn_id: str | None = None
    original: str | None = None


@dataclass(slots=True)
class Seat:
    """Snapshot of an invite and its interview; unprefixed fields are the interview's."""

    invite_id: str
    invite_status: str
    email: str
    id: str
    """Empty before the start."""
    org_id: str
    campaign_id: str
    status: str
    language: str
    started_at: datetime
    last_at: datetime
    paused_at: datetime | None
    paused_seconds: float
    closing: str | None
    version_id: str
    settings: dict[str, Any]
    organization: str
    whose_model: str | None
    """Version of the organization's model choice (`models.organizations.ModelChoice`); None if it
    made none.
    """
    model_version: str | None
    server_model: str | None = None
    """Version of the local model chosen for the server, if any."""
    structured: bool | None = None
    turns: tuple[Spoken, ...] = ()

    @property
    def taken_back(self) -> bool:
        return self.invite_status == "cancelled" and self.email.endswith(ERASED)

    @property
    def withdrew(self) -> bool:
        return self.taken_back and self.email.startswith(WITHDREW)

    @property
    def owes(self) -> bool:
        """True if its last answer has not been processed yet."""
        last = self.turns[-1] if self.turns else None
        waits = last is not None and last.speaker == "participant" and last.reading is None
        return waits and self.status == "in_progress"

    @property
    def guide(self) -> Guide:
        told = _told(self.version_id)
        return replace(
            told,
            target_minutes=self.settings.get("target_minutes") or told.target_minutes,
            language=self.language,
            autonomy=self.settings.get("autonomy") or told.autonomy,
        )


SPOKEN: Final = tuple(field.name for field in fields(Spoken))

_TURNS: Final = Statement(
    select(*(getattr(TurnRow, name) for name in SPOKEN))
    .where(TurnRow.interview_id == bindparam("held"))
    .order_by(TurnRow.number)
)
_SEAT: Final = (
    select(
        Invite.id,
        Invite.status,
        Invite.email,
        Interview.id,
        Invite.org_id,
        Invite.campaign_id,
        Interview.status,
        Interview.language,
        Interview.started_at,
        Interview.last_at,
        Interview.paused_at,
        Interview.paused_seconds,
        Interview.closing_text,
        Campaign.version_id,
        Campaign.settings,
        Organization.name,
        ModelChoice.whose,
        ModelChoice.version,
        select(ServerModel.version).scalar_subquery(),
        Interview.structured,
    )
    .join(Campaign, Campaign.id == Invite.campaign_id)
    .join(Organization, Organization.id == Invite.org_id)
    .join(ModelChoice, ModelChoice.org_id == Invite.org_id, isouter=True)
    .join(Interview, Interview.invite_id == Invite.id, isouter=True)
)
_BY_MARK: Final = Statement(_SEAT.where(Invite.mark == bindparam("value")))
_BY_INVITE: Final = Statement(_SEAT.where(Invite.id == bindparam("value")))
_VERSION: Final = Statement(
    select(ScriptVersion.document).where(ScriptVersion.id == bindparam("version"))
)

# These statements run inside `group_commit.change`.
_GO_ON: Final = Statement(
    update(Interview).where(
        Interview.id == bindparam("held"),
        Interview.status == "in_progress",
        Interview.last_at == bindparam("was_last"),
        Interview.paused_at.is_not_distinct_from(bindparam("was_paused")),
        Interview.paused_seconds == bindparam("was_silent"),
    ),
    ("last_at", "paused_at", "paused_seconds"),
)
_SAY: Final = Statement(insert(TurnRow), SPOKEN)
_WORDED: Final = Statement(
    update(Interview).where(Interview.id == bindparam("held")), ("interviewer",)
)
_CLAIM: Final = Statement(
    update(TurnRow).where(
        TurnRow.interview_id
        == select(Interview.id)
        .where(Interview.id == bindparam("held"), Interview.status == "in_progress")
        .with_for_update(key_share=True)
        .scalar_subquery(),
        TurnRow.number == bindparam("heard"),
        TurnRow.speaker == "participant",
        TurnRow.reading.is_(None),
    ),
    ("reading", "sentiment_label", "sentiment_score"),
)
_UNQUOTE: Final = Statement(
    update(TurnRow).where(
        TurnRow.interview_id == bindparam("held"),
        TurnRow.number == bindparam("meant"),
        TurnRow.speaker == "participant",
    ),
    ("quotable",),
)


def by_token(ring: tokens.KeyRing, token: str) -> Seat:
    """Snapshot by the token of a link. Raises UnknownInvite."""
    if tokens.is_invite_token(token):
        for mark in ring.marks("invite", token):
            if found := _read(_BY_MARK, mark):
                return found
    raise UnknownInvite


def of_invite(invite_id: str) -> Seat:
    """Current snapshot of an invite. Raises UnknownInvite."""
    found = _read(_BY_INVITE, invite_id)
    if found is None:
        raise UnknownInvite
    return found


def store(hand: Hand, was: Seat, now: Seat, heard: Spoken) -> bool:
    """Store an answer and the clock; False if the snapshot is outdated.

    Raises Taken when another answer has its number.
    """
    fits = hand.change(
        _GO_ON,
        held=was.id,
        was_last=was.last_at,
        was_paused=was.paused_at,
        was_silent=was.paused_seconds,
        last_at=now.last_at,
        paused_at=now.paused_at,
        paused_seconds=now.paused_seconds,
    )
    if fits:
        say(hand, heard)
        search.keep(hand, now, heard.text)
    return fits == 1


def claim(hand: Hand, heard: Spoken, move: Move) -> bool:
    """Store the reading of an answer, unless one is stored or the interview is over, and update
    which answers may be quoted, as `answer_review.let_quote` does; False if it was not stored.
    """
    claimed = hand.change(
        _CLAIM,
        held=heard.interview_id,
        heard=heard.number,
        reading=heard.reading,
        sentiment_label=heard.sentiment_label,
        sentiment_score=heard.sentiment_score,
    )
    if claimed:
        marks = [*((n, False) for n in move.unquoted), *((n, True) for n in move.requoted)]
        for number, quotable in marks:
            hand.change(_UNQUOTE, held=heard.interview_id, meant=number, quotable=quotable)
    return claimed == 1


def ask(heard: Spoken, asked: Spoken, hand: Hand, move: Move) -> bool:
    """Store the reading of an answer, and the next question; False as in `claim`."""
    kept = claim(hand, heard, move)
    if kept:
        say(hand, asked)
        if model := conversation.worded_by(asked.decision):
            hand.change(_WORDED, held=asked.interview_id, interviewer=f"built-in, with {model}")
    return kept


def say(hand: Hand, turn: Spoken) -> None:
    hand.change(_SAY, **{name: getattr(turn, name) for name in SPOKEN})


def _read(by: Statement, value: str) -> Seat | None:
    with reading() as hand:
        found = hand.rows(by, value=value)
        if not found:
            return None
        seat = Seat(*found[0])
        if seat.id:
            seat.turns = tuple(Spoken(*row) for row in hand.rows(_TURNS, held=seat.id))
        return seat


@lru_cache(maxsize=256)
def _told(version_id: str) -> Guide:
    """A published version never changes, so it is cached."""
    with reading() as hand:
        (document,) = hand.rows(_VERSION, version=version_id)[0]
    return guide_of(document)
