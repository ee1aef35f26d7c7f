"""Audit log in the API."""

from dataclasses import replace

from flask import g
from flask.typing import ResponseReturnValue

from interviewrelay.core import clock
from interviewrelay.core.representation import list_of
from interviewrelay.organizations import audit_log, representation
from interviewrelay.organizations.representation import SUBJECTS, AuditEntry
from interviewrelay.web.http.blueprints import api
from interviewrelay.web.http.requests import (
    list_response,
    read_choice,
    read_moment,
    read_window,
)
from interviewrelay.web.openapi.operation import operation
from interviewrelay.web.openapi.parameters import END, START, WINDOW, choice


@operation(
    api,
    "GET /audit-log",
    "organization:write",
    query=(
        choice("subject", SUBJECTS, "Filter by what was changed.", "key"),
        replace(START, words="ISO 8601 date, or date and time: entries from then on."),
        replace(END, words="ISO 8601 date (inclusive), or date and time: entries before then."),
        *WINDOW,
    ),
    answers={200: list_of("entries", AuditEntry, "AuditLog")},
)
def list_audit_entries() -> ResponseReturnValue:
    """List the audit log

    Who changed what, for two years: members, keys, webhooks, settings, plans, granted credits and
    erasures. Entries never name a participant.
    """
    page = audit_log.list_entries(
        g.actor,
        read_window(),
        subject=read_choice("subject", SUBJECTS),
        since=read_moment("start_date", clock.start_of),
        before=read_moment("end_date", clock.end_of),
    )
    known = audit_log.get_addresses(page.items)
    return list_response("entries", page, lambda row: representation.audit_entry(row, known))
