"""One campaign and one transcript on plain reads: rows with the names and values of the models', of
which `represent` makes the same as of the models themselves.
"""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import bindparam, select

from interviewrelay.conversation import Said
from interviewrelay.domain import transcripts
from interviewrelay.domain.actors import Actor
from interviewrelay.errors import NotFound
from interviewrelay.ids import is_id
from interviewrelay.models import Campaign, Interview, ScriptVersion, TurnRow
from interviewrelay.quick import Quick


def campaign(actor: Actor, campaign_id: str) -> Campaign:
    """For `represent.campaign_detail`. Raises NotFound."""
    return _own(_CAMPAIGN, actor, campaign_id)  # type: ignore[no-any-return]


def transcript(actor: Actor, session_id: str) -> Said:
    """For `represent.transcript`. Raises NotFound."""
    row = _own(_INTERVIEW, actor, session_id)
    return transcripts.said(row, _TURNS.records(interview=session_id))


def _own(query: Quick, actor: Actor, row_id: str) -> Any:
    found = query.records(id=row_id, org=actor.org_id) if is_id(row_id) else []
    if not found:
        raise NotFound
    return found[0]


def _named(kind: Any, *names: str) -> Sequence[Any]:
    return [getattr(kind, name).label(name) for name in names]


_CAMPAIGN: Final = Quick(
    lambda _: (
        select(
            *_named(
                Campaign,
                *("id", "name", "script_id", "project_id", "status", "created_at"),
                *("invite_valid_hours", "settings", "extra", "reminder_hours_before"),
                *("starts_at", "ends_at", "max_sessions", "max_completed", "custom_message"),
                *("invites_sent", "opened_only", "started", "completed", "ended_early"),
                *("abandoned", "failed", "cancelled", "expired", "completed_seconds"),
            ),
            ScriptVersion.number.label("version_number"),
        )
        .join(ScriptVersion, ScriptVersion.id == Campaign.version_id)
        .where(Campaign.id == bindparam("id"), Campaign.org_id == bindparam("org"))
    )
)
_INTERVIEW: Final = Quick(
    lambda _: select(
        *_named(Interview, "id", "started_at", "ended_at", "status", "language", "closing_text")
    ).where(Interview.id == bindparam("id"), Interview.org_id == bindparam("org"))
)
_TURNS: Final = Quick(
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
