"""Matching time by length of every regular expression that external text can reach.

Each pattern is attacked on its own, with strings built from its parse tree, through the methods
that the product uses.
"""

import argparse
import gc
import importlib
import pkgutil
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from bench.attacks import ENDS, attacks, built

LENGTHS: Final = (1_000, 5_000, 10_000)
MOST_MS: Final = 80.0
"""Maximum processor time of one pattern for one text of maximum length."""
MOST_GROWTH: Final = 2.4
"""Maximum growth when the length doubles from 5,000 to 10,000 characters."""
WORTH_MS: Final = 20.0
"""Milliseconds below which growth can't be told from noise."""
GIVEN_UP_MS: Final = 300.0
SCREENED: Final = 3_000
"""Characters of each attack at first; the worst ones are then made longer."""
LOOKED_AT: Final = 3
AGAIN: Final = 3
"""Retries of a pattern over its limits, because another program may have interfered."""

OUTSIDE: Final = frozenset({"migrations", "__main__", "demo_material", "setting_forms"})


@dataclass(frozen=True, slots=True)
class Row:
    """Worst attack on a pattern: milliseconds by length."""

    module: str
    pattern: str
    attack: tuple[str, str, str]
    ms: tuple[float, ...]

    @property
    def growth(self) -> float:
        return self.ms[-1] / self.ms[-2] if self.ms[-1] >= WORTH_MS else 0.0

    @property
    def fails(self) -> bool:
        return self.ms[-1] > MOST_MS or self.growth > MOST_GROWTH


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--shown", type=int, default=12, help="number of slowest patterns to print"
    )
    parser.add_argument("--module", default="", help="only modules whose name contains this")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=2, help="random variants of every repeat")


def run(given: argparse.Namespace) -> None:
    # In a new process, to see every pattern as it is compiled.
    words = [str(given.shown), given.module, str(given.seed), str(given.each)]
    done = subprocess.run([sys.executable, "-P", "-m", "bench.patterns", *words], check=False)
    if done.returncode:
        sys.exit(done.returncode)


class _TooLong(Exception):
    """Signal that `GIVEN_UP_MS` of processor time were exceeded."""


def _main(shown: int, module: str, seed: int, each: int) -> int:
    signal.signal(signal.SIGVTALRM, _ring)
    rows = [
        _attacked(name, pattern, search, attacks(pattern, flags, seed, each))
        for name, pattern, flags, search in _patterns()
        if module in name
    ]
    rows.sort(key=lambda row: (row.fails, row.ms[-1]), reverse=True)
    failing = [row for row in rows if row.fails]
    print("| pattern | worst attack | 1,000 | 5,000 | 10,000 characters, ms | growth |")
    print("|---|---|---|---|---|---|")
    for row in [*failing, *rows[len(failing) :][:shown]]:
        cells = " | ".join(f"{ms:.2f}" for ms in row.ms)
        told = (
            f"{row.module.removeprefix('interviewrelay.')}: `{row.pattern[:70]!r}`",
            repr([p[:24] for p in row.attack]),
        )
        print(f"| {' | '.join(told)} | {cells} | {row.growth:.2f} |")
    print(
        f"\n{len(rows)} patterns, {len(failing)} over their limits: {MOST_MS:.0f} ms at 10,000"
    )
    print(f"characters, {MOST_GROWTH} times for twice the length (from {WORTH_MS:.0f} ms on).")
    return 1 if failing or not rows else 0


def _patterns() -> Iterator[tuple[str, str, int, Callable[[str], object]]]:
    """Module, pattern, flags and method of every pattern in the product."""
    compiler: Any = importlib.import_module("re._compiler")
    compiled: dict[tuple[str, int], str] = {}
    original = compiler.compile

    def seen(pattern: Any, flags: int = 0) -> Any:
        if isinstance(pattern, str):
            compiled.setdefault((pattern, int(flags)), _caller())
        return original(pattern, flags)

    compiler.compile = seen
    product = importlib.import_module("interviewrelay")
    for found in pkgutil.walk_packages(product.__path__, "interviewrelay."):
        if OUTSIDE.isdisjoint(found.name.split(".")):
            importlib.import_module(found.name)
    doors = _doors()
    for (pattern, flags), door in doors.items():
        yield compiled.get((pattern, flags), "interviewer"), pattern, flags, door
    for (pattern, flags), module in compiled.items():
        if (pattern, flags) not in doors and module.startswith("interviewrelay."):
            yield module, pattern, flags, re.compile(pattern, flags).search


