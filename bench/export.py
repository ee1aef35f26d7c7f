"""Export of a campaign's transcripts: rows a CPU second beside a bare loop, and the server's memory."""

import argparse
import http.client
import os
import sqlite3
import statistics
import subprocess
import sys
import time

import orjson

from bench.commands import ROOT
from bench.rows import Writer
from bench.server import Caller, Instance, fresh
from bench.spoken import ANSWERS, Sessions

GOAL = 0.7
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
from interviewrelay.core.db import session as database
from interviewrelay.core.db.session import db
from interviewrelay.transcripts import campaign_export as exports
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
    parser.add_argument("--turns", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--few", type=int, default=10_000, help="turns to compare the memory with"
    )
    parser.add_argument("--server", default=os.environ.get("TEST_DATABASE_URL", ""),
                        help="a PostgreSQL server, whose memory is measured besides")  # fmt: skip


def run(given: argparse.Namespace) -> None:
    few = _peak("", given.few)
    with fresh() as instance:
        campaign = _filled(instance, given.turns)
        with sqlite3.connect(instance.database) as database:
            turns = len(database.execute(QUERY.replace("t.text", "1"), (campaign,)).fetchall())
        _speed(instance, campaign, turns, given.rounds)
        many = _memory(instance, campaign)
    _judge("sqlite", few, many)
    if given.server:
        few, many = _peak(given.server, given.few), _peak(given.server, given.turns)
        _judge("postgresql", few, many)


def _peak(server: str, turns: int) -> float:
    with fresh(server) as instance:
        return _memory(instance, _filled(instance, turns))


def _filled(instance: Instance, turns: int) -> str:
    """The campaign that has so many turns now."""
    writer = Writer(instance.plain)
    a = instance.fixtures["A"]
    Sessions(writer, [a["session_id"]], turns // (2 * ANSWERS)).write(searched=False)
    writer.close()
    campaign: str = a["campaign_id"]
    return campaign


def _judge(name: str, few: float, many: float) -> None:
    print(f"{name}: {many:.0f} MiB above idle (goal 60), ", end="")
    print(f"{many - few:.0f} MiB more than of few turns (goal 16)")


def _speed(instance: Instance, campaign: str, turns: int, rounds: int) -> None:
    ratios: dict[str, list[float]] = {"jsonl": [], "json": [], "csv": []}
    for _ in range(rounds):
        bare = _bare(instance, campaign)
        for form, ratio in ratios.items():
            words = [
                sys.executable,
                "-P",
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
        verdict = "PASS" if middle >= GOAL else "FAIL"
        spread = f"{middle:.2f} [{min(ratio):.2f}–{max(ratio):.2f}]"
        print(f"{form} ÷ bare orjson loop: {spread}, {verdict} goal 14 (at least {GOAL})")


def _bare(instance: Instance, campaign: str) -> float:
    """CPU seconds of a loop that writes a line for each row and knows no sessions."""
    with sqlite3.connect(instance.database) as database:
        began = time.process_time()
        for row in database.execute(QUERY, (campaign,)):
            orjson.dumps(dict(zip(NAMES, row, strict=True)))
        return time.process_time() - began


def _memory(instance: Instance, campaign: str) -> float:
    """MiB above what the server had before the first export: the most of all forms and readers."""
    ours = instance.process("interviewrelay", "serve", port=instance.port)
    try:
        Caller(instance.port).call("GET", "/api/projects", headers=_key(instance))
        idle = ours.memory_mib("VmRSS")
        for form, slow in (("jsonl", False), ("json", False), ("csv", False), ("jsonl", True)):
            size, first, took = _read(instance, campaign, form, slow=slow)
            print(
                f"{form}, {'slow' if slow else 'quick'} reader: {size / 1e6:.0f} MB in {took:.1f} s, "
                f"first byte {first * 1000:.0f} ms, resident {idle:.0f} MiB when idle, "
                f"peak {ours.memory_mib('VmHWM'):.0f} MiB",
                flush=True,
            )
        return ours.memory_mib("VmHWM") - idle
    finally:
        ours.close()


def _read(
    instance: Instance, campaign: str, form: str, *, slow: bool
) -> tuple[int, float, float]:
    """Bytes, and seconds to the first and to the last of them."""
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", instance.port, timeout=60)
    path = f"/api/campaigns/{campaign}/transcripts?format={form}"
    connection.request("GET", path, headers=_key(instance))
    response = connection.getresponse()
    first, size = 0.0, 0
    for number, piece in enumerate(iter(lambda: response.read(64 * 1024), b"")):
        first = first or time.perf_counter() - began
        size += len(piece)
        if slow and number < 20:
            time.sleep(0.2)
    connection.close()
    return size, first, time.perf_counter() - began


def _key(instance: Instance) -> dict[str, str]:
    return {"Authorization": f"Bearer {instance.fixtures['A']['key_owner']}"}
