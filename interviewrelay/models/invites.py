"""Invites: one person's way into a campaign."""

from datetime import datetime
from typing import Final

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from interviewrelay.core import text as texts
from interviewrelay.core.db.session import Base, Json
from interviewrelay.models.campaigns import Campaign
from interviewrelay.models.mixins import Created, Key, OfOrganization

ERASED: Final = "@erased.invalid"
"""The end of what stands in the place of an address whose person was erased."""
WITHDREW: Final = "withdrawn-"
"""What it begins with when that person asked for it on their own page."""
UNUSED: Final = f"status IN ('pending', 'cancelled') AND email NOT LIKE '%{ERASED}'"
"""Those that no interview has come of, with an address that is known; found without the others."""


class Invite(Base):
    """`status` holds what happened; that it is expired follows from the time (`domain.invites`).

    `open_address` is the address while the invite can still be used, and null afterwards: with it
    the database itself refuses a second open invite of one person. A test invite's begins with
    `test:`, so that trying things out never stands in the way of a real invite.
    """

    __tablename__ = "invite"
    __table_args__ = (
        CheckConstraint(
            "status IN ('pending', 'started', 'completed', 'cancelled')", name="status"
        ),
        UniqueConstraint("campaign_id", "open_address"),
        Index("ix_invite_campaign_id_created_at", "campaign_id", "created_at", "id"),
        Index("ix_invite_campaign_id_status", "campaign_id", "status", "expires_at"),
        Index("ix_invite_status_expired_at", "status", "expired_at", "expires_at"),
        Index(
            "ix_invite_campaign_id_test",
            "campaign_id",
            sqlite_where=text("test IS 1"),
            postgresql_where=text("test IS true"),
        ),
        Index(
            "ix_invite_org_id_unused",
            "org_id",
            "expires_at",
            sqlite_where=text(UNUSED),
            postgresql_where=text(UNUSED),
        ),
    )

    id: Mapped[Key]
    org_id: Mapped[OfOrganization]
    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    email: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    folded: Mapped[str] = mapped_column(default="")
    """The address and the name as they are looked for (`texts.folded`), a line each."""
    extra: Mapped[dict[str, str]] = mapped_column("metadata", Json)
    open_address: Mapped[str | None]
    mark: Mapped[str] = mapped_column(unique=True)
    sealed_token: Mapped[str]
    status: Mapped[str] = mapped_column(default="pending")
    test: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Created]
    expires_at: Mapped[datetime]
    expired_at: Mapped[datetime | None]
    """When it was noted, and counted, that it had expired unused."""
    opened_at: Mapped[datetime | None]
    """When somebody first touched its page; null again once the interview has begun, which tells
    more."""
    reminded_at: Mapped[datetime | None]
    """When its last reminder was queued."""
    reminder_over: Mapped[bool] = mapped_column(default=False)
    """Whether the campaign's own reminder has been dealt with: it comes once."""

    campaign: Mapped[Campaign] = relationship()

    @validates("email", "name")
    def _fold(self, field: str, value: str) -> str:
        """Whatever changes either, an erasure too, leaves nothing of it to be found."""
        both = {"email": self.email or "", "name": self.name or "", field: value}
        self.folded = "\n".join(texts.folded(text) for text in both.values())
        return value

    @property
    def taken_back(self) -> bool:
        """Whether its person was erased: then not even the address is left."""
        return self.status == "cancelled" and self.email.endswith(ERASED)

    @property
    def withdrew(self) -> bool:
        """Whether that was the person's own wish."""
        return self.taken_back and self.email.startswith(WITHDREW)
