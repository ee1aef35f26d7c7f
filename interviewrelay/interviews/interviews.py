"""Interviews: start, answer, pause, end. An answer is stored before anything else happens."""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from copy import copy
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Final, Literal

from interviewrelay.analysis import sentiment
from interviewrelay.billing import low_balance_alerts
from interviewrelay.campaigns.invites import validity
from interviewrelay.core import clock, text as texts
from interviewrelay.core.conversation import is_abandoned
from interviewrelay.core.db.group_commit import Taken, change, hand
from interviewrelay.core.db.session import db, end_reading, transaction
from interviewrelay.core.errors import (
    Conflict,
    InvalidParameter,
    SessionAlreadyCompleted,
    StorageUnavailable,
)
from interviewrelay.core.field_types import LONGEST_ANSWER
from interviewrelay.core.ids import new_id
from interviewrelay.core.ports.language_models import ModelPolicy
from interviewrelay.core.ports.semantic_similarity import Meaning
from interviewrelay.interviewer.dialogue import controller
from interviewrelay.interviews import (
    completion,
    events,
    model_calls,
    reading_limits,
    safety_alerts,
    start as beginnings,
    state,
    turn_store,
)
from interviewrelay.interviews.state import Reply, Standing
from interviewrelay.interviews.turn_store import Seat, Spoken
from interviewrelay.models import Campaign, Interview, Invite
from interviewrelay.organizations import access

MOST_TRIES: Final = 10
"""Times that an answer is tried while others change the same interview."""


def start(
    invite: Invite,
    *,
    agreed: bool,
    language: str | None = None,
    mode: Literal["text", "voice"] = "text",
    extra: Mapping[str, str] | None = None,
    adaptive: bool = False,
) -> tuple[Standing, bool]:
    """Start an interview or return to it; the flag says whether it started now.

    `adaptive` is true if the agreed text says that a language model is used; otherwise none ever
    is. All in one transaction. Raises like `validity.openness`, InvalidParameter and
    InsufficientCredits.
    """
    validity.openness(invite)
    known = state.of_invite(invite)
    if known is None:
        if not agreed:
            words = "Consent is needed before the interview can start: send 'consent': true"
            raise InvalidParameter.field("consent", "true", words)
        with low_balance_alerts.told(invite.org_id), transaction():
            campaign = access.locked(Campaign, invite.campaign_id)
            invite = access.locked(Invite, invite.id)
            known = state.of_invite(invite)
            if known is None:
                validity.openness(invite)
                begun = beginnings.begin(
                    invite, campaign, language, mode, extra or {}, adaptive=adaptive
                )
    return (_caught_up(known), False) if known else (state.of(begun), True)


def ask_what_is_owed(most: int = 100, *, under_way: float = 0.0) -> int:
    """Recover pending turns: continue where a server died between storing an answer and asking the
    next question; returns how many.

    Answers of the last `under_way` seconds are left to the process that may be working on them.
    """
    before = clock.now() - timedelta(seconds=under_way) if under_way else None
    return len([_caught_up(interview) for interview in state.owing(most, before)])


def abandon_readings(silent_seconds: float) -> int:
    """Abandon the answers that were being analysed when a hung process was killed, and continue;
    returns how many.

    These are answers without a reading, stored before the process became silent.
    """
    before = clock.now() - timedelta(seconds=silent_seconds)
    stored = [
        turn_store.of_invite(interview.invite_id) for interview in state.owing(100, before)
    ]
    found = [
        seat for seat in stored if seat.owes
    ]  # another process may have continued meanwhile
    for seat in found:
        reading_limits.give_up(seat)
        _go_on(seat, fresh=False)
    return len(found)


def answer(
    invite: Invite | Seat,
    number: int,
    text: str,
    *,
    client_turn_id: str | None = None,
    wording: ModelPolicy | None = None,
    meaning: Meaning | None = None,
) -> Reply:
    """Store an answer, then let the interviewer continue. Raises like `keep`."""
    kept = keep(
        invite, number, text, client_turn_id=client_turn_id, wording=wording, meaning=meaning
    )
    return kept()


