"""Organizations, people, and logging in."""

from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher, Type, extract_parameters, profiles
from sqlalchemy import select, update

from interviewrelay.accounts import accounts, login_sessions, passwords
from interviewrelay.billing import ledger
from interviewrelay.core import clock
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import Conflict, InvalidParameter
from interviewrelay.models import Login, Membership, User
from interviewrelay.operations import consistency_check
from tests import factories, known
from tests.conftest import PASSWORD

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
OWNER = accounts.NewOwner("  Acme   Labs ", " Ann  Lee", " Ann@Acme.example ", PASSWORD)


def owner(**changes):
    given = {
        "organization": OWNER.organization,
        "name": OWNER.name,
        "email": OWNER.email,
        "password": OWNER.password,
    }
    return accounts.NewOwner(**{**given, **changes})


def log_in(services, somebody, password=PASSWORD):
    return factories.log_in(services, somebody.email, password)


def logins():
    return len(list(db.session.execute(select(Login.id))))


def test_set_up_makes_the_first_owner_with_credits(app):
    assert not accounts.is_set_up()
    member = accounts.set_up_server(OWNER)
    assert accounts.is_set_up()
    assert member.role == "owner"
    assert member.user.system_admin
    assert (member.user.email, member.user.name) == ("ann@acme.example", "Ann Lee")
    assert (member.organization.name, member.organization.slug) == ("Acme Labs", "acme-labs")
    assert ledger.balance(ledger.get_organization_account(member.org_id)) == 700
    assert member.user.password_hash.startswith("$argon2id$")


def test_the_first_owner_administers_the_server_however_they_came(app):
    first = accounts.create_organization(OWNER, plan="free")
    second = accounts.create_organization(owner(email="bo@birch.example"), plan="free")
    assert (first.user.system_admin, second.user.system_admin) == (True, False)
    with pytest.raises(Conflict, match="Appoint another one first"):
        accounts.set_administrator(first.user.email, administers=False)
    accounts.set_administrator(second.user.email, administers=True)
    accounts.set_administrator(first.user.email, administers=False)
    assert (first.user.system_admin, second.user.system_admin) == (False, True)
    with pytest.raises(InvalidParameter):
        accounts.set_administrator("nobody@x.example", administers=True)


