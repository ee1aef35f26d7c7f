"""The settings in one place, and the pages of what has no other."""

from datetime import timedelta

import pytest

from interviewrelay.accounts import accounts, api_keys, login_sessions
from interviewrelay.core import clock
from interviewrelay.core.db.session import transaction
from interviewrelay.core.ports.mail import MailServerAway
from interviewrelay.organizations import profile
from interviewrelay.privacy import retention
from interviewrelay.webhooks import endpoints
from tests.conftest import HASHED, PASSWORD, logged_in
from tests.factories import a_campaign, a_finished_interview
from tests.statements import statements
from tests.web.everything import everything

NEW = "another horse battery staple"


def tiles(page):
    return [part.partition("<")[0] for part in page.split('class="row-link"')[1:]]


@pytest.fixture
def researcher(app, ann):
    with transaction():
        user = accounts.add_user("rae@alder.example", "Rae", HASHED())
        accounts.add_member(ann.membership.organization, user, "researcher")
    browser = app.test_client()
    browser.post("/login", data={"email": "rae@alder.example", "password": PASSWORD})
    return browser


def test_each_thing_says_what_it_is_now(desk, services, ann):
    page = desk.get("/settings").text
    for words in (
        "Alder. Time zone UTC, no default contact.",
        "1 member, 0 open invitations.",
        "1 key in use.",
        "No webhooks.",
        "No email server is set up",
        "Structured interviews, no language model.",
        "Default colour, no logo.",
        "Transcripts are kept. Recordings are erased after 90 days. Unused email addresses are kept.",
        "Owners are alerted at the standard level.",
        "You’re signed in on 1 device.",
    ):
        assert words in page, words
    assert "Needs attention" not in page
    hook, _ = endpoints.create_webhook(
        services, ann.actor, endpoints.WebhookSettings("https://hooks.example/a")
    )
    endpoints.switch_webhook(hook, on=False)
    retention.set_transcript_days(profile.get_organization(ann.actor), 30)
    api_keys.revoke_api_key(api_keys.list_api_keys(ann.actor).items[0])
    wanted = profile.OrganizationDetails(
        "Alder Labs", "Europe/Amsterdam", "", "study@alder.example"
    )
    profile.change_details(ann.actor, wanted)
    page = desk.get("/settings").text
    for words in (
        "Alder Labs. Time zone Europe/Amsterdam, contact study@alder",
        "No API keys.",
        "1 webhook, 1 turned off.",
        "Needs attention",
        "Transcripts are erased after 30 days. Recordings are erased after 90 days.",
    ):
        assert words in page, words


def test_everybody_sees_what_is_theirs_to_change(app, desk, researcher, vic):
    everything_ = ["Organization", "Members", "API keys", "Webhooks", "Email settings"]
    assert desk.get("/settings").text.count("row-link") == 11
    for word in everything_:
        assert f">{word}</a>" in desk.get("/settings").text
    page = researcher.get("/settings").text
    assert page.count("row-link") == 2  # members, and their own log-ins
    assert logged_in(app, vic).get("/settings").text.count("row-link") == 1


def test_the_page_asks_little(desk):
    desk.get("/settings")
    assert statements(lambda: desk.get("/settings")) <= 8


def test_the_organization_is_described_and_what_was_typed_stays(desk, ann):
    sent = {"name": "Alder Labs", "time_zone": "Asia/Kolkata", "language": "fr", "contact": "x"}
    done = desk.post("/settings/organization", data=sent, follow_redirects=True)
    assert "Saved." in done.text
    assert 'value="Asia/Kolkata" selected' in done.text
    assert "<span>Alder Labs</span>" in done.text  # the rail
    page = desk.post("/settings/organization", data={**sent, "name": " ", "contact": "y" * 501})
    assert page.status_code == 400
    assert "Enter a name for the organization" in page.text
    assert "y" * 501 in page.text


def test_new_scripts_begin_with_what_the_organization_says(desk, ann):
    wanted = profile.OrganizationDetails("Alder", "", "nl", "study@alder.example")
    profile.change_details(ann.actor, wanted)
    blank = desk.get("/scripts/new?from=blank").text
    assert 'value="study@alder.example"' in blank
    assert 'value="nl"' in blank
    assert 'value="study@alder.example"' in desk.get("/scripts/new?from=exit").text


