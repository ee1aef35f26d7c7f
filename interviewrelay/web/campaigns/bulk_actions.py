"""Bulk actions on the invites selected on a campaign's page."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from interviewrelay.campaigns.invites import bulk_actions, reminders
from interviewrelay.core.errors import CampaignNotActive, PlanLimitReached, RateLimited
from interviewrelay.dashboard import view_models
from interviewrelay.organizations import access
from interviewrelay.web.http.blueprints import pages, requires, sends_mail, services
from interviewrelay.web.ui import page_helpers
from interviewrelay.web.ui.formatting import counted, people

DAYS: Final = (3, 7, 14, 30)
SURE: Final = "cancel"
SHOWN: Final = 3
"""Maximum addresses shown with a reason."""


@pages.post("/campaigns/<campaign_id>/invites/selected")
@sends_mail
@requires("invites:write")
def act_on_selected(campaign_id: str) -> ResponseReturnValue:
    campaign = access.get_campaign(g.actor, campaign_id)
    chosen = bulk_actions.list_selected(campaign, request.form.getlist("invite"))
    action, address = request.form.get("action", ""), _back(campaign.id)
    if not chosen:
        return page_helpers.redirect_with_message(
            address, "Select at least one invite.", "warning"
        )
    if action == "cancel":
        return _cancel(campaign, chosen, address)
    acts: dict[str, tuple[str, Callable[[], bulk_actions.BulkResult]]] = {
        "resend": (
            "Resent",
            lambda: bulk_actions.resend_invites(
                services().ring, chosen, request.form.get("once", "")
            ),
        ),
        "remind": (
            "Reminders sent",
            lambda: bulk_actions.remind_invites(services().ring, campaign, chosen),
        ),
        "extend": ("Extended", lambda: bulk_actions.extend_invites(chosen, 24 * _days())),
    }
    if action not in acts:
        return page_helpers.redirect_with_message(
            address, "Choose one of the available actions.", "error"
        )
    word, act = acts[action]
    return _done(address, word, act())


@pages.post("/campaigns/<campaign_id>/invites/remind")
@sends_mail
@requires("invites:write")
def remind_the_missing(campaign_id: str) -> ResponseReturnValue:
    campaign = access.get_campaign(g.actor, campaign_id)
    address = f"/campaigns/{campaign.id}#invites"
    try:
        sent = reminders.queue_reminders(services().ring, campaign)
    except (CampaignNotActive, PlanLimitReached, RateLimited) as refusal:
        return page_helpers.redirect_with_message(address, refusal.message, "error")
    if not sent:
        words = "There is no one to remind. Everyone has started or was reminded in the last 24 hours."
        return page_helpers.redirect_with_message(address, words, "info")
    return page_helpers.redirect_with_message(address, f"Reminder sent to {people(sent)}.")


def _cancel(campaign: Any, chosen: Sequence[Any], address: str) -> ResponseReturnValue:
    """Asks for confirmation, since this cannot be undone."""
    typed = request.form.get("typed")
    if typed is not None and typed.strip().casefold() == SURE:
        return _done(address, "Cancelled", bulk_actions.cancel_invites(chosen))
    errors: list[page_helpers.Problem] = []
    if typed is not None:
        errors = [{"field": "typed", "message": f"Type “{SURE}” to cancel these invites."}]
    page = render_template(
        "campaigns/cancel.html",
        campaign=view_models.build_campaign(campaign),
        chosen=[{"id": row.id, "email": row.email} for row in chosen],
        errors=errors,
        typed=typed or "",
        sure=SURE,
        back=address,
        query=_query(),
    )
    return page, 400 if errors else 200


def _done(address: str, word: str, done: bulk_actions.BulkResult) -> ResponseReturnValue:
    words = f"{word}: {counted(done.number, 'invite')}."
    for reason, emails in done.left_out.items():
        more = f" and {len(emails) - SHOWN} more" if len(emails) > SHOWN else ""
        words += f" Skipped {', '.join(emails[:SHOWN])}{more}: {reason}"
    return page_helpers.redirect_with_message(
        address, words, "warning" if done.left_out else "success"
    )


def _days() -> int:
    wanted = page_helpers.parse_number(request.form.get("days", ""))
    return next((days for days in DAYS if days == wanted), DAYS[1])


def _query() -> str:
    """Current filter and page of the list."""
    return request.query_string.decode("ascii", "ignore")


def _back(campaign_id: str) -> str:
    query = _query()
    return f"/campaigns/{campaign_id}{'?' if query else ''}{query}#invites"
