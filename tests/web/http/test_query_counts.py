"""Whatever can be read asks the database as often for a hundred rows as for ten."""

import re

import pytest

from interviewrelay.accounts import api_keys, member_invitations
from interviewrelay.billing import ledger
from interviewrelay.campaigns.invites import invites
from interviewrelay.core import clock
from interviewrelay.mail import outbox
from interviewrelay.notes import notes, saved_filters
from interviewrelay.results import findings
from interviewrelay.scripts import scripts
from interviewrelay.scripts.document import ScriptDocument
from interviewrelay.webhooks import endpoints
from tests.conftest import logged_in
from tests.factories import (
    DOCUMENT,
    a_campaign,
    a_project,
    a_recording,
    a_script,
    an_interview,
    an_invite,
)
from tests.statements import statements

FEW, MANY = 10, 100
ADMIN = "/admin"
"""The pages of who administers the server are not Ann's (test_administration)."""
MOST_OF_A_PAGE = 16
"""A session and a campaign also show results, with three statements more."""
OTHERS = {
    "/api/admin/credits/summary",  # for administrators of the server
    "/design",  # of no organization, and there in development only
    "/settings/branding/logo",  # there is none
    "/login", "/setup", "/password", "/password/<token>", "/join/<token>",  # for who is not logged in
}  # fmt: skip


def readable(app, ids):
    """Every address of the API and of the desk that can be read, filled in."""
    rules = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint.partition(".")[0] in ("api", "pages") and "GET" in rule.methods
    ]
    wanted = [rule for rule in set(rules) - OTHERS if not rule.startswith(ADMIN)]
    spoken = {**ids, "session_id": ids["spoken_id"]}

    def fill(rule):
        known = spoken if rule.endswith("/audio") else ids
        return re.sub(r"<(\w+)>", lambda m: known[m[1]], rule)

    return {rule: fill(rule) for rule in wanted}


@pytest.mark.gate
def test_statements_do_not_grow_with_the_rows(app, client, ann, services, monkeypatch):
    monkeypatch.setattr(
        ledger, "hold_credits", lambda *_: None
    )  # nobody's credits last for so many

    script, project = a_script(ann), a_project(ann)
    campaign = a_campaign(ann, script=script, project=project)
    session = an_interview(services, campaign, "It took an hour.", email="first@x.example")
    spoken = an_interview(services, campaign, "It took an hour.", email="spoke@x.example")
    a_recording(services, spoken)
    _, token = an_invite(services, campaign, "mailed@x.example", send_email=True)
    wanted = endpoints.WebhookSettings("https://hooks.example/a")
    webhook, _ = endpoints.create_webhook(services, ann.actor, wanted)
    ids = {
        "campaign_id": campaign.id, "script_id": script.id, "project_id": project.id,
        "session_id": session.id, "spoken_id": spoken.id, "token": token, "email": "first@x.example",
        "mail_id": outbox.list_mails(ann.actor).items[0].id, "webhook_id": webhook.id,
        "number": "1", "version": "1",
        "key_id": api_keys.list_api_keys(ann.actor).items[0].id,
        "member_id": ann.membership.id, "email_id": outbox.list_mails(ann.actor).items[0].id,
        "finding_id": findings.add_finding(ann.actor, campaign.id, "People wait.", []).row.id,
        "note_id": notes.add_note(ann.actor, session.id, notes.NoteDraft("First.", "a", 2, "an hour")).id,
        "view_id": saved_filters.save_filter(ann.actor, "First", {"tag": "a"}, shared=True).id,
    }  # fmt: skip
    member_invitations.invite_member(services, ann.actor, "asked@x.example", "viewer")
    ids["filter_id"] = ids["view_id"]
    browser = logged_in(app, ann)
    paths = readable(app, ids)

    def fill(start, end):
        document = ScriptDocument.model_validate(DOCUMENT)
        for n in range(start, end):
            a_project(ann, f"P{n}")
            scripts.create_script(ann.actor, document)
            a_campaign(ann, script=script, project=project, name=f"C{n}")
            api_keys.create_api_key(services.ring, ann.membership, f"K{n}")
            held = an_interview(
                services, campaign, "It took an hour.", email=f"talks{n}@x.example"
            )
            draft = notes.NoteDraft(f"Note {n}.", f"tag{n}, a", 2, "an hour")
            notes.add_note(ann.actor, held.id, draft)
            notes.add_note(ann.actor, session.id, draft)
            if n < saved_filters.MOST - 1:
                saved_filters.save_filter(ann.actor, f"V{n}", {"tag": f"tag{n}"}, shared=True)
        people = [invites.Invitee(f"waits{n}@x.example") for n in range(start, end)]
        invites.create_invites(services.ring, campaign, people)

    def measured():
        taken = {}
        for rule, address in paths.items():
            api = rule.startswith("/api")
            more = "?limit=100" if api and rule != "/api/docs" else ""

            def ask(who=client if api else browser, address=address + more, api=api):
                answer = who.get(address, headers=ann.auth if api else {})
                assert answer.status_code in (200, 302, 303), address
                assert answer.data is not None  # a stream is read to its end

            ask()  # what is asked once a while, such as the use of a key, is over
            taken[rule] = statements(ask)
        return taken

    with clock.freeze_at(clock.now()):
        fill(0, FEW)
        few = measured()
        fill(FEW, MANY)
        many = measured()
    assert {path: (few[path], many[path]) for path in few if many[path] > few[path]} == {}
    # The key, and the rows with their number.
    assert {p: many[p] for p in ("/api/campaigns", "/api/sessions") if many[p] > 2} == {}
    assert many["/api/campaigns/<campaign_id>"] <= 2
    assert many["/api/sessions/<session_id>/transcript"] <= 3
    desk = {rule: asked for rule, asked in many.items() if not rule.startswith("/api")}
    assert {rule: asked for rule, asked in desk.items() if asked > MOST_OF_A_PAGE} == {}
    lists = [rule.rule for rule in app.url_map.iter_rules() if "api.list_" in rule.endpoint]
    assert len(lists) >= 5
    assert max(many[rule] for rule in lists) <= 8
