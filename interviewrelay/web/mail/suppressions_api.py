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
    tag="Do-not-email list",
    query=WINDOW,
    answers={200: list_of("suppressions", Suppression)},
)
def list_suppressions() -> ResponseReturnValue:
    """Show the do-not-email list

    When and why each person was added. Addresses are stored only as hashes, so they can't be
    shown; `POST /api/participants/export` says whether one is on the list.
    """
    page = suppressions.list_suppressions(g.actor, read_window())
    return list_response("suppressions", page, Suppression.read)


@operation(
    api,
    "POST /suppressions",
    "invites:write",
    tag="Do-not-email list",
    body=ParticipantIn,
    answers={201: Suppression, 200: Suppression},
    sent={"email": "user@example.com"},
    changes={"reason": "added"},
)
def add_suppression() -> ResponseReturnValue:
    """Add to the do-not-email list

    From now on, invites to this address are refused (`DO_NOT_WRITE`) unless you create them
    without email, and reminders are not sent to it. If it is already on the list, you get 200.
    """
    row, new = suppressions.add_suppression(
        services().ring, g.actor, read_payload(ParticipantIn).email
    )
    return Suppression.read(row), 201 if new else 200


@operation(
    api,
    "POST /suppressions/remove",
    "invites:write",
    tag="Do-not-email list",
    body=ParticipantIn,
    answers={200: SuppressionRemoved},
    sent={"email": "user@example.com"},
)
def remove_suppression() -> ResponseReturnValue:
    """Remove from the do-not-email list

    Do this only if the person asked for emails again. In many countries, it is illegal to email
    people who have unsubscribed.
    """
    # The address is in the body, because URLs are written to logs.
    removed = suppressions.remove_suppression(
        services().ring, g.actor, read_payload(ParticipantIn).email
    )
    return {"removed": removed}
