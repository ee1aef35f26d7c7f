"""Lazy patterns: compiled on first use, with a bound on the time for one text.

A backtracking search may need quadratic time or worse, and a participant may type 10,000 characters
of anything. So a longer text is searched in windows: a match begins in one of them and may run on
for at least `AHEAD` characters. The time is then linear in the length, and a text that fits in one
window is searched as it is.
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from interviewrelay.core.lazy_attribute import lazy_attribute
from interviewrelay.interviewer.patterns.required_texts import find_required_texts

STEP: Final = 300
"""Characters of one window in which a match may begin."""
AHEAD: Final = 100
WINDOW: Final = STEP + AHEAD


class MatchTimeout(Exception):
    """The processor time for one reading is used up."""


class _Clock:
    """Processor time of this thread, read at every `OFTEN`th search, since reading it costs as much
    as a short search.
    """

    OFTEN: Final = 32

    def __init__(self, seconds: float) -> None:
        self._until = time.thread_time() + seconds
        self._searches = 0

    def tick(self) -> None:
        self._searches += 1
        if self._searches % self.OFTEN == 0 and time.thread_time() > self._until:
            raise MatchTimeout


_CLOCK: ContextVar[_Clock | None] = ContextVar("clock", default=None)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Limit the processor time of all searches in the block. Raises MatchTimeout between two of
    them.
    """
    token = _CLOCK.set(_Clock(seconds))
    try:
        yield
    finally:
        _CLOCK.reset(token)


def _tick() -> None:
    clock = _CLOCK.get()
    if clock is not None:
        clock.tick()


class LazyPattern:
    """Lazy regular expression with the methods of `re.Pattern` that are used here."""

    def __init__(
        self, pattern: str | Callable[[], str], flags: re.RegexFlag = re.NOFLAG
    ) -> None:
        """`pattern` is the regular expression, or a function that returns it on first use."""
        self._given = pattern
        self.flags = flags

    @lazy_attribute
    def pattern(self) -> str:
        return self._given if isinstance(self._given, str) else self._given()

    @lazy_attribute
    def _made(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self.flags)

    @lazy_attribute
    def _needles(self) -> frozenset[str]:
        found = find_required_texts(self.pattern)
        return frozenset(map(str.casefold, found)) if self.flags & re.IGNORECASE else found

    def _may_be_in(self, text: str) -> bool:
        if not self._needles:
            return True
        read = text.casefold() if self.flags & re.IGNORECASE else text
        return any(needle in read for needle in self._needles)

    def search(self, text: str) -> re.Match[str] | None:
        _tick()
        if len(text) <= WINDOW:
            return self._made.search(text)
        return next(self.finditer(text), None)

    def match(self, text: str) -> re.Match[str] | None:
        return self._made.match(text, 0, WINDOW)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Match of the whole text; always None for a text of more than one window."""
        _tick()
        return self._made.fullmatch(text) if len(text) <= WINDOW else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        if len(text) <= WINDOW:
            yield from self._made.finditer(text)
            return
        begin = 0
        for start in range(0, len(text), STEP):
            _tick()
            last = start + WINDOW >= len(text)
            end = len(text) if last else start + WINDOW
            if not self._may_be_in(text[start:end]):
                if last:
                    return
                continue
            for found in self._made.finditer(text, max(start, begin), end):
                if not last and found.start() >= start + STEP:
                    break  # the next window finds it, with more text after it
                whole = self._with_room(text, found) if found.end() == end else found
                if whole is not None:
                    yield whole
                    begin = whole.end()
            if last:
                return

    def _with_room(self, text: str, found: re.Match[str]) -> re.Match[str] | None:
        """Match repeated with more text, if the end of its window has cut it off or allowed it."""
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
        """All matches, or their only group; like `re.Pattern.findall` for up to one group."""
        group = self._made.groups
        return [found[group] or "" for found in self.finditer(text)]

    def split(self, text: str) -> list[str]:
        """Parts between the matches, with the groups of each match between them."""
        parts, begin = [], 0
        for found in self.finditer(text):
            parts += [text[begin : found.start()], *found.groups("")]
            begin = found.end()
        return [*parts, text[begin:]]
