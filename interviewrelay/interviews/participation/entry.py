"""Entry: the state of the interview behind a participant's link."""

from interviewrelay.campaigns import voice_availability
from interviewrelay.campaigns.invites import validity
from interviewrelay.core import clock
from interviewrelay.core.lazy_attribute import lazy_attribute
from interviewrelay.core.ports.speech import SpeechEngines
from interviewrelay.core.security.tokens import KeyRing
from interviewrelay.interviewer.guide import Guide
from interviewrelay.interviews import consent, state, turn_store
from interviewrelay.interviews.consent import ConsentTerms, VoiceTerms
from interviewrelay.interviews.participation.question_parts import (
    ClosingSummary,
    QuestionParts,
    build_closing_summary,
    split_question,
)
from interviewrelay.interviews.state import InterviewState
from interviewrelay.interviews.turn_store import InterviewSnapshot
from interviewrelay.models import Invite
from interviewrelay.organizations import access
from interviewrelay.runtime.model_selection import ModelSelector
from interviewrelay.runtime.services import Services


class ParticipantVisit:
    """A participant's visit to an invite; fields are read on demand."""

    def __init__(
        self, token: str, invite: Invite, models: ModelSelector, speech: SpeechEngines
    ) -> None:
        self.token, self.invite = token, invite
        self._models, self._speech = models, speech

    @lazy_attribute
    def guide(self) -> Guide:
        return state.get_script(self.invite.campaign)

    @property
    def organization(self) -> str:
        return self.invite.campaign.organization.name

    @property
    def language(self) -> str:
        """Language of the interview; before the start, the study's own."""
        known = self.standing
        return known.interview.language if known else self.guide.language

    @property
    def mode(self) -> str:
        mode: str = self.invite.campaign.settings.get("mode") or "text"
        return mode

    def _words(self, terms: ConsentTerms) -> consent.ConsentText:
        return consent.build_consent_text(
            self.guide,
            self.organization,
            self.guide.target_minutes,
            adaptive=terms.adaptive,
            voice=terms.voice,
        )

    @property
    def consent(self) -> consent.ConsentText:
        return self._words(ConsentTerms(self.adaptive, self.voice_terms))

    @lazy_attribute
    def adaptive(self) -> bool:
        """True if a language model will be used in this interview, as far as is known now."""
        if self.standing is not None:
            return not self.standing.interview.structured
        return self._models.for_language(self.invite.org_id, self.guide.language) is not None

    @lazy_attribute
    def voice_terms(self) -> VoiceTerms | None:
        """Terms of spoken answers, as far as is known now; None if they are given in writing."""
        settings, transcriber = self.invite.campaign.settings, self._speech.transcriber
        known, language = self.standing, self.guide.language
        if known is not None and not known.interview.voice_agreed:
            return None
        offer = voice_availability.get_voice_offer(self._speech, settings, language)
        if transcriber is None or not offer.offered:
            return None
        return VoiceTerms(
            kept=settings.get("recording") is not False,
            days=self.invite.campaign.organization.audio_days,
            local=transcriber.local,
        )

    def get_agreed_terms(self, version: str) -> ConsentTerms:
        """Terms of the consent text of this version, which the participant agreed to. A model or a
        recognizer may be set up while they read; an unknown version counts as the current one.
        """
        current = ConsentTerms(self.adaptive, self.voice_terms)
        for voice in (self.voice_terms, None):
            for adaptive in (False, True):
                terms = ConsentTerms(adaptive, voice)
                if version == self._words(terms).version:
                    return terms
        return current

    @lazy_attribute
    def standing(self) -> InterviewState | None:
        """State of the interview; None before its start."""
        interview = state.find_interview(self.invite)
        return state.load_state(interview) if interview else None

    @property
    def returns(self) -> bool:
        """True if they return to a question that was waiting."""
        known = self.standing
        if known is None or known.turns[-1].speaker != "ai":
            return False
        return state.is_returning(known.interview, known.turns[-1], clock.now())

    @property
    def last_answered(self) -> str:
        """Script question of their last answer; empty if there is none."""
        said = (t for t in reversed(self.standing.turns if self.standing else ()) if t.text)
        spoken = next((t for t in said if t.speaker == "participant"), None)
        question = self.guide.question(spoken.question_id) if spoken else None
        return question.text if question else ""

    @property
    def danger(self) -> bool:
        """True if an answer mentioned danger: the closing words say where to find help, and the page
        asks nothing more.
        """
        return self.standing is not None and self.standing.interview.safety_at is not None

    @property
    def status(self) -> str:
        """`pending` before the start, then the interview's status; `paused` during a pause."""
        if self.standing is None:
            return "pending"
        row = self.standing.interview
        return "paused" if row.paused_at else row.status

    @property
    def feedback(self) -> dict[str, object] | None:
        row = self.standing.interview if self.standing else None
        if row is None or row.feedback_rating is None:
            return None
        return {"rating": row.feedback_rating, "comment": row.feedback_comment or ""}

    @property
    def question_parts(self) -> QuestionParts | None:
        """Parts of the interviewer's last turn; None before the start."""
        turns = self.standing.turns if self.standing else ()
        return next((split_question(t) for t in reversed(turns) if t.speaker == "ai"), None)

    @property
    def summary(self) -> ClosingSummary | None:
        """Closing summary read back before the end; None if there was none."""
        return build_closing_summary(self.standing.turns) if self.standing else None


def get_visit(services: Services, token: str) -> ParticipantVisit:
    """Visit by an invite's token; changes nothing. Raises NotFound."""
    return ParticipantVisit(
        token,
        access.get_participant_invite(services.ring, token),
        services.model_selector,
        services.speech,
    )


def get_snapshot(ring: KeyRing, token: str) -> InterviewSnapshot:
    """Interview snapshot by token: all that an answer needs. Raises UnknownInvite and
    InviteCancelled.
    """
    found = turn_store.get_snapshot_by_token(ring, token)
    if found.invite_status == "cancelled":
        raise validity.build_cancelled_error(
            withdrew=found.withdrew, taken_back=found.taken_back
        )
    return found
