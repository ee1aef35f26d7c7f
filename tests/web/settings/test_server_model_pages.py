"""The pages on the server's model: looking, trying, choosing, and the overview's reminder."""

import re

import pytest

from interviewrelay.core.ports.language_models import ModelPolicy
from interviewrelay.interviews import turn_store
from interviewrelay.runtime import model_selection
from tests import model_stand_in
from tests.conftest import PASSWORD, logged_in
from tests.factories import a_campaign, a_script, an_invite
from tests.fakes import FakeModel
from tests.own_models import looking_at

OWNER = {
    "organization": "Alder Research",
    "name": "Ann",
    "email": "ann@alder.example",
    "password": PASSWORD,
}


@pytest.fixture(scope="module")
def endpoint():
    with model_stand_in.serving() as made:
        yield made


@pytest.fixture
def here(app, endpoint):
    endpoint.behave("valid", key="", lists=["tiny", "<b>bold</b>"])
    return looking_at(app, endpoint.port)


@pytest.fixture
def admin(app, here, root):
    return logged_in(app, root)


def picked(endpoint, name="tiny"):
    return {"model": f"{endpoint.port} {name}"}


def test_setting_up_leads_to_the_model_and_on_to_the_overview(app, here, endpoint):
    browser = app.test_client()
    sent = browser.post("/setup", data=OWNER)
    assert (sent.status_code, sent.location) == (303, "/admin/model")
    page = browser.get("/admin/model").text
    for words in (
        "interviews are <strong>structured</strong>",
        "interviews are <strong>adaptive</strong>",
        f"tiny, on port {endpoint.port}",
        "No model is set up. Interviews are structured",
        "Continue without a model",
        "&lt;b&gt;bold&lt;/b&gt;",
    ):
        assert words in page
    used = browser.post("/admin/model", data=picked(endpoint))
    assert (used.status_code, used.location) == (303, "/admin/model")
    page = browser.get("/admin/model").text
    assert "New interviews are now adaptive and use tiny." in page
    assert "Go to the overview" in page
    assert "No language model is set up" not in browser.get("/").text
    assert "tiny" in browser.get("/admin/health").text
    assert "The server’s model, tiny" in browser.get("/model").text
    assert "Adaptive interviews with tiny." in browser.get("/settings").text
    browser.post("/admin/model/stop")
    assert model_selection.find_server_model() is None
    assert "Structured interviews, no language model." in browser.get("/settings").text


def test_a_model_of_the_environment_is_named_and_not_changed(app, here, root, endpoint):
    here.model_selector.server_policy = ModelPolicy(FakeModel())
    admin = logged_in(app, root)
    page = admin.get("/admin/model").text
    assert "set by <code>LLM_BASE_URL</code>" in page
    assert ">Use it<" not in page
    assert admin.post("/admin/model", data=picked(endpoint)).status_code == 303
    assert "The server’s model is set by LLM_BASE_URL" in admin.get("/admin/model").text
    assert model_selection.find_server_model() is None


def test_a_trial_is_shown_with_its_question_and_its_seconds(admin, endpoint):
    page = admin.post("/admin/model/try", data=picked(endpoint)).text
    for words in (
        "the model would ask",
        "Then what did you do?",
        " seconds",
        f'value="{endpoint.port} tiny" checked',
    ):
        assert words in page
    assert model_selection.find_server_model() is None
    endpoint.behave("plain talk", key="")
    assert (
        "not in the requested JSON"
        in admin.post("/admin/model/try", data=picked(endpoint)).text
    )


@pytest.mark.parametrize("model", ["", "tiny", "x tiny", "1 tiny", "99999999999 tiny", "22 "])
@pytest.mark.parametrize("path", ["/admin/model", "/admin/model/try"])
def test_what_was_not_found_is_refused_in_words(admin, path, model):
    refused = admin.post(path, data={"model": model})
    assert refused.status_code == 400
    assert "Choose one of the models" in refused.text or "can’t be used" in refused.text
    assert model_selection.find_server_model() is None


def test_what_cannot_be_used_is_told_with_its_reason(admin, endpoint):
    endpoint.behave("valid", key="", lists="HTML")
    page = admin.get("/admin/model").text
    assert f"Port {endpoint.port} responds but can’t" in page
    assert "not a model server" in page
    assert "No models found" in page


def test_to_an_owner_the_page_is_not_there(app, here, ann, desk, endpoint):
    for answer in (
        desk.get("/admin/model"),
        desk.post("/admin/model", data=picked(endpoint)),
        desk.post("/admin/model/try", data=picked(endpoint)),
        desk.post("/admin/model/stop"),
    ):
        assert answer.status_code == 404
    assert "/admin/model" not in desk.get("/").text
    assert "/admin/model" not in desk.get("/model").text
    assert endpoint.calls() == []


