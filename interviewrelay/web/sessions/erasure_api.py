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
        description="The person's email address. Case is ignored.",
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
    """Erase a participant's data

    Erase all data of a person in all campaigns, as when you delete a session. If you repeat the
    request, all counts are zero. A test key can only erase people whose invites are all test
    invites; for others you get 403 `FORBIDDEN`.
    """
    wanted = read_payload(ParticipantIn)  # the response does not repeat the erased address
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
    """Export a participant's data

    Get all data stored about a person in one document. For an unknown address, the document is
    empty.
    """
    return subject_export.build_subject_export(
        services(), g.actor, read_payload(ParticipantIn).email
    )
