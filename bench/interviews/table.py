"""The report: the table of targets, a line for each kind of people, and recall over time."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import fmean, quantiles

from bench.interviews import formulas, targets
from bench.interviews.formulas import Measured
from bench.interviews.oracle import Best
from bench.interviews.record import Record, recall

Groups = Mapping[tuple[str, bool], Sequence[Measured]]
"""By simulator, and whether the study is one that may be tuned on."""

BLOCKS = " ▁▂▃▄▅▆▇█"
POINTS = 40


def figures(ours: Groups, fixed: Sequence[Measured], minutes: int) -> None:
    """The verdict is on the studies not tuned on, on each simulator that was asked for."""
    names = [f"{simulator} {'tuned' if tuned else 'new'}" for simulator, tuned in ours]
    print(f"| Metric | fixed | {' | '.join(names)} | Ship | |")
    print("|---" * (len(names) + 4) + "|")
    for row in targets.ROWS:
        values = {key: row.value(measured) for key, measured in ours.items()}
        judged = [v for (_, tuned), v in values.items() if not tuned and v is not None]
        reached = all(row.reached(v, minutes) for v in judged)
        verdict = ("PASS" if reached else "**FAIL**") if judged else "–"
        cells = [_cell(row, ours[key], value) for key, value in values.items()]
        print(f"| {row.name} | {_number(row.value(fixed))} | {' | '.join(cells)} "
              f"| {row.told(minutes)} | {verdict} |")  # fmt: skip
    for name, value in targets.NOTED:
        cells = [_number(value(measured)) for measured in ours.values()]
        print(f"| {name} | {_number(value(fixed))} | {' | '.join(cells)} | | |")
    qualities = [f"{formulas.quality(measured):.1f}" for measured in ours.values()]
    print(f"| Composite (IQS) | | {' | '.join(qualities)} | | |")


def _cell(row: targets.Row, measured: Sequence[Measured], value: float | None) -> str:
    if row.name not in targets.WITH_INTERVAL:
        return _number(value)
    bounds = formulas.drawn_again(measured, row.value)
    within = f" [{_number(bounds[0])}–{_number(bounds[1])}]" if bounds else ""
    return _number(value) + within


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}".removeprefix("0")


def kinds(measured: Sequence[Measured]) -> None:
    """A line for each kind of people, the worst first."""
    by_kind: dict[str, list[Measured]] = {}
    for m in measured:
        by_kind.setdefault(m.record.sheet.kind, []).append(m)
    print("| People | interviews | recall | ONR | questions | minutes | walked | finished |")
    print("|---" * 8 + "|")
    for name, group in sorted(by_kind.items(), key=lambda item: _onr(item[1])):
        questions = fmean(len(m.record.exchanges) for m in group)
        taken = fmean(m.record.seconds for m in group) / 60
        shown = [_number(formulas.pooled(group, n)) for n in ("recall", "onr")]
        ends = [_number(formulas.pooled(group, n)) for n in ("walked", "finish")]
        print(f"| {name} | {len(group)} | {' | '.join(shown)} | {questions:.1f} | {taken:.1f} "
              f"| {' | '.join(ends)} |")  # fmt: skip


def _onr(group: Sequence[Measured]) -> float:
    return formulas.pooled(group, "onr") or 0.0


def order(recalls: Mapping[str, Sequence[float]]) -> None:
    """Mean recall of each interviewer, and whether the order is the one to be expected."""
    means = {name: fmean(values) for name, values in recalls.items() if values}
    print(" · ".join(f"{name} {value:.3f}" for name, value in means.items()))
    steps = ("fixed", "generic", "naive", "ours", "oracle")
    known = [name for name in steps if name in means]
    for lower, higher in pairwise(known):
        holds = means[lower] < means[higher]
        pairs = zip(recalls[lower], recalls[higher], strict=True)
        differences = [b - a for a, b in pairs]
        print(f"{lower} < {higher}: {'holds' if holds else 'DOES NOT HOLD'} "
              f"(by {fmean(differences):+.3f} {_paired(differences)})")  # fmt: skip
    away = [b - a for a, b in zip(recalls["fixed"], recalls["shuffled"], strict=True)]
    print(f"shuffled is {fmean(away):+.3f} {_paired(away)} from fixed")
    pairs = zip(recalls["ours"], recalls["oracle"], strict=True)
    print(f"ours above the oracle: {sum(a > b for a, b in pairs)} of {len(recalls['ours'])}")


def _paired(differences: Sequence[float]) -> str:
    bounds = formulas.drawn_again(differences, fmean)
    return f"[{bounds[0]:+.3f}–{bounds[1]:+.3f}]" if bounds else ""


def chart(
    curves: Mapping[str, Iterable[Record | Best]], sheets: Sequence[Record], minutes: int
) -> None:
    """Mean recall at each fortieth of the time, a line for each interviewer, full height at 1."""
    print(f"recall over {minutes} minutes, full block = 1")
    for name, runs in curves.items():
        lines = [_curve(run, record, minutes) for run, record in zip(runs, sheets, strict=True)]
        means = [fmean(points) for points in zip(*lines, strict=True)]
        drawn = "".join(BLOCKS[min(8, round(8 * m))] for m in means)
        print(f"{name:>13} {drawn} {means[-1]:.2f}")


def _curve(run: Record | Best, record: Record, minutes: int) -> list[float]:
    ends = [minutes * 60 * (n + 1) / POINTS for n in range(POINTS)]
    return [recall(record.sheet, [f for at, f in run.told if at <= end]) or 0.0 for end in ends]


def times(records: Sequence[Record]) -> None:
    """As they are seen by callers on the same machine, a few at once."""
    spent = [e.server * 1000 for r in records for e in r.exchanges if e.server]
    if len(spent) > 1:
        cuts = quantiles(spent, n=100)
        told = ", ".join(f"p{p} {cuts[p - 1]:.1f}" for p in (50, 95, 99))
        print(f"from answer to next question, ms: {told} ({len(spent)} turns)")
