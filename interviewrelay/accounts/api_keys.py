"""API keys: shown once, stored as a digest, revocable."""

import json
from contextlib import suppress
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, select, update

from interviewrelay.core import clock
from interviewrelay.core.actor import PERMISSIONS, Actor, restrict_permissions
from interviewrelay.core.db import pagination
from interviewrelay.core.db.change_cache import ChangeCache
from interviewrelay.core.db.read_queries import CompiledQuery
from interviewrelay.core.db.session import count_affected, db, transaction
from interviewrelay.core.errors import (
    Conflict,
    Forbidden,
    InvalidParameter,
    StorageUnavailable,
    Unauthenticated,
)
from interviewrelay.core.security import tokens
from interviewrelay.models import ApiKey, Membership, Organization, User
from interviewrelay.organizations import access, audit_log, plans

USED_EVERY: Final = timedelta(minutes=5)
"""Minimum interval between two writes of the last use."""
MOST_DAYS: Final = 3_650
MADE: Final = (
    "The key “{}” was already created and cannot be shown again. "
    "If you did not copy it, revoke it and create another."
)


def create_api_key(
    ring: tokens.KeyRing,
    membership: Membership,
    name: str,
    *,
    permissions: list[str] | None = None,
    test: bool = False,
    days: int | None = None,
    once: str = "",
    by: Actor | None = None,
) -> tuple[ApiKey, str]:
    """Create an API key of a member; returns it with its text, which cannot be shown again. All
    permissions by default, or those of `by`.

    The key that `by` uses can only create keys that may do no more than it and live no longer:
    otherwise raises Forbidden.

    It expires after so many `days`, at most ten years; without them it never does. `once` is the
    form id: a repeated form raises Conflict instead of creating a second key. Raises
    InvalidParameter.
    """
    wanted = [p for p in PERMISSIONS if by is None or by.may(p)]
    wanted = wanted if permissions is None else permissions
    _require_valid(wanted, days)
    if by is not None:
        by.require_grantable(wanted)
        _require_no_longer(by, days)
    asked = json.dumps([membership.id, once, name, wanted, test, days]) if once else ""
    text, public = tokens.new_api_key(test=test, once=asked)
    with transaction():
        if once:
            access.lock_row(Membership, membership.id)
            if db.session.scalar(select(ApiKey.id).where(ApiKey.public_id == public)):
                raise Conflict(MADE.format(name))
        key = ApiKey(
            org_id=membership.org_id,
            membership_id=membership.id,
            name=name,
            public_id=public,
            mark=ring.digest("api-key", text),
            marked_by=ring.key_names()[0],
            last_four=text[-4:],
            permissions=wanted,
            test=test,
            expires_at=clock.now() + timedelta(days=days) if days else None,
        )
        db.session.add(key)
        audit_log.add_entry(membership.org_id, "key_made", f"“{name}”")
    return key, text


def require_permanent(by: Actor) -> None:
    """Raise Forbidden for a key that expires: the access of a person does not."""
    if by.key_id and (over := get_own_key(by).expires_at) is not None:
        raise Forbidden(
            f"This key expires at {clock.format_iso(over)}, and can’t give a person access that "
            "doesn’t. Use a key without an end, or the dashboard."
        )


def revoke_api_key(key: ApiKey) -> ApiKey:
    """Revoke the key at once; revoking again changes nothing."""
    with transaction():
        revoke = update(ApiKey).where(ApiKey.id == key.id, ApiKey.revoked_at.is_(None))
        if count_affected(revoke.values(revoked_at=clock.now())):
            audit_log.add_entry(key.org_id, "key_revoked", f"“{key.name}”")
    db.session.refresh(key)
    return key


def list_api_keys(
    actor: Actor, window: pagination.Window = pagination.Window()
) -> pagination.Page[ApiKey]:
    mine = select(ApiKey).where(ApiKey.org_id == actor.org_id)
    return pagination.fetch_page(mine, ApiKey.created_at, ApiKey.id, window)


def get_api_key(actor: Actor, public_id: str) -> ApiKey:
    """An API key of the actor's organization by its public id. Raises NotFound."""
    mine = select(ApiKey).where(ApiKey.org_id == actor.org_id)
    return pagination.fetch_one(mine.where(ApiKey.public_id == public_id))


def get_own_key(actor: Actor) -> ApiKey:
    """The key that makes this request, with its member and organization."""
    return pagination.fetch_one(select(ApiKey).where(ApiKey.id == actor.key_id))


