"""Export queries: one row for each interview, with its turns as one JSON text.

The database writes that text: fetching a row for each turn costs more than formatting its words
(docs/decisions/0013-quick-reads.md).
"""

from collections.abc import Iterator
from itertools import chain
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    func,
    inspect,
    literal_column,
    or_,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.functions import GenericFunction

from interviewrelay.core.db.json_listing import written
from interviewrelay.core.db.read_queries import json_rows
from interviewrelay.integrity.chain import Seal
from interviewrelay.models import (
    AnswerRecording,
    Campaign,
    Interview,
    Organization,
    Project,
    SessionRecording,
    TurnRow,
)
from interviewrelay.transcripts.representation import TranscriptTurn


class tenths(GenericFunction[Any]):  # noqa: N801 - these are written like the functions that they are
    """Tenths of a second, as `transcripts.round_seconds` rounds; null stays null."""

    inherit_cache = True


class number(GenericFunction[Any]):  # noqa: N801
    """Tenths as a JSON number, whole ones without a point."""

    inherit_cache = True


class nested(GenericFunction[Any]):  # noqa: N801
    """JSON embedded in other JSON."""

    inherit_cache = True


_SPELLED: Final[dict[type[Any], dict[str, str]]] = {
    tenths: {
        "sqlite": "CAST(max({0}, 0) * 10 + 0.5 AS INTEGER)",
        "postgresql": "floor(CASE WHEN {0} < 0 THEN 0 ELSE {0} END * 10 + 0.5)",
    },
    number: {
        "sqlite": "CASE WHEN {0} % 10 = 0 THEN {0} / 10 ELSE {0} / 10.0 END",
        "postgresql": "{0} / 10",
    },
    nested: {"sqlite": "json({0})", "postgresql": "({0})::json"},
}


def _spell(element: Any, compiler: Any, **options: Any) -> str:
    parts = (compiler.process(one, **options) for one in element.clauses)
    return _SPELLED[type(element)][compiler.dialect.name].format(*parts)


for _kind in _SPELLED:
    compiles(_kind, "sqlite", "postgresql")(_spell)


def _turns() -> Any:
    """Turns of an interview in order; `lasted` is the time between question and answer."""
    asked = aliased(TurnRow)
    its_question = and_(
        TurnRow.speaker == "participant",
        asked.interview_id == TurnRow.interview_id,
        asked.number == TurnRow.number - 1,
    )
    return (
        select(
            *(
                getattr(TurnRow, a.key).label(a.key)
                for a in inspect(TurnRow).column_attrs
                if a.key not in Seal._fields
            ),
            TurnRow.amends.label("amends"),
            tenths(TurnRow.elapsed).label("began"),
            tenths(TurnRow.elapsed - asked.elapsed).label("lasted"),
            case(
                (asked.id.is_(None), None),
                (Interview.mode == "text", 1),
                else_=func.coalesce(_confidence(), 1),
            ).label("confidence"),
        )
        .outerjoin(asked, its_question)
        .where(TurnRow.interview_id == Interview.id)
        .order_by(TurnRow.number)
        .correlate(Interview)
        .subquery("spoken")
    )


def _confidence() -> Any:
    """Confidence of a recognised answer that stands as it was recognised."""
    return (
        select(func.avg(AnswerRecording.confidence))
        .where(
            AnswerRecording.interview_id == TurnRow.interview_id,
            AnswerRecording.number == TurnRow.number,
            AnswerRecording.text == TurnRow.text,
            AnswerRecording.used,
        )
        .correlate(TurnRow)
        .scalar_subquery()
    )


def _query() -> Select[Any]:
    turns = _turns()
    row = (getattr(Interview, a.key).label(a.key) for a in inspect(Interview).column_attrs)
    moodless = func.count() > func.count(turns.c.sentiment_label)
    unfinished = or_(moodless, func.count(turns.c.amends) > 0)
    written = _objects(turns.c).op("||")(case((unfinished, SIGN), else_=literal_column("''")))
    spoken = select(written).select_from(turns).scalar_subquery().label("spoken")
    layout = (
        select(SessionRecording.layout)
        .where(SessionRecording.interview_id == Interview.id)
        .scalar_subquery()
        .label("layout")
    )
    return select(*row, spoken, layout).order_by(Interview.started_at, Interview.id)


SIGN: Final[Any] = literal_column("' '")
"""Marker after the turns, where JSON ignores it: a turn has no sentiment yet, or is corrected."""


def _fields(turn: Any) -> dict[str, Any]:
    return written(
        TranscriptTurn,
        turn,
        timestamp=number(turn.began),
        sentiment=turn.sentiment_label,
        duration=number(turn.lasted),
        decision=nested(turn.decision),
        amended_by=nested(literal_column("'[]'")),
    )


def _objects(turn: Any) -> Any:
    named: Iterator[tuple[Any, Any]] = (
        (literal_column(f"'{name}'"), value) for name, value in _fields(turn).items()
    )
    return json_rows(*chain.from_iterable(named))


_OBJECTS: Final = _query()


def select_objects(which: ColumnElement[bool]) -> Select[Any]:
    """Interviews, oldest first; `spoken` holds an object for each turn, `layout` the places of the
    turns in the recording.
    """
    return _OBJECTS.where(which)


def select_complete(which: ColumnElement[bool]) -> Select[Any]:
    """Like `select_objects`, with the names of campaign and project."""
    return (
        select_objects(which)
        .add_columns(
            Campaign.name.label("campaign_name"),
            Project.name.label("project_name"),
            Organization.name.label("organization_name"),
        )
        .join(Campaign, Campaign.id == Interview.campaign_id)
        .join(Project, Project.id == Campaign.project_id)
        .join(Organization, Organization.id == Interview.org_id)
    )
