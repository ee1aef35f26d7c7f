"""API keys: shown once, kept as a mark, revocable."""

from datetime import timedelta
from typing import Final

from sqlalchemy import select, update

from interviewrelay import clock, plans, tokens
from interviewrelay.database import db, transaction
from interviewrelay.domain import paging
from interviewrelay.domain.actors import PERMISSIONS, Actor, narrowed
from interviewrelay.errors import InvalidParameter, NotFound, Unauthenticated
from interviewrelay.models import ApiKey, Membership

USED_EVERY: Final = timedelta(minutes=5)
"""How often a use is written down: not on every call."""


def create(
    ring: tokens.KeyRing,
    membership: Membership,
    name: str,
    *,
    permissions: list[str] | None = None,
    test: bool = False,
) -> tuple[ApiKey, str]:
    """A key of a member, and its text, which nobody can see again. All permissions by default."""
    wanted = list(PERMISSIONS) if permissions is None else permissions
    if unknown := [p for p in wanted if p not in PERMISSIONS]:
        raise InvalidParameter.field(
            "permissions", "a list of permissions", f"There is no permission '{unknown[0]}'."
        )
    text, public = tokens.new_api_key(test=test)
    with transaction():
        key = ApiKey(
            org_id=membership.org_id,
            membership_id=membership.id,
            name=name,
            public_id=public,
            mark=ring.mark("api-key", text),
            last_four=text[-4:],
            permissions=wanted,
            test=test,
        )
        db.session.add(key)
    return key, text


def revoke(key: ApiKey) -> ApiKey:
    """It stops working at once; revoking again changes nothing."""
    with transaction():
        db.session.execute(
            update(ApiKey)
            .where(ApiKey.id == key.id, ApiKey.revoked_at.is_(None))
            .values(revoked_at=clock.now())
        )
    db.session.refresh(key)
    return key


def listing(actor: Actor, window: paging.Window = paging.Window()) -> paging.Page[ApiKey]:
    mine = select(ApiKey).where(ApiKey.org_id == actor.org_id)
    return paging.page(mine, ApiKey.created_at, ApiKey.id, window)


def named(actor: Actor, public_id: str) -> ApiKey:
    """A key of the actor's organization by its public id. Raises NotFound."""
    key = db.session.execute(
        select(ApiKey).where(ApiKey.org_id == actor.org_id, ApiKey.public_id == public_id)
    ).scalar_one_or_none()
    if key is None:
        raise NotFound
    return key


def authenticate(ring: tokens.KeyRing, header: str | None) -> Actor:
    """Who sends `Authorization: Bearer …`. One and the same Unauthenticated for every other case."""
    scheme, _, text = (header or "").partition(" ")
    public = tokens.public_id(text.strip()) if scheme.lower() == "bearer" else None
    if public is None:
        raise Unauthenticated
    key = db.session.execute(
        select(ApiKey).where(ApiKey.public_id == public)
    ).scalar_one_or_none()
    marks = ring.marks("api-key", text.strip())
    # An unknown key costs the same comparison as a known one.
    right = [tokens.same(mark, key.mark if key else "") for mark in marks]
    now = clock.now()
    if (
        key is None
        or not any(right)
        or key.revoked_at
        or (key.expires_at and key.expires_at <= now)
    ):
        raise Unauthenticated
    if key.last_used_at is None or abs(now - key.last_used_at) > USED_EVERY:
        with transaction():
            db.session.execute(
                update(ApiKey).where(ApiKey.id == key.id).values(last_used_at=now)
            )
    return _actor(key)


def _actor(key: ApiKey) -> Actor:
    member = key.membership
    return Actor(
        org_id=key.org_id,
        membership_id=member.id,
        user_id=member.user_id,
        role=member.role,
        permissions=narrowed(member.role, key.permissions),
        system_admin=member.user.system_admin,
        test=key.test,
        key_id=key.id,
        requests_per_hour=plans.requests_per_hour(
            member.organization.plan, member.organization.requests_per_hour
        ),
    )
