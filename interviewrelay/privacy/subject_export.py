"""Data export for a data subject."""

from typing import Any

from sqlalchemy import select

from interviewrelay.campaigns.setup import drafts
from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.db.session import db
from interviewrelay.core.email_addresses import address
from interviewrelay.interviews import state
from interviewrelay.mail import representation as mail_representation, suppressions
from interviewrelay.models import Interview, Invite, Mail
from interviewrelay.notes import representation as represent_notes
from interviewrelay.privacy import erasure
from interviewrelay.privacy.representation import ConsentInFull, KeptInvite, KeptMail
from interviewrelay.runtime.services import Office
from interviewrelay.transcripts import representation, transcripts

Shape = dict[str, Any]


def of_person(office: Office, actor: Actor, email: str) -> Shape:
    """Everything that the organization stores about a person, as one document.

    Empty for an unknown person. Raises InvalidParameter.
    """
    found = erasure.invites_of(actor, email)
    kept_from = suppressions.of_person(office.ring, actor, email)
    held = [(invite, state.of_invite(invite)) for invite in found]
    return {
        "email": email.strip(),
        "exported_at": clock.iso(clock.now()),
        "invites": [KeptInvite.read(invite) for invite in found],
        "sessions": [_session(office, row) for _, row in held if row is not None],
        "drafts": drafts.naming(actor.org_id, address(email) or email),
        "mails": [shape for invite in found for shape in _mails(invite)],
        "do_not_write": mail_representation.suppression(kept_from) if kept_from else None,
    }


def _session(office: Office, row: Interview) -> Shape:
    shape = representation.session(office, row)
    shape["consent"] = ConsentInFull.read(row.consent)
    shape["turns"] = representation.transcript(transcripts.build(row))["turns"]
    shape["notes"] = represent_notes.told(row)
    return shape


def _mails(invite: Invite) -> list[Shape]:
    query = select(Mail).where(Mail.invite_id == invite.id).order_by(Mail.created_at)
    return [KeptMail.read(row) for row in db.session.execute(query).scalars()]
