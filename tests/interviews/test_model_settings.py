"""Whose model words an organization's questions, and who gets its key: nobody but its endpoint."""

import pytest
from sqlalchemy import delete, select, text, update

from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import InvalidParameter
from interviewrelay.core.ports.language_models import ModelPolicy
from interviewrelay.core.security.tokens import KeyRing
from interviewrelay.interviews import interviews, model_settings
from interviewrelay.interviews.model_settings import ModelSettings
from interviewrelay.models import ModelChoice, Organization
from interviewrelay.operations import consistency_check
from interviewrelay.runtime import model_selection
from tests import model_stand_in
from tests.fakes import FakeModel
from tests.model_stand_in import wording as as_it_should_be
from tests.own_models import OWN_KEY, Talk, chosen, own, reaching_loopback
from tests.statements import by_hand, statements

SAID = (
    "I went there on Monday because my knee had been swollen for a week.",
    "The waiting was long, and the corridor was full of people with coughs.",
    "It was about forty minutes before anybody called me in.",
    "The doctor looked at the knee and told me to rest it for two weeks.",
    "I would put more chairs in that corridor.",
)
OTHER_KEY = "sk-other-fedcba9876543210-Yw8p"


@pytest.fixture(scope="module")
def endpoint():
    with model_stand_in.serving() as made:
        yield made


@pytest.fixture(scope="module")
def another():
    with model_stand_in.serving() as made:
        yield made


@pytest.fixture
def server(services):
    """The server's model."""
    model = FakeModel(lambda p: as_it_should_be({"messages": [{}, {"content": p.data}]}))
    services.model_selector.server_policy = ModelPolicy(model)
    return model


@pytest.fixture
def here(app, server, endpoint, another):
    """The office of a process that reaches this machine."""
    endpoint.behave("valid", key=OWN_KEY)
    another.behave("valid", key=OTHER_KEY)
    return reaching_loopback(app)


# --- whose it is --------------------------------------------------------------------------------


def test_two_organizations_have_each_their_own_at_once(here, ann, ben, endpoint, another):
    chosen(here, ann, own(endpoint, name="of-alder"))
    chosen(here, ben, own(another, name="of-birch", key=OTHER_KEY))
    talks = {"of-alder": Talk(here, ann), "of-birch": Talk(here, ben)}
    for said in SAID[:3]:
        for name, talk in talks.items():
            record = talk.say(here, said)["model"]
            assert (record["name"], record["used"]) == (name, True)
    assert {call["model"] for call in endpoint.calls()} == {"of-alder"}
    assert {call["model"] for call in another.calls()} == {"of-birch"}
    assert len(endpoint.calls()) == len(another.calls()) == 3


def test_without_a_choice_it_is_the_servers(here, ann, server):
    assert Talk(here, ann).say(here, SAID[0])["model"]["name"] == "fake"


def test_the_choice_holds_from_the_next_answer_on(here, ann, endpoint, server):
    talk = Talk(here, ann)
    assert talk.say(here, SAID[0])["model"]["name"] == "fake"
    row = chosen(here, ann, own(endpoint))
    assert talk.say(here, SAID[1])["model"]["name"] == "tiny"
    chosen(here, ann, ModelSettings("none", row.base_url, row.name))
    assert "model" not in talk.say(here, SAID[2])
    chosen(here, ann, ModelSettings("server", row.base_url, row.name))
    assert talk.say(here, SAID[3])["model"]["name"] == "fake"
    assert not any(consistency_check.run_checks().values())


def test_other_processes_know_it_at_once(app, here, ann, endpoint, another):
    elsewhere, talk = reaching_loopback(app), Talk(here, ann)
    chosen(here, ann, own(endpoint, name="first"))
    assert talk.say(elsewhere, SAID[0])["model"]["name"] == "first"
    chosen(here, ann, own(another, name="second", key=OTHER_KEY))
    assert talk.say(elsewhere, SAID[1])["model"]["name"] == "second"
    assert talk.say(here, SAID[2])["model"]["name"] == "second"


