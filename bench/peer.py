"""The same participants and model for us and for a peer, Geiecke's interview application."""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final, Protocol

from bench.commands import ROOT
from bench.people import Called, Heard, People, Person, rich
from bench.server import Process, free_port, fresh
from bench.trees import Tree
from bench.turn import ANSWERS
from bench.verdicts import Verdict, judged, percentile, spread

PEER: Final = "https://github.com/friedrichgeiecke/interviews"
GOALS: Final = {"turn CPU": 0.10, "opening CPU": 0.06, "joining": 0.15, "PSS": 0.6}
"""Ours ÷ the peer's, from performance.md 13 (17 and 18)."""


@dataclass
class Round:
    """What one of the two did in a round: CPU in ms each, waits in seconds, PSS in MiB."""

    opening_cpu: float
    turn_cpu: float
    joined: float
    """Until the last of those who join at once has the first question."""
    turns: Sequence[float]
    pss: float
    calls: float
    """Of the model, for each turn."""
    wrong: Sequence[str] = field(default_factory=list)


class Side(Protocol):
    """One of the two servers, and its participants."""

    tree: Tree

    def join(self, count: int) -> Heard: ...

    def talk(self, answers: int) -> Heard: ...

    def leave(self) -> None: ...


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--peer-dir", type=Path, help="a folder with the peer and its .venv")
    parser.add_argument("--n", type=int, default=25, help="participants at once")
    parser.add_argument("--answers", type=int, default=3, help="of each in a round")
    parser.add_argument("--think", default="1,3", help="seconds before an answer, from and to")
    parser.add_argument("--rounds", type=int, default=3, help="A B B A …, this often")


def run(given: argparse.Namespace) -> None:
    if why := missing(given.peer_dir):
        print(f"skipped: {why}")
        return
    low, high = (float(part) for part in given.think.split(","))
    with _model() as port, _ours(port, (low, high), given) as ours, \
            _theirs(given.peer_dir, port, (low, high)) as theirs:  # fmt: skip
        sides: dict[str, Side] = {"ours": ours, "peer": theirs}
        done: dict[str, list[Round]] = {name: [] for name in sides}
        alone: list[float] = []
        for side in sides.values():  # warms up
            _round(side, port, 3, 1)
        for number in range(given.rounds):
            alone += [_alone(port, number * 100 + n) for n in range(10)]
            for name in sides if number % 2 == 0 else reversed(sides):
                done[name].append(_round(sides[name], port, given.n, given.answers))
        report(done, alone, given)


def missing(folder: Path | None) -> str:
    """Why the peer cannot be measured; empty when it can."""
    if folder is None:
        return f"no --peer-dir was given: a folder with a clone of {PEER} and its .venv"
    if _application(folder) is None:
        return f"{folder} has neither code/interview.py nor interview.py of {PEER}"
    if _python(folder) is None:
        return f"{folder} has no virtual environment .venv or venv with the peer's requirements"
    return ""


def _application(folder: Path) -> Path | None:
    places = (folder / "code", folder)
    return next((place for place in places if (place / "interview.py").exists()), None)


def _python(folder: Path) -> Path | None:
    places = (folder / name / "bin" / "python" for name in (".venv", "venv"))
    return next((place.absolute() for place in places if place.exists()), None)


def _round(side: Side, model: int, people: int, answers: int) -> Round:
    cpu = side.tree.cpu_seconds()
    joined = side.join(people)
    opened, asked = side.tree.cpu_seconds(), _calls(model)
    talked = side.talk(answers)
    spent, pss = side.tree.cpu_seconds(), side.tree.pss_mib()
    ended = _calls(model)
    side.leave()
    wrong = [*joined.wrong, *talked.wrong]
    if not (joined.openings and talked.turns):
        wrong = wrong or ["nobody was answered"]
    if len(joined.openings) != people or len(talked.turns) != people * answers:
        wrong = wrong or [f"{len(talked.turns)} of {people * answers} answers were heard"]
    turns = max(1, len(talked.turns))
    return Round(
        opening_cpu=(opened - cpu) / people * 1e3,
        turn_cpu=(spent - opened) / turns * 1e3,
        joined=max(joined.openings, default=0.0),
        turns=talked.turns,
        pss=pss,
        calls=(ended - asked) / turns,
        wrong=wrong,
    )


@contextmanager
def _model() -> Iterator[int]:
    port = free_port()
    words = [sys.executable, "-P", "-m", "bench.peer_model", str(port)]
    process = Process(words, dict(os.environ), port)
    try:
        yield port
    finally:
        process.close()


def _calls(port: int) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/calls", timeout=10) as told:
        return int(json.load(told))


def _alone(port: int, number: int) -> float:
    """Seconds of the model itself."""
    body = json.dumps({"messages": [{"role": "user", "content": str(number)}]}).encode()
    began = time.perf_counter()
    with urllib.request.urlopen(
        f"http://127.0.0.1:{port}/v1/chat/completions", body, timeout=10
    ):
        pass
    return time.perf_counter() - began


class Ours:
    """Our server with the model, on SQLite."""

    def __init__(
        self, process: Process, think: tuple[float, float], links: Iterator[str]
    ) -> None:
        self.tree = Tree.of(process)
        self._make = partial(People, process.port, links, think)
        self._seed = random.Random(1)
        self._people: People | None = None
        self._begun: list[Person] = []

    def join(self, count: int) -> Heard:
        self._people = self._make(seed=self._seed.randrange(10**6))
        self._begun, heard = self._people.join(count)
        return heard

    def talk(self, answers: int) -> Heard:
        assert self._people is not None
        return self._people.talk(self._begun, answers)

    def leave(self) -> None:
        self._people = None


