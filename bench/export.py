"""Export of a campaign's transcripts: rows a CPU second beside a bare loop, and the server's memory."""

import argparse
import http.client
import sqlite3
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator

import orjson

from bench.server import ROOT, Instance

PER_SESSION = 20
QUERY = (
    "SELECT t.interview_id, t.id, t.number, t.speaker, t.text, t.elapsed, t.sentiment_label, "
    "t.question_id, t.decision, t.skipped FROM turn t JOIN interview i ON i.id = t.interview_id "
    "WHERE i.campaign_id = ? ORDER BY i.started_at, i.id, t.number"
)
NAMES = (
    "session_id", "id", "number", "speaker", "text", "elapsed", "sentiment", "question_id",
    "decision", "skipped",
)  # fmt: skip
OURS = """
import sys, time
from flask import Flask
from interviewrelay import database
from interviewrelay.database import db
from interviewrelay.domain import exports
from interviewrelay.models import Campaign
app = Flask("bench")
database.attach(app, sys.argv[1], 4)
with app.app_context():
    campaign = db.session.get(Campaign, sys.argv[2])
    pieces = exports.stream(campaign, sys.argv[3])
    began = time.process_time()
    size = sum(map(len, pieces))
    print(time.process_time() - began, size)
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--turns", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)


def run(given: argparse.Namespace) -> None:
    instance = Instance()
    try:
        campaign = instance.fixtures["A"]["campaign_id"]
        _fill(instance, given.turns)
        with sqlite3.connect(instance.database) as database:
            turns = len(database.execute(QUERY.replace("t.text", "1"), (campaign,)).fetchall())
        _speed(instance, campaign, turns, given.rounds)
        _memory(instance, campaign)
    finally:
        instance.close()


def _speed(instance: Instance, campaign: str, turns: int, rounds: int) -> None:
    ratios: dict[str, list[float]] = {"jsonl": [], "json": [], "csv": []}
    for _ in range(rounds):
        bare = _bare(instance, campaign)
        for form, ratio in ratios.items():
            words = [
                sys.executable,
                "-c",
                OURS,
                f"sqlite:///{instance.database}",
                campaign,
                form,
            ]
            said = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True)
            ours = float(said.stdout.split()[0])
            ratio.append(bare / ours)
            print(
                f"{form}: {turns / ours:,.0f} turns a CPU second; bare loop {turns / bare:,.0f}"
            )
    for form, ratio in ratios.items():
        middle = statistics.median(ratio)
        print(f"{form} ÷ bare orjson loop: {middle:.2f} [{min(ratio):.2f}–{max(ratio):.2f}]")


def _bare(instance: Instance, campaign: str) -> float:
    """CPU seconds of a loop that writes a line for each row and knows no sessions."""
    with sqlite3.connect(instance.database) as database:
        began = time.process_time()
        for row in database.execute(QUERY, (campaign,)):
            orjson.dumps(dict(zip(NAMES, row, strict=True)))
        return time.process_time() - began


def _memory(instance: Instance, campaign: str) -> None:
    ours = instance.process("interviewrelay", "serve", port=instance.port)
    try:
        path = f"/api/campaigns/{campaign}/transcripts?format=jsonl"
        headers = {"Authorization": f"Bearer {instance.fixtures['A']['key_owner']}"}
        for slow in (False, True):
            before = ours.memory_mib("VmRSS")
            began = time.perf_counter()
            connection = http.client.HTTPConnection("127.0.0.1", instance.port, timeout=60)
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            first, size = 0.0, 0
            for number, piece in enumerate(iter(lambda r=response: r.read(64 * 1024), b"")):
                first = first or time.perf_counter() - began
                size += len(piece)
                if slow and number < 20:
                    time.sleep(0.2)
            connection.close()
            print(
                f"{'slow' if slow else 'quick'} reader: {size / 1e6:.0f} MB in "
                f"{time.perf_counter() - began:.1f} s, first byte {first * 1000:.0f} ms, "
                f"resident {before:.0f} MiB before, peak {ours.memory_mib('VmHWM'):.0f} MiB"
            )
    finally:
        ours.close()


def _fill(instance: Instance, turns: int) -> None:
    """Copies of a finished interview, until there are so many turns."""
    with sqlite3.connect(instance.database) as database:
        database.row_factory = sqlite3.Row
        model = instance.fixtures["A"]["session_id"]
        query = "SELECT * FROM interview WHERE id = ?"
        interview = dict(database.execute(query, (model,)).fetchone())
        rows = {"interview": interview}
        for table, key in (("invite", "invite_id"), ("consent", "consent_id")):
            query = f"SELECT * FROM {table} WHERE id = ?"
            rows[table] = dict(database.execute(query, (interview[key],)).fetchone())
        spoken = [
            dict(row)
            for row in database.execute(
                "SELECT * FROM turn WHERE interview_id = ? ORDER BY number", (model,)
            )
        ]
        for copies in _copies(rows, spoken, turns):
            for table, row in copies:
                names = ", ".join(row)
                places = ", ".join("?" * len(row))
                database.execute(
                    f"INSERT INTO {table} ({names}) VALUES ({places})", tuple(row.values())
                )


def _copies(
    rows: dict[str, dict[str, object]], spoken: list[dict[str, object]], turns: int
) -> Iterator[list[tuple[str, dict[str, object]]]]:
    for _ in range(turns // PER_SESSION):
        ids = {name: str(uuid.uuid4()) for name in ("interview", "invite", "consent")}
        invite = {**rows["invite"], "id": ids["invite"], "mark": ids["invite"]}
        interview = {
            **rows["interview"],
            "id": ids["interview"],
            "invite_id": ids["invite"],
            "consent_id": ids["consent"],
        }
        made = [
            ("invite", invite),
            ("consent", {**rows["consent"], "id": ids["consent"]}),
            ("interview", interview),
        ]
        for number in range(PER_SESSION):
            turn = spoken[number % (len(spoken) // 2 * 2)]
            copy = {
                "id": str(uuid.uuid4()),
                "interview_id": ids["interview"],
                "number": number + 1,
            }
            made.append(("turn", {**turn, **copy}))
        yield made
