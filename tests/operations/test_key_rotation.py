"""Exchanging the secret keys: what is sealed anew, what is carried over, and what still needs the old."""

import pytest
from sqlalchemy import select

from interviewrelay.accounts import api_keys, member_invitations, password_resets
from interviewrelay.campaigns.invites import invites
from interviewrelay.core.db.session import db
from interviewrelay.core.errors import NotFound, Unauthenticated
from interviewrelay.core.security import key_file, tokens
from interviewrelay.core.security.tokens import Derived, KeyRing
from interviewrelay.mail import suppressions
from interviewrelay.models import CarriedKey, Invite
from interviewrelay.operations import encrypted_columns, key_rotation
from interviewrelay.organizations import access, retired_keys
from tests.factories import a_campaign, an_invite

NEW, OLD = (
    "a new key that has not sealed anything",
    "a key for tests only and long enough to be taken",
)


@pytest.fixture
def rings(office, ann):
    """The ring of both keys, and that of the new one alone, over what the old one has sealed."""
    campaign = a_campaign(ann)
    for number in range(5):
        an_invite(office, campaign, f"n{number}@x.example")
    return KeyRing([NEW, OLD]), KeyRing([NEW])


def silent(_words):
    """Nobody is told."""


def test_everything_is_sealed_anew_once(rings, office, ann):
    both, new = rings
    invite, token = an_invite(office, a_campaign(ann), "pat@x.example")
    assert key_rotation.reseal(both, silent) == 6
    assert key_rotation.reseal(both, silent) == 0
    assert [
        encrypted_columns.unreadable(new, column) for column in encrypted_columns.COLUMNS
    ] == [0] * len(encrypted_columns.COLUMNS)
    db.session.expire_all()
    assert access.invite_of_participant(new, token).id == invite.id
    assert new.open(access.invite_of_participant(new, token).sealed_token) == token
    with pytest.raises(NotFound):
        access.invite_of_participant(KeyRing([OLD]), token)


def test_broken_off_it_goes_on_with_what_is_left(rings, monkeypatch):
    both, new = rings
    monkeypatch.setattr(encrypted_columns, "BATCH", 2)

    def die(_words):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        key_rotation.reseal(both, die)
    assert encrypted_columns.unreadable(new, encrypted_columns.COLUMNS[0]) == 3
    assert key_rotation.reseal(both, silent) == 3


def last_part(link):
    return link.rpartition("/")[2]


def test_who_is_not_written_to_and_the_links_of_mails_outlive_two_keys(rings, office, ann):
    both, _ = rings
    third = "a third key, which neither of the two has seen"
    suppressions.add(office.ring, ann.actor, "gone@x.example")
    leaving = suppressions.token(office.ring, ann.actor.org_id, "leaving@x.example")
    member_invitations.invite(office, ann.actor, "join@x.example", "viewer")
    (asked,) = member_invitations.listing(ann.actor)
    joining = last_part(member_invitations.issue(office, asked.id))
    password = last_part(password_resets.issue(office, ann.actor.user_id))
    api_keys.authenticate(both, f"Bearer {ann.key}")
    key_rotation.reseal(both, silent)
    assert list(key_rotation.needed(both)) == []
    api_keys.authenticate(KeyRing([third, NEW]), f"Bearer {ann.key}")
    key_rotation.reseal(KeyRing([third, NEW]), silent)
    assert list(key_rotation.needed(KeyRing([third, NEW]))) == []
    ring = KeyRing([third])
    assert suppressions.unsubscribe(ring, leaving).id == ann.actor.org_id
    people = [invites.Person(f"{name}@x.example") for name in ("gone", "leaving", "else")]
    made = invites.create(ring, a_campaign(ann), people)
    assert [e["email"] for e in made.errors] == ["gone@x.example", "leaving@x.example"]
    assert member_invitations.look(ring, joining).email == "join@x.example"
    assert password_resets.works(ring, password)
    assert suppressions.add(ring, ann.actor, "gone@x.example")[1] is False
    assert suppressions.remove(ring, ann.actor, "gone@x.example") is True


