"""Full-text index of participants' answers."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import BigInteger, Dialect, ForeignKey, Index, Text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import INTEGER, TypeDecorator

from interviewrelay.analysis.search_terms import JOINT
from interviewrelay.core.db.session import Base

PLACE_BITS: Final = 10
PLACES: Final = 1 << PLACE_BITS
"""Index numbers for each microsecond in which an interview may start: one for each of its answers."""
EPOCH: Final = datetime(2020, 1, 1, tzinfo=UTC)
FARTHEST: Final = timedelta(days=280 * 365)
"""Limit of dates: those farther from the epoch than 63 bits reach are clamped."""


class SearchWords(TypeDecorator[list[str]]):
    """Column of words in order: text on SQLite, indexed by FTS5; a tsvector on PostgreSQL."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else TSVECTOR())

    def process_bind_param(self, value: list[str] | None, dialect: Dialect) -> Any:
        if value is None or dialect.name == "sqlite":
            return value if value is None else " ".join(value)
        places: dict[str, list[str]] = {}
        for number, word in enumerate(value, 1):
            places.setdefault(word, []).append(str(number))
        return " ".join(
            f"'{word}'" if JOINT in word else f"'{word}':{','.join(at[:255])}"
            for word, at in places.items()
        )


class SearchEntry(Base):
    """Indexed answer. Its number grows with the start of the interview, so that descending order is
    newest first. Its words come from `search_terms.build_index_terms`.
    """

    __tablename__ = "said"
    __table_args__ = (Index("ix_said_interview_id", "interview_id"),)

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(INTEGER(), "sqlite"), primary_key=True, autoincrement=False
    )
    interview_id: Mapped[str] = mapped_column(ForeignKey("interview.id", ondelete="CASCADE"))
    words: Mapped[list[str]] = mapped_column(SearchWords)


def to_microseconds(moment: datetime) -> int:
    """Microseconds since the epoch."""
    return min(max(moment - EPOCH, -FARTHEST), FARTHEST) // timedelta(microseconds=1)


def get_first_number(moment: datetime) -> int:
    """Lowest index number of an interview that started then."""
    return to_microseconds(moment) * PLACES
