"""The page where an organization chooses whose model words its questions."""

import re

import pytest

from interviewrelay.runtime import model_selection
from interviewrelay.web.middleware.rate_limits import ON_EVERY_PLAN
from interviewrelay.web.ui.formatting import thin
from tests import model_stand_in
from tests.conftest import logged_in
from tests.own_models import OWN_KEY, Talk, chosen, own, reaching_loopback
from tests.web.http.test_resubmission import hidden

SAID = "I went there on Monday because my knee had been swollen for a week."


@pytest.fixture(scope="module")
def endpoint():
    with model_stand_in.serving() as made:
        yield made


@pytest.fixture
def here(app, ann, endpoint):
    endpoint.behave("valid", key=OWN_KEY)
    return reaching_loopback(app)


def filled(endpoint, **more):
    form = {"whose": "own", "base_url": endpoint.base, "name": "tiny", "api_key": OWN_KEY}
    return form | {"daily_tokens": "", "hides_personal_data": "true"} | more


def value(page, name):
    return re.search(rf'<input id="{name}"[^>]* value="([^"]*)"', page)[1]


def test_a_choice_is_made_and_stands_on_the_page(here, ann, desk, endpoint):
    sent = desk.post("/model", data=filled(endpoint, daily_tokens="10 000"))
    assert (sent.status_code, sent.location) == (303, "/model")
    page = desk.get("/model").text
    assert "Interviews are now adaptive and use your own model" in page
    assert value(page, "base_url") == endpoint.base
    assert value(page, "name") == "tiny"
    assert value(page, "daily_tokens") == "10000"
    assert 'value="own" checked' in page
    assert "A key ending in Zx9q is saved" in page
    assert "ann@alder.example" in page.replace("<wbr>", "")
    row = model_selection.find_model_choice(ann.actor.org_id)
    assert (row.hides_personal_data, row.changed_by) == (True, ann.email)
    assert Talk(here, ann).say(here, SAID)["source"] == "model"


def test_what_is_not_ticked_is_not_wanted(here, ann, desk, endpoint):
    form = filled(endpoint)
    del form["hides_personal_data"]
    desk.post("/model", data=form)
    assert model_selection.find_model_choice(ann.actor.org_id).hides_personal_data is False
    desk.post("/model", data=filled(endpoint, api_key="", forgets_key="true"))
    assert model_selection.find_model_choice(ann.actor.org_id).sealed_key is None
    assert "Delete the saved key" not in desk.get("/model").text


def test_errors_stand_beside_their_fields_and_nothing_typed_is_lost_but_the_key(desk, endpoint):
    form = filled(endpoint, base_url="https://llm.example/v1", name="", api_key=OWN_KEY)
    page = desk.post("/model", data=form)
    assert page.status_code == 400
    assert 'id="name-error"' in page.text
    assert value(page.text, "base_url") == "https://llm.example/v1"
    page = desk.post("/model", data=filled(endpoint, daily_tokens="many"))
    assert f"Enter a whole number up to {thin(999_999_999)}" in page.text
    assert value(page.text, "daily_tokens") == "many"
    assert value(page.text, "api_key") == ""
    page = desk.post("/model", data=filled(endpoint, whose="theirs"))
    assert 'id="whose-error"' in page.text


@pytest.mark.parametrize("inside", ["http://127.0.0.1:8000/v1", "https://169.254.169.254/v1"])
def test_what_is_not_public_is_refused_beside_the_address(desk, ann, endpoint, inside):
    page = desk.post("/model", data=filled(endpoint, base_url=inside))
    assert page.status_code == 400
    assert "This address can’t be used: the host is not on the public internet." in page.text
    assert 'id="base_url-error"' in page.text
    assert model_selection.find_model_choice(ann.actor.org_id) is None


def test_the_servers_model_is_named_where_there_is_one(app, desk, endpoint):
    assert "none set up" in desk.get("/model").text
    from interviewrelay.core.ports.language_models import ModelPolicy
    from tests.fakes import FakeModel

    app.extensions["services"].model_selector.server_policy = ModelPolicy(FakeModel())
    assert "The server’s model, fake" in desk.get("/model").text


def test_others_neither_see_nor_change_it(app, here, ann, ben, vic, endpoint):
    chosen(here, ann, own(endpoint, name="of-alder"))
    stranger, viewer = logged_in(app, ben), logged_in(app, vic)
    page = stranger.get("/model").text
    assert "of-alder" not in page
    assert endpoint.base not in page
    assert stranger.post("/model/try").status_code == 404
    assert endpoint.calls() == []
    for answer in (
        viewer.get("/model"),
        viewer.post("/model", data=filled(endpoint, name="of-vic")),
        viewer.post("/model/try"),
    ):
        assert answer.status_code == 403
    assert "Language model" not in viewer.get("/").text
    stranger.post("/model", data=filled(endpoint, whose="none", name="of-birch"))
    row = model_selection.find_model_choice(ann.actor.org_id)
    assert (row.whose, row.name) == ("own", "of-alder")


