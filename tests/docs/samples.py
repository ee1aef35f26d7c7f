"""Samples of the documentation: fenced code, by page and language."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from markdown_it import MarkdownIt

ROOT: Final = Path(__file__).resolve().parents[2]
PAGES: Final = (
    ROOT / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "docs" / "api").glob("*.md")),
)
LANGUAGES: Final = ("sh", "js", "python")
_INFO: Final = re.compile(r'(?P<language>\S+)(?: norun="(?P<reason>[^"]+)")?')


class Sample(NamedTuple):
    """Fenced code: its page, the number of its first line, and why it isn't run, if it isn't."""

    page: str
    line: int
    language: str
    reason: str
    code: str


def list_samples(path: Path) -> Iterator[Sample]:
    """Samples of a page in the languages that are run. Raises ValueError for an unclear info string."""
    page = path.relative_to(ROOT).as_posix()
    for token in MarkdownIt("commonmark").parse(path.read_text(encoding="utf-8")):
        info = token.info.strip()
        if token.type != "fence" or not info:
            continue
        line = token.map[0] + 1 if token.map else 0
        told = _INFO.fullmatch(info)
        if told is None:
            raise ValueError(
                f'{page}:{line}: write LANGUAGE or LANGUAGE norun="reason": {info}'
            )
        if told["language"] in LANGUAGES:
            yield Sample(page, line, told["language"], told["reason"] or "", token.content)
