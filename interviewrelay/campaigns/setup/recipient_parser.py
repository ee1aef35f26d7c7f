"""Recipient parser: splits a list into lines and finds the people in each."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from interviewrelay.campaigns.invites.invites import Invitee
from interviewrelay.core import text as texts
from interviewrelay.core.email_addresses import normalize_address
from interviewrelay.core.errors import InvalidParameter

Reason = Literal[
    "NO_ADDRESS",
    "INVALID_ADDRESS",
    "OPEN_QUOTE",
    "MORE_CELLS",
    "NO_COLUMNS",
    "TOO_LONG",
    "NOT_ONE_LINE",
]

LARGEST: Final = 1024 * 1024
MOST: Final = 1_000
LONGEST_NAME: Final = 200
LONGEST_VALUE: Final = 500
LONGEST_ADDRESS: Final = 400
"""Maximum length of an address as written; the normalized form is shorter still."""
LONGEST_COLUMN: Final = 100
MOST_COLUMNS: Final = 50
QUOTE_LINES: Final = 5
"""Maximum lines of a quoted cell, so that an unclosed quote damages no more than that."""
SEPARATORS: Final = "\t;,"
"""Separators in order of precedence: a name with a comma may stand beside an address."""

_NAMED: Final = re.compile(r"([^<>]*)<([^<>]*@[^<>]*)>")
_SPLIT: Final = re.compile(f"[{SEPARATORS}]")
_EMAIL: Final = frozenset(
    ("email", "mail", "emailaddress", "mailaddress", "emailadres", "emailadresse", "adressemail",
     "adresseemail", "courriel", "correo", "correoelectronico"),
)  # fmt: skip
_NAME: Final = frozenset(("name", "fullname", "naam", "nom", "nombre", "displayname"))
_FIRST: Final = frozenset(("firstname", "givenname", "voornaam", "vorname", "prenom"))
_LAST: Final = frozenset(
    ("lastname", "surname", "familyname", "achternaam", "nachname", "apellido", "apellidos"),
)  # fmt: skip

ParsedLine = tuple[list[Invitee], list[tuple[str, Reason]]]
"""Recipients in a line, and the parts that contain none."""


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """Header: the meaning of each cell below it: a part of a person, `+` and a title, or nothing."""

    separator: str
    columns: Sequence[str]

    @property
    def own(self) -> int:
        """Number of custom columns."""
        return sum(column.startswith("+") for column in self.columns)


@dataclass(frozen=True, slots=True)
class ListRow:
    at: int
    height: int
    text: str
    head: ColumnLayout | None
    cells: Sequence[str] | None
    """None if a quote is not closed."""


def split_rows(text: str) -> Iterator[ListRow]:
    lines, at = text.split("\n"), 0
    head: ColumnLayout | None = None
    while at < len(lines):
        new = _head(lines[at])
        if new or not lines[at].strip():
            head, at = new or head, at + 1
            continue
        separator = head.separator if head and head.columns else SEPARATORS
        cells, height = _cells(lines[at], separator), 1
        while cells is None and height < min(QUOTE_LINES, len(lines) - at):
            height += 1
            cells = _cells("\n".join(lines[at : at + height]), separator)
        height = height if cells else 1
        yield ListRow(at, height, "\n".join(lines[at : at + height]), head, cells)
        at += height


def parse_row(row: ListRow) -> ParsedLine:
    """Recipients in a line, and the parts that contain none."""
    if row.cells is None:
        return [], [(row.text, "OPEN_QUOTE")]
    if row.head and row.head.columns:
        return _by_columns(row.text, row.cells, row.head.columns)
    return _named(row.text) if "<" in row.text else _by_marks(row.text)


def _head(line: str) -> ColumnLayout | None:
    """Header if a cell names a column of addresses; a single word counts only as far as the lines
    below support it.
    """
    if "@" in line or not line.strip() or len(line) > LARGEST // 100:
        return None
    separator = max(SEPARATORS, key=lambda mark: len(_cells(line, mark) or ()))
    cells = [cell.strip() for cell in _cells(line, separator) or ()]
    columns = [_column(cell) for cell in cells]
    if "email" not in columns:
        return None
    return ColumnLayout(separator, columns if len(columns) > 1 else ())


def _column(title: str) -> str:
    plain = re.sub("[^a-z]", "", texts.fold_text(title))
    known = {"email": _EMAIL, "name": _NAME, "first": _FIRST, "last": _LAST}
    for part, titles in known.items():
        if plain in titles:
            return part
    return "" if texts.is_blank(title) else f"+{title[:LONGEST_COLUMN]}"


def _by_columns(text: str, cells: Sequence[str], columns: Sequence[str]) -> ParsedLine:
    if not any(cell.strip() for cell in cells):
        return [], []
    if any(cell.strip() for cell in cells[len(columns) :]):
        return [], [(text, "MORE_CELLS")]
    values: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column and not texts.is_blank(cell):
            values.setdefault(column, cell.strip())
    written = values.get("email", "")
    shown = _NAMED.fullmatch(written)
    whole = " ".join(values[part] for part in ("first", "last") if part in values)
    name = values.get("name") or whole or (shown[1].strip(' "') if shown else "")
    extra = {column[1:]: value for column, value in values.items() if column[0] == "+"}
    return _checked(text, shown[2] if shown else written, name, extra)


def _named(text: str) -> ParsedLine:
    """`Name <address>`, once or several times; the text between may hold addresses too."""
    *pieces, rest = text.split(">")
    parts: list[ParsedLine] = []
    for piece in pieces:
        before, opened, email = piece.rpartition("<")
        if not opened or "@" not in email or "<" in before:
            return _checked(text, text)
        others = _SPLIT.split(before) if "@" in before else [before]
        name = others.pop() if "@" not in others[-1] else ""
        parts += [_checked(other, other) for other in others if other.strip()]
        parts.append(_checked(f"{piece}>", email, name.strip(' ,;\t"')))
    return _together(parts + [_checked(one, one) for one in _SPLIT.split(rest) if one.strip()])


def _by_marks(text: str) -> ParsedLine:
    """Addresses, or one address beside a name."""
    split = (_cells(text, mark) or [] for mark in SEPARATORS)
    cells = next((cells for cells in split if len(cells) > 1), _cells(text, SEPARATORS) or [])
    if any(cell.count("@") > 1 for cell in cells):
        apart = _cells(text, SEPARATORS) or []
        cells = [part for cell in apart for part in (cell.split() if "@" in cell else [cell])]
    written = [cell.strip() for cell in cells if "@" in cell]
    others = [cell.strip() for cell in cells if "@" not in cell and not texts.is_blank(cell)]
    if len(written) != 1:
        return _together([_checked(part, part) for part in written + others])
    if len(others) > 2:
        return [], [(text, "NO_COLUMNS")]
    return _checked(text, written[0], " ".join(others))


def _checked(
    text: str, email: str, name: str = "", extra: Mapping[str, str] | None = None
) -> ParsedLine:
    extra, name = extra or {}, re.sub("[ \t\xa0]+", " ", name).strip()
    known = normalize_address(email) if len(email) <= LONGEST_ADDRESS else None
    if known is None:
        return [], [(text.strip(), "INVALID_ADDRESS" if "@" in email else "NO_ADDRESS")]
    if len(name) > LONGEST_NAME or any(len(value) > LONGEST_VALUE for value in extra.values()):
        return [], [(text.strip(), "TOO_LONG")]
    if not texts.is_one_line(name):
        return [], [(text.strip(), "NOT_ONE_LINE")]
    return [Invitee(known, "" if texts.is_blank(name) else name, extra)], []


def _together(parts: Sequence[ParsedLine]) -> ParsedLine:
    everybody = [person for found, _ in parts for person in found]
    return everybody, [wrong for _, bad in parts for wrong in bad]


def _cells(text: str, separators: str) -> list[str] | None:
    """Cells of a line, with quotes; None if a quote is not closed."""
    if '"' not in text:
        return re.split(f"[{separators}]", text)
    cells: list[list[str]] = [[]]
    quoted, skip, begun = False, False, False
    for at, mark in enumerate(text):
        if skip:
            skip = False
        elif quoted and mark == '"' and text[at + 1 : at + 2] == '"':
            cells[-1].append(mark)
            skip = True
        elif mark == '"' and (quoted or not begun):
            quoted, begun = not quoted, True
        elif not quoted and mark in separators:
            cells.append([])
            begun = False
        else:
            cells[-1].append(mark)
            begun = begun or not mark.isspace()
    return None if quoted else ["".join(cell) for cell in cells]


def build_refusal(words: str) -> InvalidParameter:
    return InvalidParameter.field("people", f"list of at most {MOST} people", words)
