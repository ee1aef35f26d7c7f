"""Emails page: every email, its state, and its link for those who may invite."""

from typing import Final

from flask import g, render_template
from flask.typing import ResponseReturnValue

from interviewrelay.dashboard import view_models
from interviewrelay.mail import outbox
from interviewrelay.organizations import access
from interviewrelay.web.http.blueprints import pages, requires, sends_mail, services
from interviewrelay.web.ui import page_helpers

STATES: Final = ("queued", "sent", "kept", "failed")


@pages.get("/outbox")
@requires("invites:read")
def show_outbox() -> ResponseReturnValue:
    state = page_helpers.read_choice("state", STATES)
    page = outbox.list_mails(g.actor, page_helpers.read_window(), state=state)
    return render_template(
        "mail/outbox.html",
        mails=[view_models.build_mail(services(), g.actor, row) for row in page.items],
        pager=page_helpers.build_pager(page, "emails"),
        state=state or "",
        states=STATES,
        kept=outbox.count_stuck_mails(g.actor, "kept")[0],
        mails_leave=page_helpers.is_mail_configured(),
    )


@pages.post("/outbox/<mail_id>/again")
@sends_mail
@requires("invites:write")
def try_mail_again(mail_id: str) -> ResponseReturnValue:
    outbox.retry_mail(access.get_mail(g.actor, mail_id))
    return page_helpers.redirect_with_message("/outbox", "The email is queued again.")
