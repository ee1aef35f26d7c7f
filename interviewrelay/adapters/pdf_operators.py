"""What ReportLab writes for glyphs that no character stands for: operators and text tables."""

# ruff: noqa: SLF001 - ReportLab has no public way to any of this
from collections.abc import Iterable
from typing import Any

from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfgen.textobject import PDFTextObject

from interviewrelay.adapters.pdf_fonts import Faces


def install(faces: Faces) -> None:
    """Teach ReportLab to place slots and to say what they stand for; once in a process."""
    plain = PDFTextObject._formatText

    def placed(self: Any, text: Any) -> Any:
        if isinstance(text, str) and not faces.slots.keys().isdisjoint(text):
            return _shown(self, text, faces)
        return plain(self, text)

    PDFTextObject._formatText = placed
    ttfonts.makeToUnicodeCMap = lambda name, subset: _to_unicode(name, subset, faces)


def _shown(target: Any, text: str, faces: Faces) -> str:
    """The operators that show a text with slots in it, each glyph at its offset."""
    font = pdfmetrics.getFont(target._fontname)
    document, escape = target._canvas._doc, target._canvas._escape
    size, leading, rise = target._fontsize, target._leading, target._rise
    code: list[str] = []
    row: list[str] = []

    def flush() -> None:
        if row:
            code.append(f"[{' '.join(row)}] TJ")
            row.clear()

    at = 0
    for subset, codes in font.splitString(text, document):
        if subset != target._curSubset:
            flush()
            inner = font.getSubsetInternalName(subset, document)
            code.append(f"{inner} {fp_str(size)} Tf {fp_str(leading)} TL")
            target._curSubset = subset
        for number in codes:
            slot = faces.slots.get(text[at])
            at += 1
            shown = f"({escape(bytes([number]))})"
            if slot is None or not (slot.x or slot.y):
                row.append(shown)
                continue
            if slot.y:
                flush()
                code.append(f"{fp_str(rise + size * slot.y / 1000)} Ts")
            row += [*_steps(-slot.x), shown, *_steps(slot.x)]
            if slot.y:
                flush()
                code.append(f"{fp_str(rise)} Ts")
    flush()
    return " ".join(code)


def _steps(way: float) -> list[str]:
    """A move in thousandths of an em, in steps too small to be read as a space."""
    count = int(abs(way) // 120) + 1
    return [fp_str(way / count)] * count if way else []


def _to_unicode(name: str, subset: Iterable[int], faces: Faces) -> str:
    """The table from codes of a subset to text; ReportLab's own knows only the basic plane."""
    rows = []
    for code, char in enumerate(map(chr, subset)):
        slot = faces.slots.get(char)
        text = char if slot is None else slot.text
        rows.append(f"<{code:02X}> <{text.encode('utf-16-be').hex().upper()}>")
    blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]  # the format's limit
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
