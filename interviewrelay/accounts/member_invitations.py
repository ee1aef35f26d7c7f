"""Member invitations: a link that works once, for seven days."""

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import delete, select

from interviewrelay.accounts import (
    accounts,
    api_keys,
    known_browsers,
    login_attempts,
    login_sessions,
    passwords,
)
from interviewrelay.accounts.login_attempts import Caller, NewLogin
from interviewrelay.core import clock, email_addresses
from interviewrelay.core.actor import ROLES, Actor
from interviewrelay.core.db import pagination
from interviewrelay.core.db.session import count_affected, db, require_transaction, transaction
from interviewrelay.core.errors import Conflict, Forbidden, InvalidParameter, NotFound
from interviewrelay.core.ids import new_id
from interviewrelay.core.security import tokens
from interviewrelay.models import Mail, MemberInvite, Membership, Organization, User
from interviewrelay.organizations import access, audit_log, plan_limits, retired_keys
from interviewrelay.runtime.services import Services

log = logging.getLogger(__name__)

LASTS: Final = timedelta(days=7)
NO_MATCH: Final = "This isn’t the password for your account. Check it and try again."


@dataclass(frozen=True, slots=True)
class InvitationOffer:
    """Offer behind an invitation link; `known` means that the person has an account."""

    organization: str
    email: str
    role: str
    invited_by: str
    known: bool


def list_invitations(actor: Actor) -> list[MemberInvite]:
    """Open invitations of the organization, bounded by the plan."""
    mine = select(MemberInvite).where(MemberInvite.org_id == actor.org_id)
    return list(db.session.execute(mine.order_by(MemberInvite.created_at)).scalars())


def list_members(actor: Actor) -> list[Membership]:
    """Members of the organization."""
    mine = select(Membership).where(Membership.org_id == actor.org_id)
    return list(db.session.execute(mine.order_by(Membership.created_at)).scalars())


def fetch_invitations(actor: Actor, window: pagination.Window) -> pagination.Page[MemberInvite]:
    """Open invitations, newest first."""
    mine = select(MemberInvite).where(MemberInvite.org_id == actor.org_id)
    return pagination.fetch_page(mine, MemberInvite.created_at, MemberInvite.id, window)


def get_invitation(actor: Actor, email: str) -> MemberInvite:
    """The open invitation of an address. Raises NotFound."""
    plain = email_addresses.require_address(email).lower()
    mine = select(MemberInvite).where(MemberInvite.org_id == actor.org_id)
    return pagination.fetch_one(mine.where(MemberInvite.email == plain))


def invite_member(services: Services, actor: Actor, email: str, role: str) -> str | None:
    """Invite a person; a repeat replaces the earlier invitation. Returns the link if no email can
    carry it.

    Raises InvalidParameter, Forbidden, Conflict for a member, and PlanLimitReached.
    """
    plain = _checked(actor, email, role)
    by = access.get_membership(actor).user
    link = create_invitation(services, actor.org_id, plain, role, by.name or by.email)
    log.warning("member_invited", extra={"org": actor.org_id, "user": actor.user_id})
    return link


def create_invitation(
    services: Services, org_id: str, email: str, role: str, by: str
) -> str | None:
    """Invite without a permission check; `by` is the inviter's name. Raises like `invite_member`."""
    plain = email_addresses.require_address(email).lower()
    with transaction():
        plan_limits.require_member_slot(org_id)
        if _membership(org_id, plain) is not None:
            raise Conflict("This person is already a member of the organization.")
        row = _asked(org_id, plain, role, by)
        audit_log.add_entry(org_id, "member_invited", f"{plain} as {role}")
        if services.mailer.configured:
            _mail(row)
    return None if services.mailer.configured else issue_invitation_link(services, row.id)


def resend_invitation(services: Services, actor: Actor, invite_id: str) -> str | None:
    """Invite again, with seven days from now. Raises NotFound, and like `invite_member`."""
    row = access.get_member_invite(actor, invite_id)
    return invite_member(services, actor, row.email, row.role)


def revoke_invitation(actor: Actor, invite_id: str) -> str:
    """Revoke an invitation; returns its address. Raises NotFound."""
    row = access.get_member_invite(actor, invite_id)
    with transaction():
        db.session.execute(delete(MemberInvite).where(MemberInvite.id == row.id))
        audit_log.add_entry(actor.org_id, "member_uninvited", row.email)
    log.warning("member_invite_revoked", extra={"org": actor.org_id, "user": actor.user_id})
    return row.email


def issue_invitation_link(services: Services, invite_id: str) -> str | None:
    """Issue a fresh link in place of the last one; None if the invitation was revoked."""
    token = tokens.new_login_token()
    with transaction():
        row = db.session.execute(
            select(MemberInvite)
            .where(MemberInvite.id == invite_id)
            .execution_options(populate_existing=True)
        ).scalar_one_or_none()
        if row is None or row.expires_at <= clock.now():
            return None
        row.mark = services.ring.digest("member", token)
    return services.urls.page_url(f"/join/{token}")


def get_offer(ring: tokens.KeyRing, token: str) -> InvitationOffer:
    """The offer behind a link, without changing anything. Raises NotFound."""
    row = _live(ring, token)
    name = select(Organization.name).where(Organization.id == row.org_id)
    known = db.session.execute(select(User.id).where(User.email == row.email)).first()
    organization = db.session.execute(name).scalar_one()
    return InvitationOffer(organization, row.email, row.role, row.invited_by, known is not None)


