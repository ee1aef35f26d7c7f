"""Transcript copy for the participant, by email to the address of their invite."""

from sqlalchemy import exists, select

from interviewrelay.core import translations
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import Conflict
from interviewrelay.interviews import state
from interviewrelay.interviews.state import InterviewState
from interviewrelay.mail import outbox, sending_limits
from interviewrelay.models import Interview, Invite, Mail
from interviewrelay.runtime.services import Services


def send_copy(services: Services, invite: Invite) -> InterviewState:
    """Queue the copy; it is sent once, however often it is requested, and never for a test.

    Raises Conflict before the end and when no mail server is set up, and like
    `sending_limits.reserve_one`.
    """
    if not services.mailer.configured:
        raise Conflict("No email server is set up, so no copy can be sent.")
    with transaction():
        interview = state.lock_interview(invite)
        if interview.status == "in_progress":
            raise Conflict("The interview hasn’t ended yet. You can get a copy after it ends.")
        if not interview.test and not was_requested(invite):
            sending_limits.reserve_one(invite)
            outbox.enqueue_mail(invite, "copy")
    return state.load_state(interview)


def was_requested(invite: Invite) -> bool:
    query = select(exists().where(Mail.invite_id == invite.id, Mail.kind == "copy"))
    return bool(db.session.execute(query).scalar_one())


def format_conversation(interview: Interview, language: str) -> str:
    """The conversation, one paragraph a turn, with speaker names in one of `translations.LANGUAGES`."""
    words = translations.get_translations(language)
    who = {"ai": words.gettext("Interviewer"), "participant": words.gettext("You")}
    silent = {True: words.gettext("Deleted"), False: words.gettext("Skipped")}
    unheard = words.gettext("Spoken; not transcribed yet")
    said = [
        f"{who[turn.speaker]}: "
        + (turn.text or f"({unheard if state.is_unheard(turn) else silent[turn.struck]})")
        for turn in state.list_turns(interview)
    ]
    if interview.closing_text:
        said.append(f"{who['ai']}: {interview.closing_text}")
    return "\n\n".join(said)
