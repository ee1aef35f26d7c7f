"""What belongs to others is not there: every route, by everybody who might try it.

A is Ann's organization, B is Ben's. Each row says what an operation of A's answers to: Ann herself,
Ben (owner of B), and Vic (who may only look at A). A row is missing for a new route: a test fails.
"""

import re

import pytest

from interviewrelay.domain import keys
from interviewrelay.ids import new_id
from interviewrelay.models import Mail
from tests.conftest import logged_in
from tests.factories import a_campaign, a_draft, a_project, a_script, an_interview, an_invite
from tests.web.everything import everything

# (method, rule): (Ann, Ben, Vic). 404 is what an id that nobody has answers too.
API = {
    ("GET", "/api/projects"): (200, 200, 200),
    ("POST", "/api/projects"): (201, 201, 403),
    ("GET", "/api/projects/<project_id>"): (200, 404, 200),
    ("PATCH", "/api/projects/<project_id>"): (200, 404, 403),
    ("DELETE", "/api/projects/<project_id>"): (204, 404, 403),
    ("GET", "/api/scripts"): (200, 200, 200),
    ("POST", "/api/scripts"): (201, 201, 403),
    ("GET", "/api/scripts/<script_id>"): (200, 404, 200),
    ("PATCH", "/api/scripts/<script_id>"): (200, 404, 403),
    ("POST", "/api/scripts/<script_id>/publish"): (200, 404, 403),
    ("DELETE", "/api/scripts/<script_id>"): (204, 404, 403),
    ("POST", "/api/scripts/<script_id>/preview"): (200, 404, 200),
    ("GET", "/api/campaigns"): (200, 200, 200),
    ("POST", "/api/campaigns"): (201, 400, 403),
    ("GET", "/api/campaigns/<campaign_id>"): (200, 404, 200),
    ("PATCH", "/api/campaigns/<campaign_id>"): (200, 404, 403),
    ("GET", "/api/campaigns/<campaign_id>/invites"): (200, 404, 200),
    ("POST", "/api/campaigns/<campaign_id>/invites"): (201, 404, 403),
    ("POST", "/api/campaigns/<campaign_id>/invites/remind"): (200, 404, 403),
    ("GET", "/api/invites/<token>"): (200, 404, 200),
    ("POST", "/api/invites/<token>/resend"): (200, 404, 403),
    ("POST", "/api/invites/<token>/extend"): (200, 404, 403),
    ("DELETE", "/api/invites/<token>"): (200, 404, 403),
    ("GET", "/api/sessions"): (200, 200, 200),
    ("GET", "/api/sessions/<session_id>"): (200, 404, 200),
    ("DELETE", "/api/sessions/<session_id>"): (200, 404, 403),
    ("GET", "/api/campaigns/<campaign_id>/transcripts"): (200, 404, 200),
    ("POST", "/api/participants/erase"): (200, 200, 403),
    ("POST", "/api/participants/export"): (200, 200, 200),
    ("GET", "/api/sessions/<session_id>/transcript"): (200, 404, 200),
    ("GET", "/api/session/<session_id>/transcript"): (200, 404, 200),
    ("GET", "/api/sessions/<session_id>/pdf"): (200, 404, 200),
    ("GET", "/api/session/<session_id>/pdf"): (200, 404, 200),
    ("GET", "/api/billing/credits"): (200, 200, 200),
    ("GET", "/api/billing/usage"): (200, 200, 200),
    ("POST", "/api/billing/topups"): (201, 201, 403),
    ("GET", "/api/admin/credits/summary"): (403, 403, 403),
}
PAGES = {
    ("GET", "/"): (200, 200, 200),
    ("GET", "/projects"): (200, 200, 200),
    ("POST", "/projects"): (303, 303, 403),
    ("GET", "/projects/<project_id>"): (200, 404, 200),
    ("GET", "/scripts"): (200, 200, 200),
    ("GET", "/scripts/new"): (200, 200, 403),
    ("POST", "/scripts"): (303, 303, 403),
    ("GET", "/scripts/<script_id>"): (200, 404, 200),
    ("POST", "/scripts/<script_id>"): (303, 404, 403),
    ("POST", "/scripts/<script_id>/delete"): (303, 404, 403),
    ("GET", "/campaigns"): (200, 200, 200),
    ("GET", "/campaigns/new"): (200, 200, 403),
    ("POST", "/campaigns"): (303, 400, 403),
    ("GET", "/campaigns/<campaign_id>"): (200, 404, 200),
    ("POST", "/campaigns/<campaign_id>/status"): (303, 404, 403),
    ("POST", "/campaigns/<campaign_id>/invites"): (303, 404, 403),
    ("POST", "/campaigns/<campaign_id>/invites/<invite_id>/cancel"): (303, 404, 403),
    ("GET", "/sessions"): (200, 200, 200),
    ("GET", "/sessions/<session_id>"): (200, 404, 200),
    ("GET", "/sessions/<session_id>/pdf"): (200, 404, 200),
    ("GET", "/credits"): (200, 200, 200),
    ("POST", "/credits/topups"): (200, 200, 403),
    ("GET", "/keys"): (200, 200, 403),
    ("POST", "/keys"): (200, 200, 403),
    ("POST", "/keys/<key_id>/revoke"): (303, 404, 403),
    ("GET", "/outbox"): (200, 200, 200),
    ("POST", "/outbox/<mail_id>/again"): (303, 404, 403),
}
# These ask for no caller at all; tests/web/test_accounts_pages.py and the docs' own tests hold them.
PUBLIC = {
    ("GET", "/api/docs"), ("GET", "/login"), ("POST", "/login"), ("POST", "/logout"),
    ("GET", "/setup"), ("POST", "/setup"),
}  # fmt: skip
TABLE = API | PAGES


