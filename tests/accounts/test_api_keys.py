"""API keys."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from interviewrelay.accounts import api_keys
from interviewrelay.core import clock
from interviewrelay.core.actor import PERMISSIONS, ROLES, narrowed
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import Forbidden, InvalidParameter, NotFound, Unauthenticated
from interviewrelay.core.security import tokens
from interviewrelay.models import ApiKey

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


def new(office, somebody, **more):
    return api_keys.create(office.ring, somebody.membership, "Mine", **more)


def who(office, text):
    return api_keys.authenticate(office.ring, f"Bearer {text}")


def refused(office, header):
    with pytest.raises(Unauthenticated) as refusal:
        api_keys.authenticate(office.ring, header)
    return refusal.value.message


def test_a_key_acts_for_its_member(office, ann):
    _, text = new(office, ann)
    actor = who(office, text)
    assert (actor.org_id, actor.user_id, actor.role) == (
        ann.actor.org_id,
        ann.actor.user_id,
        "owner",
    )
    assert actor.permissions == frozenset(PERMISSIONS)
    assert not actor.test


def test_the_text_of_a_key_is_nowhere_stored(office, ann):
    row, text = new(office, ann)
    secret = text[16:48]
    assert secret not in str(vars(row))
    assert text.endswith(row.last_four)


def test_a_test_key_says_so(office, ann):
    row, text = new(office, ann, test=True)
    assert text.startswith("ir_test_")
    assert row.test
    assert who(office, text).test


def test_there_is_one_refusal_for_every_key_that_is_none(office, ann):
    row, text = new(office, ann)
    revoked, revoked_text = new(office, ann)
    expired, expired_text = new(office, ann)
    api_keys.revoke(revoked)
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
        refused(office, header)
        for header in (
            None, "", "Bearer", "Bearer ", f"Basic {text}", text, f"Token {text}", f"Bearer x{text}",
            f"Bearer {text[:-1]}", f"Bearer {forged}", f"Bearer {revoked_text}",
            f"Bearer {expired_text}", f"Bearer {other_secret}", "Bearer é",
        )
    }  # fmt: skip
    assert len(words) == 1
    assert api_keys.authenticate(office.ring, f"bearer  {text} ")


def test_a_key_of_older_secret_keys_still_works(office, ann):
    _, text = new(office, ann)
    ring = tokens.KeyRing(
        ["a newer key that is long enough now", *(k.decode() for k in office.ring._held.keys)]
    )
    assert api_keys.authenticate(ring, f"Bearer {text}")
    with pytest.raises(Unauthenticated):
        api_keys.authenticate(tokens.KeyRing(["k" * 32]), f"Bearer {text}")


def test_revoking_again_changes_nothing(office, ann):
    row, _ = new(office, ann)
    with clock.standing_at(NOON):
        assert api_keys.revoke(row).revoked_at == NOON
    assert api_keys.revoke(row).revoked_at == NOON


def test_a_use_is_written_down_every_five_minutes_only(office, ann):
    row, text = new(office, ann)
    seen = []
    for minutes in (0, 4, 6, 7):
        with clock.standing_at(NOON + timedelta(minutes=minutes)):
            who(office, text)
        db.session.expire_all()
        used = select(ApiKey.last_used_at).where(ApiKey.id == row.id)
        seen.append((db.session.execute(used).scalar_one() - NOON).total_seconds() / 60)
    assert seen == [0, 0, 6, 6]


def test_an_unknown_permission_is_refused(office, ann):
    with pytest.raises(InvalidParameter, match="no permission 'campaigns:fly'"):
        new(office, ann, permissions=["campaigns:read", "campaigns:fly"])


def test_a_key_may_what_it_names_and_writing_includes_reading(office, ann):
    _, text = new(office, ann, permissions=["campaigns:write", "billing:read"])
    actor = who(office, text)
    allowed = [p for p in PERMISSIONS if actor.may(p)]
    assert allowed == ["campaigns:read", "campaigns:write", "billing:read"]
    with pytest.raises(Forbidden):
        actor.require("invites:read")


def test_a_key_without_permissions_may_nothing(office, ann):
    actor = who(office, new(office, ann, permissions=[])[1])
    assert not any(actor.may(p) for p in PERMISSIONS)


def test_the_role_is_the_ceiling(office, vic):
    actor = who(office, new(office, vic, permissions=list(PERMISSIONS))[1])
    assert actor.permissions == ROLES["viewer"]
    assert not any(actor.may(p) for p in PERMISSIONS if p.endswith(":write"))
    assert narrowed("viewer", ["campaigns:write"]) == {"campaigns:read"}


@pytest.mark.parametrize("role", ROLES)
def test_every_role_is_made_of_permissions_that_exist(role):
    assert ROLES[role] <= set(PERMISSIONS)


def test_keys_are_listed_and_found_in_their_own_organization_only(office, ann, ben):
    row, _ = new(office, ann)
    assert row.id in [k.id for k in api_keys.listing(ann.actor).items]
    assert row.id not in [k.id for k in api_keys.listing(ben.actor).items]
    assert api_keys.named(ann.actor, row.public_id).id == row.id
    with pytest.raises(NotFound):
        api_keys.named(ben.actor, row.public_id)
