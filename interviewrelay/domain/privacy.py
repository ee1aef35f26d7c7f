"""Taking back what was said."""

from sqlalchemy import delete

from interviewrelay import clock
from interviewrelay.database import db, transaction
from interviewrelay.domain import access, endings, outcomes, standing
from interviewrelay.domain.office import Office
from interviewrelay.models import Campaign, Consent, Interview, Invite, Mail


def withdraw(office: Office, invite: Invite) -> None:
    """Erase everything that a participant said, and who they are; withdrawing again is harmless.

    An interview that is under way is settled as an abandoned one. What remains is the ledger and
    the campaign's counters, which name nobody.
    """
    with transaction():
        access.locked_interview(invite)  # before the campaign, as when an interview ends
        campaign = access.locked(Campaign, invite.campaign_id)
        invite = access.locked(Invite, invite.id)
        interview = standing.of_invite(invite)
        if interview is not None:
            interview = access.locked(Interview, interview.id)
            if interview.status == "in_progress":
                endings.end(interview, "abandoned", clock.now())
            db.session.flush()  # the ending is reckoned before its rows go
            _erase(interview)
        db.session.execute(delete(Mail).where(Mail.invite_id == invite.id))
        outcomes.let_go(campaign, invite)
        invite.email, invite.name, invite.extra = f"erased-{invite.id}@erased.invalid", "", {}
    if interview is not None:
        office.storage.delete(f"pdf/{interview.id}.pdf")


def withdrawn(invite: Invite) -> bool:
    """Whether this invite's person has taken everything back."""
    return invite.taken_back


def _erase(interview: Interview) -> None:
    consent_id = interview.consent_id
    db.session.execute(delete(Interview).where(Interview.id == interview.id))  # and its turns
    db.session.execute(delete(Consent).where(Consent.id == consent_id))
