"""Invites: one person's link into a campaign."""

from datetime import datetime
from typing import Final

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from interviewrelay.core import text as texts
from interviewrelay.core.db.session import Json
from interviewrelay.models.campaigns import Campaign
from interviewrelay.models.mixins import Created, OrganizationRow, one_of

ERASED: Final = "@erased.invalid"
"""Domain of the placeholder address of an erased person."""
WITHDREW: Final = "withdrawn-"
"""Prefix of the placeholder if the person withdrew on their own page."""
UNUSED: Final = f"status IN ('pending', 'cancelled') AND email NOT LIKE '%{ERASED}'"
"""Condition of the partial index for unused invites with a known address."""


class Invite(OrganizationRow):
    """Invite. `status` stores events; expiry follows from the clock (`campaigns.invites`).

    `open_address` is the address while the invite is usable, and null afterwards, so a unique index
    refuses a second open invite of one person. For a test invite it starts with `test:`, so that it
    never blocks a real one.
    """

    __tablename__ = "invite"
    __table_args__ = (
        one_of("status", "pending", "started", "completed", "cancelled"),
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

    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    email: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    folded: Mapped[str] = mapped_column(default="")
    """Address and name, folded for searching (`text.fold_text`), one a line."""
    extra: Mapped[dict[str, str]] = mapped_column("metadata", Json)
    open_address: Mapped[str | None]
    mark: Mapped[str] = mapped_column(unique=True)
    sealed_token: Mapped[str]
    status: Mapped[str] = mapped_column(default="pending")
    test: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Created]
    expires_at: Mapped[datetime]
    expired_at: Mapped[datetime | None]
    """Time when the expiry of the unused invite was recorded and counted."""
    opened_at: Mapped[datetime | None]
    """Time when the page was first opened; null again once the interview has started."""
    reminded_at: Mapped[datetime | None]
    """Time when the last reminder was queued."""
    reminder_over: Mapped[bool] = mapped_column(default=False)
    """True if the campaign's automatic reminder was handled; it is sent once."""

    campaign: Mapped[Campaign] = relationship()

    @validates("email", "name")
    def _fold(self, field: str, value: str) -> str:
        """Update the folded text on every change, so that an erasure leaves nothing searchable."""
        both = {"email": self.email or "", "name": self.name or "", field: value}
        self.folded = "\n".join(texts.fold_text(text) for text in both.values())
        return value

    @property
    def taken_back(self) -> bool:
        """True if the person was erased; then the address is gone too."""
        return self.status == "cancelled" and self.email.endswith(ERASED)

    @property
    def withdrew(self) -> bool:
        """True if the person withdrew themselves."""
        return self.taken_back and self.email.startswith(WITHDREW)
