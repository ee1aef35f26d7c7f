"""The outbox: every mail, what became of it, and its link for who may invite."""

from typing import Final

from flask import g, render_template
from flask.typing import ResponseReturnValue

from interviewrelay.domain import access, desk as shapes, mails
from interviewrelay.web import desk
from interviewrelay.web.zones import needs, office, pages, sends_mail

STATES: Final = ("queued", "sent", "kept", "failed")


@pages.get("/outbox")
@needs("invites:read")
def show_outbox() -> ResponseReturnValue:
    state = desk.picked("state", STATES)
    page = mails.listing(g.actor, desk.part(), state=state)
    return render_template(
        "outbox/list.html",
        mails=page.shaped(lambda row: shapes.mail(office(), g.actor, row)).items,
        pager=desk.pager(page, "mails"),
        state=state or "",
        states=STATES,
        kept=mails.left(g.actor, "kept")[0],
        mails_leave=desk.mails_leave(),
    )


@pages.post("/outbox/<mail_id>/again")
@sends_mail
@needs("invites:write")
def try_mail_again(mail_id: str) -> ResponseReturnValue:
    mails.try_again(access.mail(g.actor, mail_id))
    return desk.done("/outbox", "The mail is in the queue again.")