def test_a_key_that_was_put_in_front_by_hand_is_not_enough(rings, office, ann):
    both, new = rings
    suppressions.add(office.ring, ann.actor, "gone@x.example")
    assert any("do-not-email lists" in need for need in key_rotation.needed(both))
    assert suppressions.among(new, ann.actor.org_id, ["gone@x.example"]) == set()
    retired_keys.carry(both)
    assert suppressions.among(new, ann.actor.org_id, ["gone@x.example"]) == {"gone@x.example"}
    assert not any("do-not-email" in need for need in key_rotation.needed(both))


def test_what_is_kept_of_a_key_opens_and_signs_nothing_else(rings):
    both, new = rings
    retired_keys.carry(both)
    retired_keys.carry(both)
    (row,) = db.session.execute(select(CarriedKey)).scalars()
    assert OLD not in new.open(row.sealed)
    assert set(Derived.read(new.open(row.sealed)).keys) == {
        "suppress", "unsubscribe", "password", "member",
    }  # fmt: skip
    assert encrypted_columns.opens(KeyRing([OLD]), row.sealed) is False
    assert retired_keys.marks(KeyRing(["a key that has nothing to do with it"])).marks(
        "suppress", "x"
    ) == KeyRing(["a key that has nothing to do with it"]).marks("suppress", "x")
    assert retired_keys.marks(both).marks("suppress", "x") == both.marks("suppress", "x")
    assert retired_keys.marks(new).marks("suppress", "x") == both.marks("suppress", "x")
    assert retired_keys.marks(new).marks("api-key", "x") == new.marks("api-key", "x")


def test_what_changed_meanwhile_is_not_written_over(rings, monkeypatch):
    both, _ = rings
    first = db.session.execute(select(Invite).order_by(Invite.id).limit(1)).scalar_one()
    rows = [(first.id, KeyRing([OLD]).seal("what it was when it was read"))]
    assert key_rotation._reseal(both, encrypted_columns.COLUMNS[0], rows) == 0


def test_an_api_key_is_carried_over_when_it_is_used(rings, ann):
    both, new = rings
    key_rotation.reseal(both, silent)
    (needs,) = key_rotation.needed(both)
    assert needs.startswith("1 API keys have not been used since the rotation (ir_…_ ")
    assert ann.key[8:16] in needs
    with pytest.raises(Unauthenticated):
        api_keys.authenticate(new, f"Bearer {ann.key}")
    api_keys.authenticate(both, f"Bearer {ann.key}")
    assert list(key_rotation.needed(both)) == []
    assert api_keys.authenticate(new, f"Bearer {ann.key}").org_id == ann.actor.org_id


def test_a_revoked_key_needs_nothing(rings, ann):
    both, _ = rings
    assert "5 invite links are encrypted with an older key" in next(key_rotation.needed(both))
    key_rotation.reseal(both, silent)
    api_keys.revoke(api_keys.named(ann.actor, ann.key[8:16]))
    assert list(key_rotation.needed(both)) == []


def test_a_running_server_takes_a_file_that_has_changed(tmp_path):
    path = tmp_path / "secret_keys"
    key_file.write(path, [OLD])
    ring = key_file.FileRing([OLD], path)
    assert ring.names() == KeyRing([OLD]).names()
    key_file.write(path, [NEW, OLD])
    ring.look()
    assert ring.names() == KeyRing([NEW, OLD]).names()
    assert KeyRing([NEW]).open(ring.seal("x")) == "x"
    for broken in ("too short", ""):
        path.write_text(broken)
        ring.look()
        assert ring.names() == KeyRing([NEW, OLD]).names()
    path.unlink()
    ring.look()
    assert ring.open(KeyRing([OLD]).seal("still there")) == "still there"
    assert tokens.same(ring.mark("invite", "x"), KeyRing([NEW]).mark("invite", "x"))
