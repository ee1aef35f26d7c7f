"""Exchanging the secret keys: what is sealed anew, what is carried over, and what still needs the old."""

import pytest
from sqlalchemy import select

from interviewrelay.accounts import api_keys, member_invitations, password_resets
from interviewrelay.campaigns.invites import invites
from interviewrelay.core.db.session import db
from interviewrelay.core.errors import NotFound, Unauthenticated
from interviewrelay.core.security import key_file, tokens
from interviewrelay.core.security.tokens import DerivedKey, KeyRing
from interviewrelay.mail import suppressions
from interviewrelay.models import Invite, RetiredKey
from interviewrelay.operations import encrypted_columns, key_rotation
from interviewrelay.organizations import access, retired_keys
from tests.factories import a_campaign, an_invite

NEW, OLD = (
    "a new key that has not sealed anything",
    "a key for tests only and long enough to be taken",
)


@pytest.fixture
def rings(services, ann):
    """The ring of both keys, and that of the new one alone, over what the old one has sealed."""
    campaign = a_campaign(ann)
    for number in range(5):
        an_invite(services, campaign, f"n{number}@x.example")
    return KeyRing([NEW, OLD]), KeyRing([NEW])


def silent(_words):
    """Nobody is told."""


def test_everything_is_sealed_anew_once(rings, services, ann):
    both, new = rings
    invite, token = an_invite(services, a_campaign(ann), "pat@x.example")
    assert key_rotation.reencrypt(both, silent) == 6
    assert key_rotation.reencrypt(both, silent) == 0
    assert [
        encrypted_columns.count_unreadable(new, column) for column in encrypted_columns.COLUMNS
    ] == [0] * len(encrypted_columns.COLUMNS)
    db.session.expire_all()
    assert access.get_participant_invite(new, token).id == invite.id
    assert new.decrypt(access.get_participant_invite(new, token).sealed_token) == token
    with pytest.raises(NotFound):
        access.get_participant_invite(KeyRing([OLD]), token)


def test_broken_off_it_goes_on_with_what_is_left(rings, monkeypatch):
    both, new = rings
    monkeypatch.setattr(encrypted_columns, "BATCH", 2)

    def die(_words):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        key_rotation.reencrypt(both, die)
    assert encrypted_columns.count_unreadable(new, encrypted_columns.COLUMNS[0]) == 3
    assert key_rotation.reencrypt(both, silent) == 3


def last_part(link):
    return link.rpartition("/")[2]


def test_who_is_not_written_to_and_the_links_of_mails_outlive_two_keys(rings, services, ann):
    both, _ = rings
    third = "a third key, which neither of the two has seen"
    suppressions.add_suppression(services.ring, ann.actor, "gone@x.example")
    leaving = suppressions.build_token(services.ring, ann.actor.org_id, "leaving@x.example")
    member_invitations.invite_member(services, ann.actor, "join@x.example", "viewer")
    (asked,) = member_invitations.list_invitations(ann.actor)
    joining = last_part(member_invitations.issue_invitation_link(services, asked.id))
    password = last_part(password_resets.issue_reset_link(services, ann.actor.user_id))
    api_keys.authenticate(both, f"Bearer {ann.key}")
    key_rotation.reencrypt(both, silent)
    assert list(key_rotation.list_needed_keys(both)) == []
    api_keys.authenticate(KeyRing([third, NEW]), f"Bearer {ann.key}")
    key_rotation.reencrypt(KeyRing([third, NEW]), silent)
    assert list(key_rotation.list_needed_keys(KeyRing([third, NEW]))) == []
    ring = KeyRing([third])
    assert suppressions.unsubscribe(ring, leaving).id == ann.actor.org_id
    people = [invites.Invitee(f"{name}@x.example") for name in ("gone", "leaving", "else")]
    made = invites.create_invites(ring, a_campaign(ann), people)
    assert [e["email"] for e in made.errors] == ["gone@x.example", "leaving@x.example"]
    assert member_invitations.get_offer(ring, joining).email == "join@x.example"
    assert password_resets.is_valid_link(ring, password)
    assert suppressions.add_suppression(ring, ann.actor, "gone@x.example")[1] is False
    assert suppressions.remove_suppression(ring, ann.actor, "gone@x.example") is True


