"""Where an organization stands: what is set up, what came in, what needs somebody now."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from interviewrelay.database import db
from interviewrelay.domain import billing, campaigns, mails, paging, safety, transcripts
from interviewrelay.domain.actors import Actor
from interviewrelay.models import Campaign, CreditAccount, Interview, Script

LATEST = paging.Window(limit=5)


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts over all campaigns."""

    campaigns: int
    invited: int
    started: int
    completed: int
    seconds: int
    """Of the completed interviews together."""


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """The way to the first result."""

    script_published: bool
    campaign_made: bool
    people_invited: bool
    interview_completed: bool

    @property
    def done(self) -> bool:
        return self.interview_completed and self.people_invited


@dataclass(frozen=True, slots=True)
class Overview:
    steps: FirstSteps
    draft: Script | None
    """The newest script, while none is published."""
    figures: Figures
    account: CreditAccount
    kept_mails: int
    failed_mails: int
    alerts: Sequence[Interview]
    """Interviews in which somebody spoke of danger, and nobody has seen it."""
    latest: Sequence[Interview]
    running: Sequence[Campaign]


def of(actor: Actor) -> Overview:
    """Everything that the first page shows, in a number of queries that does not grow."""
    figures = _figures(actor)
    scripts = _scripts(actor)
    published = any(script.latest_version for script in scripts)
    by_state = mails.counts(actor)
    return Overview(
        steps=FirstSteps(
            script_published=published or figures.campaigns > 0,
            campaign_made=figures.campaigns > 0,
            people_invited=figures.invited > 0,
            interview_completed=figures.completed > 0,
        ),
        draft=scripts[0] if scripts and not published else None,
        figures=figures,
        account=billing.account(actor),
        kept_mails=by_state.get("kept", 0),
        failed_mails=by_state.get("failed", 0),
        alerts=safety.waiting(actor),
        latest=transcripts.listing(actor, LATEST).items,
        running=campaigns.listing(actor, LATEST, status="active").items,
    )


def _figures(actor: Actor) -> Figures:
    columns = (
        Campaign.invites_sent,
        Campaign.started,
        Campaign.completed,
        Campaign.completed_seconds,
    )
    row = db.session.execute(
        select(func.count(), *(func.coalesce(func.sum(c), 0) for c in columns)).where(
            Campaign.org_id == actor.org_id
        )
    ).one()
    return Figures(*(int(value) for value in row))


def _scripts(actor: Actor) -> Sequence[Script]:
    """The newest script, after it the newest published one; at most two."""
    mine = select(Script).where(Script.org_id == actor.org_id, Script.deleted_at.is_(None))
    newest = paging.every(mine.order_by(Script.created_at.desc()).limit(1))
    out = paging.every(
        mine.where(Script.latest_version > 0).order_by(Script.created_at.desc()).limit(1)
    )
    return [*newest, *out]
