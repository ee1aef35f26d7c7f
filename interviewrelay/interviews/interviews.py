"""Interviews: start, answer, pause, end. An answer is stored before anything else happens."""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Final, Literal

from interviewrelay.analysis import sentiment
from interviewrelay.billing import low_balance_alerts
from interviewrelay.campaigns.invites import validity
from interviewrelay.core import clock
from interviewrelay.core.conversation import is_abandoned_reading
from interviewrelay.core.db.group_commit import UniqueViolation, commit_change, current_runner
from interviewrelay.core.db.session import db, release_connection, transaction
from interviewrelay.core.errors import (
    Conflict,
    InvalidParameter,
    StorageUnavailable,
)
from interviewrelay.core.ids import new_id
from interviewrelay.core.ports.language_models import ModelPolicy
from interviewrelay.core.ports.semantic_similarity import SemanticSimilarity
from interviewrelay.core.ports.speech import SpeechEngines
from interviewrelay.interviewer.dialogue import controller
from interviewrelay.interviewer.dialogue.closing_words import build_closing_words
from interviewrelay.interviewer.state.completeness import is_complete
from interviewrelay.interviews import (
    completion,
    model_calls,
    reading_limits,
    safety_alerts,
    session_events,
    start,
    state,
    turn_store,
)
from interviewrelay.interviews.consent import IN_WRITING, ConsentTerms
from interviewrelay.interviews.state import AnswerReply, InterviewState
from interviewrelay.interviews.turn_store import InterviewSnapshot, TurnRecord
from interviewrelay.models import Campaign, Interview, Invite
from interviewrelay.organizations import access

MOST_TRIES: Final = 10
"""Times that an answer is tried while others change the same interview."""


def start_interview(
    invite: Invite,
    *,
    agreed: bool,
    language: str | None = None,
    mode: Literal["text", "voice"] = "text",
    extra: Mapping[str, str] | None = None,
    terms: ConsentTerms = IN_WRITING,
    speech: SpeechEngines | None = None,
) -> tuple[InterviewState, bool]:
    """Start an interview or return to it; the flag says whether it started now.

    `terms` are those of the agreed text: unless it says so, no language model is ever used and no
    answer is spoken. All in one transaction. Raises like `validity.ensure_invite_usable`,
    InvalidParameter and InsufficientCredits.
    """
    validity.ensure_invite_usable(invite)
    known = state.find_interview(invite)
    if known is None:
        if not agreed:
            words = "Consent is required before the interview can start. Send 'consent': true."
            raise InvalidParameter.field("consent", "true", words)
        with low_balance_alerts.alert_on_refusal(invite.org_id), transaction():
            campaign = access.lock_row(Campaign, invite.campaign_id)
            invite = access.lock_row(Invite, invite.id)
            known = state.find_interview(invite)
            if known is None:
                validity.ensure_invite_usable(invite)
                begun = start.create_interview(
                    invite, campaign, language, mode, extra or {}, terms=terms, speech=speech
                )
    return (_caught_up(known), False) if known else (state.load_state(begun), True)


def recover_pending_turns(most: int = 100, *, under_way: float = 0.0) -> int:
    """Recover pending turns: continue where a server died between storing an answer and asking the
    next question; returns how many.

    Answers of the last `under_way` seconds are left to the process that may be working on them.
    """
    before = clock.now() - timedelta(seconds=under_way) if under_way else None
    return len([_caught_up(interview) for interview in state.unanswered_turns(most, before)])


def abandon_hung_readings(silent_seconds: float) -> int:
    """Abandon the answers that were being analysed when a hung process was killed, and continue;
    returns how many.

    These are answers without a reading, stored before the process became silent.
    """
    before = clock.now() - timedelta(seconds=silent_seconds)
    stored = [
        turn_store.get_snapshot(interview.invite_id)
        for interview in state.unanswered_turns(100, before)
    ]
    found = [
        snapshot for snapshot in stored if snapshot.has_pending_answer
    ]  # another process may have continued meanwhile
    for snapshot in found:
        reading_limits.abandon_reading(snapshot)
        _go_on(snapshot, fresh=False)
    return len(found)


def answer_question(
    invite: Invite | InterviewSnapshot,
    number: int,
    text: str,
    *,
    client_turn_id: str | None = None,
    wording: ModelPolicy | None = None,
    meaning: SemanticSimilarity | None = None,
) -> AnswerReply:
    """Store an answer, then let the interviewer continue. Raises like `save_answer`."""
    kept = save_answer(
        invite, number, text, client_turn_id=client_turn_id, wording=wording, meaning=meaning
    )
    return kept()


