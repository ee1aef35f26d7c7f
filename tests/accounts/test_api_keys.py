"""API keys."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from interviewrelay.accounts import api_keys
from interviewrelay.core import clock
from interviewrelay.core.actor import PERMISSIONS, ROLES, restrict_permissions
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import Forbidden, InvalidParameter, NotFound, Unauthenticated
from interviewrelay.core.security import tokens
from interviewrelay.models import ApiKey

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


def new(services, somebody, **more):
    return api_keys.create_api_key(services.ring, somebody.membership, "Mine", **more)


def who(services, text):
    return api_keys.authenticate(services.ring, f"Bearer {text}")


def refused(services, header):
    with pytest.raises(Unauthenticated) as refusal:
        api_keys.authenticate(services.ring, header)
    return refusal.value.message


def test_a_key_acts_for_its_member(services, ann):
    _, text = new(services, ann)
    actor = who(services, text)
    assert (actor.org_id, actor.user_id, actor.role) == (
        ann.actor.org_id,
        ann.actor.user_id,
        "owner",
    )
    assert actor.permissions == frozenset(PERMISSIONS)
    assert not actor.test


def test_the_text_of_a_key_is_nowhere_stored(services, ann):
    row, text = new(services, ann)
    secret = text[16:48]
    assert secret not in str(vars(row))
    assert text.endswith(row.last_four)


def test_a_test_key_says_so(services, ann):
    row, text = new(services, ann, test=True)
    assert text.startswith("ir_test_")
    assert row.test
    assert who(services, text).test


def test_there_is_one_refusal_for_every_key_that_is_none(services, ann):
    row, text = new(services, ann)
    revoked, revoked_text = new(services, ann)
    expired, expired_text = new(services, ann)
    api_keys.revoke_api_key(revoked)
    with transaction():
        past = clock.now() - timedelta(seconds=1)
        db.session.execute(
            update(ApiKey).where(ApiKey.id == expired.id).values(expires_at=past)
        )
    db.session.expire_all()
    forged = tokens.new_api_key(test=False)[0]
    head = f"ir_live_{row.public_id}{'A' * 32}"
    other_secret = head + tokens._check(head)
    words = {
        refused(services, header)
        for header in (
            None, "", "Bearer", "Bearer ", f"Basic {text}", text, f"Token {text}", f"Bearer x{text}",
            f"Bearer {text[:-1]}", f"Bearer {forged}", f"Bearer {revoked_text}",
            f"Bearer {expired_text}", f"Bearer {other_secret}", "Bearer é",
        )
    }  # fmt: skip
    assert len(words) == 1
    assert api_keys.authenticate(services.ring, f"bearer  {text} ")


def test_a_key_of_older_secret_keys_still_works(services, ann):
    _, text = new(services, ann)
    ring = tokens.KeyRing(
        ["a newer key that is long enough now", *(k.decode() for k in services.ring._held.keys)]
    )
    assert api_keys.authenticate(ring, f"Bearer {text}")
    with pytest.raises(Unauthenticated):
        api_keys.authenticate(tokens.KeyRing(["k" * 32]), f"Bearer {text}")


def test_revoking_again_changes_nothing(services, ann):
    row, _ = new(services, ann)
    with clock.freeze_at(NOON):
        assert api_keys.revoke_api_key(row).revoked_at == NOON
    assert api_keys.revoke_api_key(row).revoked_at == NOON


def test_a_use_is_written_down_every_five_minutes_only(services, ann):
    row, text = new(services, ann)
    seen = []
    for minutes in (0, 4, 6, 7):
        with clock.freeze_at(NOON + timedelta(minutes=minutes)):
            who(services, text)
        db.session.expire_all()
        used = select(ApiKey.last_used_at).where(ApiKey.id == row.id)
        seen.append((db.session.execute(used).scalar_one() - NOON).total_seconds() / 60)
    assert seen == [0, 0, 6, 6]


def test_an_unknown_permission_is_refused(services, ann):
    with pytest.raises(InvalidParameter, match="no permission 'campaigns:fly'"):
        new(services, ann, permissions=["campaigns:read", "campaigns:fly"])


def test_a_key_may_what_it_names_and_writing_includes_reading(services, ann):
    _, text = new(services, ann, permissions=["campaigns:write", "billing:read"])
    actor = who(services, text)
    allowed = [p for p in PERMISSIONS if actor.may(p)]
    assert allowed == ["campaigns:read", "campaigns:write", "billing:read"]
    with pytest.raises(Forbidden):
        actor.require("invites:read")


def test_a_key_without_permissions_may_nothing(services, ann):
    actor = who(services, new(services, ann, permissions=[])[1])
    assert not any(actor.may(p) for p in PERMISSIONS)


def test_the_role_is_the_ceiling(services, vic):
    actor = who(services, new(services, vic, permissions=list(PERMISSIONS))[1])
    assert actor.permissions == ROLES["viewer"]
    assert not any(actor.may(p) for p in PERMISSIONS if p.endswith(":write"))
    assert restrict_permissions("viewer", ["campaigns:write"]) == {"campaigns:read"}


@pytest.mark.parametrize("role", ROLES)
def test_every_role_is_made_of_permissions_that_exist(role):
    assert ROLES[role] <= set(PERMISSIONS)


def test_keys_are_listed_and_found_in_their_own_organization_only(services, ann, ben):
    row, _ = new(services, ann)
    assert row.id in [k.id for k in api_keys.list_api_keys(ann.actor).items]
    assert row.id not in [k.id for k in api_keys.list_api_keys(ben.actor).items]
    assert api_keys.get_api_key(ann.actor, row.public_id).id == row.id
    with pytest.raises(NotFound):
        api_keys.get_api_key(ben.actor, row.public_id)
