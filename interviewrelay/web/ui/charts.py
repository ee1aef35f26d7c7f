"""Charts as data: positions of bars, points and labels; `templates/_charts.html` draws them.

Horizontal positions are percentages and heights are pixels, so that a chart fills the available
width and its labels keep their size. Every chart includes its figures as a table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Final

from interviewrelay.web.ui import formatting

TALL: Final = 112
"""Pixels of the highest bar, or of the whole sentiment scale."""
HEAD: Final = 22
"""Pixels above it, for the label of the highest bar."""
FILLED: Final = 0.72
"""Width of a bar as a share of its slot."""
WIDEST: Final = 8.0
"""Maximum width of a bar in percent."""
LEAST: Final = 2.0
"""Minimum size of a non-zero bar, in pixels or percent."""


Counts = Sequence[tuple[date, int]]
_NONE: Final = (date.min, 0)


@dataclass(frozen=True, slots=True)
class Table:
    """Figures of a chart; the columns after the first are numbers."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Chart. `id` is unique on its page; `description` summarizes it in a sentence."""

    id: str
    title: str
    description: str
    table: Table


@dataclass(frozen=True, slots=True)
class Bar:
    """Vertical bar: left edge and width in percent, top and height in pixels; `rest` is a paler
    part on top, from `rest_y` up.
    """

    x: float
    width: float
    y: float
    height: float
    told: str
    rest: float = 0.0


@dataclass(frozen=True, slots=True)
class Label:
    """Label at `x` percent, anchored at its end, start or middle."""

    x: float
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Days(Chart):
    """Bar chart by day. `peak` is the label of the highest bar, None if all are empty; `rest` names
    the paler part.
    """

    bars: tuple[Bar, ...]
    peak: Label | None
    dates: tuple[Label, ...]
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float
    mood: str
    told: str


@dataclass(frozen=True, slots=True)
class Line(Chart):
    """Line chart: points from left to right, and the line through them in a square of a hundred."""

    points: tuple[Point, ...]
    path: str


@dataclass(frozen=True, slots=True)
class Row:
    """Horizontal bar: name, value in words, and percent of the widest."""

    name: str
    value: str
    note: str
    share: float


@dataclass(frozen=True, slots=True)
class Rows(Chart):
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class MoodPoint:
    """Sentiment of an answer: seconds since the start, score from -1 to 1, and label."""

    at: float
    score: float
    mood: str


@dataclass(frozen=True, slots=True)
class Amount:
    """Amount: a name, its value, and the `part` of it."""

    name: str
    number: int
    part: int | None = None
    note: str = ""
    shown: str = ""
    """Value in words, such as a duration."""

    @property
    def value(self) -> str:
        return self.shown or formatting.thin(self.number)


def build_days(
    id: str, title: str, noun: str, counts: Counts, rest: Counts = (), rest_name: str = ""
) -> Days:
    """Daily counts of consecutive days; `rest`, for the same days, is stacked on top."""
    found = [
        (day, n, more) for (day, n), (_, more) in zip_longest(counts, rest, fillvalue=_NONE)
    ]
    most = max((number + more for _, number, more in found), default=0)
    place = 100 / max(len(found), 1)
    width = min(WIDEST, place * FILLED)
    bars = []
    for at, (day, number, more) in enumerate(found):
        tall, top = (max(LEAST, TALL * n / most) if n else 0.0 for n in (number, more))
        told = f"{formatting.day_of(day)}: {formatting.counted(number, noun)}"
        told += f", {formatting.thin(more)} {rest_name}" if more else ""
        bars.append(
            _bar(place * (at + 0.5) - width / 2, width, min(tall, TALL - top), told, top)
        )
    highest = next((at for at, (_, n, more) in enumerate(found) if n + more == most), 0)
    apart, columns = sum(more for *_, more in found), ("Day", noun.capitalize() + "s")
    also = f" {formatting.thin(apart)} {rest_name}." if apart else ""
    rows = [
        (formatting.day_of(day), *map(formatting.thin, numbers))
        for day, *numbers in reversed(found)
    ]
    return Days(
        id=id,
        title=title,
        description=_of_days(counts, noun) + also,
        table=Table(
            (*columns, rest_name.capitalize()) if apart else columns,
            tuple(rows if apart else (row[:2] for row in rows)),
        ),
        bars=tuple(bars),
        peak=_label(place * (highest + 0.5), formatting.thin(most)) if most else None,
        dates=_dates([day for day, _ in counts]),
        rest=rest_name if apart else "",
    )


