"""Patterns that are compiled when they are first looked for, so that a start does not wait for them."""

import re
from collections.abc import Callable, Iterator
from functools import cached_property


class Late:
    """A regular expression, with what of `re.Pattern` is used here."""

    def __init__(self, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self.pattern = pattern
        self.flags = flags

    @cached_property
    def _made(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self.flags)

    def search(self, text: str) -> re.Match[str] | None:
        return self._made.search(text)

    def match(self, text: str) -> re.Match[str] | None:
        return self._made.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return self._made.fullmatch(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self._made.finditer(text)

    def sub(self, by: str | Callable[[re.Match[str]], str], text: str) -> str:
        return self._made.sub(by, text)

    def findall(self, text: str) -> list[str]:
        """What fits, of a pattern without groups."""
        return self._made.findall(text)

    def split(self, text: str) -> list[str]:
        """The parts between what fits, of a pattern without groups."""
        return self._made.split(text)
