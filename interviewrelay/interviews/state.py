"""State of an interview, derived from its stored rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from interviewrelay.campaigns.invites.validity import build_cancelled_error
from interviewrelay.core import text as texts
from interviewrelay.core.conversation import Decision, Turn, is_abandoned_reading
from interviewrelay.core.db.session import db
from interviewrelay.core.errors import Conflict, InvalidParameter, SessionAlreadyCompleted
from interviewrelay.core.field_types import LONGEST_ANSWER
from interviewrelay.core.lazy_attribute import lazy_attribute
from interviewrelay.core.ports.semantic_similarity import SemanticSimilarity
from interviewrelay.interviewer.dialogue import controller
from interviewrelay.interviewer.guide import Guide, build_guide
from interviewrelay.interviewer.policy.turn_context import TurnContext
from interviewrelay.interviewer.wording import phrasing
from interviewrelay.interviews.turn_store import InterviewSnapshot, TurnRecord, apply_settings
from interviewrelay.models import Campaign, Interview, Invite, TurnRow
from interviewrelay.organizations import access

IDLE_PAUSE: Final = timedelta(minutes=15)
"""Idle limit: a longer silence counts as a pause."""

NUDGED_AFTER: Final = timedelta(seconds=90)
REASSURED_AFTER: Final = timedelta(minutes=5)
"""Silence after which the page reassures the participant, without a question."""

BEFORE_LEAVING: Final = timedelta(minutes=1)
"""Part of such a silence that still counts; the rest is neither timed nor charged."""


@dataclass(frozen=True, slots=True)
class InterviewState:
    """State for a page, a reload or another device."""

    interview: Interview
    turns: tuple[TurnRow, ...]
    progress: controller.Progress

    @property
    def next_number(self) -> int | None:
        """Number of the next answer; None when no answer is expected."""
        return _awaited(self.interview, self.turns)


@dataclass(frozen=True)
class AnswerReply:
    """Reply to a stored answer; `fresh` unless the answer was a repeat.

    `snapshot` and `progress` are the interview's state afterwards.
    """

    snapshot: InterviewSnapshot
    saved: TurnRecord
    turn: TurnRecord | None
    progress: controller.Progress
    fresh: bool

    @property
    def next_number(self) -> int | None:
        """Number of the next answer; None when no answer is expected."""
        return _awaited(self.snapshot, self.snapshot.turns)

    @lazy_attribute
    def standing(self) -> InterviewState:
        """The full state, read again."""
        query = select(Interview).where(Interview.id == self.snapshot.id)
        fresh = query.execution_options(populate_existing=True)
        return load_state(db.session.execute(fresh).scalar_one())


def load_state(
    interview: Interview, turns: tuple[TurnRow, ...] | None = None
) -> InterviewState:
    """State of an interview; pass `turns` if they are loaded."""
    turns = list_turns(interview) if turns is None else turns
    here = build_context(interview, "", interview.last_at)
    return InterviewState(
        interview,
        turns,
        controller.compute_progress(get_guide(interview), build_engine_turns(turns), here),
    )


def find_interview(invite: Invite) -> Interview | None:
    """Interview of an invite, if it has started."""
    return db.session.execute(
        select(Interview).where(Interview.invite_id == invite.id)
    ).scalar_one_or_none()


def unanswered_turns(most: int, before: datetime | None) -> list[Interview]:
    """Interviews with an unanalysed answer older than `before`."""
    query = (
        select(Interview)
        .join(TurnRow, TurnRow.interview_id == Interview.id)
        .where(
            Interview.status == "in_progress",
            TurnRow.speaker == "participant",
            TurnRow.reading.is_(None),
        )
        .limit(most)
    )
    if before is not None:
        query = query.where(TurnRow.at <= before)
    return list(db.session.execute(query).scalars())


def lock_interview(invite: Invite) -> Interview:
    """Building block: the interview of an invite, locked. Raises InviteCancelled, and Conflict
    before the start.
    """
    if invite.status == "cancelled":
        raise build_cancelled_error(withdrew=invite.withdrew, taken_back=invite.taken_back)
    interview = access.lock_interview(invite)
    if interview is None:
        raise build_not_begun_error()
    return interview


def list_turns(interview: Interview) -> tuple[TurnRow, ...]:
    """Turns in order, as they are in the database now."""
    rows = db.session.execute(
        select(TurnRow)
        .where(TurnRow.interview_id == interview.id)
        .order_by(TurnRow.number)
        .execution_options(populate_existing=True)
    )
    return tuple(rows.scalars())


def require_started(snapshot: InterviewSnapshot) -> None:
    """Check that the interview has started. Raises InviteCancelled, and Conflict before the start."""
    if snapshot.invite_status == "cancelled":
        raise build_cancelled_error(withdrew=snapshot.withdrew, taken_back=snapshot.taken_back)
    if not snapshot.id:
        raise build_not_begun_error()


def require_next_number(snapshot: InterviewSnapshot, number: int) -> TurnRecord:
    """The waiting question, if its answer has this number. Raises SessionAlreadyCompleted and
    Conflict.
    """
    if snapshot.status != "in_progress":
        raise SessionAlreadyCompleted
    asked = snapshot.turns[-1]
    if number != asked.number + 1 or asked.speaker != "ai":
        raise build_wrong_number_error(snapshot, snapshot.turns, number)
    return asked


def _awaited(
    interview: Interview | InterviewSnapshot, turns: Sequence[TurnRow | TurnRecord]
) -> int | None:
    if interview.status != "in_progress":
        return None
    last = turns[-1]
    return last.number + 1 if last.speaker == "ai" else last.number


def build_not_begun_error() -> Conflict:
    return Conflict("The interview has not started yet. Start it first.")


def build_wrong_number_error(
    interview: Interview | InterviewSnapshot, turns: Sequence[TurnRow | TurnRecord], number: int
) -> Conflict:
    """Error for a wrong answer number, with the expected one."""
    if number <= len(turns) and turns[number - 1].speaker == "participant":
        return Conflict("An answer with this number is already stored.")
    what = "the number of a question" if number <= len(turns) else "not the next number"
    asks = interview.status == "in_progress" and turns[-1].speaker == "ai"
    todo = f" Send the answer as number {turns[-1].number + 1}." if asks else ""
    return Conflict(f"{number} is {what}.{todo}")


def get_elapsed_seconds(interview: Interview | InterviewSnapshot, at: datetime) -> float:
    """Seconds of the interview at a moment, without pauses."""
    if interview.paused_at is not None:
        at = min(at, interview.paused_at)
    return max(0.0, (at - interview.started_at).total_seconds() - interview.paused_seconds)


def advance_clock(interview: Interview | InterviewSnapshot, now: datetime) -> None:
    """Advance the clock after an action; explicit and idle pauses do not count."""
    if interview.paused_at is not None:
        interview.paused_seconds += max(0.0, (now - interview.paused_at).total_seconds())
        interview.paused_at = None
    elif now - interview.last_at > IDLE_PAUSE:
        interview.paused_seconds += (now - interview.last_at - BEFORE_LEAVING).total_seconds()
    interview.last_at = max(now, interview.last_at)


def is_returning(interview: Interview, asked: TurnRow, now: datetime) -> bool:
    """True if a pause, explicit or idle, lies between the waiting question and now."""
    return interview.last_at > asked.at or now - interview.last_at > IDLE_PAUSE


def get_script(campaign: Campaign) -> Guide:
    """Published script of the campaign; the campaign's settings override it."""
    return apply_settings(build_guide(campaign.version.document), campaign.settings)


