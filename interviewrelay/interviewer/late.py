"""Patterns compiled on first use, each with a bound on the time that one text can cost.

A backtracking search may need time that grows with the square of a text's length or worse, and a
participant may type 10,000 characters of anything. So a longer text is searched in windows: a match
begins in one of them and may run on for `AHEAD` characters at least. The time is then linear in the
length, and a text that fits in one window is searched as it is.
"""

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Final

STEP: Final = 300
"""Characters in which a match of one window may begin."""
AHEAD: Final = 100
WINDOW: Final = STEP + AHEAD


class Late:
    """Lazy regular expression with the methods of `re.Pattern` that are used here."""

    def __init__(self, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self.pattern = pattern
        self.flags = flags

    @cached_property
    def _made(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self.flags)

    def search(self, text: str) -> re.Match[str] | None:
        if len(text) <= WINDOW:
            return self._made.search(text)
        return next(self.finditer(text), None)

    def match(self, text: str) -> re.Match[str] | None:
        return self._made.match(text, 0, WINDOW)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match of the whole text; a text of more than one window is never one."""
        return self._made.fullmatch(text) if len(text) <= WINDOW else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        if len(text) <= WINDOW:
            yield from self._made.finditer(text)
            return
        begin = 0
        for start in range(0, len(text), STEP):
            last = start + WINDOW >= len(text)
            end = len(text) if last else start + WINDOW
            for found in self._made.finditer(text, max(start, begin), end):
                if not last and found.start() >= start + STEP:
                    break  # the next window finds it, with more of the text after it
                whole = self._with_room(text, found) if found.end() == end else found
                if whole is not None:
                    yield whole
                    begin = whole.end()
            if last:
                return

    def _with_room(self, text: str, found: re.Match[str]) -> re.Match[str] | None:
        """A match that the end of its window has cut off, or has let in as if the text ended there."""
        return self._made.match(text, found.start(), found.start() + 2 * WINDOW)

    def sub(self, by: str | Callable[[re.Match[str]], str], text: str) -> str:
        if len(text) <= WINDOW:
            return self._made.sub(by, text)
        parts, begin = [], 0
        for found in self.finditer(text):
            parts += [
                text[begin : found.start()],
                by(found) if callable(by) else found.expand(by),
            ]
            begin = found.end()
        return "".join([*parts, text[begin:]])

    def findall(self, text: str) -> list[str]:
        """All matches, or what their only group holds; as `re.Pattern.findall` for up to one group."""
        group = self._made.groups
        return [found[group] or "" for found in self.finditer(text)]

    def split(self, text: str) -> list[str]:
        """The parts between the matches, with the groups of each between them."""
        parts, begin = [], 0
        for found in self.finditer(text):
            parts += [text[begin : found.start()], *found.groups("")]
            begin = found.end()
        return [*parts, text[begin:]]
