"""Setup wizard of a campaign in three steps: script, recipients, sending.

Each step is saved before the next one is shown, so that going back, reloading or returning the next
day loses nothing.
"""

from dataclasses import replace
from typing import Any, Final

from flask import g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from interviewrelay.campaigns import campaigns, projects
from interviewrelay.campaigns.invites import invites
from interviewrelay.campaigns.representation import CampaignIn
from interviewrelay.campaigns.setup import drafts, recipient_lists
from interviewrelay.campaigns.setup.recipient_parser import LARGEST
from interviewrelay.core import clock
from interviewrelay.core.errors import (
    CampaignNotActive,
    Conflict,
    InvalidParameter,
    PlanLimitReached,
    RateLimited,
    ScriptNotPublished,
)
from interviewrelay.core.ids import new_id
from interviewrelay.dashboard import view_models
from interviewrelay.organizations import access
from interviewrelay.scripts import scripts
from interviewrelay.scripts.document import Name
from interviewrelay.web.campaigns import form_fields
from interviewrelay.web.campaigns.campaigns import build_choices
from interviewrelay.web.campaigns.invite_report import REASONS, WRONG, describe_result
from interviewrelay.web.http.blueprints import pages, requires, sends_mail, services
from interviewrelay.web.http.requests import filter_value
from interviewrelay.web.http.validation import validate
from interviewrelay.web.ui import page_helpers
from interviewrelay.web.ui.formatting import counted, exactly, people as how_many


class FirstCampaignIn(CampaignIn):
    """Used while there is no project yet: one is created with the campaign."""

    project_id: str = ""
    project: Name

    def plan(self) -> campaigns.CampaignPlan:
        return replace(super().plan(), new_project=self.project)


STUDY: Final = {
    "project": "Enter a name for the project, up to 200 characters.",
    "name": "Enter a name for the campaign, up to 200 characters.",
    "script_id": "Choose a published script.",
    "project_id": "Choose a project.",
    "once": "Reload this page and fill in the form again.",
}
Study = dict[str, Any]


@pages.get("/campaigns/new")
@requires("campaigns:write")
def new_campaign() -> ResponseReturnValue:
    values = {name: filter_value(name) or "" for name in ("script_id", "project_id")}
    return render_template("campaigns/new.html", errors=[], values=values, **_study(None))


@pages.post("/campaigns")
@requires("campaigns:write")
def send_campaign() -> ResponseReturnValue:
    return _describe(None)


@pages.get("/campaigns/<campaign_id>/draft")
@requires("campaigns:write")
def show_draft(campaign_id: str) -> ResponseReturnValue:
    campaign = access.get_campaign(g.actor, campaign_id)
    if campaign.status != "draft":
        return _over(campaign)
    values = {n: getattr(campaign, n) for n in ("name", "script_id", "project_id")}
    return render_template("campaigns/new.html", errors=[], values=values, **_study(campaign))


@pages.post("/campaigns/<campaign_id>/draft")
@requires("campaigns:write")
def describe_draft(campaign_id: str) -> ResponseReturnValue:
    return _describe(access.get_campaign(g.actor, campaign_id))


@pages.get("/campaigns/<campaign_id>/draft/people")
@requires("campaigns:write")
def show_people(campaign_id: str) -> ResponseReturnValue:
    campaign = access.get_campaign(g.actor, campaign_id)
    if campaign.status != "draft":
        return _over(campaign)
    return _people_page(campaign)


@pages.post("/campaigns/<campaign_id>/draft/people")
@requires("campaigns:write")
def list_people(campaign_id: str) -> ResponseReturnValue:
    """A file replaces the content of the field, unless it is to be added."""
    campaign = access.get_campaign(g.actor, campaign_id)
    typed, here = request.form.get("people", ""), f"/campaigns/{campaign.id}/draft"
    action = request.form.get("action", "next")
    try:
        drafts.save_recipient_list(campaign, _with_file(typed))
    except InvalidParameter as refusal:
        more = {"text": typed, "wanted": None, **_step(campaign, "people")}
        return page_helpers.render_again("campaigns/people.html", refusal, {}, **more)
    except Conflict:
        return _over(campaign)
    if action == "leave_out":
        left = drafts.remove_invalid_lines(campaign)
        return page_helpers.redirect_with_message(
            f"{here}/people", f"{counted(left, 'line')} removed."
        )
    if action == "next" and not drafts.is_ready(services().ring, campaign):
        return _people_page(campaign, refused=True), 400
    onward = {"back": here, "check": f"{here}/people#found"}
    return redirect(onward.get(action, f"{here}/sending"), 303)


@pages.get("/campaigns/<campaign_id>/draft/sending")
@requires("campaigns:write")
def show_sending(campaign_id: str) -> ResponseReturnValue:
    campaign = access.get_campaign(g.actor, campaign_id)
    if campaign.status != "draft":
        return _over(campaign)
    try:
        page = _sending(campaign, {})
    except InvalidParameter:  # the list is invalid as it is
        return redirect(f"/campaigns/{campaign.id}/draft/people", 303)
    return render_template("campaigns/sending.html", errors=[], **page)


