"""Matrix of learning goals and participants: in each cell what shows the goal, or why nothing does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from interviewrelay.core.db import pagination
from interviewrelay.core.db.pagination import Page, Window
from interviewrelay.core.db.session import db
from interviewrelay.evidence import claims
from interviewrelay.evidence.evidence import EvidenceQuote
from interviewrelay.interviewer.guide import Guide, Question
from interviewrelay.interviewer.state.fold import fold_turns
from interviewrelay.interviewer.understanding.coverage import list_needs
from interviewrelay.interviews import state
from interviewrelay.models import (
    Campaign,
    Claim,
    Interview,
    InterviewAnalysis,
    TurnRow,
)


@dataclass(frozen=True, slots=True)
class Goal:
    """Learning goal with the number of interviews that cover or touch it."""

    key: str
    question_id: str
    label: str
    ask: str
    covered: int
    touched: int


@dataclass(frozen=True, slots=True)
class Cell:
    """Answer of an interview to a goal. `status` is `covered` or `touched` with quotes, or says
    why there are none: `declined`, `no_answer` (asked, and nothing was said about it), `not_asked`,
    or `not_quotable`.
    """

    goal_key: str
    status: str
    quotes: tuple[EvidenceQuote, ...] = ()


@dataclass(frozen=True, slots=True)
class MatrixRow:
    interview: Interview
    cells: tuple[Cell, ...]
    """In the order of the goals."""


def list_goals(campaign: Campaign) -> list[Goal]:
    """Learning goals in the script's order, with counts over all analysed interviews."""
    rows = db.session.execute(
        select(Claim.key, Claim.status, func.count(Claim.interview_id.distinct()))
        .where(Claim.campaign_id == campaign.id, Claim.kind == "goal")
        .group_by(Claim.key, Claim.status)
    )
    counts = {(key, status): number for key, status, number in rows}
    return [
        Goal(
            key=key,
            question_id=question.id,
            label=need.label or need.ask or need.id,
            ask=need.ask,
            covered=counts.get((key, "covered"), 0),
            touched=counts.get((key, "touched"), 0),
        )
        for key, question, need in list_needs(state.get_script(campaign))
    ]


def list_rows(campaign: Campaign, window: Window) -> Page[MatrixRow]:
    """Rows of analysed interviews, newest first."""
    query = (
        select(Interview)
        .join(InterviewAnalysis, InterviewAnalysis.interview_id == Interview.id)
        .where(Interview.campaign_id == campaign.id)
    )
    page = pagination.fetch_page(query, Interview.started_at, Interview.id, window)
    return replace(page, items=_build_rows(campaign, page.items))


def _build_rows(campaign: Campaign, interviews: Sequence[Interview]) -> list[MatrixRow]:
    ids = [interview.id for interview in interviews]
    turns: dict[str, list[TurnRow]] = {}
    rows = db.session.execute(
        select(TurnRow).where(TurnRow.interview_id.in_(ids)).order_by(TurnRow.number)
    )
    for turn in rows.scalars():
        turns.setdefault(turn.interview_id, []).append(turn)
    shown = _load_claims(ids)
    guide = state.get_script(campaign)
    return [
        MatrixRow(one, tuple(_build_cells(guide, turns.get(one.id, []), shown.get(one.id, {}))))
        for one in interviews
    ]


def _load_claims(ids: Sequence[str]) -> dict[str, dict[str, claims.StatedClaim]]:
    """Answers to goals that may be quoted, by interview and goal."""
    rows = db.session.execute(
        select(Claim).where(Claim.interview_id.in_(ids), Claim.kind == "goal")
    )
    found: dict[str, dict[str, claims.StatedClaim]] = {}
    for claim in claims.read_claims(rows.scalars().all(), most=2):
        found.setdefault(claim.row.interview_id or "", {})[claim.row.key] = claim
    return found


def _build_cells(
    guide: Guide, turns: Sequence[TurnRow], shown: Mapping[str, claims.StatedClaim]
) -> list[Cell]:
    known = fold_turns(guide, state.build_engine_turns(turns))
    asked = {turn.question_id for turn in turns if turn.speaker == "ai"}
    cells = []
    for key, question, need in list_needs(guide):
        claim = shown.get(key)
        if claim is not None:
            cells.append(Cell(key, claim.row.status or "touched", claim.support))
        else:
            cells.append(Cell(key, _explain(known.need(question, need.id), question, asked)))
    return cells


def _explain(status: str, question: Question, asked: set[str | None]) -> str:
    if status == "declined":
        return "declined"
    if status in ("covered", "touched"):
        return "not_quotable"
    return "no_answer" if question.id in asked else "not_asked"