def test_the_overview_reminds_until_it_is_dismissed(app, here, desk, vic, root):
    page = desk.get("/").text
    assert "No language model is set up" in page
    assert 'href="/model"' in page
    assert 'href="/admin/model"' in logged_in(app, root).get("/").text
    assert "no language model" not in logged_in(app, vic).get("/").text
    sent = desk.post("/model/reminder")
    assert (sent.status_code, sent.location) == (303, "/")
    assert "No language model is set up" not in desk.get("/").text
    assert "No language model is set up" not in logged_in(app, root).get("/login").text


# --- what participants agree to, and what the pages call it ---------------------------------------

SAID = "I went there on Monday because my knee had been swollen for a week."


def begun(client, token, **sent):
    return client.post(f"/interview/{token}/start", json={"consent": True, **sent})


def agreed(services, invite):
    from interviewrelay.interviews import state

    return state.find_interview(invite).consent.text


def test_what_is_agreed_to_as_structured_stays_so(here, app, admin, ann, client, endpoint):
    (first, one), (second, two) = (
        an_invite(here, a_campaign(ann), email) for email in ("a@x.example", "b@x.example")
    )
    page = client.get(f"/interview/{one}").text
    assert "This is a structured interview" in page
    read = re.search(r'name="consent_version" value="(\w+)"', page)[1]
    admin.post("/admin/model", data=picked(endpoint))
    assert (
        "This is an adaptive interview: a language model reads"
        in client.get(f"/interview/{two}").text
    )
    # The first one read the text of before; it holds for them.
    sent = {"consent": "true", "consent_version": read}
    assert client.post(f"/interview/{one}/start", data=sent).status_code == 303
    assert begun(client, two).status_code == 201
    assert "structured interview" in agreed(here, first)
    assert "adaptive interview" in agreed(here, second)
    for token in (one, two):
        client.post(f"/interview/{token}/turns", json={"number": 2, "text": SAID})
    assert len(endpoint.calls()) == 1
    asked = [turn_store.get_snapshot(row.id).turns[-1].decision for row in (first, second)]
    assert ["model" in decision for decision in asked] == [False, True]


def test_who_sends_no_version_agrees_to_what_holds_now(here, admin, ann, client, endpoint):
    admin.post("/admin/model", data=picked(endpoint))
    invite, token = an_invite(here, a_campaign(ann))
    told = client.get(f"/interview/{token}", headers={"Accept": "application/json"}).json
    assert "adaptive interview" in told["consent"]["text"]
    assert begun(client, token, consent_version="of another time").status_code == 201
    assert "adaptive interview" in agreed(here, invite)
    admin.post("/admin/model/stop")
    again = client.get(f"/interview/{token}", headers={"Accept": "application/json"}).json
    assert again["consent"] == told["consent"]  # as it was agreed to


def test_a_text_of_the_authors_forbids_no_model(here, admin, ann, client, endpoint):
    script = a_script(ann, consent_text="Do you agree?")
    _, token = an_invite(here, a_campaign(ann, script=script))
    begun(client, token)
    admin.post("/admin/model", data=picked(endpoint))
    client.post(f"/interview/{token}/turns", json={"number": 2, "text": SAID})
    assert len(endpoint.calls()) == 1


def test_no_model_is_promised_in_a_language_that_none_is_asked_in(
    here, admin, ann, client, endpoint
):
    admin.post("/admin/model", data=picked(endpoint))
    script = a_script(ann, language="ar")
    campaign = a_campaign(ann, script=script)
    _, token = an_invite(here, campaign)
    assert "مقابلة منظَّمة" in client.get(f"/interview/{token}").text


def test_campaigns_and_sessions_say_which_it_is(here, admin, ann, desk, client, endpoint):
    campaign = a_campaign(ann)
    first, one = an_invite(here, campaign, "a@x.example")
    begun(client, one)
    client.post(f"/interview/{one}/turns", json={"number": 2, "text": SAID})
    assert "<span>Structured interviews</span>" in desk.get(f"/campaigns/{campaign.id}").text
    admin.post("/admin/model", data=picked(endpoint))
    assert "Adaptive interviews, with tiny" in desk.get(f"/campaigns/{campaign.id}").text
    second, two = an_invite(here, campaign, "b@x.example")
    begun(client, two)
    client.post(f"/interview/{two}/turns", json={"number": 2, "text": SAID})
    pages = [
        desk.get(f"/sessions/{turn_store.get_snapshot(row.id).id}").text
        for row in (first, second)
    ]
    assert "<dt>Interview type</dt><dd>Structured</dd>" in pages[0]
    assert "<dt>Interview type</dt><dd>Adaptive, with tiny</dd>" in pages[1]
