"""Administration pages for system administrators; not found for everybody else."""

from typing import Any, Final

from flask import current_app, g, render_template
from flask.typing import ResponseReturnValue

from interviewrelay import __version__
from interviewrelay.billing import representation, server_summary
from interviewrelay.core.db.pagination import Window
from interviewrelay.core.errors import Conflict, InvalidParameter, PlanLimitReached, Refusal
from interviewrelay.core.ids import new_id
from interviewrelay.dashboard import view_models
from interviewrelay.operations import (
    maintenance,
    readiness,
    representation as operations_representation,
    speech_checks,
    tenants,
)
from interviewrelay.operations.server_checks import CheckedServer, not_set_up
from interviewrelay.organizations import plans
from interviewrelay.web.http.blueprints import (
    count_call,
    pages,
    requires_system_admin,
    sends_mail,
    services,
)
from interviewrelay.web.http.requests import filter_value
from interviewrelay.web.ui import page_helpers
from interviewrelay.web.ui.formatting import thin
from interviewrelay.web.webhooks.pages import FAULTS

MOST_LISTED: Final = 25
"""Maximum entries from the API's summary; the list of organizations and their ledgers have the rest."""
PLANS: Final = [(plan.name, plan.title) for plan in plans.PLANS.values()]
ACTS: Final = (("give", "Add credits"), ("take", "Remove credits"))


@pages.get("/admin")
@requires_system_admin
def show_administration() -> ResponseReturnValue:
    summary = representation.credit_summary(server_summary.get_credit_summary(g.actor))
    return render_template(
        "admin/show.html",
        figures=summary["summary"],
        low=summary["lowBalanceOrganizations"][:MOST_LISTED],
        recent=summary["recentTransactions"][:MOST_LISTED],
        queues=maintenance.list_queues(g.actor),
        broken=len(maintenance.list_broken_webhooks(g.actor)),
        model=view_models.build_server_model(services()),
        degraded=readiness.trouble.is_set,
    )


@pages.get("/admin/organizations")
@requires_system_admin
def show_organizations() -> ResponseReturnValue:
    values = {"new_plan": "free"}
    return render_template("admin/organizations.html", errors=[], values=values, **_tenants())


@pages.post("/admin/organizations")
@sends_mail
@requires_system_admin
def open_organization() -> ResponseReturnValue:
    values = page_helpers.read_typed("name", "email", "new_plan", "once")
    try:
        made, link = tenants.open_organization(
            services(),
            g.actor,
            values["name"],
            values["email"],
            values["new_plan"],
            values["once"],
        )
    except Conflict as refusal:
        return page_helpers.redirect_with_message(
            "/admin/organizations", refusal.message, "warning"
        )
    except InvalidParameter as refusal:
        more = {"values": values, **_tenants()}
        return page_helpers.render_again("admin/organizations.html", refusal, {}, **more)
    return _asked_in(made.id, made.name, values["email"], link)


@pages.post("/admin/organizations/<org_id>/owner")
@sends_mail
@requires_system_admin
def invite_owner(org_id: str) -> ResponseReturnValue:
    values = page_helpers.read_typed("email")
    try:
        link = tenants.invite_owner(services(), g.actor, org_id, values["email"])
    except (InvalidParameter, Conflict, PlanLimitReached) as refusal:
        return _again(org_id, refusal, values)
    name = tenants.get_tenant(g.actor, org_id).organization.name
    return _asked_in(org_id, name, values["email"], link)


@pages.get("/admin/organizations/<org_id>")
@requires_system_admin
def show_tenant(org_id: str) -> ResponseReturnValue:
    return render_template("admin/organization.html", errors=[], **_tenant(org_id))


