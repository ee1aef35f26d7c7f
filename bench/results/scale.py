"""Time and memory of the analysis of a thousand interviews without a language model, and the time of
the results pages.

The interviews are those of the demonstration data, put together anew in pairs, with words added to
each answer so that no two are alike.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import false, insert, select

from bench.server import Caller, Instance, Process, databases, fresh, later
from interviewrelay.core.config import settings
from interviewrelay.core.db import session
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.ids import new_id
from interviewrelay.factory import create_app
from interviewrelay.models import Consent, Interview, Invite, TurnRow

FIRST_GOAL, WHOLE_GOAL, PAGE_GOAL = 2.0, 60.0, 0.3
"""Seconds until the first findings, until the end, and for a page."""
MEMORY_GOAL: Final = 300
"""MiB that the server's largest process may need at most."""
ROUNDS: Final = 9
ADDED: Final = 8
"""Words added to each answer."""
CHUNK: Final = 50


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--interviews", type=int, default=1_000, help="interviews of the part `scale`"
    )


def run(given: argparse.Namespace) -> None:
    for name, server in databases(given):
        with fresh(server, OPERATIONS_TOKEN="bench") as instance:
            answers = _fill(instance, given.interviews)
            process = instance.process("interviewrelay", "serve", port=instance.port)
            try:
                _measure(name, instance, process, given.interviews, answers)
            finally:
                process.close()


def _measure(
    name: str, instance: Instance, process: Process, interviews: int, answers: int
) -> None:
    a = instance.fixtures["A"]
    caller = Caller(instance.port)
    key = {"Authorization": f"Bearer {a['key_owner']}"}
    study = f"/api/campaigns/{a['campaign_id']}"
    at_rest = process.memory_mib("VmRSS")
    began = time.perf_counter()
    status, _ = caller.call("POST", f"{study}/analysis", None, key)
    if status != 202:
        raise RuntimeError(f"the analysis was answered {status}")
    first = _until(lambda: _read(caller, f"{study}/findings", key)["findings"]) - began
    done = _until(
        lambda: _read(caller, f"{study}/analysis", key)["analysis"]["status"] == "completed"
    )
    whole, peak = done - began, process.memory_mib("VmHWM")
    print(f"\n## {name}: {interviews:,} interviews, {answers:,} answers\n")
    print("| figure | value | goal | |\n|---|---|---|---|")
    _tell("first findings", first, FIRST_GOAL, "s")
    _tell("whole analysis", whole, WHOLE_GOAL, "s")
    _tell(f"peak memory (at rest {at_rest:.0f} MiB)", peak, MEMORY_GOAL, "MiB")
    for path in ("findings", "matrix?limit=50", "analysis"):
        _tell(f"GET {path}", _typical(caller, f"{study}/{path}", key), PAGE_GOAL, "s")


def _tell(figure: str, value: float, goal: float, unit: str) -> None:
    verdict = "met" if value <= goal else "MISSED"
    print(f"| {figure} | {value:.2f} {unit} | {goal:g} {unit} | {verdict} |", flush=True)


def _read(caller: Caller, path: str, key: dict[str, str]) -> Any:
    status, answer = caller.call("GET", path, None, {**key, "X-Test-Now": later()})
    if status != 200:
        raise RuntimeError(f"{path} was answered {status}: {answer}")
    return answer


def _until(holds: Callable[[], object]) -> float:
    """Time at which it first holds."""
    give_up = time.perf_counter() + 600
    while not holds():
        if time.perf_counter() > give_up:
            raise RuntimeError("the analysis took more than ten minutes")
        time.sleep(0.1)
    return time.perf_counter()


def _typical(caller: Caller, path: str, key: dict[str, str]) -> float:
    """Median seconds of a read."""
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        _read(caller, path, key)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def _fill(instance: Instance, count: int) -> int:
    """Add interviews to the campaign of the demonstration data; returns the number of answers."""
    app = create_app(settings.read_settings(instance.environment))
    draw = random.Random(22)
    answers = 0
    with app.app_context():
        models = (Interview, Invite, Consent)
        ended = db.session.execute(
            select(*models)
            .join(Invite, Invite.id == Interview.invite_id)
            .join(Consent, Consent.id == Interview.consent_id)
            .where(
                Interview.campaign_id == instance.fixtures["A"]["campaign_id"],
                Interview.status == "completed",
                Interview.test == false(),
            )
        ).all()
        turns = {row.id: _rows_of(row.id) for row, _, _ in ended}
        words = [
            word
            for own in turns.values()
            for turn in own
            if turn["speaker"] == "participant"
            for word in turn["text"].split()
        ]
        for first in range(0, count, CHUNK):
            with transaction():
                for number in range(first, min(first + CHUNK, count)):
                    one, other = draw.sample(ended, 2)
                    parts = [turns[one[0].id], turns[other[0].id]]
                    answers += _copy(number, one, parts, words, draw)
        session.dispose()
    return answers


def _rows_of(interview_id: str) -> list[dict[str, Any]]:
    rows = db.session.execute(
        select(TurnRow).where(TurnRow.interview_id == interview_id).order_by(TurnRow.number)
    )
    return [_values(row) for row in rows.scalars()]


def _values(row: Any) -> dict[str, Any]:
    return {
        attribute.key: getattr(row, attribute.key) for attribute in row.__mapper__.column_attrs
    }


def _copy(
    number: int,
    source: Any,
    parts: list[list[dict[str, Any]]],
    words: list[str],
    draw: random.Random,
) -> int:
    """One interview with the turns of two; returns the number of its answers."""
    interview, invite, consent = map(_values, source)
    later_by = timedelta(seconds=number)
    ids = {"interview": new_id(), "invite": new_id(), "consent": new_id()}
    address = f"p{number}@load.example"
    db.session.execute(insert(Consent), [{**consent, "id": ids["consent"]}])
    invite |= {"id": ids["invite"], "email": address, "mark": ids["invite"]}
    db.session.execute(insert(Invite), [invite])
    interview |= {
        "id": ids["interview"], "invite_id": ids["invite"], "consent_id": ids["consent"],
        "participant_email": address, "started_at": interview["started_at"] + later_by,
    }  # fmt: skip
    db.session.execute(insert(Interview), [interview])
    rows = list(_renumbered(ids["interview"], parts, words, draw))
    db.session.execute(insert(TurnRow), rows)
    return sum(row["speaker"] == "participant" for row in rows)


def _renumbered(
    interview_id: str,
    parts: list[list[dict[str, Any]]],
    words: list[str],
    draw: random.Random,
) -> Iterator[dict[str, Any]]:
    # A part that ends with the interviewer's words would be followed by a question.
    flat = [turn for part in parts for turn in (part[:-1] if len(part) % 2 else part)]
    for number, turn in enumerate(flat, 1):
        text = turn["text"]
        if turn["speaker"] == "participant" and text:
            text += " " + " ".join(draw.choices(words, k=ADDED)) + "."
        yield {
            **turn, "id": new_id(), "interview_id": interview_id, "number": number,
            "text": text, "client_turn_id": None,
        }  # fmt: skip
