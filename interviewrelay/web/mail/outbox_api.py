"""Emails in the API."""

from typing import get_args

from flask import g
from flask.typing import ResponseReturnValue

from interviewrelay.core.representation import list_of
from interviewrelay.mail import outbox
from interviewrelay.notifications import representation
from interviewrelay.notifications.representation import Email, State
from interviewrelay.organizations import access
from interviewrelay.web.http.blueprints import api, sends_mail, services
from interviewrelay.web.http.requests import list_response, read_choice, read_window
from interviewrelay.web.openapi.operation import operation
from interviewrelay.web.openapi.parameters import WINDOW, choice


@operation(
    api,
    "GET /emails",
    "invites:read",
    tag="Emails",
    query=(choice("state", get_args(State), "Filter by state.", "failed"), *WINDOW),
    answers={200: list_of("emails", Email)},
    gives={"email_id": "/emails/0/id"},
)
def list_emails() -> ResponseReturnValue:
    """List emails

    Emails to participants and notices to members, and whether they were sent.
    """
    state = read_choice("state", get_args(State))
    page = outbox.list_mails(g.actor, read_window(), state=state)
    return list_response(
        "emails", page, lambda row: representation.mail(services(), g.actor, row)
    )


@operation(
    api,
    "POST /emails/<email_id>/resend",
    "invites:write",
    tag="Emails",
    answers={200: Email},
    changes={"state": "queued"},
)
@sends_mail
def resend_email(email_id: str) -> ResponseReturnValue:
    """Resend email

    Queue an email that is `kept` or `failed` again. Other emails stay as they are.
    """
    row = outbox.retry_mail(access.get_mail(g.actor, email_id))
    return representation.mail(services(), g.actor, row)
