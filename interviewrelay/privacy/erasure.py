"""Erasure of interviews and people."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial

from sqlalchemy import delete, func, select

from interviewrelay.campaigns.invites import counters as invite_counters
from interviewrelay.campaigns.setup import drafts
from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.config import failpoints
from interviewrelay.core.db.session import (
    checkpoint_wal,
    count_affected,
    db,
    on_commit,
    transaction,
)
from interviewrelay.core.email_addresses import normalize_address
from interviewrelay.core.errors import InvalidParameter, NotFound
from interviewrelay.core.ids import is_id
from interviewrelay.egress import egress_ledger
from interviewrelay.evidence import claims
from interviewrelay.interviews import completion, interview_counts
from interviewrelay.models import (
    Campaign,
    Consent,
    Erasure,
    Interview,
    Invite,
    Mail,
    Note,
    SearchEntry,
    TurnRow,
)
from interviewrelay.models.invites import ERASED, WITHDREW
from interviewrelay.organizations import access, audit_log
from interviewrelay.runtime import idempotency, session_files
from interviewrelay.runtime.services import Services
from interviewrelay.runtime.session_files import SessionFiles
from interviewrelay.webhooks import events


@dataclass(slots=True)
class ErasureCounts:
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

    def add(self, more: "ErasureCounts") -> None:
        for name, count in asdict(more).items():
            setattr(self, name, getattr(self, name) + count)


def withdraw_participant(services: Services, invite: Invite) -> ErasureCounts:
    """Withdrawal: erase everything that a participant said, and who they are; a repeat is harmless.

    An interview in progress is settled as abandoned, and one that ended early is counted as
    abandoned. Only the ledger and the campaign's counters remain, which name nobody.
    """
    return erase_invites(services, invite.org_id, [invite], WITHDREW)


def erase_invites(
    services: Services, org_id: str, invites: Sequence[Invite], mark: str = "erased-"
) -> ErasureCounts:
    """Erase the people of these invites, one at a time, so that other writers wait for one interview
    at most. `mark` begins the address that takes the place of theirs.
    """
    tally = ErasureCounts()
    for invite in invites:
        with transaction():
            part, files = _forget(invite, mark)
            idempotency.forget_all(org_id)
        tally.add(part)
        if files is not None:
            tally.files += session_files.count_files(services.storage, files)
            on_commit(partial(session_files.delete_files, services.storage, files))
        failpoints.reach_failpoint("retention")
    on_commit(checkpoint_wal)
    return tally


def erase_session(services: Services, actor: Actor, session_id: str) -> ErasureCounts:
    """Erase a session for the organization; a repeat erases nothing more.

    Raises NotFound, and LiveKeyRequired for a live interview and a test key.
    """
    try:
        interview = access.get_interview(actor, session_id)
    except NotFound:
        erasure = _erasure(actor, session_id)
        if erasure is None:
            raise
        access.require_changeable(actor, erasure)
        return ErasureCounts()
    access.require_changeable(actor, interview)
    with transaction():
        audit_log.add_entry(actor.org_id, "privacy_session", session_id)
    return erase_invites(services, actor.org_id, [interview.invite])


def erase_person(services: Services, actor: Actor, email: str) -> ErasureCounts:
    """Erase a person from every campaign of the organization; a repeat finds nothing.

    A test key erases test invites of people without live ones; lists of drafts are not test
    objects. Raises InvalidParameter and LiveKeyRequired.
    """
    theirs = list_invites(actor, email)
    access.require_changeable(actor, *theirs)
    with transaction():
        if theirs:
            audit_log.add_entry(actor.org_id, "privacy_person")
        if not actor.test:
            drafts.erase_address(actor.org_id, normalize_address(email) or email)
    return erase_invites(services, actor.org_id, theirs)


def list_invites(actor: Actor, email: str) -> Sequence[Invite]:
    """A person's invites, ignoring the case of their address. Raises InvalidParameter."""
    known = normalize_address(email)
    if known is None:
        raise InvalidParameter.field("email", "email address")
    query = select(Invite).where(
        Invite.org_id == actor.org_id, func.lower(Invite.email) == known.lower()
    )
    return db.session.execute(query.order_by(Invite.created_at)).scalars().all()


def is_erased_address(email: str) -> bool:
    """True for the placeholder address of an erased person."""
    return email.endswith(ERASED)


def was_erased(actor: Actor, session_id: str) -> bool:
    """True if a session belonged to the organization and was erased."""
    return _erasure(actor, session_id) is not None


def _erasure(actor: Actor, session_id: str) -> Erasure | None:
    if not is_id(session_id):
        return None
    query = select(Erasure).where(
        Erasure.session_id == session_id, Erasure.org_id == actor.org_id
    )
    return db.session.execute(query).scalars().first()


def _forget(invite: Invite, mark: str) -> tuple[ErasureCounts, SessionFiles | None]:
    """Erase one invite; returns also the files that its interview leaves. Locks the interview before
    campaign and invite, in the same order as its completion.
    """
    tally, session_id, files = ErasureCounts(), None, None
    interview = access.lock_interview(invite)
    campaign = access.lock_row(Campaign, invite.campaign_id)
    invite = access.lock_row(Invite, invite.id)
    if interview is not None:
        session_id = interview.id
        if interview.status == "in_progress":
            completion.end_interview(interview, "abandoned", clock.now(), by="participant")
        elif mark == WITHDREW and interview.status == "completed" and not interview.complete:
            completion.withdraw_early_end(interview, campaign)
        files = session_files.find_session_files(interview.id)
        db.session.flush()  # settle the interview before its rows are deleted
        tally = _forget_interview(interview)
    tally.mails = count_affected(delete(Mail).where(Mail.invite_id == invite.id))
    tally.invites = int(not invite.email.endswith(ERASED))
    if not invite.taken_back:
        invite_counters.mark_cancelled(campaign, invite)
        if not invite.test:  # test invites are never on a draft's list
            drafts.erase_address(campaign.org_id, invite.email)
        invite.email, invite.name, invite.extra = f"{mark}{invite.id}{ERASED}", "", {}
        if invite.opened_at is not None:  # stays counted; the exact time is personal
            invite.opened_at = invite.created_at
    events.erase_events(session_id=session_id, invite_id=invite.id)
    egress_ledger.forget_person(invite.id)
    if any(asdict(tally).values()):
        gone = {"session_id": session_id, "invite_id": invite.id, "erased": asdict(tally)}
        events.emit_events(
            campaign.org_id,
            events.EventPayload("participant.erased", gone, campaign.project_id),
        )
    return tally, files


def _forget_interview(interview: Interview) -> ErasureCounts:
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
    interview_counts.count_erased(interview)
    claims.forget_claims(interview.id)
    consent_id = interview.consent_id
    tally = ErasureCounts(
        feedback=int(interview.feedback_rating is not None),
        notes=count_affected(delete(Note).where(Note.interview_id == interview.id)),
        turns=count_affected(delete(TurnRow).where(TurnRow.interview_id == interview.id)),
        search_entries=count_affected(
            delete(SearchEntry).where(SearchEntry.interview_id == interview.id)
        ),
        sessions=count_affected(delete(Interview).where(Interview.id == interview.id)),
    )
    tally.consents = count_affected(delete(Consent).where(Consent.id == consent_id))
    return tally
