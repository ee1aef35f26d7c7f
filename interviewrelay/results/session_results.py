"""Results of one interview: summary, answers to the learning goals, and incidents."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from interviewrelay.core.db.session import db
from interviewrelay.evidence import claims
from interviewrelay.evidence.claims import StatedClaim
from interviewrelay.models import Claim, Interview, InterviewAnalysis


@dataclass(frozen=True, slots=True)
class SessionResults:
    """Results of an interview; `analysed_at` is None before its first analysis."""

    session_id: str
    analysed_at: datetime | None
    summary: tuple[StatedClaim, ...]
    goals: tuple[StatedClaim, ...]
    incidents: tuple[StatedClaim, ...]


def get_session_results(interview: Interview) -> SessionResults:
    """Results of the latest analysis, without what may no longer be quoted."""
    rows = db.session.execute(
        select(Claim).where(Claim.interview_id == interview.id).order_by(Claim.position)
    ).scalars()
    found = claims.read_claims(rows.all())
    when = select(InterviewAnalysis.analysed_at).where(
        InterviewAnalysis.interview_id == interview.id
    )

    def of_kind(kind: str) -> tuple[StatedClaim, ...]:
        return tuple(claim for claim in found if claim.row.kind == kind)

    return SessionResults(
        session_id=interview.id,
        analysed_at=db.session.execute(when).scalar_one_or_none(),
        summary=of_kind("summary"),
        goals=of_kind("goal"),
        incidents=of_kind("incident"),
    )