def test_a_key_that_was_put_in_front_by_hand_is_not_enough(rings, services, ann):
    both, new = rings
    suppressions.add_suppression(services.ring, ann.actor, "gone@x.example")
    assert any("do-not-email lists" in need for need in key_rotation.list_needed_keys(both))
    assert suppressions.find_suppressed(new, ann.actor.org_id, ["gone@x.example"]) == set()
    retired_keys.keep_derived_keys(both)
    assert suppressions.find_suppressed(new, ann.actor.org_id, ["gone@x.example"]) == {
        "gone@x.example"
    }
    assert not any("do-not-email" in need for need in key_rotation.list_needed_keys(both))


def test_what_is_kept_of_a_key_opens_and_signs_nothing_else(rings):
    both, new = rings
    retired_keys.keep_derived_keys(both)
    retired_keys.keep_derived_keys(both)
    (row,) = db.session.execute(select(RetiredKey)).scalars()
    assert OLD not in new.decrypt(row.sealed)
    assert set(DerivedKey.parse(new.decrypt(row.sealed)).keys) == {
        "suppress", "unsubscribe", "password", "member", "chain", "public",
    }  # fmt: skip
    assert encrypted_columns.can_decrypt(KeyRing([OLD]), row.sealed) is False
    assert retired_keys.build_verifier(
        KeyRing(["a key that has nothing to do with it"])
    ).digests("suppress", "x") == KeyRing(["a key that has nothing to do with it"]).digests(
        "suppress", "x"
    )
    assert retired_keys.build_verifier(both).digests("suppress", "x") == both.digests(
        "suppress", "x"
    )
    assert retired_keys.build_verifier(new).digests("suppress", "x") == both.digests(
        "suppress", "x"
    )
    assert retired_keys.build_verifier(new).digests("api-key", "x") == new.digests(
        "api-key", "x"
    )


def test_what_changed_meanwhile_is_not_written_over(rings, monkeypatch):
    both, _ = rings
    first = db.session.execute(select(Invite).order_by(Invite.id).limit(1)).scalar_one()
    rows = [(first.id, KeyRing([OLD]).encrypt("what it was when it was read"))]
    assert key_rotation._reseal(both, encrypted_columns.COLUMNS[0], rows) == 0


def test_an_api_key_is_carried_over_when_it_is_used(rings, ann):
    both, new = rings
    key_rotation.reencrypt(both, silent)
    (needs,) = key_rotation.list_needed_keys(both)
    assert needs.startswith("1 API key has not been used since the rotation (ir_…_ ")
    assert ann.key[8:16] in needs
    with pytest.raises(Unauthenticated):
        api_keys.authenticate(new, f"Bearer {ann.key}")
    api_keys.authenticate(both, f"Bearer {ann.key}")
    assert list(key_rotation.list_needed_keys(both)) == []
    assert api_keys.authenticate(new, f"Bearer {ann.key}").org_id == ann.actor.org_id


def test_a_revoked_key_needs_nothing(rings, ann):
    both, _ = rings
    assert "5 invite links are encrypted with an older key" in next(
        key_rotation.list_needed_keys(both)
    )
    key_rotation.reencrypt(both, silent)
    api_keys.revoke_api_key(api_keys.get_api_key(ann.actor, ann.key[8:16]))
    assert list(key_rotation.list_needed_keys(both)) == []


def test_a_running_server_takes_a_file_that_has_changed(tmp_path):
    path = tmp_path / "secret_keys"
    key_file.write_keys(path, [OLD])
    ring = key_file.FileKeyRing([OLD], path)
    assert ring.key_names() == KeyRing([OLD]).key_names()
    key_file.write_keys(path, [NEW, OLD])
    ring.reload()
    assert ring.key_names() == KeyRing([NEW, OLD]).key_names()
    assert KeyRing([NEW]).decrypt(ring.encrypt("x")) == "x"
    for broken in ("too short", ""):
        path.write_text(broken)
        ring.reload()
        assert ring.key_names() == KeyRing([NEW, OLD]).key_names()
    path.unlink()
    ring.reload()
    assert ring.decrypt(KeyRing([OLD]).encrypt("still there")) == "still there"
    assert tokens.equal_in_constant_time(
        ring.digest("invite", "x"), KeyRing([NEW]).digest("invite", "x")
    )
