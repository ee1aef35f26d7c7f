"""Accounts: organizations, people and memberships (their login sessions: `login_sessions`)."""

import re
import unicodedata
from dataclasses import dataclass

from sqlalchemy import func, select

from interviewrelay.accounts import passwords
from interviewrelay.billing import ledger
from interviewrelay.core import clock, email_addresses
from interviewrelay.core.actor import ROLES, Actor
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.email_addresses import normalize_address
from interviewrelay.core.errors import Conflict, InvalidParameter
from interviewrelay.core.ids import new_id
from interviewrelay.models import Membership, Organization, User
from interviewrelay.organizations import plan_limits, plans


@dataclass(frozen=True, slots=True)
class NewOwner:
    """New owner, as entered on the setup page."""

    organization: str
    name: str
    email: str
    password: str


def is_set_up() -> bool:
    """True if this server has been set up."""
    return db.session.execute(select(User.id).limit(1)).first() is not None


def set_up_server(owner: NewOwner) -> Membership:
    """Create the first organization with its owner, who also administers the server.

    Raises Conflict if it was already set up, and InvalidParameter.
    """
    checked = _checked(owner)
    hashed = passwords.hash_password(checked.password)
    with transaction():
        if is_set_up():
            raise Conflict("This server is already set up. Sign in instead.")
        organization = add_organization(checked.organization, plan="free")
        user = add_user(checked.email, checked.name, hashed, system_admin=True)
        return add_member(organization, user, "owner")


def create_organization(owner: NewOwner, *, plan: str) -> Membership:
    """Create an organization with its owner, for administrators. The owner of the first one also
    administers the server. Raises InvalidParameter, Conflict.
    """
    if plan not in plans.PLANS:
        raise InvalidParameter.field("plan", "one of " + ", ".join(plans.PLANS))
    checked = _checked(owner)
    hashed = passwords.hash_password(checked.password)
    with transaction():
        if find_user(checked.email):
            raise Conflict(
                "An account with this email address already exists. Use a different address."
            )
        first = not is_set_up()
        organization = add_organization(checked.organization, plan=plan)
        user = add_user(checked.email, checked.name, hashed, system_admin=first)
        return add_member(organization, user, "owner")


def add_organization(
    name: str,
    *,
    plan: str,
    monthly_credits: int | None = None,
    key: str | None = None,
) -> Organization:
    """Building block: create an organization with its credit account; `key` is its id."""
    organization = Organization(
        id=key or new_id(),
        name=name,
        slug=_free_slug(name),
        plan=plan,
        monthly_credits=monthly_credits,
        created_at=clock.now(),
    )
    db.session.add(organization)
    db.session.flush()  # the account refers to it
    ledger.open_account(organization)
    return organization


def add_user(email: str, name: str, hashed: str, *, system_admin: bool = False) -> User:
    """Building block: create a person with an already hashed password."""
    user = User(
        id=new_id(),
        email=email.lower(),
        name=name,
        password_hash=hashed,
        system_admin=system_admin,
    )
    db.session.add(user)
    db.session.flush()  # memberships refer to it
    return user


def add_member(organization: Organization, user: User, role: str) -> Membership:
    """Building block: create a membership. Raises PlanLimitReached."""
    plan_limits.require_member_slot(organization.id)
    membership = Membership(id=new_id(), organization=organization, user=user, role=role)
    db.session.add(membership)
    db.session.flush()  # log-ins and keys refer to it
    return membership


def set_password(email: str, password: str) -> None:
    """Set a person's password, and end all their login sessions and known browsers."""
    passwords.require_strong(password)
    hashed = passwords.hash_password(password)
    with transaction():
        user = _require_user(email)
        passwords.store_password(user, hashed)


def set_administrator(email: str, *, administers: bool) -> None:
    """Let a person administer the server, or end it. Raises InvalidParameter, Conflict."""
    with transaction():
        user = _require_user(email)
        others = select(User.id).where(User.system_admin, User.id != user.id).limit(1)
        if not administers and db.session.execute(others).scalar() is None:
            raise Conflict("A server needs an administrator. Appoint another one first.")
        user.system_admin = administers


def build_actor(membership: Membership) -> Actor:
    """Actor for a signed-in person."""
    return Actor(
        org_id=membership.org_id,
        membership_id=membership.id,
        user_id=membership.user_id,
        role=membership.role,
        permissions=ROLES[membership.role],
        system_admin=membership.user.system_admin,
        requests_per_hour=plans.get_requests_per_hour(
            membership.organization.plan, membership.organization.requests_per_hour
        ),
        plan=membership.organization.plan,
    )


def list_all_memberships() -> list[Membership]:
    """All memberships of all organizations, for the administrator's command."""
    return list(
        db.session.execute(select(Membership).order_by(Membership.created_at)).scalars()
    )


def find_organization(name: str) -> Organization | None:
    """An organization by slug or id."""
    return db.session.execute(
        select(Organization).where((Organization.slug == name) | (Organization.id == name))
    ).scalar_one_or_none()


def find_user(email: str) -> User | None:
    """A person by email address, in any spelling."""
    plain = email.strip().lower()
    return db.session.execute(select(User).where(User.email == plain)).scalar_one_or_none()


def find_membership(email: str) -> Membership | None:
    """The first membership of a person, by email address."""
    return db.session.execute(
        select(Membership)
        .join(User, User.id == Membership.user_id)
        .where(User.email == email.strip().lower())
        .order_by(Membership.created_at)
        .limit(1)
    ).scalar_one_or_none()


def _require_user(email: str) -> User:
    user = find_user(email)
    if user is None:
        raise InvalidParameter.field("email", "the email address of an existing account")
    return user


def _checked(owner: NewOwner) -> NewOwner:
    """The same with trimmed values. Raises InvalidParameter that lists every invalid field."""
    problems = []
    made = NewOwner(
        organization=" ".join(owner.organization.split()),
        name=" ".join(owner.name.split()),
        email=(normalize_address(owner.email) or "").lower(),
        password=owner.password,
    )
    if not 1 <= len(made.organization) <= 200:
        problems.append(
            ("organization", "Enter a name for the organization, up to 200 characters.")
        )
    if len(made.name) > 200:
        problems.append(("name", "Shorten your name to 200 characters or fewer."))
    if not made.email:
        problems.append(("email", email_addresses.WANTED))
    if words := passwords.describe_weakness(made.password):
        problems.append(("password", words))
    InvalidParameter.raise_for(problems)
    return made


def _free_slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:48] or "organization"
    taken = db.session.execute(
        select(func.count()).select_from(Organization).where(Organization.slug == slug)
    ).scalar_one()
    return f"{slug}-{new_id()[-6:]}" if taken else slug
