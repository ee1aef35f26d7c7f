"""Detail query: a transcript from plain reads, with the names and values of the models, so that
`representation` treats both alike.
"""

from typing import Any, Final

from sqlalchemy import bindparam, select

from interviewrelay.core.actor import Actor
from interviewrelay.core.conversation import ConversationRecord
from interviewrelay.core.db.read_queries import CompiledQuery, _named, _own
from interviewrelay.models import AnswerRecording, Interview, SessionRecording, TurnRow
from interviewrelay.transcripts import transcripts


def get_conversation(actor: Actor, session_id: str) -> ConversationRecord:
    """For `representation.Transcript`. Raises NotFound."""
    row = _own(_INTERVIEW, actor, session_id)
    turns = _TURNS.records(interview=session_id)
    found = _CONFIDENCES.rows(interview=session_id) if _needs_confidences(row) else ()
    return transcripts.build_conversation(row, turns, row.layout, dict(found))


def _needs_confidences(row: Any) -> bool:
    """True for a spoken interview without a recording, whose layout would hold them."""
    return row.mode == "voice" and not row.layout


_INTERVIEW: Final = CompiledQuery(
    lambda _: select(
        *_named(
            Interview,
            *("id", "started_at", "ended_at", "status", "language", "closing_text", "mode"),
        ),
        select(SessionRecording.layout)
        .where(SessionRecording.interview_id == Interview.id)
        .scalar_subquery()
        .label("layout"),
    ).where(Interview.id == bindparam("id"), Interview.org_id == bindparam("org"))
)
_CONFIDENCES: Final = CompiledQuery(
    lambda _: transcripts.CONFIDENCES.where(
        AnswerRecording.interview_id == bindparam("interview")
    )
)
_TURNS: Final = CompiledQuery(
    lambda _: (
        select(
            *_named(
                TurnRow,
                *("id", "number", "speaker", "text", "elapsed", "skipped"),
                *("question_id", "decision", "sentiment_label", "amends"),
                *("original", "struck", "quotable"),
            )
        )
        .where(TurnRow.interview_id == bindparam("interview"))
        .order_by(TurnRow.number)
    )
)
