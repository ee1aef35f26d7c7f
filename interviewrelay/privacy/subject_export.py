"""Data export for a data subject."""

from typing import Any

from sqlalchemy import select

from interviewrelay.campaigns.setup import drafts
from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.db.session import db
from interviewrelay.core.email_addresses import normalize_address
from interviewrelay.interviews import state
from interviewrelay.mail import representation as mail_representation, suppressions
from interviewrelay.models import AnswerRecording, Interview, Invite, Mail
from interviewrelay.notes import representation as note_representation
from interviewrelay.privacy import erasure
from interviewrelay.privacy.representation import (
    ConsentInFull,
    KeptInvite,
    KeptMail,
    KeptRecording,
)
from interviewrelay.runtime.services import Services
from interviewrelay.transcripts import representation, transcripts

Shape = dict[str, Any]


def build_subject_export(services: Services, actor: Actor, email: str) -> Shape:
    """Everything that the organization stores about a person, as one document.

    Empty for an unknown person. Raises InvalidParameter.
    """
    found = erasure.list_invites(actor, email)
    kept_from = suppressions.find_suppression(services.ring, actor, email)
    held = [(invite, state.find_interview(invite)) for invite in found]
    return {
        "email": email.strip(),
        "exported_at": clock.format_iso(clock.now()),
        "invites": [KeptInvite.read(invite) for invite in found],
        "sessions": [_session(services, row) for _, row in held if row is not None],
        "drafts": drafts.find_address(actor.org_id, normalize_address(email) or email),
        "mails": [shape for invite in found for shape in _mails(invite)],
        "do_not_write": mail_representation.Suppression.read(kept_from) if kept_from else None,
    }


def _session(services: Services, row: Interview) -> Shape:
    shape = representation.session(services, row)
    shape["consent"] = ConsentInFull.read(row.consent)
    shape["turns"] = representation.Transcript.read(transcripts.build_transcript(row))["turns"]
    shape["notes"] = note_representation.list_for_participant(row)
    shape["recordings"] = _recordings(row)
    return shape


def _recordings(row: Interview) -> list[Shape]:
    query = select(AnswerRecording).where(AnswerRecording.interview_id == row.id)
    ordered = query.order_by(AnswerRecording.number, AnswerRecording.created_at)
    return [KeptRecording.read(clip) for clip in db.session.execute(ordered).scalars()]


def _mails(invite: Invite) -> list[Shape]:
    query = select(Mail).where(Mail.invite_id == invite.id).order_by(Mail.created_at)
    return [KeptMail.read(row) for row in db.session.execute(query).scalars()]
