"""Optimistic lock on an interview: a snapshot of everything the next turn needs, read without the
session.

A change is written only if the interview still equals the snapshot that the decision was based on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import bindparam, insert, select, update

from interviewrelay.core import conversation
from interviewrelay.core.db.compiled_statements import CompiledStatement
from interviewrelay.core.db.group_commit import StatementRunner, open_reader
from interviewrelay.core.errors import UnknownInvite
from interviewrelay.core.security import tokens
from interviewrelay.integrity import chain, chain_store
from interviewrelay.integrity.chain import Seal
from interviewrelay.interviewer.dialogue.controller import Move
from interviewrelay.interviewer.guide import Guide, build_guide
from interviewrelay.models import (
    AnswerRecording,
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
class TurnRecord:
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
class InterviewSnapshot:
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
    voice_agreed: bool | None = None
    """True if the participant agreed that answers may be spoken."""
    mode: str | None = None
    chain_head: str | None = None
    """Newest link of the chain over its turns."""
    turns: tuple[TurnRecord, ...] = ()

    @property
    def taken_back(self) -> bool:
        return self.invite_status == "cancelled" and self.email.endswith(ERASED)

    @property
    def withdrew(self) -> bool:
        return self.taken_back and self.email.startswith(WITHDREW)

    @property
    def has_pending_answer(self) -> bool:
        """True if its last answer has not been processed yet."""
        last = self.turns[-1] if self.turns else None
        waits = last is not None and last.speaker == "participant" and last.reading is None
        return waits and self.status == "in_progress"

    @property
    def guide(self) -> Guide:
        return apply_settings(
            _told(self.version_id), {**self.settings, "language": self.language}
        )


SPOKEN: Final = tuple(field.name for field in fields(TurnRecord))

_TURNS: Final = CompiledStatement(
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
        Interview.voice_agreed,
        Interview.mode,
        Interview.chain_head,
    )
    .join(Campaign, Campaign.id == Invite.campaign_id)
    .join(Organization, Organization.id == Invite.org_id)
    .join(ModelChoice, ModelChoice.org_id == Invite.org_id, isouter=True)
    .join(Interview, Interview.invite_id == Invite.id, isouter=True)
)
_BY_MARK: Final = CompiledStatement(_SEAT.where(Invite.mark == bindparam("value")))
_BY_INVITE: Final = CompiledStatement(_SEAT.where(Invite.id == bindparam("value")))
_VERSION: Final = CompiledStatement(
    select(ScriptVersion.document).where(ScriptVersion.id == bindparam("version"))
)

# These statements run inside `group_commit.commit_change`.
_GO_ON: Final = CompiledStatement(
    update(Interview).where(
        Interview.id == bindparam("held"),
        Interview.status == "in_progress",
        Interview.last_at == bindparam("was_last"),
        Interview.paused_at.is_not_distinct_from(bindparam("was_paused")),
        Interview.paused_seconds == bindparam("was_silent"),
        Interview.chain_head.is_not_distinct_from(bindparam("was_head")),
    ),
    ("last_at", "paused_at", "paused_seconds", "chain_head"),
)
_SAY: Final = CompiledStatement(insert(TurnRow), (*SPOKEN, *Seal._fields))
_USE: Final = CompiledStatement(
    update(AnswerRecording).where(
        AnswerRecording.id == bindparam("recording"),
        AnswerRecording.interview_id == bindparam("held"),
        AnswerRecording.number == bindparam("answer"),
    ),
    ("used",),
)
_SPOKEN: Final = CompiledStatement(
    update(Interview).where(Interview.id == bindparam("held")), ("mode",)
)
_WORDED: Final = CompiledStatement(
    update(Interview).where(Interview.id == bindparam("held")), ("interviewer",)
)
_CLAIM: Final = CompiledStatement(
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
_UNQUOTE: Final = CompiledStatement(
    update(TurnRow).where(
        TurnRow.interview_id == bindparam("held"),
        TurnRow.number == bindparam("meant"),
        TurnRow.speaker == "participant",
    ),
    ("quotable",),
)


def apply_settings(guide: Guide, settings: Mapping[str, Any]) -> Guide:
    """A guide with a campaign's settings in place of its own."""
    return replace(
        guide,
        target_minutes=settings.get("target_minutes") or guide.target_minutes,
        language=settings.get("language") or guide.language,
        autonomy=settings.get("autonomy") or guide.autonomy,
    )


