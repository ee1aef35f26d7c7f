"""The published API reference (`api-reference.txt`, word for word), read into what it promises.

It is text that was copied off a page, without a mark for headings or code. Every line is either read
here or stands in `Reference.unread`, so that a test can say that nothing in it was passed over.
"""

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

TEXT: Final = Path(__file__).with_name("api-reference.txt").read_text("utf-8")

_OPERATION = re.compile(r"(/api/[a-z:/]+?)([A-Z].*)")
_ROW = re.compile(r"(\w+)(\*?) \| (\S+) \| (.*) \|")
_RESPONSE = re.compile(r"Response(?: \((\d+) \w+\))?:")
_PLAN = re.compile(r"- (\w+)(?: Plan)?: ([\d,]+ requests/hour|Custom limits)")
_RATE_HEADER = re.compile(r"(X-RateLimit-\w+): (\d+)")
_STATUS = re.compile(r"\| (\d{3}) \| ([^|]+?) (?=\|)")
_LABELS: Final = {"Request Body:", "Query Parameters:", "Example Request:", "Example:"}
_TABLE: Final = {"| Name | Type | Description |", "|---|---|---|"}


@dataclass(frozen=True)
class Field:
    """A field of a body or a parameter of a query."""

    name: str
    type: str
    required: bool
    words: str

    def _said(self, what: str) -> str | None:
        found = re.search(rf"{what}: (\w+)", self.words)
        return found[1] if found else None

    @property
    def default(self) -> Any:
        said = self._said("default")
        return None if said is None else json.loads(said)

    @property
    def most(self) -> int | None:
        said = self._said("max")
        return None if said is None else int(said)

    @property
    def choices(self) -> tuple[str, ...]:
        return (
            tuple(self.words.rpartition("status: ")[2].split(", "))
            if "status:" in self.words
            else ()
        )


@dataclass(frozen=True)
class Curl:
    """A call as it is written in an example."""

    method: str
    url: str
    headers: tuple[str, ...]
    body: Any
    output: str | None


@dataclass
class Operation:
    title: str
    path: str
    about: str
    notes: list[str] = field(default_factory=list)
    body: list[Field] = field(default_factory=list)
    query: list[Field] = field(default_factory=list)
    example: Curl | None = None
    status: int | None = None
    sample: Any = None

    @property
    def method(self) -> str:
        """As its example has it; the reference has a body for what is sent by POST and for nothing else."""
        return self.example.method if self.example else ("POST" if self.body else "GET")

    def __str__(self) -> str:
        return self.title


@dataclass
class Reference:
    operations: list[Operation] = field(default_factory=list)
    plans: dict[str, int | None] = field(default_factory=dict)
    """Requests an hour; None where the limit is one's own."""
    rate_headers: dict[str, str] = field(default_factory=dict)
    statuses: dict[int, str] = field(default_factory=dict)
    calls: list[Curl] = field(default_factory=list)
    """Those of the general parts: how one authenticates, how one goes through pages."""
    headers: list[str] = field(default_factory=list)
    error: Any = None
    pagination: Any = None
    unread: list[str] = field(default_factory=list)

    def __getitem__(self, title: str) -> Operation:
        return next(o for o in self.operations if o.title == title)


class _Lines:
    def __init__(self, text: str) -> None:
        self.lines, self.at = text.splitlines(), 0

    def __iter__(self) -> Iterator[str]:
        while self.at < len(self.lines):
            self.at += 1
            yield self.lines[self.at - 1]

    def ahead(self, steps: int = 0) -> str:
        place = self.at + steps
        return self.lines[place] if place < len(self.lines) else ""

    def value(self) -> Any:
        """The JSON value that begins with the next line; `[...]` stands for what is left out."""
        rest = "\n".join(self.lines[self.at :]).replace("[...]", "[]")
        made, end = json.JSONDecoder().raw_decode(rest)
        self.at += rest[:end].count("\n") + 1
        return made


def read(text: str = TEXT) -> Reference:
    made, lines = Reference(), _Lines(text)
    current: Operation | None = None
    table: list[Field] | None = None
    for line in lines:
        if line == "Rate Limiting":  # the operations are over
            current = None
        if _begins(lines, line):
            current = _operation(lines, line)
            made.operations.append(current)
        elif current and (found := _RESPONSE.fullmatch(line)):
            current.status, current.sample = int(found[1] or 200), lines.value()
        elif current and line in _LABELS:
            table = {"Request Body:": current.body, "Query Parameters:": current.query}.get(
                line
            )
        elif line.startswith("curl "):
            call = _curl(lines, line)
            if current:
                current.example = call
            else:
                made.calls.append(call)
        elif table is not None and (row := _ROW.fullmatch(line)):
            table.append(Field(row[1], row[3], bool(row[2]), row[4]))
        elif line not in _TABLE and not _general(made, lines, line):
            made.unread.append(line)
    return made


def _begins(lines: _Lines, title: str) -> bool:
    """Whether an operation begins with this title: its path is in the next line, or after a note."""
    here = _OPERATION.fullmatch(lines.ahead())
    note = title and lines.ahead().endswith(".") and _OPERATION.fullmatch(lines.ahead(1))
    return bool(here or note) and not title.endswith(".")


def _operation(lines: _Lines, title: str) -> Operation:
    notes = []
    while not (found := _OPERATION.fullmatch(lines.ahead())):
        notes.append(next(iter(lines)))
    next(iter(lines))
    if lines.ahead().startswith("Returns "):
        notes.append(next(iter(lines)))
    return Operation(title, found[1], found[2], notes)


def _curl(lines: _Lines, line: str) -> Curl:
    text = line
    while text.count("'") % 2 or text.endswith("\\"):
        text += "\n" + next(iter(lines))
    words = shlex.split(text.replace("\\\n", " "))
    given: dict[str, list[str]] = {"-X": [], "-H": [], "-d": [], "--output": []}
    urls, rest = [], iter(words[1:])
    for word in rest:
        given[word].append(next(rest)) if word in given else urls.append(word)
    (url,) = urls
    body = json.loads(given["-d"][0]) if given["-d"] else None
    output = given["--output"][0] if given["--output"] else None
    return Curl((given["-X"] or ["GET"])[0], url, tuple(given["-H"]), body, output)


def _general(made: Reference, lines: _Lines, line: str) -> bool:
    """Plans, headers, statuses, and the forms of errors and lists; whether this line was one of them."""
    if line == "Common Headers":
        made.headers += [next(iter(lines)), next(iter(lines))]
    elif line == "Error Response Format:":
        made.error = lines.value()
    elif line == "Response includes:":
        made.pagination = lines.value()
    elif found := _PLAN.fullmatch(line):
        number = found[2].partition(" ")[0].replace(",", "")
        made.plans[found[1].lower()] = int(number) if number.isdigit() else None
    elif found := _RATE_HEADER.fullmatch(line):
        made.rate_headers[found[1]] = found[2]
    elif rows := _STATUS.findall(line):
        made.statuses |= {int(status): words for status, words in rows}
    else:
        return False
    return True