@pages.post("/campaigns/<campaign_id>/draft/sending")
@sends_mail
@requires("campaigns:write")
def send_off(campaign_id: str) -> ResponseReturnValue:
    campaign = access.get_campaign(g.actor, campaign_id)
    if campaign.status != "draft":
        return _over(campaign)
    values, action = form_fields.read_typed(), request.form.get("action", "save")
    try:
        changes = form_fields.parse_changes(campaign, values)
        if action != "send":
            campaigns.change_campaign(campaign, changes, speech=services().speech)
            return _saved(campaign.id, action)
        g.actor.require("invites:write")
        outcome = drafts.launch_draft(
            services().ring, campaign, changes, speech=services().speech
        )
    except Conflict:
        return _over(campaign)
    except (InvalidParameter, PlanLimitReached, RateLimited, CampaignNotActive) as refusal:
        page = _sending(campaign, values)
        return page_helpers.render_again(
            "campaigns/sending.html", refusal, form_fields.SENTENCES, **page
        )
    return page_helpers.redirect_with_message(
        f"/campaigns/{campaign.id}", _sent(campaign, outcome)
    )


@pages.post("/campaigns/<campaign_id>/draft/discard")
@requires("campaigns:write")
def discard_draft(campaign_id: str) -> ResponseReturnValue:
    campaign = access.get_campaign(g.actor, campaign_id)
    name = campaign.name
    try:
        drafts.delete_draft(campaign)
    except Conflict:
        return _over(campaign)
    return page_helpers.redirect_with_message("/campaigns", f"Draft “{name}” discarded.")


def _describe(campaign: Any) -> ResponseReturnValue:
    """The first step, for an existing draft or one that it creates."""
    values = page_helpers.read_typed("name", "script_id", "project_id", "project", "once")
    first = g.actor.may("projects:write") and not projects.list_all_projects(g.actor)
    try:
        plan = validate(FirstCampaignIn if first else CampaignIn, values).plan()
        if campaign is None:
            campaign = drafts.create_draft(g.actor, plan, values["once"])
        else:
            campaign = drafts.change_draft(g.actor, campaign, plan)
    except Conflict as refusal:
        address = f"/campaigns/{campaign.id}" if campaign else "/campaigns"
        return page_helpers.redirect_with_message(address, refusal.message, "warning")
    except (InvalidParameter, ScriptNotPublished) as refusal:
        more = {"values": values, **_study(campaign)}
        return page_helpers.render_again("campaigns/new.html", refusal, STUDY, **more)
    return redirect(f"/campaigns/{campaign.id}/draft/people", 303)


def _study(campaign: Any) -> Study:
    return {
        "scripts": build_choices(scripts.list_published(g.actor)),
        "projects": build_choices(projects.list_all_projects(g.actor)),
        "once": new_id(),
        **_step(campaign, "study"),
    }


def _step(campaign: Any, step: str) -> Study:
    return {
        "campaign": view_models.build_campaign(campaign) if campaign else None,
        "step": step,
    }


def _with_file(text: str) -> str:
    """Text of the field or the file. Raises InvalidParameter."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return text
    found = recipient_lists.decode_file(file.read(LARGEST + 1))
    add = request.form.get("add") and text.strip()
    return f"{text.rstrip()}\n{found}" if add else found


def _people_page(campaign: Any, *, refused: bool = False) -> str:
    """Page about the saved list."""
    errors, wanted = list[page_helpers.Problem](), None
    try:
        wanted = drafts.parse_draft_recipients(services().ring, campaign)
    except InvalidParameter as refusal:
        errors = page_helpers.list_problems(refusal, {})
    if refused and wanted:
        errors = [{"field": "people", "message": _to_mend(len(wanted.listed.bad))}]
    text = wanted.text if wanted else drafts.get_list_text(campaign)
    step = _step(campaign, "people")
    return render_template(
        "campaigns/people.html", errors=errors, text=text, wanted=wanted, wrong=WRONG, **step
    )


def _to_mend(number: int) -> str:
    if number == 1:
        return "1 line has no valid email address. Fix it or remove it."
    return f"{number} lines have no valid email address. Fix them or remove them."


def _sending(campaign: Any, typed: dict[str, str]) -> Study:
    """Raises InvalidParameter."""
    values = {**form_fields.get_values(campaign), **typed}
    wanted = drafts.parse_draft_recipients(services().ring, campaign)
    name = wanted.people[0].person.name if wanted.people else ""
    return {
        "values": values,
        "deaf": form_fields.describe_missing_speech(campaign),
        "wanted": wanted,
        "reminders": form_fields.list_reminder_choices(values["reminder_hours_before"]),
        "letter": form_fields.build_sample_mail(campaign, name),
        "mails_leave": page_helpers.is_mail_configured(),
        "now": clock.format_iso(clock.now()),
        **_step(campaign, "sending"),
    }


def _saved(campaign_id: str, action: str) -> ResponseReturnValue:
    here = f"/campaigns/{campaign_id}"
    if action == "back":
        return redirect(f"{here}/draft/people", 303)
    if action == "preview":
        return redirect(f"{here}/draft/sending#mail", 303)
    return page_helpers.redirect_with_message(here, "Draft saved. No one has been invited yet.")


def _sent(campaign: Any, outcome: invites.InviteResult) -> str:
    """Result in sentences."""
    words: str = "The campaign is active."
    if outcome.invites:
        words = Markup("{} {}").format(words, describe_result(outcome, mailed=True))
    starts = campaign.starts_at
    if starts and starts > clock.now():
        told_at = exactly(clock.format_iso(starts))
        words += Markup(" It starts on {}. Emails will be sent then.").format(told_at)
    for reason in sorted({error["reason"] for error in outcome.errors}):
        number = sum(error["reason"] == reason for error in outcome.errors)
        words += f" {how_many(number)} not invited: {REASONS[reason]}."
    return words


def _over(campaign: Any) -> ResponseReturnValue:
    return page_helpers.redirect_with_message(
        f"/campaigns/{campaign.id}", drafts.SENT, "warning"
    )
