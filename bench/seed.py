"""Millions of rows: copies of one demo interview, spread over campaigns and months.

The copies are made inside the database (`INSERT … SELECT`), so a million take minutes.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from flask import Flask
from sqlalchemy import select, text

from interviewrelay.core import clock
from interviewrelay.core.db import group_commit
from interviewrelay.core.db.session import db, transaction
from interviewrelay.models import Interview
from interviewrelay.search import search

CAMPAIGNS: Final = 200
BEGIN: Final = 1_700_000_000
"""Unix time of the first copy; the next ones follow half a minute apart."""
STEP: Final = 30
LONG_TURNS: Final = 200
A_YEAR: Final = 350 * 24 * 3600

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Times:
    """Unix time of the first copy, and the seconds between copies."""

    begin: int = BEGIN
    step: int = STEP


def over_a_year(sessions: int) -> Times:
    """Times that end now and put the same number on each day."""
    step = max(1, A_YEAR // sessions)
    return Times(int(clock.now().timestamp()) - sessions * step - 3600, step)


class Dialect:
    """Expressions that the two databases spell differently."""

    def __init__(self, name: str, times: Times) -> None:
        self.lite, self._times = name == "sqlite", times

    def id(self, kind: int, number: str) -> str:
        """UUID from a kind and a number."""
        last = f"printf('%012x', {number})" if self.lite else f"lpad(to_hex({number}), 12, '0')"
        return f"'0189000{kind}-0000-7000-8000-' || {last}"

    def moment(self, number: str, later: str = "0") -> str:
        at = f"{self._times.begin} + {number} * {self._times.step} + {later}"
        return (
            f"strftime('%Y-%m-%dT%H:%M:%S.000000Z', {at}, 'unixepoch')"
            if self.lite
            else f"to_timestamp({at})"
        )

    def day(self, moment: str) -> str:
        """UTC day of a timestamp, as stored in `day_count`."""
        if self.lite:
            return f"substr({moment}, 1, 10)"
        return f"to_char({moment} AT TIME ZONE 'UTC', 'YYYY-MM-DD')"

    def text(self, number: str) -> str:
        return f"CAST({number} AS TEXT)"


def fill(
    app: Flask, org_id: str, session_id: str, sessions: int, times: Times = Times()
) -> None:
    """Add finished sessions to an organization, in `CAMPAIGNS` new campaigns with counters that
    `doctor` accepts.

    One in ten is abandoned. `session_id` is the session to copy.
    """
    with app.app_context():
        with transaction():
            of = Dialect(db.engine.dialect.name, times)
            source = dict(
                db.session.execute(
                    text(
                        "SELECT campaign_id, invite_id, consent_id FROM interview WHERE id = :i"
                    ),
                    {"i": session_id},
                )
                .mappings()
                .one()
            )
            campaign = {"id": of.id(1, "i"), "name": "'Wave ' || " + of.text("i")}
            _copy("campaign", source["campaign_id"], CAMPAIGNS, campaign)
            ended = f"CASE WHEN i / {CAMPAIGNS} % 10 = 0 THEN 'abandoned' ELSE 'completed' END"
            # Every second session is in the first campaign, so its page is always full.
            place = f"(CASE WHEN i % 2 = 0 THEN 1 ELSE 1 + i % {CAMPAIGNS} END)"
            mine = {"org_id": f"'{org_id}'", "campaign_id": of.id(1, place)}
            address = "'p' || " + of.text("i") + " || '@load.example'"
            _copy("consent", source["consent_id"], sessions, {"id": of.id(2, "i")})
            invite = {"email": address, "mark": of.id(3, "i"), "created_at": of.moment("i")}
            _copy(
                "invite", source["invite_id"], sessions, {"id": of.id(3, "i"), **mine, **invite}
            )
            _copy(
                "interview",
                session_id,
                sessions,
                {
                    "id": of.id(4, "i"),
                    **mine,
                    "invite_id": of.id(3, "i"),
                    "consent_id": of.id(2, "i"),
                    "participant_email": address,
                    "started_at": of.moment("i"),
                    "ended_at": of.moment("i", "coalesce(source.duration_seconds, 0)"),
                    "status": ended,
                },
            )
            _turns(of, session_id, sessions)
            _count(of)
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")


def campaign_id(number: int) -> str:
    """Id of a copied campaign, 1 to `CAMPAIGNS`."""
    return f"01890001-0000-7000-8000-{number:012x}"


def copied(number: int) -> str:
    """Id of a copied session; the first has `LONG_TURNS` turns, all others one."""
    return f"01890004-0000-7000-8000-{number:012x}"


def moment(number: int) -> datetime:
    """Start time of a copied session."""
    return datetime.fromtimestamp(BEGIN + number * 30, UTC)


def _turns(of: Dialect, session_id: str, sessions: int) -> None:
    """One question per copy, and a long, searchable conversation for the first."""
    query = "SELECT id FROM turn WHERE interview_id = :i ORDER BY number LIMIT 2"
    question, answer = db.session.execute(text(query), {"i": session_id}).scalars()
    one = {"id": of.id(5, "i"), "interview_id": of.id(4, "i")}
    _copy("turn", question, sessions, one)
    half = LONG_TURNS // 2
    of_first = {"interview_id": of.id(4, "1")}
    more = {**of_first, "id": of.id(7, "i"), "number": "2 * i + 1"}
    said = {**of_first, "id": of.id(6, "i"), "number": "2 * i", "client_turn_id": "NULL"}
    _copy("turn", question, half - 1, more)
    _copy("turn", answer, half, said)
    interview = db.session.execute(
        select(Interview).where(Interview.id == copied(1))
    ).scalar_one()
    words = db.session.execute(text("SELECT text FROM turn WHERE id = :i"), {"i": answer})
    spoken = words.scalar_one()
    runner = group_commit.current_runner()
    for _ in range(half):
        search.index_answer(runner, interview, spoken)


def _count(of: Dialect) -> None:
    """Recalculate the counters from the rows."""
    counted = {
        "invites_sent": "count(*)",
        "started": "count(*)",
        "completed": "count(*) FILTER (WHERE i.status = 'completed')",
        "abandoned": "count(*) FILTER (WHERE i.status = 'abandoned')",
        "ended_early": "count(*) FILTER (WHERE i.status = 'completed' AND NOT i.complete)",
        "completed_seconds": "coalesce(sum(i.duration_seconds)"
        " FILTER (WHERE i.status = 'completed'), 0)",
    }
    for name, value in counted.items():
        db.session.execute(
            text(
                f"UPDATE campaign SET {name} = (SELECT {value} FROM interview i"
                " WHERE i.campaign_id = campaign.id) WHERE id LIKE '01890001-%'"
            )
        )
    others = ("opened_only", "failed", "cancelled", "expired")
    zero = ", ".join(f"{name} = 0" for name in others)
    db.session.execute(text(f"UPDATE campaign SET {zero} WHERE id LIKE '01890001-%'"))
    db.session.execute(text("DELETE FROM interview_count"))
    for place in ("''", "campaign_id"):
        db.session.execute(
            text(
                "INSERT INTO interview_count (org_id, campaign_id, status, number)"
                f" SELECT org_id, {place}, status, count(*) FROM interview GROUP BY 1, 2, 3"
            )
        )
    db.session.execute(text("DELETE FROM day_count"))
    for place in ("''", "campaign_id"):
        db.session.execute(
            text(
                "INSERT INTO day_count"
                " (org_id, campaign_id, day, completed, ended_early, charged, minutes, credits)"
                f" SELECT org_id, {place}, {of.day('ended_at')}, count(*),"
                " count(*) FILTER (WHERE NOT complete), 0, 0, 0"
                " FROM interview WHERE status = 'completed' AND NOT test GROUP BY 1, 2, 3"
            )
        )


def _copy(table: str, row_id: str, count: int, changed: Row) -> None:
    """Insert `count` copies of a row; `changed` has SQL over the copy's number `i`, from 1 up."""
    columns = [c.name for c in db.metadata.tables[table].columns if c.computed is None]
    values = ", ".join(changed.get(name, f"source.{name}") for name in columns)
    db.session.execute(
        text(
            f"INSERT INTO {table} ({', '.join(columns)})"
            " WITH RECURSIVE number(i) AS"
            f" (SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < {count})"
            f" SELECT {values} FROM number CROSS JOIN {table} AS source WHERE source.id = :id"
        ),
        {"id": row_id},
    )
