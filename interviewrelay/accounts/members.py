"""Members of an organization and their roles."""

import logging
from typing import Final

from sqlalchemy import delete, func, select

from interviewrelay.accounts import accounts, api_keys, passwords
from interviewrelay.core import email_addresses
from interviewrelay.core.actor import ROLES, Actor
from interviewrelay.core.db import pagination
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import Conflict, Forbidden, InvalidParameter
from interviewrelay.models import Membership, Organization, User
from interviewrelay.notes import saved_filters
from interviewrelay.organizations import access, audit_log

log = logging.getLogger(__name__)

_LAST_OWNER: Final = (
    "An organization needs at least one owner. Make another person an owner first."
)


def create_member(
    organization: Organization, email: str, name: str, password: str, role: str
) -> Membership:
    """Add a new person to an organization. Raises InvalidParameter, Conflict and PlanLimitReached."""
    _known(role)
    plain = email_addresses.require_address(email).lower()
    if len(name) > 200:
        raise InvalidParameter.field(
            "name", "string", "Shorten the name to 200 characters or fewer."
        )
    passwords.require_strong(password)
    hashed = passwords.hash_password(password)
    with transaction():
        if db.session.execute(select(User.id).where(User.email == plain)).first():
            raise Conflict(
                "An account with this email address already exists. Use a different address."
            )
        user = accounts.add_user(plain, " ".join(name.split()), hashed)
        return accounts.add_member(organization, user, role)


def list_members(
    actor: Actor, window: pagination.Window = pagination.Window()
) -> pagination.Page[Membership]:
    """Members of the organization, newest first."""
    mine = select(Membership).where(Membership.org_id == actor.org_id)
    return pagination.fetch_page(mine, Membership.created_at, Membership.id, window)


def change_role(membership: Membership, role: str, by: Actor | None = None) -> Membership:
    """Change a member's role; without `by`, the server's administrator does.

    Raises InvalidParameter, Conflict for the last owner, and Forbidden if only an owner may, or if
    a key would give more permissions than it has.
    """
    _known(role)
    if by is not None:
        by.require_grantable(ROLES[role])
        api_keys.require_permanent(by)
    with transaction():
        row = _locked(membership)
        _may(by, role, row.role)
        if role != "owner":
            _another_owner(row)
        if row.role != role:
            audit_log.add_entry(row.org_id, "member_role", f"{row.user.email} to {role}")
        row.role = role
    return row


def remove_member(membership: Membership, by: Actor | None = None) -> None:
    """Remove a member with their login sessions and API keys; their work stays. Raises like
    `change_role`.
    """
    with transaction():
        row = _locked(membership)
        _may(by, row.role)
        _another_owner(row)
        user_id = row.user_id
        audit_log.add_entry(row.org_id, "member_removed", row.user.email)
        saved_filters.delete_member_filters(row)
        db.session.execute(delete(Membership).where(Membership.id == row.id))
        elsewhere = select(Membership.id).where(Membership.user_id == user_id)
        if not db.session.execute(elsewhere).first():
            db.session.execute(delete(User).where(User.id == user_id))


def _known(role: str) -> None:
    if role not in ROLES:
        raise InvalidParameter.field("role", "one of " + ", ".join(ROLES))


def _may(by: Actor | None, *roles: str) -> None:
    if by is None:
        return
    if by.role != "owner" and "owner" in roles:
        raise Forbidden("Only an owner can change who is an owner.")
    if not all(by.may(permission) for role in roles for permission in ROLES[role]):
        raise Forbidden("This key can only change members whose permissions it has.")
    log.warning("member_changed", extra={"org": by.org_id, "user": by.user_id})


def _locked(membership: Membership) -> Membership:
    """Read again with the organization locked, so that two concurrent changes cannot remove the
    last owner.
    """
    access.lock_organization(membership.org_id)
    return db.session.execute(
        select(Membership)
        .where(Membership.id == membership.id)
        .execution_options(populate_existing=True)
    ).scalar_one()


def _another_owner(row: Membership) -> None:
    owners = select(func.count(Membership.id)).where(
        Membership.org_id == row.org_id, Membership.role == "owner", Membership.id != row.id
    )
    if row.role == "owner" and not db.session.execute(owners).scalar_one():
        raise Conflict(_LAST_OWNER)
