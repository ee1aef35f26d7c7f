"""Request bodies: their base, and field types shared by several, with the parsing of their values."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from interviewrelay.core import clock, text
from interviewrelay.core.ids import is_id
from interviewrelay.core.urls import parse_origin

_YEAR: Final = r"(197[1-9]|19[89]\d|[2-8]\d{3}|9[0-8]\d{2}|99[0-8]\d|999[0-7])"
MOMENT: Final[Mapping[str, Any]] = {
    "type": "string",
    "anyOf": [
        {"format": "date", "pattern": rf"^{_YEAR}-\d{{2}}-\d{{2}}$"},
        {"format": "date-time", "pattern": rf"^{_YEAR}-\d{{2}}-\d{{2}}T"},
    ],
}
"""A date, or a date and time, as `clock.parse_iso` reads it."""
OUT_OF_RANGE: Final = "moment_out_of_range"
"""Pydantic error type of a well-formed date outside the supported range."""


def _seen(value: Any) -> Any:
    """Replace text without visible characters by an empty string."""
    return "" if isinstance(value, str) and text.is_blank(value) else value


def _whole(value: Any) -> Any:
    """Convert a whole float to an integer: JSON has only one number type, so 20.0 is 20."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _line_feeds(value: Any) -> Any:
    return text.normalize_line_feeds(value) if isinstance(value, str) else value


def _moment(value: Any) -> Any:
    try:
        return clock.start_of(clock.parse_iso(value)) if isinstance(value, str) else value
    except clock.OutOfRange:
        raise PydanticCustomError(OUT_OF_RANGE, "year out of range") from None
    except (ValueError, OverflowError):
        raise PydanticCustomError("moment", "not a date") from None


def _id(value: str) -> str:
    if not is_id(value):
        raise PydanticCustomError("id", "not a UUID")
    return value


def _origin(value: str) -> str:
    try:
        return parse_origin(value)
    except ValueError:
        raise PydanticCustomError("origin", "not an origin") from None


Seen = BeforeValidator(_seen)
AsWhole = BeforeValidator(_whole)
"""Must come after the bounds, or the schema and error messages do not mention them."""
WithLineFeeds = BeforeValidator(_line_feeds)
"""Must be last: lengths are checked and texts compared after line ends are normalized."""
Moment = Annotated[
    datetime,
    BeforeValidator(_moment),
    WithJsonSchema({**MOMENT, "expected": "ISO 8601 date"}, mode="validation"),
]
Id = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1),
    AfterValidator(_id),
    Field(json_schema_extra={"format": "uuid"}),
]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500), Seen]
Label = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), Seen
]
Hours = Annotated[int, Field(ge=1, le=8760), AsWhole]
ValidHours = Annotated[float, Field(ge=1, le=8760)]
"""Hours that a link is valid; fractions are allowed."""
LONGEST_MESSAGE: Final = 5_000
"""Maximum characters of a message in an email."""
Message = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=LONGEST_MESSAGE),
    Seen,
    WithLineFeeds,
]
Origin = Annotated[
    str,
    AfterValidator(_origin),
    Field(
        json_schema_extra={"expected": "origin like https://www.example.com, without a path"}
    ),
]
Metadata = Annotated[dict[Label, Text], Field(max_length=50)]
LONGEST_ANSWER: Final = 10_000
"""Maximum characters of a participant's answer."""
Answer = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=LONGEST_ANSWER), WithLineFeeds
]


class RequestBody(BaseModel):
    """Request body, or a part of one. Wrong types are refused, unknown fields ignored."""

    model_config = ConfigDict(strict=True)
