"""How an organization looks to participants."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from interviewrelay.database import Base


class Branding(Base):
    """No row, as long as an organization has chosen nothing."""

    __tablename__ = "branding"

    org_id: Mapped[str] = mapped_column(
        ForeignKey("organization.id", ondelete="CASCADE"), primary_key=True
    )
    accent: Mapped[str | None]
    """As it was chosen, `#rrggbb`; what pages show is made of it (`colours`)."""
    logo_id: Mapped[str | None] = mapped_column(unique=True)
    """A file is named after it (`files.logo`); each upload has its own."""
    logo_width: Mapped[int | None]
    logo_height: Mapped[int | None]
    changed_at: Mapped[datetime]
