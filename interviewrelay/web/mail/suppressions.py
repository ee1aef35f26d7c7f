"""Whom an organization does not write to: the list, and the page behind the link in every mail."""

from typing import Any, Final

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from interviewrelay.core import email_addresses
from interviewrelay.core.errors import InvalidParameter
from interviewrelay.mail import representation as mail_representation, suppressions
from interviewrelay.web.http.blueprints import api, needs, office, pages, participant
from interviewrelay.web.http.requests import answer, listed, payload, wants_json, window
from interviewrelay.web.sessions.erasure import ParticipantIn
from interviewrelay.web.ui import page_helpers

SENTENCES: Final = {"email": email_addresses.WANTED}
AGREED: Final = (
    "Confirm that this person asked for emails again. Otherwise, leave them on the list."
)


@api.get("/suppressions")
def list_suppressions() -> ResponseReturnValue:
    return listed(
        "suppressions",
        suppressions.listing(g.actor, window()).shaped(mail_representation.suppression),
    )


@api.post("/suppressions")
def add_suppression() -> ResponseReturnValue:
    """200 when the address was on the list already, which keeps its first reason and time."""
    row, new = suppressions.add(office().ring, g.actor, payload(ParticipantIn).email)
    return answer(mail_representation.suppression(row), 201 if new else 200)


@api.post("/suppressions/remove")
def remove_suppression() -> ResponseReturnValue:
    """The address is in the body: an address of the web would be written into logs."""
    removed = suppressions.remove(office().ring, g.actor, payload(ParticipantIn).email)
    return answer({"removed": removed})


@pages.get("/do-not-write")
@needs("invites:read")
def show_suppressions() -> ResponseReturnValue:
    return render_template("mail/suppressions.html", errors=[], values={}, **_list())


@pages.post("/do-not-write")
@needs("invites:write")
def send_suppression() -> ResponseReturnValue:
    values = page_helpers.typed("email")
    try:
        _, new = suppressions.add(office().ring, g.actor, values["email"])
    except InvalidParameter as refusal:
        more = {"values": values, **_list()}
        return page_helpers.again("mail/suppressions.html", refusal, SENTENCES, **more)
    told = "was added to the list" if new else "is already on the list"
    return page_helpers.done("/do-not-write", f"{values['email'].strip()} {told}.")


@pages.post("/do-not-write/remove")
@needs("invites:write")
def send_removal() -> ResponseReturnValue:
    values = page_helpers.typed("again", "agreed")
    try:
        if not values["agreed"]:
            raise page_helpers.one("agreed", AGREED)
        removed = suppressions.remove(office().ring, g.actor, values["again"])
    except InvalidParameter as refusal:
        words = {**SENTENCES, "agreed": AGREED}
        answered = page_helpers.again(
            "mail/suppressions.html", refusal, words, values=values, removing=True, **_list()
        )
        return answered
    told = "was removed from the list" if removed else "is not on the list"
    return page_helpers.done("/do-not-write", f"{values['again'].strip()} {told}.")


@participant.get("/unsubscribe/<mail_token>")
def ask_unsubscribe(mail_token: str) -> ResponseReturnValue:
    """Whatever opens it, nothing changes: mail scanners do."""
    organization, done = suppressions.look(office().ring, mail_token)
    return _told(organization.name, done=done)


@participant.post("/unsubscribe/<mail_token>")
def unsubscribe(mail_token: str) -> ResponseReturnValue:
    """By the button of the page, or by a mail program on its own (RFC 8058): whatever it sends."""
    organization = suppressions.unsubscribe(office().ring, mail_token)
    return _told(organization.name, done=True)


def _told(organization: str, *, done: bool) -> ResponseReturnValue:
    if wants_json():
        return answer({"organization": organization, "unsubscribed": done})
    return render_template(
        "participant/unsubscribe.html", organization=organization, done=done, here=request.path
    )


def _list() -> dict[str, Any]:
    page = suppressions.listing(g.actor, page_helpers.part())
    return {
        "suppressions": page.shaped(mail_representation.suppression).items,
        "total": page.total,
        "pager": page_helpers.pager(page, "addresses"),
    }
