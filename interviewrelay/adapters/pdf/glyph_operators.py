"""PDF operators and text tables for glyphs that no character represents."""

# ruff: noqa: SLF001 - ReportLab has no public API for this
from collections.abc import Iterable
from typing import Any

from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfgen.textobject import PDFTextObject

from interviewrelay.adapters.pdf.fonts import FontSet

_FUZZ = 1e-3  # thousandths of an em


def install_operators(faces: FontSet) -> None:
    """Patch ReportLab to place slots and to map them to text; once in a process."""
    plain = PDFTextObject._formatText

    def placed(self: Any, text: Any) -> Any:
        if isinstance(text, str) and not faces.slots.keys().isdisjoint(text):
            return _shown(self, text, faces)
        return plain(self, text)

    PDFTextObject._formatText = placed
    ttfonts.makeToUnicodeCMap = lambda name, subset: _to_unicode(name, subset, faces)


def _shown(target: Any, text: str, faces: FontSet) -> str:
    """Operators for a text with slots, each glyph at its offset.

    Dots and vowel signs are drawn after the letters of their word: pdftotext starts a new word at
    each glyph off the baseline, which would split the letters around it.
    """
    font = pdfmetrics.getFont(target._fontname)
    document, escape = target._canvas._doc, target._canvas._escape
    row = _Row(target)
    signs: list[tuple[float, str, str, float]] = []

    def draw_signs() -> None:
        end = row.pen
        # From last to first, since a move to the right may be read as a space.
        for sign in reversed(signs):
            row.show(*sign)
        signs.clear()
        row.pen = end

    at = 0
    for subset, codes in font.splitString(text, document):
        inner = font.getSubsetInternalName(subset, document)
        for number in codes:
            char = text[at]
            at += 1
            slot = faces.slots.get(char)
            shown = f"({escape(bytes([number]))})"
            if char == " ":
                draw_signs()
            if slot is None:
                row.show(row.pen, inner, shown, 0)
                row.advance(font.face.getCharWidth(ord(char)))
            elif not slot.text and not slot.advance:
                signs.append((row.pen + slot.x, inner, shown, slot.y))
            else:
                row.show(row.pen + slot.x, inner, shown, slot.y)
                row.advance(slot.advance)
        target._curSubset = subset
    draw_signs()
    return row.written(inner)


class _Row:
    """Line of glyphs, in thousandths of an em from its start."""

    def __init__(self, target: Any) -> None:
        self.pen = 0.0  # position of the next glyph
        self._at = 0.0  # position as a reader of the operators sees it
        self._size, self._rise = target._fontsize, target._rise
        self._face = f"{fp_str(self._size)} Tf {fp_str(target._leading)} TL"
        self._inner = ""
        self._raised = 0.0
        self._code: list[str] = []
        self._row: list[str] = []

    def show(self, place: float, inner: str, shown: str, y: float) -> None:
        """Draw one glyph in this subset of the face, at a height above the baseline."""
        self._choose(inner)
        if y != self._raised:
            self._flush()
            self._code.append(f"{fp_str(self._rise + self._size * y / 1000)} Ts")
            self._raised = y
        self._move(place)
        self._row.append(shown)

    def advance(self, width: float) -> None:
        """Set the advance width of the last glyph."""
        self._at += width
        self.pen += width

    def written(self, inner: str) -> str:
        """All operators; the line continues at the pen, on the baseline, in this subset."""
        self._choose(inner)
        self._move(self.pen)
        self._flush()
        if self._raised:
            self._code.append(f"{fp_str(self._rise)} Ts")
        return " ".join(self._code)

    def _choose(self, inner: str) -> None:
        if inner != self._inner:
            self._flush()
            self._code.append(f"{inner} {self._face}")
            self._inner = inner

    def _move(self, place: float) -> None:
        if abs(place - self._at) > _FUZZ:
            self._row += _steps(self._at - place)
            self._at = place

    def _flush(self) -> None:
        if self._row:
            self._code.append(f"[{' '.join(self._row)}] TJ")
            self._row.clear()


def _steps(way: float) -> list[str]:
    """Move in thousandths of an em, in steps too small to be read as a space."""
    count = int(abs(way) // 120) + 1
    return [fp_str(way / count)] * count if way else []


def _to_unicode(name: str, subset: Iterable[int], faces: FontSet) -> str:
    """Table from codes of a subset to text; ReportLab's own covers only the basic plane."""
    rows = []
    for code, char in enumerate(map(chr, subset)):
        slot = faces.slots.get(char)
        text = char if slot is None else slot.text
        rows.append(f"<{code:02X}> <{text.encode('utf-16-be').hex().upper()}>")
    blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]  # limit of the format
    body = [
        line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")
    ]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo",
            f"<< /Registry ({name})",
            f"/Ordering ({name})",
            "/Supplement 0",
            ">> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *body,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )
