"""Finding pages and things: what is one's own, what one may see, and nothing else."""

import pytest

from interviewrelay.dashboard import quick_search
from tests.conftest import logged_in
from tests.factories import a_campaign, a_script, an_interview


@pytest.fixture
def campaign(ann, services):
    made = a_campaign(ann, script=a_script(ann, name="Élan vital"), name="Café, autumn")
    an_interview(services, made, "The waiting room was full of pigeons.")
    return made


def links(page):
    return [
        part.split('"')[0]
        for part in page.split('<ul class="found">', 1)[-1].split('href="')[1:]
    ]


def test_a_word_of_a_name_finds_whatever_its_case_and_accents(desk, campaign):
    fragment = {"HX-Request": "true"}
    assert f"/campaigns/{campaign.id}" in desk.get("/find?q=CAFE", headers=fragment).text
    assert f"/scripts/{campaign.script_id}" in desk.get("/find?q=elan", headers=fragment).text


def test_a_session_is_found_by_what_was_said(desk, campaign):
    page = desk.get("/find?q=pigeons").text
    assert "/sessions/" in page.partition("Interviews with these words")[2]
    assert "data-count>1 result<" in page


def test_a_page_is_found_by_its_name_for_who_may_open_it(app, desk, vic):
    assert '<a href="/webhooks"><span dir="auto">Webhooks' in desk.get("/find?q=webh").text
    viewers = logged_in(app, vic).get("/find?q=webh").text
    assert '<a href="/webhooks"><span' not in viewers


def test_nothing_of_others_is_found(app, campaign, ben):
    browser = logged_in(app, ben)
    for words in ("cafe", "elan", "pigeons"):
        page = browser.get(f"/find?q={words}", headers={"HX-Request": "true"}).text
        assert "data-count>0 results<" in page
        assert "/campaigns/" not in page


@pytest.mark.parametrize(
    "words", ["", "%20%20", "%CC%81", "a" * 5_000, "%25", "'", '"', "\\", "%F0%9F%98%80"]
)
def test_any_words_are_answered(desk, campaign, words):
    assert desk.get(f"/find?q={words}").status_code == 200


def test_words_that_mean_nothing_find_no_campaign(ann, campaign):
    assert quick_search.find_things(ann.actor, "\u0301").campaigns == []
    assert quick_search.find_things(ann.actor, "%").campaigns == []


def test_the_palette_stands_on_every_page_of_the_desk_and_nowhere_else(desk, client, campaign):
    assert 'id="palette"' in desk.get("/campaigns").text
    assert 'id="palette"' not in client.get("/login").text
