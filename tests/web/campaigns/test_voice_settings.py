"""How people answer: in the API, and in the forms of the dashboard."""

import pytest
from sqlalchemy import select

from interviewrelay.core.db.session import db
from interviewrelay.models import Campaign
from tests.factories import a_campaign, a_script
from tests.fakes import speech_engines

ENGINES = speech_engines()


@pytest.fixture
def speech(request):
    return getattr(request, "param", None)


with_speech = pytest.mark.parametrize("speech", [ENGINES], indirect=True)


def settings():
    query = select(Campaign).execution_options(populate_existing=True)
    return db.session.execute(query).scalar_one().settings


def body(ann, **more):
    return {
        "name": "C", "script_id": a_script(ann).id, "project_id": a_campaign(ann).project_id,
        "settings": more,
    }  # fmt: skip


def test_a_campaign_by_voice_without_an_engine_is_refused_with_what_to_do(client, ann):
    sent = body(ann, mode="voice")
    refused = client.post("/api/campaigns", json=sent, headers=ann.auth)
    error = refused.json["error"]
    assert (refused.status_code, error["code"]) == (400, "INVALID_PARAMETER")
    assert error["details"] == {"field": "settings.mode", "expected": "text or both"}
    assert "pip install interviewrelay[voice]" in error["message"]
    sent["settings"] = {"mode": "both"}
    made = client.post("/api/campaigns", json=sent, headers=ann.auth)
    assert made.status_code == 201
    path = f"/api/campaigns/{made.json['id']}"
    again = client.patch(path, json={"settings": {"mode": "voice"}}, headers=ann.auth)
    assert again.json["error"]["details"]["field"] == "settings.mode"


@with_speech
def test_a_campaign_by_voice_has_a_glossary(client, ann):
    told = {"mode": "voice", "recording": False, "glossary": ["Xarelto", " Dr. Okafor "]}
    made = client.post("/api/campaigns", json=body(ann, **told), headers=ann.auth)
    assert made.status_code == 201
    assert made.json["settings"]["glossary"] == ["Xarelto", "Dr. Okafor"]


@pytest.mark.parametrize("glossary", [["x" * 61], [""], ["a"] * 51, "Xarelto", [1]])
def test_a_wrong_glossary_is_refused(client, ann, glossary):
    refused = client.post("/api/campaigns", json=body(ann, glossary=glossary), headers=ann.auth)
    assert refused.status_code == 400
    assert refused.json["error"]["details"]["field"].startswith("settings.glossary")


FORM = {
    "name": "Autumn", "invite_valid_hours": "7", "unit": "24", "starts_at": "", "ends_at": "",
    "max_completed": "", "settings.target_minutes": "", "settings.autonomy": "guide",
    "reminder_hours_before": "", "custom_message": "",
}  # fmt: skip


@with_speech
def test_the_settings_page_changes_how_people_answer(desk, ann):
    path = f"/campaigns/{a_campaign(ann).id}/settings"
    assert "can’t recognize speech" not in desk.get(path).text
    sent = {
        "settings.mode": "voice", "settings.recording": "false",
        "settings.glossary": "Xarelto, Dr. Okafor\r\nXarelto\r\n",
    }  # fmt: skip
    assert desk.post(path, data={**FORM, **sent}).status_code == 303
    wanted = {"mode": "voice", "recording": False, "glossary": ["Xarelto", "Dr. Okafor"]}
    assert settings() == wanted
    page = desk.get(path).text
    assert '<option value="voice" selected>' in page
    assert '<option value="false" selected>' in page
    assert "Xarelto\nDr. Okafor" in page
    back = {"settings.mode": "text", "settings.recording": "true", "settings.glossary": ""}
    desk.post(path, data={**FORM, **back})
    assert settings() == {"mode": "text", "recording": True}


def test_without_an_engine_the_page_says_what_to_do(desk, ann):
    path = f"/campaigns/{a_campaign(ann).id}/settings"
    assert "pip install interviewrelay[voice]" in desk.get(path).text
    refused = desk.post(path, data={**FORM, "settings.mode": "voice"})
    assert refused.status_code == 400
    assert "voice only" in refused.text
    assert settings() == {}
    assert desk.post(path, data={**FORM, "settings.mode": "both"}).status_code == 303
    assert settings() == {"mode": "both"}


def test_a_form_without_these_fields_leaves_them(desk, ann):
    path = f"/campaigns/{a_campaign(ann, settings={'mode': 'both', 'glossary': ['A']}).id}/settings"
    desk.post(path, data=FORM)
    assert settings() == {"mode": "both", "glossary": ["A"]}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("settings.mode", "song"),
        ("settings.recording", "maybe"),
        ("settings.glossary", "x" * 61),
    ],
)
def test_wrong_values_are_told_at_their_field(desk, ann, field, value):
    path = f"/campaigns/{a_campaign(ann).id}/settings"
    refused = desk.post(path, data={**FORM, field: value})
    assert refused.status_code == 400
    assert f'href="#{field}' in refused.text