@pytest.fixture
def ids(app, office, ann):
    """The things of Ann's that the paths name; each of a kind that every verb can be done to."""
    from interviewrelay.database import db

    campaign = a_campaign(ann)
    invite, token = an_invite(office, campaign, "waits@x.example")
    an_invite(office, campaign, "mailed@x.example", send_email=True)
    key, _ = keys.create(office.ring, ann.membership, "Other")
    return {
        "campaign_id": campaign.id,
        "project_id": campaign.project_id,
        "script_id": a_script(ann).id,
        "empty_project": a_project(ann).id,
        "script_to_delete": a_script(ann).id,
        "invite_id": invite.id,
        "token": token,
        "session_id": an_interview(office, campaign, "My secret words.").id,
        "key_id": key.id,
        "mail_id": db.session.query(Mail).one().id,
    }


@pytest.fixture
def bodies(ann, ids):
    """What the operations that need a body are sent, by rule."""
    script = {"name": "S", "questions": [{"text": "T"}]}
    form = {
        "name": "S", "language": "en", "tone": "neutral", "target_minutes": "20", "action": "save",
        "questions.0.text": "T", "questions.0.kind": "open", "questions.0.importance": "should",
        "questions.0.depth": "standard", "questions.0.sensitivity": "0",
    }  # fmt: skip
    wanted = {
        "name": "C", "script_id": ids["script_id"], "project_id": ids["project_id"],
    }  # fmt: skip
    return {
        "/api/projects": {"name": "P"},
        "/api/projects/<project_id>": {"name": "P"},
        "/api/billing/topups": {"pack": 1_000},
        "/credits/topups": {"pack": "1000"},
        "/api/scripts": script,
        "/api/scripts/<script_id>/preview": {"answers": ["Well."]},
        "/api/campaigns/<campaign_id>": {"name": "C"},
        "/api/campaigns/<campaign_id>/invites/remind": {},
        "/api/invites/<token>/resend": {},
        "/api/invites/<token>/extend": {"hours": 1},
        "/api/scripts/<script_id>": {"name": "S"},
        "/api/campaigns": wanted,
        "/api/participants/erase": {"email": "nobody@x.example"},
        "/api/participants/export": {"email": "waits@x.example"},
        "/api/campaigns/<campaign_id>/invites": {"emails": ["new@x.example"]},
        "/projects": {"name": "P"},
        "/scripts": form,
        "/scripts/<script_id>": form,
        "/campaigns": {**wanted, "invite_valid_hours": "7", "unit": "24", "target_minutes": ""},
        "/campaigns/<campaign_id>/status": {"status": "paused"},
        "/campaigns/<campaign_id>/invites": {"addresses": "other@x.example"},
        "/keys": {"name": "K", "power": "all"},
    }


def filled(method, rule, ids):
    path = rule.replace("<script_id>/delete", "<script_to_delete>/delete")
    if method == "DELETE":  # one with campaigns in it stays
        path = path.replace("<project_id>", "<empty_project>")
    return re.sub(r"<(\w+)>", lambda found: ids[found[1]], path)


def send(client, method, rule, ids, bodies, headers):
    body = bodies.get(rule) if method != "GET" else None
    more = {} if body is None else {"json" if rule.startswith("/api") else "data": body}
    headers = {"X-Request-Id": "same", **headers}
    return client.open(filled(method, rule, ids), method=method, headers=headers, **more)


def unsigned(page):
    """A page without its form token, which is signed with the second it was made in."""
    return re.sub(r'(csrf_token" value=|X-CSRFToken": )"[^"]+"', "", page)


def settled(client, somebody):
    """All that is stored, once the use of the key is written down."""
    assert client.get("/api/projects", headers=somebody.auth).status_code == 200
    return everything()


def last(table):
    """Deletions come last, so that the rest finds what it is about."""
    return sorted(table, key=lambda row: (row[0] == "DELETE" or "delete" in row[1], row[1]))


def test_every_route_is_in_the_table(app):
    routes = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.partition(".")[0] in ("api", "pages")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert routes == set(TABLE) | PUBLIC
    unasked = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.partition(".")[0] in ("api", "pages")
        and app.view_functions[rule.endpoint].permission is None
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert unasked == PUBLIC


