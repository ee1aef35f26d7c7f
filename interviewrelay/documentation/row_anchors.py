"""Row anchors: a row of a table whose first or second cell begins with a name in code can be linked to.

Such rows describe a setting, an event or an error code, and search finds them like a heading.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from markdown_it.token import Token

_NAME: Final = re.compile(r"[A-Z][A-Z0-9_]{2,}|[a-z]+(?:\.[a-z_]+)+")
"""Name of a setting or an error code, or of an event."""


def set_row_anchors(tokens: Sequence[Token], used: set[str]) -> None:
    """Give the first of these rows with a name that name as its anchor, and add it to `used`."""
    for row, cells in _rows(tokens):
        for cell in cells[:2]:
            name = _get_name(cell)
            if name and name not in used:
                used.add(name)
                row.attrSet("id", name)
                row.meta = {"name": name}
                break


def _rows(tokens: Sequence[Token]) -> Iterator[tuple[Token, list[Token]]]:
    row: Token | None = None
    cells: list[Token] = []
    for token in tokens:
        if token.type == "tr_open":
            row, cells = token, []
        elif token.type == "inline" and row is not None:
            cells.append(token)
        elif token.type == "tr_close" and row is not None:
            yield row, cells
            row = None


def _get_name(cell: Token) -> str:
    children = [c for c in cell.children or [] if c.type != "text" or c.content.strip()]
    if not children or children[0].type != "code_inline":
        return ""
    name = children[0].content
    return name if _NAME.fullmatch(name) else ""
