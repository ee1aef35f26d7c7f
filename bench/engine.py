"""The interviewer alone: processor time per turn in whole interviews, and the cost of importing
it.
"""

import argparse
import gc
import random
import statistics
import subprocess
import sys
import time
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from bench.interviews import material, people_of, personas
from bench.interviews.participant import Participant
from bench.interviews.routes import MOST_TURNS
from interviewrelay.scripts.document import ScriptDocument
from interviewrelay.simulations import preview

MOMENTS: Final = Path(__file__).parent / "listening/moments"

OPENING: Final = """
import time

def peak():
    told = open("/proc/self/status").read()
    return int(told.split("VmHWM:")[1].split()[0]) / 1024

before, began, spent = peak(), time.perf_counter(), time.process_time()
from interviewrelay.interviewer.dialogue import controller
print(time.perf_counter() - began, time.process_time() - spent, peak() - before, peak())
"""
"""Code run in a new process: seconds, processor seconds, and MiB, added and in total."""

FIRST: Final = """
import time
from bench import engine
from interviewrelay.interviewer.dialogue import warm_up as warming_up

warming_up.warm_up()
talk = engine.preview.start_interview(engine.long_guide(), "first")
text = "I waited two hours and nobody told me why. The nurse was kind, and I was afraid."
spent = time.process_time()
talk.answer(text)
print(time.process_time() - spent)
"""
"""Code run in a new process: processor seconds of the first answer."""

AIM_FIRST_MS: Final = 100.0
AIM_MS: Final = 5.0
AIM_IMPORT_S: Final = 0.5
AIM_MIB: Final = 60.0


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--sheets", type=int, default=4, help="people per study")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--imports", type=int, default=5)


def run(given: argparse.Namespace) -> None:
    opened = [_printed(OPENING) for _ in range(given.imports)]
    first = statistics.median(_printed(FIRST)[0] for _ in range(given.imports))
    wall, cpu, taken, whole = (
        statistics.median(column) for column in zip(*opened, strict=True)
    )
    print("| what | value | aim |")
    print("|---|---|---|")
    print(f"| import, s (median of {given.imports}) | {wall:.2f} | {AIM_IMPORT_S} |")
    print(f"| of it processor, s | {cpu:.2f} | |")
    print(f"| memory taken by it, MiB | {taken:.0f} | {AIM_MIB:.0f} |")
    print(f"| memory of the process, MiB | {whole:.0f} | |")
    print(f"| first answer after a start, ms | {first * 1000:.0f} | {AIM_FIRST_MS:.0f} |")
    spent = turns(given.sheets, given.seed)
    cuts = statistics.quantiles(spent, n=100)
    print(f"| turns | {len(spent)} | |")
    for name, value in (
        ("p50", cuts[49]), ("mean", statistics.fmean(spent)), ("p95", cuts[94]),
        ("p99", cuts[98]), ("longest", max(spent)),
    ):  # fmt: skip
        print(f"| processor a turn, {name}, ms | {value * 1000:.2f} | {AIM_MS} |")
    print(_grid(given.seed))


def turns(each: int, seed: int) -> list[float]:
    """Processor seconds of each turn, in whole interviews with all kinds of people and studies."""
    people = people_of(material.STUDIES, each, seed, personas.named(""))
    spent: list[float] = []
    for person in people:
        held = _held(Participant(person))
        spent += held if spent else held[5:]  # skip the warm-up
    return spent


def _held(person: Participant) -> list[float]:
    talk = preview.start_interview(person.sheet.study.script, person.sheet.id)
    spent: list[float] = []
    while (
        (asked := talk.open_question) is not None
        and not person.gone
        and len(spent) < MOST_TURNS
    ):
        answer = person.answer(asked.text).answer
        gc.collect(0)  # exclude garbage of the simulated people
        began = time.process_time()
        talk.answer(answer)
        spent.append(time.process_time() - began)
    return spent


def _printed(code: str) -> tuple[float, ...]:
    told = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True
    )
    return tuple(float(word) for word in told.stdout.split())


LENGTHS: Final = (10, 50, 200, 1_000)
TURNS: Final = (5, 20, 50, 100)
"""Words per answer, and earlier answers, in the grid."""
AROUND: Final = 3
"""Answers of one length around each of these turns."""
ORDINARY: Final = 30


def _grid(seed: int) -> str:
    """Milliseconds of processor time by the length of an answer and the number of earlier
    answers. The cost should depend on the answer's length, not on the interview's.
    """
    rng = random.Random(seed)
    said = [moment["said"] for moment in _told()]
    spent: dict[tuple[int, int], list[float]] = defaultdict(list)
    for length in LENGTHS:
        talk = preview.start_interview(long_guide(), f"grid {length}")
        for number in range(1, TURNS[-1] + AROUND):
            if talk.move.ends:
                break
            at = next((turn for turn in TURNS if abs(number - turn) < AROUND), None)
            text = _words_of(rng, said, length if at else ORDINARY)
            began = time.process_time()
            talk.answer(text)
            if at is not None:
                spent[length, at].append(time.process_time() - began)
    heads = " | ".join(f"answer {turn}" for turn in TURNS)
    lines = [f"| words | {heads} |", "|---" * (len(TURNS) + 1) + "|"]
    for length in LENGTHS:
        cells = (
            f"{statistics.median(spent[length, turn]) * 1000:.1f}"
            if spent[length, turn]
            else "–"
            for turn in TURNS
        )
        lines.append(f"| {length} | {' | '.join(cells)} |")
    return "\n".join(["", "Processor of a turn, ms:", "", *lines])


def _told() -> Iterator[dict[str, Any]]:
    for path in sorted(MOMENTS.glob("*/en.toml")):
        yield from tomllib.loads(path.read_text(encoding="utf-8"))["moment"]


def _words_of(rng: random.Random, said: Sequence[str], count: int) -> str:
    told: list[str] = []
    while len(told) < count:
        told += rng.choice(said).split()
    return " ".join(told[:count])


def long_guide() -> Mapping[str, Any]:
    places = [f"What was it like in place number {n}?" for n in range(60)]
    questions = [
        {"id": f"q{n}", "text": text, "depth": "deep"} for n, text in enumerate(places)
    ]
    told = {"name": "Places", "target_minutes": 180, "questions": questions}
    return ScriptDocument.model_validate(told).document()
