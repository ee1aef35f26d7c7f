"""Asking people into an organization: by a link that works once, for seven days."""

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import delete, select

from interviewrelay.accounts import accounts, known_browsers, login_attempts, passwords
from interviewrelay.accounts.login_attempts import Caller, Entered
from interviewrelay.core import clock, email_addresses
from interviewrelay.core.actor import ROLES, Actor
from interviewrelay.core.db.session import db, require_transaction, transaction
from interviewrelay.core.errors import Conflict, Forbidden, InvalidParameter, NotFound
from interviewrelay.core.ids import is_id, new_id
from interviewrelay.core.security import tokens
from interviewrelay.models import (
    Mail,
    MemberInvite,
    Membership,
    Organization,
    User,
)
from interviewrelay.organizations import access, audit_log, plan_limits, retired_keys
from interviewrelay.runtime.services import Office

log = logging.getLogger(__name__)

LASTS: Final = timedelta(days=7)
NO_MATCH: Final = "This is not the password of your account. Check it and try again."


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody with a link is asked into; `known` has an account here already."""

    organization: str
    email: str
    role: str
    invited_by: str
    known: bool


def listing(actor: Actor) -> list[MemberInvite]:
    """Who is asked into the organization and has not answered; of the plan's size at most."""
    mine = select(MemberInvite).where(MemberInvite.org_id == actor.org_id)
    return list(db.session.execute(mine.order_by(MemberInvite.created_at)).scalars())


def people(actor: Actor) -> list[Membership]:
    """Who belongs to the organization."""
    mine = select(Membership).where(Membership.org_id == actor.org_id)
    return list(db.session.execute(mine.order_by(Membership.created_at)).scalars())


def invite(office: Office, actor: Actor, email: str, role: str) -> str | None:
    """Ask somebody in; again replaces what they were sent. The link, where no mail can carry it.

    Raises InvalidParameter, Forbidden, Conflict for a member, and PlanLimitReached.
    """
    plain = _checked(actor, email, role)
    by = access.membership(actor).user
    link = ask_in(office, actor.org_id, plain, role, by.name or by.email)
    log.warning("member_invited", extra={"org": actor.org_id, "user": actor.user_id})
    return link


def ask_in(office: Office, org_id: str, email: str, role: str, by: str) -> str | None:
    """The same by whoever may without being asked: `by` is what they are called. Raises as `invite`."""
    plain = email_addresses.required(email).lower()
    with transaction():
        plan_limits.one_more_member(org_id)
        if _membership(org_id, plain) is not None:
            raise Conflict("This person belongs to the organization already.")
        row = _asked(org_id, plain, role, by)
        audit_log.note(org_id, "member_invited", f"{plain} as {role}")
        if office.mailer.configured:
            _mail(row)
    return None if office.mailer.configured else issue(office, row.id)


def again(office: Office, actor: Actor, invite_id: str) -> str | None:
    """The same once more, with seven days from now. Raises NotFound, and as `invite`."""
    row = _own(actor, invite_id)
    return invite(office, actor, row.email, row.role)


def revoke(actor: Actor, invite_id: str) -> str:
    """Take it back: its link works no more. The address. Raises NotFound."""
    row = _own(actor, invite_id)
    with transaction():
        db.session.execute(delete(MemberInvite).where(MemberInvite.id == row.id))
        audit_log.note(actor.org_id, "member_uninvited", row.email)
    log.warning("member_invite_revoked", extra={"org": actor.org_id, "user": actor.user_id})
    return row.email


def issue(office: Office, invite_id: str) -> str | None:
    """A fresh link in the place of the last one; None when it was taken back."""
    token = tokens.new_login_token()
    with transaction():
        row = db.session.execute(
            select(MemberInvite)
            .where(MemberInvite.id == invite_id)
            .execution_options(populate_existing=True)
        ).scalar_one_or_none()
        if row is None or row.expires_at <= clock.now():
            return None
        row.mark = office.ring.mark("member", token)
    return office.links.page(f"/join/{token}")


def look(ring: tokens.KeyRing, token: str) -> Offer:
    """What the link offers; changes nothing. Raises NotFound."""
    row = _live(ring, token)
    name = select(Organization.name).where(Organization.id == row.org_id)
    known = db.session.execute(select(User.id).where(User.email == row.email)).first()
    organization = db.session.execute(name).scalar_one()
    return Offer(organization, row.email, row.role, row.invited_by, known is not None)


