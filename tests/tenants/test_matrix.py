"""What belongs to others is not there: every route, by everybody who might try it (`policy.py`)."""

import re

import pytest
from sqlalchemy import insert, select

from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.ids import new_id
from interviewrelay.models import Campaign, Consent, Interview, Invite, Project, Script
from tests.factories import a_campaign, a_script, an_interview
from tests.tenants.policy import CALLERS, POLICY, PUBLIC
from tests.tenants.requests import filled as filled_in
from tests.web.everything import everything

OPEN = {"HEAD", "OPTIONS"}  # every route has them
STRANGERS = ("B owner", "B viewer", "administrator of the server")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")


def routes(app):
    return {(m, rule.rule): rule for rule in app.url_map.iter_rules() for m in rule.methods}


def last(table):
    """What takes something away comes last, so that the rest finds it."""
    return sorted(
        table, key=lambda row: row[0] == "DELETE" or row[1].endswith(("delete", "logout"))
    )


def test_every_route_is_in_the_table(world):
    there = {row for row in routes(world.app) if row[0] not in OPEN}
    assert there == set(POLICY)
    views = world.app.view_functions
    unasked = {
        row
        for row, rule in routes(world.app).items()
        if row in there and getattr(views[rule.endpoint], "permission", None) is None
    }
    assert unasked == PUBLIC | {row for row in POLICY if row[1].startswith("/interview")}


@pytest.mark.gate  # half a minute of a processor for all of them
@pytest.mark.parametrize("caller", CALLERS)
def test_each_route_answers_each_caller_as_the_table_says(world, caller):
    things, wrong = world.things(), []
    link = world.link(caller[-1]) if caller.startswith("token") else ""
    for method, rule in last(POLICY):
        wanted = POLICY[method, rule][caller]
        found = world.send(caller, method, rule, things, link).status_code
        if found != wanted:
            wrong.append(f"{method} {rule}: {found}, not {wanted}")
        if method == "GET":
            head = world.send(caller, "HEAD", rule, things, link)
            if (head.status_code, head.data) != (wanted, b""):
                wrong.append(f"HEAD {rule}: {head.status_code}, not {wanted}")
    if caller in world.browsers:  # it has logged out
        world.browsers[caller] = world.logged_in(world.people[caller])
    assert not wrong, "\n".join(map(str, wrong))


def test_no_address_takes_another_method(world):
    things, wrong = world.things(), []
    at = world.app.url_map.bind("localhost")
    for rule in {rule for _, rule in POLICY}:
        # /scripts/new is also what /scripts/<script_id> could be
        takes = set(at.allowed_methods(filled_in("GET", rule, things)))
        assert takes >= {"OPTIONS"} | {method for method, other in POLICY if other == rule}
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"} - takes:
            answer = world.send("A owner", method, rule, things)
            form = filled_in("GET", rule, things)
            if method == "GET" and form.rpartition("/")[0].startswith(answer.location or "-"):
                continue  # a browser that loads a form's address again is led to the form's page
            allowed = set(answer.headers.get("Allow", "").split(", "))
            if (answer.status_code, allowed) != (405, takes):
                wrong.append((method, rule, answer.status_code, allowed))
        answer = world.send("nobody", "OPTIONS", rule, things)
        if (answer.status_code, set(answer.headers["Allow"].split(", "))) != (200, takes):
            wrong.append(("OPTIONS", rule, answer.status_code))
    assert not wrong, "\n".join(map(str, wrong))


def test_there_is_one_answer_for_whoever_has_no_key(world):
    things = world.things()
    callers = [c for c in CALLERS if c.startswith(("nobody", "revoked", "token"))]
    answers = {
        world.send(caller, method, rule, things).data
        for caller in callers
        for method, rule in POLICY
        if POLICY[method, rule][caller] == 401 and rule.startswith("/api")
    }
    assert len(answers) == 1


def test_whoever_is_not_logged_in_is_led_to_the_log_in(world):
    things = world.things()
    for caller in CALLERS:
        for method, rule in POLICY:
            page = not rule.startswith(("/api", "/interview")) and (method, rule) not in PUBLIC
            if page and caller not in world.browsers:
                answer = world.send(caller, method, rule, things)
                if (
                    answer.status_code == 401
                ):  # what was typed waits on a page that only logs in
                    assert re.findall(r'action="([^"]+)"', answer.text) == ["/login"], rule
                else:
                    assert answer.headers["Location"].startswith("/login"), (caller, rule)


@pytest.mark.gate
@pytest.mark.parametrize("caller", CALLERS)
def test_what_is_done_in_vain_leaves_no_trace(world, caller):
    things = world.things()
    world.send(caller, "GET", "/api/projects", things)  # the use of the key is written down
    before = everything()
    tried = 0
    for row, cells in POLICY.items():
        refused = cells[caller] >= 400 or (
            caller not in world.browsers and cells[caller] == 303
        )
        if refused and row[1] != "/login":  # failures there are counted
            world.send(caller, *row, things)
            tried += 1
    assert tried >= 2
    assert everything() == before


