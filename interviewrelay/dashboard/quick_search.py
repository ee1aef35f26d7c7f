"""Finding a thing by a word of its name, or an interview by what was said in it."""

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
"""Characters that are looked for."""
SHOWN: Final = pagination.Window(limit=5)
LOOKED_THROUGH: Final = 2_000
"""Campaigns, the newest: they are few beside interviews."""


@dataclass(frozen=True, slots=True)
class Found:
    campaigns: Sequence[tuple[str, str]]
    """Id and name."""
    scripts: Sequence[Script]
    sessions: Sequence[Interview]


def things(actor: Actor, words: str) -> Found:
    """What an actor may see and has these words: the newest, five of each at most; nothing of none."""
    words = words[:LONGEST]
    if text.blank(words):
        return Found((), (), ())
    return Found(
        campaigns=_campaigns(actor, words) if actor.may("campaigns:read") else (),
        scripts=scripts.listing(actor, SHOWN, words=words).items
        if actor.may("scripts:read")
        else (),
        sessions=transcripts.listing(actor, SHOWN, q=words).items
        if actor.may("sessions:read")
        else (),
    )


def _campaigns(actor: Actor, words: str) -> list[tuple[str, str]]:
    wanted = text.folded(words).split()
    if not wanted:  # an accent alone
        return []
    newest = db.session.execute(
        select(Campaign.id, Campaign.name)
        .where(Campaign.org_id == actor.org_id)
        .order_by(Campaign.created_at.desc(), Campaign.id.desc())
        .limit(LOOKED_THROUGH)
    )
    named = ((row_id, name, text.folded(name)) for row_id, name in newest)
    held = [(i, name) for i, name, plain in named if all(word in plain for word in wanted)]
    return held[: SHOWN.limit]
