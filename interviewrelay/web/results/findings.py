"""Findings of a study on the dashboard, and the analysis that looks for them."""

from typing import Any, Final

from flask import Response, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from interviewrelay.core.errors import Conflict, InvalidParameter
from interviewrelay.organizations import access
from interviewrelay.results import analyses, findings
from interviewrelay.results.findings import FindingChange
from interviewrelay.results.representation import Analysis, build_finding
from interviewrelay.web.http.blueprints import pages, requires
from interviewrelay.web.ui import page_helpers

STEPS: Final = {"up": -1, "down": 1}


@pages.get("/campaigns/<campaign_id>/findings")
@requires("sessions:read")
def show_findings(campaign_id: str) -> ResponseReturnValue:
    campaign = access.get_campaign(g.actor, campaign_id)
    return render_template(
        "results/findings.html", values={}, errors=[], **_list_values(campaign)
    )


@pages.post("/campaigns/<campaign_id>/findings")
@requires("sessions:write")
def send_finding(campaign_id: str) -> ResponseReturnValue:
    campaign, values = (
        access.get_campaign(g.actor, campaign_id),
        page_helpers.read_typed("text"),
    )
    try:
        added = findings.add_finding(g.actor, campaign.id, values["text"], [])
    except (InvalidParameter, Conflict) as refusal:
        more = {"values": values, **_list_values(campaign)}
        return page_helpers.render_again("results/findings.html", refusal, {}, **more)
    return _back_to_list(campaign.id, "Finding added.", added.row.id)


@pages.post("/campaigns/<campaign_id>/analysis")
@requires("sessions:write")
def send_analysis_start(campaign_id: str) -> ResponseReturnValue:
    analyses.start_analysis(g.actor, campaign_id)
    return _back_to_list(campaign_id, "Analysis started.")


@pages.post("/campaigns/<campaign_id>/analysis/cancel")
@requires("sessions:write")
def send_analysis_cancellation(campaign_id: str) -> ResponseReturnValue:
    ended = analyses.cancel_analysis(g.actor, campaign_id)
    words = {"cancelled": "Analysis cancelled."}
    return _back_to_list(campaign_id, words.get(ended.status, "The analysis had ended before."))


@pages.get("/campaigns/<campaign_id>/analysis/live")
@requires("sessions:read")
def show_analysis_live(campaign_id: str) -> ResponseReturnValue:
    """Polled by the page while an analysis runs. A page without findings is loaded anew as soon as
    there is something to show; on any other, somebody may be typing.
    """
    campaign = access.get_campaign(g.actor, campaign_id)
    latest = analyses.get_latest_analysis(campaign)
    active = latest is not None and latest.status in analyses.ACTIVE
    if request.args.get("empty") and (not active or findings.list_findings(campaign)):
        address = url_for("pages.show_findings", campaign_id=campaign.id)
        return Response("", 204, {"HX-Redirect": address})
    part = render_template(
        "results/_progress.html",
        campaign={"id": campaign.id},
        analysis=Analysis.read(latest) if latest else {},
        active=active,
    )
    return page_helpers.conditional_response(part)


@pages.get("/campaigns/<campaign_id>/findings/<finding_id>")
@requires("sessions:read")
def show_finding(campaign_id: str, finding_id: str) -> ResponseReturnValue:
    return render_template(
        "results/finding.html", errors=[], text=None, **_finding_values(campaign_id, finding_id)
    )


@pages.post("/campaigns/<campaign_id>/findings/<finding_id>")
@requires("sessions:write")
def send_finding_change(campaign_id: str, finding_id: str) -> ResponseReturnValue:
    form = request.form
    if form.get("move") in STEPS:
        findings.move_finding(g.actor, campaign_id, finding_id, STEPS[form["move"]])
        return _back_to_list(campaign_id, "Finding moved.", finding_id)
    change = FindingChange(
        text=form.get("text"), pinned=form["pinned"] == "true" if "pinned" in form else None
    )
    try:
        changed = findings.change_finding(g.actor, campaign_id, finding_id, change)
    except InvalidParameter as refusal:
        return _refuse_change(campaign_id, finding_id, refusal)
    words = "Finding saved."
    if change.text is None:
        words = "Finding pinned." if changed.row.pinned else "Finding unpinned."
    return _back_to_list(campaign_id, words, finding_id)


@pages.post("/campaigns/<campaign_id>/findings/<finding_id>/merge")
@requires("sessions:write")
def send_finding_merge(campaign_id: str, finding_id: str) -> ResponseReturnValue:
    others = [one for one in request.form.getlist("merge") if one]
    try:
        findings.merge_findings(g.actor, campaign_id, finding_id, others)
    except InvalidParameter as refusal:
        return _refuse_change(campaign_id, finding_id, refusal)
    return _back_to_list(campaign_id, "Findings merged.", finding_id)


@pages.post("/campaigns/<campaign_id>/findings/<finding_id>/delete")
@requires("sessions:write")
def send_finding_deletion(campaign_id: str, finding_id: str) -> ResponseReturnValue:
    findings.delete_finding(g.actor, campaign_id, finding_id)
    return _back_to_list(campaign_id, "Finding deleted.")


def _list_values(campaign: Any) -> dict[str, Any]:
    latest = analyses.get_latest_analysis(campaign)
    analysed = analyses.count_analysed(campaign)
    return {
        "campaign": {"id": campaign.id, "name": campaign.name},
        "analysis": Analysis.read(latest) if latest else None,
        "active": latest is not None and latest.status in analyses.ACTIVE,
        "plan": analyses.plan_analysis(campaign),
        "analysed": analysed,
        "findings": [build_finding(one, analysed) for one in findings.list_findings(campaign)],
    }


def _finding_values(campaign_id: str, finding_id: str) -> dict[str, Any]:
    found = findings.get_finding(g.actor, campaign_id, finding_id)
    campaign = access.get_campaign(g.actor, campaign_id)
    analysed = analyses.count_analysed(campaign)
    others = [one for one in findings.list_findings(campaign) if one.row.id != finding_id]
    return {
        "campaign": {"id": campaign.id, "name": campaign.name},
        "finding": build_finding(found, analysed),
        "others": [build_finding(one, analysed) for one in others],
    }


def _refuse_change(campaign_id: str, finding_id: str, refusal: InvalidParameter) -> Response:
    more = {
        "text": request.form.get("text"),
        **_finding_values(campaign_id, finding_id),
    }
    return page_helpers.render_again("results/finding.html", refusal, {}, **more)


def _back_to_list(
    campaign_id: str, message: str, finding_id: str | None = None
) -> ResponseReturnValue:
    place = f"#finding-{finding_id}" if finding_id else ""
    address = f"/campaigns/{campaign_id}/findings{place}"
    return page_helpers.redirect_with_message(address, message)
