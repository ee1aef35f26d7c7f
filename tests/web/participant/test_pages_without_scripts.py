"""The participant's page, for people: plain forms first, htmx on top."""

import html
import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from interviewrelay.billing import ledger
from interviewrelay.campaigns.invites import invites
from interviewrelay.core import clock, translations
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.field_types import LONGEST_ANSWER
from interviewrelay.interviews import completion
from interviewrelay.models import Campaign, Interview
from tests.factories import a_campaign, a_script, an_invite
from tests.web.everything import everything

XSS = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;"


def forms(page):
    return re.findall(r'(?:form)?action="[^"]*/(\w+)"', page)


def heading(page):
    return re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)[1].strip()


def test_the_first_page_tells_all_before_anything_is_asked(client, link):
    page = client.get(link)
    assert (page.status_code, page.mimetype) == (200, "text/html")
    for words in (
        "Waiting at the clinic", "We want to learn how visits go.", "computer program, not a person",
        "about 15 minutes", "the people at Alder", "skip any question", "deleted", "study@alder.example",
    ):  # fmt: skip
        assert words in page.text
    assert forms(page.text) == ["start"]


def test_opening_the_link_changes_nothing(client, link, send):
    before = everything()
    for headers in ({}, {"HX-Request": "true"}, {"User-Agent": "mail scanner"}):
        client.get(link, headers=headers)
        client.head(link, headers=headers)
        client.options(link)
    assert everything() == before
    send("start", consent="true")
    before = everything()
    client.get(link)
    assert everything() == before


def test_a_whole_interview_is_held_with_plain_forms(send):
    page = send("start", consent="true")
    for n in range(60):
        number = re.search(r'name="number" value="(\d+)"', page)
        if number is None:
            break
        said = f"Answer {n}: forty minutes, then the doctor explained the plan."
        page = send("turns", number=number[1], text=said)
    assert heading(page) == "The interview is complete"
    assert page.count("Thank you for your time") == 1
    assert forms(page) == ["feedback", "copy", "withdraw"]
    page = send("feedback", rating="4", comment="Good <b>")
    assert "Good &lt;b&gt;" in page
    assert "feedback" not in forms(page)


def test_a_form_without_consent_starts_nothing(client, send, link):
    page = send("start", status=400)
    assert "We need your consent" in page
    assert forms(client.get(link).text) == ["start"]


def test_the_question_stands_with_its_answer_box(begun):
    assert "Please tell me about your last visit." in heading(begun)
    assert set(forms(begun)) == {"turns", "skip", "pause", "code", "complete", "withdraw"}
    assert 'name="number" value="2"' in begun


def test_an_earlier_answer_is_shown_above_the_next_question(send, begun):
    page = send("turns", number="2", text="We waited in the corridor.")
    assert "We waited in the corridor." in page
    assert 'name="number" value="4"' in page


def test_sending_a_form_twice_stores_one_answer(send, begun):
    for _ in range(2):
        page = send("turns", number="2", text="We waited.")
    assert page.count("We waited.") == 1
    assert 'name="number" value="4"' in page


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Write an answer, or skip the question"),
        ("   ", "Write an answer, or skip the question"),
        ("\u200b\ufeff", "Write an answer, or skip the question"),
        (
            "x" * 10_001,
            "Your answer is 10001 characters long. Please shorten it to 10,000 or fewer.",
        ),
    ],
    ids=["empty", "spaces", "unseen", "too long"],
)
def test_a_refused_answer_keeps_what_was_typed(send, begun, text, words):
    page = send("turns", status=400, number="2", text=text)
    assert words in page
    assert text.strip() in page
    assert 'name="number" value="2"' in page


def test_ten_thousand_characters_with_line_breaks_are_an_answer(send, begun):
    text = "ab\r\n" * 3_332 + "abcd"
    assert len(text.replace("\r", "")) == 10_000
    assert "abcd" in send("turns", number="2", text=text)


def test_line_breaks_count_once_where_an_answer_is_too_long(send, begun):
    page = send("turns", status=400, number="2", text="a\r\n" * 5_001 + "b")
    assert "Your answer is 10003 characters long" in page


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_the_same_lines_are_the_same_answer_by_form_and_by_program(
    client, link, send, begun, ends
):
    send("turns", number="2", text=f"We waited.{ends}{ends}Then we left.")
    body = {"number": 2, "text": "We waited.\n\nThen we left."}
    again = client.post(f"{link}/turns", json=body, headers={"Accept": "application/json"})
    assert (again.status_code, again.json["saved"]["text"]) == (200, body["text"])
    body["text"] = f"We waited.{ends}{ends}Then we left."
    again = client.post(f"{link}/turns", json=body, headers={"Accept": "application/json"})
    assert again.status_code == 200