def test_a_form_without_its_token_changes_nothing_and_carries_no_key(app, ann, desk, endpoint):
    app.config["WTF_CSRF_ENABLED"] = True
    page = desk.post("/model", data=filled(endpoint))
    assert page.status_code == 403
    assert hidden(page.text)["name"] == "tiny"
    assert OWN_KEY not in page.text
    assert model_selection.find_model_choice(ann.actor.org_id) is None
    app.config["WTF_CSRF_ENABLED"] = False
    out = app.test_client().post("/model", data=filled(endpoint))
    assert out.status_code == 401
    assert hidden(out.text)["sent.name"] == "tiny"
    assert OWN_KEY not in out.text


def test_a_key_is_in_no_answer_and_no_log(app, here, ann, client, desk, endpoint, caplog):
    caplog.set_level("DEBUG")
    told = [desk.post("/model", data=filled(endpoint)).text, desk.get("/model").text]
    told.append(desk.post("/model", data=filled(endpoint, name="")).text)
    told.append(desk.post("/model/try").text)
    talk = Talk(here, ann)
    told.append(str(talk.say(here, SAID)))
    for behaviour in ("401", "leading", "hangs up"):
        endpoint.behave(behaviour, key=OWN_KEY)
        told += [str(talk.say(here, "The waiting was long.")), desk.post("/model/try").text]
    listed = client.get("/api/sessions", headers=ann.auth)
    (found,) = listed.json["sessions"]
    for path in (
        f"/api/sessions/{found['id']}",
        f"/api/sessions/{found['id']}/transcript",
        f"/api/campaigns/{found['campaign_id']}/transcripts?format=jsonl",
        f"/sessions/{found['id']}",
    ):
        who = client if path.startswith("/api") else desk
        told.append(who.get(path, headers=ann.auth).text)
    sent = {"email": "pat@example.com"}
    told.append(client.post("/api/participants/export", json=sent, headers=ann.auth).text)
    logged = [str(vars(record)) for record in caplog.records]
    assert sum("tiny" in text for text in told) >= 10  # there was something to be told
    assert OWN_KEY not in "\n".join([*told, listed.text, *logged])


# --- trying it ----------------------------------------------------------------------------------


def test_a_trial_shows_what_it_would_ask(here, ann, desk, endpoint):
    assert "Save your own model first" in desk.get("/model").text
    chosen(here, ann, own(endpoint))
    page = desk.post("/model/try")
    assert page.status_code == 200
    for words in (
        "the model would ask",
        "Then what did you do?",
        "JSON with a schema",
        "760",
        " seconds",
    ):
        assert words in page.text
    with_htmx = desk.post("/model/try", headers={"HX-Request": "true"})
    assert 'id="trial"' in with_htmx.text
    assert "Then what did you do?" in with_htmx.text


def test_a_trial_that_fails_says_why(here, ann, desk, endpoint):
    chosen(here, ann, own(endpoint))
    endpoint.behave("two questions", key=OWN_KEY)
    page = desk.post("/model/try").text
    assert "it asks more than one thing" in page
    endpoint.behave("401", key=OWN_KEY)
    page = desk.post("/model/try").text
    assert "rejected the key (status 401)" in page
    assert "Reply format" not in page


def test_trials_are_counted(here, ann, desk, endpoint, app, ben):
    chosen(here, ann, own(endpoint, base_url="http://127.0.0.1:1/v1"))
    for _ in range(ON_EVERY_PLAN["trial"]):
        assert desk.post("/model/try").status_code == 200
    last = desk.post("/model/try")
    assert last.status_code == 429
    assert f"Too many model tests: the limit is {ON_EVERY_PLAN['trial']} per hour" in last.text
    assert int(last.headers["Retry-After"]) > 0
    assert 'id="trial"' in last.text
    assert desk.get("/model").status_code == 200


def test_a_key_that_cannot_be_read_is_told_on_the_page(app, here, ann, desk, endpoint):
    from sqlalchemy import text

    from interviewrelay.core.db.session import db, transaction

    chosen(here, ann, own(endpoint))
    with transaction():
        db.session.execute(text("UPDATE model_choice SET sealed_key = 'x'"))
    assert "The API key can’t be read" in desk.get("/model").text


def test_whoever_opens_the_address_of_a_trial_is_led_to_the_page(desk):
    found = desk.get("/model/try")
    assert (found.status_code, found.location) == (303, "/model")
