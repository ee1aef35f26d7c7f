"""Targets for pages, and which of them a page misses."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from bench.pages.places import Place
from bench.verdicts import spread

KB: Final = 1024
PARTICIPANTS: Final = 60 * KB
"""Bytes of a first visit over the wire; for later pages, what wasn't loaded before."""
PARTICIPANTS_REQUESTS: Final = 5
DESK: Final = 150 * KB
DESK_AGAIN: Final = 30 * KB
SECONDS: Final = 1.0
"""Maximum seconds to the largest contentful paint."""
TASK: Final = 0.050
QUERIES: Final = 12
GROWTH: Final = 1.3
"""Maximum ratio to a thousand sessions."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Visit of a page: bytes over the wire and, for each round, the seconds to the largest paint
    and of the longest task.
    """

    bytes: int
    requests: int
    paint: tuple[float, ...]
    task: tuple[float, ...]
    shift: float


@dataclass(frozen=True, slots=True)
class Measured:
    """Page with its first and repeat visit."""

    place: Place
    first: Visit
    again: Visit
    queries: int


def missed(page: Measured) -> list[str]:
    """Columns that miss their target. A time misses it only if no round meets it, because other
    load only adds to times.
    """
    mine = page.place.who == "participant"
    aims = {
        "first": page.first.bytes <= (PARTICIPANTS if mine else DESK),
        "again": page.again.bytes <= DESK_AGAIN,
        "requests": not mine or page.first.requests <= PARTICIPANTS_REQUESTS,
        "paint": 0 < min(page.first.paint) <= SECONDS,
        "task": min(page.first.task) <= TASK,
        "shift": page.first.shift == 0,
        "queries": page.queries <= QUERIES,
    }
    return [name for name, met in aims.items() if not met]


def unsure(page: Measured) -> list[str]:
    """Times that met their target in fewer than half of the rounds."""
    times = {"paint": (page.first.paint, SECONDS), "task": (page.first.task, TASK)}
    return [name for name, (of, aim) in times.items() if min(of) <= aim < median(of)]


def line(page: Measured) -> str:
    """Table row; it says MISSED with the reason, or that the machine was too busy."""
    first, wrong, perhaps = page.first, missed(page), unsure(page)
    verdict = "held"
    if perhaps:
        verdict = f"UNSURE: {', '.join(perhaps)}"
    if wrong:
        verdict = f"MISSED: {', '.join(wrong)}"
    return (
        f"| {page.place.name} | {first.bytes / KB:.1f} | {page.again.bytes / KB:.1f} |"
        f" {first.requests} | {spread(first.paint)} | {spread([t * 1000 for t in first.task], 0)} |"
        f" {first.shift:.3f} | {page.queries} | {verdict} |"
    )


HEAD: Final = (
    "| page | first, KB | again, KB | requests | paint, s | task, ms | shift | queries | |\n"
    "|---|---|---|---|---|---|---|---|---|"
)


Pair = tuple[Sequence[float], Sequence[float]]
"""Times of each round with few sessions, and with many."""


def grown(name: str, times: Pair, cpu: Pair) -> tuple[str, bool]:
    """Row with a page's growth, and whether it misses its target. Time includes other load, CPU
    doesn't, so both must agree.
    """
    ratios, spent = _ratios(times), _ratios(cpu)
    wrong = min(median(ratios), median(spent)) > GROWTH
    kept = ratios[-1] <= GROWTH
    verdict = "MISSED" if wrong else "held" if kept else "held at the median"
    return (
        f"| {name} | {median(times[0]) * 1000:.1f} | {median(times[1]) * 1000:.1f} |"
        f" {_told(ratios)} | {_told(spent)} | {verdict} |"
    ), wrong


def _ratios(pair: Pair) -> list[float]:
    few, many = pair
    return sorted(b / max(a, 1e-9) for a, b in zip(few, many, strict=True))


def _told(ratios: Sequence[float]) -> str:
    return f"{median(ratios):.2f} [{ratios[0]:.2f}–{ratios[-1]:.2f}]"