@pytest.mark.parametrize(("column", "name"), [(1, "ben"), (2, "vic"), (0, "ann")])
def test_each_operation_answers_each_caller_as_the_table_says(
    request, app, client, ids, bodies, column, name
):
    caller = request.getfixturevalue(name)
    browser = logged_in(app, caller)
    wrong = []
    for method, rule in last(TABLE):
        api = rule.startswith("/api")
        who, headers = (client, caller.auth) if api else (browser, {})
        found = send(who, method, rule, ids, bodies, headers).status_code
        if found != TABLE[method, rule][column]:
            wrong.append(f"{method} {rule}: {found}, not {TABLE[method, rule][column]}")
    assert wrong == []


def test_without_a_key_or_with_a_revoked_one_the_api_answers_401_to_all(
    client, office, ann, ids, bodies
):
    row, text = keys.create(office.ring, ann.membership, "Gone")
    keys.revoke(row)
    before = everything()
    answers = set()
    for method, rule in API:
        for headers in ({}, {"Authorization": f"Bearer {text}"}):
            where = {"REMOTE_ADDR": f"10.0.0.{len(answers) + abs(hash(rule)) % 200}"}
            client.environ_base = {**client.environ_base, **where}
            response = send(client, method, rule, ids, bodies, headers)
            assert response.status_code == 401, (method, rule)
            answers.add(response.data)
    assert len(answers) == 1
    assert everything() == before


def test_without_a_cookie_or_with_a_key_the_pages_lead_to_the_log_in(
    app, client, ann, ids, bodies
):
    before = settled(client, ann)
    for method, rule in PAGES:
        for headers in ({}, ann.auth):
            response = send(client, method, rule, ids, bodies, headers)
            if method == "POST" and response.status_code == 401:
                # What was typed waits on a page that does nothing but log in.
                assert re.findall(r'action="([^"]+)"', response.text) == ["/login"]
                continue
            assert response.status_code == 303, (method, rule)
            assert response.headers["Location"].startswith("/login"), (method, rule)
    assert everything() == before


def test_what_belongs_to_others_answers_to_the_byte_like_what_nobody_has(
    app, client, ben, ids, bodies
):
    browser = logged_in(app, ben)
    random = {name: new_id() for name in ids} | {"token": "inv_" + "a" * 43}
    before = settled(client, ben)
    walked = 0
    for method, rule in TABLE:
        if "<" not in rule:
            continue
        api = rule.startswith("/api")
        who, headers = (client, ben.auth) if api else (browser, {})
        foreign, nobody = (
            send(who, method, rule, some, bodies, headers) for some in (ids, random)
        )
        assert foreign.status_code == nobody.status_code == 404, rule
        assert unsigned(foreign.text) == unsigned(nobody.text), rule
        skipped = {"X-RateLimit-Remaining", "RateLimit", "Set-Cookie"}
        assert {n: v for n, v in foreign.headers if n not in skipped} == {
            n: v for n, v in nobody.headers if n not in skipped
        }
        walked += 1
    assert walked == 36
    assert everything() == before


def test_a_cancelled_invite_must_be_of_the_campaign_in_the_path(app, ann, ben, office, ids):
    browser = logged_in(app, ben)
    own = a_campaign(ben).id
    path = f"/campaigns/{own}/invites/{ids['invite_id']}/cancel"
    assert browser.post(path).status_code == 404


def test_the_lists_of_others_hold_none_of_ones_own_ids(app, client, ann, ben, office, ids):
    a_draft(ann), a_project(ann), a_script(ben)
    own = an_interview(office, a_campaign(ben), "Mine.", email="ben's@x.example").id
    browser = logged_in(app, ben)
    shown = []
    for method, rule in TABLE:
        if method == "GET" and "<" not in rule:
            api = rule.startswith("/api")
            page = (client if api else browser).get(rule, headers=ben.auth if api else {})
            shown.append(page.text)
    everywhere = "\n".join(shown)
    assert own in everywhere
    for secret in (
        *ids.values(),
        "waits@x.example",
        "pat@example.com",
        ann.actor.org_id,
        ann.email,
    ):
        assert secret not in everywhere
    filters = f"project_id={ids['project_id']}", f"campaign_id={ids['campaign_id']}"
    for path in (f"/api/campaigns?{filters[0]}", f"/api/sessions?{filters[1]}"):
        assert client.get(path, headers=ben.auth).json["total"] == 0


def test_what_others_did_in_vain_left_no_trace(app, client, ann, vic, ids, bodies):
    browser = logged_in(app, vic)
    before = settled(client, vic)
    for method, rule in TABLE:
        if TABLE[method, rule][2] == 403:
            api = rule.startswith("/api")
            who, headers = (client, vic.auth) if api else (browser, {})
            send(who, method, rule, ids, bodies, headers)
    assert everything() == before
