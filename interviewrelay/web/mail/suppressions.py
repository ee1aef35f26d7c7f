"""Suppressions: the list, and the page behind the unsubscribe link."""

from typing import Any, Final

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from interviewrelay.core import email_addresses
from interviewrelay.core.errors import InvalidParameter
from interviewrelay.mail import suppressions
from interviewrelay.mail.representation import Suppression, Unsubscribing
from interviewrelay.web.http.blueprints import pages, participant, requires, services
from interviewrelay.web.http.requests import wants_json
from interviewrelay.web.openapi.operation import operation
from interviewrelay.web.ui import page_helpers

SENTENCES: Final = {"email": email_addresses.WANTED}
AGREED: Final = (
    "Confirm that this person asked for emails again. Otherwise, leave them on the list."
)


@pages.get("/do-not-write")
@requires("invites:read")
def show_suppressions() -> ResponseReturnValue:
    return render_template("mail/suppressions.html", errors=[], values={}, **_list())


@pages.post("/do-not-write")
@requires("invites:write")
def send_suppression() -> ResponseReturnValue:
    values = page_helpers.read_typed("email")
    try:
        _, new = suppressions.add_suppression(services().ring, g.actor, values["email"])
    except InvalidParameter as refusal:
        more = {"values": values, **_list()}
        return page_helpers.render_again("mail/suppressions.html", refusal, SENTENCES, **more)
    told = "was added to the list" if new else "is already on the list"
    return page_helpers.redirect_with_message(
        "/do-not-write", f"{values['email'].strip()} {told}."
    )


@pages.post("/do-not-write/remove")
@requires("invites:write")
def send_removal() -> ResponseReturnValue:
    values = page_helpers.read_typed("again", "agreed")
    try:
        if not values["agreed"]:
            raise page_helpers.build_problem("agreed", AGREED)
        removed = suppressions.remove_suppression(services().ring, g.actor, values["again"])
    except InvalidParameter as refusal:
        words = {**SENTENCES, "agreed": AGREED}
        answered = page_helpers.render_again(
            "mail/suppressions.html", refusal, words, values=values, removing=True, **_list()
        )
        return answered
    told = "was removed from the list" if removed else "is not on the list"
    return page_helpers.redirect_with_message(
        "/do-not-write", f"{values['again'].strip()} {told}."
    )


@operation(
    participant,
    "GET /unsubscribe/<mail_token>",
    answers={200: Unsubscribing},
    files=("text/html",),
)
def ask_unsubscribe(mail_token: str) -> ResponseReturnValue:
    """Get the unsubscribe state

    The organization that sent the email with this link, and whether the person has unsubscribed
    from its emails. Changes nothing. The token is the one in `List-Unsubscribe`. It does not give
    access to the interview.
    """
    organization, done = suppressions.get_unsubscribe_state(services().ring, mail_token)
    return _told(organization.name, done=done)


@operation(
    participant,
    "POST /unsubscribe/<mail_token>",
    answers={200: Unsubscribing},
    files=("text/html",),
    changes={"unsubscribed": True},
)
def unsubscribe(mail_token: str) -> ResponseReturnValue:
    """Unsubscribe

    Used by email programs for one-click unsubscribe (RFC 8058). Repeating it changes nothing.
    """
    organization = suppressions.unsubscribe(services().ring, mail_token)
    return _told(organization.name, done=True)


def _told(organization: str, *, done: bool) -> ResponseReturnValue:
    if wants_json():
        return {"organization": organization, "unsubscribed": done}
    return render_template(
        "participant/unsubscribe.html", organization=organization, done=done, here=request.path
    )


def _list() -> dict[str, Any]:
    page = suppressions.list_suppressions(g.actor, page_helpers.read_window())
    return {
        "suppressions": [Suppression.read(row) for row in page.items],
        "total": page.total,
        "pager": page_helpers.build_pager(page, "addresses"),
    }