def keep(
    invite: Invite | Seat,
    number: int,
    text: str,
    *,
    client_turn_id: str | None = None,
    wording: ModelPolicy | None = None,
    meaning: Meaning | None = None,
) -> Callable[[], Reply]:
    """Store an answer. The returned function lets the interviewer continue, with a model where
    allowed, which can take seconds.

    Even if it is never called, the answer is stored and the next question will be asked. `meaning`
    measures semantic similarity, if available. The same number with the same text gives the same
    reply and stores nothing. Raises InvalidParameter, Conflict (a number that is not next, or other
    text for a taken number) and SessionAlreadyCompleted.
    """
    said = text.strip()
    if texts.blank(said):
        raise InvalidParameter.missing("text", "string")
    if len(said) > LONGEST_ANSWER:
        raise InvalidParameter.field("text", f"string of at most {LONGEST_ANSWER} characters")
    return _hear(invite, number, said, client_turn_id, wording, meaning)


def skip(invite: Invite | Seat, number: int) -> Reply:
    """Skip the question before this answer's number. Raises like `keep`."""
    return _hear(invite, number, "", None)()


def pause(invite: Invite) -> Standing:
    """Pause the clock; pausing again changes nothing."""
    with transaction():
        interview = state.locked(invite)
        if interview.status == "in_progress" and interview.paused_at is None:
            now = clock.now()
            state.let_run(interview, now)
            interview.paused_at = now
    return _caught_up(interview)


def resume(invite: Invite) -> Standing:
    """Resume the clock; no change if it is running."""
    with transaction():
        interview = state.locked(invite)
        if interview.status == "in_progress":
            state.let_run(interview, clock.now())
    return _caught_up(interview)


def complete(invite: Invite) -> Standing:
    """End by the participant; ending again changes and charges nothing."""
    with transaction():
        interview = state.locked(invite)
        if interview.status == "in_progress":
            now = clock.now()
            state.let_run(interview, now)
            thanks = state.guide(interview).closing.thank_text
            complete = state.is_complete(interview, "participant", now)
            completion.end(
                interview, "completed", now, thanks or None, by="participant", complete=complete
            )
    return state.of(interview)


def give_feedback(
    invite: Invite, rating: int, comment: str, summary_rating: int | None = None
) -> Standing:
    """Feedback on the interview and, optionally, on the closing summary, each 1 to 5; the latest
    feedback replaces earlier ones. Raises Conflict before the end.
    """
    with transaction():
        interview = state.locked(invite)
        if interview.status == "in_progress":
            raise Conflict("The interview has not ended yet: give feedback after its end.")
        stored = (
            interview.feedback_rating,
            interview.feedback_comment or "",
            interview.summary_rating,
        )
        if stored != (rating, comment, summary_rating):
            interview.feedback_rating, interview.feedback_comment = rating, comment or None
            interview.summary_rating = summary_rating
            events.emit("session.feedback_submitted", interview.campaign, interview)
    return state.of(interview)


def _caught_up(interview: Interview) -> Standing:
    """State after asking a question that was still pending."""
    end_reading()  # later reads are not older than the snapshot
    found = turn_store.of_invite(interview.invite_id)
    if found.owes:
        _go_on(found, fresh=False)
    db.session.refresh(interview)
    return state.of(interview)


def _hear(
    invite: Invite | Seat,
    number: int,
    said: str,
    client_turn_id: str | None,
    wording: ModelPolicy | None = None,
    meaning: Meaning | None = None,
) -> Callable[[], Reply]:
    """Store an answer; returns the continuation. An empty one is a skip."""
    begun = time.monotonic()
    seat = invite if isinstance(invite, Seat) else turn_store.of_invite(invite.id)
    for _ in range(MOST_TRIES):
        _taken(seat)
        if number <= len(seat.turns):
            return partial(_again, seat, _known(seat, number, said))
        now, heard = _said(seat, number, said, client_turn_id)
        with suppress(Taken):
            if change(partial(turn_store.store, was=seat, now=now, heard=heard)):
                return partial(_go_on, now, wording, meaning, fresh=True, since=begun)
        seat = turn_store.of_invite(seat.invite_id)
    raise StorageUnavailable


def _taken(seat: Seat) -> None:
    """Check that the interview has started. Raises InviteCancelled, and Conflict before the start."""
    if seat.invite_status == "cancelled":
        raise validity.cancelled(withdrew=seat.withdrew, taken_back=seat.taken_back)
    if not seat.id:
        raise state.not_begun()


