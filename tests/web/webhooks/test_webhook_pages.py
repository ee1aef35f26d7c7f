"""The pages of webhooks: made once, told of what was chosen."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from interviewrelay.core.config.parsers import networks
from interviewrelay.core.ids import is_id
from interviewrelay.webhooks import endpoints
from tests.conftest import logged_in

URL = "https://hooks.example/a"


def a_form(desk: Any, **more: Any) -> dict[str, Any]:
    """As the page gives it."""
    once = re.search(r'name="once" value="([^"]+)"', desk.get("/webhooks").text)
    assert once
    assert is_id(once[1])
    return {"url": URL, "power": "all", "once": once[1], **more}


def secret(answer: Any) -> str:
    found = re.search(r"whsec_[^\s\"<]+", answer.text)
    assert answer.status_code == 200
    assert found
    return found[0]


def made(actor: Any) -> list[str]:
    return sorted(row.url for row in endpoints.list_webhooks(actor).items)


def test_a_form_that_is_sent_again_makes_no_second_webhook(desk: Any, ann: Any) -> None:
    form = a_form(desk)
    assert secret(desk.post("/webhooks", data=form)) == secret(
        desk.post("/webhooks", data=form)
    )
    assert made(ann.actor) == [URL]
    assert form["once"] not in desk.get("/webhooks").text
    # What was changed meanwhile is another, as is what another form asks for.
    desk.post("/webhooks", data={**form, "url": f"{URL}/b"})
    desk.post("/webhooks", data=a_form(desk))
    assert made(ann.actor) == [URL, URL, f"{URL}/b"]


def test_a_double_click_makes_one_webhook(app: Any, desk: Any, ann: Any) -> None:
    form = a_form(desk)

    def click(browser: Any) -> str:
        with app.app_context():
            return secret(browser.post("/webhooks", data=form))

    browsers = [logged_in(app, ann) for _ in range(4)]
    with ThreadPoolExecutor(4) as at_once:
        assert len(set(at_once.map(click, browsers))) == 1
    assert made(ann.actor) == [URL]


def test_a_form_shows_no_secret_that_it_has_not_made(
    app: Any, desk: Any, ann: Any, ben: Any, services: Any
) -> None:
    form = a_form(desk)
    first = secret(desk.post("/webhooks", data=form))
    (row,) = endpoints.list_webhooks(ann.actor).items
    # Neither its id nor another's form leads to it.
    assert secret(desk.post("/webhooks", data={**form, "once": row.id})) != first
    assert secret(logged_in(app, ben).post("/webhooks", data=form)) != first
    _, second = endpoints.rotate_secret(services, row)
    refused = desk.post("/webhooks", data=form)
    assert refused.status_code == 409
    assert "its secret has been rotated since" in refused.text
    assert second not in refused.text


def test_a_form_with_a_mark_of_ones_own_making_is_refused(desk: Any, ann: Any) -> None:
    refused = desk.post("/webhooks", data=a_form(desk, once="\x00 mine"))
    assert refused.status_code == 400
    assert "Reload this page" in refused.text
    assert made(ann.actor) == []


@pytest.mark.parametrize("power", ["", "some", "All"])
def test_what_it_is_told_of_is_never_guessed(desk: Any, ann: Any, power: str) -> None:
    refused = desk.post("/webhooks", data=a_form(desk, power=power, events=["credits.low"]))
    assert refused.status_code == 400
    assert '<a href="#power">Choose which events to send.</a>' in refused.text
    assert made(ann.actor) == []
    form = a_form(desk, power="custom", events=["credits.low"])
    desk.post("/webhooks", data=form)
    (row,) = endpoints.list_webhooks(ann.actor).items
    assert desk.post(f"/webhooks/{row.id}", data={**form, "power": power}).status_code == 400
    assert [w.kinds for w in endpoints.list_webhooks(ann.actor).items] == [["credits.low"]]


@pytest.mark.parametrize("to", ["", "false", "On"])
def test_it_is_switched_off_only_by_the_word(desk: Any, ann: Any, to: str) -> None:
    desk.post("/webhooks", data=a_form(desk))
    (row,) = endpoints.list_webhooks(ann.actor).items
    told = desk.post(f"/webhooks/{row.id}/switch", data={"to": to}, follow_redirects=True)
    assert "Choose on or off." in told.text
    assert [w.disabled_by for w in endpoints.list_webhooks(ann.actor).items] == [""]
    for word, why in (("off", "hand"), ("on", "")):
        desk.post(f"/webhooks/{row.id}/switch", data={"to": word})
        assert [w.disabled_by for w in endpoints.list_webhooks(ann.actor).items] == [why]


def test_plain_http_is_named_only_where_it_may_be_called(app: Any, desk: Any) -> None:
    shut = desk.get("/webhooks").text
    assert "A public https:// address." in shut
    opened = replace(
        app.extensions["settings"], webhook_allowed_cidrs=networks("", "127.0.0.0/8")
    )
    app.extensions["settings"] = opened
    assert "in a private network" in desk.get("/webhooks").text
