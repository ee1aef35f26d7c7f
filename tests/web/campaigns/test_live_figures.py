"""The campaign's page: what lives on it, and what its pictures say."""

import re

import pytest

from interviewrelay.interviews import interviews
from tests.conftest import logged_in
from tests.factories import (
    a_campaign,
    a_finished_interview,
    a_whole_interview,
    an_interview,
    an_invite,
)

HTMX = {"HX-Request": "true", "X-Watching": "1"}


@pytest.fixture
def campaign(ann):
    return a_campaign(ann)


@pytest.fixture
def live(campaign):
    return f"/campaigns/{campaign.id}/live"


def test_the_live_part_is_the_same_to_the_byte_until_something_happens(
    desk, services, campaign, live
):
    an_invite(services, campaign, "waits@x.example")
    first = desk.get(live, headers=HTMX)
    again = desk.get(live, headers={**HTMX, "If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    assert again.data == b""
    a_whole_interview(services, campaign, "It took an hour.")
    then = desk.get(live, headers={**HTMX, "If-None-Match": first.headers["ETag"]})
    assert then.status_code == 200
    assert "2 invited, 1 opened, 1 started, 1 completed." in then.text
    assert "<html" not in then.text


def test_the_page_holds_the_live_part_as_it_is(desk, services, campaign, live):
    a_finished_interview(services, campaign, "It took an hour.")
    page, part = desk.get(f"/campaigns/{campaign.id}").text, desk.get(live).text
    plain = [re.sub(r"\s+", " ", text) for text in (page, part)]
    assert plain[1].strip() in plain[0]


def test_who_is_logged_out_meanwhile_keeps_the_page(app, ann, live):
    stranger = app.test_client()
    answer = stranger.get(live, headers=HTMX)
    assert (answer.status_code, answer.data) == (204, b"")
    assert "HX-Redirect" not in answer.headers


def test_the_figures_add_up(desk, services, campaign, live):
    an_invite(services, campaign, "waits@x.example")
    an_interview(services, campaign, "Fine.", email="talks@x.example")
    a_finished_interview(services, campaign, "It took an hour.", email="ends@x.example")
    a_whole_interview(services, campaign, "It took an hour.", email="done@x.example")
    text = desk.get(live).text
    shown = dict(re.findall(r'<dt>([^<]+)</dt><dd class="value">(?:<a [^>]*>)?([^<]+)<', text))
    assert shown["Not started"] == "1"
    assert shown["In progress"] == "1"
    assert shown["Abandoned"] == "0"
    assert shown["Ended early"] == "1"
    assert shown["Completion rate"] == "33%"
    listed = desk.get(f"/sessions?campaign_id={campaign.id}").text
    assert listed.count("Ended early</span>") == 1


def test_drop_off_and_time_are_told_by_question(desk, services, campaign):
    an_interview(services, campaign, "It took an hour.", email="a@x.example")
    page = desk.get(f"/campaigns/{campaign.id}").text
    assert "Based on 1 interview." in page
    assert 'aria-label="Drop-off by question"' in page
    assert "Please tell me about your last visit." in page


def test_a_new_campaign_shows_no_empty_pictures(desk, campaign):
    page = desk.get(f"/campaigns/{campaign.id}").text
    assert "Question by question" not in page
    assert "No interviews in 30 days." in page


def test_a_viewer_sees_them_too(app, vic, services, campaign, live):
    assert logged_in(app, vic).get(live).status_code == 200


def test_names_in_a_script_are_text(desk, services, ann):
    from tests.factories import a_script

    script = a_script(ann, questions=[{"id": "q", "text": 'What <b>of</b> "this"?'}])
    campaign = a_campaign(ann, script=script)
    invite, _ = an_invite(services, campaign)
    interviews.start_interview(invite, agreed=True)
    page = desk.get(f"/campaigns/{campaign.id}").text
    assert "<b>of</b>" not in page
    assert "What &lt;b&gt;of&lt;/b&gt; &#34;this&#34;?" in page