def _said(
    seat: Seat, number: int, said: str, client_turn_id: str | None
) -> tuple[Seat, Spoken]:
    """The snapshot after an answer, and the answer. Raises SessionAlreadyCompleted and Conflict."""
    if seat.status != "in_progress":
        raise SessionAlreadyCompleted
    asked = seat.turns[-1]
    if number != asked.number + 1 or asked.speaker != "ai":
        raise state.wrong_number(seat, seat.turns, number)
    at, now = max(clock.now(), asked.at), copy(seat)
    state.let_run(now, at)
    heard = Spoken(
        id=new_id(),
        interview_id=seat.id,
        number=number,
        speaker="participant",
        text=said,
        at=at,
        elapsed=state.elapsed(now, at),
        skipped=not said,
        question_id=asked.question_id,
        client_turn_id=client_turn_id,
    )
    now.turns = (*seat.turns, heard)
    return now, heard


def _known(seat: Seat, number: int, said: str) -> Spoken:
    """The stored answer with this number. Raises Conflict for another text."""
    known = seat.turns[number - 1]
    if known.speaker != "participant" or known.text != said:
        raise state.wrong_number(seat, seat.turns, number)
    return known


def _again(seat: Seat, known: Spoken) -> Reply:
    """Reply to an answer that is already stored."""
    if seat.owes and seat.turns[-1] is known:
        return _go_on(seat, fresh=False)
    here = state.context(seat, "", seat.last_at)
    where = controller.progress(seat.guide, state.talk(seat.turns), here)
    asked = seat.turns[known.number] if known.number < len(seat.turns) else None
    return Reply(seat, known, asked, where, fresh=False)


def _go_on(
    seat: Seat,
    wording: ModelPolicy | None = None,
    meaning: Meaning | None = None,
    *,
    fresh: bool,
    since: float | None = None,
) -> Reply:
    """Let the engine decide, outside any transaction, and store its decision.

    Of concurrent attempts, the one whose reading is stored continues; the others return its reply.
    A model is used only for a fresh answer, because a repeated request has already waited.
    """
    heard = seat.turns[-1]
    here = state.context(seat, seat.organization, heard.at, meaning)
    move = reading_limits.next_move(seat, here)
    given_up = is_abandoned(heard.reading)
    if not given_up:
        move = model_calls.listen(seat, move, wording, here, since)
    if given_up:
        felt = sentiment.NEUTRAL
    else:
        heard.reading = dict(move.reading or {})
        felt = sentiment.of_text(heard.text, seat.language, telling=move.telling)
    heard.sentiment_label, heard.sentiment_score = felt.label, felt.score
    if move.ends:
        asked, stored = None, _end(seat, heard, move)
    else:
        asked = beginnings.question(seat, heard.number + 1, move, heard.at)
        stored = _ask(seat, heard, asked, move)
    if stored and given_up:
        reading_limits.raise_alert(seat)
    elif stored and model_calls.is_alarming(move):
        model_calls.raise_alert(seat)
    if not stored:
        seat = turn_store.of_invite(seat.invite_id)
        _taken(seat)
        return replace(_again(seat, _known(seat, heard.number, heard.text)), fresh=fresh)
    reached = replace(seat, turns=seat.turns if asked is None else (*seat.turns, asked))
    if move.ends:
        reached.status, reached.closing = "completed", move.closing
    return Reply(reached, heard, asked, move.progress, fresh)


def _ask(seat: Seat, heard: Spoken, asked: Spoken, move: controller.Move) -> bool:
    if not safety_alerts.is_heard(move.decision):
        return change(partial(turn_store.ask, heard, asked, move=move))
    with transaction():
        interview = access.locked(Interview, seat.id)
        if interview.status != "in_progress" or not turn_store.ask(heard, asked, hand(), move):
            return False
        safety_alerts.heed(interview, move.decision, heard.at)
    return True


def _end(seat: Seat, heard: Spoken, move: controller.Move) -> bool:
    with transaction():
        interview = access.locked(Interview, seat.id)
        if interview.status != "in_progress" or not turn_store.claim(hand(), heard, move):
            return False
        safety_alerts.heed(interview, move.decision, heard.at)
        completion.end_with(interview, move, heard.at)
    return True