def _doors() -> dict[tuple[str, int], Callable[[str], object]]:
    """Method by which each pattern is used; the most general one if there are several."""
    late = importlib.import_module(
        "interviewrelay.interviewer.patterns.lazy_pattern"
    ).LazyPattern
    index = importlib.import_module(
        "interviewrelay.interviewer.patterns.pattern_prefilter"
    ).PatternIndex
    by_language = importlib.import_module("interviewrelay.interviewer.languages").ByLanguage
    whole = importlib.import_module("interviewrelay.interviewer.acts.act_patterns").WHOLE
    # Patterns built from the language tables on demand.
    for one in gc.get_objects():
        if type(one) is by_language:
            list(one.values())
    importlib.import_module("interviewrelay.interviewer.understanding.facts").is_told("", [])
    importlib.import_module("interviewrelay.interviewer.understanding.avoided_topics").is_about(
        "", "", "en"
    )
    safety = "interviewrelay.interviewer.safety"
    importlib.import_module(f"{safety}.danger").tells_of_danger("i will kill myself")
    importlib.import_module(f"{safety}.prompt_injection").is_injection("a")
    importlib.import_module(f"{safety}.personal_data").list_data_patterns()
    held = gc.get_objects()
    found = [(one, "search") for one in held if isinstance(one, late)]
    found += [
        (one._compiled(place), "fullmatch" if name[0] == whole else "search")
        for one in held
        if isinstance(one, index)
        for place, name in enumerate(one.patterns)
    ]
    doors = {_key(one): getattr(one, method) for one, method in found}
    for name, module in list(sys.modules.items()):
        if name.startswith("interviewrelay"):
            for called, one in vars(module).items():
                if isinstance(one, (late, re.Pattern)) and isinstance(one.pattern, str):
                    doors[_key(one)] = getattr(one, _method(module, called))
                for key, look in _looks(one, by_language):
                    doors[_key(look)] = getattr(look, _method(module, rf'looks\["{key}"\]'))
    return doors


def _looks(one: Any, by_language: Any) -> Iterator[tuple[str, Any]]:
    """Language patterns that a module refers to by name."""
    found = one.values() if type(one) is by_language else ()
    for looks in found:
        yield from looks.items() if isinstance(looks, dict) else ()


def _key(one: Any) -> tuple[str, int]:
    return one.pattern, int(one.flags) & ~int(re.UNICODE)  # added by compiling


def _method(module: Any, name: str) -> str:
    """Method by which a module uses its pattern of this name: "search" unless it always does
    less.
    """
    source = Path(module.__file__).read_text()
    methods = set(
        re.findall(rf"\b{name}\.(search|match|fullmatch|sub|split|find\w+)\b", source)
    )
    if methods == {"fullmatch"}:
        return "fullmatch"
    return "match" if methods and methods <= {"match", "fullmatch"} else "search"


def _caller() -> str:
    frame: Any = sys._getframe(2)
    while frame and frame.f_globals.get("__name__", "").split(".")[0] in ("re", "functools"):
        frame = frame.f_back
    return str(frame.f_globals.get("__name__", "")) if frame else ""


def _attacked(
    module: str,
    pattern: str,
    search: Callable[[str], object],
    tried: Sequence[tuple[str, str]],
) -> Row:
    screened: list[tuple[float, tuple[str, str, str]]] = []
    search("a")  # compiled
    for number, (head, pump) in enumerate(tried):
        screened += [
            (_ms(search, built(head, pump, end, SCREENED)), (head, pump, end))
            for end in ("", ENDS[number % len(ENDS)])
        ]
        if screened[-1][0] >= GIVEN_UP_MS:
            break
    screened.sort(reverse=True)
    longer = [(_times(search, attack), attack) for _, attack in screened[:LOOKED_AT]]
    times, worst = max(longer, key=lambda one: one[0][-1])
    row = Row(module, pattern, worst, times)
    for _ in range(AGAIN):
        if not row.fails:
            break
        row = replace(row, ms=tuple(map(min, row.ms, _times(search, worst))))
    return row


def _times(search: Callable[[str], object], attack: tuple[str, str, str]) -> tuple[float, ...]:
    """Milliseconds by length; the fastest of three if it is long enough to compare."""
    first = [_ms(search, built(*attack, length)) for length in LENGTHS]
    if not WORTH_MS / 4 < first[-1] < GIVEN_UP_MS:
        return tuple(first)
    more = [[_ms(search, built(*attack, length)) for length in LENGTHS] for _ in range(4)]
    return tuple(map(min, zip(first, *more, strict=True)))


def _ms(search: Callable[[str], object], text: str) -> float:
    """Processor time; a match that takes longer than `GIVEN_UP_MS` is given up."""
    signal.setitimer(signal.ITIMER_VIRTUAL, GIVEN_UP_MS / 1000)
    began = time.thread_time()
    try:
        search(text)
    except _TooLong:
        return GIVEN_UP_MS
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return (time.thread_time() - began) * 1000


def _ring(*_: object) -> None:
    raise _TooLong


if __name__ == "__main__":
    sys.exit(_main(int(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:])))
