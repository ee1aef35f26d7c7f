"""Representations of failures: the one `Error` of the API, and the same as RFC 9457 has it."""

from typing import Any

from pydantic import Field

from interviewrelay.core.representation import Representation


class Fault(Representation):
    field: str
    expected: str
    message: str


class Details(Representation):
    """Of an error; which of these there are depends on its code."""

    field: str = Field(description="The field or parameter that is wrong.", default="")
    expected: str = Field(description="What it should be, in a few words.", default="")
    errors: list[Fault] = Field(description="All of them, when several are wrong.", default=[])


class ErrorBody(Representation):
    code: str
    message: str
    details: Details = Field(
        description="Empty where there is nothing to add.",
        json_schema_extra={"additionalProperties": True},
    )
    request_id: str = Field(description="Also in the header X-Request-Id.")


class Error(Representation):
    error: ErrorBody


class Problem(Representation):
    """RFC 9457, for requests that accept nothing else."""

    type: str = Field(json_schema_extra={"format": "uri"})
    title: str
    status: int
    detail: str
    instance: str = Field(description="The request's id.")
    code: str
    details: dict[str, Any]
