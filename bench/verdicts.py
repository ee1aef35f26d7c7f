"""Printed results: a value, its target, and whether it is met."""

import math
import os
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["PASS", "FAIL", "UNSURE", "void", ""]


@dataclass(frozen=True, slots=True)
class Row:
    """Table row. Without a target it has no verdict; with errors it is void."""

    name: str
    value: str
    aim: str = ""
    verdict: Verdict = ""

    def __str__(self) -> str:
        return f"| {self.name} | {self.value} | {self.aim or '–'} | {self.verdict or '–'} |"


def judged(
    rounds: Sequence[float], *, most: float = math.inf, least: float = -math.inf
) -> Verdict:
    """PASS if every round meets the target, FAIL if none does, else UNSURE; void without rounds."""
    kept = [least <= value <= most for value in rounds]
    if not kept:
        return "void"
    return "PASS" if all(kept) else "UNSURE" if any(kept) else "FAIL"


def spread(rounds: Sequence[float], digits: int = 2) -> str:
    """Median [lowest–highest]; for one round its value."""
    middle = f"{statistics.median(rounds):.{digits}f}"
    if len(rounds) == 1:
        return middle
    return f"{middle} [{min(rounds):.{digits}f}–{max(rounds):.{digits}f}]"


def percentile(taken: Sequence[float], percent: float) -> float:
    """Smallest value that this percentage of the values don't exceed."""
    ordered = sorted(taken)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def heading(title: str) -> None:
    """Print the head of a table, with the machine's load."""
    print(f"\n## {title}, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
    print("| | value | target | |")
    print("|---|---|---|---|", flush=True)


def tell(*rows: Row) -> None:
    for row in rows:
        print(row, flush=True)
