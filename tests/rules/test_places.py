"""Every page has its place in the walks, the pictures and the measures, by the application's own routes."""

import pytest

from bench.pages import places
from interviewrelay.demo import study


@pytest.mark.parametrize("rule", places.routes())
def test_a_route_is_a_page_with_an_address_or_named_as_none(rule: str) -> None:
    assert places.address(rule).startswith("/")


def test_nothing_is_named_that_is_not_there() -> None:
    known = places._rules()
    assert {*places.NO_PAGES, *places.OTHERWISE, *places.OF_STATES} - known == set()


def test_a_new_route_that_needs_something_new_is_told() -> None:
    with pytest.raises(LookupError, match="NO_PAGES"):
        places.address("/views/<view_id>")


@pytest.mark.gate
def test_every_place_of_somebody_without_a_log_in_can_be_opened(app, services, mailer) -> None:
    mailer.configured = False
    fixtures = study.create_fixtures(services)["A"]
    found = places.everywhere({**fixtures, **places._made(services, fixtures)})
    assert len({place.name for place in found}) == len(found)
    assert {place.who for place in found} == {"desk", "door", "participant", "maker"}
    client = app.test_client(use_cookies=False)
    opened = {p.name: client.get(p.path) for p in found if p.who in ("door", "participant")}
    closed = {name for name, answer in opened.items() if answer.status_code != 200}
    assert closed == {f"interview: {name}" for name in ("expired", "cancelled", "not known")}
    assert {answer.mimetype for answer in opened.values()} == {"text/html"}
