"""Credits, for the API and for the dashboard."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from interviewrelay.domain import billing, desk as shapes, represent
from interviewrelay.web import desk
from interviewrelay.web.http import answer
from interviewrelay.web.zones import api, needs, pages


@api.get("/billing/credits")
@needs("billing:read")
def get_credits() -> ResponseReturnValue:
    return answer(represent.credits(billing.account(g.actor)))


@pages.get("/credits")
@needs("billing:read")
def show_credits() -> ResponseReturnValue:
    page = billing.ledger(g.actor, desk.part())
    return render_template(
        "credits/show.html",
        credits=shapes.credits(billing.account(g.actor)),
        entries=page.shaped(represent.entry).items,
        pager=desk.pager(page, "entries"),
    )