def accept(office: Office, caller: Caller, token: str, name: str, password: str) -> Entered:
    """Join: with a new name and password, or with the password of the account that there is.

    A log-in there. Raises InvalidParameter, NotFound, PlanLimitReached and, after too many wrong
    passwords, RateLimited.
    """
    row = _live(office.ring, token)
    user_id, hashed = _proven(office, caller, row.email, password), None
    if user_id is None:
        if len(name) > 200:
            raise InvalidParameter.field("name", "string", "A name has at most 200 characters.")
        passwords.check(password)
        hashed = passwords.hashed(password)
    with transaction():
        used = delete(MemberInvite).where(
            MemberInvite.id == row.id, MemberInvite.mark == row.mark
        )
        if db.session.execute(used.returning(MemberInvite.id)).first() is None:
            raise NotFound  # somebody was quicker with the same link
        organization = db.session.execute(
            select(Organization).where(Organization.id == row.org_id)
        ).scalar_one()
        if hashed is None:
            user = db.session.execute(select(User).where(User.id == user_id)).scalar_one()
        elif db.session.execute(select(User.id).where(User.email == row.email)).first():
            raise Conflict(
                "Somebody with this address has an account by now: open the link again."
            )
        else:
            user = accounts.add_user(row.email, " ".join(name.split()), hashed)
        member = _membership(row.org_id, row.email) or accounts.add_member(
            organization, user, row.role
        )
        audit_log.note(row.org_id, "member_joined", row.email)
        entry = accounts.enter(office.ring, member, caller.device)
        browser = known_browsers.issue_browser(office.ring, user)
    log.warning("member_joined", extra={"org": row.org_id, "user": member.user_id})
    return Entered(entry, browser)


def belongs_to(actor: Actor) -> list[Membership]:
    """All organizations of the person who looks."""
    theirs = select(Membership).where(Membership.user_id == actor.user_id)
    return list(db.session.execute(theirs.order_by(Membership.created_at)).scalars())


def switch(ring: tokens.KeyRing, actor: Actor, membership_id: str, device: str = "") -> str:
    """The token of a log-in in another organization of the same person. Raises NotFound."""
    for member in belongs_to(actor):
        if member.id == membership_id:
            with transaction():
                return accounts.enter(ring, member, device)
    raise NotFound


def sweep() -> int:
    """Remove what was not answered in time; how many."""
    with transaction():
        over = delete(MemberInvite).where(MemberInvite.expires_at <= clock.now())
        return len(db.session.execute(over.returning(MemberInvite.id)).all())


def _checked(actor: Actor, email: str, role: str) -> str:
    plain = email_addresses.required(email).lower()
    if role not in ROLES:
        raise InvalidParameter.field("role", "one of " + ", ".join(ROLES))
    if role == "owner" and actor.role != "owner":
        raise Forbidden("Only an owner can make somebody an owner.")
    return plain


def _membership(org_id: str, email: str) -> Membership | None:
    query = select(Membership).join(User, User.id == Membership.user_id)
    here = query.where(Membership.org_id == org_id, User.email == email)
    return db.session.execute(here).scalar_one_or_none()


def _asked(org_id: str, email: str, role: str, by: str) -> MemberInvite:
    """A building block: the one invitation of an address, as of now; links of before are over."""
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
    """A building block: in the place of one that still waits. The link itself is made when the mail
    is handed over, and kept nowhere.
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


def _own(actor: Actor, invite_id: str) -> MemberInvite:
    query = select(MemberInvite).where(
        MemberInvite.id == invite_id, MemberInvite.org_id == actor.org_id
    )
    row = db.session.execute(query).scalar_one_or_none() if is_id(invite_id) else None
    if row is None:
        raise NotFound
    return row


def _live(ring: tokens.KeyRing, token: str) -> MemberInvite:
    query = select(MemberInvite).where(
        MemberInvite.mark.in_(retired_keys.marks(ring).marks("member", token)),
        MemberInvite.expires_at > clock.now(),
    )
    row = db.session.execute(query).scalar_one_or_none()
    if row is None:
        raise NotFound
    return row


def _proven(office: Office, caller: Caller, email: str, password: str) -> str | None:
    """Whose account this address has, when the password is theirs; None when it has none.

    Raises InvalidParameter and RateLimited.
    """
    if accounts.user_of(email) is None:
        return None
    user = login_attempts.verify_password(office, caller, email, password)
    if user is None:
        raise InvalidParameter.field("password", "string", NO_MATCH)
    return user.id
