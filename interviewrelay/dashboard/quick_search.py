"""Quick search: things by name, and interviews by what was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from interviewrelay.core import text
from interviewrelay.core.actor import Actor
from interviewrelay.core.db import pagination
from interviewrelay.core.db.session import db
from interviewrelay.models import Campaign, Interview, Script
from interviewrelay.scripts import scripts
from interviewrelay.transcripts import transcripts

LONGEST: Final = 200
"""Maximum characters of a query."""
SHOWN: Final = pagination.Window(limit=5)
LOOKED_THROUGH: Final = 2_000
"""Newest campaigns that are searched; they are few compared with interviews."""


@dataclass(frozen=True, slots=True)
class SearchResults:
    campaigns: Sequence[tuple[str, str]]
    """Pairs of id and name."""
    scripts: Sequence[Script]
    sessions: Sequence[Interview]


def find_things(actor: Actor, words: str) -> SearchResults:
    """Visible things with these words: the newest, at most five of each kind; empty without words."""
    words = words[:LONGEST]
    if text.is_blank(words):
        return SearchResults((), (), ())
    return SearchResults(
        campaigns=_campaigns(actor, words) if actor.may("campaigns:read") else (),
        scripts=scripts.list_scripts(actor, SHOWN, words=words).items
        if actor.may("scripts:read")
        else (),
        sessions=transcripts.list_sessions(actor, SHOWN, q=words).items
        if actor.may("sessions:read")
        else (),
    )


def _campaigns(actor: Actor, words: str) -> list[tuple[str, str]]:
    wanted = text.fold_text(words).split()
    if not wanted:  # only an accent
        return []
    newest = db.session.execute(
        select(Campaign.id, Campaign.name)
        .where(Campaign.org_id == actor.org_id)
        .order_by(Campaign.created_at.desc(), Campaign.id.desc())
        .limit(LOOKED_THROUGH)
    )
    named = ((row_id, name, text.fold_text(name)) for row_id, name in newest)
    held = [(i, name) for i, name, plain in named if all(word in plain for word in wanted)]
    return held[: SHOWN.limit]
