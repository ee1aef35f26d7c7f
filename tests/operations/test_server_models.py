"""The server's model is found on the same machine, tried, and chosen by its administrator alone."""

import socket

import pytest
from sqlalchemy import select

from interviewrelay.adapters.language_models import local_servers
from interviewrelay.core.db.session import db
from interviewrelay.core.errors import Conflict, Forbidden, InvalidParameter
from interviewrelay.core.ports.language_models import ModelPolicy
from interviewrelay.dashboard import model_reminder, overview
from interviewrelay.interviews import model_settings
from interviewrelay.interviews.model_settings import ModelSettings
from interviewrelay.models import AuditEntry
from interviewrelay.operations import server_models
from interviewrelay.runtime import model_selection
from tests import model_stand_in
from tests.fakes import FakeModel
from tests.own_models import Talk, chosen, looking_at, own

SAID = "I went there on Monday because my knee had been swollen for a week."


@pytest.fixture(scope="module")
def endpoint():
    with model_stand_in.serving() as made:
        yield made


@pytest.fixture(scope="module")
def another():
    with model_stand_in.serving() as made:
        yield made


@pytest.fixture
def nobody():
    """A port of this machine on which nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """However busy the machine is, an answer is waited for."""
    monkeypatch.setattr(local_servers, "SECONDS", 600.0)
    monkeypatch.setattr(server_models, "TRIAL_SECONDS", 600.0)


@pytest.fixture
def here(app, endpoint, another, nobody):
    endpoint.behave("valid", key="")
    another.behave("valid", key="")
    return looking_at(app, endpoint.port, another.port, nobody)


def used(talk, services, said=SAID):
    return talk.say(services, said).get("model", {}).get("name")


# --- looking ------------------------------------------------------------------------------------


def test_each_served_model_is_found_by_name_and_silent_ports_are_left_out(
    here, root, endpoint, another, nobody
):
    endpoint.behave("valid", key="", lists=["llama3.2:3b", "qwen <b>3</b>"])
    search = server_models.find_models(here, root.actor)
    assert search.ports == (endpoint.port, another.port, nobody)
    assert [(one.port, list(one.models), one.problem) for one in search.found] == [
        (endpoint.port, ["llama3.2:3b", "qwen <b>3</b>"], ""),
        (another.port, ["tiny"], ""),
    ]
    assert endpoint.calls() == []  # no model was asked anything


@pytest.mark.parametrize(
    ("lists", "words"),
    [
        ([], "It has no models"),
        ("HTML", "not a model server"),
        ("no body", "not a model server"),
        ("valid", "not a model server"),
        ("401", "requires a key (status 401)"),
        ("404", "probably not a model server"),
        ("500", "does not respond like a model server: status 500"),
        ("redirects", "status 302"),
        ("hangs up", "closed the connection"),
        ("no HTTP", "doesn’t respond to HTTP"),
        ("huge output", "answer too large"),
    ],
)
def test_what_does_not_answer_rightly_is_told_with_the_reason(
    here, root, endpoint, another, lists, words
):
    if lists == "valid":
        endpoint.behave("valid", key="", lists="no choices")
    else:
        endpoint.behave("valid", key="", lists=lists)
    bad, good = server_models.find_models(here, root.actor).found
    assert (bad.port, bad.models) == (endpoint.port, ())
    assert words in bad.problem
    assert good.models == ("tiny",)


def test_one_that_does_not_answer_is_told_in_time(here, root, endpoint, monkeypatch):
    monkeypatch.setattr(local_servers, "SECONDS", 0.3)
    endpoint.behave("valid", key="", lists="hangs")
    found = {one.port: one for one in server_models.find_models(here, root.actor).found}
    assert "within two seconds" in found[endpoint.port].problem


def test_our_own_port_is_never_looked_at(app, root, endpoint):
    services = looking_at(app, endpoint.port, port=endpoint.port)
    assert server_models.find_models(services, root.actor) == server_models.ModelSearch((), [])
    behind = looking_at(app, endpoint.port, base_url=f"http://localhost:{endpoint.port}")
    assert server_models.find_models(behind, root.actor).ports == ()
    with pytest.raises(InvalidParameter, match="can’t be used: it is not in LLM_LOCAL_PORTS"):
        server_models.use_model(behind, root.actor, endpoint.port, "tiny")
    assert endpoint.calls() == []


def test_nothing_but_127_0_0_1_can_be_called():
    with pytest.raises(local_servers.OutboundRefused):
        local_servers.GUARD.resolve("http://127.0.0.2:11434/v1/models")
    with pytest.raises(local_servers.OutboundRefused):
        local_servers.GUARD.resolve("http://[::1]:11434/v1/models")
    assert local_servers.build_base_url(11434) == "http://127.0.0.1:11434/v1"


def test_an_owner_neither_looks_nor_tries_nor_chooses(here, ann, endpoint):
    for act in (
        lambda: server_models.find_models(here, ann.actor),
        lambda: server_models.try_model(here, ann.actor, endpoint.port, "tiny"),
        lambda: server_models.use_model(here, ann.actor, endpoint.port, "tiny"),
        lambda: server_models.stop_using_model(ann.actor),
    ):
        with pytest.raises(Forbidden):
            act()
    with pytest.raises(InvalidParameter, match="not on the public internet"):
        chosen(here, ann, own(endpoint))  # nor does a search open this machine to them
    assert endpoint.calls() == []


# --- trying -------------------------------------------------------------------------------------


def test_a_trial_asks_through_the_products_own_path_and_switches_nothing_on(
    here, root, ann, endpoint
):
    trial = server_models.try_model(here, root.actor, endpoint.port, "tiny")
    assert (trial.name, trial.problem, trial.caution) == ("tiny", "", "")
    assert trial.question.startswith("Then ")
    (call,) = endpoint.calls()
    assert call["model"] == "tiny"
    assert SAID in str(call)
    assert model_selection.find_server_model() is None
    assert used(Talk(here, ann), here) is None


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        ("two questions", "it asks more than one thing"),
        ("plain talk", "not in the requested JSON"),
        ("404", "address or model wasn’t found"),
        ("HTML", "not a chat completion"),
        ("hangs up", "Nothing responds"),
    ],
)
def test_a_trial_that_fails_says_why(here, root, endpoint, behaviour, words):
    endpoint.behave(behaviour, key="")
    assert words in server_models.try_model(here, root.actor, endpoint.port, "tiny").problem


def test_one_that_is_slower_than_an_interview_waits_says_so(app, root, endpoint):
    services = looking_at(app, endpoint.port, llm_patience_seconds=0)
    endpoint.behave("valid", key="")
    trial = server_models.try_model(services, root.actor, endpoint.port, "tiny")
    assert trial.question
    assert trial.ms > 0
    assert "too slow" in trial.caution
    assert "LLM_PATIENCE_SECONDS" in trial.caution


def test_only_what_was_looked_at_can_be_tried(here, root, endpoint):
    for port, name in (
        (endpoint.port + 1, "tiny"),
        (0, "tiny"),
        (endpoint.port, ""),
        (endpoint.port, "a\nb"),
    ):
        with pytest.raises(InvalidParameter):
            server_models.try_model(here, root.actor, port, name)
        with pytest.raises(InvalidParameter):
            server_models.use_model(here, root.actor, port, name)
    assert endpoint.calls() == []


# --- choosing -----------------------------------------------------------------------------------


def test_it_listens_from_the_next_answer_on_in_all_processes_and_after_a_restart(
    app, here, root, ann, endpoint, another, nobody
):
    elsewhere = looking_at(app, endpoint.port, another.port)
    talk = Talk(here, ann)
    assert used(talk, here) is None
    another.behave("valid", key="", lists=["other"])
    server_models.use_model(here, root.actor, endpoint.port, "tiny")
    assert used(talk, elsewhere) == "tiny"
    server_models.use_model(here, root.actor, another.port, "other")
    assert used(talk, elsewhere) == "other"
    assert used(talk, here) == "other"
    restarted = looking_at(app, endpoint.port, another.port)
    assert used(Talk(restarted, ann, "b@x.example"), restarted) == "other"
    assert restarted.model_selector.grace_seconds() == 1200.0
    server_models.stop_using_model(root.actor)
    assert used(talk, here) is None
    assert here.model_selector.grace_seconds() == 0.0


def test_who_chose_it_is_kept_and_audited(here, root, endpoint):
    row = server_models.use_model(here, root.actor, endpoint.port, "tiny")
    assert (row.port, row.name, row.changed_by) == (endpoint.port, "tiny", root.email)
    server_models.stop_using_model(root.actor)
    told = db.session.execute(select(AuditEntry.about).order_by(AuditEntry.at)).scalars().all()
    assert told[-2:] == ["tiny", "no model"]


def test_what_is_not_served_now_is_not_chosen(here, root, endpoint, another):
    with pytest.raises(InvalidParameter, match="llama isn’t available on port"):
        server_models.use_model(here, root.actor, endpoint.port, "llama")
    endpoint.behave("valid", key="", lists=[])
    with pytest.raises(InvalidParameter, match="It has no models"):
        server_models.use_model(here, root.actor, endpoint.port, "tiny")
    assert model_selection.find_server_model() is None


def test_the_environment_wins(app, here, root, ann, endpoint):
    server_models.use_model(here, root.actor, endpoint.port, "tiny")
    here.model_selector.server_policy = ModelPolicy(FakeModel())
    assert here.model_selector.for_server().model.name == "fake"
    assert used(Talk(here, ann), here) == "fake"
    with pytest.raises(Conflict, match="LLM_BASE_URL"):
        server_models.use_model(here, root.actor, endpoint.port, "tiny")
    here.model_selector.server_policy = None
    assert here.model_selector.for_server().model.name == "tiny"  # it was not forgotten


def test_an_organizations_choice_goes_before_it(app, here, root, ann, ben, endpoint):
    server_models.use_model(here, root.actor, endpoint.port, "tiny")
    model_settings.save_model_settings(here, ben.actor.org_id, ModelSettings("none"))
    assert used(Talk(here, ben), here) is None
    assert used(Talk(here, ann), here) == "tiny"
    assert here.model_selector.for_organization(ben.actor.org_id) is None
    assert here.model_selector.for_organization(ann.actor.org_id).model.name == "tiny"


def test_a_port_that_the_settings_took_away_is_called_no_more(app, here, root, ann, endpoint):
    server_models.use_model(here, root.actor, endpoint.port, "tiny")
    later = looking_at(app)
    assert used(Talk(later, ann), later) is None
    assert endpoint.calls() == []


def test_one_that_is_gone_leaves_the_interviewers_own_words(app, root, ann):
    with model_stand_in.serving() as endpoint:
        services = looking_at(app, endpoint.port)
        endpoint.behave("valid", key="")
        server_models.use_model(services, root.actor, endpoint.port, "tiny")
    decision = Talk(services, ann).say(services, SAID)
    assert decision["source"] != "model"
    assert decision["model"]["used"] is False


# --- the reminder -------------------------------------------------------------------------------


def reminds(services, actor):
    return model_reminder.needs_reminder(
        services, actor, overview.get_overview(actor).model_facts
    )


def test_those_who_may_change_it_are_reminded_until_they_dismiss_it(here, root, ann, vic):
    assert reminds(here, ann.actor)
    assert reminds(here, root.actor)
    assert not reminds(here, vic.actor)
    model_reminder.dismiss_reminder(ann.actor)
    assert not reminds(here, ann.actor)
    assert reminds(here, root.actor)


def test_nobody_is_reminded_once_something_was_chosen(here, root, ann, ben, endpoint):
    model_settings.save_model_settings(here, ben.actor.org_id, ModelSettings("none"))
    assert not reminds(here, ben.actor)
    server_models.use_model(here, root.actor, endpoint.port, "tiny")
    assert not reminds(here, ann.actor)
    server_models.stop_using_model(root.actor)
    here.model_selector.server_policy = ModelPolicy(FakeModel())
    assert not reminds(here, ann.actor)
