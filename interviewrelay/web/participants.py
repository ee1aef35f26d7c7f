"""A person among the participants: forgetting them, and telling them what is kept."""

from dataclasses import asdict
from typing import Annotated

from flask import g
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, StringConstraints

from interviewrelay.domain import disclosure, privacy
from interviewrelay.web.http import answer, payload
from interviewrelay.web.zones import api, needs, office


class PersonIn(BaseModel):
    model_config = ConfigDict(strict=True)

    email: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


@api.post("/participants/erase")
@needs("sessions:write")
def erase_participant() -> ResponseReturnValue:
    """The answer does not repeat the address: it is to be forgotten."""
    wanted = payload(PersonIn)
    return answer({"erased": asdict(privacy.erase_person(office(), g.actor, wanted.email))})


@api.post("/participants/export")
@needs("sessions:read")
def export_participant() -> ResponseReturnValue:
    return answer(disclosure.of_person(office(), g.actor, payload(PersonIn).email))
