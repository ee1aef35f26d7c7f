"""Credits, for the API and for the dashboard."""

from datetime import date, datetime
from typing import Annotated

from flask import g, render_template, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from interviewrelay import plans
from interviewrelay.domain import (
    administration,
    billing,
    desk as shapes,
    paging,
    represent,
    represent_credits,
    represent_rows,
    topups,
    usage,
)
from interviewrelay.domain.script_document import AsWhole
from interviewrelay.web import desk
from interviewrelay.web.http import answer, moment, payload, window
from interviewrelay.web.idempotency import call_id, calls_outside
from interviewrelay.web.zones import api, needs, office, pages


class TopupIn(BaseModel):
    model_config = ConfigDict(strict=True)

    pack: Annotated[int, AsWhole] = Field(
        description="So many credits, at one euro cent each.",
        json_schema_extra={"enum": list(plans.TOPUP_PACKS)},
    )


@api.get("/billing/credits")
def get_credits() -> ResponseReturnValue:
    return answer(represent_rows.credits(billing.account(g.actor)))


@api.get("/billing/usage")
def get_usage() -> ResponseReturnValue:
    wanted = usage.period(moment("start_date", _as_is), moment("end_date", _as_is))
    used = usage.of(g.actor, wanted, window(usage.MOST_MOVEMENTS))
    return answer(represent_credits.usage(used))


@api.post("/billing/topups")
@calls_outside
def create_topup() -> ResponseReturnValue:
    payment = topups.begin(office(), g.actor, payload(TopupIn).pack, call_id())
    return answer(represent_credits.payment(payment), 201)


@api.get("/admin/credits/summary")
def get_credit_summary() -> ResponseReturnValue:
    return answer(represent_credits.credit_summary(administration.credit_summary(g.actor)))


@pages.get("/credits")
@needs("billing:read")
def show_credits() -> ResponseReturnValue:
    page = billing.ledger(g.actor, desk.part())
    used = usage.of(g.actor, usage.period(), paging.Window(limit=1))  # the ledger is below it
    return render_template(
        "credits/show.html",
        credits=shapes.credits(billing.account(g.actor)),
        usage=represent_credits.usage(used),
        packs=shapes.packs() if office().payments.configured else [],
        paid=request.args.get("paid") == "1",
        entries=page.shaped(represent.entry).items,
        pager=desk.pager(page, "entries"),
    )


@pages.post("/credits/topups")
@needs("billing:write")
def begin_topup() -> ResponseReturnValue:
    """A page with the link to pay: a form must not lead to another site (our content policy)."""
    pack = desk.whole(request.form.get("pack", ""))
    payment = topups.begin(office(), g.actor, pack if isinstance(pack, int) else 0)
    return render_template("credits/pay.html", payment=represent_credits.payment(payment))


def _as_is(value: date | datetime) -> date | datetime:
    return value
