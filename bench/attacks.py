"""Attack strings for a regular expression, built from its parse tree.

Each string leads to a repeat of the pattern, pumps what the repeat accepts, and ends in
something that no repeat accepts. These are the three parts of every known slow match (Weideman
et al., 2016, "Analyzing Matching Time Behavior of Backtracking Regular Expression Matchers").
"""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from re import _constants as ops, _parser as parser  # type: ignore[attr-defined]
from typing import Any, Final

ALPHABET: Final = "a5 ,.-'?!x\n\t\u00e9"
PUMPS: Final = (
    " ",
    ",",
    ".",
    "-",
    "a",
    "a ",
    "5",
    "5 ",
    "\t",
    "a-",
    "a'",
    "a, ",
    "x. ",
    '"',
    "?",
)
"""Pumps to try on every pattern."""
ENDS: Final = ("", "\x00", " 5 x", "\n#")

_CATEGORIES: Final[Mapping[Any, Callable[[str], bool]]] = {
    ops.CATEGORY_WORD: lambda c: c.isalnum() or c == "_",
    ops.CATEGORY_NOT_WORD: lambda c: not (c.isalnum() or c == "_"),
    ops.CATEGORY_DIGIT: str.isdigit,
    ops.CATEGORY_NOT_DIGIT: lambda c: not c.isdigit(),
    ops.CATEGORY_SPACE: str.isspace,
    ops.CATEGORY_NOT_SPACE: lambda c: not c.isspace(),
}
_REPEATS: Final = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)

Parts = Iterable[tuple[Any, Any]]


def attacks(pattern: str, flags: int, seed: int = 1, each: int = 2) -> list[tuple[str, str]]:
    """Distinct pairs of head and pump, with `each` random variants of every repeat."""
    rng = random.Random(f"{seed}/{pattern}")
    tree = parser.parse(pattern, flags)
    found = dict.fromkeys(("", pump) for pump in PUMPS)
    for _ in range(each):
        whole = _sample(tree, rng)
        found.update({("", whole): None, ("", whole[:-1]): None})
    for before, body in _repeats(tree, ()):
        for _ in range(each):
            head, pump = _sample(before, rng), _sample(body, rng)
            found.update({(head, pump): None, ("", pump): None, ("", head + pump): None})
    return [(head, pump) for head, pump in found if pump]


def built(head: str, pump: str, end: str, length: int) -> str:
    """Attack text of `length` characters."""
    room = max(length - len(head) - len(end), 1)
    return (head + pump * (room // len(pump) + 1))[: length - len(end)] + end


def _repeats(parts: Parts, before: Sequence[Any]) -> Iterator[tuple[Sequence[Any], Parts]]:
    """Repeats in a pattern, with what precedes them."""
    led = list(before)
    for op, value in parts:
        if op in _REPEATS:
            if value[1] > 1:
                yield tuple(led), value[2]
                for way in _ways(value[2]):
                    yield tuple(led), way
            yield from _repeats(value[2], led)
        elif op is ops.SUBPATTERN:
            yield from _repeats(value[-1], led)
        elif op is ops.ATOMIC_GROUP:
            yield from _repeats(value, led)
        elif op is ops.BRANCH:
            for way in value[1]:
                yield from _repeats(way, led)
        elif op in (ops.ASSERT, ops.ASSERT_NOT):
            yield from _repeats(value[1], led)
        led.append((op, value))


def _ways(parts: Parts) -> Iterator[Parts]:
    """Alternatives of a repeat whose body starts with some, with what follows them."""
    first, *rest = parts or [(None, None)]
    op, value = first
    if op is ops.BRANCH:
        for way in value[1]:
            yield [*way, *rest]
    elif op is ops.SUBPATTERN:
        for way in _ways(value[-1]):
            yield [*way, *rest]
    elif op is ops.LITERAL:
        for way in _ways(rest):
            yield [first, *way]


def _sample(parts: Parts, rng: random.Random) -> str:
    """Sample text that the parts match, ignoring lookarounds and backreferences."""
    return "".join(_one(op, value, rng) for op, value in parts)


def _one(op: Any, value: Any, rng: random.Random) -> str:  # noqa: PLR0911 - one line a kind
    if op is ops.LITERAL:
        return chr(value)
    if op is ops.NOT_LITERAL:
        return rng.choice([c for c in ALPHABET if ord(c) != value])
    if op is ops.ANY:
        return rng.choice("a 5,.")
    if op is ops.IN:
        return _member(value, rng)
    if op is ops.BRANCH:
        return _sample(rng.choice(value[1]), rng)
    if op is ops.SUBPATTERN:
        return _sample(value[-1], rng)
    if op is ops.ATOMIC_GROUP:
        return _sample(value, rng)
    if op in _REPEATS:
        least, most, body = value
        times = rng.randint(least, min(int(most), least + 1))
        return "".join(_sample(body, rng) for _ in range(times))
    return ""


def _member(items: Sequence[tuple[Any, Any]], rng: random.Random) -> str:
    known = [c for c in ALPHABET if _holds(items, c)]
    own = [
        chr(v if op is ops.LITERAL else v[0])
        for op, v in items
        if op in (ops.LITERAL, ops.RANGE)
    ]
    return rng.choice(known or own or ["z"])


def _holds(items: Sequence[tuple[Any, Any]], character: str) -> bool:
    negated = any(op is ops.NEGATE for op, _ in items)
    hit = any(
        (op is ops.LITERAL and ord(character) == value)
        or (op is ops.RANGE and value[0] <= ord(character) <= value[1])
        or (op is ops.CATEGORY and _CATEGORIES[value](character))
        for op, value in items
    )
    return hit != negated
