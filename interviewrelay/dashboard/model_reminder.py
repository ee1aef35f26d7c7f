"""Reminder on the overview that no language model is set up, until a member dismisses it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ScalarSelect, select

from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.db.session import transaction
from interviewrelay.models import Membership, ModelChoice, ServerModel
from interviewrelay.organizations import access
from interviewrelay.runtime.services import Services


def build_reminder_columns(actor: Actor) -> list[ScalarSelect[Any]]:
    """Columns for a statement that runs anyway: the input of `needs_reminder`, all None by default."""
    mine = select(Membership.no_model_reminder_at).where(Membership.id == actor.membership_id)
    whose = select(ModelChoice.whose).where(ModelChoice.org_id == actor.org_id)
    return [one.scalar_subquery() for one in (mine, whose, select(ServerModel.version))]


def needs_reminder(services: Services, actor: Actor, facts: Sequence[object]) -> bool:
    """True if the overview shows the reminder: to members who may set up a model, until they
    dismiss it or a choice is made.
    """
    may = actor.may("organization:write") and services.model_selector.server_policy is None
    return may and all(fact is None for fact in facts)


def dismiss_reminder(actor: Actor) -> None:
    """Dismiss the reminder for this member."""
    with transaction():
        access.lock_row(Membership, actor.membership_id).no_model_reminder_at = clock.now()
