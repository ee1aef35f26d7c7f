"""What the overview, the credits and a session show in pictures, and the times beside them."""

import re
from datetime import timedelta

import pytest

from interviewrelay.billing import ledger
from interviewrelay.core import clock
from interviewrelay.web.ui.formatting import thin
from tests.conftest import logged_in
from tests.factories import a_campaign, a_finished_interview, an_interview, an_invite
from tests.web.http_participant import NOON


@pytest.fixture
def campaign(ann):
    return a_campaign(ann, invite_valid_hours=24)


def test_the_overview_tells_what_is_new_and_what_ends(desk, services, campaign):
    desk.get("/")
    with clock.freeze_at(clock.now() + timedelta(hours=2)):
        a_finished_interview(services, campaign, "It took an hour.", email="new@x.example")
        an_invite(services, campaign, "waits@x.example")
    later = {"X-Test-Now": clock.format_iso(clock.now() + timedelta(hours=3))}
    page = desk.get("/", headers=later).text
    assert "1 interview started, 1 completed." in page
    assert page.count('<span class="badge">New</span>') == 1
    assert "Autumn: links expire soon" in page
    assert "1 person hasn’t started" in page
    assert 'aria-label="From invited to completed"' in page
    assert 'id="days-title"' in page


def test_a_first_visit_says_nothing_of_new(desk, services, campaign):
    a_finished_interview(services, campaign, "It took an hour.")
    page = desk.get("/").text
    assert "since your last visit" not in page.lower()
    assert '<span class="badge">New</span>' not in page


def test_the_credits_page_draws_use_and_tells_what_may_be_needed(desk, services, campaign):
    a_finished_interview(services, campaign, "It took an hour.", email="a@x.example")
    an_invite(services, campaign, "b@x.example")
    page = desk.get("/credits").text
    assert 'aria-label="Credits by campaign"' in page
    assert re.search(r'id="days-desc">5 credits in 30 days', page)
    shown = dict(re.findall(r'<dt>([^<]+)</dt><dd class="value">([^<]+)<', page))
    assert shown["Open invites"] == "1"
    assert shown["If everyone takes part"] == "150"
    assert shown["At the current completion rate"] == "75"


def test_a_threshold_is_set_and_taken_away(desk, ann):
    assert desk.post("/credits/warning", data={"warn_below": "100 000"}).status_code == 303
    assert ledger.get_account(ann.actor).warn_below == 100_000
    assert f"below your alert level of {thin(100_000)}." in desk.get("/credits").text
    desk.post("/credits/warning", data={"warn_below": ""})
    assert ledger.get_account(ann.actor).warn_below is None


@pytest.mark.parametrize("typed", ["many", "0", "-5", "1.5", "9999999999"])
def test_what_is_no_number_comes_back_with_a_reason(desk, ann, typed):
    page = desk.post("/credits/warning", data={"warn_below": typed})
    assert page.status_code == 400
    assert f'value="{typed}"' in page.text
    assert "Enter a whole number" in page.text
    assert ledger.get_account(ann.actor).warn_below is None


def test_a_viewer_cannot_set_it(app, vic):
    browser = logged_in(app, vic)
    assert browser.post("/credits/warning", data={"warn_below": "5"}).status_code == 403
    assert "Low-balance alerts" not in browser.get("/credits").text


def test_a_session_shows_its_mood_and_which_needs_were_met(desk, services, campaign):
    session = an_interview(
        services,
        campaign,
        "The staff were wonderful and kind, I was happy.",
        "It was terrible, I waited for two hours in the cold hall.",
    )
    page = desk.get(f"/sessions/{session.id}").text
    assert 'id="moods-title"' in page
    assert page.count("<circle") == 2
    assert "1 of 1 met." in page
    assert re.search(
        r'Met</span> <span dir="auto">how long it took</span> <a href="#turn-4"', page
    )


def test_a_need_that_nobody_spoke_of_is_open(desk, services, campaign):
    session = an_interview(services, campaign, "The staff were kind.")
    page = desk.get(f"/sessions/{session.id}").text
    assert "0 of 1 met." in page
    assert 'Not met</span> <span dir="auto">how long it took</span></li>' in page


def test_times_say_utc_and_how_they_can_be_told_in_another_zone(desk, services, campaign):
    with clock.freeze_at(NOON):
        session = an_interview(services, campaign, "Fine.")
    page = desk.get(f"/sessions/{session.id}").text
    iso, day = clock.format_iso(NOON), f"{NOON.day} {NOON:%b %Y}"
    exact = f"{day}, {NOON:%H:%M} UTC"
    assert f'<time datetime="{iso}" title="{exact}" data-shows="exact">{exact}</time>' in page
    listed = desk.get("/sessions").text
    assert re.search(
        rf'<time datetime="{iso}" title="{exact}" data-shows="day">{NOON.day} ', listed
    )
