"""Overview of an organization: setup, new results, and what needs attention."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, or_, select

from interviewrelay.billing import daily_counts, ledger
from interviewrelay.campaigns import campaigns, representation as campaign_representation
from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.db import pagination
from interviewrelay.core.db.session import db
from interviewrelay.dashboard import last_visit, model_reminder
from interviewrelay.interviews import safety_alerts
from interviewrelay.mail import outbox
from interviewrelay.models import Campaign, CreditAccount, Interview, Invite, Script
from interviewrelay.transcripts import transcripts

LATEST: Final = 5
MOST_RUNNING: Final = 50
SOON: Final = timedelta(hours=48)
FEW: Final = 10
"""Threshold for few places left: a tenth."""


@dataclass(frozen=True, slots=True)
class OverviewFigures:
    """Counts over all campaigns."""

    campaigns: int
    invited: int
    started: int
    completed: int
    ended_early: int
    """Of the completed interviews."""
    seconds: int
    """Total of the completed interviews."""

    @property
    def complete(self) -> int:
        return self.completed - self.ended_early

    @property
    def completion_percent(self) -> int | None:
        """Share of the started interviews that are complete; None before the first."""
        return round(100 * self.complete / self.started) if self.started else None

    @property
    def average_seconds(self) -> int | None:
        return self.seconds // self.completed if self.completed else None


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """First steps: the checklist until the first result."""

    script_published: bool
    campaign_made: bool
    people_invited: bool
    interview_completed: bool

    @property
    def done(self) -> bool:
        return self.interview_completed and self.people_invited


@dataclass(frozen=True, slots=True)
class EndingCampaign:
    """Active campaign that closes soon while `waiting` people have not started.

    `last_at` is the end of the last link or of the campaign (`closes`), None if not soon; `left` is
    the number of places left, None if there are many.
    """

    campaign: Campaign
    waiting: int
    last_at: datetime | None
    left: int | None
    closes: bool = False


@dataclass(frozen=True, slots=True)
class Overview:
    steps: FirstSteps
    demonstration: bool
    """True while the only scripts are those of the demonstration."""
    draft: Script | None
    """The newest script while none is published."""
    figures: OverviewFigures
    model_facts: Sequence[object]
    """Input of `model_reminder.needs_reminder`."""
    account: CreditAccount
    kept_mails: int
    failed_mails: int
    ending: Sequence["EndingCampaign"]
    came_in: last_visit.NewSinceVisit | None
    completions: tuple[daily_counts.DailyCounts, daily_counts.DailyCounts]
    """By day: completed interviews, and those that ended early."""
    alerts: Sequence[Interview]
    """Interviews with unacknowledged safety alerts."""
    latest: Sequence[Interview]
    running: Sequence[Campaign]


def get_overview(actor: Actor) -> Overview:
    """Everything for the overview page, in a fixed number of queries."""
    figures, of_model = _figures(actor)
    kept, failed = outbox.count_stuck_mails(actor, "kept", "failed", needed=True)
    scripts = _scripts(actor)
    published = any(script.latest_version for script in scripts)
    return Overview(
        steps=FirstSteps(
            script_published=published or figures.campaigns > 0,
            campaign_made=figures.campaigns > 0,
            people_invited=figures.invited > 0,
            interview_completed=figures.completed > 0,
        ),
        demonstration=_are_demonstration(scripts),
        draft=scripts[0] if scripts and not published else None,
        figures=figures,
        model_facts=of_model,
        account=ledger.get_account(actor),
        kept_mails=kept,
        failed_mails=failed,
        ending=_ending(actor),
        came_in=last_visit.get_new_since_visit(actor, figures.started, figures.completed),
        completions=daily_counts.list_completions(actor.org_id),
        alerts=safety_alerts.list_open_alerts(actor),
        latest=transcripts.list_newest_sessions(actor, LATEST),
        running=campaigns.list_newest_campaigns(actor, LATEST, "active"),
    )


def _figures(actor: Actor) -> tuple[OverviewFigures, Sequence[object]]:
    """The counts, and the input of the model reminder in the same statement."""
    columns = (
        Campaign.invites_sent,
        Campaign.started,
        Campaign.completed,
        Campaign.ended_early,
        Campaign.completed_seconds,
    )
    row = db.session.execute(
        select(
            func.count(),
            *(func.coalesce(func.sum(c), 0) for c in columns),
            *model_reminder.build_reminder_columns(actor),
        ).where(Campaign.org_id == actor.org_id)
    ).one()
    counts = 1 + len(columns)
    return OverviewFigures(*(int(value) for value in row[:counts])), row[counts:]


def _ending(actor: Actor) -> list[EndingCampaign]:
    """Newest active campaigns that close soon. A test link may be the last; it belongs to the same
    study.
    """
    last = (
        select(func.max(Invite.expires_at))
        .where(Invite.campaign_id == Campaign.id, Invite.status == "pending")
        .correlate(Campaign)
        .scalar_subquery()
    )
    newest = (
        select(Campaign, last)
        .where(Campaign.org_id == actor.org_id, Campaign.status == "active")
        .order_by(Campaign.created_at.desc(), Campaign.id.desc())
        .limit(MOST_RUNNING)
    )
    now, found = clock.now(), []
    for campaign, last_link in db.session.execute(newest):
        waiting = campaign_representation.Stats.read(campaign)["pending"]
        last_at = min(filter(None, (last_link, campaign.ends_at)), default=None)
        soon = last_at if last_at and now < last_at <= now + SOON else None
        most = campaign.max_sessions
        left = None if most is None else max(0, most - campaign.started)
        few = (
            left if left is not None and left * FEW <= (most or 0) and left < waiting else None
        )
        if waiting > 0 and (soon or few is not None):
            found.append(EndingCampaign(campaign, waiting, soon, few, soon == campaign.ends_at))
    return found[:LATEST]


def _scripts(actor: Actor) -> Sequence[Script]:
    """The newest script, then the newest published one; at most two."""
    own = Script.org_id == actor.org_id, Script.deleted_at.is_(None)
    newest = select(Script.id).where(*own).order_by(Script.created_at.desc()).limit(1)
    either = [newest, newest.where(Script.latest_version > 0)]
    wanted = or_(*(Script.id == one.correlate(None).scalar_subquery() for one in either))
    return pagination.fetch_all(select(Script).where(wanted).order_by(Script.created_at.desc()))


def _are_demonstration(scripts: Sequence[Script]) -> bool:
    """True if the newest script and the newest published one are those of the demonstration."""
    from interviewrelay.demo import content  # it reads a file, which a start need not wait for

    return [one.name for one in scripts] == [content.DRAFT["name"], content.SCRIPT["name"]]
