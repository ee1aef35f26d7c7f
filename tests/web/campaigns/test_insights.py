"""What a campaign's interviews come to, by HTTP and as a page."""

import re

import pytest

from interviewrelay.accounts import api_keys
from tests.conftest import logged_in
from tests.factories import a_campaign, a_finished_interview

BUS = "I took the bus, and there was no <b>parking space</b> left at the clinic."
CAR = "By car. The parking space was far from the door, which was horrible."


@pytest.fixture
def campaign(ann):
    return a_campaign(ann, name="Autumn & winter")


@pytest.fixture
def two(services, campaign):
    return [
        a_finished_interview(services, campaign, said, email=f"{n}@x.example")
        for n, said in enumerate((BUS, CAR))
    ]


def test_the_answer_holds_themes_with_quotes_and_what_became_of_each_question(
    client, ann, campaign, two
):
    told = client.get(f"/api/campaigns/{campaign.id}/insights", headers=ann.auth).json
    assert set(told) == {
        "campaign_id", "sessions_read", "is_capped", "sessions", "sentiment", "themes",
        "sentiment_by_question", "drop_off_by_question",
    }  # fmt: skip
    assert told["campaign_id"] == campaign.id
    by_status = {"completed": 2, "abandoned": 0, "in_progress": 0, "failed": 0}
    assert told["sessions"] == {**by_status, "ended_early": 2}
    theme = next(t for t in told["themes"] if "parking space" in t["label"])
    assert set(theme) == {"label", "sessions", "mentions", "sentiment", "quotes"}
    assert {q["session_id"] for q in theme["quotes"]} == {row.id for row in two}
    for quote in theme["quotes"]:
        path = f"/api/sessions/{quote['session_id']}/transcript"
        turns = {t["id"]: t for t in client.get(path, headers=ann.auth).json["turns"]}
        turn = turns[quote["turn_id"]]
        assert turn["text"][quote["start"] : quote["end"]] == quote["text"]
        assert turn["sentiment"] == quote["sentiment"]
    visit = told["drop_off_by_question"][0]
    assert visit == {
        "question_id": "visit", "text": "Please tell me about your last visit.", "reached": 2,
        "answered": 2, "skipped": 0, "stopped_here": 0, "ended_here": visit["ended_here"], "not_asked": 0,
    }  # fmt: skip
    assert told["sentiment_by_question"][0]["sentiment"]["answers"] == 2


def test_who_may_not_read_sessions_may_not_read_what_was_said_in_them(
    client, services, ann, campaign
):
    _, text = api_keys.create_api_key(
        services.ring, ann.membership, "K", permissions=["campaigns:read"]
    )
    path = f"/api/campaigns/{campaign.id}/insights"
    answer = client.get(path, headers={"Authorization": f"Bearer {text}"})
    assert (answer.status_code, answer.json["error"]["code"]) == (403, "FORBIDDEN")


def test_the_page_leads_from_quotes_to_their_turns(desk, campaign, two):
    page = desk.get(f"/campaigns/{campaign.id}/insights").text
    assert "<h1>Insights</h1>" in page
    assert "Autumn &amp; winter" in page
    assert "<b>parking" not in page
    assert "&lt;b&gt;parking space&lt;/b&gt;" in page
    assert "2 of 2 people" in page
    links = set(re.findall(r'href="/sessions/([^"]+)#turn-2"', page))
    assert links == {row.id for row in two}
    for session_id in links:
        assert 'id="turn-2"' in desk.get(f"/sessions/{session_id}").text


def test_bars_are_as_long_as_their_figures_say(desk, services, campaign, two):
    a_finished_interview(services, campaign, email="silent@x.example")
    page = desk.get(f"/campaigns/{campaign.id}/insights").text
    theme = page.partition("parking space&lt;/b&gt; left at the clinic</h3>")[2].partition(
        "</li>"
    )[0]
    assert "2 of 3 people" in theme
    assert '<rect class="part" width="66.67"' in theme
    visit = page.partition('id="drop-off-title"')[2]
    bars = re.findall(r'<rect class="(whole|part)" width="([\d.]+)"', visit)[:2]
    assert bars == [("whole", "100.0"), ("part", "66.67")]


def test_unsure_answers_are_counted_apart_and_never_as_neutral(
    client, desk, ann, services, campaign
):
    for n, said in enumerate(("The parking was great.", "My sister says parking is great.")):
        a_finished_interview(services, campaign, said, email=f"{n}@x.example")
    told = client.get(f"/api/campaigns/{campaign.id}/insights", headers=ann.auth).json
    labels = {"positive": 1, "neutral": 0, "negative": 0, "mixed": 0, "unsure": 1}
    assert told["sentiment"]["labels"] == labels
    assert told["sentiment"]["score"] > 0.5
    page = desk.get(f"/campaigns/{campaign.id}/insights").text
    assert "1 positive, 1 not clear" in page
    assert re.search(r'<rect class="good" width="([\d.]+)"', page)[1] == "50.0"
    held = [
        client.get(f"/api/sessions/{row['id']}", headers=ann.auth).json["sentiment"]
        for row in client.get("/api/sessions", headers=ann.auth).json["sessions"]
    ]
    assert sorted(one["label"] for one in held) == ["positive", "unsure"]


def test_a_campaign_leads_to_its_insights(desk, campaign):
    address = f"/campaigns/{campaign.id}/insights"
    assert f'href="{address}"' in desk.get(f"/campaigns/{campaign.id}").text


def test_without_interviews_the_page_says_what_to_do(app, desk, vic, campaign):
    address = f"/campaigns/{campaign.id}/insights"
    assert f'href="/campaigns/{campaign.id}#invite-people"' in desk.get(address).text
    seen = logged_in(app, vic).get(address).text  # who may not invite is not told to
    assert "#invite-people" not in seen
    assert "Back to campaign" in seen


def test_without_themes_the_page_says_what_it_takes(desk, services, campaign):
    session = a_finished_interview(services, campaign, BUS)
    page = desk.get(f"/campaigns/{campaign.id}/insights").text
    assert "at least two people mention" in page
    assert "Drop-off by question" in page
    assert session.id not in page


def test_a_page_of_part_of_the_sessions_says_so(desk, campaign, two, monkeypatch):
    from interviewrelay.insights import campaign_insights

    monkeypatch.setattr(campaign_insights, "MOST_SESSIONS", 1)
    page = desk.get(f"/campaigns/{campaign.id}/insights").text
    assert "These figures cover only the newest 1 interview." in page


def test_a_session_shows_its_summary_and_themes_beside_the_transcript(desk, services, campaign):
    said = ("I took a crowded bus to the clinic at seven.", "The bus back was an hour late.")
    session = a_finished_interview(services, campaign, *said)
    page = desk.get(f"/sessions/{session.id}").text
    side = page.partition("<aside")[2]
    assert f"{said[0]} … {said[1]}" in side
    assert 'aria-label="The bus back was an hour late, turn 2"' in side
    assert 'href="#turn-4"' in side
