"""Variants of a regular expression with one part removed."""

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?[:=!]|\(\?<[=!]|[*+?]\??|\{\d*,?\d*\}|.", re.DOTALL
)
_GROUP = re.compile(r"\((?:\?(?:[:=!]|<[=!]))?")
_ANCHORS = ("^", "$")


def is_pattern(text: str) -> bool:
    return re.search(r"[|\\^\[]|\(\?", text) is not None


def thinned(pattern: str) -> Iterator[tuple[str, str]]:
    """Patterns without one alternative, anchor or lookaround, and what was removed."""
    for start, end in sorted(set(_parts(pattern))):
        yield pattern[:start] + pattern[end:], pattern[start:end]


def _parts(pattern: str) -> Iterator[tuple[int, int]]:
    """Spans of removable parts; an alternative includes one of its bars."""
    open_at, bars = [(0, False)], [[]]  # type: ignore[var-annotated]
    for token in _TOKEN.finditer(pattern):
        text, start, end = token[0], token.start(), token.end()
        if _GROUP.fullmatch(text):
            open_at.append((end, text[-1] in "=!"))
            bars.append([])
        elif text == "|":
            bars[-1].append(start)
        elif text == ")":
            begin, looks = open_at.pop()
            yield from _alternatives(begin, bars.pop(), start)
            if looks:
                yield pattern.rindex("(", 0, begin), end
        elif text in _ANCHORS:
            yield start, end
    yield from _alternatives(0, bars[0], len(pattern))


def _alternatives(begin: int, bars: list[int], end: int) -> Iterator[tuple[int, int]]:
    if bars:
        yield begin, bars[0] + 1
        yield from zip(bars, [*bars[1:], end], strict=True)
