"""The modules that hang routes on the zones, a noun each: imported for that alone."""

from types import ModuleType
from typing import Final

from interviewrelay.web import (
    accounts,
    billing,
    branding,
    campaigns,
    design,
    docs,
    insights,
    interview,
    invites,
    keys,
    mails,
    members,
    models,
    overview,
    participants,
    passwords,
    projects,
    resuming,
    reviewing,
    scripts,
    sessions,
    suppressions,
    webhook_pages,
    webhooks,
)

ALL: Final[tuple[ModuleType, ...]] = (
    accounts, billing, branding, campaigns, design, docs, insights, interview, invites, keys,
    mails, members, models, overview, participants, passwords, projects, resuming, reviewing, scripts,
    sessions, suppressions, webhook_pages, webhooks,
)  # fmt: skip
