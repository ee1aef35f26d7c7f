"""How far a proof has come that goes through everything a little at a time."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column

from interviewrelay.core.db.session import Base
from interviewrelay.models.mixins import Created, Key, OfOrganization


class Proof(Base):
    """`after` is the id of the last that was looked at, empty at the beginning."""

    __tablename__ = "proof"

    name: Mapped[str] = mapped_column(primary_key=True)
    after: Mapped[str]
    due_at: Mapped[datetime]
    wrong: Mapped[int]
    """What was found on this way through."""
    wrong_before: Mapped[int]
    """And on the last one."""


class CarriedKey(Base):
    """What was derived of a secret key for the marks that cannot be made anew without it.

    `name` is the secret key's (`KeyRing.names`), `sealed` what `tokens.Derived` writes, sealed with
    the keys of now: the secret key itself is not in it and cannot be got from it.
    """

    __tablename__ = "carried_key"

    name: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[str]
    created_at: Mapped[Created]


class Erasure(Base):
    """One interview that is no more: what it counted as in its campaign."""

    __tablename__ = "erasure"
    __table_args__ = (
        Index("ix_erasure_org_id", "org_id"),
        Index("ix_erasure_campaign_id", "campaign_id"),
    )

    id: Mapped[Key]
    org_id: Mapped[OfOrganization]
    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    session_id: Mapped[str] = mapped_column(unique=True)
    status: Mapped[str]
    test: Mapped[bool] = mapped_column(default=False)
    seconds: Mapped[int]
    ended_early: Mapped[bool] = mapped_column(default=False, server_default=false())
    erased_at: Mapped[datetime]
