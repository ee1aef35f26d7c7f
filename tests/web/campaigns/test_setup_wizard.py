"""The three steps of a new campaign, as a browser without JavaScript goes them."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select, update

from interviewrelay.campaigns import campaigns
from interviewrelay.campaigns.setup import drafts
from interviewrelay.core import clock
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.ids import new_id
from interviewrelay.mail import suppressions
from interviewrelay.models import Campaign, Invite, Mail, Organization
from interviewrelay.web.campaigns import form_fields
from interviewrelay.web.ui.formatting import thin
from tests import factories
from tests.conftest import logged_in

SENDING = {
    "invite_valid_hours": "14", "unit": "24", "settings.target_minutes": "", "starts_at": "",
    "ends_at": "", "max_completed": "", "reminder_hours_before": "", "custom_message": "",
}  # fmt: skip
LIST = "email;name;team\nada@x.example;Alder, Ada;Blue\nnobody;Cy;Red\nbo@x.example;Bo;Red\n"


@pytest.fixture
def study(ann: Any) -> dict[str, str]:
    return {
        "name": "Spring", "script_id": factories.a_script(ann).id,
        "project_id": factories.a_project(ann).id,
    }  # fmt: skip


@pytest.fixture
def draft(ann: Any) -> str:
    return f"/campaigns/{factories.a_campaign(ann, status='draft').id}/draft"


def the_campaign() -> Any:
    db.session.expire_all()
    return db.session.execute(select(Campaign)).scalar_one()


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.get_data(as_text=True).replace("<wbr>", ""))


def list_of(desk: Any, draft: str) -> str:
    page = desk.get(f"{draft}/people").get_data(as_text=True)
    return page.partition('name="people"')[2].partition(">\n")[2].partition("</textarea>")[0]


def put(desk: Any, draft: str, people: str, action: str = "next", **more: Any) -> Any:
    data = {"people": people, "action": action, **more}
    return desk.post(f"{draft}/people", data=data, content_type="multipart/form-data")


def test_a_name_on_two_lines_is_told_with_its_line(desk: Any, study: Any) -> None:
    desk.post("/campaigns", data={**study, "once": new_id()})
    here = f"/campaigns/{the_campaign().id}/draft"
    page = text(put(desk, here, 'email;name\na@x.example;"Ada\nAlder"'))
    assert "The name contains line breaks or other control characters." in page
    assert "Write it on one line." in page


def test_from_a_script_to_invites_that_are_sent(desk: Any, ann: Any, study: Any) -> None:
    first = desk.post("/campaigns", data={**study, "once": new_id()})
    campaign = the_campaign()
    here = f"/campaigns/{campaign.id}/draft"
    assert (first.status_code, first.location) == (303, f"{here}/people")
    assert campaign.status == "draft"

    wrong = put(desk, here, "", file=(BytesIO(LIST.encode("cp1252")), "people.csv"))
    assert wrong.status_code == 400
    page = text(wrong)
    assert "1 line has no valid email address. Fix it or remove it." in page
    assert '<q dir="auto">nobody;Cy;Red</q>' in page
    assert "This line has no email address." in page
    assert "Add one, or delete the line." in page
    assert list_of(desk, here) == LIST

    mended = put(desk, here, LIST.replace("nobody;", "cy@x.example;"))
    assert (mended.status_code, mended.location) == (303, f"{here}/sending")
    assert "Send 3 invites" in text(desk.get(mended.location))

    sent = desk.post(
        f"{here}/sending", data={**SENDING, "custom_message": "Dear all", "action": "send"}
    )
    assert sent.location == f"/campaigns/{campaign.id}"
    page = text(desk.get(sent.location))
    there = '<a href="/outbox">Emails</a>'
    assert (
        f"The campaign is active. 3 people invited. Check the delivery status of each email under {there}."
        in page
    )
    made = {row.email: row for row in db.session.execute(select(Invite)).scalars()}
    assert made["ada@x.example"].name == "Alder, Ada"
    assert made["ada@x.example"].extra == {"team": "Blue"}
    assert set(db.session.execute(select(Mail.custom_message)).scalars()) == {"Dear all"}
    assert the_campaign().invite_valid_hours == 14 * 24

    again = desk.post(f"{here}/sending", data={**SENDING, "action": "send"})
    assert again.location == f"/campaigns/{campaign.id}"
    assert "It was already launched" in text(desk.get(again.location))
    assert len(db.session.execute(select(Mail)).all()) == 3


def test_the_first_step_sent_twice_makes_one_draft(desk: Any, study: Any) -> None:
    once = {"once": new_id()}
    places = {desk.post("/campaigns", data={**study, **once}).location for _ in range(2)}
    assert len(places) == 1
    desk.post("/campaigns", data={**study, **once, "name": "Summer"})
    assert the_campaign().name == "Summer"


@pytest.mark.parametrize(
    ("field", "typed"), [("name", " "), ("script_id", ""), ("project_id", "abc")]
)
def test_a_first_step_that_is_wrong_keeps_what_was_typed(
    desk: Any, study: Any, field: str, typed: str
) -> None:
    answer = desk.post("/campaigns", data={**study, "name": "Kept name", field: typed})
    assert answer.status_code == 400
    assert f'href="#{field}"' in answer.text
    assert ("Kept name" in answer.text) == (field != "name")
    assert db.session.execute(select(Campaign)).all() == []


def test_going_back_loses_nothing(desk: Any, ann: Any, draft: str, study: Any) -> None:
    back = put(desk, draft, LIST, "back")
    assert back.location == draft
    page = desk.get(draft).text
    assert 'value="Autumn"' in page
    changed = desk.post(draft, data=study)
    assert changed.location == f"{draft}/people"
    assert the_campaign().name == "Spring"
    assert list_of(desk, draft) == LIST
    typed = {**SENDING, "max_completed": "20", "action": "back"}
    assert desk.post(f"{draft}/sending", data=typed).location == f"{draft}/people"
    assert list_of(desk, draft) == LIST
    assert 'value="20"' in desk.get(f"{draft}/sending").text


def test_bad_lines_are_left_out_by_one_press(desk: Any, draft: str) -> None:
    answer = put(desk, draft, LIST, "leave_out")
    assert "1 line removed." in text(desk.get(answer.location))
    assert list_of(desk, draft) == LIST.replace("nobody;Cy;Red\n", "")


def test_a_list_is_looked_at_before_it_is_used(
    desk: Any, ann: Any, services: Any, draft: str
) -> None:
    suppressions.add_suppression(services.ring, ann.actor, "bo@x.example")
    answer = put(desk, draft, LIST + "ADA@x.example;;\n", "check")
    assert answer.location == f"{draft}/people#found"
    page = text(desk.get(answer.location))
    shown = dict(re.findall(r'<dt>([^<]+)</dt><dd class="value">([^<]+)<', page))
    assert shown == {
        "To invite": "1", "Lines to fix": "1", "Duplicates": "1",
        "On the do-not-email list": "1",
    }  # fmt: skip
    assert "Line 5: ADA@x.example, same as line 2" in page
    assert "Not invited: these people are on the do-not-email list" in page
    assert '<td data-label="team" dir="auto">Blue</td>' in page


def test_a_file_takes_the_place_of_the_list_or_is_added(desk: Any, draft: str) -> None:
    def file() -> Any:
        return BytesIO(b"\xef\xbb\xbfb@x.example\r\n"), "more.csv"

    put(desk, draft, "a@x.example", "check", file=file(), add="true")
    assert list_of(desk, draft) == "a@x.example\nb@x.example\n"
    put(desk, draft, "a@x.example", "check", file=file())
    assert list_of(desk, draft) == "b@x.example\n"
    put(desk, draft, "c@x.example", "check", file=(BytesIO(b""), ""))
    assert list_of(desk, draft) == "c@x.example"


@pytest.mark.parametrize(
    ("body", "words"),
    [(b"PK\x03\x04", "This is a spreadsheet, not a CSV file."),
     (b"a" * 1_100_000, "The file is larger than 1 MiB. Split it and invite people in batches.")],
)  # fmt: skip
def test_a_file_that_cannot_be_taken_is_refused_in_words(
    desk: Any, draft: str, body: bytes, words: str
) -> None:
    answer = put(desk, draft, "kept@x.example", file=(BytesIO(body), "people.csv"))
    assert answer.status_code == 400
    assert words in answer.text
    assert "kept@x.example" in answer.text


def test_a_list_that_is_too_long_stays_to_be_shortened(desk: Any, draft: str) -> None:
    long = "".join(f"p{n}@x.example\n" for n in range(1_001))
    answer = put(desk, draft, "", file=(BytesIO(long.encode()), "people.csv"))
    assert answer.status_code == 400
    assert f"this list has {thin(1_001)} lines" in answer.text
    assert "p1000@x.example" in answer.text
    assert list_of(desk, draft) == long
    assert desk.get(f"{draft}/sending").location == f"{draft}/people"
    assert put(desk, draft, long, "back").location == draft


def test_what_is_in_a_list_is_shown_as_text(desk: Any, draft: str) -> None:
    put(
        desk,
        draft,
        "email;<b>x</b>\n<script>alert(1)</script>;y\na@x.example;<i>z</i>",
        "check",
    )
    page = desk.get(f"{draft}/people").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<i>z</i>" not in page
    assert "<b>x</b>" not in page


@pytest.mark.parametrize(
    ("typed", "unit", "hours", "shown"),
    [
        ("1.5", "1", 1.5, "1.5"),
        ("1,5", "24", 36, "36"),
        ("2.0", "24", 48, "2"),
        ("7", "1", 7, "7"),
    ],
)
def test_a_part_of_an_hour_or_day_may_be_typed(
    desk: Any, draft: str, typed: str, unit: str, hours: float, shown: str
) -> None:
    data = {**SENDING, "invite_valid_hours": typed, "unit": unit, "action": "save"}
    assert desk.post(f"{draft}/sending", data=data).status_code == 303
    assert the_campaign().invite_valid_hours == hours
    assert (
        f'name="invite_valid_hours" type="text" value="{shown}"'
        in desk.get(f"{draft}/sending").text
    )


@pytest.mark.parametrize(
    ("field", "typed"),
    [("invite_valid_hours", "soon"), ("invite_valid_hours", "366"), ("max_completed", "0"),
     ("settings.target_minutes", "999"), ("starts_at", "tomorrow"),
     ("custom_message", "x" * 5_001), ("reminder_hours_before", "-1")],
)  # fmt: skip
def test_a_last_step_that_is_wrong_keeps_what_was_typed(
    desk: Any, draft: str, field: str, typed: str
) -> None:
    for action in ("send", "save", "preview", "back"):
        data = {**SENDING, "custom_message": "Kept", field: typed, "action": action}
        answer = desk.post(f"{draft}/sending", data=data)
        assert answer.status_code == 400
        assert f'href="#{field}"' in answer.text
        assert field == "custom_message" or "Kept" in answer.text
    assert the_campaign().status == "draft"


def test_the_end_comes_after_the_start(desk: Any, draft: str) -> None:
    times = {"starts_at": "2030-01-02T10:00", "ends_at": "2030-01-01T10:00"}
    answer = desk.post(f"{draft}/sending", data={**SENDING, **times, "action": "save"})
    assert answer.status_code == 400
    assert "Enter a date and time after the start" in answer.text
    assert 'value="2030-01-01T10:00"' in answer.text


def test_everything_of_the_last_step_is_kept(desk: Any, draft: str) -> None:
    typed = {
        **SENDING, "settings.target_minutes": "12", "starts_at": "2030-01-02T10:00",
        "ends_at": "2030-02-01T09:30", "max_completed": "20", "reminder_hours_before": "48",
        "custom_message": "Dear all",
    }  # fmt: skip
    saved = desk.post(f"{draft}/sending", data={**typed, "action": "save"})
    assert "No one has been invited yet." in text(desk.get(saved.location))
    campaign = the_campaign()
    assert campaign.settings == {"target_minutes": 12}
    assert clock.format_iso(campaign.starts_at) == "2030-01-02T10:00:00Z"
    assert (campaign.max_completed, campaign.reminder_hours_before) == (20, 48)
    page = desk.get(f"{draft}/sending").text
    for value in ("14", "12", "2030-01-02T10:00", "2030-02-01T09:30", "20"):
        assert f'value="{value}"' in page
    assert 'value="48" selected' in page


def test_the_mail_is_shown_as_it_will_be_read(desk: Any, ann: Any, draft: str) -> None:
    put(desk, draft, "Ada <ada@x.example>")
    typed = {**SENDING, "custom_message": "Dear all,\n\nsee you.", "action": "preview"}
    shown = desk.post(f"{draft}/sending", data=typed)
    assert shown.location == f"{draft}/sending#mail"
    page = text(desk.get(shown.location)).partition('class="letter"')[2]
    assert "Invitation from Alder: Waiting at the clinic" in page
    for words in (
        "Hello Ada,",
        "Dear all,",
        "see you.",
        "/interview/inv_…",
        "study@alder.example",
    ):
        assert words in page


def test_a_start_to_come_is_told(desk: Any, draft: str) -> None:
    put(desk, draft, "ada@x.example")
    later = {"starts_at": "2030-01-02T10:00"}
    desk.post(f"{draft}/sending", data={**SENDING, **later, "action": "save"})
    assert "Schedule 1 invite" in text(desk.get(f"{draft}/sending"))
    sent = desk.post(f"{draft}/sending", data={**SENDING, **later, "action": "send"})
    page = text(desk.get(sent.location))
    assert ">2 Jan 2030, 10:00 UTC</time>. Emails will be sent then." in page


def test_nobody_on_the_list_makes_an_active_campaign(desk: Any, draft: str) -> None:
    assert put(desk, draft, "").location == f"{draft}/sending"
    assert "Activate campaign" in desk.get(f"{draft}/sending").text
    desk.post(f"{draft}/sending", data={**SENDING, "action": "send"})
    assert the_campaign().status == "active"


def test_what_the_plan_does_not_allow_is_told_and_nothing_is_lost(
    desk: Any, ann: Any, draft: str
) -> None:
    put(desk, draft, "\n".join(f"p{n}@x.example" for n in range(101)))
    with transaction():
        db.session.execute(update(Organization).values(plan="free"))
    answer = desk.post(f"{draft}/sending", data={**SENDING, "action": "send"})
    assert answer.status_code == 400
    assert "allows 100 emails in 24 hours" in answer.text
    assert the_campaign().status == "draft"
    assert "p100@x.example" in list_of(desk, draft)


def test_lines_that_are_wrong_are_told_before_sending_too(desk: Any, draft: str) -> None:
    put(desk, draft, LIST, "check")
    page = text(desk.get(f"{draft}/sending"))
    assert "1 line in your list will be skipped" in page
    assert "Send 2 invites" in page


def test_a_draft_can_be_gone_on_with_and_discarded(desk: Any, ann: Any, draft: str) -> None:
    campaign = draft.removesuffix("/draft")
    page = desk.get(campaign).text
    assert f'href="{draft}/people"' in page
    assert "Discard draft" in page
    gone = desk.post(f"{draft}/discard")
    assert gone.location == "/campaigns"
    assert "discarded" in desk.get("/campaigns").text
    assert desk.get(campaign).status_code == 404


def test_an_active_campaign_has_no_steps(desk: Any, ann: Any) -> None:
    campaign = f"/campaigns/{factories.a_campaign(ann).id}"
    for path in ("draft", "draft/people", "draft/sending"):
        assert desk.get(f"{campaign}/{path}").location == campaign
        assert desk.post(f"{campaign}/{path}", data={**SENDING}).status_code in (303, 400)
    assert desk.post(f"{campaign}/draft/discard").location == campaign
    assert the_campaign().status == "active"


def test_another_organizations_draft_is_not_there(app: Any, ben: Any, draft: str) -> None:
    browser = logged_in(app, ben)
    for path in ("", "/people", "/sending"):
        assert browser.get(f"{draft}{path}").status_code == 404
        assert browser.post(f"{draft}{path}").status_code == 404


def test_settings_are_changed_while_the_campaign_runs(desk: Any, ann: Any) -> None:
    campaign = factories.a_campaign(ann, settings={"mode": "text"}, max_completed=2)
    path = f"/campaigns/{campaign.id}/settings"
    page = desk.get(path).text
    assert 'value="Autumn"' in page
    assert 'value="7"' in page
    typed = {**SENDING, "name": "Winter", "max_completed": "", "ends_at": "2030-01-01T10:00"}
    assert desk.post(path, data=typed).location == f"/campaigns/{campaign.id}"
    changed = the_campaign()
    assert (changed.name, changed.max_completed, changed.settings) == (
        "Winter", None, {"mode": "text"},
    )  # fmt: skip
    wrong = desk.post(path, data={**typed, "name": " ", "max_completed": "many"})
    assert wrong.status_code == 400
    assert 'href="#name"' in wrong.text
    assert 'value="many"' in wrong.text


def test_what_a_model_may_choose_is_set_on_the_page(desk: Any, ann: Any) -> None:
    campaign = factories.a_campaign(ann, settings={"mode": "text"})
    path = f"/campaigns/{campaign.id}/settings"
    assert '<option value="guide" selected>' in desk.get(path).text
    typed = {**SENDING, "name": "Winter", "settings.autonomy": "open"}
    desk.post(path, data=typed)
    assert the_campaign().settings == {"mode": "text", "autonomy": "open"}
    assert '<option value="open" selected>' in desk.get(path).text
    wrong = desk.post(path, data={**typed, "settings.autonomy": "all"})
    assert wrong.status_code == 400
    assert 'href="#settings.autonomy"' in wrong.text
    desk.post(path, data={**typed, "settings.autonomy": "probe"})
    assert the_campaign().settings == {"mode": "text", "autonomy": "probe"}


@pytest.mark.parametrize("field", ["", *form_fields.FIELDS])
@pytest.mark.parametrize("form", ["settings", "draft/sending"])
def test_a_form_changes_only_the_fields_that_it_has(
    desk: Any, ann: Any, form: str, field: str
) -> None:
    """A field that one of the forms lacks would otherwise be emptied by saving that form."""
    campaign = factories.a_campaign(
        ann,
        status="draft" if form.startswith("draft") else "active",
        settings={"mode": "text", "target_minutes": 12, "autonomy": "open"},
        invite_valid_hours=48,
        reminder_hours_before=24,
        starts_at=clock.now().replace(second=0, microsecond=0),
        ends_at=clock.now().replace(second=0, microsecond=0) + timedelta(days=9),
        max_completed=3,
        custom_message="Dear all",
    )
    before = form_fields.get_values(campaign)
    sent = {field: before[field]} if field else {}
    answer = desk.post(f"/campaigns/{campaign.id}/{form}", data={**sent, "other": "x"})
    assert answer.status_code == 303
    changed = the_campaign()
    assert form_fields.get_values(changed) == before
    assert changed.settings["mode"] == "text"


def test_an_empty_field_that_was_sent_is_emptied(desk: Any, ann: Any) -> None:
    campaign = factories.a_campaign(ann, max_completed=3, custom_message="Dear all")
    path = f"/campaigns/{campaign.id}/settings"
    desk.post(path, data={"max_completed": "", "custom_message": ""})
    changed = the_campaign()
    assert (changed.name, changed.max_completed, changed.custom_message) == ("Autumn", None, "")


def test_the_last_value_of_a_name_counts(desk: Any, ann: Any) -> None:
    """A hidden empty field stands before a checkbox, which is sent only when it is checked."""
    path = f"/campaigns/{factories.a_campaign(ann, max_completed=3).id}/settings"
    desk.post(path, data={"max_completed": ["", "5"]})
    assert the_campaign().max_completed == 5


def test_a_part_of_a_form_that_is_wrong_is_shown_whole(desk: Any, ann: Any) -> None:
    campaign = factories.a_campaign(ann, custom_message="Dear all")
    wrong = desk.post(f"/campaigns/{campaign.id}/settings", data={"max_completed": "many"})
    assert wrong.status_code == 400
    assert 'value="many"' in wrong.text
    assert 'value="Autumn"' in wrong.text
    assert "Dear all" in wrong.text


def test_a_campaign_that_is_over_says_so_and_offers_to_invite_nobody(
    desk: Any, ann: Any
) -> None:
    campaign = factories.a_campaign(ann, ends_at=clock.now() - timedelta(hours=1))
    page = desk.get(f"/campaigns/{campaign.id}").text
    assert "New interviews can’t start" in page
    assert 'name="addresses"' not in page


def test_completing_is_typed(desk: Any, ann: Any) -> None:
    path = f"/campaigns/{factories.a_campaign(ann).id}/status"
    for typed in ({}, {"typed": "en"}):
        answer = desk.post(path, data={"status": "completed", **typed})
        assert "Type “end”" in desk.get(answer.location).text
    assert the_campaign().status == "active"
    desk.post(path, data={"status": "completed", "typed": " End "})
    assert the_campaign().status == "completed"


def test_archiving_is_undone_by_a_press(desk: Any, ann: Any) -> None:
    campaign = factories.a_campaign(ann)
    for status in ("completed", "archived"):
        campaigns.set_campaign_status(campaign, status)
    page = f"/campaigns/{campaign.id}"
    assert "Unarchive" in desk.get(page).text
    desk.post(f"{page}/unarchive")
    assert the_campaign().status == "completed"


def test_a_duplicate_is_made_once_a_form_and_leads_to_its_first_step(
    desk: Any, ann: Any
) -> None:
    campaign = factories.a_campaign(ann)
    once = {"once": new_id()}
    places = {
        desk.post(f"/campaigns/{campaign.id}/duplicate", data=once).location for _ in range(2)
    }
    (place,) = places
    assert 'value="Autumn (copy)"' in desk.get(place).text
    odd = desk.post(f"/campaigns/{campaign.id}/duplicate", data={"once": "no id"})
    assert odd.location == f"/campaigns/{campaign.id}"


def test_steps_ask_no_more_questions_for_more_people(desk: Any, ann: Any, draft: str) -> None:
    from tests.statements import statements

    campaign = db.session.get(Campaign, draft.split("/")[2])

    def asked() -> list[int]:
        return [
            statements(lambda path=path: desk.get(f"{draft}{path}").data)
            for path in ("", "/people", "/sending")
        ]

    drafts.save_recipient_list(campaign, "a@x.example")
    few = asked()
    drafts.save_recipient_list(campaign, "\n".join(f"p{n}@x.example" for n in range(500)))
    assert asked() == few
    assert max(few) <= 12
