"""What is printed of a measure: its value, its aim, and whether the one keeps the other."""

import math
import os
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["PASS", "FAIL", "UNSURE", "void", ""]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table. A row without an aim has no verdict; one with errors is void."""

    name: str
    value: str
    aim: str = ""
    verdict: Verdict = ""

    def __str__(self) -> str:
        return f"| {self.name} | {self.value} | {self.aim or '–'} | {self.verdict or '–'} |"


def judged(
    rounds: Sequence[float], *, most: float = math.inf, least: float = -math.inf
) -> Verdict:
    """PASS where every round keeps the aim, FAIL where none does, else UNSURE; void without a round."""
    kept = [least <= value <= most for value in rounds]
    if not kept:
        return "void"
    return "PASS" if all(kept) else "UNSURE" if any(kept) else "FAIL"


def spread(rounds: Sequence[float], digits: int = 2) -> str:
    """Median [lowest–highest]; of one round its value."""
    middle = f"{statistics.median(rounds):.{digits}f}"
    if len(rounds) == 1:
        return middle
    return f"{middle} [{min(rounds):.{digits}f}–{max(rounds):.{digits}f}]"


def percentile(taken: Sequence[float], percent: float) -> float:
    """The smallest of these values that so many per cent of them do not exceed."""
    ordered = sorted(taken)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def heading(title: str) -> None:
    """The head of a table, with what else the machine did just then."""
    print(f"\n## {title}, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
    print("| | value | aim | |")
    print("|---|---|---|---|", flush=True)


def tell(*rows: Row) -> None:
    for row in rows:
        print(row, flush=True)
