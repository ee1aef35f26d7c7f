"""The page of the audit log."""

from interviewrelay.accounts import members
from interviewrelay.core.ids import new_id
from tests.conftest import logged_in


def test_a_change_by_a_page_and_by_a_key_is_told_with_who_made_it(app, desk, client, ann, root):
    desk.post("/settings/organization", data={"name": "Alder Labs"})
    hook = {"url": "https://hooks.example/a"}
    assert client.post("/api/webhooks", json=hook, headers=ann.auth).status_code == 201
    admin = logged_in(app, root)
    sent = {"act": "give", "credits": "5", "once": new_id()}
    admin.post(f"/admin/organizations/{ann.actor.org_id}/credits", data=sent)
    page = desk.get("/settings/audit").text
    for words in (
        "Changed the organization settings for Alder Labs",
        "Created the webhook https://hooks.example/a",
        "with an API key",
        "Added 5 credits",
        "Server administrator",
        "ann<wbr>@alder<wbr>.example",
    ):
        assert words in page, words
    assert "root@" not in page
    page = desk.get("/settings/audit?subject=webhook").text
    assert "hooks.example" in page
    assert "Alder Labs</th>" not in page
    assert "No changes in this category." in desk.get("/settings/audit?subject=privacy").text


def test_who_has_left_is_told_as_that(app, desk, ann, vic):
    members.change_role(vic.membership, "owner")
    logged_in(app, vic).post("/settings/organization", data={"name": "Vic’s"})
    members.remove_member(vic.membership)
    page = desk.get("/settings/audit?subject=settings").text
    assert "Former member" in page
    assert "vic" not in page.partition('id="results"')[2].lower().replace("vic’s", "")