def test_without_javascript_times_are_those_of_the_organization(desk, ann):
    assert " UTC" in desk.get("/settings/security").text
    profile.change_details(ann.actor, profile.OrganizationDetails("Alder", "Asia/Kolkata"))
    page = desk.get("/settings/security").text
    assert " IST" in page
    assert " UTC" not in page


def test_the_sender_is_chosen_and_a_wrong_mailbox_is_told(desk, ann):
    sent = {"sender_name": "Alder Research", "reply_to": "study@alder.example"}
    done = desk.post("/settings/mail", data=sent, follow_redirects=True)
    assert "Email settings saved." in done.text
    assert 'value="Alder Research"' in done.text
    page = desk.post("/settings/mail", data={"sender_name": "B", "reply_to": "nobody"})
    assert page.status_code == 400
    assert "Enter an email address" in page.text
    assert profile.get_organization(ann.actor).sender_name == "Alder Research"


@pytest.fixture
def with_mail(app, desk):
    """As if SMTP_URL were set."""
    from dataclasses import replace

    settings = app.extensions["settings"]
    app.extensions["settings"] = replace(settings, smtp_url="smtp://mail.example.com")
    return desk


def test_a_test_mail_says_what_the_mail_server_said(with_mail, mailer, ann):
    assert "Send test email" in with_mail.get("/settings/mail").text
    page = with_mail.post("/settings/mail/try").text
    assert "The email server accepted the test email" in page
    assert [letter.to for letter in mailer.letters] == [ann.email]
    mailer.fault = MailServerAway("the email server could not be reached (OSError)")
    page = with_mail.post("/settings/mail/try").text
    assert "The email server could not be reached (OSError)" in page
    assert "retried for 48 hours" in page


def test_test_mails_are_few(with_mail, mailer):
    answers = [with_mail.post("/settings/mail/try").status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]
    assert len(mailer.letters) == 10


def test_without_a_mail_server_the_page_says_how_to_have_one(desk):
    page = desk.get("/settings/mail").text
    assert "SMTP_URL" in page
    assert "Send test email" not in page


@pytest.fixture
def held(services, ann):
    with clock.freeze_at(clock.now() - timedelta(days=40)):
        a_finished_interview(services, a_campaign(ann), "It took an hour.")


def test_what_would_be_erased_is_told_first_and_agreed_to_by_its_number(desk, ann, held):
    before = everything()
    page = desk.post("/settings/retention", data={"days": "30", "addresses": ""})
    assert page.status_code == 200
    assert "1 interview and the email addresses of 0 people who never started" in page.text
    assert "Type 1 to confirm" in page.text
    assert 'value="30"' in page.text
    for typed in ("0", "yes"):
        page = desk.post("/settings/retention", data={"days": "30", "agreed": typed})
        assert page.status_code == 400
        assert "enter the number 1." in page.text
    assert everything() == before
    done = desk.post(
        "/settings/retention", data={"days": "30", "agreed": "1"}, follow_redirects=True
    )
    assert "Retention settings saved." in done.text
    assert profile.get_organization(ann.actor).transcript_days == 30


def test_what_erases_nothing_is_saved_at_once(desk, ann):
    done = desk.post(
        "/settings/retention", data={"days": "365", "addresses": "90"}, follow_redirects=True
    )
    assert "Retention settings saved." in done.text
    assert 'value="365"' in done.text
    for wrong in ("x", "0", "4000", "-3"):
        page = desk.post("/settings/retention", data={"days": wrong, "addresses": wrong})
        assert page.status_code == 400
        assert "Transcripts can be kept for 1 to 3650 days" in page.text
        assert "Addresses can be kept for 1 to 3650 days" in page.text
        assert f'value="{wrong}"' in page.text


AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"


