"""Kinds of fields that several bodies have."""

from datetime import datetime
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from interviewrelay.core import clock, text
from interviewrelay.core.ids import is_id
from interviewrelay.interviews.interviews import LONGEST_ANSWER
from interviewrelay.scripts.document import AsWhole, Seen
from interviewrelay.web.http.validation import MOMENT, OUT_OF_RANGE


def _line_feeds(value: Any) -> Any:
    return text.with_line_feeds(value) if isinstance(value, str) else value


def _moment(value: Any) -> Any:
    try:
        return clock.start_of(clock.parse(value)) if isinstance(value, str) else value
    except clock.OutOfRange:
        raise PydanticCustomError(OUT_OF_RANGE, "no year to reckon with") from None
    except (ValueError, OverflowError):
        raise PydanticCustomError("moment", "no date") from None


def _id(value: str) -> str:
    if not is_id(value):
        raise PydanticCustomError("id", "no UUID")
    return value


WithLineFeeds = BeforeValidator(_line_feeds)
"""Stands last: lengths are counted and texts compared once the ends of lines are one character."""
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
"""How long a link is valid; half an hour more is something to ask for."""
LONGEST_MESSAGE: Final = 5_000
"""Of a message in a mail."""
Message = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=LONGEST_MESSAGE),
    Seen,
    WithLineFeeds,
]
Metadata = Annotated[dict[Label, Text], Field(max_length=50)]
Answer = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=LONGEST_ANSWER), WithLineFeeds
]