def test_whoever_read_the_seat_before_a_change_gets_what_holds_now(here, ann, endpoint):
    from interviewrelay.interviews import turn_store

    chosen(here, ann, own(endpoint))
    snapshot = turn_store.get_snapshot(Talk(here, ann).invite.id)
    chosen(here, ann, own(endpoint, name="newer"))
    assert here.model_selector.for_interview(snapshot).model.name == "newer"
    assert here.model_selector.for_interview(snapshot) is here.model_selector.for_interview(
        turn_store.get_snapshot(snapshot.invite_id)
    )
    chosen(here, ann, ModelSettings("none"))
    newer = turn_store.get_snapshot(snapshot.invite_id)
    assert here.model_selector.for_interview(newer) is None
    chosen(here, ann, own(endpoint))
    late = turn_store.get_snapshot(snapshot.invite_id)
    chosen(here, ann, ModelSettings("server"))
    assert here.model_selector.for_interview(late) is None  # its own is used no more


def test_a_choice_costs_an_answer_only_the_record_of_the_call(here, ann, ben, endpoint):
    plain, with_own = Talk(here, ann), Talk(here, ben)
    chosen(here, ben, own(endpoint))
    for talk in (plain, with_own):
        talk.say(here, SAID[0])  # what is learned once by a process is learned
    taken = [
        (
            by_hand(lambda t=talk: t.say(here, SAID[1])),
            statements(lambda t=talk: t.say(here, SAID[2])),
        )
        for talk in (plain, with_own)
    ]
    (plain_ones, plain_count), (own_ones, own_count) = taken
    rest = [words for words in own_ones if not words.startswith("INSERT INTO egress")]
    assert (rest, own_count) == (plain_ones, plain_count)
    assert len(own_ones) == len(plain_ones) + 1


# --- when it fails ------------------------------------------------------------------------------


def test_an_endpoint_that_is_gone_is_missed_by_nobody(here, ann):
    with model_stand_in.serving() as mortal:
        mortal.behave("valid", key=OWN_KEY)
        chosen(here, ann, own(mortal))
        talk = Talk(here, ann)
        assert talk.say(here, SAID[0])["source"] == "model"
        mortal.kill()
        told = [talk.say(here, said) for said in SAID[1:]]
    assert {decision["source"] for decision in told} <= {"author", "template"}
    assert told[0]["model"]["reason"] == "connection"
    assert told[-1]["model"]["reason"] == "calls to the endpoint are paused for a while"
    assert not any(consistency_check.run_checks().values())


def test_one_organizations_failures_are_no_others(here, ann, ben, endpoint):
    """Both at one endpoint, of which one has the key of somebody else."""
    chosen(here, ann, own(endpoint, key=OTHER_KEY))
    chosen(here, ben, own(endpoint))
    refused, welcome = Talk(here, ann), Talk(here, ben)
    reasons = [refused.say(here, said)["model"]["reason"] for said in SAID[:4]]
    assert reasons == ["status 401"] * 3 + ["calls to the endpoint are paused for a while"]
    assert welcome.say(here, SAID[0])["source"] == "model"


def test_a_key_that_is_mended_is_used_at_once(here, ann, endpoint):
    chosen(here, ann, own(endpoint, key=OTHER_KEY))
    talk = Talk(here, ann)
    for said in SAID[:3]:
        talk.say(here, said)
    chosen(here, ann, own(endpoint))
    assert talk.say(here, SAID[3])["source"] == "model"


def test_its_limit_for_the_day_is_its_own(here, ann, ben, endpoint, server):
    chosen(here, ann, own(endpoint, daily_tokens=760))
    chosen(here, ben, own(endpoint))
    limited, free = Talk(here, ann), Talk(here, ben)
    for talk in (limited, free):
        assert talk.say(here, SAID[0])["source"] == "model"
    over = limited.say(here, SAID[1])["model"]
    assert (over["used"], over["reason"]) == (
        False,
        "the organization's daily limit is reached",
    )
    assert free.say(here, SAID[1])["source"] == "model"


def test_personal_data_is_replaced_unless_they_want_it_sent(here, ann, ben, endpoint):
    chosen(here, ann, own(endpoint))
    chosen(here, ben, own(endpoint, hides_personal_data=False))
    said = "I went there with Rita because my knee had been swollen for a week."
    for somebody, sent in ((ann, False), (ben, True)):
        endpoint.behave("valid", key=OWN_KEY)
        Talk(here, somebody).say(here, said)
        (call,) = endpoint.calls()
        assert ("Rita" in str(call)) is sent