def test_browsers_are_named_and_logged_out(app, desk, ann):
    other = app.test_client()
    sent = {"email": ann.email, "password": ann.password}
    other.post("/login", data=sent, headers={"User-Agent": AGENT})
    page = desk.get("/settings/security").text
    assert "Firefox on Linux" in page
    assert page.count("This device") == 1
    row = next(
        r for r in login_sessions.list_logins(ann.actor) if r.device == "Firefox on Linux"
    )
    assert desk.post(f"/settings/security/log-ins/{row.id}/end").status_code == 303
    assert other.get("/settings/security").status_code == 303
    other.post("/login", data=sent)
    done = desk.post("/settings/security/log-ins/end", follow_redirects=True)
    assert "You’re signed out on 1 other device." in done.text
    (row,) = login_sessions.list_logins(ann.actor)
    ended = desk.post(f"/settings/security/log-ins/{row.id}/end")
    assert ended.location == "/login"
    assert desk.get("/settings").status_code == 303


def test_the_password_is_changed_and_this_browser_stays(app, desk, ann):
    other = logged_in(app, ann)
    path = "/settings/security/password"
    page = desk.post(path, data={"old_password": "wrong", "password": NEW})
    assert page.status_code == 400
    assert "Your current password is incorrect" in page.text
    assert NEW not in page.text
    done = desk.post(
        path, data={"old_password": PASSWORD, "password": NEW}, follow_redirects=True
    )
    assert "Password changed." in done.text
    assert other.get("/settings").status_code == 303


def test_a_password_is_never_carried_to_the_log_in(app, ann):
    stranger = app.test_client()
    sent = {"old_password": PASSWORD, "password": NEW}
    answer = stranger.post("/settings/security/password", data=sent)
    assert answer.status_code == 303
    assert PASSWORD not in answer.text


def test_roles_are_changed_and_members_removed_on_the_page(desk, ann, vic):
    page = desk.post(f"/members/{vic.membership.id}/role", data={"role": "admin"})
    assert page.status_code == 303
    assert "vic@alder.example now has the role admin." in desk.get("/members").text
    wrong = desk.post(f"/members/{vic.membership.id}/role", data={"role": "king"})
    assert wrong.status_code == 400
    last = desk.post(f"/members/{ann.membership.id}/remove")
    assert last.status_code == 409
    assert "needs at least one owner" in last.text
    done = desk.post(f"/members/{vic.membership.id}/remove", follow_redirects=True)
    assert "vic@alder.example was removed from the organization." in done.text


def test_who_leaves_is_led_to_the_log_in(app, desk, ann, vic):
    desk.post(f"/members/{vic.membership.id}/role", data={"role": "owner"})
    left = desk.post(f"/members/{ann.membership.id}/remove")
    assert left.location == "/login"
    assert desk.get("/members").status_code == 303


def test_an_admin_sees_owners_without_a_way_to_change_them(app, ann):
    with transaction():
        user = accounts.add_user("ada@alder.example", "Ada", HASHED())
        accounts.add_member(ann.membership.organization, user, "admin")
    browser = app.test_client()
    browser.post("/login", data={"email": "ada@alder.example", "password": PASSWORD})
    page = browser.get("/members").text
    assert "Role for ada@alder.example" in page
    assert "Role of ann@alder.example" not in page
    refused = browser.post(f"/members/{ann.membership.id}/role", data={"role": "viewer"})
    assert refused.status_code == 403


def test_the_rail_has_one_place_for_all_settings_and_the_keys_reach_each(desk):
    page = desk.get("/keys").text
    rail = page.partition('class="rail"')[2].partition("</header>")[0]
    assert 'href="/settings" data-go="e" aria-current="true"' in rail
    assert 'href="/keys"' not in rail
    assert '<a href="/keys" data-go="k">' in page
    assert "Settings" in desk.get("/find?q=settings").text
    assert 'href="/settings/retention"' in desk.get("/find?q=retention").text


def test_the_guide_is_there_for_everybody_and_says_how_mails_leave(app, desk, vic):
    page = desk.get("/guide").text
    assert "Copy the links under" in page
    assert 'href="/scripts/new"' in page
    viewers = logged_in(app, vic).get("/guide").text
    assert 'href="/scripts/new"' not in viewers


@pytest.mark.parametrize(
    "path", ["/scripts", "/campaigns", "/sessions", "/outbox", "/campaigns/new"]
)
def test_an_empty_page_leads_to_the_guide(desk, path):
    page = desk.get(path).text
    assert "See how it works in two minutes" in page
    anchor = page.partition('href="/guide#')[2].partition('"')[0]
    assert f'id="{anchor}"' in desk.get("/guide").text
