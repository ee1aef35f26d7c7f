"""Settings summary: an organization's configuration in figures, for the settings page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, text

from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.db.session import db
from interviewrelay.models import (
    ApiKey,
    Branding,
    CreditAccount,
    Mail,
    MemberInvite,
    Membership,
    ModelChoice,
    Webhook,
)
from interviewrelay.models.mail import LEFT, PERSONAL


@dataclass(frozen=True, slots=True)
class SettingsSummary:
    """Configuration in figures. `keys` counts working keys; `failing` and `switched_off` are among
    the `webhooks`.
    """

    members: int
    invited: int
    keys: int
    webhooks: int
    failing: int
    switched_off: int
    failed_mails: int
    whose_model: str | None
    """None if nothing was chosen; then the server's model is used."""
    model: str | None
    accent: str | None
    logo: str | None
    warn_below: int | None


def get_settings_summary(actor: Actor) -> SettingsSummary:
    """Read it in one statement; each count uses an index and is bounded by the plan."""
    ours = actor.org_id
    hooks = Webhook.org_id == ours
    works = or_(ApiKey.expires_at.is_(None), ApiKey.expires_at > clock.now())
    counts = (
        _count(Membership.id, Membership.org_id == ours),
        _count(
            MemberInvite.id, MemberInvite.org_id == ours, MemberInvite.expires_at > clock.now()
        ),
        _count(ApiKey.id, ApiKey.org_id == ours, ApiKey.revoked_at.is_(None), works),
        _count(Webhook.id, hooks),
        _count(
            Webhook.id, hooks, Webhook.disabled_by == "", Webhook.failing_since.is_not(None)
        ),
        _count(Webhook.id, hooks, Webhook.disabled_by != ""),
        _count(
            Mail.id,
            text(LEFT),
            Mail.org_id == ours,
            Mail.state == "failed",
            Mail.kind.not_in(PERSONAL),
        ),
    )
    found = (
        _one(ModelChoice.whose, ModelChoice.org_id == ours),
        _one(ModelChoice.name, ModelChoice.org_id == ours),
        _one(Branding.accent, Branding.org_id == ours),
        _one(Branding.logo_id, Branding.org_id == ours),
        _one(CreditAccount.warn_below, CreditAccount.org_id == ours),
    )
    values: Sequence[Any] = db.session.execute(select(*counts, *found)).one()
    return SettingsSummary(*values)


def _count(column: object, *conditions: ColumnElement[bool] | object) -> ColumnElement[int]:
    query = select(func.count(column)).where(*conditions)  # type: ignore[arg-type]
    return query.scalar_subquery()


def _one(column: Any, condition: ColumnElement[bool]) -> ColumnElement[Any]:
    return select(column).where(condition).scalar_subquery()
