"""Coverage of the script's needs in an interview, as the interviewer computes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from interviewrelay.interviewer.state.fold import fold_turns
from interviewrelay.interviewer.understanding.coverage import list_needs
from interviewrelay.interviews import state as interview_state
from interviewrelay.models import Interview, TurnRow


@dataclass(frozen=True, slots=True)
class NeedCoverage:
    """Status of a need: `covered`, `touched`, `declined` or `open`, with the number of the first
    answer about it, or None.
    """

    key: str
    question_id: str
    label: str
    status: str
    turn_number: int | None


def get_needs_coverage(interview: Interview, rows: Sequence[TurnRow]) -> list[NeedCoverage]:
    """Coverage in the script's order; `rows` are all turns of the interview."""
    guide = interview_state.get_guide(interview)
    state = fold_turns(guide, interview_state.build_engine_turns(rows))
    return [
        NeedCoverage(
            key=key,
            question_id=question.id,
            label=need.label or need.ask or need.id,
            status=(status := state.need(question, need.id)),
            turn_number=_shown_by(rows, key, status),
        )
        for key, question, need in list_needs(guide)
    ]


def _shown_by(rows: Sequence[TurnRow], key: str, status: str) -> int | None:
    if status not in ("covered", "touched"):
        return None
    return next((row.number for row in rows if _shows(row.reading or {}, key, status)), None)


def _shows(reading: Mapping[str, Any], key: str, status: str) -> bool:
    """True if an answer touched or covered the need, by its stored reading."""
    found = reading.get("needs", {}).get(key, {}).get("status")
    beside = key in (reading.get("sense") or {}).get("covered", ())
    return found == status or (status == "covered" and beside)
