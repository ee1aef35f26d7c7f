"""Going on on another device by a code."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from interviewrelay.core import clock
from interviewrelay.core.db.session import db
from interviewrelay.core.errors import UnknownCode
from interviewrelay.core.security import tokens
from interviewrelay.interviews import interviews
from interviewrelay.interviews.participation import entry, resume_codes
from interviewrelay.models import ResumeCode
from interviewrelay.privacy import erasure
from tests.factories import an_invite
from tests.web.everything import everything

SHOWN = re.compile(r'class="code" dir="ltr">([2-9A-Z]{5}-[2-9A-Z]{5})<')
JSON = {"Accept": "application/json"}


def code_on(page):
    return SHOWN.search(page)[1]


def count():
    db.session.rollback()
    return db.session.execute(select(func.count(ResumeCode.id))).scalar_one()


def test_a_pause_shows_a_code_that_leads_to_the_same_place(client, link, send, begun):
    send("turns", number="2", text="We waited in the corridor.")
    page = send("pause")
    code = code_on(page)
    assert "/interview</bdi>" in page
    assert code_on(client.get(link).text) == code
    entered = client.post("/interview", data={"code": code})
    assert (entered.status_code, entered.headers["Location"]) == (303, link)
    assert count() == 0
    assert 'name="number" value="4"' in send("resume")


def test_a_code_is_asked_for_under_the_question_and_keeps_what_was_typed(client, link, begun):
    sent = {"number": "2", "text": "Half an\r\nanswer"}
    for headers in ({}, {"HX-Request": "true"}):
        page = client.post(f"{link}/code", data=sent, headers=headers)
        assert page.status_code == 200
        assert "Half an\nanswer</textarea>" in page.text
        assert ("<html" in page.text) == (not headers)
    assert code_on(page.text) == client.post(f"{link}/code", headers=JSON).json["code"]
    assert count() == 1


@pytest.mark.parametrize("typed", ["{}", " {} ", "{l}", "{s}", "{d}"])
def test_a_code_is_read_as_people_type_it(client, link, begun, typed):
    code = client.post(f"{link}/code", headers=JSON).json["code"]
    bare = code.replace("-", "")
    written = typed.format(
        code, l=bare.lower(), s=" ".join(bare), d=f"{bare[:5]} \u2013 {bare[5:]}"
    )
    assert client.post("/interview", data={"code": written}).headers["Location"] == link


def test_a_code_works_once(client, link, begun):
    code = client.post(f"{link}/code", headers=JSON).json["code"]
    answers = [client.post("/interview", json={"code": code}, headers=JSON) for _ in range(2)]
    assert [a.status_code for a in answers] == [200, 404]
    assert answers[0].json["url"].endswith(link)


def test_a_code_lasts_a_day(client, link, begun, services):
    begun_at = clock.now()
    code = client.post(f"{link}/code", headers=JSON).json["code"]
    with clock.freeze_at(begun_at + timedelta(hours=24, seconds=1)):
        with pytest.raises(UnknownCode):
            resume_codes.redeem_resume_code(services.ring, code)
        assert resume_codes.delete_expired_codes() == 0  # the try has removed it
    assert count() == 0


def test_what_has_run_out_is_swept_and_another_code_is_made(client, link, begun, services):
    at = clock.now()
    first = client.post(f"{link}/code", headers=JSON).json["code"]
    invite = entry.get_visit(services, link.rsplit("/", 1)[1]).invite
    with clock.freeze_at(at + timedelta(hours=25)):
        assert resume_codes.ensure_resume_code(services.ring, invite) != first
        assert count() == 1
    with clock.freeze_at(at + timedelta(hours=50)):
        assert resume_codes.delete_expired_codes() == 1
    assert count() == 0


@pytest.mark.parametrize("ending", ["complete", "withdraw"])
def test_after_the_end_there_is_no_code_and_none_works(client, link, send, begun, ending):
    code = client.post(f"{link}/code", headers=JSON).json["code"]
    send(ending)
    assert client.post("/interview", data={"code": code}).status_code == 404
    assert client.post(f"{link}/code", headers=JSON).status_code in (409, 410)


def test_before_the_start_there_is_nothing_to_go_on_with(client, link):
    assert client.post(f"{link}/code", headers=JSON).status_code == 409


@pytest.mark.parametrize(
    "typed", ["", "  ", "AAAAA-AAAAA", "22222-2222", "2" * 10, "x" * 200, "<b>"]
)
def test_a_code_that_is_none_is_told_kindly_and_changes_nothing(client, link, begun, typed):
    before = everything()
    page = client.post("/interview", data={"code": typed})
    assert page.status_code in (400, 404)
    assert "That code is wrong or no longer valid." in page.text
    assert 'role="alert"' in page.text
    assert "<b>" not in page.text.replace("<bdi>", "")
    assert everything() == before


def test_nothing_that_is_stored_is_the_code(client, link, begun):
    code = client.post(f"{link}/code", headers=JSON).json["code"].replace("-", "")
    assert tokens.is_resume_code(code)
    assert code not in everything().replace("-", "")


def test_few_codes_can_be_tried_from_one_address(client, link, begun):
    code = client.post(f"{link}/code", headers=JSON).json["code"]
    guesses = [client.post("/interview", data={"code": "2" * 10}) for _ in range(10)]
    assert {g.status_code for g in guesses} == {404}
    refused = client.post("/interview", data={"code": code})
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert code not in refused.text
    elsewhere = {"REMOTE_ADDR": "10.9.8.7"}
    assert (
        client.post("/interview", data={"code": code}, environ_base=elsewhere).location == link
    )


def test_few_codes_can_be_tried_from_all_addresses_together(client, link, begun):
    code = client.post(f"{link}/code", headers=JSON).json["code"]
    for n in range(300):
        client.post(
            "/interview", data={"code": "x"}, environ_base={"REMOTE_ADDR": f"10.1.{n}.1"}
        )
    last = client.post(
        "/interview", data={"code": code}, environ_base={"REMOTE_ADDR": "10.2.0.1"}
    )
    assert last.status_code == 429


def test_a_form_of_another_site_is_refused(client):
    foreign = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    assert (
        client.post("/interview", data={"code": "2" * 10}, headers=foreign).status_code == 403
    )


def test_the_page_for_a_code_has_no_cookie_and_sends_no_address_on(client):
    page = client.get("/interview")
    assert page.status_code == 200
    assert "Set-Cookie" not in page.headers
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["X-Robots-Tag"] == "noindex"


def test_an_erased_interview_takes_its_code_along(client, link, begun, services, campaign):
    client.post(f"{link}/code", headers=JSON)
    invite = entry.get_visit(services, link.rsplit("/", 1)[1]).invite
    assert count() == 1
    erasure.withdraw_participant(services, invite)
    assert count() == 0


def test_a_code_of_one_leads_nobody_else_anywhere(client, services, campaign, link, begun):
    _, other = an_invite(services, campaign, "other@x.example")
    invite = entry.get_visit(services, other).invite
    interviews.start_interview(invite, agreed=True)
    one = client.post(f"{link}/code", headers=JSON).json["code"]
    two = client.post(f"/interview/{other}/code", headers=JSON).json["code"]
    assert one != two
    assert client.post("/interview", data={"code": two}).location == f"/interview/{other}"
    assert client.post("/interview", data={"code": one}).location == link