@pytest.mark.gate
@pytest.mark.parametrize("caller", STRANGERS)
def test_what_belongs_to_others_answers_to_the_byte_like_what_nobody_has(world, caller):
    """By the id in the address, and by the ids in a body."""
    things, nothing = world.things(), world.nothing()
    world.send(caller, "GET", "/api/projects", things)
    before, walked = everything(), 0
    for (method, rule), cells in POLICY.items():
        named = "<" in rule and not rule.startswith("/static")
        if not named and (cells[caller] != 400 or (method, rule) in PUBLIC):
            continue
        if rule.startswith("/admin") and cells[caller] != 404:
            continue  # to who administers the server, all organizations are there
        foreign, nobody = (world.send(caller, method, rule, some) for some in (things, nothing))
        assert foreign.status_code == nobody.status_code == cells[caller], rule
        assert unsigned(foreign.text, things) == unsigned(nobody.text, nothing), rule
        changing = {"X-RateLimit-Remaining", "RateLimit", "Set-Cookie", "Content-Length"}
        assert {n: v for n, v in foreign.headers if n not in changing} == {
            n: v for n, v in nobody.headers if n not in changing
        }
        walked += 1
    assert walked >= 46
    assert everything() == before


def unsigned(page, things):
    """A page without its form token, which is signed with the second it was made in, without the id of
    the form itself, without how long ago something was, and without the ids that it was asked with.
    """
    page = re.sub(r">(now|\d+ \w+ ago)</time>", "></time>", page)
    page = re.sub(r'(csrf_token" value=|X-CSRFToken": |name="once" value=)"[^"]+"', "", page)
    for name, text in things.items():
        page = page.replace(text, name)
    return page


def test_a_cancelled_invite_must_be_of_the_campaign_in_the_path(world):
    things = world.things() | {"campaign_id": a_campaign(world.people["B owner"]).id}
    rule = "/campaigns/<campaign_id>/invites/<invite_id>/cancel"
    assert world.send("B owner", "POST", rule, things).status_code == 404


def test_a_token_of_b_reaches_nothing_of_a(world):
    things = world.things()
    mine = [line for line in everything().splitlines() if things["campaign_id"] in line]
    link, shown = world.link("B"), []
    for method, rule in POLICY:
        if rule.startswith("/interview"):
            shown.append(world.send("token of B", method, rule, things, link).text)
    assert not set(things.values()) & set(ID.findall("\n".join(shown)))
    now = [line for line in everything().splitlines() if things["campaign_id"] in line]
    assert now == mine


@pytest.fixture(scope="module")
def filled(world):
    """A thousand and one of each in A and in B: their ids."""
    ids = {}
    for letter in ("A", "B"):
        owner = world.people[f"{letter} owner"]
        campaign = a_campaign(owner)
        interview = an_interview(world.services, campaign, f"The words of {letter}.")
        ids[letter] = {
            **multiplied(Project, campaign.project_id),
            **multiplied(Script, a_script(owner).id),
            **multiplied(Campaign, campaign.id),
        }
        people = multiplied(
            Invite, interview.invite_id, mark=None, email=None, open_address=None
        )
        agreed = multiplied(Consent, interview.consent_id)
        held = multiplied(
            Interview, interview.id, invite_id=list(people), consent_id=list(agreed)
        )
        ids[letter] |= {**people, **held}
    return ids


def multiplied(kind, row_id, **unique):
    """A thousand rows like this one, under ids of their own; `unique` columns get values of their own."""
    table = kind.__table__
    row = dict(db.session.execute(select(table).where(table.c.id == row_id)).mappings().one())
    copies = [
        {**row, "id": new_id(), **{n: v[i] if v else new_id() for n, v in unique.items()}}
        for i in range(1_000)
    ]
    with transaction():
        db.session.execute(insert(table), copies)
    return {copy["id"]: kind for copy in copies}


LISTS = [
    row
    for row, cells in POLICY.items()
    if row[0] == "GET" and "<" not in row[1] and cells["B owner"] == 200
]


@pytest.mark.gate
@pytest.mark.parametrize("caller", STRANGERS)
def test_the_lists_of_others_hold_none_of_ones_own_ids(world, filled, caller):
    seen = set()
    for _, rule in LISTS:
        if POLICY["GET", rule][caller] != 200 or rule == "/api/admin/credits/summary":
            continue
        text = walked(world, caller, rule)
        assert "The words of A" not in text
        assert "@a.example" not in text
        seen |= set(ID.findall(text))
    assert not seen & set(filled["A"])
    assert world.people["A owner"].actor.org_id not in seen
    if caller.startswith("B"):  # the walk was a whole one
        listed = {i for i, kind in filled["B"].items() if kind is not Invite}
        assert listed <= seen


def walked(world, caller, rule):
    """A list from its first page to its last; a page as it is."""
    client = world.client if rule.startswith("/api") else world.browsers[caller]
    headers = world.headers[caller] if rule.startswith("/api") else {}
    first = client.get(f"{rule}?limit=100", headers=headers)
    texts, answer = [first.text], first
    while answer.is_json and (cursor := answer.json.get("pagination", {}).get("next_cursor")):
        answer = client.get(f"{rule}?limit=100&cursor={cursor}", headers=headers)
        texts.append(answer.text)
    return "\n".join(texts)


def test_filters_by_what_is_of_others_match_nothing(world, filled):
    things = world.things()
    headers = world.headers["B owner"]
    for path in (
        f"/api/campaigns?project_id={things['project_id']}",
        f"/api/sessions?campaign_id={things['campaign_id']}",
        "/api/sessions?q=secret",
    ):
        assert world.client.get(path, headers=headers).json["total"] == 0
