"""Recipient list, pasted or uploaded: the people on it, and the problems of its other lines.

Lines hold addresses, `Name <address>`, or cells of a CSV file. A header line, at the top or further
down, names the columns below it.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from interviewrelay.campaigns.invites.invites import Invitee
from interviewrelay.campaigns.setup.recipient_parser import (
    LARGEST,
    LONGEST_VALUE,
    MOST,
    MOST_COLUMNS,
    ColumnLayout,
    Reason,
    build_refusal,
    parse_row,
    split_rows,
)
from interviewrelay.core import text as texts
from interviewrelay.core.errors import Conflict
from interviewrelay.core.strict_json import CONTROL

COLUMNS: Final = ColumnLayout(",", ["email", "name"])
"""Layout of the lines that are added by the API."""
UNCLOSED: Final = (
    "The recipient list of this campaign has a quotation mark that is never closed. Correct the list "
    "in the dashboard first."
)


@dataclass(frozen=True, slots=True)
class NamedRecipient:
    """Person on the list, with the position."""

    line: int
    person: Invitee


@dataclass(frozen=True, slots=True)
class InvalidLine:
    """Invalid line, or part of one."""

    line: int
    text: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class DuplicateLine:
    """Duplicate of an address in an earlier line."""

    line: int
    email: str
    first: int


@dataclass(slots=True)
class RecipientList:
    people: list[NamedRecipient] = field(default_factory=list)
    """Each address once, in the order of the list."""
    bad: list[InvalidLine] = field(default_factory=list)
    twice: list[DuplicateLine] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """Other columns, which are stored with each invite."""


def decode_file(body: bytes) -> str:
    """Text of a file: UTF-8, UTF-16 with a byte order mark, or the Windows encoding of
    spreadsheets.

    Raises InvalidParameter for a file that is too large or not text.
    """
    if len(body) > LARGEST:
        raise build_refusal(
            "The file is larger than 1 MiB. Split it and invite people in batches."
        )
    if body.startswith(b"PK\x03\x04"):
        raise build_refusal("This is a spreadsheet, not a CSV file. Export it as CSV first.")
    marked = body.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return CONTROL.sub("", texts.normalize_line_feeds(text))
    raise build_refusal("This is not a text file. Choose a CSV file, or paste the addresses.")


def parse_recipients(text: str) -> RecipientList:
    """People on a list. Raises InvalidParameter above 1,000 lines or people, or 1 MiB."""
    require_size(text)
    found, first = RecipientList(), dict[str, int]()
    for number, row in enumerate(split_rows(texts.normalize_line_feeds(text)), 1):
        if row.head and row.head.own > MOST_COLUMNS:
            words = f"The list has more than {MOST_COLUMNS} extra columns. Remove some."
            raise build_refusal(words)
        persons, bad = parse_row(row)
        found.bad += [
            InvalidLine(row.at + 1, part[:LONGEST_VALUE], reason) for part, reason in bad
        ]
        for person in persons:
            key = person.email.lower()
            if key in first:
                found.twice.append(DuplicateLine(row.at + 1, person.email, first[key]))
                continue
            first[key] = row.at + 1
            found.people.append(NamedRecipient(row.at + 1, person))
            found.kept += [name for name in person.extra if name not in found.kept]
        if number > MOST or len(found.people) > MOST:
            raise build_refusal(_too_many(text))
    return found


def remove_invalid_lines(text: str) -> tuple[str, int]:
    """The list without invalid entries, and the number of changed lines."""
    kept, touched = text.split("\n"), 0
    for row in reversed(list(split_rows(text))):
        persons, bad = parse_row(row)
        if bad:
            left = [f"{p.name} <{p.email}>" if p.name else p.email for p in persons]
            kept[row.at : row.at + row.height] = [", ".join(left)] if left else []
            touched += 1
    return "\n".join(kept), touched


def require_size(text: str) -> None:
    """Raises InvalidParameter for a list above 1 MiB."""
    if len(text.encode(errors="replace")) > LARGEST:
        raise build_refusal(
            "The list is larger than 1 MiB. Split it and invite people in batches."
        )


def append_people(text: str, people: Sequence[Invitee]) -> str:
    """The list with lines for these people at its end, under a header line of their own.

    Raises Conflict if an unclosed quotation mark in the list would swallow them.
    """
    if not people:
        return text
    rows = list(split_rows(text))
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\n")
    if not rows or rows[-1].head != COLUMNS:
        lines.writerow(COLUMNS.columns)
    lines.writerows((person.email, person.name) for person in people)
    whole = "\n".join(part for part in (text.rstrip("\n"), written.getvalue()) if part)
    found = {named.person.email.lower() for named in parse_recipients(whole).people}
    if not found.issuperset(person.email.lower() for person in people):
        raise Conflict(UNCLOSED)
    return whole


def find_lines(text: str, email: str) -> str:
    """Lines that contain this address in any form."""
    lines = text.split("\n")
    return "\n".join(lines[at] for at in sorted(_naming(text, email)))


def remove_lines(text: str, email: str) -> str:
    """The list without the lines that contain this address."""
    gone = _naming(text, email)
    return "\n".join(line for at, line in enumerate(text.split("\n")) if at not in gone)


def _naming(text: str, email: str) -> set[int]:
    known, found = email.lower(), set[int]()
    for row in split_rows(text):
        here = {person.email.lower() for person in parse_row(row)[0]}
        if known in here or known in row.text.lower():
            found |= set(range(row.at, row.at + row.height))
    return found


def _too_many(text: str) -> str:
    lines = sum(1 for line in text.split("\n") if line.strip())
    how_many = f"this list has {lines:,} lines" if lines > MOST else "this list has more"
    return (
        f"You can invite up to {MOST:,} people at once, but {how_many}. Invite them in batches."
    )
