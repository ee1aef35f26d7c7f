"""Evidence: passages of answers that carry what is claimed about a study."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from interviewrelay.models.interviews import Interview, TurnRow
from interviewrelay.models.mixins import Created, OrganizationRow


class Evidence(OrganizationRow):
    """Passage of an answer, as positions in its text in Unicode code points.

    The words are not copied, so nothing remains when a participant corrects or removes the answer
    or is erased. `evidence.evidence` is the only writer.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        UniqueConstraint("turn_id", "quote_start", "quote_end"),
        CheckConstraint("0 <= quote_start AND quote_start < quote_end", name="quote"),
    )

    interview_id: Mapped[str] = mapped_column(
        ForeignKey("interview.id", ondelete="CASCADE"), index=True
    )
    turn_id: Mapped[str] = mapped_column(ForeignKey("turn.id", ondelete="CASCADE"))
    quote_start: Mapped[int]
    quote_end: Mapped[int]
    created_at: Mapped[Created]

    turn: Mapped[TurnRow] = relationship()
    interview: Mapped[Interview] = relationship()
