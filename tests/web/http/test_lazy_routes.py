"""Routes build the addresses that werkzeug's own would, and compile nothing before that."""

from typing import Any

import pytest
from werkzeug.routing import Map, Rule

from interviewrelay.web.http.lazy_routes import LazyRoute


def places(kind: type[Rule]) -> Any:
    rules = [
        kind("/", endpoint="home"),
        kind("/people/<name>/<int:page>", endpoint="person"),
        kind("/people/", endpoint="people", defaults={"page": 1}),
        kind("/people/<int:page>", endpoint="people"),
    ]
    return Map(rules).bind("example.com")


@pytest.mark.parametrize(
    ("endpoint", "values"),
    [
        ("home", {}),
        ("home", {"self": "a", "rule": "b c"}),
        ("person", {"name": "Ann & Bö", "page": 2}),
        ("person", {"name": "a/b", "page": 2, "sort": "é", "empty": None}),
        ("people", {"page": 1}),
        ("people", {"page": 3, "q": "x"}),
    ],
)
@pytest.mark.parametrize("unknown", [True, False])
def test_an_address_is_what_it_would_be(
    endpoint: str, values: dict[str, Any], unknown: bool
) -> None:
    ours, theirs = (
        places(kind).build(endpoint, values, append_unknown=unknown)
        for kind in (LazyRoute, Rule)
    )
    assert ours == theirs


def test_nothing_is_compiled_until_an_address_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compiled: list[str] = []
    compile_builder = Rule._compile_builder

    def noted(rule: Rule, *given: Any) -> Any:
        compiled.append(rule.rule)
        return compile_builder(rule, *given)

    monkeypatch.setattr(Rule, "_compile_builder", noted)
    adapter = places(LazyRoute)
    assert adapter.match("/people/ann/2") == ("person", {"name": "ann", "page": 2})
    assert compiled == []
    for _ in range(2):
        adapter.build("person", {"name": "ann", "page": 2})
    assert compiled == ["/people/<name>/<int:page>"]
