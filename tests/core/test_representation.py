"""Representations: what is read of a row, and the example, from the same fields."""

from datetime import UTC, datetime
from types import SimpleNamespace as Row
from typing import Literal

from interviewrelay.core.representation import (
    PROJECT_ID,
    Count,
    Id,
    Representation,
    Time,
    example_of,
    field,
    list_of,
)


class Part(Representation):
    name: str = field("title", example="first")


class Thing(Representation):
    project_id: Id
    made_at: Time = field("owner.since")
    gone_at: Time | None
    size: Count = field(lambda row: len(row.parts), "How many parts.", example=1)
    state: Literal["open", "closed"]
    parts: list[Part]
    best: Part | None = field(lambda row: row.parts[0] if row.parts else None)
    note: str = field(default="")


SINCE = datetime(2026, 3, 2, 10, tzinfo=UTC)


def a_row(*parts: Row) -> Row:
    owner = Row(since=SINCE)
    return Row(project_id="p", owner=owner, gone_at=None, parts=parts, state="open", note="n")


def test_a_field_is_read_from_its_name_its_path_or_its_function() -> None:
    assert Thing.read(a_row(Row(title="a"), Row(title="b"))) == {
        "project_id": "p",
        "made_at": "2026-03-02T10:00:00Z",
        "gone_at": None,
        "size": 2,
        "state": "open",
        "parts": [{"name": "a"}, {"name": "b"}],
        "best": {"name": "a"},
        "note": "n",
    }
    assert Thing.read(a_row())["best"] is None


def test_what_is_json_already_stays_as_it_is() -> None:
    assert Part.read({"name": "a"}) == {"name": "a"}


def test_an_example_has_what_is_always_there() -> None:
    assert Thing.example(state="closed") == {
        "project_id": PROJECT_ID,
        "made_at": "2024-10-20T10:00:00Z",
        "gone_at": None,
        "size": 1,
        "state": "closed",
        "parts": [{"name": "first"}],
        "best": None,
    }


def test_a_list_has_an_example_of_one_item_in_both_forms() -> None:
    example = example_of(list_of("parts", Part))
    assert example["parts"] == example["data"] == [{"name": "first"}]
    assert example["pagination"]["limit"] == example["limit"] == 10


def test_the_columns_of_a_list_are_the_attributes_that_are_read_as_they_are() -> None:
    assert Part.attributes() == {"name": "title"}
    assert "size" not in Thing.attributes()
