"""Shapes of organizations, jobs and failures for system administrators."""

from typing import Any, Final
from urllib.parse import urlsplit

from interviewrelay.billing import balance
from interviewrelay.core import clock
from interviewrelay.models import Delivery, Mail, Webhook
from interviewrelay.operations.tenants import Tenant
from interviewrelay.organizations import plans
from interviewrelay.privacy import erasure

Shape = dict[str, Any]

_KINDS: Final = {
    "invite": "Invitation",
    "reminder": "Reminder",
    "copy": "Interview copy",
    "credits": "Low-balance alert",
    "safety": "Safety alert",
    "reading": "Alert about an answer that could not be analysed",
    "webhook": "Webhook alert",
    "password": "Password reset",
    "password_changed": "Password change notice",
    "login_alert": "Failed sign-in alert",
    "member": "Member invitation",
    "backup": "Backup alert",
}


def tenant(value: Tenant) -> Shape:
    row, account = value.organization, value.account
    total = balance.total_balance(account)
    return {
        "id": row.id,
        "name": row.name,
        "slug": row.slug,
        "plan": row.plan,
        "plan_title": plans.PLANS[row.plan].title,
        "own_monthly_credits": row.monthly_credits,
        "own_requests_per_hour": row.requests_per_hour,
        "created_at": clock.format_iso(row.created_at),
        "members": value.members,
        "active_campaigns": value.active_campaigns,
        "completed": value.completed,
        "monthly": account.monthly,
        "monthly_amount": account.monthly_amount,
        "starter": account.starter,
        "topup": account.topup,
        "held": account.held,
        "total": total,
        "severity": plans.get_severity(total, account.monthly_amount),
    }


def failed_mail(row: Mail, organization: str) -> Shape:
    """Failed email with only the domain of its recipient."""
    whom = row.invite.email if row.invite else row.recipient or ""
    return {
        "id": row.id,
        "kind": _KINDS[row.kind],
        "organization": organization,
        "org_id": row.org_id,
        "host": "" if erasure.is_erased_address(whom) else whom.rpartition("@")[2],
        "reason": row.last_error or "",
        "attempts": row.attempts,
        "at": clock.format_iso(row.next_at),
    }


def failed_delivery(row: Delivery, organization: str) -> Shape:
    last = row.attempts[-1] if row.attempts else None
    return {
        "id": row.id,
        "kind": row.event.kind,
        "organization": organization,
        "org_id": row.org_id,
        "host": urlsplit(row.webhook.url).hostname or "",
        "status": last.status if last else None,
        "fault": last.fault if last else None,
        "attempts": len(row.attempts),
        "at": clock.format_iso(last.at if last else row.created_at),
        "open": not row.webhook.disabled_by,
    }


def broken_webhook(row: Webhook, organization: str) -> Shape:
    since = row.disabled_at or row.failing_since
    return {
        "organization": organization,
        "org_id": row.org_id,
        "host": urlsplit(row.url).hostname or "",
        "disabled_by": row.disabled_by,
        "since": clock.format_iso(since) if since else None,
    }