def build_moods(id: str, title: str, felt: Sequence[MoodPoint]) -> Line:
    """Sentiment from the first answer to the last, without those that are unsure."""
    sure = [one for one in felt if one.mood != "unsure"]
    last = max((one.at for one in sure), default=0.0) or 1.0
    points = tuple(
        Point(
            x=_two(100 * one.at / last),
            y=_two(HEAD + TALL * (1 - one.score) / 2),
            mood=one.mood,
            told=(
                f"{formatting.timecode(one.at)}: {one.mood} "
                f"({formatting.signed(round(one.score, 2))})"
            ),
        )
        for one in sure
    )
    path = " ".join(f"{p.x:g},{_two((p.y - HEAD) * 100 / TALL):g}" for p in points)
    return Line(
        id=id,
        title=title,
        description=_of_moods(sure, len(felt) - len(sure)),
        table=Table(
            ("Time", "Sentiment", "Score"),
            tuple(
                (formatting.timecode(one.at), one.mood, formatting.signed(round(one.score, 2)))
                for one in sure
            ),
        ),
        points=points,
        path=path,
    )


def build_funnel(id: str, title: str, steps: Sequence[tuple[str, int]]) -> Rows:
    """Funnel: each step as a share of the one before."""
    widest = max((number for _, number in steps), default=0)
    rows, before = [], None
    for name, number in steps:
        note = f"{round(100 * number / before)}%" if before else ""
        rows.append(Row(name, formatting.thin(number), note, _share(number, widest)))
        before = number
    told = ", ".join(f"{formatting.thin(number)} {name.lower()}" for name, number in steps)
    return Rows(
        id=id,
        title=title,
        description=f"{told}.",
        table=Table(
            ("Step", "People", "Share of previous step"),
            tuple((r.name, r.value, r.note) for r in rows),
        ),
        rows=tuple(rows),
    )


def build_bars(
    id: str, title: str, amounts: Sequence[Amount], columns: tuple[str, ...], of: int = 0
) -> Rows:
    """Bars of several amounts, as a share `of` a whole or of the greatest.

    `columns` name the thing, its value and, if present, its part.
    """
    widest = of or max((one.number for one in amounts), default=0)
    rows = tuple(
        Row(
            name=one.name,
            value=one.value,
            note=one.note,
            share=_share(one.number, widest),
        )
        for one in amounts
    )
    greatest = max(amounts, key=lambda one: one.number, default=None)
    most = f"Highest: {greatest.name}, {greatest.value}." if greatest else ""
    return Rows(
        id=id,
        title=title,
        description=most or "No data yet.",
        table=Table(columns, tuple(_cells(one)[: len(columns)] for one in amounts)),
        rows=rows,
    )


def _bar(left: float, width: float, tall: float, told: str, rest: float) -> Bar:
    top = HEAD + TALL - tall
    return Bar(_two(left), _two(width), _two(top), _two(tall), told, _two(rest))


def _label(x: float, text: str) -> Label:
    """Label centred over its position, kept inside the chart."""
    anchor = "start" if x < 6 else "end" if x > 94 else "middle"
    return Label(0.0 if x < 6 else 100.0 if x > 94 else _two(x), anchor, text)


def _dates(days: Sequence[date]) -> tuple[Label, ...]:
    named = [formatting.day_of(day) for day in days]
    if len(named) < 2:
        return tuple(Label(50.0, "middle", name) for name in named)
    return Label(0.0, "start", named[0]), Label(100.0, "end", named[-1])


def _of_days(counts: Counts, noun: str) -> str:
    whole, span = sum(number for _, number in counts), formatting.counted(len(counts), "day")
    if not whole:
        return f"No {noun}s in {span}."
    day, most = max(counts, key=lambda one: one[1])
    return (
        f"{formatting.counted(whole, noun)} in {span}, with the most on "
        f"{formatting.day_of(day)} ({formatting.thin(most)})."
    )


def _of_moods(felt: Sequence[MoodPoint], unsure: int) -> str:
    if not felt:
        return "No clear sentiment yet."
    best, worst = (pick(felt, key=lambda one: one.score) for pick in (max, min))
    return (
        f"{formatting.counted(len(felt), 'answer')}: "
        f"from {formatting.signed(round(worst.score, 2))} at "
        f"{formatting.timecode(worst.at)} to {formatting.signed(round(best.score, 2))} at "
        f"{formatting.timecode(best.at)}, where −1 is negative and +1 is positive."
        + (
            f" Not clear, and not shown: {formatting.counted(unsure, 'answer')}."
            if unsure
            else ""
        )
    )


def _cells(one: Amount) -> tuple[str, ...]:
    return (one.name, one.value, formatting.thin(one.part))


def _share(number: int, widest: int) -> float:
    return _two(max(LEAST / 2, 100 * number / widest)) if number and widest else 0.0


def _two(value: float) -> float:
    return round(value, 2)
