"""A person among the participants: forgetting them, and telling them what is kept."""

from dataclasses import asdict
from typing import Annotated

from flask import g
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from interviewrelay.privacy import erasure, subject_export
from interviewrelay.web.http.blueprints import api, counted_as, office
from interviewrelay.web.http.requests import answer, payload
from interviewrelay.web.middleware.idempotency import calls_outside


class ParticipantIn(BaseModel):
    model_config = ConfigDict(strict=True)

    email: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)] = Field(
        description="Their address; upper and lower case are the same.",
        json_schema_extra={"format": "email"},
    )


@api.post("/participants/erase")
@calls_outside
def erase_participant() -> ResponseReturnValue:
    """The answer does not repeat the address: it is to be forgotten."""
    wanted = payload(ParticipantIn)
    return answer({"erased": asdict(erasure.erase_person(office(), g.actor, wanted.email))})


@api.post("/participants/export")
@counted_as("export")
def export_participant() -> ResponseReturnValue:
    return answer(subject_export.of_person(office(), g.actor, payload(ParticipantIn).email))
