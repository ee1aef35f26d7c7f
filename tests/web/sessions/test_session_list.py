"""The page of sessions: filters, chips, what was found, views that are kept."""

import re

import pytest

from interviewrelay.interviews import interviews
from interviewrelay.notes import notes, saved_filters
from interviewrelay.notes.notes import NoteDraft
from tests.conftest import logged_in
from tests.factories import a_campaign, a_finished_interview, an_interview, by_voice


@pytest.fixture
def campaign(ann):
    return a_campaign(ann, name="Autumn & winter")


@pytest.fixture
def held(ann, services, campaign):
    good = a_finished_interview(
        services,
        campaign,
        "I loved it.",
        "The <b>waiting room</b> was fine.",
        email="good@x.example",
    )
    bad = a_finished_interview(services, campaign, "It was horrible.", email="bad@x.example")
    by_voice(bad)
    notes.add_note(ann.actor, good.id, NoteDraft(tags="love", turn=2, quote="loved"))
    return [good, bad]


@pytest.fixture
def page(desk):
    def fetch(query="", status=200):
        answer = desk.get(f"/sessions?{query}")
        assert answer.status_code == status
        return answer.text

    return fetch


def rows(text):
    return re.findall(r'class="row-link" href="([^"]+)"', text)


@pytest.mark.gate
@pytest.mark.parametrize(
    ("query", "which"),
    [
        ("", [1, 0]), ("sort=oldest", [0, 1]), ("sentiment=positive", [0]), ("sentiment=negative", [1]),
        ("notes=any", [0]), ("tag=love", [0]), ("tag=%23Love", [0]), ("tag=hate", []), ("language=en", [1, 0]),
        ("mode=voice", [1]), ("mode=text", [0]), ("mode=voice&q=horrible", [1]), ("mode=smoke", [1, 0]),
        ("language=de", []), ("sentiment=odd&status=odd&sort=odd&notes=odd", [1, 0]), ("q=waiting", [0]),
        ("q=waiting&tag=love", [0]), ("q=waiting&sentiment=negative", []), ("sentiment=unsure", []),
    ],
)  # fmt: skip
def test_filters_live_in_the_address(page, held, query, which):
    found = [re.search(r"/sessions/([^?#]+)", href)[1] for href in rows(page(query))]
    assert found == [held[n].id for n in which]


def test_what_pauses_is_a_choice(page, held, services, campaign):
    row = an_interview(services, campaign, "Well.", email="later@x.example")
    interviews.pause_interview(row.invite)
    text = page("status=paused")
    assert rows(text) == [f"/sessions/{row.id}"]
    assert '<option value="paused" selected>Paused</option>' in text
    assert '<span dir="auto">Paused</span>' in text


def test_each_filter_is_taken_off_by_itself(page, held, campaign):
    text = page(f"q=waiting&campaign_id={campaign.id}&sentiment=positive&sort=oldest")
    chips = re.findall(r'class="chip" href="([^"]+)">.*?<span dir="auto">([^<]+)', text)
    assert [word for _, word in chips] == [
        "Answer contains: waiting",
        "Autumn &amp; winter",
        "Sentiment: positive",
    ]
    assert chips[0][0] == (
        f"/sessions?campaign_id={campaign.id}&amp;sentiment=positive&amp;sort=oldest"
    )
    assert '<a class="chip clear" href="/sessions">' in text
    assert 'class="chip"' not in page("sort=oldest")


def test_what_was_held_by_voice_says_so(page, held):
    text = page("mode=voice")
    assert '<span dir="auto">Voice</span>' in text
    assert '<option value="voice" selected>Voice</option>' in text
    assert 'class="badge">Voice<' in text
    assert 'class="badge">Voice<' not in page("mode=text")


def test_what_was_said_is_marked_and_nothing_of_it_is_markup(page, held):
    text = page("q=WAITING+room")
    assert (
        'The &lt;b&gt;<mark class="hit">waiting</mark> <mark class="hit">room</mark>&lt;/b&gt;'
        in text
    )
    assert rows(text) == [f"/sessions/{held[0].id}?q=WAITING%20room#turn-4"]
    assert 'class="badge">1 note<' in text
    assert "<mark" not in page()


