"""Kinds of fields that several bodies have."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from interviewrelay import clock, texts
from interviewrelay.domain.interviews import LONGEST_ANSWER
from interviewrelay.domain.script_document import AsWhole, Seen
from interviewrelay.web.validation import MOMENT


def _line_feeds(value: Any) -> Any:
    return texts.with_line_feeds(value) if isinstance(value, str) else value


def _moment(value: Any) -> Any:
    try:
        return clock.start_of(clock.parse(value)) if isinstance(value, str) else value
    except (ValueError, OverflowError):
        raise PydanticCustomError("moment", "no date") from None


WithLineFeeds = BeforeValidator(_line_feeds)
"""Stands last: lengths are counted and texts compared once the ends of lines are one character."""
Moment = Annotated[
    datetime,
    BeforeValidator(_moment),
    WithJsonSchema({**MOMENT, "expected": "ISO 8601 date"}, mode="validation"),
]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500), Seen]
Label = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), Seen
]
Hours = Annotated[int, Field(ge=1, le=8760), AsWhole]
Metadata = Annotated[dict[Label, Text], Field(max_length=50)]
Answer = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=LONGEST_ANSWER), WithLineFeeds
]
