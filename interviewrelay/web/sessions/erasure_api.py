"""Data subject requests: erase a participant, or export their data."""

from dataclasses import asdict
from typing import Annotated

from flask import g
from flask.typing import ResponseReturnValue
from pydantic import Field, StringConstraints

from interviewrelay.core.field_types import RequestBody
from interviewrelay.privacy import erasure, subject_export
from interviewrelay.privacy.representation import Erased, Person
from interviewrelay.web.http.blueprints import api, rate_limited_as, services
from interviewrelay.web.http.requests import read_payload
from interviewrelay.web.middleware.idempotency import calls_outside
from interviewrelay.web.openapi.operation import operation


class ParticipantIn(RequestBody):
    email: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)] = Field(
        description="Their address; upper and lower case are the same.",
        json_schema_extra={"format": "email"},
    )


@operation(
    api,
    "POST /participants/erase",
    "sessions:write",
    body=ParticipantIn,
    answers={200: Erased},
    sent={"email": "user@example.com"},
)
@calls_outside
def erase_participant() -> ResponseReturnValue:
    """Erase a participant

    Everything of a person in all campaigns, as when a session is deleted. Again: zeros. With a
    test key: only people who have nothing but test invites, else 403 `FORBIDDEN`.
    """
    wanted = read_payload(
        ParticipantIn
    )  # the answer does not repeat the address: it is forgotten
    return {"erased": asdict(erasure.erase_person(services(), g.actor, wanted.email))}


@operation(
    api,
    "POST /participants/export",
    "sessions:read",
    body=ParticipantIn,
    answers={200: Person},
    sent={"email": "user@example.com"},
)
@rate_limited_as("export")
def export_participant() -> ResponseReturnValue:
    """Export a participant

    Everything that is kept about a person, as one document. Somebody whom nobody knows has an
    empty one.
    """
    return subject_export.build_subject_export(
        services(), g.actor, read_payload(ParticipantIn).email
    )