def save_answer(
    invite: Invite | InterviewSnapshot,
    number: int,
    text: str,
    *,
    client_turn_id: str | None = None,
    wording: ModelPolicy | None = None,
    meaning: SemanticSimilarity | None = None,
    recordings: Sequence[str] = (),
) -> Callable[[], AnswerReply]:
    """Store an answer. The returned function lets the interviewer continue, with a model where
    allowed, which can take seconds.

    Even if it is never called, the answer is stored and the next question will be asked. `meaning`
    measures semantic similarity, if available; `recordings` are the ids of the recordings that the
    answer was spoken in. The same number with the same text gives the same reply and stores nothing.
    Raises InvalidParameter, Conflict (a number that is not next, or other
    text for a taken number) and SessionAlreadyCompleted.
    """
    said = state.require_answer(text.strip())
    return _hear(invite, number, said, client_turn_id, wording, meaning, recordings)


def save_unheard_answer(
    snapshot: InterviewSnapshot, number: int, recordings: Sequence[str]
) -> Callable[[], AnswerReply]:
    """Store a spoken answer whose words are not known yet; otherwise like `save_answer`."""
    return _hear(snapshot, number, "", None, recordings=recordings)


def skip_question(invite: Invite | InterviewSnapshot, number: int) -> AnswerReply:
    """Skip the question before this answer's number. Raises like `save_answer`."""
    return _hear(invite, number, "", None)()


def pause_interview(invite: Invite) -> InterviewState:
    """Pause the clock; pausing again changes nothing."""
    with transaction():
        interview = state.lock_interview(invite)
        if interview.status == "in_progress" and interview.paused_at is None:
            now = clock.now()
            state.advance_clock(interview, now)
            interview.paused_at = now
    return _caught_up(interview)


def resume_interview(invite: Invite) -> InterviewState:
    """Resume the clock; no change if it is running."""
    with transaction():
        interview = state.lock_interview(invite)
        if interview.status == "in_progress":
            state.advance_clock(interview, clock.now())
    return _caught_up(interview)


def complete_interview(invite: Invite) -> InterviewState:
    """End by the participant; ending again changes and charges nothing."""
    with transaction():
        interview = state.lock_interview(invite)
        if interview.status == "in_progress":
            now = clock.now()
            state.advance_clock(interview, now)
            here = state.build_turn_context(interview, now)
            completion.end_interview(
                interview,
                "completed",
                now,
                build_closing_words(here),
                by="participant",
                complete=is_complete(here.guide, here.state, "participant"),
            )
    return state.load_state(interview)


def give_feedback(
    invite: Invite, rating: int, comment: str, summary_rating: int | None = None
) -> InterviewState:
    """Feedback on the interview and, optionally, on the closing summary, each 1 to 5; the latest
    feedback replaces earlier ones. Raises Conflict before the end.
    """
    with transaction():
        interview = state.lock_interview(invite)
        if interview.status == "in_progress":
            raise Conflict(
                "The interview hasn’t ended yet. You can give feedback after it ends."
            )
        stored = (
            interview.feedback_rating,
            interview.feedback_comment or "",
            interview.summary_rating,
        )
        if stored != (rating, comment, summary_rating):
            interview.feedback_rating, interview.feedback_comment = rating, comment or None
            interview.summary_rating = summary_rating
            session_events.emit("session.feedback_submitted", interview.campaign, interview)
    return state.load_state(interview)


def _caught_up(interview: Interview) -> InterviewState:
    """State after asking a question that was still pending."""
    release_connection()  # later reads are not older than the snapshot
    found = turn_store.get_snapshot(interview.invite_id)
    if found.has_pending_answer:
        _go_on(found, fresh=False)
    db.session.refresh(interview)
    return state.load_state(interview)


def _hear(
    invite: Invite | InterviewSnapshot,
    number: int,
    said: str,
    client_turn_id: str | None,
    wording: ModelPolicy | None = None,
    meaning: SemanticSimilarity | None = None,
    recordings: Sequence[str] = (),
) -> Callable[[], AnswerReply]:
    """Store an answer; returns the continuation. An empty one is a skip, unless it was spoken."""
    begun = time.monotonic()
    snapshot = (
        invite if isinstance(invite, InterviewSnapshot) else turn_store.get_snapshot(invite.id)
    )
    for _ in range(MOST_TRIES):
        state.require_started(snapshot)
        if number <= len(snapshot.turns):
            return partial(_again, snapshot, _known(snapshot, number, said))
        now, heard = _said(snapshot, number, said, client_turn_id)
        if recordings:
            heard.skipped, now.mode = False, "voice"
        stored = partial(turn_store.save_answer, was=snapshot, now=now, heard=heard)
        with suppress(UniqueViolation):
            if commit_change(partial(stored, recordings=recordings)):
                return partial(_go_on, now, wording, meaning, fresh=True, since=begun)
        snapshot = turn_store.get_snapshot(snapshot.invite_id)
    raise StorageUnavailable