def authenticate(ring: tokens.KeyRing, header: str | None) -> Actor:
    """Authenticate `Authorization: Bearer …`. Every failure raises the same Unauthenticated."""
    scheme, _, text = (header or "").partition(" ")
    public = tokens.public_id(text.strip()) if scheme.lower() == "bearer" else None
    if public is None:
        raise Unauthenticated
    known = _KNOWN.items()
    found = known.get(public) or _found(public)
    if found is not None:
        known[public] = found
    marks = ring.digests("api-key", text.strip())
    # An unknown key takes the same comparison time as a known one.
    right = [tokens.equal_in_constant_time(mark, found.mark if found else "") for mark in marks]
    now = clock.now()
    if (
        found is None
        or not any(right)
        or found.revoked_at
        or (found.expires_at and _moment(found.expires_at) <= now)
    ):
        raise Unauthenticated
    changes: dict[str, Any] = {}
    if found.last_used_at is None or abs(now - _moment(found.last_used_at)) > USED_EVERY:
        changes["last_used_at"] = now
    # Only the holder's text allows a digest with the newest key.
    if len(marks) > 1 and found.marked_by != ring.key_names()[0]:
        changes |= {"mark": marks[0], "marked_by": ring.key_names()[0]}
    if changes:
        # It can wait if the database takes no changes now, so that reads still work.
        with suppress(StorageUnavailable), transaction():
            db.session.execute(
                update(ApiKey).where(ApiKey.id == found.key_id).values(**changes)
            )
    return _actor(found)


def _require_valid(permissions: list[str], days: int | None) -> None:
    if unknown := [p for p in permissions if p not in PERMISSIONS]:
        raise InvalidParameter.field(
            "permissions",
            "a list of permissions",
            f"There is no permission '{unknown[0]}'. Choose from: {', '.join(PERMISSIONS)}.",
        )
    if days is not None and not 1 <= days <= MOST_DAYS:
        words = f"A key can be valid for 1 to {MOST_DAYS} days, or indefinitely."
        raise InvalidParameter.field("days", f"whole number from 1 to {MOST_DAYS}", words)


def _require_no_longer(by: Actor, days: int | None) -> None:
    over = get_own_key(by).expires_at if by.key_id else None
    if over is not None and (days is None or clock.now() + timedelta(days=days) > over):
        raise Forbidden(
            f"This key expires at {clock.format_iso(over)}, and can only create keys that expire "
            "earlier."
        )


class _Found(NamedTuple):
    """API key with its membership, in stored form."""

    key_id: str
    org_id: str
    mark: str
    marked_by: str | None
    permissions: Any
    test: Any
    expires_at: Any
    revoked_at: Any
    last_used_at: Any
    membership_id: str
    user_id: str
    role: str
    system_admin: Any
    plan: str
    own_requests: int | None


_KEY: Final = CompiledQuery(
    lambda _: (
        select(
            ApiKey.id,
            ApiKey.org_id,
            ApiKey.mark,
            ApiKey.marked_by,
            ApiKey.permissions,
            ApiKey.test,
            ApiKey.expires_at,
            ApiKey.revoked_at,
            ApiKey.last_used_at,
            Membership.id,
            Membership.user_id,
            Membership.role,
            User.system_admin,
            Organization.plan,
            Organization.requests_per_hour,
        )
        .join(Membership, Membership.id == ApiKey.membership_id)
        .join(User, User.id == Membership.user_id)
        .join(Organization, Organization.id == ApiKey.org_id)
        .where(ApiKey.public_id == bindparam("public"))
    )
)

_KNOWN: Final[ChangeCache[_Found]] = ChangeCache()


def _found(public: str) -> _Found | None:
    row = _KEY.first(public=public)
    return _Found(*row) if row else None


def _moment(value: Any) -> datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def _actor(found: _Found) -> Actor:
    given = found.permissions
    return Actor(
        org_id=found.org_id,
        membership_id=found.membership_id,
        user_id=found.user_id,
        role=found.role,
        permissions=_narrowed(
            found.role, given if isinstance(given, str) else json.dumps(given)
        ),
        system_admin=bool(found.system_admin),
        test=bool(found.test),
        key_id=found.key_id,
        requests_per_hour=plans.get_requests_per_hour(found.plan, found.own_requests),
        plan=found.plan,
    )


@lru_cache(maxsize=1_000)
def _narrowed(role: str, permissions: str) -> frozenset[str]:
    """Limit the role's permissions; `permissions` is the JSON list."""
    return restrict_permissions(role, json.loads(permissions))
