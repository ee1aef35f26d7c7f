"""Audit log page."""

from typing import Any, Final

from flask import g, render_template
from flask.typing import ResponseReturnValue

from interviewrelay.core import clock
from interviewrelay.organizations import audit_log
from interviewrelay.web.http.blueprints import pages, requires
from interviewrelay.web.ui import page_helpers

SUBJECTS: Final = {
    "member": "Members",
    "key": "API keys",
    "webhook": "Webhooks",
    "settings": "Settings",
    "credits": "Credits",
    "privacy": "Data erasure",
}


@pages.get("/settings/audit")
@requires("organization:write")
def show_audit() -> ResponseReturnValue:
    subject = page_helpers.read_choice("subject", audit_log.SUBJECTS)
    page = audit_log.list_entries(g.actor, page_helpers.read_window(), subject=subject)
    known = audit_log.get_addresses(page.items)
    return render_template(
        "settings/audit.html",
        entries=[_told(row, known.get(row.user_id or "")) for row in page.items],
        pager=page_helpers.build_pager(page, "entries"),
        subjects=list(SUBJECTS.items()),
        subject=subject or "",
    )


def _told(row: Any, email: str | None) -> dict[str, str]:
    by = {"command": "Server or command line", "server": "Server administrator"}
    return {
        "did": audit_log.ACTS[row.act].format(row.about),
        "by": by.get(row.door) or email or "Former member",
        "with": "with an API key" if row.door == "key" else "",
        "at": clock.format_iso(row.at),
    }
