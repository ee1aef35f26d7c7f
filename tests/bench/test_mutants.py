"""What is changed to see whether a test sees it."""

import re

from bench.mutants.changes import mutants
from bench.mutants.patterns import thinned

SOURCE = '''
LIMIT = 3
FOUND = re.compile(rf"^(?:{A}|b\\|[|]|(?!c)d)")


def low(n: int) -> bool:
    """Whether."""
    return n < LIMIT and not n
'''


def changes(source: str) -> list[str]:
    return [mutant.change for mutant in mutants(source, "m")]


def test_one_thing_is_changed_at_a_time_and_named_without_its_line() -> None:
    assert changes(SOURCE) == [
        "m.LIMIT: `3` → `4`",
        "m.LIMIT: `3` → `2`",
        *(
            f"m.FOUND: without `{part}`"
            for part in ("^", "{A}|", r"|b\|[|]", "|(?!c)d", "(?!c)")
        ),
        "m.low: `return n < LIMIT and (not n)` → `return None`",
        "m.low: `n < LIMIT and (not n)` without `n < LIMIT`",
        "m.low: `n < LIMIT and (not n)` without `not n`",
        "m.low: `n < LIMIT` → `n <= LIMIT`",
        "m.low: `n < LIMIT` → `n >= LIMIT`",
        "m.low: `not n` → `n`",
    ]
    assert changes("\n\n" + SOURCE) == changes(SOURCE)


def test_the_same_change_twice_has_a_number() -> None:
    assert changes("A = [0, 0]")[-2:] == ["m.A: `0` → `1` (2)", "m.A: `0` → `-1` (2)"]


def test_a_mutant_is_the_module_with_its_change() -> None:
    fourth = next(mutants(SOURCE, "m"))
    made: dict[str, object] = {"re": re, "A": "a"}
    exec(fourth.code, made)
    assert made["LIMIT"] == 4


def test_what_is_left_of_a_pattern_is_a_pattern() -> None:
    pattern = r"(?:and|so)*,?\s*(?:(?:(what)|how)\b(?! (?:not|else))|do{1,2} [^?|]*or)$|x"
    for lesser, out in thinned(pattern):
        assert re.compile(lesser)
        assert len(lesser) + len(out) == len(pattern)
