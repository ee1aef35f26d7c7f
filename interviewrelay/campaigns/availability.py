"""Availability of a campaign: its status, its dates, and its limit of interviews."""

from datetime import datetime

from sqlalchemy import false, func, select

from interviewrelay.core import clock
from interviewrelay.core.db.session import db
from interviewrelay.core.errors import CampaignNotActive, CampaignOver
from interviewrelay.models import Campaign, Interview


def require_startable(campaign: Campaign) -> None:
    """Check that an interview may start now. Raises CampaignOver and CampaignNotActive.

    An interview in progress holds a place, so no more are completed than allowed, and nobody is
    turned away in the middle of one.
    """
    if campaign.status == "active" and is_over(campaign):
        raise CampaignOver
    early = campaign.starts_at is not None and campaign.starts_at > clock.now()
    if campaign.status != "active" or early or _taken(campaign):
        raise CampaignNotActive("This study is not open at the moment. Please try again later.")


def require_invitable(campaign: Campaign) -> None:
    """Check that people may be invited. Raises CampaignOver and CampaignNotActive."""
    if campaign.status != "active":
        raise CampaignNotActive
    if campaign.ends_at is not None and _ended(campaign, clock.now()):
        raise CampaignOver(
            f"The end date of this campaign, {_date(campaign.ends_at)}, has passed. "
            "Set a later end date first."
        )
    if _complete(campaign):
        raise CampaignOver(
            f"This campaign has reached its limit of {campaign.max_completed:,} completed interviews. "
            "Raise the limit first."
        )


def is_over(campaign: Campaign) -> bool:
    """True if no interview can start any more, unless the end date or the limit is changed."""
    return _ended(campaign, clock.now()) or _complete(campaign)


def _ended(campaign: Campaign, now: datetime) -> bool:
    return campaign.ends_at is not None and campaign.ends_at <= now


def _complete(campaign: Campaign) -> bool:
    most = campaign.max_completed
    return most is not None and campaign.completed >= most


def _taken(campaign: Campaign) -> bool:
    """True if every place is taken. It counts the interviews themselves: an erased one that was in
    progress frees its place.
    """
    if campaign.max_sessions is not None and campaign.started >= campaign.max_sessions:
        return True
    if campaign.max_completed is None:
        return False
    left = campaign.max_completed - campaign.completed
    under_way = (
        select(Interview.id)
        .where(
            Interview.campaign_id == campaign.id,
            Interview.status == "in_progress",
            Interview.test == false(),
        )
        .limit(left)
    )
    held = db.session.execute(select(func.count()).select_from(under_way.subquery()))
    return held.scalar_one() >= left


def _date(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"
