"""Highlights: notes on a campaign's sessions by tag, and the researcher's quotes."""

from collections.abc import Sequence

from sqlalchemy import func, select, true
from sqlalchemy.orm import contains_eager, joinedload

from interviewrelay.core.db import pagination
from interviewrelay.core.db.pagination import Page, Window
from interviewrelay.core.db.session import db
from interviewrelay.models import Campaign, Note, NoteTag, TurnRow


def list_highlights(
    campaign: Campaign, window: Window, *, tag: str = "", quotes: bool = False
) -> Page[Note]:
    """Notes of a campaign, newest first; optionally those with a tag, or with quotable text."""
    mine = (
        select(Note)
        .outerjoin(TurnRow, TurnRow.id == Note.turn_id)
        .where(Note.campaign_id == campaign.id)
        .options(contains_eager(Note.turn), joinedload(Note.interview))
    )
    if tag:
        mine = mine.where(Note.id.in_(select(NoteTag.note_id).where(NoteTag.name == tag)))
    if quotes:
        mine = mine.where(Note.quote_start.is_not(None), TurnRow.quotable == true())
    return pagination.fetch_page(mine, Note.created_at, Note.id, window)


def count_tags(campaign: Campaign, most: int = 100) -> Sequence[tuple[str, int]]:
    """Tags of a campaign with their number of notes, most used first."""
    used = (
        select(NoteTag.name, func.count().label("number"))
        .join(Note, Note.id == NoteTag.note_id)
        .where(Note.campaign_id == campaign.id)
        .group_by(NoteTag.name)
        .order_by(func.count().desc(), NoteTag.name)
        .limit(most)
    )
    return [(name, number) for name, number in db.session.execute(used)]


def find_corrections(page: Page[Note]) -> dict[tuple[str, int], int]:
    """Answers of a page that were corrected later: by session and number, with the number of the
    correction.
    """
    ids = {note.interview_id for note in page.items if note.turn_id}
    amending = select(TurnRow.interview_id, TurnRow.amends, TurnRow.number).where(
        TurnRow.interview_id.in_(ids),
        TurnRow.speaker == "participant",
        TurnRow.amends.is_not(None),
    )
    rows = db.session.execute(amending.order_by(TurnRow.number))
    return {
        (session_id, amends): number
        for session_id, amends, number in rows
        if amends is not None  # already filtered by the statement
    }