def test_a_page_has_as_many_rows_as_one_wants(page, services, campaign):
    for number in range(30):
        an_interview(services, campaign, "Well.", email=f"n{number}@x.example", test=True)
    text = page("status=in_progress")
    assert (len(rows(text)), "1–25 of 30" in text) == (25, True)
    assert 'href="/sessions?status=in_progress&amp;limit=50"' in text
    wide = page("status=in_progress&limit=50")
    assert len(rows(wide)) == 30
    assert 'type="hidden" name="limit" value="50"' in wide
    assert len(rows(page("status=in_progress&offset=25"))) == 5


def test_a_wrong_day_is_said_beside_its_field(page, held):
    text = page("start_date=2026-05-02&end_date=2026-05-01", 400)
    assert "Enter an end date on or after the start date, in the format 2026-01-31." in text
    assert re.search(r'name="end_date"[^>]*aria-invalid="true"', text)


@pytest.mark.parametrize(
    "query", ["q=" + "x" * 201, "tag=" + "%00" * 3, "language=%27--", "id=1&id=2"]
)
def test_odd_filters_are_no_fault(desk, held, query):
    assert desk.get(f"/sessions?{query}").status_code in (200, 400)


def the_form(desk, query):
    text = desk.get(f"/sessions?{query}").text
    form = text.partition('action="/sessions/views"')[2].partition("</form>")[0]
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))


def test_filters_are_saved_under_a_name_and_found_again(desk, page, ann, held):
    form = the_form(desk, "sentiment=negative&sort=oldest")
    sent = {**form, "name": "Unhappy"}
    answer = desk.post("/sessions/views", data=sent)
    assert (answer.status_code, answer.location) == (
        303,
        "/sessions?sentiment=negative&sort=oldest",
    )
    desk.post("/sessions/views", data=sent)  # a second press
    assert [view.name for view in saved_filters.list_filters(ann.actor)] == ["Unhappy"]
    current = '<a href="/sessions?sentiment=negative&amp;sort=oldest" aria-current="page"'
    shown = page("sentiment=negative&sort=oldest")
    assert current in shown
    assert "Save these filters" not in shown
    assert current not in page("sentiment=negative")
    assert "Unhappy</a></th>" in desk.get("/sessions/views").text


def test_a_view_without_a_name_comes_back_with_its_filters(desk, ann, held):
    form = the_form(desk, "tag=love")
    answer = desk.post("/sessions/views", data={**form, "name": " ", "shared": "true"})
    assert answer.status_code == 400
    assert "Enter a name" in answer.text
    assert 'type="hidden" name="tag" value="love"' in answer.text
    assert re.search(r'name="shared"[^>]* checked', answer.text)
    bare = desk.post("/sessions/views", data={"name": "Nothing"})
    assert (bare.status_code, "Choose at least one filter" in bare.text) == (400, True)


def test_a_view_is_renamed_shared_and_deleted(app, desk, ann, vic, held):
    view = saved_filters.save_filter(ann.actor, "Mine", {"tag": "love"}, shared=False)
    path = f"/sessions/views/{view.id}"
    viewer = logged_in(app, vic)
    assert viewer.get(path).status_code == 404
    assert desk.post(path, data={"name": "", "shared": "true"}).status_code == 400
    assert desk.post(path, data={"name": "Ours", "shared": "true"}).status_code == 303
    assert "Ours" in viewer.get("/sessions").text
    assert "Edit" not in viewer.get("/sessions/views").text.partition("<tbody>")[2]
    assert "A colleague shared this view" in viewer.get(path).text
    assert viewer.post(path, data={"name": "x"}).status_code == 403
    assert viewer.post(f"{path}/delete").status_code == 403
    assert desk.post(f"{path}/delete").status_code == 303
    assert saved_filters.list_filters(ann.actor) == []