@contextmanager
def _ours(model: int, think: tuple[float, float], given: argparse.Namespace) -> Iterator[Ours]:
    settings = {
        "TRUSTED_PROXIES": "1",
        "LLM_BASE_URL": f"http://127.0.0.1:{model}/v1",
        "LLM_MODEL": "stand-in",
    }
    with fresh("", **settings) as instance:
        rich(instance)
        process = instance.process("interviewrelay", "serve", port=instance.port)
        try:
            called = Called(instance, process)
            called.call("DELETE", f"/api/webhooks/{called.given['webhook_id']}")
            links = iter(called.links((given.rounds + 1) * given.n + 10))
            yield Ours(process, think, links)
        finally:
            process.close()


class Theirs:
    """The peer's server, and its participants in a process of the peer's environment."""

    def __init__(self, process: Process, people: "subprocess.Popen[str]") -> None:
        self.tree, self._people = Tree.of(process), people

    def join(self, count: int) -> Heard:
        told = self._do(do="join", count=count)
        return Heard(openings=told["taken"], wrong=told["wrong"])

    def talk(self, answers: int) -> Heard:
        told = self._do(do="talk", answers=answers)
        return Heard(turns=told["taken"], wrong=told["wrong"])

    def leave(self) -> None:
        self._do(do="leave")

    def _do(self, **what: Any) -> Any:
        assert self._people.stdin
        assert self._people.stdout
        self._people.stdin.write(json.dumps(what) + "\n")
        self._people.stdin.flush()
        return json.loads(self._people.stdout.readline())


@contextmanager
def _theirs(folder: Path, model: int, think: tuple[float, float]) -> Iterator[Theirs]:
    """On a copy of the peer, whose data lies beside it."""
    application, python = _application(folder), _python(folder)
    assert application
    assert python
    with tempfile.TemporaryDirectory(prefix="bench-peer-") as scratch:
        code = Path(scratch) / "code"
        without = shutil.ignore_patterns(".venv", "venv", ".git")
        shutil.copytree(application, code, ignore=without)
        secrets = "".join(f'{name} = "stand-in"\n' for name in ("API_KEY_OPENAI", "API_KEY"))
        (code / ".streamlit").mkdir(exist_ok=True)
        (code / ".streamlit" / "secrets.toml").write_text(secrets)
        port = free_port()
        served = [str(python), "-P", "-m", "streamlit", "run", "interview.py", "--server.headless=true",
                  f"--server.port={port}", "--server.address=127.0.0.1"]  # fmt: skip
        told = {**os.environ, "OPENAI_BASE_URL": f"http://127.0.0.1:{model}/v1"}
        process = Process(served, told, port, folder=code)
        words = [str(python), "-P", str(ROOT / "bench" / "peers" / "streamlit_people.py"), str(port),
                 *(str(part) for part in think), json.dumps(ANSWERS)]  # fmt: skip
        people = subprocess.Popen(words, cwd=scratch, text=True, stdin=subprocess.PIPE,
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # fmt: skip
        try:
            yield Theirs(process, people)
        finally:
            people.kill()
            people.wait(10)
            process.close()


def report(done: dict[str, list[Round]], alone: list[float], given: argparse.Namespace) -> None:
    print(f"\n## Ours beside the peer: {given.n} participants, {given.think} s to think,"
          f" {given.answers} answers each, {given.rounds} rounds,"
          f" load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")  # fmt: skip
    print("Ours: one process on SQLite, asked over HTTP by asyncio, answers come whole; the peer:"
          " Streamlit, asked over its websocket from its own environment, answers come word by"
          f" word. The model alone: p50 {percentile(alone, 50) * 1e3:.0f} ms.\n")  # fmt: skip
    print("| | ours | peer | ours ÷ peer | aim | |\n|---|---|---|---|---|---|")
    for line in lines(done["ours"], done["peer"]):
        print(line, flush=True)


def lines(ours: list[Round], peer: list[Round]) -> list[str]:
    """Ratios of each round, then their median; one error voids all."""
    if wrong := [fault for one in (*ours, *peer) for fault in one.wrong]:
        return [f"| void: {wrong[0]} | | | | | |"]
    made = []
    for name, aim, take, digits in (
        ("CPU ms a turn", "turn CPU", lambda r: r.turn_cpu, 1),
        ("CPU ms an opening", "opening CPU", lambda r: r.opening_cpu, 1),
        ("s until the last who join at once is asked", "joining", lambda r: r.joined, 2),
        ("PSS MiB of all processes", "PSS", lambda r: r.pss, 0),
        ("turn p50 ms", "", lambda r: percentile(r.turns, 50) * 1e3, 0),
        ("turn p95 ms", "", lambda r: percentile(r.turns, 95) * 1e3, 0),
        ("calls of the model a turn", "", lambda r: r.calls, 2),
    ):
        mine, theirs = [take(r) for r in ours], [take(r) for r in peer]
        ratios = [a / b for a, b in zip(mine, theirs, strict=True) if b]
        limit = f"≤ {GOALS[aim]:g}" if aim else "–"
        verdict: Verdict = judged(ratios, most=GOALS[aim]) if aim else ""
        ratio = spread(ratios, 3) if ratios else "–"
        made.append(
            f"| {name} | {spread(mine, digits)} | {spread(theirs, digits)} | {ratio} |"
            f" {limit} | {verdict or '–'} |"
        )
    return made