def test_set_up_happens_once(app):
    accounts.set_up_server(OWNER)
    with pytest.raises(Conflict, match="already set up"):
        accounts.set_up_server(owner(email="other@acme.example"))
    assert len(accounts.list_all_memberships()) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"organization": " "}, "organization"),
        ({"organization": "x" * 201}, "organization"),
        ({"name": "x" * 201}, "name"),
        ({"email": "nobody"}, "email"),
        ({"email": "a@b.example\r\nBcc: c@d.example"}, "email"),
        ({"password": "elevenchars"}, "password"),
        ({"password": "x y" * 50}, "password"),
        ({"password": "aaaaaaaaaaaa"}, "password"),
        ({"password": "abababababab"}, "password"),
        ({"password": "Password1234"}, "password"),
        ({"password": "InterviewRelay1"}, "password"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_made(app, changes, field):
    for act in (accounts.set_up_server, lambda o: accounts.create_organization(o, plan="free")):
        with pytest.raises(InvalidParameter) as refusal:
            act(owner(**changes))
        assert refusal.value.details["field"] == field
    assert not accounts.is_set_up()


def test_all_wrong_fields_are_named_at_once(app):
    with pytest.raises(InvalidParameter) as refusal:
        accounts.set_up_server(accounts.NewOwner("", "n" * 201, "", ""))
    fields = [problem["field"] for problem in refusal.value.details["errors"]]
    assert fields == ["organization", "name", "email", "password"]


@pytest.mark.parametrize("length", [12, 128])
def test_passwords_of_allowed_length_are_taken(app, length):
    accounts.set_up_server(owner(password=("abcdefgh" * 16)[:length]))
    assert accounts.is_set_up()


def test_further_organizations_are_made_by_administrators(ann):
    member = accounts.create_organization(owner(), plan="starter")
    assert not member.user.system_admin
    assert accounts.find_organization("acme-labs").plan == "starter"
    assert accounts.find_organization("nobody") is None
    assert not any(consistency_check.run_checks().values())


def test_an_address_has_one_account(ann):
    with pytest.raises(Conflict, match="already"):
        accounts.create_organization(owner(email=ann.email.upper()), plan="free")


def test_an_unknown_plan_is_refused(ann):
    with pytest.raises(InvalidParameter, match="plan"):
        accounts.create_organization(owner(), plan="gold")


def test_slugs_are_plain_and_unlike(app):
    with transaction():
        made = [
            accounts.add_organization(n, plan="free") for n in ("Zoë & Co", "Zoe Co", "研究")
        ]
    assert made[0].slug == "zoe-co"
    assert made[1].slug.startswith("zoe-co-")
    assert made[2].slug == "organization"


def test_the_right_password_opens_a_log_in_that_is_a_row(services, ann):
    token = log_in(services, ann)
    member = login_sessions.find_login_membership(services.ring, token)
    assert member.id == ann.membership.id
    assert accounts.build_actor(member).role == "owner"
    assert logins() == 1
    stored = db.session.execute(select(Login.mark)).scalar_one()
    assert token not in stored


def test_an_address_is_found_whatever_its_case(services, ann):
    assert factories.log_in(services, f" {ann.email.upper()} ", PASSWORD)


@pytest.mark.parametrize("password", ["", "wrong password here", PASSWORD + " ", "x" * 1_000])
def test_a_wrong_password_opens_nothing(services, ann, password):
    assert log_in(services, ann, password) is None
    assert logins() == 0


def test_an_unknown_address_costs_a_hash_as_well(services, ann, monkeypatch):
    checked, hasher = [], passwords._hasher()

    class Watched:
        def verify(self, kept, password):
            checked.append(kept[:9])
            return hasher.verify(kept, password)

    passwords._decoy()
    monkeypatch.setattr(passwords, "_hasher", Watched)
    assert factories.log_in(services, "nobody@example.com", PASSWORD) is None
    assert log_in(services, ann, "wrong") is None
    assert checked == ["$argon2id", "$argon2id"]


def test_logging_out_ends_this_log_in_only(services, ann):
    one, other = log_in(services, ann), log_in(services, ann)
    login_sessions.delete_login(services.ring, one)
    assert login_sessions.find_login_membership(services.ring, one) is None
    assert login_sessions.find_login_membership(services.ring, other)


def test_an_unknown_token_is_nobody(services, ann):
    assert login_sessions.find_login_membership(services.ring, "unknown") is None


@pytest.mark.parametrize(
    ("later", "valid"),
    [(timedelta(hours=12), True), (timedelta(hours=12, seconds=1), False)],
)
def test_twelve_idle_hours_end_a_log_in(services, ann, later, valid):
    with clock.freeze_at(NOON):
        token = log_in(services, ann)
    with clock.freeze_at(NOON + later):
        assert bool(login_sessions.find_login_membership(services.ring, token)) == valid


def test_use_keeps_a_log_in_open_for_fourteen_days_at_most(services, ann):
    moment = NOON
    with clock.freeze_at(moment):
        token = log_in(services, ann)
    while moment < NOON + timedelta(days=14):
        moment += timedelta(hours=8)
        with clock.freeze_at(moment):
            assert login_sessions.find_login_membership(services.ring, token)
    with clock.freeze_at(NOON + timedelta(days=14, seconds=1)):
        assert login_sessions.find_login_membership(services.ring, token) is None


def test_a_use_is_written_down_every_five_minutes_only(services, ann):
    seen = []
    with clock.freeze_at(NOON):
        token = log_in(services, ann)
    for minutes in (4, 5, 6, 7):
        with clock.freeze_at(NOON + timedelta(minutes=minutes)):
            login_sessions.find_login_membership(services.ring, token)
        db.session.expire_all()
        seen.append(db.session.execute(select(Login.seen_at)).scalar_one())
    assert seen == [NOON, NOON, NOON + timedelta(minutes=6), NOON + timedelta(minutes=6)]


def test_log_ins_that_are_over_are_swept(services, ann):
    with clock.freeze_at(NOON):
        log_in(services, ann)
    with clock.freeze_at(NOON + timedelta(hours=11)):
        log_in(services, ann)
        assert login_sessions.delete_expired_logins() == 0
    with clock.freeze_at(NOON + timedelta(hours=13)):
        assert login_sessions.delete_expired_logins() == 1
    assert logins() == 1


def test_a_new_password_ends_all_log_ins(services, ann):
    token = log_in(services, ann)
    accounts.set_password(f" {ann.email.upper()}", "a new and better password")
    assert login_sessions.find_login_membership(services.ring, token) is None
    db.session.expire_all()
    assert log_in(services, ann) is None
    assert log_in(services, ann, "a new and better password")


def test_a_new_password_must_be_good_and_for_somebody_known(ann):
    with pytest.raises(InvalidParameter, match="12 to 128"):
        accounts.set_password(ann.email, "short")
    with pytest.raises(InvalidParameter, match="email"):
        accounts.set_password("nobody@example.com", "a new and better password")


@pytest.fixture
def as_dear_as_served(monkeypatch):
    monkeypatch.setattr(passwords, "_hasher", known.as_dear_as_served)


def test_a_guess_costs_what_the_library_advises(as_dear_as_served):
    spent = extract_parameters(passwords.hash_password(PASSWORD))
    assert spent == profiles.RFC_9106_LOW_MEMORY
    assert spent.type is Type.ID
    assert (spent.time_cost, spent.memory_cost) == (3, 64 * 1024)


def test_a_hash_of_older_parameters_is_renewed_at_log_in(services, ann, as_dear_as_served):
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with transaction():
        db.session.execute(update(User).values(password_hash=weak))
    db.session.expire_all()
    assert log_in(services, ann)
    db.session.expire_all()
    assert db.session.execute(select(User.password_hash)).scalar_one() != weak
    assert log_in(services, ann)


def test_a_stored_hash_that_is_none_lets_nobody_in(services, ann):
    with transaction():
        db.session.execute(update(User).values(password_hash="not a hash"))
    db.session.expire_all()
    assert log_in(services, ann) is None


def test_somebody_without_an_organization_cannot_log_in(services, ann):
    with transaction():
        db.session.delete(db.session.get(Membership, ann.membership.id))
    assert log_in(services, ann) is None
    assert accounts.find_membership(ann.email) is None


def test_no_more_members_join_than_the_plan_allows(app):
    from interviewrelay.accounts import accounts
    from interviewrelay.core.db.session import transaction
    from interviewrelay.core.errors import PlanLimitReached
    from tests.conftest import HASHED

    with transaction():
        organization = accounts.add_organization("Fir", plan="free")
        owner = accounts.add_user("fay@fir.example", "Fay", HASHED())
        accounts.add_member(organization, owner, "owner")
    with pytest.raises(PlanLimitReached) as refusal, transaction():
        second = accounts.add_user("flo@fir.example", "Flo", HASHED())
        accounts.add_member(organization, second, "viewer")
    assert refusal.value.details == {"plan": "free", "limit": 1}
