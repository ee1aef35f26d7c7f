"""Query parameters shared by several operations."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from interviewrelay.core.field_types import MOMENT

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Parameter:
    """Query parameter."""

    name: str
    schema: Schema
    words: str
    example: object = None


TEXT: Final[Schema] = {"type": "string"}
WORDS: Final[Schema] = {"type": "string", "maxLength": 200}

LIMIT: Final = Parameter(
    "limit",
    {"type": "integer", "minimum": 1, "default": 50},
    "Number of results (default: 50, max: 100). Higher values are reduced to 100.",
    10,
)
OFFSET: Final = Parameter(
    "offset",
    {"type": "integer", "minimum": 0, "maximum": 100_000, "default": 0},
    "Pagination offset (default: 0).",
)
CURSOR: Final = Parameter(
    "cursor",
    {"type": "string", "format": "cursor"},
    "The `next_cursor` of the same list, instead of `offset`. Faster for long lists.",
)
WINDOW: Final = (LIMIT, OFFSET, CURSOR)

START: Final = Parameter(
    "start_date",
    MOMENT,
    "ISO 8601 date (filter sessions after this date). A date without a time includes that day.",
    "2024-10-01",
)
END: Final = Parameter(
    "end_date",
    MOMENT,
    "ISO 8601 date (filter sessions before this date). A date without a time includes that day.",
)


def choice(name: str, values: tuple[str, ...], words: str, example: str = "") -> Parameter:
    """Filter with a closed set of values."""
    return Parameter(name, {"type": "string", "enum": list(values)}, words, example or None)
