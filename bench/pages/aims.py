"""What a page may weigh and take, and which of it a measured page misses."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from bench.pages.places import Place
from bench.verdicts import spread

KB: Final = 1024
PARTICIPANTS: Final = 60 * KB
"""Over the wire, of a first visit; of a later page what was not there yet."""
PARTICIPANTS_REQUESTS: Final = 5
DESK: Final = 150 * KB
DESK_AGAIN: Final = 30 * KB
SECONDS: Final = 1.0
"""To the largest contentful paint."""
TASK: Final = 0.050
QUERIES: Final = 12
GROWTH: Final = 1.3
"""Times as long as with a thousand sessions."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What opening a page took: bytes over the wire, and of each time that it was opened the seconds to
    its largest paint and those of its longest task.
    """

    bytes: int
    requests: int
    paint: tuple[float, ...]
    task: tuple[float, ...]
    shift: float


@dataclass(frozen=True, slots=True)
class Measured:
    """A page, opened for the first time and again."""

    place: Place
    first: Visit
    again: Visit
    queries: int


def missed(page: Measured) -> list[str]:
    """The names of the columns whose aim is not met; a time misses it when no round has met it, since
    all that others do on the machine only adds to it.
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
    """Times that met their aim in less than half of the rounds."""
    times = {"paint": (page.first.paint, SECONDS), "task": (page.first.task, TASK)}
    return [name for name, (of, aim) in times.items() if min(of) <= aim < median(of)]


def line(page: Measured) -> str:
    """A row of the table; it says MISSED, and what, or that the machine was too busy to tell."""
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
"""What each round took with few sessions, and with many."""


def grown(name: str, times: Pair, cpu: Pair) -> tuple[str, bool]:
    """A row of how a page grows; and whether it misses its aim.

    Who shares the machine is in the time and not in the CPU: what both say is so.
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
