"""Holding an interview: start, answer, pause, end. An answer is stored before anything else happens."""

from collections.abc import Mapping
from typing import Final, Literal

from sqlalchemy import select, update
from sqlalchemy.orm.attributes import set_committed_value

from interviewrelay import clock, texts
from interviewrelay.analysis import sentiment
from interviewrelay.database import db, transaction
from interviewrelay.domain import (
    access,
    beginnings,
    endings,
    low_balance,
    search,
    standing,
)
from interviewrelay.domain.standing import Reply, Standing
from interviewrelay.errors import Conflict, InvalidParameter, SessionAlreadyCompleted
from interviewrelay.ids import new_id
from interviewrelay.interviewer import controller
from interviewrelay.models import Campaign, Interview, Invite, TurnRow

LONGEST_ANSWER: Final = 10_000


def start(
    invite: Invite,
    *,
    agreed: bool,
    language: str | None = None,
    mode: Literal["text", "voice"] = "text",
    extra: Mapping[str, str] | None = None,
) -> tuple[Standing, bool]:
    """Begin, or come back to where it stood; and whether it began now.

    All of it in one transaction. Raises as `openness`, InvalidParameter and InsufficientCredits.
    """
    standing.openness(invite)
    known = standing.of_invite(invite)
    if known is None:
        if not agreed:
            words = "Consent is needed before the interview can start: send 'consent': true"
            raise InvalidParameter.field("consent", "true", words)
        with low_balance.told(invite.org_id), transaction():
            campaign = access.locked(Campaign, invite.campaign_id)
            invite = access.locked(Invite, invite.id)
            known = standing.of_invite(invite)
            if known is None:
                standing.openness(invite)
                begun = beginnings.begin(invite, campaign, language, mode, extra or {})
    return (_caught_up(known), False) if known else (standing.of(begun), True)


def ask_what_is_owed(most: int = 100) -> int:
    """Go on where a server died between storing an answer and asking the next question; how many."""
    owed = db.session.execute(
        select(Interview)
        .join(TurnRow, TurnRow.interview_id == Interview.id)
        .where(
            Interview.status == "in_progress",
            TurnRow.speaker == "participant",
            TurnRow.reading.is_(None),
        )
        .limit(most)
    ).scalars()
    return len([_caught_up(interview) for interview in list(owed)])


def answer(
    invite: Invite, number: int, text: str, *, client_turn_id: str | None = None
) -> Reply:
    """Store an answer, then let the interviewer go on.

    The same number with the same text again gives the same reply and stores nothing. Raises
    InvalidParameter, Conflict (a number that is not next, or another text with a number that is
    taken) and SessionAlreadyCompleted.
    """
    said = text.strip()
    if texts.blank(said):
        raise InvalidParameter.missing("text", "string")
    if len(said) > LONGEST_ANSWER:
        raise InvalidParameter.field("text", f"string of at most {LONGEST_ANSWER} characters")
    return _hear(invite, number, said, client_turn_id)


def skip(invite: Invite, number: int) -> Reply:
    """Leave the question before this answer's number unanswered. Raises as `answer`."""
    return _hear(invite, number, "", None)


def pause(invite: Invite) -> Standing:
    """Stop the clock; pausing again changes nothing."""
    with transaction():
        interview = _locked(invite)
        if interview.status == "in_progress" and interview.paused_at is None:
            now = clock.now()
            standing.let_run(interview, now)
            interview.paused_at = now
    return _caught_up(interview)


def resume(invite: Invite) -> Standing:
    """Let the clock run again; harmless when it does."""
    with transaction():
        interview = _locked(invite)
        if interview.status == "in_progress":
            standing.let_run(interview, clock.now())
    return _caught_up(interview)


def complete(invite: Invite) -> Standing:
    """End it now, as a finished one; completing again changes and charges nothing."""
    with transaction():
        interview = _locked(invite)
        if interview.status == "in_progress":
            now = clock.now()
            standing.let_run(interview, now)
            thanks = standing.guide(interview).closing.thank_text
            endings.end(interview, "completed", now, thanks or None)
    return standing.of(interview)


