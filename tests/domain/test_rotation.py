"""Exchanging the secret keys: what is sealed anew, what is carried over, and what still needs the old."""

import pytest
from sqlalchemy import select

from interviewrelay import keyfile, tokens
from interviewrelay.database import db
from interviewrelay.domain import (
    access,
    carried,
    invites,
    keys,
    member_invites,
    password_links,
    rotation,
    sealed,
    suppressions,
)
from interviewrelay.errors import NotFound, Unauthenticated
from interviewrelay.models import CarriedKey, Invite
from interviewrelay.tokens import Derived, KeyRing
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
    assert rotation.reseal(both, silent) == 6
    assert rotation.reseal(both, silent) == 0
    assert [sealed.unreadable(new, column) for column in sealed.COLUMNS] == [0] * len(
        sealed.COLUMNS
    )
    db.session.expire_all()
    assert access.invite_of_participant(new, token).id == invite.id
    assert new.open(access.invite_of_participant(new, token).sealed_token) == token
    with pytest.raises(NotFound):
        access.invite_of_participant(KeyRing([OLD]), token)


def test_broken_off_it_goes_on_with_what_is_left(rings, monkeypatch):
    both, new = rings
    monkeypatch.setattr(sealed, "BATCH", 2)

    def die(_words):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotation.reseal(both, die)
    assert sealed.unreadable(new, sealed.COLUMNS[0]) == 3
    assert rotation.reseal(both, silent) == 3


def last_part(link):
    return link.rpartition("/")[2]


def test_who_is_not_written_to_and_the_links_of_mails_outlive_two_keys(rings, office, ann):
    both, _ = rings
    third = "a third key, which neither of the two has seen"
    suppressions.add(office.ring, ann.actor, "gone@x.example")
    leaving = suppressions.token(office.ring, ann.actor.org_id, "leaving@x.example")
    member_invites.invite(office, ann.actor, "join@x.example", "viewer")
    (asked,) = member_invites.listing(ann.actor)
    joining = last_part(member_invites.issue(office, asked.id))
    password = last_part(password_links.issue(office, ann.actor.user_id))
    keys.authenticate(both, f"Bearer {ann.key}")
    rotation.reseal(both, silent)
    assert list(rotation.needed(both)) == []
    keys.authenticate(KeyRing([third, NEW]), f"Bearer {ann.key}")
    rotation.reseal(KeyRing([third, NEW]), silent)
    assert list(rotation.needed(KeyRing([third, NEW]))) == []
    ring = KeyRing([third])
    assert suppressions.unsubscribe(ring, leaving).id == ann.actor.org_id
    people = [invites.Person(f"{name}@x.example") for name in ("gone", "leaving", "else")]
    made = invites.create(ring, a_campaign(ann), people)
    assert [e["email"] for e in made.errors] == ["gone@x.example", "leaving@x.example"]
    assert member_invites.look(ring, joining).email == "join@x.example"
    assert password_links.works(ring, password)
    assert suppressions.add(ring, ann.actor, "gone@x.example")[1] is False
    assert suppressions.remove(ring, ann.actor, "gone@x.example") is True


def test_a_key_that_was_put_in_front_by_hand_is_not_enough(rings, office, ann):
    both, new = rings
    suppressions.add(office.ring, ann.actor, "gone@x.example")
    assert any("whom organizations do not write to" in need for need in rotation.needed(both))
    assert suppressions.among(new, ann.actor.org_id, ["gone@x.example"]) == set()
    carried.carry(both)
    assert suppressions.among(new, ann.actor.org_id, ["gone@x.example"]) == {"gone@x.example"}
    assert not any("do not write to" in need for need in rotation.needed(both))


def test_what_is_kept_of_a_key_opens_and_signs_nothing_else(rings):
    both, new = rings
    carried.carry(both)
    carried.carry(both)
    (row,) = db.session.execute(select(CarriedKey)).scalars()
    assert OLD not in new.open(row.sealed)
    assert set(Derived.read(new.open(row.sealed)).keys) == {
        "suppress", "unsubscribe", "password", "member",
    }  # fmt: skip
    assert sealed.opens(KeyRing([OLD]), row.sealed) is False
    assert carried.marks(KeyRing(["a key that has nothing to do with it"])).marks(
        "suppress", "x"
    ) == KeyRing(["a key that has nothing to do with it"]).marks("suppress", "x")
    assert carried.marks(both).marks("suppress", "x") == both.marks("suppress", "x")
    assert carried.marks(new).marks("suppress", "x") == both.marks("suppress", "x")
    assert carried.marks(new).marks("api-key", "x") == new.marks("api-key", "x")


def test_what_changed_meanwhile_is_not_written_over(rings, monkeypatch):
    both, _ = rings
    first = db.session.execute(select(Invite).order_by(Invite.id).limit(1)).scalar_one()
    rows = [(first.id, KeyRing([OLD]).seal("what it was when it was read"))]
    assert rotation._reseal(both, sealed.COLUMNS[0], rows) == 0


def test_an_api_key_is_carried_over_when_it_is_used(rings, ann):
    both, new = rings
    rotation.reseal(both, silent)
    (needs,) = rotation.needed(both)
    assert needs.startswith("1 API keys have not been used since (ir_…_ ")
    assert ann.key[8:16] in needs
    with pytest.raises(Unauthenticated):
        keys.authenticate(new, f"Bearer {ann.key}")
    keys.authenticate(both, f"Bearer {ann.key}")
    assert list(rotation.needed(both)) == []
    assert keys.authenticate(new, f"Bearer {ann.key}").org_id == ann.actor.org_id


def test_a_revoked_key_needs_nothing(rings, ann):
    both, _ = rings
    assert "5 links of invites are sealed with an older key" in next(rotation.needed(both))
    rotation.reseal(both, silent)
    keys.revoke(keys.named(ann.actor, ann.key[8:16]))
    assert list(rotation.needed(both)) == []


def test_a_running_server_takes_a_file_that_has_changed(tmp_path):
    path = tmp_path / "secret_keys"
    keyfile.write(path, [OLD])
    ring = keyfile.FileRing([OLD], path)
    assert ring.names() == KeyRing([OLD]).names()
    keyfile.write(path, [NEW, OLD])
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
