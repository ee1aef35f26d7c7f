"""Pages of results: findings with their quotes, the matrix of goals, and results of one interview."""

import re

import pytest

from interviewrelay.core.db.session import db, transaction
from interviewrelay.results import analyses, findings
from tests.conftest import logged_in
from tests.factories import a_finished_interview


@pytest.fixture
def address(campaign):
    return f"/campaigns/{campaign.id}/findings"


@pytest.fixture
def analysed(ann, campaign, three, run):
    analyses.start_analysis(ann.actor, campaign.id)
    run()
    made = [one.row.id for one in findings.list_findings(campaign)]
    assert made
    return made


def shown(campaign):
    db.session.rollback()
    return findings.list_findings(campaign)


def add(desk, address, text):
    answer = desk.post(address, data={"text": text})
    assert answer.status_code == 303
    return answer.headers["Location"].rpartition("#finding-")[2]


def test_before_an_analysis_the_page_offers_it_to_those_who_may_start_it(
    app, desk, vic, services, campaign, address
):  # fmt: skip
    assert "No interviews have ended yet." in desk.get(address).text
    a_finished_interview(services, campaign)
    assert "Analyse 1 interview</button>" in desk.get(address).text
    seen = logged_in(app, vic).get(address).text
    assert "Ask a researcher" in seen
    assert "/analysis" not in seen


def test_an_analysis_runs_from_the_page_and_says_what_it_read(
    desk, campaign, address, three, run
):  # fmt: skip
    assert desk.post(f"/campaigns/{campaign.id}/analysis").status_code == 303
    page = desk.get(address).text
    assert "The analysis starts in a moment." in page
    assert "Cancel analysis" in page
    live = f"/campaigns/{campaign.id}/analysis/live"
    assert "data-over" not in desk.get(live).text
    assert desk.get(f"{live}?empty=1").status_code == 200
    run()
    assert "data-over" in desk.get(live).text
    ended = desk.get(f"{live}?empty=1")
    assert (ended.status_code, ended.headers["HX-Redirect"]) == (204, address)
    page = desk.get(address).text
    assert re.search(r"Analysed 3 interviews on .* with the built-in engine\.", page)
    assert "No interviews have changed since." in page


def test_a_cancelled_analysis_is_told_as_such(desk, campaign, address, three):
    desk.post(f"/campaigns/{campaign.id}/analysis")
    desk.post(f"/campaigns/{campaign.id}/analysis/cancel")
    page = desk.get(address).text
    assert "Cancelled" in page
    assert "3 interviews are new or have changed" in page


def test_what_was_left_out_is_counted_by_reason(ann, desk, campaign, address, analysed):
    with transaction():
        latest = analyses.get_latest_analysis(campaign)
        latest.statements, latest.unproven = 31, 2
        latest.refused = {"not_found": 2, "not_quotable": 1}
    page = desk.get(address).text
    assert "2 of 31 statements had no evidence and were left out." in page
    assert "3 quotes were left out: 2 not found in the answers, 1 not to be quoted." in page


def test_each_quote_leads_to_its_turn(desk, campaign, address, analysed):
    found = shown(campaign)[0]
    page = desk.get(address).text
    assert f"{found.people} of 3 people" in page
    assert f"<q>{found.statement}</q>" in page
    for quote in found.support[:3]:
        assert f'href="/sessions/{quote.session_id}#turn-{quote.turn_number}"' in page
    one = desk.get(f"{address}/{found.row.id}").text
    assert all(quote.text in one for quote in found.support)


def test_a_viewer_reads_and_cannot_edit(app, vic, campaign, address, analysed):
    page = logged_in(app, vic).get(address).text
    assert "of 3 people" in page
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]


def test_saving_a_quote_unchanged_copies_nothing_and_pins_nothing(
    desk, campaign, address, analysed
):  # fmt: skip
    found = shown(campaign)[0]
    desk.post(f"{address}/{found.row.id}", data={"text": found.statement})
    kept = shown(campaign)[0]
    assert (kept.row.text, kept.row.pinned, kept.is_quote) == ("", False, True)


