"""Trying an organization's model says what it can do, what it would ask, or why it came to nothing."""

import pytest

from interviewrelay.core.errors import NotFound
from interviewrelay.core.security.tokens import KeyRing
from interviewrelay.interviewer.wording import style_rules
from interviewrelay.interviews.model_settings import ModelSettings
from interviewrelay.simulations import model_trial
from tests import model_stand_in
from tests.own_models import OWN_KEY, Talk, chosen, own, reaching_loopback


@pytest.fixture(scope="module")
def endpoint():
    with model_stand_in.serving() as made:
        yield made


@pytest.fixture
def here(app, endpoint):
    endpoint.behave("valid", key=OWN_KEY)
    return reaching_loopback(app)


def tried(services, somebody):
    return model_trial.try_chosen_model(services, somebody.actor.org_id)


@pytest.mark.parametrize(
    ("behaviour", "form"),
    [
        ("valid", "json_schema"),
        ("knows only max_completion_tokens", "json_schema"),
        ("knows only json_object", "json_object with a schema"),
        ("knows only text", "text"),
    ],
)
def test_a_model_that_does_well_is_told_with_its_question(here, ann, endpoint, behaviour, form):
    chosen(here, ann, own(endpoint))
    endpoint.behave(behaviour, key=OWN_KEY)
    trial = tried(here, ann)
    assert (trial.name, trial.form, trial.tokens, trial.problem) == ("tiny", form, 760, "")
    assert trial.question.startswith("Then ")
    assert style_rules.list_violations(trial.question) == ()
    assert trial.ms >= 0


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        ("two questions", "was rejected: it asks more than one thing"),
        ("plain talk", "not in the requested JSON format"),
        ("401", "rejected the key"),
        ("404", "wasn’t found (status 404)"),
        ("429", "credit is used up"),
        ("500", "call failed: status 500"),
        ("redirects", "call failed: status 302"),
        ("hangs up", "Nothing responds"),
        ("HTML", "not a chat completion"),
        ("cut off", "fewer tokens for reasoning"),
    ],
)
def test_a_model_that_does_not_is_told_in_a_sentence(here, ann, endpoint, behaviour, words):
    chosen(here, ann, own(endpoint))
    endpoint.behave(behaviour, key=OWN_KEY)
    trial = tried(here, ann)
    assert words in trial.problem
    assert trial.question == ""
    assert bool(trial.form) == ("The model replied" in trial.problem)


def test_one_that_is_gone_is_told_as_gone(here, ann, endpoint):
    chosen(here, ann, own(endpoint, base_url="http://127.0.0.1:1/v1"))
    assert tried(here, ann).problem == "Nothing responds at this address."


def test_it_can_be_tried_before_it_is_used(here, ann, endpoint):
    chosen(here, ann, own(endpoint, whose="none"))
    assert tried(here, ann).question
    assert "model" not in Talk(here, ann).say(here, model_trial.SAID)


def test_nothing_to_try_is_not_there(here, ann):
    with pytest.raises(NotFound, match="Set it up, then test it"):
        tried(here, ann)
    chosen(here, ann, ModelSettings("none"))
    with pytest.raises(NotFound):
        tried(here, ann)


def test_a_key_that_cannot_be_read_is_told(app, here, ann, endpoint):
    chosen(here, ann, own(endpoint))
    other = reaching_loopback(app, KeyRing(["another one that is long enough as well"]))
    assert "can no longer be read" in tried(other, ann).problem
    assert endpoint.calls() == []


def test_trials_cost_what_they_cost_and_begin_no_rest(here, ann, endpoint):
    chosen(here, ann, own(endpoint, daily_tokens=12_000))
    endpoint.behave("500", key=OWN_KEY)
    for _ in range(3):
        tried(here, ann)
    endpoint.behave("valid", key=OWN_KEY)
    assert Talk(here, ann).say(here, model_trial.SAID)["source"] == "model"
    for _ in range(20):
        last = tried(here, ann)
        if last.problem:
            break
    assert last.problem == "Today’s token limit is reached."


def test_nothing_of_the_organization_is_sent(here, ann, endpoint):
    chosen(here, ann, own(endpoint))
    tried(here, ann)
    (call,) = endpoint.calls()
    assert model_trial.SAID in str(call)
    assert "Alder" not in str(call)
    assert ann.actor.org_id not in str(call)