def _said(
    snapshot: InterviewSnapshot, number: int, said: str, client_turn_id: str | None
) -> tuple[InterviewSnapshot, TurnRecord]:
    """The snapshot after an answer, and the answer. Raises SessionAlreadyCompleted and Conflict."""
    asked = state.require_next_number(snapshot, number)
    at, now = max(clock.now(), asked.at), copy(snapshot)
    state.advance_clock(now, at)
    heard = TurnRecord(
        id=new_id(),
        interview_id=snapshot.id,
        number=number,
        speaker="participant",
        text=said,
        at=at,
        elapsed=state.get_elapsed_seconds(now, at),
        skipped=not said,
        question_id=asked.question_id,
        client_turn_id=client_turn_id,
    )
    now.turns = (*snapshot.turns, heard)
    return now, heard


def _known(snapshot: InterviewSnapshot, number: int, said: str) -> TurnRecord:
    """The stored answer with this number. Raises Conflict for another text."""
    known = snapshot.turns[number - 1]
    if known.speaker != "participant" or known.text != said:
        raise state.build_wrong_number_error(snapshot, snapshot.turns, number)
    return known


def _again(snapshot: InterviewSnapshot, known: TurnRecord) -> AnswerReply:
    """Reply to an answer that is already stored."""
    if snapshot.has_pending_answer and snapshot.turns[-1] is known:
        return _go_on(snapshot, fresh=False)
    here = state.build_context(snapshot, "", snapshot.last_at)
    where = controller.compute_progress(
        snapshot.guide, state.build_engine_turns(snapshot.turns), here
    )
    asked = snapshot.turns[known.number] if known.number < len(snapshot.turns) else None
    return AnswerReply(snapshot, known, asked, where, fresh=False)


def _go_on(
    snapshot: InterviewSnapshot,
    wording: ModelPolicy | None = None,
    meaning: SemanticSimilarity | None = None,
    *,
    fresh: bool,
    since: float | None = None,
) -> AnswerReply:
    """Let the engine decide, outside any transaction, and store its decision.

    Of concurrent attempts, the one whose reading is stored continues; the others return its reply.
    A model is used only for a fresh answer, because a repeated request has already waited.
    """
    heard = snapshot.turns[-1]
    here = state.build_context(snapshot, snapshot.organization, heard.at, meaning)
    move = reading_limits.get_next_move(snapshot, here)
    unread = heard.reading is not None
    if not unread:
        move = model_calls.propose_move(snapshot, move, wording, here, since)
    if unread:
        felt = sentiment.NEUTRAL
    else:
        heard.reading = dict(move.reading or {})
        felt = sentiment.score_text(heard.text, snapshot.language, telling=move.telling)
    heard.sentiment_label, heard.sentiment_score = felt.label, felt.score
    if move.ends:
        asked, stored = None, _end(snapshot, heard, move)
    else:
        asked = start.build_question_turn(snapshot, heard.number + 1, move, heard.at)
        stored = _ask(snapshot, heard, asked, move)
    if stored and is_abandoned_reading(heard.reading):
        reading_limits.raise_alert(snapshot)
    elif stored and model_calls.is_alarming(move):
        model_calls.raise_alert(snapshot)
    if not stored:
        snapshot = turn_store.get_snapshot(snapshot.invite_id)
        state.require_started(snapshot)
        return replace(
            _again(snapshot, _known(snapshot, heard.number, heard.text)), fresh=fresh
        )
    reached = replace(
        snapshot, turns=snapshot.turns if asked is None else (*snapshot.turns, asked)
    )
    if move.ends:
        reached.status, reached.closing = "completed", move.closing
    return AnswerReply(reached, heard, asked, move.progress, fresh)


def _ask(
    snapshot: InterviewSnapshot, heard: TurnRecord, asked: TurnRecord, move: controller.Move
) -> bool:
    if not safety_alerts.is_danger_heard(move.decision):
        return commit_change(partial(turn_store.save_question, snapshot, asked, move=move))
    with transaction():
        interview = access.lock_row(Interview, snapshot.id)
        if interview.status != "in_progress" or not turn_store.save_question(
            snapshot, asked, current_runner(), move
        ):
            return False
        safety_alerts.raise_alert(interview, move.decision, heard.at)
    return True


def _end(snapshot: InterviewSnapshot, heard: TurnRecord, move: controller.Move) -> bool:
    with transaction():
        interview = access.lock_row(Interview, snapshot.id)
        if interview.status != "in_progress" or not turn_store.save_reading(
            current_runner(), heard, move
        ):
            return False
        safety_alerts.raise_alert(interview, move.decision, heard.at)
        completion.end_with_move(interview, move, heard.at)
    return True
