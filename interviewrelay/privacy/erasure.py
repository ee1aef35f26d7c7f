"""Erasure of interviews and people."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial

from sqlalchemy import delete, func, select

from interviewrelay.campaigns.invites import counters as outcomes
from interviewrelay.campaigns.setup import drafts
from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.config import failpoints
from interviewrelay.core.db.session import db, once_committed, scrub, transaction
from interviewrelay.core.email_addresses import address
from interviewrelay.core.errors import InvalidParameter, NotFound
from interviewrelay.core.ids import is_id
from interviewrelay.interviews import completion, counters
from interviewrelay.models import (
    Campaign,
    Consent,
    Erasure,
    Interview,
    Invite,
    Mail,
    Note,
    Said,
    TurnRow,
)
from interviewrelay.models.invites import ERASED, WITHDREW
from interviewrelay.organizations import access, audit_log
from interviewrelay.runtime import idempotency, stored_files
from interviewrelay.runtime.services import Office
from interviewrelay.webhooks import events


@dataclass(slots=True)
class Tally:
    """Count of what was erased."""

    sessions: int = 0
    turns: int = 0
    notes: int = 0
    search_entries: int = 0
    consents: int = 0
    feedback: int = 0
    invites: int = 0
    mails: int = 0
    files: int = 0

    def add(self, more: "Tally") -> None:
        for name, count in asdict(more).items():
            setattr(self, name, getattr(self, name) + count)


def withdraw(office: Office, invite: Invite) -> Tally:
    """Withdrawal: erase everything that a participant said, and who they are; a repeat is harmless.

    An interview that is under way is settled as an abandoned one, and one that ended early is counted
    as one. What remains is the ledger and
    the campaign's counters, which name nobody.
    """
    return _erase(office, invite.org_id, [invite], WITHDREW)


def forget(office: Office, org_id: str, invites: Sequence[Invite]) -> Tally:
    """Erase the people of these invites, for retention or after a restore."""
    return _erase(office, org_id, invites)


def erase_session(office: Office, actor: Actor, session_id: str) -> Tally:
    """Erase a session for the organization; a repeat erases nothing more.

    Raises NotFound, and LiveKeyRequired for a live interview and a test key.
    """
    try:
        interview = access.interview(actor, session_id)
    except NotFound:
        erasure = _erasure(actor, session_id)
        if erasure is None:
            raise
        access.require_changeable(actor, erasure)
        return Tally()
    access.require_changeable(actor, interview)
    with transaction():
        audit_log.note(actor.org_id, "privacy_session", session_id)
    return _erase(office, actor.org_id, [interview.invite])


def erase_person(office: Office, actor: Actor, email: str) -> Tally:
    """Erase a person from every campaign of the organization; a repeat finds nothing.

    A test key erases test invites of people without live ones; lists of drafts are not test
    objects. Raises InvalidParameter and LiveKeyRequired.
    """
    theirs = invites_of(actor, email)
    access.require_changeable(actor, *theirs)
    with transaction():
        if theirs:
            audit_log.note(actor.org_id, "privacy_person")
        if not actor.test:
            drafts.forget(actor.org_id, address(email) or email)
    return _erase(office, actor.org_id, theirs)


def invites_of(actor: Actor, email: str) -> Sequence[Invite]:
    """A person's invites, ignoring the case of their address. Raises InvalidParameter."""
    known = address(email)
    if known is None:
        raise InvalidParameter.field("email", "email address")
    query = select(Invite).where(
        Invite.org_id == actor.org_id, func.lower(Invite.email) == known.lower()
    )
    return db.session.execute(query.order_by(Invite.created_at)).scalars().all()


def withdrawn(invite: Invite) -> bool:
    """True if this invite's person withdrew."""
    return invite.withdrew


def erased(email: str) -> bool:
    """True for the placeholder address of an erased person."""
    return email.endswith(ERASED)


def known_erased(actor: Actor, session_id: str) -> bool:
    """True if a session belonged to the organization and was erased."""
    return _erasure(actor, session_id) is not None


def _erasure(actor: Actor, session_id: str) -> Erasure | None:
    if not is_id(session_id):
        return None
    query = select(Erasure).where(
        Erasure.session_id == session_id, Erasure.org_id == actor.org_id
    )
    return db.session.execute(query).scalars().first()


def _erase(
    office: Office, org_id: str, invites: Sequence[Invite], mark: str = "erased-"
) -> Tally:
    """Erase one invite at a time, so that other writers wait for one interview at most."""
    tally = Tally()
    for invite in invites:
        with transaction():
            part, session_id = _forget(invite, mark)
            idempotency.forget_all(org_id)
        tally.add(part)
        if session_id is not None:
            tally.files += stored_files.kept(office.storage, session_id)
            once_committed(partial(stored_files.forget, office.storage, session_id))
        failpoints.reach("retention")
    once_committed(scrub)
    return tally


def _forget(invite: Invite, mark: str) -> tuple[Tally, str | None]:
    """Erase one invite. Locks the interview before campaign and invite, in the same order as its
    completion.
    """
    tally, session_id = Tally(), None
    interview = access.locked_interview(invite)
    campaign = access.locked(Campaign, invite.campaign_id)
    invite = access.locked(Invite, invite.id)
    if interview is not None:
        session_id = interview.id
        if interview.status == "in_progress":
            completion.end(interview, "abandoned", clock.now(), by="participant")
        elif mark == WITHDREW and interview.status == "completed" and not interview.complete:
            completion.withdraw_early_end(interview, campaign)
        db.session.flush()  # the ending is reckoned before its rows go
        tally = _forget_interview(interview)
    tally.mails = _gone(delete(Mail).where(Mail.invite_id == invite.id))
    tally.invites = int(not invite.email.endswith(ERASED))
    if not invite.taken_back:
        outcomes.let_go(campaign, invite)
        if not invite.test:  # a test is never on a draft's list
            drafts.forget(campaign.org_id, invite.email)
        invite.email, invite.name, invite.extra = f"{mark}{invite.id}{ERASED}", "", {}
        if invite.opened_at is not None:  # stays counted; the exact time is personal
            invite.opened_at = invite.created_at
    events.forget(session_id=session_id, invite_id=invite.id)
    if any(asdict(tally).values()):
        gone = {"session_id": session_id, "invite_id": invite.id, "erased": asdict(tally)}
        events.emit(
            campaign.org_id, events.Told("participant.erased", gone, campaign.project_id)
        )
    return tally, session_id


def _forget_interview(interview: Interview) -> Tally:
    """Delete the rows of an interview, and store how it was counted."""
    db.session.add(
        Erasure(
            org_id=interview.org_id,
            campaign_id=interview.campaign_id,
            session_id=interview.id,
            status=interview.status,
            test=interview.test,
            seconds=interview.duration_seconds or 0,
            ended_early=interview.status == "completed" and interview.complete is False,
            erased_at=clock.now(),
        )
    )
    counters.forgotten(interview)
    consent_id = interview.consent_id
    tally = Tally(
        feedback=int(interview.feedback_rating is not None),
        notes=_gone(delete(Note).where(Note.interview_id == interview.id)),
        turns=_gone(delete(TurnRow).where(TurnRow.interview_id == interview.id)),
        search_entries=_gone(delete(Said).where(Said.interview_id == interview.id)),
        sessions=_gone(delete(Interview).where(Interview.id == interview.id)),
    )
    tally.consents = _gone(delete(Consent).where(Consent.id == consent_id))
    return tally


def _gone(statement: object) -> int:
    """Number of deleted rows."""
    done = db.session.execute(statement)  # type: ignore[call-overload]
    count: int = done.rowcount
    return count