def accept_invitation(
    services: Services, caller: Caller, token: str, name: str, password: str
) -> NewLogin:
    """Join with a new name and password, or with the password of the existing account.

    Returns a login there. Raises InvalidParameter, NotFound, PlanLimitReached and, after too many
    wrong passwords, RateLimited.
    """
    row = _live(services.ring, token)
    user_id, hashed = _proven(services, caller, row.email, password), None
    if user_id is None:
        if len(name) > 200:
            raise InvalidParameter.field(
                "name", "string", "Shorten your name to 200 characters or fewer."
            )
        passwords.require_strong(password)
        hashed = passwords.hash_password(password)
    with transaction():
        used = delete(MemberInvite).where(
            MemberInvite.id == row.id, MemberInvite.mark == row.mark
        )
        if not count_affected(used):
            raise NotFound  # a concurrent request used the same link
        organization = db.session.execute(
            select(Organization).where(Organization.id == row.org_id)
        ).scalar_one()
        if hashed is None:
            user = db.session.execute(select(User).where(User.id == user_id)).scalar_one()
        elif db.session.execute(select(User.id).where(User.email == row.email)).first():
            raise Conflict(
                "An account with this address was just created. Open the link again."
            )
        else:
            user = accounts.add_user(row.email, " ".join(name.split()), hashed)
        member = _membership(row.org_id, row.email) or accounts.add_member(
            organization, user, row.role
        )
        audit_log.add_entry(row.org_id, "member_joined", row.email)
        entry = login_sessions.create_login(services.ring, member, caller.device)
        browser = known_browsers.issue_browser_cookie(services.ring, user)
    log.warning("member_joined", extra={"org": row.org_id, "user": member.user_id})
    return NewLogin(entry, browser)


def list_own_memberships(actor: Actor) -> list[Membership]:
    """All memberships of the acting person."""
    theirs = select(Membership).where(Membership.user_id == actor.user_id)
    return list(db.session.execute(theirs.order_by(Membership.created_at)).scalars())


def switch_organization(
    ring: tokens.KeyRing, actor: Actor, membership_id: str, device: str = ""
) -> str:
    """Token of a login in another organization of the same person. Raises NotFound."""
    for member in list_own_memberships(actor):
        if member.id == membership_id:
            with transaction():
                return login_sessions.create_login(ring, member, device)
    raise NotFound


def delete_expired_invitations() -> int:
    """Delete expired invitations; returns how many."""
    with transaction():
        return count_affected(
            delete(MemberInvite).where(MemberInvite.expires_at <= clock.now())
        )


def _checked(actor: Actor, email: str, role: str) -> str:
    plain = email_addresses.require_address(email).lower()
    if role not in ROLES:
        raise InvalidParameter.field("role", "one of " + ", ".join(ROLES))
    if role == "owner" and actor.role != "owner":
        raise Forbidden("Only an owner can make another person an owner.")
    actor.require_grantable(ROLES[role])
    api_keys.require_permanent(actor)
    return plain


def _membership(org_id: str, email: str) -> Membership | None:
    query = select(Membership).join(User, User.id == Membership.user_id)
    here = query.where(Membership.org_id == org_id, User.email == email)
    return db.session.execute(here).scalar_one_or_none()


def _asked(org_id: str, email: str, role: str, by: str) -> MemberInvite:
    """Building block: the single invitation of an address, renewed; earlier links stop working."""
    require_transaction()
    now = clock.now()
    old = select(MemberInvite).where(MemberInvite.org_id == org_id, MemberInvite.email == email)
    row = db.session.execute(
        old.execution_options(populate_existing=True)
    ).scalar_one_or_none() or MemberInvite(id=new_id(), org_id=org_id, email=email)
    row.role, row.invited_by, row.mark = role, by, None
    row.created_at, row.expires_at = now, now + LASTS
    db.session.add(row)
    return row


def _mail(row: MemberInvite) -> None:
    """Building block: queue the email, replacing a waiting one. The link is created when the email
    is sent, and not stored.
    """
    waits = Mail.dedupe.startswith(f"member:{row.id}:", autoescape=True), Mail.state == "queued"
    db.session.execute(delete(Mail).where(*waits))
    mail = Mail(
        org_id=row.org_id,
        recipient=row.email,
        facts={"member_invite_id": row.id, "invited_by": row.invited_by, "role": row.role},
        kind="member",
        dedupe=f"member:{row.id}:{new_id()}",
        next_at=row.created_at,
        created_at=row.created_at,
    )
    db.session.add(mail)


def _live(ring: tokens.KeyRing, token: str) -> MemberInvite:
    query = select(MemberInvite).where(
        MemberInvite.mark.in_(retired_keys.build_verifier(ring).digests("member", token)),
        MemberInvite.expires_at > clock.now(),
    )
    return pagination.fetch_one(query)


def _proven(services: Services, caller: Caller, email: str, password: str) -> str | None:
    """Account id of this address if the password is right; None when there is no account.

    Raises InvalidParameter and RateLimited.
    """
    if accounts.find_user(email) is None:
        return None
    user = login_attempts.verify_password(services, caller, email, password)
    if user is None:
        raise InvalidParameter.field("password", "string", NO_MATCH)
    return user.id
