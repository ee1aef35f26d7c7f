"""Result table with a row per check and database."""

import math
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bench.chaos.clients import Record
from bench.chaos.judging import Finding
from interviewrelay import __version__

SHOWN: Final = 5
"""Lines per kind of fault in a row; the rest is counted."""
COLUMNS: Final = (
    "check", "database", "kills, faults", "requests", "confirmed", "lost", "doubled", "slowest",
    "requirement", "",
)  # fmt: skip


@dataclass(slots=True)
class Row:
    """Result of a check. `doubles` are allowed for all kills together. `slowest` are the seconds
    of the slowest restart or recovery, which may take `within`. `short_of` says what wasn't
    done, `missing` why the check didn't run.
    """

    check: str
    database: str
    held_to: str = ""
    kills: int = 0
    asked: int = 0
    acknowledged: int = 0
    doubles: int = 0
    slowest: float | None = None
    within: float = math.inf
    finding: Finding = field(default_factory=Finding)
    short_of: str = ""
    missing: str = ""

    def take(self, record: Record, finding: Finding) -> None:
        self.asked, self.acknowledged, self.finding = record.asked, record.acknowledged, finding

    @property
    def faults(self) -> list[str]:
        """Reasons why the check fails, one per line."""
        told = [f"lost: {line}" for line in self.finding.lost[:SHOWN]]
        if len(self.finding.doubled) > self.doubles:
            told += [f"doubled: {line}" for line in self.finding.doubled[:SHOWN]]
        told += self.finding.wrong[:SHOWN]
        if len(self.finding.wrong) > SHOWN:
            told.append(f"and {len(self.finding.wrong) - SHOWN} more problems")
        if self.slowest is not None and self.slowest > self.within:
            told.append(f"{self.slowest:.2f} s until it was back; allowed: {self.within:g}")
        if self.short_of:
            told.append(self.short_of)
        if not self.acknowledged:
            told.append("nothing was confirmed, so nothing is proved")
        return told

    @property
    def verdict(self) -> str:
        if self.missing:
            return f"not run: {self.missing}"
        return "FAIL" if self.faults else "PASS"

    @property
    def good(self) -> bool:
        """Whether the run may succeed: a check that didn't run has proved nothing."""
        return self.verdict == "PASS"

    def cells(self) -> Sequence[str]:
        if self.missing:
            return (self.check, self.database, *("–",) * 6, self.held_to, self.verdict)
        return (
            self.check,
            self.database,
            f"{self.kills}",
            f"{self.asked}",
            f"{self.acknowledged}",
            f"{len(self.finding.lost)}",
            f"{len(self.finding.doubled)}",
            "–" if self.slowest is None else f"{self.slowest:.2f} s",
            self.held_to,
            self.verdict,
        )


def head(seed: int) -> None:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"InterviewRelay {__version__} {commit}, seed {seed}; load {load}", flush=True)


def report(rows: Sequence[Row], seconds: float) -> bool:
    """Print all rows, and return whether they are good."""
    print(f"\n| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}")
    for row in rows:
        print(f"| {' | '.join(row.cells())} |")
    for row in rows:
        explain(row)
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{seconds:.0f} s; load {load}", flush=True)
    return all(row.good for row in rows)


def explain(row: Row) -> None:
    """Print why the check fails, if it does."""
    for fault in [] if row.missing else row.faults:
        print(f"{row.check}, {row.database}: {fault}", flush=True)
