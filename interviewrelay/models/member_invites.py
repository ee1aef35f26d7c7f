"""People who are asked into an organization and have not answered yet."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from interviewrelay.database import Base
from interviewrelay.models.columns import Created, Key, OfOrganization


class MemberInvite(Base):
    """Gone when it is used or taken back. Of its link we keep the mark; None before the first."""

    __tablename__ = "member_invite"
    __table_args__ = (
        UniqueConstraint("org_id", "email"),
        CheckConstraint("role IN ('owner', 'admin', 'researcher', 'viewer')", name="role"),
    )

    id: Mapped[Key]
    org_id: Mapped[OfOrganization]
    email: Mapped[str]
    role: Mapped[str]
    invited_by: Mapped[str]
    mark: Mapped[str | None] = mapped_column(unique=True)
    created_at: Mapped[Created]
    expires_at: Mapped[datetime]
