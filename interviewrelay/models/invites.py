"""Invites: one person's way into a campaign."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from interviewrelay.database import Base, Json
from interviewrelay.models.campaigns import Campaign
from interviewrelay.models.columns import Created, Key, OfOrganization


class Invite(Base):
    """`status` holds what happened; that it is expired follows from the time (`domain.invites`).

    `open_address` is the address while the invite can still be used, and null afterwards: with it
    the database itself refuses a second open invite of one person.
    """

    __tablename__ = "invite"
    __table_args__ = (
        CheckConstraint(
            "status IN ('pending', 'started', 'completed', 'cancelled')", name="status"
        ),
        UniqueConstraint("campaign_id", "open_address"),
        Index("ix_invite_campaign_id_created_at", "campaign_id", "created_at", "id"),
    )

    id: Mapped[Key]
    org_id: Mapped[OfOrganization]
    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    email: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    extra: Mapped[dict[str, str]] = mapped_column("metadata", Json)
    open_address: Mapped[str | None]
    mark: Mapped[str] = mapped_column(unique=True)
    sealed_token: Mapped[str]
    status: Mapped[str] = mapped_column(default="pending")
    test: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Created]
    expires_at: Mapped[datetime]

    campaign: Mapped[Campaign] = relationship()

    @property
    def taken_back(self) -> bool:
        """Whether its person has withdrawn: then not even the address is left."""
        return self.status == "cancelled" and self.email.endswith("@erased.invalid")
