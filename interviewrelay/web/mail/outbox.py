"""Emails page: every email, its state, and its link for those who may invite."""

from typing import Final

from flask import g, render_template
from flask.typing import ResponseReturnValue

from interviewrelay.dashboard import view_models as shapes
from interviewrelay.mail import outbox
from interviewrelay.organizations import access
from interviewrelay.web.http.blueprints import needs, office, pages, sends_mail
from interviewrelay.web.ui import page_helpers

STATES: Final = ("queued", "sent", "kept", "failed")


@pages.get("/outbox")
@needs("invites:read")
def show_outbox() -> ResponseReturnValue:
    state = page_helpers.picked("state", STATES)
    page = outbox.listing(g.actor, page_helpers.part(), state=state)
    return render_template(
        "mail/outbox.html",
        mails=page.shaped(lambda row: shapes.mail(office(), g.actor, row)).items,
        pager=page_helpers.pager(page, "emails"),
        state=state or "",
        states=STATES,
        kept=outbox.left(g.actor, "kept")[0],
        mails_leave=page_helpers.mails_leave(),
    )


@pages.post("/outbox/<mail_id>/again")
@sends_mail
@needs("invites:write")
def try_mail_again(mail_id: str) -> ResponseReturnValue:
    outbox.try_again(access.mail(g.actor, mail_id))
    return page_helpers.done("/outbox", "The email is queued again.")
