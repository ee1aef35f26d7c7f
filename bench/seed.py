"""Rows by the million: copies of one demonstration interview, spread over campaigns and months.

The copies are made inside the database (`INSERT … SELECT`), so that a million of them take minutes.
"""

from typing import Final

from flask import Flask
from sqlalchemy import text

from interviewrelay.database import db, transaction

CAMPAIGNS: Final = 200
BEGIN: Final = 1_700_000_000
"""Unix seconds of the first copy; the next ones follow half a minute apart."""
LONG_TURNS: Final = 200

Row = dict[str, str]


class Dialect:
    """The few expressions that the two databases spell differently."""

    def __init__(self, name: str) -> None:
        self.lite = name == "sqlite"

    def id(self, kind: int, number: str) -> str:
        """A UUID made of a kind and a number."""
        last = f"printf('%012x', {number})" if self.lite else f"lpad(to_hex({number}), 12, '0')"
        return f"'0189000{kind}-0000-7000-8000-' || {last}"

    def moment(self, number: str) -> str:
        at = f"{BEGIN} + {number} * 30"
        return (
            f"strftime('%Y-%m-%dT%H:%M:%S.000000Z', {at}, 'unixepoch')"
            if self.lite
            else f"to_timestamp({at})"
        )

    def text(self, number: str) -> str:
        return f"CAST({number} AS TEXT)"


def fill(app: Flask, org_id: str, session_id: str, sessions: int) -> None:
    """So many more sessions of an organization, in `CAMPAIGNS` more campaigns of it.

    One in a thousand answers holds the word "zeppelin". `session_id` is what is copied.
    """
    with app.app_context(), transaction():
        of = Dialect(db.engine.dialect.name)
        source = dict(
            db.session.execute(
                text("SELECT campaign_id, invite_id, consent_id FROM interview WHERE id = :i"),
                {"i": session_id},
            )
            .mappings()
            .one()
        )
        campaign = {"id": of.id(1, "i"), "name": "'Wave ' || " + of.text("i")}
        counts = {
            n: str(sessions // CAMPAIGNS) for n in ("invites_sent", "started", "completed")
        }
        _copy("campaign", source["campaign_id"], CAMPAIGNS, {**campaign, **counts})
        # Every second one is in the first campaign: a page of it is full, however few there are.
        place = f"(CASE WHEN i % 2 = 0 THEN 1 ELSE 1 + i % {CAMPAIGNS} END)"
        mine = {"org_id": f"'{org_id}'", "campaign_id": of.id(1, place)}
        address = "'p' || " + of.text("i") + " || '@load.example'"
        _copy("consent", source["consent_id"], sessions, {"id": of.id(2, "i")})
        invite = {"email": address, "mark": of.id(3, "i"), "created_at": of.moment("i")}
        _copy("invite", source["invite_id"], sessions, {"id": of.id(3, "i"), **mine, **invite})
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
                "status": "CASE WHEN i % 10 = 0 THEN 'abandoned' ELSE 'completed' END",
            },
        )
        _turns(of, session_id, sessions)
        _count()


def campaign_id(number: int) -> str:
    """The id of a copied campaign, 1 to `CAMPAIGNS`."""
    return f"01890001-0000-7000-8000-{number:012x}"


def session_id(number: int) -> str:
    """The id of a copied session; the first one has `LONG_TURNS` turns, all others one."""
    return f"01890004-0000-7000-8000-{number:012x}"


def _turns(of: Dialect, session_id: str, sessions: int) -> None:
    """An answer for each copy, and a long conversation for the first one."""
    answer = db.session.execute(
        text(
            "SELECT id FROM turn WHERE interview_id = :i AND speaker = 'participant'"
            " ORDER BY number LIMIT 1"
        ),
        {"i": session_id},
    ).scalar_one()
    words = "text || ' number ' || " + of.text("i")
    rare = f"CASE WHEN i % 1000 = 0 THEN {words} || ' zeppelin' ELSE {words} END"
    one = {"id": of.id(5, "i"), "interview_id": of.id(4, "i"), "number": "2", "text": rare}
    _copy("turn", answer, sessions, {**one, "client_turn_id": "NULL"})
    many = {
        "id": of.id(6, "i"),
        "interview_id": of.id(4, "1"),
        "number": "i + 2",
        "text": words,
        "speaker": "CASE WHEN i % 2 = 1 THEN 'ai' ELSE 'participant' END",
        "client_turn_id": "NULL",
    }
    _copy("turn", answer, LONG_TURNS - 1, many)


def _count() -> None:
    """The copies were made behind the counters' back."""
    db.session.execute(text("DELETE FROM interview_count"))
    for place in ("''", "campaign_id"):
        db.session.execute(
            text(
                "INSERT INTO interview_count (org_id, campaign_id, status, number)"
                f" SELECT org_id, {place}, status, count(*) FROM interview GROUP BY 1, 2, 3"
            )
        )


def _copy(table: str, row_id: str, count: int, changed: Row) -> None:
    """`count` copies of a row; `changed` gives SQL over the copy's number `i`, from 1 up."""
    columns = [c.name for c in db.metadata.tables[table].columns if c.computed is None]
    values = ", ".join(changed.get(name, f"source.{name}") for name in columns)
    values = values.replace("text ||", "source.text ||")
    db.session.execute(
        text(
            f"INSERT INTO {table} ({', '.join(columns)})"
            " WITH RECURSIVE number(i) AS"
            f" (SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < {count})"
            f" SELECT {values} FROM number CROSS JOIN {table} AS source WHERE source.id = :id"
        ),
        {"id": row_id},
    )