def get_guide(interview: Interview) -> Guide:
    """Guide for the interviewer, in the participant's language."""
    return replace(get_script(interview.campaign), language=interview.language)


def build_context(
    interview: Interview | InterviewSnapshot,
    organization: str,
    now: datetime,
    meaning: SemanticSimilarity | None = None,
) -> controller.EngineContext:
    return controller.EngineContext(
        seed=interview.id,
        now=now,
        elapsed_seconds=get_elapsed_seconds(interview, now),
        organization=organization,
        recorded=is_recorded(interview),
        audience=phrasing.describe_audience(organization, interview.language),
        meaning=meaning,
    )


def build_turn_context(interview: Interview, now: datetime) -> TurnContext:
    """The interview as the interviewer sees it now; an answer without a reading is left out."""
    script = get_guide(interview)
    turns = [t for t in list_turns(interview) if t.speaker == "ai" or t.reading is not None]
    here = build_context(interview, "", now)
    return controller.build_turn_context(script, build_engine_turns(turns), here)


def is_recorded(interview: Interview | InterviewSnapshot) -> bool:
    """True if the participant speaks and the recordings are kept."""
    settings = (
        interview.campaign.settings if isinstance(interview, Interview) else interview.settings
    )
    return interview.mode == "voice" and settings.get("recording") is not False


def is_unheard(turn: TurnRow | TurnRecord) -> bool:
    """True for a spoken answer that is not transcribed yet."""
    return turn.speaker == "participant" and not (turn.text or turn.skipped)


def require_answer(said: str) -> str:
    """Text of an answer. Raises InvalidParameter when it is blank or too long."""
    if texts.is_blank(said):
        raise InvalidParameter.missing("text", "string")
    if len(said) > LONGEST_ANSWER:
        raise InvalidParameter.field("text", f"string of at most {LONGEST_ANSWER} characters")
    return said


def list_answers(turns: Iterable[TurnRow]) -> list[str]:
    """The participant's texts, without skips."""
    return [t.text for t in turns if t.speaker == "participant" and t.text]


def build_engine_turns(turns: Iterable[TurnRow | TurnRecord]) -> list[Turn]:
    """Stored turns in the engine's form."""
    return [_turn(row) for row in turns]


def _turn(row: TurnRow | TurnRecord) -> Turn:
    return Turn(
        number=row.number,
        speaker=row.speaker,  # type: ignore[arg-type]
        text="" if is_abandoned_reading(row.reading) else row.text,
        at=row.at,
        decision=Decision(**row.decision) if row.decision else None,
        reading=row.reading,
        skipped=row.skipped,
    )
