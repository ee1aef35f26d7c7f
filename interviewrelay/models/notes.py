"""Notes of members on an interview, on a turn, or on a passage of an answer; and saved filters."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from interviewrelay.core.db.session import Base, Json
from interviewrelay.models.interviews import Interview, TurnRow
from interviewrelay.models.mixins import Created, OrganizationRow


class Note(OrganizationRow):
    """Note on an interview. Quotes are stored as positions in the turn's text, in Unicode code
    points, so no second copy remains when a participant corrects or removes an answer.
    """

    __tablename__ = "note"
    __table_args__ = (
        CheckConstraint("(quote_start IS NULL) = (quote_end IS NULL)", name="quote"),
        CheckConstraint("quote_start IS NULL OR turn_id IS NOT NULL", name="quoted_turn"),
        Index("ix_note_org_id_interview_id", "org_id", "interview_id"),
        Index("ix_note_campaign_id_created_at", "campaign_id", "created_at", "id"),
    )

    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    interview_id: Mapped[str] = mapped_column(
        ForeignKey("interview.id", ondelete="CASCADE"), index=True
    )
    turn_id: Mapped[str | None] = mapped_column(
        ForeignKey("turn.id", ondelete="CASCADE"), index=True
    )
    """None for a note on the whole interview."""
    quote_start: Mapped[int | None]
    quote_end: Mapped[int | None]
    text: Mapped[str]
    user_id: Mapped[str | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    author: Mapped[str]
    """Author's name at the time; notes stay when a member leaves."""
    created_at: Mapped[Created]
    changed_at: Mapped[datetime | None]
    changed_by: Mapped[str | None]
    """Name of the person who last edited it."""

    tags: Mapped[list["NoteTag"]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", order_by="NoteTag.name"
    )
    turn: Mapped[TurnRow | None] = relationship()
    interview: Mapped[Interview] = relationship()


class NoteTag(Base):
    __tablename__ = "note_tag"
    __table_args__ = (Index("ix_note_tag_name", "name"),)

    note_id: Mapped[str] = mapped_column(
        ForeignKey("note.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(primary_key=True)


class SavedFilter(OrganizationRow):
    __tablename__ = "saved_view"
    __table_args__ = (Index("ix_saved_view_org_id_name", "org_id", "name"),)

    membership_id: Mapped[str | None] = mapped_column(
        ForeignKey("membership.id", ondelete="SET NULL"), index=True
    )
    """Owner; None once they have left, since shared filters stay."""
    name: Mapped[str]
    filters: Mapped[dict[str, str]] = mapped_column(Json)
    """Filters by their names in the URL query."""
    shared: Mapped[bool]
    created_at: Mapped[Created]
    changed_at: Mapped[datetime]
