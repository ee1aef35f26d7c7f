"""The pages of whoever administers the server."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from interviewrelay.accounts import accounts, api_keys
from interviewrelay.billing import ledger
from interviewrelay.core import clock
from interviewrelay.core.actor import SERVER
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.ids import new_id
from interviewrelay.core.ports.mail import MailRefused
from interviewrelay.models import Delivery, Job, Mail
from interviewrelay.notifications import mail_delivery
from interviewrelay.operations import maintenance, readiness
from interviewrelay.webhooks import delivery_log, endpoints
from tests.conftest import HASHED, logged_in
from tests.factories import a_campaign, a_finished_interview, an_invite
from tests.statements import statements

PAGES = (
    "/admin",
    "/admin/model",
    "/admin/organizations",
    "/admin/jobs",
    "/admin/failures",
    "/admin/health",
)


@pytest.fixture
def admin(app, root):
    return logged_in(app, root)


@pytest.mark.parametrize("path", PAGES)
def test_to_everybody_else_they_are_not_there(desk, client, path):
    assert desk.get(path).status_code == 404
    assert client.get(path).location.startswith("/login")
    assert "Administration" not in desk.get("/settings").text


def test_a_key_of_the_administrators_opens_no_page(services, root, client):
    assert root.actor.may(SERVER)
    assert not api_keys.authenticate(services.ring, root.auth["Authorization"]).may(SERVER)
    assert client.get("/admin", headers=root.auth).status_code == 303


def test_the_summary_is_the_apis(admin, client, root, ann, ben):
    ledger.remove_credits(ann.actor.org_id, 1_565, "test:most", "Most")
    page = admin.get("/admin").text
    said = client.get("/api/admin/credits/summary", headers=root.auth).json["summary"]
    assert said["totalOrganizations"] == 3
    assert f'<a href="/admin/organizations">{said["totalOrganizations"]}</a>' in page
    assert "1 critical" in page
    assert f'href="/admin/organizations/{ann.actor.org_id}">Alder</a>' in page
    assert "No organizations are low on credits." not in page


def test_organizations_are_found_and_what_they_have_is_told(admin, ann, ben):
    page = admin.get("/admin/organizations").text
    assert "Alder" in page
    assert "Birch" in page
    page = admin.get("/admin/organizations?q=ben@&plan=enterprise").text
    assert "Birch" in page
    assert ">Alder<" not in page
    assert "No organizations match your search." in admin.get("/admin/organizations?q=zzz").text


def test_a_plan_is_changed_and_amounts_are_enterprises(admin, ann):
    path = f"/admin/organizations/{ann.actor.org_id}"
    sent = {"plan": "starter", "monthly_credits": "7000", "requests_per_hour": "x"}
    done = admin.post(f"{path}/plan", data=sent, follow_redirects=True)
    assert "1\u202f000 credits per month" in done.text
    wrong = admin.post(f"{path}/plan", data={"plan": "enterprise", "monthly_credits": "many"})
    assert wrong.status_code == 400
    assert "Enter a whole number up to" in wrong.text
    assert 'value="many"' in wrong.text
    assert admin.post(f"{path}/plan", data={"plan": "king"}).status_code == 400
    assert "Starter plan" in admin.get(path).text


def test_credits_are_given_once_for_each_form(admin, ann):
    path = f"/admin/organizations/{ann.actor.org_id}"
    page = admin.get(path).text
    once = page.partition('name="once" value="')[2].partition('"')[0]
    sent = {"act": "give", "credits": "5 000", "reason": "For the pilot", "once": once}
    for _ in range(2):
        done = admin.post(f"{path}/credits", data=sent, follow_redirects=True)
    assert "For the pilot" in done.text
    assert ledger.balance(ledger.get_account(ann.actor)) == 6_600
    taken = {**sent, "act": "take", "credits": "600", "reason": "", "once": new_id()}
    admin.post(f"{path}/credits", data=taken)
    assert ledger.balance(ledger.get_account(ann.actor)) == 6_000
    wrong = admin.post(f"{path}/credits", data={**sent, "credits": "", "reason": "Why"})
    assert wrong.status_code == 400
    assert 'value="Why"' in wrong.text


def test_jobs_are_listed_and_done_next(admin, services, ann):
    a_finished_interview(services, a_campaign(ann), "It took an hour.")
    assert "Retrying" not in admin.get("/admin/jobs").text
    with transaction():
        job = db.session.query(Job).one()
        job.next_at, job.tries = clock.now() + timedelta(hours=3), 4
        job_id = job.id
    page = admin.get("/admin/jobs").text
    assert "Tell of a session" in page
    assert "Retrying" in page
    assert (
        "The job will run next."
        in admin.post(f"/admin/jobs/{job_id}/run", follow_redirects=True).text
    )
    assert db.session.get(Job, job_id, populate_existing=True).next_at <= clock.now()
    assert admin.post(f"/admin/jobs/{new_id()}/run").status_code == 404


@pytest.fixture
def failed(services, ann, mailer):
    """A mail and a delivery that failed: their ids."""
    an_invite(services, a_campaign(ann), "pat@secret.example", send_email=True)
    mailer.fault = MailRefused("550 no such person")
    mail_delivery.deliver_due_mails(services)
    mailer.fault = None
    webhook, _ = endpoints.create_webhook(
        services, ann.actor, endpoints.WebhookSettings("https://hooks.example/a")
    )
    call = delivery_log.send_ping(webhook)
    with transaction():
        db.session.get(Delivery, call).state = "failed"
    return db.session.query(Mail.id).scalar(), call, webhook


def test_failures_say_why_and_are_tried_again(admin, failed):
    mail_id, call_id, _ = failed
    page = admin.get("/admin/failures").text
    assert "550 no such person" in page
    assert "secret.example" in page
    assert "pat@" not in page
    assert "hooks.example" in page
    done = admin.post(f"/admin/failures/mails/{mail_id}/again", follow_redirects=True).text
    assert "The email is queued again." in done
    assert "No failed emails." in done
    done = admin.post(f"/admin/failures/deliveries/{call_id}/again", follow_redirects=True).text
    assert "The delivery is being sent again." in done
    assert "No failed deliveries." in done
    for path in ("mails", "deliveries"):
        assert admin.post(f"/admin/failures/{path}/{new_id()}/again").status_code == 404


def test_what_is_switched_off_is_not_sent_to(admin, failed):
    _, call_id, webhook = failed
    endpoints.switch_webhook(webhook, on=False)
    with transaction():
        db.session.get(Delivery, call_id).state = "failed"
    done = admin.post(f"/admin/failures/deliveries/{call_id}/again", follow_redirects=True).text
    assert "turned off" in done


def test_each_kind_of_failure_has_a_list_of_its_own(admin, ann, failed):
    with transaction():
        for n in range(30):
            mail = Mail(
                org_id=ann.actor.org_id, recipient="a@x.example", facts={}, kind="credits",
                state="failed", dedupe=f"{n}", next_at=clock.now(),
            )  # fmt: skip
            db.session.add(mail)
    assert 'href="/admin/failures?of=mails"' in admin.get("/admin/failures").text
    page = admin.get("/admin/failures?of=mails&offset=25").text
    assert "26–31 of 31 emails" in page
    assert "Webhook deliveries" not in page
    page = admin.get("/admin/failures?of=webhooks").text
    assert "hooks.example" in page
    assert "Low-balance alert" not in page


def test_requests_that_failed_are_counted_by_route(app, admin):
    app.extensions["request_metrics"].record(("GET", "/api/session/<session_id>/pdf", 503), 0.1)
    app.extensions["request_metrics"].record(("GET", "/api/sessions", 200), 0.1)
    page = admin.get("/admin/failures").text
    assert "GET /api/session/&lt;session_id&gt;/pdf" in page
    assert "GET /api/sessions<" not in page


def test_health_is_seen_at_a_glance_and_proved_on_demand(admin, monkeypatch):
    page = admin.get("/admin/health").text
    assert "The server is ready" in page
    assert "System clock" in page
    assert "Counters are correct" not in page
    assert "Speech recognition" in page
    assert "turned off (VOICE=off)" in page
    assert "Counters are correct" in admin.post("/admin/health").text
    monkeypatch.setattr(maintenance, "MOST_PROVEN", -1)
    assert "interviewrelay doctor" in admin.post("/admin/health").text


def test_emails_are_not_all_right_where_no_server_is_set_up(app, admin):
    row = re.compile(r"Emails</th><td[^>]*>(<span[^>]*>)([^<]*)</span>")
    found = row.findall(admin.get("/admin/health").text)
    assert [word for _, word in found] == ["No email server set up"]
    found = row.findall(admin.post("/admin/health").text)
    assert [word for _, word in found] == ["No email server set up"] * 2
    made = replace(app.extensions["settings"], smtp_url="smtp://mail.example")
    app.extensions["settings"] = made
    assert [word for _, word in row.findall(admin.get("/admin/health").text)] == ["OK"]


def test_proofs_are_few(admin):
    with clock.freeze_at(clock.now()):
        pages = [admin.post("/admin/health").text for _ in range(7)]
    assert ["Too many data checks" in page for page in pages] == [False] * 6 + [True]


def test_what_could_not_be_saved_is_told_first(admin, monkeypatch):
    monkeypatch.setattr(readiness.trouble, "_at", float("inf"))  # and is not forgotten
    assert "could not save data" in admin.get("/admin").text
    assert "Data could not be saved" in admin.get("/admin/health").text


def test_statements_do_not_grow_with_what_there_is(admin, services, ann):
    def measured():
        with clock.freeze_at(clock.now()):
            for path in PAGES:
                admin.get(path)
            return {path: statements(lambda path=path: admin.get(path)) for path in PAGES}

    def fill(start, end):
        for n in range(start, end):
            with transaction():
                made = accounts.add_organization(f"Org {n}", plan="free")
                user = accounts.add_user(f"o{n}@x.example", "O", HASHED())
                accounts.add_member(made, user, "owner")
                for state in ("failed", "queued"):
                    mail = Mail(
                        org_id=made.id, recipient="a@x.example", facts={}, kind="credits",
                        state=state, dedupe=f"{state}{n}", next_at=clock.now(),
                    )  # fmt: skip
                    db.session.add(mail)
                db.session.add(
                    Job(org_id=made.id, kind="a test", subject=f"{n}", next_at=clock.now())
                )

    fill(0, 3)
    few = measured()
    fill(3, 23)
    assert measured() == few
    assert max(few.values()) <= 13


def test_an_organization_is_made_and_its_owner_gets_a_link(app, admin, mailer):
    mailer.configured = False
    page = admin.get("/admin/organizations").text
    once = page.partition('name="once" value="')[2].partition('"')[0]
    sent = {"name": "Cedar", "email": "cy@x.example", "new_plan": "starter", "once": once}
    made = admin.post("/admin/organizations", data=sent).text
    here = made.partition('value="http://127.0.0.1:8000')[2].partition('"')[0]
    assert "Join Cedar" in app.test_client().get(here).text
    again = admin.post("/admin/organizations", data=sent, follow_redirects=True)
    assert "This organization already exists." in again.text
    wrong = admin.post(
        "/admin/organizations", data={**sent, "email": "nobody", "once": new_id()}
    )
    assert wrong.status_code == 400
    assert 'value="nobody"' in wrong.text
    mailer.configured = True
    path = f"/admin/organizations/{once}"
    asked = admin.post(f"{path}/owner", data={"email": "di@x.example"}, follow_redirects=True)
    assert "Invitation sent to di@x.example" in asked.text
    assert admin.post(f"{path}/owner", data={"email": "nobody"}).status_code == 400