def test_an_answer_from_two_windows_is_a_conflict_that_loses_nothing(send, begun):
    send("turns", number="2", text="From the first window.")
    page = send("turns", status=409, number="2", text="From the second window.")
    assert "already answered this in another window" in page
    assert "From the first window." in page
    assert "From the second window.</textarea>" in page
    assert 'name="number" value="4"' in page


@pytest.mark.parametrize("htmx", [{}, {"HX-Request": "true"}], ids=["form", "htmx"])
@pytest.mark.parametrize("ending", ["complete", "withdraw"])
def test_a_text_after_the_end_is_told_to_be_no_part_of_it(
    client, link, send, begun, ending, htmx
):
    send(ending)
    late = client.post(
        f"{link}/turns", data={"number": "2", "text": "Too <late>."}, headers=htmx
    )
    assert late.status_code == (409 if ending == "complete" else 410)
    assert "this text wasn’t added" in late.text
    assert "Too &lt;late&gt;.</textarea>" in late.text
    assert "another window" not in late.text
    assert "Too" not in client.get(link).text


def test_a_skipped_question_is_shown_as_such(send, begun):
    page = send("skip", number="2", text=" \r\n ")
    assert "Skipped" in page


def test_a_skip_does_not_lose_what_was_typed(send, begun):
    page = send("skip", status=200, number="2", text="unsent words")
    assert "unsent words</textarea>" in page
    assert "Skip without sending" in page
    assert 'name="number" value="2"' in page
    page = send("skip", query="?without=yes", number="2", text="unsent words")
    assert "Skipped" in page
    assert "unsent words" not in page


@pytest.mark.parametrize("number", ["", "x", "99"])
def test_a_skip_that_makes_no_sense_shows_where_it_stands(send, begun, number):
    page = send("skip", status=409 if number == "99" else 400, number=number)
    assert 'name="number" value="2"' in page


def test_an_interview_is_paused_and_goes_on(send, begun):
    page = send("pause")
    assert heading(page) == "Your interview is paused"
    assert forms(page) == ["resume", "complete"]
    assert 'name="number" value="2"' in send("resume")


