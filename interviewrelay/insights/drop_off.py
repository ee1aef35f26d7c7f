"""Drop-off by question of a campaign's script, and the time that each question takes.

Read from the newest interviews without tests, in one statement with a row for each question and
interview, so it is bounded.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from statistics import median
from typing import Any, Final

from sqlalchemy import case, false, func, select

from interviewrelay.core.db.session import db
from interviewrelay.interviews import state
from interviewrelay.models import Campaign, Interview, TurnRow

MOST: Final = 500
"""Maximum interviews read."""


@dataclass(frozen=True, slots=True)
class QuestionDropOff:
    """Question statistics: interviews that `reached` it, those abandoned at it, and the median of
    seconds with follow-ups, None without an answer.

    The same `reached` and `left_here` as in `analysis.per_question`.
    """

    question_id: str
    text: str
    reached: int
    left_here: int
    seconds: float | None


@dataclass(frozen=True, slots=True)
class DropOff:
    """Drop-off by question; `read` counts the interviews, `is_capped` is true if there are older
    ones.
    """

    read: int
    is_capped: bool
    questions: tuple[QuestionDropOff, ...]


@dataclass(slots=True)
class _Tally:
    reached: int = 0
    left_here: int = 0
    seconds: list[float] = field(default_factory=list)


def get_drop_off(campaign: Campaign) -> DropOff:
    questions = state.get_script(campaign).questions
    tallies = {question.id: _Tally() for question in questions}
    rows = _rows(campaign.id)
    for _, group in groupby(rows, attrgetter("interview_id")):
        own = list(group)
        last = max((row.asked for row in own if row.asked is not None), default=None)
        for row in own:
            tally = tallies.get(row.question_id)
            if tally is None:
                continue
            if row.asked is not None:
                tally.reached += 1
                tally.left_here += row.asked == last and row.status == "abandoned"
            if row.took is not None:
                tally.seconds.append(row.took)
    read = len({row.interview_id for row in rows})
    return DropOff(
        read=read,
        is_capped=read < campaign.started,
        questions=tuple(
            QuestionDropOff(
                question_id=question.id,
                text=question.text,
                reached=tally.reached,
                left_here=tally.left_here,
                seconds=median(tally.seconds) if tally.seconds else None,
            )
            for question, tally in zip(questions, tallies.values(), strict=True)
        ),
    )


def _rows(campaign_id: str) -> Sequence[Any]:
    """By interview and question: number of the last turn that asked it, and the total seconds from
    question to answer.
    """
    newest = (
        select(Interview.id, Interview.status)
        .where(Interview.campaign_id == campaign_id, Interview.test == false())
        .order_by(Interview.started_at.desc(), Interview.id.desc())
        .limit(MOST)
        .cte("newest")
    )
    before = func.lag(TurnRow.elapsed).over(
        partition_by=TurnRow.interview_id, order_by=TurnRow.number
    )
    turns = (
        select(
            TurnRow.interview_id,
            newest.c.status,
            TurnRow.question_id,
            case((TurnRow.speaker == "ai", TurnRow.number)).label("asked"),
            case((TurnRow.speaker == "participant", TurnRow.elapsed - before)).label("took"),
        )
        .join(newest, newest.c.id == TurnRow.interview_id)
        .subquery("turns")
    )
    place = turns.c.interview_id, turns.c.status, turns.c.question_id
    query = select(
        *place, func.max(turns.c.asked).label("asked"), func.sum(turns.c.took).label("took")
    ).group_by(*place)
    return db.session.execute(query.order_by(turns.c.interview_id)).all()
