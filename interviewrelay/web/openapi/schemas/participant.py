"""The answers of the API as schemas: what a participant is given beside the interview itself."""

from pydantic import Field

from interviewrelay.web.openapi.schemas.studies import Answer, Count, Id


class ReviewedAnswer(Answer):
    number: Count
    question: str
    text: str
    skipped: bool
    original: str | None
    struck: bool
    quotable: bool
    open: bool = Field(description="False while its next question is on the way.")


class Reviewed(Answer):
    session_id: Id
    answers: list[ReviewedAnswer]


class Entered(Answer):
    url: str = Field(description="The link that the invite has.")


class ForAnotherDevice(Answer):
    code: str = Field(description="Ten letters and digits, in two halves.")
    url: str = Field(description="Where it is typed in.")