def test_a_pause_carries_what_was_typed_along(client, link, send, begun):
    page = send("pause", status=200, number="2", text="\r\nunsent <words>")
    assert heading(page) == "Your interview is paused"
    carried = re.search(r'name="text"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)[1]
    assert carried == "\nunsent &lt;words&gt;"
    page = send("resume", status=200, text="\r\nunsent <words>")
    assert 'name="number" value="2"' in page
    assert "unsent &lt;words&gt;</textarea>" in page
    assert "unsent &lt;" not in client.get(link).text
    assert "unsent <" not in everything()


def test_an_interview_is_ended_by_its_button(send, begun):
    for _ in range(2):
        page = send("complete")
        assert heading(page) == "The interview is complete"
        assert page.count("Thank you for your time") == 1


THANKS = {"closing": {"thank_text": "Lovely, thanks."}, "contact": "help@example.org"}
DANGER = "I want to kill myself."


@pytest.mark.parametrize(
    ("script", "said", "by_button", "words"),
    [
        ({}, "", True, "Thank you for your time."),
        (THANKS, "", True, "Lovely, thanks. If you have questions later: help@example.org"),
        (THANKS, "I want to stop now. Yes, really, end it.", False, "Lovely, thanks."),
        (THANKS, DANGER, True, "113, day and night"),
    ],
)
def test_the_closing_words_are_the_same_wherever_they_are_read(
    client, services, ann, script, said, by_button, words
):
    made = a_script(ann, resources={"NL": "113, day and night"}, **script)
    invite, token = an_invite(services, a_campaign(ann, script=made))
    link = f"/interview/{token}"
    client.post(f"{link}/start", data={"consent": "true"})
    if said:
        client.post(f"{link}/turns", data={"number": "2", "text": said})
    if by_button:
        client.post(f"{link}/complete")
    else:
        client.post(f"{link}/turns", data={"number": "4", "text": "Yes, stop."})
    db.session.expire_all()
    stored = db.session.execute(
        select(Interview.closing_text).where(Interview.invite_id == invite.id)
    ).scalar_one()
    assert words in stored
    assert client.get(f"{link}/state").json["closing"] == stored
    page = client.get(link).text
    assert stored in html.unescape(page)
    assert ("Lovely" in page) == ("Lovely" in words)


def test_feedback_without_a_mark_is_asked_for_again(send, begun):
    send("complete")
    page = send("feedback", status=400, comment="Well")
    assert "Please choose a rating from 1 to 5." in page


def test_withdrawing_shows_that_everything_is_deleted(client, send, begun, link):
    send("turns", number="2", text="My zanzibarine.")
    page = send("withdraw")
    assert heading(page) == "Everything has been deleted"
    assert "zanzibarine" not in everything()
    assert client.post(f"{link}/turns", data={"number": "4", "text": "x"}).status_code == 410
    again = client.post(f"{link}/start", data={"consent": "true"})
    closed(again, 410, "You’ve withdrawn from this interview")
    assert "Everything you said has been deleted" in again.text


def closed(response, status, title):
    assert (response.status_code, response.mimetype) == (status, "text/html")
    assert heading(response.text) == title
    assert forms(response.text) == []


def test_a_link_that_is_over_is_told_kindly(client, services, ann, campaign):
    past = clock.now() - timedelta(days=8)
    with clock.freeze_at(past):
        _, expired = an_invite(services, campaign, "e@x.example")
    invite, cancelled = an_invite(services, campaign, "c@x.example")
    invites.cancel_invite(invite)
    closed(client.get(f"/interview/{expired}"), 410, "This invitation has expired")
    closed(client.get(f"/interview/{cancelled}"), 410, "This invitation has been cancelled")
    closed(client.get("/interview/inv_x"), 404, "This link doesn’t work")


@pytest.mark.parametrize("change", [{"ends_at": clock.now()}, {"max_completed": 0}])
def test_who_comes_too_late_is_told_kindly(client, link, change):
    with transaction():
        db.session.execute(update(Campaign).values(**change))
    closed(client.get(link), 409, "This study has ended")
    page = client.post(f"{link}/start", data={"consent": "true"})
    closed(page, 409, "This study has ended")
    assert "Thank you for your interest." in page.text


@pytest.mark.parametrize("why", ["paused", "early", "full"])
def test_a_study_that_is_not_open_is_told_kindly(client, link, why):
    changes = {
        "paused": {"status": "paused"},
        "early": {"starts_at": clock.now() + timedelta(days=1)},
        "full": {"max_sessions": 0},
    }[why]
    with transaction():
        db.session.execute(update(Campaign).values(**changes))
    closed(client.get(link), 409, "This interview isn’t open right now")
    closed(
        client.post(f"{link}/start", data={"consent": "true"}),
        409,
        "This interview isn’t open right now",
    )


def test_without_credits_the_study_is_not_open(client, link, ann):
    ledger.remove_credits(ann.actor.org_id, 1_600, "test:all", "All")
    closed(
        client.post(f"{link}/start", data={"consent": "true"}),
        402,
        "This interview isn’t open right now",
    )


def test_who_speaks_of_danger_keeps_the_help_in_sight_and_is_asked_nothing(
    client, services, ann
):
    script = a_script(
        ann, resources={"NL": "113, day and night"}, closing={"thank_text": "Lovely, thanks."}
    )
    _, token = an_invite(services, a_campaign(ann, script=script))
    where = f"/interview/{token}"
    client.post(f"{where}/start", data={"consent": "true"})
    client.post(f"{where}/turns", data={"number": "2", "text": "I want to kill myself."})
    page = client.get(where).text
    assert "113, day and night" in heading(page)
    assert "?" not in heading(page)
    client.post(f"{where}/turns", data={"number": "4", "text": "I want to kill myself."})
    page = client.get(where).text
    assert "113, day and night" in page
    assert "NL:" not in page
    assert heading(page) == "The interview ends here"
    assert "complete" not in page.split("<main", 1)[1]
    assert "Lovely, thanks." not in page
    assert forms(page) == ["withdraw"]


def test_an_abandoned_interview_can_be_withdrawn_on_its_page(client, send, begun, link):
    send("turns", number="2", text="We waited in the corridor.")
    with clock.freeze_at(clock.now() + timedelta(hours=25)):
        completion.abandon_stale_interviews()
    assert forms(client.get(link).text) == ["withdraw"]
    assert heading(send("withdraw")) == "Everything has been deleted"


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_how_long_a_pause_lasts_is_said_before_and_in_it(client, services, ann, language):
    script = a_script(ann, language=language, questions=[{"text": "?!"}])
    _, token = an_invite(services, a_campaign(ann, script=script))
    link = f"/interview/{token}"
    consent = client.get(link).text
    client.post(f"{link}/start", data={"consent": "true"})
    client.post(f"{link}/pause")
    for page in (consent, client.get(link).text):
        assert f'lang="{language}"' in page
        assert re.search(r"\b24 (?:hours|uur|Stunden|heures|horas|ساعة)", page)


def test_an_abandoned_interview_is_told_as_closed(client, send, begun, link):
    with clock.freeze_at(clock.now() + timedelta(hours=25)):
        completion.abandon_stale_interviews()
    page = client.get(link)
    assert heading(page.text) == "This interview has closed"
    assert "Everything you sent is saved." in page.text


def test_query_parameters_of_the_link_are_kept_as_metadata(client, send, link):
    page = client.get(f"{link}?ref=flyer&q=%22%3E%3Cscript%3E").text
    assert "<script>" not in page.replace('<script src="', "")
    action = re.search(r'action="([^"]*/start[^"]*)"', page)[1].replace("&amp;", "&")
    client.post(action, data={"consent": "true"})
    kept = db.session.execute(select(Interview.extra)).scalar_one()
    assert kept == {"ref": "flyer", "q": '"><script>'}


def test_words_of_people_are_never_markup(client, services, ann):
    script = a_script(
        ann, name=XSS, purpose=XSS, contact=XSS, consent_text=XSS,
        questions=[{"text": f"What? {XSS}"}], closing={"thank_text": XSS},
    )  # fmt: skip
    _, token = an_invite(services, a_campaign(ann, name=XSS, script=script))
    link = f"/interview/{token}"
    pages = [client.get(link).text]
    client.post(f"{link}/start", data={"consent": "true"})
    client.post(f"{link}/turns", data={"number": "2", "text": XSS})
    pages.append(client.get(link).text)
    pages.append(client.post(f"{link}/turns", data={"number": "2", "text": XSS + "!"}).text)
    client.post(f"{link}/pause")
    pages.append(client.get(link).text)
    client.post(f"{link}/complete")
    client.post(f"{link}/feedback", data={"rating": "1", "comment": XSS})
    pages.append(client.get(link).text)
    for page in pages:
        assert "<script>" not in page
        assert "<img" not in page
        assert "&lt;img src=x onerror=alert(2)&gt;" in page


def test_a_script_in_arabic_is_read_from_right_to_left(client, services, ann):
    script = a_script(ann, language="ar", questions=[{"text": "كيف كانت زيارتك؟"}])
    _, token = an_invite(services, a_campaign(ann, script=script))
    page = client.get(f"/interview/{token}").text
    assert '<html lang="ar" dir="rtl"' in page
    assert 'class="prose" dir="rtl" lang="ar">تدعوك جهة \u2068Alder\u2069' in page
    assert "<bdi>Alder</bdi> يودّ" in page
    assert "القائمون على هذه الدراسة في <bdi>Alder</bdi>" in page
    assert "the people of" not in page
    assert 'class="lead" dir' not in page


@pytest.mark.parametrize("language", ["he", "pl"])
def test_english_words_of_the_page_are_marked_as_english(client, services, ann, language):
    script = a_script(ann, language=language, questions=[{"text": "?"}])
    _, token = an_invite(services, a_campaign(ann, script=script))
    page = client.get(f"/interview/{token}").text
    assert '<html lang="en" dir="ltr"' in page
    assert "read by the people at <bdi>Alder</bdi> who run this study" in page
    assert 'class="prose" dir="ltr" lang="en"' in page


def test_the_same_routes_speak_json_to_whoever_asks_for_it(client, link, begun):
    found = client.get(link, headers={"Accept": "application/json"})
    assert found.json["status"] == "in_progress"
    odd = client.get(link, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert odd.mimetype == "text/html"


def test_an_oversized_form_is_refused(client, link, begun):
    answer = client.post(f"{link}/turns", data={"number": "2", "text": "x" * 3_000_000})
    assert answer.status_code == 413
    assert LONGEST_ANSWER == 10_000
