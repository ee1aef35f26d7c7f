"""Short codes by which participants go on on another device."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from interviewrelay.database import Base
from interviewrelay.models.columns import Created, Key, OfOrganization


class ResumeCode(Base):
    """One at most for an interview. It is found by its mark, and sealed so that it can be shown again
    to whoever has the link.
    """

    __tablename__ = "resume_code"

    id: Mapped[Key]
    org_id: Mapped[OfOrganization]
    interview_id: Mapped[str] = mapped_column(
        ForeignKey("interview.id", ondelete="CASCADE"), unique=True
    )
    mark: Mapped[str] = mapped_column(unique=True)
    sealed_code: Mapped[str]
    created_at: Mapped[Created]
    expires_at: Mapped[datetime]
