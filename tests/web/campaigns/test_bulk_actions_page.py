"""The bar of actions over the invites that are selected."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from interviewrelay.campaigns.invites import invites
from interviewrelay.core.db.session import db
from interviewrelay.core.ids import new_id
from interviewrelay.models import Invite, Mail
from tests.conftest import logged_in
from tests.factories import a_campaign, an_interview, an_invite


@pytest.fixture
def campaign(ann: Any) -> Any:
    return a_campaign(ann)


@pytest.fixture
def ids(services: Any, campaign: Any) -> list[str]:
    """Two who have not started, and one who has."""
    rows = [an_invite(services, campaign, f"{name}@x.example")[0].id for name in "ab"]
    return [*rows, an_interview(services, campaign, email="c@x.example").invite_id]


def acted(desk: Any, campaign: Any, ids: list[str], action: str, **more: str) -> str:
    data = {"invite": ids, "action": action, **more}
    answer = desk.post(f"/campaigns/{campaign.id}/invites/selected", data=data)
    assert answer.status_code == 303
    assert answer.location == f"/campaigns/{campaign.id}#invites"
    page = desk.get(answer.location).get_data(as_text=True).replace("<wbr>", "")
    return page.partition('role="status"')[2].partition("</div></div>")[0]


def status_of(email: str) -> str:
    db.session.expire_all()
    row = db.session.execute(select(Invite).where(Invite.email == email)).scalar_one()
    return invites.get_status(row)


def mails() -> int:
    return len(db.session.execute(select(Mail.id)).all())


def test_the_page_offers_a_box_for_each_and_the_actions(
    desk: Any, campaign: Any, ids: Any
) -> None:
    page = desk.get(f"/campaigns/{campaign.id}").get_data(as_text=True)
    assert set(re.findall(r'name="invite" value="([^"]+)"', page)) == set(ids)
    assert page.count('form="selected"') == 3
    for action in ("resend", "remind", "extend", "cancel"):
        assert f'name="action" value="{action}"' in page


def test_links_are_sent_again_once_a_form(desk: Any, campaign: Any, ids: Any) -> None:
    once = new_id()
    for _ in range(2):
        told = acted(desk, campaign, ids, "resend", once=once)
        assert "Resent: 3 invites." in told
    assert mails() == 3


def test_only_the_missing_are_reminded_and_the_rest_is_told(
    desk: Any, campaign: Any, ids: Any
) -> None:
    told = acted(desk, campaign, ids, "remind")
    assert "Reminders sent: 2 invites. Skipped c@x.example: The interview has started." in told
    assert mails() == 2


def test_they_are_extended_by_the_days_that_are_offered(
    desk: Any, campaign: Any, ids: Any
) -> None:
    assert "Extended: 3 invites." in acted(desk, campaign, ids, "extend", days="30")
    told = acted(desk, campaign, ids, "extend", days="1000000")
    assert "Extended: 0 invites. Skipped" in told
    assert "is already valid for longer" in told


def test_cancelling_asks_once_more(desk: Any, campaign: Any, ids: Any) -> None:
    path = f"/campaigns/{campaign.id}/invites/selected?status=pending"
    data = {"invite": ids[:2], "action": "cancel"}
    asked = desk.post(path, data=data)
    assert asked.status_code == 200
    page = asked.get_data(as_text=True)
    assert "Cancel 2 invites" in page
    assert f'href="/campaigns/{campaign.id}?status=pending#invites"' in page
    assert status_of("a@x.example") == "pending"
    wrong = desk.post(path, data={**data, "typed": "yes"})
    assert wrong.status_code == 400
    assert 'href="#typed"' in wrong.text
    assert set(re.findall(r'name="invite" value="([^"]+)"', wrong.text)) == set(ids[:2])
    done = desk.post(path, data={**data, "typed": "Cancel"})
    assert done.location == f"/campaigns/{campaign.id}?status=pending#invites"
    assert {status_of(f"{name}@x.example") for name in "ab"} == {"cancelled"}
    assert status_of("c@x.example") == "started"


def test_many_with_one_reason_are_told_in_short(
    desk: Any, services: Any, campaign: Any
) -> None:
    rows = [an_invite(services, campaign, f"p{n}@x.example")[0] for n in range(8)]
    for row in rows:
        invites.cancel_invite(row)
    told = acted(desk, campaign, [row.id for row in rows], "resend")
    assert "and 5 more: This invite is cancelled" in told


@pytest.mark.parametrize(
    ("some", "action", "words"),
    [(False, "resend", "Select at least one invite."), (True, "burn", "Choose one of")],
)
def test_nothing_selected_and_no_action_are_told(
    desk: Any, campaign: Any, ids: Any, some: bool, action: str, words: str
) -> None:
    assert words in acted(desk, campaign, ids if some else [], action)


def test_invites_of_other_campaigns_are_not_reached(
    app: Any, desk: Any, services: Any, ann: Any, ben: Any, campaign: Any
) -> None:
    other, _ = an_invite(services, a_campaign(ann), "o@x.example")
    theirs, _ = an_invite(services, a_campaign(ben), "t@x.example")
    told = acted(desk, campaign, [other.id, theirs.id], "resend")
    assert "Select at least one" in told
    data = {"invite": [theirs.id], "action": "resend"}
    path = f"/campaigns/{theirs.campaign_id}/invites/selected"
    assert desk.post(path, data=data).status_code == 404
    assert mails() == 0


def test_a_viewer_may_not(app: Any, vic: Any, campaign: Any, ids: Any) -> None:
    browser = logged_in(app, vic)
    page = browser.get(f"/campaigns/{campaign.id}").get_data(as_text=True)
    assert 'form="selected"' not in page
    data = {"invite": ids, "action": "resend"}
    path = f"/campaigns/{campaign.id}/invites/selected"
    assert browser.post(path, data=data).status_code == 403


def test_all_who_are_missing_are_reminded_by_one_press(
    desk: Any, campaign: Any, ids: Any
) -> None:
    path = f"/campaigns/{campaign.id}/invites/remind"
    assert "Remind people who haven’t started" in desk.get(f"/campaigns/{campaign.id}").text
    assert "Reminder sent to 2 people." in desk.get(desk.post(path).location).text
    assert "There is no one to remind" in desk.get(desk.post(path).location).text
    assert mails() == 2
