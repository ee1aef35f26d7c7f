"""What is found at fixed addresses, and that a slash at the end of any address changes nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from interviewrelay.core import clock
from tests.conftest import logged_in
from tests.factories import a_campaign, an_invite

SECURITY = "/.well-known/security.txt"


def test_the_icon_of_the_tab_is_there(client):
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")


def test_search_engines_are_sent_away(client):
    answer = client.get("/robots.txt")
    assert (answer.status_code, answer.mimetype) == (200, "text/plain")
    assert answer.text == "User-agent: *\nDisallow: /\n"


def test_nobody_is_named_for_weaknesses_without_a_contact(client):
    assert client.get(SECURITY).status_code == 404


def test_the_contact_for_weaknesses_is_told_with_a_date(app, client):
    made = replace(app.extensions["settings"], security_contact="mailto:safe@example.com")
    app.extensions["settings"] = made
    lines = dict(line.split(": ", 1) for line in client.get(SECURITY).text.splitlines())
    assert lines["Contact"] == "mailto:safe@example.com"
    assert lines["Canonical"] == f"{made.base_url}{SECURITY}"
    valid = clock.parse_iso(lines["Expires"]) - clock.now()
    assert timedelta(days=179) < valid < timedelta(days=365)


@pytest.mark.parametrize("path", ["/api/projects", "/api/campaigns/{id}", "/api/openapi.json"])
def test_a_slash_at_the_end_changes_nothing_for_programs(client, ann, path):
    path = path.format(id=a_campaign(ann).id)
    plain, slashed = (client.get(at, headers=ann.auth) for at in (path, f"{path}/"))
    assert plain.status_code == slashed.status_code == 200
    assert plain.data == slashed.data
    assert client.get(f"{path}//", headers=ann.auth).status_code == 404


def test_a_slash_at_the_end_loses_no_body(client, ann):
    made = client.post("/api/projects/", json={"name": "P"}, headers=ann.auth)
    assert (made.status_code, made.json["name"]) == (201, "P")


def test_a_slash_at_the_end_changes_nothing_on_pages(app, client, services, ann):
    desk = logged_in(app, ann)
    for path in ("/campaigns", "/settings", f"/campaigns/{a_campaign(ann).id}"):
        assert desk.get(f"{path}/").status_code == desk.get(path).status_code == 200
    _, token = an_invite(services, a_campaign(ann))
    assert client.get(f"/interview/{token}/").status_code == 200
