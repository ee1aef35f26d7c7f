"""Completion of an interview: status, credits and counters, in one transaction."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy import select

from interviewrelay.analysis import sentiment
from interviewrelay.billing import daily_counts, ledger
from interviewrelay.core import clock
from interviewrelay.core.db.session import db, require_transaction, transaction
from interviewrelay.integrity import chain_store
from interviewrelay.interviewer.dialogue.controller import Move
from interviewrelay.interviewer.state.completeness import EndedBy
from interviewrelay.interviews import interview_counts, session_events, state
from interviewrelay.models import Campaign, Interview, Invite, TurnRow
from interviewrelay.organizations import access
from interviewrelay.runtime import job_queue

ABANDONED_AFTER: Final = timedelta(hours=24)

AFTERWARDS: Final = "tell of a session"
"""Job kind for the follow-up of a completed interview (`completed_job`)."""
RECORDING: Final = "build recording"
"""Job kind for the recording of an interview (`recordings.session_recording`)."""
FIRST_RECORDING: Final = "build first recording"
"""Job kind for the recording after a spoken interview; its follow-up comes after it."""

InterviewEnding = Literal["completed", "abandoned"]

TOLD_AS: Final[dict[InterviewEnding, session_events.Kind]] = {
    "completed": "session.completed",
    "abandoned": "session.abandoned",
}


def end_interview(
    interview: Interview,
    ending: InterviewEnding,
    at: datetime,
    closing: str | None = None,
    *,
    by: EndedBy,
    complete: bool = False,
    our_fault: bool = False,
) -> None:
    """Building block: end a locked interview in progress. `by` is who ended it; `complete` as in
    `completeness.is_complete`.

    An interview that ended by a fault of ours is not charged.
    """
    require_transaction()
    seconds = int(state.get_elapsed_seconds(interview, at))  # billed time equals displayed time
    turns = state.list_turns(interview)
    felt = sentiment.average_scores(_moods(interview, turns))
    before = interview.status
    interview.status, interview.ended_at, interview.paused_at = ending, at, None
    interview.duration_seconds, interview.closing_text = seconds, closing
    interview.ended_by, interview.complete = by, complete
    interview.sentiment_label, interview.sentiment_score = felt.label, felt.score
    chain_store.record_end(interview, turns, at)
    campaign = access.lock_row(Campaign, interview.campaign_id)
    interview.credits_charged = _settle(
        interview, campaign.name, seconds, ending, our_fault=our_fault
    )
    counts = not interview.test
    if ending == "completed":
        campaign.completed += counts
        campaign.ended_early += counts and not complete
        campaign.completed_seconds += seconds if counts else 0
        invite = access.lock_row(Invite, interview.invite_id)
        invite.status, invite.open_address = "completed", None
    else:
        campaign.abandoned += counts
    interview_counts.count_ended(interview, before)
    if ending == "completed" and counts:
        daily_counts.count_completed(interview)
    session_events.emit(TOLD_AS[ending], campaign, interview)
    if interview.mode == "voice":
        job_queue.enqueue_job(interview.org_id, FIRST_RECORDING, interview.id)
    elif ending == "completed":
        job_queue.enqueue_job(interview.org_id, AFTERWARDS, interview.id)


def update_sentiment(interview: Interview) -> None:
    """Building block: compute the sentiment of an interview again, after an answer got its words."""
    require_transaction()
    felt = sentiment.average_scores(_moods(interview, state.list_turns(interview)))
    interview.sentiment_label, interview.sentiment_score = felt.label, felt.score
    if interview.status == "completed":
        job_queue.enqueue_job(interview.org_id, AFTERWARDS, interview.id)


def withdraw_early_end(interview: Interview, campaign: Campaign) -> None:
    """Building block: count an interview as abandoned that ended early and was then withdrawn. Both
    rows must be locked. The charge stays.
    """
    require_transaction()
    counts = not interview.test
    campaign.completed -= counts
    campaign.ended_early -= counts
    campaign.completed_seconds -= (interview.duration_seconds or 0) if counts else 0
    campaign.abandoned += counts
    if counts:
        daily_counts.withdrawn(interview)
    interview.status = "abandoned"
    interview_counts.count_ended(interview, "completed")


def end_with_move(interview: Interview, move: Move, at: datetime) -> None:
    """Building block: end it with the interviewer's final move."""
    by = move.ended_by or "interviewer"
    end_interview(interview, "completed", at, move.closing, by=by, complete=move.complete)


def _moods(interview: Interview, turns: Sequence[TurnRow]) -> list[sentiment.SentimentScore]:
    """Sentiment of each answer; an answer whose question is still pending is analysed now."""
    return [
        sentiment.score_text(turn.text, interview.language)
        if turn.sentiment_label is None
        else sentiment.SentimentScore(turn.sentiment_label, turn.sentiment_score or 0.0)  # type: ignore[arg-type]
        for turn in turns
        if turn.speaker == "participant" and turn.text
    ]


def abandon_stale_interviews(most: int = 100) -> int:
    """Abandon interviews without activity for a day; returns how many."""
    limit = clock.now() - ABANDONED_AFTER
    stale = db.session.execute(
        select(Interview.id)
        .where(Interview.status == "in_progress", Interview.last_at < limit)
        .limit(most)
    ).scalars()
    ended = 0
    for interview_id in list(stale):
        with transaction():
            interview = access.lock_row(Interview, interview_id)
            if interview.status == "in_progress" and interview.last_at < limit:
                # The participant answered, but the next question was never asked.
                owed = state.list_turns(interview)[-1].speaker == "participant"
                end_interview(
                    interview, "abandoned", interview.last_at, by="time", our_fault=owed
                )
                ended += 1
    return ended


def _settle(
    interview: Interview,
    title: str,
    seconds: float,
    ending: InterviewEnding,
    *,
    our_fault: bool,
) -> int:
    if interview.test:
        return 0
    if our_fault:
        ledger.release_hold(interview.org_id, interview.id, title=title)
        return 0
    return ledger.settle_hold(
        interview.org_id,
        interview.id,
        seconds,
        abandoned=ending == "abandoned",
        title=title,
    )
