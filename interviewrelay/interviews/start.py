"""Start of an interview: consent, first question, and the hold on credits."""

from collections.abc import Mapping
from datetime import datetime

from interviewrelay.billing import ledger
from interviewrelay.campaigns import voice_availability
from interviewrelay.campaigns.invites import counters as invite_counters
from interviewrelay.core import clock
from interviewrelay.core.db.group_commit import current_runner
from interviewrelay.core.db.session import db, require_transaction
from interviewrelay.core.errors import InvalidParameter
from interviewrelay.core.ids import new_id
from interviewrelay.core.ports.speech import SpeechEngines
from interviewrelay.interviewer.dialogue import controller
from interviewrelay.interviewer.guide import Guide
from interviewrelay.interviewer.text.tokenization import get_base_language
from interviewrelay.interviewer.wording import phrasing
from interviewrelay.interviews import (
    consent,
    interview_counts,
    session_events,
    state,
    turn_store,
)
from interviewrelay.interviews.consent import IN_WRITING, ConsentTerms
from interviewrelay.interviews.turn_store import InterviewSnapshot, TurnRecord
from interviewrelay.models import Campaign, Consent, Interview, Invite


def create_interview(
    invite: Invite,
    campaign: Campaign,
    language: str | None,
    mode: str,
    extra: Mapping[str, str],
    *,
    terms: ConsentTerms = IN_WRITING,
    speech: SpeechEngines | None = None,
) -> Interview:
    """Building block: create the consent, the interview, its first question and the hold. `terms`
    are those of the agreed text; without `speech`, it can only be in writing.

    Raises InvalidParameter for a language or a mode that this study does not offer, and
    InsufficientCredits.
    """
    require_transaction()
    now, script = clock.now(), state.get_script(campaign)
    _fits(script.language, language)
    if mode == "voice":
        _require_voice(campaign, language or script.language, terms, speech)
    organization = campaign.organization.name
    interview = Interview(
        id=new_id(),
        org_id=invite.org_id,
        campaign=campaign,
        invite=invite,
        consent=_agreed(invite, script, organization, now, terms),
        participant_email=invite.email,
        participant_name=invite.name,
        mode=mode,
        language=language or script.language,
        interviewer="built-in",
        structured=not terms.adaptive and not script.consent_text,
        voice_agreed=terms.voice is not None,
        status="in_progress",
        test=invite.test,
        extra={**invite.extra, **extra},
        started_at=now,
        last_at=now,
        paused_seconds=0.0,
        created_at=now,
    )
    db.session.add(interview)
    db.session.flush()  # the first turn refers to it
    _ask_first_question(interview, organization, now)
    if not interview.test:
        ledger.hold_credits(invite.org_id, interview.id, script.target_minutes, campaign.id)
    _count(campaign, invite, interview)
    return interview


def _count(campaign: Campaign, invite: Invite, interview: Interview) -> None:
    invite_counters.mark_started(campaign, invite)
    interview_counts.count_started(interview)
    session_events.emit("session.started", campaign, interview)


def _ask_first_question(interview: Interview, organization: str, now: datetime) -> None:
    here = state.build_context(interview, organization, now)
    move = controller.opening_move(state.get_guide(interview), here)
    turn = build_question_turn(interview, 1, move, now)
    interview.chain_head = turn_store.insert_first_turn(current_runner(), turn)


def build_question_turn(
    interview: Interview | InterviewSnapshot, number: int, move: controller.Move, at: datetime
) -> TurnRecord:
    """The interviewer's move as the turn with this number."""
    if move.text is None or move.decision is None:
        raise ValueError("a move without text cannot be stored as a turn")
    return TurnRecord(
        id=new_id(),
        interview_id=interview.id,
        number=number,
        speaker="ai",
        text=move.text,
        at=at,
        elapsed=state.get_elapsed_seconds(interview, at),
        question_id=move.decision.question_id,
        decision=move.decision.as_json(),
        sentiment_label="neutral",  # the interviewer is neutral
        sentiment_score=0.0,
    )


def _fits(own: str, language: str | None) -> None:
    """Check that the study offers this language: its own or one of the interviewer's."""
    speaks = {get_base_language(own): own} | {code: code for code in phrasing.PHRASES}
    if language is not None and get_base_language(language) not in speaks:
        known = ", ".join(sorted(speaks.values()))
        words = f"This interview is not available in this language. Choose from: {known}."
        raise InvalidParameter.field("language", f"one of {known}", words)


def _require_voice(
    campaign: Campaign, language: str, terms: ConsentTerms, speech: SpeechEngines | None
) -> None:
    """Check that answers may be spoken. Raises InvalidParameter."""
    if not voice_availability.is_spoken_mode(campaign.settings):
        words = "This study only has text interviews. Leave out 'mode' or send 'text'"
    elif speech is None or not voice_availability.can_recognize(speech, language):
        words = "This server can’t recognize speech in this language now. Send 'text' as 'mode'"
    elif terms.voice is None:
        words = "The consent text doesn’t mention spoken answers. Reload it, or send 'text' as 'mode'"
    else:
        return
    raise InvalidParameter.field("mode", "text", words)


def _agreed(
    invite: Invite, script: Guide, organization: str, now: datetime, terms: ConsentTerms
) -> Consent:
    words = consent.build_consent_text(
        script,
        organization,
        script.target_minutes,
        adaptive=terms.adaptive,
        voice=terms.voice,
    )
    return Consent(
        id=new_id(),
        org_id=invite.org_id,
        version=words.version,
        text=words.text,
        language=words.language,
        agreed_at=now,
    )
