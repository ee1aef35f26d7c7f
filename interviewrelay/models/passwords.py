"""The ways back in for somebody who has forgotten their password."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from interviewrelay.database import Base
from interviewrelay.models.columns import Created, Key


class PasswordLink(Base):
    """A link that sets a new password once. Its token is in a mail only; we keep the mark."""

    __tablename__ = "password_link"

    id: Mapped[Key]
    mark: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[str] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[Created]
    expires_at: Mapped[datetime]


class PasswordAsk(Base):
    """That a link was asked for, by the mark of the address, whether or not anybody has it."""

    __tablename__ = "password_ask"
    __table_args__ = (Index("ix_password_ask_mark_created_at", "mark", "created_at"),)

    id: Mapped[Key]
    mark: Mapped[str]
    created_at: Mapped[Created]
