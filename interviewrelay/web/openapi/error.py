"""Error representations: the API's `Error`, and problem details by RFC 9457."""

from typing import Any

from pydantic import Field

from interviewrelay.core.representation import Representation


class Fault(Representation):
    field: str
    expected: str
    message: str


class Details(Representation):
    """Details of an error. The fields depend on its code."""

    field: str = Field(description="The invalid field or parameter.", default="")
    expected: str = Field(description="The expected value, in a few words.", default="")
    errors: list[Fault] = Field(
        description="All errors, if several fields are invalid.", default=[]
    )


class ErrorBody(Representation):
    code: str
    message: str
    details: Details = Field(
        description="May be empty.",
        json_schema_extra={"additionalProperties": True},
    )
    request_id: str = Field(description="The request’s ID, also in the header `X-Request-Id`.")


class Error(Representation):
    error: ErrorBody


class Problem(Representation):
    """Error in the format of RFC 9457, if the request accepts `application/problem+json` only."""

    type: str = Field(json_schema_extra={"format": "uri"})
    title: str
    status: int
    detail: str
    instance: str = Field(description="The request’s ID.")
    code: str
    details: dict[str, Any]