def test_a_finding_is_edited_pinned_and_deleted(desk, campaign, address, analysed):
    one = f"{address}/{analysed[0]}"
    desk.post(one, data={"text": "People wait <uninformed>."})
    page = desk.get(address).text
    assert "People wait &lt;uninformed&gt;." in page
    assert "Edited by Alder" in page
    desk.post(one, data={"pinned": "false"})
    assert not shown(campaign)[0].row.pinned
    desk.post(f"{one}/delete")
    assert analysed[0] not in {found.row.id for found in shown(campaign)}
    assert desk.get(one).status_code == 404


def test_findings_move_past_those_that_are_shown(desk, campaign, address, analysed):
    mine = [add(desk, address, f"Finding {n}.") for n in range(2)]
    before = [found.row.id for found in shown(campaign)]
    assert before[-2:] == mine
    desk.post(f"{address}/{mine[1]}", data={"move": "up"})
    assert [found.row.id for found in shown(campaign)][-2:] == mine[::-1]
    desk.post(f"{address}/{mine[1]}", data={"move": "down"})
    desk.post(f"{address}/{mine[1]}", data={"move": "down"})
    assert [found.row.id for found in shown(campaign)] == before


def test_a_finding_takes_the_quotes_of_another(desk, campaign, address, analysed):
    quotes = {quote.evidence_id for quote in shown(campaign)[0].support}
    mine = add(desk, address, "My own words.")
    desk.post(f"{address}/{mine}/merge", data={"merge": analysed[0]})
    merged = next(found for found in shown(campaign) if found.row.id == mine)
    assert {quote.evidence_id for quote in merged.support} == quotes
    assert merged.statement == "My own words."


@pytest.mark.parametrize(
    ("path", "form", "words"),
    [
        ("", {"text": " "}, "Enter what you found."),
        ("", {"text": "x" * 501}, "500 characters or fewer"),
        ("/{}", {"text": "x" * 501}, "500 characters or fewer"),
        ("/{}/merge", {"merge": ""}, "Choose another finding to merge."),
    ],
)
def test_a_form_that_is_refused_comes_back_with_the_reason(
    desk, address, analysed, path, form, words
):  # fmt: skip
    answer = desk.post(address + path.format(analysed[0]), data=form)
    assert answer.status_code == 400
    assert words in answer.text
    assert form.get("text", "").strip() in answer.text


def test_the_matrix_has_a_quote_or_the_reason_in_each_cell(
    desk, services, campaign, analysed
):  # fmt: skip
    page = desk.get(f"/campaigns/{campaign.id}/goals").text
    assert "how long it took" in page
    assert page.count('<th scope="row">') == 3
    assert re.search(r"\d of 3 met", page)
    reasons = ("Not asked", "Asked, nothing said about it", "Declined to answer")
    cells = re.findall(r"<td .*?</td>", page, re.DOTALL)
    assert len(cells) == 3
    for cell in cells:
        assert "#turn-" in cell or any(reason in cell for reason in reasons)


def test_the_campaign_shows_its_first_three_findings(app, desk, campaign, address, analysed):
    for n in range(3):
        add(desk, address, f"Finding {n}.")
    top = desk.get(f"/campaigns/{campaign.id}").text.partition("Top findings")[2]
    links = re.findall(rf'href="{address}/([^"]+)"', top)
    assert links == [found.row.id for found in shown(campaign)[:3]]


def test_an_interview_begins_with_its_results_and_leads_to_its_neighbors(
    desk, three, analysed
):  # fmt: skip
    oldest, middle, newest = (row.id for row in three)
    page = desk.get(f"/sessions/{middle}").text
    results = page.partition('id="results-title"')[2].partition("</section>\n<div")[0]
    assert 'href="#turn-' in results
    assert re.search(rf'href="/sessions/{newest}" rel="prev"', page)
    assert re.search(rf'href="/sessions/{oldest}" rel="next"', page)
    assert 'rel="prev"' not in desk.get(f"/sessions/{newest}").text
    assert 'rel="next"' not in desk.get(f"/sessions/{oldest}").text
