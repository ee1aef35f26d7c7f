"""Suppressed addresses in the API."""

from flask import g
from flask.typing import ResponseReturnValue

from interviewrelay.core.representation import list_of
from interviewrelay.mail import suppressions
from interviewrelay.mail.representation import Suppression, SuppressionRemoved
from interviewrelay.web.http.blueprints import api, services
from interviewrelay.web.http.requests import (
    list_response,
    read_payload,
    read_window,
)
from interviewrelay.web.openapi.operation import operation
from interviewrelay.web.openapi.parameters import WINDOW
from interviewrelay.web.sessions.erasure_api import ParticipantIn


@operation(
    api,
    "GET /suppressions",
    "invites:read",
    tag="Do not write to",
    query=WINDOW,
    answers={200: list_of("suppressions", Suppression)},
)
def list_suppressions() -> ResponseReturnValue:
    """List who is not written to

    When and why each was put on the list. Addresses are not kept in clear, so none is told;
    `POST /api/participants/export` tells of one.
    """
    page = suppressions.list_suppressions(g.actor, read_window())
    return list_response("suppressions", page, Suppression.read)


@operation(
    api,
    "POST /suppressions",
    "invites:write",
    tag="Do not write to",
    body=ParticipantIn,
    answers={201: Suppression, 200: Suppression},
    sent={"email": "user@example.com"},
    changes={"reason": "added"},
)
def add_suppression() -> ResponseReturnValue:
    """Write to somebody no more

    From now on invites to this address are refused (`DO_NOT_WRITE`) unless they are made
    without mail, and reminders leave it out. On the list already: 200.
    """
    row, new = suppressions.add_suppression(
        services().ring, g.actor, read_payload(ParticipantIn).email
    )
    return Suppression.read(row), 201 if new else 200


@operation(
    api,
    "POST /suppressions/remove",
    "invites:write",
    tag="Do not write to",
    body=ParticipantIn,
    answers={200: SuppressionRemoved},
    sent={"email": "user@example.com"},
)
def remove_suppression() -> ResponseReturnValue:
    """Let somebody be written to again

    Only when the person has said so: writing to people who asked not to be written to is
    against the law in many countries.
    """
    # The address is in the body: an address of the web would be written into logs.
    removed = suppressions.remove_suppression(
        services().ring, g.actor, read_payload(ParticipantIn).email
    )
    return {"removed": removed}
