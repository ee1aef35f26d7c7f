"""The steps of `.ci/run`, `scripts/smoke` and `scripts/gate`: what each runs, and in which order.

usage: scripts/steps.py ci|smoke|gate [--list] [STEP…]

Installs what the chosen steps need, as root; what cannot be installed is a failure. Runs as many
steps at once as the processors allow, goes on after a red one, and ends with a table.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
LOGS: Final = ROOT / "build" / "steps"
PYTEST: Final = ".venv/bin/python -P -u -m pytest"
SERVICES: Final = "scripts/services"
POLL: Final = 0.2
"""Seconds between two looks at the steps that run."""

HEADLESS: Final = "chromium-headless-shell"
PACKAGES: Final = {
    "chattr": "e2fsprogs",
    HEADLESS: HEADLESS,
    "faketime": "faketime",
    "ffmpeg": "ffmpeg",
    "fiu-run": "fiu-utils libfiu0",
    "git": "git",
    "nginx": "nginx-light",
    "node": "nodejs",
    "npm": "npm",
    "objdump": "binutils",
    "pdftotext": "poppler-utils",
    "redis-server": "redis-server",
    "systemd-analyze": "systemd",
    "usr/lib/postgresql/*/bin/initdb": "postgresql",
}
"""Program, or pattern of its path, and the Debian packages that bring it."""


@dataclass(frozen=True)
class Step:
    name: str
    what: str
    command: str
    weight: int = 1
    """Processors that it keeps busy."""
    python_alone: bool = False
    """It needs no Debian package."""
    extra: str = ""
    """Lock file of an extra that stays in .venv afterwards: such steps come last."""


@dataclass
class Run:
    step: Step
    process: subprocess.Popen[bytes]
    begun: float = field(default_factory=time.monotonic)

    @property
    def log(self) -> Path:
        return LOGS / f"{self.step.name}.log"


TEST: Final = Step(
    "test", "tests that need Python alone, on SQLite", "./test", 2, python_alone=True
)
CHECK: Final = Step(
    "check", "format, lint, types, layers, lock files", "scripts/check", python_alone=True
)
CLIENTS: Final = (
    Step("python-client", "tests of the Python client", f"{PYTEST} sdk/python/tests"),
    Step(
        "javascript-client",
        "tests of the JavaScript client",
        "cd sdk/javascript && npm ci --ignore-scripts && npm test",
    ),
)
SMOKE: Final = (
    Step(
        "databases",
        "tests of the database on PostgreSQL and Redis, as many as reach every statement",
        f"{SERVICES} {PYTEST} -n 2 --dist worksteal @tests/databases.txt"
        " tests/adapters/test_redis_counters.py",
    ),
    Step(
        "walks",
        "five people in a real browser, with axe",
        f"{PYTEST} -m smoke tests/browser",
    ),
    Step(
        "server",
        "an interview over HTTP on a real server that is killed in the middle",
        f"{PYTEST} -m smoke tests/flows",
    ),
    *CLIENTS,
    Step(
        "wheel",
        "the wheel, installed into an empty place and served",
        f"{PYTEST} -m smoke tests/release",
    ),
)
GATE: Final = (
    TEST,
    CHECK,
    Step(
        "long",
        "tests that take long or call other programs",
        f"{PYTEST} -n 2 --dist worksteal -m gate",
        2,
    ),
    # What never meets a database is left out here, and so are pages and operations whose
    # statements are those of the tests of the domain; coverage told which are not.
    Step(
        "databases",
        "tests of the database on PostgreSQL and Redis",
        f"{SERVICES} {PYTEST} -n 3 --dist worksteal -m database"
        " tests/backups/test_{drill,restore,restore_killed}.py"
        " tests/{accounts,billing,campaigns,core/db,dashboard,demo,insights,interviews,mail,notes}"
        " tests/{notifications,operations,organizations,privacy,recordings,runtime,scripts,search}"
        " tests/{simulations,tenants,transcripts,webhooks} tests/rules/test_migrations.py"
        " tests/web/campaigns/test_{invites_api,opened_links}.py"
        " tests/web/dashboard/test_quick_search.py tests/web/http/test_{lists,query_counts}.py"
        " tests/web/middleware/test_idempotency.py tests/web/participant/test_answer_review.py"
        " tests/web/sessions/test_{erased_pages,session_list}.py",
        2,
    ),
    Step(
        "flows",
        "servers on SQLite: crashes, disk faults, restarts, webhooks",
        # The files that are left out run beside PostgreSQL, in the step fleet.
        f"{PYTEST} -n 2 --dist worksteal tests/flows"
        " --ignore tests/flows/test_fleet.py --ignore tests/flows/test_processes.py",
    ),
    Step(
        "reference",
        "the API reference and hostile input, on SQLite",
        f"{PYTEST} tests/reference tests/hostile",
    ),
    Step(
        "reference-postgresql",
        "the same on PostgreSQL",
        f"{SERVICES} {PYTEST} tests/reference tests/hostile",
    ),
    Step("fuzz", "the API against its OpenAPI document", "scripts/fuzz -n 5 1"),
    Step(
        "chaos",
        "crashes and faults of the disk and of the database",
        # Others may use the machine: whether a restart is quick is measured by itself.
        f"{SERVICES} .venv/bin/python -P -m bench chaos --short --ready 60",
    ),
    Step(
        "scale",
        "PostgreSQL that hangs, stops and disappears",
        f"{SERVICES} {PYTEST} tests/scale",
    ),
    Step(
        "fleet",
        "several processes, and two servers behind nginx, killed and restarted",
        f"{SERVICES} {PYTEST} tests/adapters/test_redis_counters.py"
        " tests/flows/test_{processes,fleet}.py",
    ),
    Step(
        "browser",
        "every page in a browser",
        f"{PYTEST} -n 2 --dist loadfile tests/browser --ignore tests/browser/voice",
        2,
    ),
    *CLIENTS,
    Step(
        "release",
        "the wheel and the single file, each served from an empty place",
        f"{PYTEST} tests/release",
    ),
    Step(
        "s3",
        "files in a bucket that speaks S3",
        f"{PYTEST} -n 2 tests/s3",
        extra="requirements-s3.lock",
    ),
    Step(
        "semantic",
        "semantic similarity",
        f"{PYTEST} tests/semantic",
        extra="requirements-semantic.lock",
    ),
    Step(
        "models",
        "speech models and audio codecs",
        f"{PYTEST} tests/speech_models tests/audio",
        extra="requirements-voice.lock",
    ),
    Step(
        "browser-voice",
        "speaking in a browser, with an engine that stands in",
        f"{PYTEST} -n 2 --dist loadfile tests/browser/voice",
        2,
        extra="requirements-voice.lock",
    ),
    Step(
        "spoken",
        "whole interviews by voice, with the engines of the voice extra",
        f"{PYTEST} -rP tests/spoken",
        2,
        extra="requirements-voice.lock",
    ),
    Step(
        "turn",
        "figures: cost of a turn, and of an interview by API beside the floor",
        ".venv/bin/python -P -m bench turn --turns 60 && .venv/bin/python -P -m bench api"
        " --sessions 50 --rounds 1 --variants floor,interviewrelay",
    ),
    Step(
        "long-texts",
        "processor time by length of input, for whole turns and for each pattern",
        ".venv/bin/python -P -m bench long && .venv/bin/python -P -m bench patterns",
    ),
)
GROUPS: Final = {"ci": (TEST, CHECK, *SMOKE), "smoke": SMOKE, "gate": GATE}


def main() -> None:
    parser = argparse.ArgumentParser(add_help=False, usage="%(prog)s [--list] [STEP…]")
    parser.add_argument("group", choices=GROUPS, help=argparse.SUPPRESS)
    parser.add_argument("--list", action="store_true", dest="shown")
    parser.add_argument("names", nargs="*", metavar="STEP")
    given = parser.parse_args()
    known = {step.name: step for step in GROUPS[given.group]}
    if unknown := [name for name in given.names if name not in known]:
        parser.error(f"no step is called {unknown[0]}; there are: {', '.join(known)}")
    if given.shown:
        for step in known.values():
            print(f"{step.name:<22}{step.what}")
        return
    chosen = [known[name] for name in given.names] or list(known.values())
    os.chdir(ROOT)
    os.environ["PYTHONSAFEPATH"] = "1"  # nothing is imported by the current folder
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # the tests start hundreds of processes
    shutil.rmtree(LOGS, ignore_errors=True)
    LOGS.mkdir(parents=True)
    begun, rows = time.monotonic(), []
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    install(chosen)
    for extra in ("", *dict.fromkeys(step.extra for step in chosen if step.extra)):
        steps = [step for step in chosen if step.extra == extra]
        if extra and subprocess.run(["scripts/setup", extra], check=False).returncode:
            rows += [(step.name, 0.0, 1) for step in steps]
        else:
            rows += run_together(steps)
    red = [name for name, _, code in rows if code]
    print("\nSeconds  Step                  Result")
    for name, seconds, code in rows:
        print(f"{seconds:>7.0f}  {name:<20}  {f'FAILED ({code})' if code else 'passed'}")
    print(f"{time.monotonic() - begun:>7.0f}  in all, set-up included")
    print(f"steps: {len(rows) - len(red)} passed, {len(red)} failed", flush=True)
    sys.exit(bool(red))


def install(steps: list[Step]) -> None:
    """The Debian packages and the environment of the steps."""
    missing = [] if all(step.python_alone for step in steps) else missing_packages()
    if missing:
        print("Installing", *missing, "…", flush=True)
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        known = subprocess.run(
            ["apt-cache", "show", HEADLESS], capture_output=True, check=False
        )
        if known.returncode:  # the whole browser does as well
            missing = ["chromium" if name == HEADLESS else name for name in missing]
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        command = ["apt-get", "install", "-y", "-qq", *missing]
        subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=True)
    subprocess.run(["scripts/setup", "requirements-dev.lock"], check=True)


def missing_packages() -> list[str]:
    path = f"{os.environ['PATH']}:/usr/sbin"
    return [
        package
        for program, packages in PACKAGES.items()
        if not (shutil.which(program, path=path) or any(Path("/").glob(program)))
        for package in packages.split()
    ]


def run_together(steps: list[Step]) -> list[tuple[str, float, int]]:
    """Name, seconds and exit code of each step, in the order in which they ended.

    One more step runs than there are processors: each of them also waits, for a disk or a server.
    """
    room = (os.cpu_count() or 1) + 1
    waiting, running, rows = list(steps), list[Run](), list[tuple[str, float, int]]()
    try:
        while waiting or running:
            busy = sum(run.step.weight for run in running)
            fitting = (step for step in waiting if step.weight + busy <= room or not busy)
            if step := next(fitting, None):
                waiting.remove(step)
                running.append(start(step))
            for run in running[:]:
                if (code := run.process.poll()) is not None:
                    running.remove(run)
                    rows.append((run.step.name, time.monotonic() - run.begun, code))
                    print(f"\n== {run.step.name}: {run.step.what}")
                    print(run.log.read_text(errors="replace"), end="", flush=True)
            time.sleep(POLL)
    finally:
        for run in running:
            os.killpg(run.process.pid, signal.SIGTERM)
    return rows


def start(step: Step) -> Run:
    print(f"Running {step.name} …", flush=True)
    with (LOGS / f"{step.name}.log").open("wb") as log:
        command = ["bash", "-c", f"set -e; {step.command}"]
        return Run(
            step,
            subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            ),
        )


if __name__ == "__main__":
    main()