def test_the_worker_waits_for_models_of_organizations_too(here, services, ann, endpoint):
    assert here.model_selector.grace_seconds() == 4.0
    chosen(here, ann, own(endpoint))
    assert here.model_selector.grace_seconds() == 16.0
    here.model_selector.server_policy = None
    assert here.model_selector.grace_seconds() == 16.0
    chosen(here, ann, ModelSettings("none"))
    assert here.model_selector.grace_seconds() == 0.0
    assert interviews.recover_pending_turns(under_way=16.0) == 0


# --- the key ------------------------------------------------------------------------------------


def stored() -> str:
    rows = db.session.execute(text("SELECT * FROM model_choice")).all()
    return " ".join(str(tuple(row)) for row in rows)


def test_a_key_is_kept_sealed_and_only_its_end_is_known(here, ann, endpoint):
    row = chosen(here, ann, own(endpoint))
    assert OWN_KEY not in stored()
    assert OWN_KEY not in repr(own(endpoint))
    assert row.last_four == "Zx9q"
    assert chosen(here, ann, own(endpoint, key="sk-short")).last_four == ""


def test_without_a_new_key_the_old_one_stays_and_is_sealed_anew(here, ann, endpoint):
    before = chosen(here, ann, own(endpoint)).sealed_key
    row = chosen(here, ann, own(endpoint, key="", name="other"))
    assert row.sealed_key != before
    assert row.last_four == "Zx9q"
    assert Talk(here, ann).say(here, SAID[0])["source"] == "model"


def test_a_key_can_be_forgotten(here, ann, endpoint):
    chosen(here, ann, own(endpoint))
    row = chosen(here, ann, own(endpoint, key="", forgets_key=True))
    assert (row.sealed_key, row.last_four) == (None, "")
    assert Talk(here, ann).say(here, SAID[0])["model"]["reason"] == "status 401"


def test_a_key_goes_with_its_endpoint(here, ann, endpoint):
    chosen(here, ann, own(endpoint))
    row = chosen(here, ann, ModelSettings("none"))
    assert (row.base_url, row.sealed_key, row.last_four) == ("", None, "")


def test_a_key_goes_to_no_other_place_than_it_was_given_for(here, ann, endpoint, another):
    chosen(here, ann, own(endpoint))
    with pytest.raises(InvalidParameter, match="base URL has changed") as refused:
        chosen(here, ann, own(another, key=""))
    assert refused.value.details["field"] == "api_key"
    assert model_selection.find_model_choice(ann.actor.org_id).base_url == endpoint.base
    row = chosen(here, ann, own(endpoint, key="", base_url=f"{endpoint.base}/deeper/"))
    assert row.base_url == f"{endpoint.base}/deeper"  # another path is in the same hands
    chosen(here, ann, own(another, key="", forgets_key=True))
    assert another.calls() == []


@pytest.mark.parametrize("moved", ["to another organization", "beside another address"])
def test_a_sealed_key_that_was_moved_opens_nothing(
    here, ann, ben, endpoint, another, moved, caplog
):
    """As somebody could who writes to the database."""
    sealed = chosen(here, ann, own(endpoint)).sealed_key
    chosen(here, ben, own(endpoint, key=""))
    values = {"sealed_key": sealed, "version": "new"}
    victim = ben if moved == "to another organization" else ann
    if victim is ann:
        values |= {"base_url": another.base}
    with transaction():
        mine = ModelChoice.org_id == victim.actor.org_id
        db.session.execute(update(ModelChoice).where(mine).values(**values))
    talk = Talk(here, victim)
    assert "model" not in talk.say(here, SAID[0])
    assert "model_key_unreadable" in caplog.text
    assert endpoint.calls() == another.calls() == []


def test_secret_keys_can_be_changed_one_after_the_other(app, here, ann, endpoint):
    old, new = (
        "a key for tests only and long enough to be taken",
        "another one that is long enough as well",
    )
    chosen(here, ann, own(endpoint))
    talk = Talk(here, ann)
    both = reaching_loopback(app, KeyRing([new, old]))
    assert talk.say(both, SAID[0])["source"] == "model"
    alone = reaching_loopback(app, KeyRing([new]))
    assert "model" not in talk.say(alone, SAID[1])
    row = model_selection.find_model_choice(ann.actor.org_id)
    assert model_settings.get_key_state(alone, row) == "unreadable"
    with pytest.raises(InvalidParameter, match="can no longer be read"):
        chosen(alone, ann, own(endpoint, key=""))
    chosen(alone, ann, own(endpoint, key="", whose="none"))  # it can always be used no more
    chosen(both, ann, own(endpoint, key=""))
    later = reaching_loopback(app, KeyRing([new]))
    assert talk.say(later, SAID[2])["source"] == "model"