def get_snapshot_by_token(ring: tokens.KeyRing, token: str) -> InterviewSnapshot:
    """Snapshot by the token of a link. Raises UnknownInvite."""
    if tokens.is_invite_token(token):
        for mark in ring.digests("invite", token):
            if found := _read(_BY_MARK, mark):
                return found
    raise UnknownInvite


def get_snapshot(invite_id: str) -> InterviewSnapshot:
    """Current snapshot of an invite. Raises UnknownInvite."""
    found = _read(_BY_INVITE, invite_id)
    if found is None:
        raise UnknownInvite
    return found


def save_answer(
    runner: StatementRunner,
    was: InterviewSnapshot,
    now: InterviewSnapshot,
    heard: TurnRecord,
    recordings: Sequence[str] = (),
) -> bool:
    """Store an answer and the clock; False if the snapshot is outdated. `recordings` are the ids of
    the recordings that it was spoken in.

    Raises UniqueViolation when another answer has its number.
    """
    head = was.chain_head
    seal = None if head is None else chain_store.seal_turn(head, heard)
    fits = runner.change(
        _GO_ON,
        held=was.id,
        was_last=was.last_at,
        was_paused=was.paused_at,
        was_silent=was.paused_seconds,
        last_at=now.last_at,
        paused_at=now.paused_at,
        paused_seconds=now.paused_seconds,
        was_head=head,
        chain_head=seal and seal.link,
    )
    if fits:
        seal = seal or _seal_next(runner, was, heard)
        insert_turn(runner, heard, seal)
        now.chain_head = seal.link
        search.index_answer(runner, now, heard.text)
        for recording_id in recordings:
            runner.change(
                _USE, recording=recording_id, held=was.id, answer=heard.number, used=True
            )
        if recordings and was.mode != "voice":
            runner.change(_SPOKEN, held=was.id, mode="voice")
    return fits == 1


def save_reading(runner: StatementRunner, heard: TurnRecord, move: Move) -> bool:
    """Store the reading of an answer, unless one is stored or the interview is over, and update
    which answers may be quoted, as `answer_review.set_quotable` does; False if it was not stored.
    """
    claimed = runner.change(
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
            runner.change(_UNQUOTE, held=heard.interview_id, meant=number, quotable=quotable)
    return claimed == 1


def save_question(
    was: InterviewSnapshot, asked: TurnRecord, runner: StatementRunner, move: Move
) -> bool:
    """Store the reading of the last answer, and the next question; False as in `save_reading`."""
    kept = save_reading(runner, was.turns[-1], move)
    if kept:
        insert_turn(runner, asked, _seal_next(runner, was, asked))
        if model := conversation.get_wording_model(asked.decision):
            runner.change(
                _WORDED, held=asked.interview_id, interviewer=f"built-in, with {model}"
            )
    return kept


def insert_first_turn(runner: StatementRunner, turn: TurnRecord) -> str:
    """Store the first turn; returns its link."""
    seal = chain_store.seal_turn(chain.START, turn)
    insert_turn(runner, turn, seal)
    return seal.link


def insert_turn(runner: StatementRunner, turn: TurnRecord, seal: Seal) -> None:
    runner.change(_SAY, **{name: getattr(turn, name) for name in SPOKEN}, **seal._asdict())


def _seal_next(runner: StatementRunner, was: InterviewSnapshot, turn: TurnRecord) -> Seal:
    """Seal of the next turn of an interview that no one else can change now. The newest link may be
    another than in the snapshot: an answer was corrected, or an older version stored the turns.
    """
    head = was.chain_head
    while (seal := chain_store.append_turn(runner, head, turn)) is None:
        head = chain_store.read_head(runner, was.id)
        if head is None:
            head = chain_store.seal_found(runner, was.id, was.turns)
            chain_store.set_head(runner, was.id, head)
    return seal


def _read(by: CompiledStatement, value: str) -> InterviewSnapshot | None:
    with open_reader() as runner:
        found = runner.rows(by, value=value)
        if not found:
            return None
        snapshot = InterviewSnapshot(*found[0])
        if snapshot.id:
            snapshot.turns = tuple(
                TurnRecord(*row) for row in runner.rows(_TURNS, held=snapshot.id)
            )
        return snapshot


@lru_cache(maxsize=256)
def _told(version_id: str) -> Guide:
    """A published version never changes, so it is cached."""
    with open_reader() as runner:
        (document,) = runner.rows(_VERSION, version=version_id)[0]
    return build_guide(document)
