"""Operations: progress of background checks, retired keys, and erased interviews."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column

from interviewrelay.core.db.session import Base
from interviewrelay.models.mixins import Created, OrganizationRow


class BackgroundCheck(Base):
    """Progress of a background check. `after` is the id of the last row checked, empty at the start.

    Scheduled backups share the table (`runtime/backup_schedule.py`).
    """

    __tablename__ = "proof"

    name: Mapped[str] = mapped_column(primary_key=True)
    after: Mapped[str]
    due_at: Mapped[datetime]
    wrong: Mapped[int]
    """Problems found in the current pass."""
    wrong_before: Mapped[int]
    """Problems found in the previous pass."""


class RetiredKey(Base):
    """Retired secret key: the keys derived from it, for digests that cannot be renewed.

    `name` is the secret key's fingerprint (`KeyRing.key_names`), `sealed` the encrypted
    `tokens.DerivedKey`. The secret key itself is not stored and cannot be recovered from it.
    """

    __tablename__ = "carried_key"

    name: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[str]
    created_at: Mapped[Created]


class Erasure(OrganizationRow):
    """Erased interview: how it was counted in its campaign."""

    __tablename__ = "erasure"
    __table_args__ = (
        Index("ix_erasure_org_id", "org_id"),
        Index("ix_erasure_campaign_id", "campaign_id"),
    )

    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    session_id: Mapped[str] = mapped_column(unique=True)
    status: Mapped[str]
    test: Mapped[bool] = mapped_column(default=False)
    seconds: Mapped[int]
    ended_early: Mapped[bool] = mapped_column(default=False, server_default=false())
    erased_at: Mapped[datetime]
