"""State of an interview, derived from its stored rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from interviewrelay.campaigns.invites.validity import cancelled
from interviewrelay.core.conversation import Decision, Turn, is_abandoned
from interviewrelay.core.db.session import db
from interviewrelay.core.errors import (
    Conflict,
)
from interviewrelay.core.lazy_attribute import lazy_attribute
from interviewrelay.core.ports.semantic_similarity import Meaning
from interviewrelay.interviewer.dialogue import controller
from interviewrelay.interviewer.guide import Guide, guide_of
from interviewrelay.interviewer.state import completeness
from interviewrelay.interviewer.wording import phrasing
from interviewrelay.interviews.turn_store import Seat, Spoken
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
class Standing:
    """State for a page, a reload or another device."""

    interview: Interview
    turns: tuple[TurnRow, ...]
    progress: controller.Progress

    @property
    def next_number(self) -> int | None:
        """Number of the next answer; None when no answer is expected."""
        return _awaited(self.interview, self.turns)


@dataclass(frozen=True)
class Reply:
    """Reply to a stored answer; `fresh` unless the answer was a repeat.

    `seat` and `progress` are the interview's state afterwards.
    """

    seat: Seat
    saved: Spoken
    turn: Spoken | None
    progress: controller.Progress
    fresh: bool

    @property
    def next_number(self) -> int | None:
        """Number of the next answer; None when no answer is expected."""
        return _awaited(self.seat, self.seat.turns)

    @lazy_attribute
    def standing(self) -> Standing:
        """The full state, read again."""
        query = select(Interview).where(Interview.id == self.seat.id)
        fresh = query.execution_options(populate_existing=True)
        return of(db.session.execute(fresh).scalar_one())


def of(interview: Interview, turns: tuple[TurnRow, ...] | None = None) -> Standing:
    """State of an interview; pass `turns` if they are loaded."""
    turns = turns_of(interview) if turns is None else turns
    here = context(interview, "", interview.last_at)
    return Standing(interview, turns, controller.progress(guide(interview), talk(turns), here))


def of_invite(invite: Invite) -> Interview | None:
    """Interview of an invite, if it has started."""
    return db.session.execute(
        select(Interview).where(Interview.invite_id == invite.id)
    ).scalar_one_or_none()


def owing(most: int, before: datetime | None) -> list[Interview]:
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


def locked(invite: Invite) -> Interview:
    """Building block: the interview of an invite, locked. Raises InviteCancelled, and Conflict
    before the start.
    """
    if invite.status == "cancelled":
        raise cancelled(withdrew=invite.withdrew, taken_back=invite.taken_back)
    interview = access.locked_interview(invite)
    if interview is None:
        raise not_begun()
    return interview


def turns_of(interview: Interview) -> tuple[TurnRow, ...]:
    """Turns in order, as they are in the database now."""
    rows = db.session.execute(
        select(TurnRow)
        .where(TurnRow.interview_id == interview.id)
        .order_by(TurnRow.number)
        .execution_options(populate_existing=True)
    )
    return tuple(rows.scalars())


def _awaited(interview: Interview | Seat, turns: Sequence[TurnRow | Spoken]) -> int | None:
    if interview.status != "in_progress":
        return None
    last = turns[-1]
    return last.number + 1 if last.speaker == "ai" else last.number


def not_begun() -> Conflict:
    return Conflict("The interview has not been started yet.")


def wrong_number(
    interview: Interview | Seat, turns: Sequence[TurnRow | Spoken], number: int
) -> Conflict:
    """Error for a wrong answer number, with the expected one."""
    if number <= len(turns) and turns[number - 1].speaker == "participant":
        return Conflict("Another answer with this number is stored already.")
    what = "the number of a question" if number <= len(turns) else "not the next number"
    asks = interview.status == "in_progress" and turns[-1].speaker == "ai"
    todo = f" Send the answer as number {turns[-1].number + 1}." if asks else ""
    return Conflict(f"{number} is {what}.{todo}")


def elapsed(interview: Interview | Seat, at: datetime) -> float:
    """Seconds of the interview at a moment, without pauses."""
    if interview.paused_at is not None:
        at = min(at, interview.paused_at)
    return max(0.0, (at - interview.started_at).total_seconds() - interview.paused_seconds)


def let_run(interview: Interview | Seat, now: datetime) -> None:
    """Advance the clock after an action; explicit and idle pauses do not count."""
    if interview.paused_at is not None:
        interview.paused_seconds += max(0.0, (now - interview.paused_at).total_seconds())
        interview.paused_at = None
    elif now - interview.last_at > IDLE_PAUSE:
        interview.paused_seconds += (now - interview.last_at - BEFORE_LEAVING).total_seconds()
    interview.last_at = max(now, interview.last_at)


def came_back(interview: Interview, asked: TurnRow, now: datetime) -> bool:
    """True if a pause, explicit or idle, lies between the waiting question and now."""
    return interview.last_at > asked.at or now - interview.last_at > IDLE_PAUSE


def script(campaign: Campaign) -> Guide:
    """Published script of the campaign; the campaign's settings override it."""
    told = guide_of(campaign.version.document)
    return replace(
        told,
        target_minutes=campaign.settings.get("target_minutes") or told.target_minutes,
        language=campaign.settings.get("language") or told.language,
        autonomy=campaign.settings.get("autonomy") or told.autonomy,
    )


def guide(interview: Interview) -> Guide:
    """Guide for the interviewer, in the participant's language."""
    return replace(script(interview.campaign), language=interview.language)


def context(
    interview: Interview | Seat,
    organization: str,
    now: datetime,
    meaning: Meaning | None = None,
) -> controller.Context:
    return controller.Context(
        seed=interview.id,
        now=now,
        elapsed_seconds=elapsed(interview, now),
        organization=organization,
        recorded=False,
        audience=audience(organization, interview.language),
        meaning=meaning,
    )


def is_complete(interview: Interview, by: completeness.EndedBy, now: datetime) -> bool:
    """True if the interview would be complete if `by` ended it now (`completeness.is_complete`)."""
    script = guide(interview)
    turns = [t for t in turns_of(interview) if t.speaker == "ai" or t.reading is not None]
    here = controller.situation(script, talk(turns), context(interview, "", now))
    return completeness.is_complete(script, here.state, by)


def audience(organization: str, language: str = "en") -> str:
    """Readers of the answers, in the participant's language if available."""
    return phrasing.audience(organization, language)


def spoken(turns: Iterable[TurnRow]) -> list[str]:
    """The participant's texts, without skips."""
    return [t.text for t in turns if t.speaker == "participant" and t.text]


def talk(turns: Iterable[TurnRow | Spoken]) -> list[Turn]:
    """Stored turns in the engine's form."""
    return [_turn(row) for row in turns]


def _turn(row: TurnRow | Spoken) -> Turn:
    return Turn(
        number=row.number,
        speaker=row.speaker,  # type: ignore[arg-type]
        text="" if is_abandoned(row.reading) else row.text,
        at=row.at,
        decision=Decision(**row.decision) if row.decision else None,
        reading=row.reading,
        skipped=row.skipped,
    )