def give_feedback(invite: Invite, rating: int, comment: str) -> Standing:
    """What the participant thought of it, 1 to 5; the last word counts.

    Raises Conflict while the interview goes on.
    """
    with transaction():
        interview = _locked(invite)
        if interview.status == "in_progress":
            raise Conflict("The interview has not ended yet: give feedback after its end.")
        interview.feedback_rating, interview.feedback_comment = rating, comment or None
    return standing.of(interview)


def _caught_up(interview: Interview, turns: tuple[TurnRow, ...] | None = None) -> Standing:
    """Where it stands, once the question that is owed has been asked."""
    turns = standing.turns_of(interview) if turns is None else turns
    if interview.status == "in_progress" and turns[-1].speaker == "participant":
        turns = _go_on(interview, turns)
    return standing.of(interview, turns)


def _hear(invite: Invite, number: int, said: str, client_turn_id: str | None) -> Reply:
    interview, turns, fresh = _store(invite, number, said, client_turn_id)
    reached = _caught_up(interview, turns)
    reply = reached.turns[number] if len(reached.turns) > number else None
    return Reply(reached, reached.turns[number - 1], reply, fresh)


def _store(
    invite: Invite, number: int, said: str, client_turn_id: str | None
) -> tuple[Interview, tuple[TurnRow, ...], bool]:
    """The answer, committed, with all turns; and whether it is new. An empty one is a skip."""
    with transaction():
        interview = _locked(invite)
        turns = standing.turns_of(interview)
        if number <= len(turns):
            known = turns[number - 1]
            if known.speaker == "participant" and known.text == said:
                return interview, turns, False
            raise standing.wrong_number(interview, turns, number)
        if interview.status != "in_progress":
            raise SessionAlreadyCompleted
        asked = turns[-1]
        if number != asked.number + 1 or asked.speaker != "ai":
            raise standing.wrong_number(interview, turns, number)
        now = max(clock.now(), asked.at)
        standing.let_run(interview, now)
        heard = TurnRow(
            id=new_id(),
            interview_id=interview.id,
            number=number,
            speaker="participant",
            text=said,
            at=now,
            elapsed=standing.elapsed(interview, now),
            skipped=not said,
            question_id=asked.question_id,
            client_turn_id=client_turn_id,
        )
        db.session.add(heard)
        search.keep(interview, said)
    return interview, (*turns, heard), True


def _go_on(interview: Interview, turns: tuple[TurnRow, ...]) -> tuple[TurnRow, ...]:
    """Let the engine decide, outside any transaction, and store what it says.

    Of several that try at once, the one whose reading is stored goes on; the others read its words.
    """
    heard = turns[-1]
    here = standing.context(interview, interview.campaign.organization.name, heard.at)
    move = controller.next_move(standing.guide(interview), standing.talk(turns), here)
    felt = sentiment.of_text(heard.text, interview.language)
    with transaction():
        interview = access.locked(Interview, interview.id)
        if interview.status == "in_progress" and _first(heard, move, felt):
            if move.text is not None:
                turns = (*turns, beginnings.say(interview, heard.number + 1, move, heard.at))
            if move.ends:
                endings.end(interview, "completed", heard.at, move.closing)
            return turns
    return standing.turns_of(interview)


def _first(heard: TurnRow, move: controller.Move, felt: sentiment.Reading) -> bool:
    """Keep what was made of an answer, unless somebody has."""
    made = {
        "reading": dict(move.reading or {}),
        "sentiment_label": felt.label,
        "sentiment_score": felt.score,
    }
    claimed = db.session.execute(
        update(TurnRow)
        .where(TurnRow.id == heard.id, TurnRow.reading.is_(None))
        .values(**made)
        .execution_options(synchronize_session=False)
        .returning(TurnRow.id)
    ).first()
    if claimed is None:
        return False
    for name, value in made.items():
        set_committed_value(heard, name, value)  # it is stored; the object at hand says so too
    return True


def _locked(invite: Invite) -> Interview:
    """The interview of an invite. Raises InviteCancelled, and Conflict when it has not begun."""
    if invite.status == "cancelled":
        raise standing.cancelled(invite)
    interview = access.locked_interview(invite)
    if interview is None:
        raise Conflict("The interview has not been started yet.")
    return interview