@pages.post("/admin/organizations/<org_id>/plan")
@requires_system_admin
def change_plan(org_id: str) -> ResponseReturnValue:
    """Own amounts apply to Enterprise only and are ignored for other plans."""
    values = page_helpers.read_typed("plan", "monthly_credits", "requests_per_hour")
    own = values["plan"] == "enterprise"
    wanted = tenants.PlanTerms(
        values["plan"],
        monthly_credits=page_helpers.parse_amount(values["monthly_credits"]) if own else None,
        requests_per_hour=page_helpers.parse_amount(values["requests_per_hour"])
        if own
        else None,
    )
    try:
        account = tenants.change_plan(g.actor, org_id, wanted)
    except InvalidParameter as refusal:
        return _again(org_id, refusal, values)
    told = f"Plan saved. The organization now gets {thin(account.monthly_amount)} credits per month."
    return page_helpers.redirect_with_message(f"/admin/organizations/{org_id}", told)


@pages.post("/admin/organizations/<org_id>/credits")
@requires_system_admin
def move_credits(org_id: str) -> ResponseReturnValue:
    """A resent form moves credits once."""
    values = page_helpers.read_typed("act", "credits", "reason", "once")
    verb = tenants.remove_credits if values["act"] == "take" else tenants.grant_credits
    credits = page_helpers.parse_amount(values["credits"]) or 0
    try:
        verb(g.actor, org_id, credits, values["reason"], values["once"])
    except InvalidParameter as refusal:
        return _again(org_id, refusal, values)
    return page_helpers.redirect_with_message(
        f"/admin/organizations/{org_id}", "Credits adjusted. See the transactions below."
    )


@pages.get("/admin/jobs")
@requires_system_admin
def show_jobs() -> ResponseReturnValue:
    return render_template(
        "admin/jobs.html",
        queues=maintenance.list_queues(g.actor),
        jobs=maintenance.list_jobs(g.actor),
        most=maintenance.MOST_SHOWN,
    )


@pages.post("/admin/jobs/<job_id>/run")
@requires_system_admin
def run_job(job_id: str) -> ResponseReturnValue:
    maintenance.run_job_now(g.actor, job_id)
    return page_helpers.redirect_with_message(
        "/admin/jobs", "The job will run next. It disappears from the list when it’s done."
    )


@pages.get("/admin/failures")
@requires_system_admin
def show_failures() -> ResponseReturnValue:
    of = page_helpers.read_choice("of", ("mails", "webhooks"))
    first = Window(limit=page_helpers.PAGE_SIZES[0])
    mails = maintenance.list_failed_mails(
        g.actor, page_helpers.read_window() if of == "mails" else first
    )
    calls = maintenance.list_failed_deliveries(
        g.actor, page_helpers.read_window() if of == "webhooks" else first
    )
    broken = maintenance.list_broken_webhooks(g.actor)
    names = maintenance.get_organization_names([*mails.items, *calls.items, *broken])
    return render_template(
        "admin/failures.html",
        of=of or "",
        mails=[
            operations_representation.failed_mail(row, names[row.org_id]) for row in mails.items
        ],
        mails_pager=page_helpers.build_pager(mails, "emails"),
        calls=[
            operations_representation.failed_delivery(row, names[row.org_id])
            for row in calls.items
        ],
        calls_pager=page_helpers.build_pager(calls, "deliveries"),
        broken=[
            operations_representation.broken_webhook(row, names[row.org_id]) for row in broken
        ],
        requests=_requests(),
        faults=FAULTS,
    )


@pages.post("/admin/failures/mails/<failed_mail_id>/again")
@requires_system_admin
def send_failed_mail_again(failed_mail_id: str) -> ResponseReturnValue:
    maintenance.retry_mail(g.actor, failed_mail_id)
    return page_helpers.redirect_with_message("/admin/failures", "The email is queued again.")


@pages.post("/admin/failures/deliveries/<failed_delivery_id>/again")
@requires_system_admin
def deliver_failed_again(failed_delivery_id: str) -> ResponseReturnValue:
    try:
        maintenance.retry_delivery(g.actor, failed_delivery_id)
    except Conflict as refusal:
        return page_helpers.redirect_with_message("/admin/failures", refusal.message, "warning")
    return page_helpers.redirect_with_message(
        "/admin/failures", "The delivery is being sent again."
    )


@pages.get("/admin/health")
@requires_system_admin
def show_health() -> ResponseReturnValue:
    return render_template("admin/health.html", **_health())