# --- what may be chosen -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"whose": "theirs"}, "whose"),
        ({"whose": "own"}, "base_url"),
        ({"whose": "own", "base_url": "https://llm.example/v1"}, "name"),
        ({"whose": "server", "name": "tiny"}, "base_url"),
        ({"whose": "none", "base_url": "https://llm.example/v1"}, "name"),
        ({"whose": "none", "key": OWN_KEY}, "base_url"),
        ({"whose": "own", "base_url": "https://llm.example/v1", "name": "a" * 201}, "name"),
        ({"whose": "own", "base_url": "https://llm.example/v1", "name": "a\nb"}, "name"),
        ({"whose": "own", "base_url": "https://x.example", "name": "a", "key": "a b"}, "api_key"),
        ({"whose": "own", "base_url": "https://x.example", "name": "a", "key": "ké"}, "api_key"),
        ({"whose": "own", "base_url": "https://x.example", "name": "a", "daily_tokens": -1}, "daily_tokens"),
        ({"whose": "own", "base_url": "ftp://x.example", "name": "a"}, "base_url"),
        ({"whose": "none", "base_url": "https://u:p@x.example", "name": "a"}, "base_url"),
        ({"whose": "none", "base_url": "http://169.254.169.254/v1", "name": "a"}, "base_url"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_its_field(services, ann, given, field):
    with pytest.raises(InvalidParameter) as refused:
        chosen(services, ann, ModelSettings(**given))
    assert refused.value.details["field"] == field
    assert model_selection.find_model_choice(ann.actor.org_id) is None


@pytest.mark.parametrize(
    "address", ["10.0.0.7", "127.0.0.1", "169.254.169.254", "::1", "fd00::1"]
)
def test_a_name_that_leads_inside_is_refused_without_telling_where(
    services, ann, monkeypatch, address
):
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: [(2, 1, 6, "", (address, 443))])
    with pytest.raises(InvalidParameter, match="not on the public internet") as refused:
        chosen(services, ann, ModelSettings("own", "https://llm.example/v1", "tiny"))
    assert address not in refused.value.message


def test_whoever_cannot_look_a_name_up_can_still_stop_using_it(
    here, ann, endpoint, monkeypatch
):
    chosen(here, ann, own(endpoint))

    def nowhere(*_, **__):
        raise OSError("no such name")

    monkeypatch.setattr("socket.getaddrinfo", nowhere)
    with pytest.raises(InvalidParameter, match="the host name cannot be resolved"):
        chosen(here, ann, own(endpoint, key=""))
    assert chosen(here, ann, own(endpoint, key="", whose="none")).whose == "none"


def test_what_is_copied_along_is_left_out(here, ann, endpoint):
    row = chosen(
        here, ann,
        own(endpoint, base_url=f" {endpoint.base}/chat/completions/ ", name=" tiny ", key=f" {OWN_KEY}\n"),
    )  # fmt: skip
    assert (row.base_url, row.name) == (endpoint.base, "tiny")
    assert Talk(here, ann).say(here, SAID[0])["source"] == "model"


def test_who_chose_it_and_when_is_kept_and_told_in_the_log(here, ann, endpoint, caplog):
    with caplog.at_level("INFO", "interviewrelay.model"):
        row = chosen(here, ann, own(endpoint))
    assert row.changed_by == ann.email
    assert row.changed_at is not None
    assert "model_chosen" in caplog.text
    assert OWN_KEY not in caplog.text


def test_it_goes_with_its_organization(here, ann, endpoint):
    chosen(here, ann, own(endpoint))
    with transaction():
        empty = Organization(name="Empty", slug="empty")  # the ledger of others stays for ever
        db.session.add(empty)
    model_settings.save_model_settings(here, empty.id, own(endpoint))
    with transaction():
        db.session.execute(delete(Organization).where(Organization.id == empty.id))
    left = db.session.execute(select(ModelChoice.org_id)).scalars().all()
    assert left == [ann.actor.org_id]
