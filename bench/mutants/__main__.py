"""Run the tests against every mutant and list the ones that no test detects; see scripts/mutate."""

import argparse
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.mutants.changes import Mutant, mutants
from bench.mutants.running import path_of, survivors

ACCEPTED = Path(__file__).with_name("accepted.txt")
FOLDER = "tests/interviewer"
WORDING = [
    f"{FOLDER}/wording/test_{name}.py" for name in ("style_words", "style_rules", "tables")
]
MOVES = [
    f"{FOLDER}/{name}.py"
    for name in (
        "dialogue/test_controller",
        "test_interview_flow",
        "acts/test_talking_back",
        "dialogue/test_summary_check",
    )
]
TESTS = {
    "dialogue.controller": [f"--confcutdir={FOLDER}", *MOVES],
    "wording.style_rules": [
        "--noconftest",
        *WORDING,
        f"{FOLDER}/wording/test_question_rules.py",
    ],
}
"""Tests for each module, as arguments of pytest: the most effective ones first, without the
slow-loading application.
"""


def main() -> int:
    reader = argparse.ArgumentParser(prog="scripts/mutate", description=__doc__)
    reader.add_argument("modules", nargs="*", metavar="MODULE", help=" ".join(TESTS))
    reader.add_argument("--jobs", type=int, default=1, help="parallel processes")
    reader.add_argument("--only", default="", help="only mutants whose name contains this")
    reader.add_argument("--list", action="store_true", help="only list the mutants")
    wanted = reader.parse_args()
    modules = wanted.modules or [*TESTS]
    if len(modules) > 1:  # one module's loaded tests would hide the next one's changes
        options = [f"--jobs={wanted.jobs}", f"--only={wanted.only}", *["--list"] * wanted.list]
        alone = [sys.executable, "-P", "-m", "bench.mutants", *options]
        return max(
            subprocess.run([*alone, module], check=False).returncode for module in modules
        )
    known, unexplained = accepted(), 0
    for module in modules:
        source = path_of(module).read_text()
        tried = [
            m for m in mutants(source, module.rpartition(".")[2]) if wanted.only in m.change
        ]
        if wanted.list:
            print(*(f"{module}:{m.line}: {m.change}" for m in tried), sep="\n")
            continue
        survived = survivors(module, tried, TESTS[module], wanted.jobs)
        unexplained += report(module, tried, survived, known)
    return int(unexplained > 0)


def accepted() -> dict[str, str]:
    """Equivalent mutants, each with its reason."""
    found, reason = {}, ""
    for line in ACCEPTED.read_text().splitlines():
        if line.startswith("# "):
            reason = line[2:]
        elif line:
            found[line] = reason
    return found


def report(
    module: str, tried: Sequence[Mutant], survived: Sequence[Mutant], known: Mapping[str, str]
) -> int:
    """Print the results; returns how many survived without a reason, or have one and didn't
    survive.
    """
    names = {m.change for m in survived}
    new = [m for m in survived if m.change not in known]
    stale = [m for m in tried if m.change in known and m.change not in names]
    print(f"{module}: killed {len(tried) - len(survived)} of {len(tried)}")
    for mutant in survived:
        if mutant.change in known:
            print(f"  explained: {mutant.change}\n    {known[mutant.change]}")
    for mutant in new:
        print(f"  survived: {module}:{mutant.line}: {mutant.change}")
    for mutant in stale:
        print(f"  killed, though it has a reason: {mutant.change}")
    print(f"  {len(new) + len(stale)} unexplained", flush=True)
    return len(new) + len(stale)


sys.exit(main())