@pages.post("/admin/health")
@requires_system_admin
def prove_health() -> ResponseReturnValue:
    """Run all checks and show the result without a redirect; a reload checks again."""
    try:
        count_call("proof")
        found, problem = maintenance.run_all_checks(g.actor, _server()), ""
    except Refusal as refusal:
        found, problem = None, refusal.message
    return render_template("admin/health.html", found=found, problem=problem, **_health())


def _asked_in(org_id: str, name: str, email: str, link: str | None) -> ResponseReturnValue:
    """The link is only in this response."""
    path = f"/admin/organizations/{org_id}"
    if link is None:
        return page_helpers.redirect_with_message(
            path, f"Invitation sent to {email}. The link expires after 7 days."
        )
    return render_template("admin/link.html", link=link, back=path, name=name)


def _tenants() -> dict[str, Any]:
    words, plan = (
        filter_value("q"),
        page_helpers.read_choice("plan", list(plans.PLANS)),
    )
    page = tenants.list_tenants(g.actor, page_helpers.read_window(), words=words, plan=plan)
    return {
        "organizations": [operations_representation.tenant(row) for row in page.items],
        "pager": page_helpers.build_pager(page, "organizations"),
        "plans": PLANS,
        "plan": plan or "",
        "q": words or "",
        "once": new_id(),
    }


def _tenant(org_id: str) -> dict[str, Any]:
    shape = operations_representation.tenant(tenants.get_tenant(g.actor, org_id))
    return {
        "organization": shape,
        "people": tenants.list_members(g.actor, org_id),
        "entries": [
            representation.Entry.read(row) for row in tenants.list_movements(g.actor, org_id)
        ],
        "plans": PLANS,
        "acts": ACTS,
        "values": {
            "plan": shape["plan"],
            "monthly_credits": str(shape["own_monthly_credits"] or ""),
            "requests_per_hour": str(shape["own_requests_per_hour"] or ""),
            "act": "give",
        },
        "once": new_id(),
    }


def _again(org_id: str, refusal: Refusal, typed: dict[str, str]) -> ResponseReturnValue:
    """The page's other form shows the saved values."""
    shown = _tenant(org_id)
    shown["values"] = {**shown["values"], **typed}
    return page_helpers.render_again("admin/organization.html", refusal, {}, **shown)


def _requests() -> list[dict[str, Any]]:
    """Requests that this server answered with an error since it started, PDFs included."""
    metrics: Any = current_app.extensions["request_metrics"]
    return [
        {"method": method, "route": route or "unknown route", "status": status, "number": n}
        for (method, route, status), n in metrics.failures()
    ]


def _server() -> CheckedServer:
    return CheckedServer(services(), current_app.extensions["settings"])


def _health() -> dict[str, Any]:
    settings = current_app.extensions["settings"]
    servers = services().model_selector.for_server()
    meaning = services().similarity
    engines = speech_checks.describe_engines(services().speech, settings)
    figures = [
        {
            "name": gauge.documentation,
            "label": "".join(sample.labels.values()),
            "value": sample.value,
        }
        for gauge in readiness.collect()
        for sample in gauge.samples
    ]
    return {
        "degraded": readiness.trouble.is_set,
        "off": not_set_up(_server()),
        "glance": maintenance.run_quick_checks(g.actor, _server()),
        "figures": figures,
        "parts": [
            ("Version", __version__),
            ("Address", settings.base_url),
            ("Database", "PostgreSQL" if "postgresql" in settings.database_url else "SQLite"),
            ("Processes", str(settings.processes)),
            ("Rate limit counters", "Redis" if settings.redis_url else "on this server"),
            ("Files", "object storage (S3)" if settings.storage_url else "local folder"),
            (
                "Email",
                "SMTP" if settings.smtp_url else "no server set up, so emails are not sent",
            ),
            ("Payments", "Stripe" if services().payments.configured else "none"),
            ("Language model", servers.model.name if servers else "none"),
            ("Semantic similarity", meaning.name if meaning else "not installed"),
            *((name.capitalize(), what) for name, what in engines.items()),
        ],
    }
