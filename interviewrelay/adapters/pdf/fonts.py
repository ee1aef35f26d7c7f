"""PDF fonts: which characters each face has, and glyphs for pieces of text.

HarfBuzz returns glyphs that no single character represents (joined Arabic, Indic conjuncts, emoji
sequences). Each such glyph gets a *slot*: a code point that text never uses, which the layout
treats like any character and which the PDF maps back to its text.
"""

import json
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, groupby
from pathlib import Path
from typing import Any

import uharfbuzz
import xhtml2pdf.default
from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics, ttfonts

from interviewrelay.core.lazy_attribute import lazy_attribute

BODY = "NotoSans-Regular"
LABEL = "NotoSans-SemiBold"
EMOJI = "NotoEmoji-Regular"
RTL = frozenset({"NotoSansArabic-Regular", "NotoSansHebrew-Regular"})
SPACE = 260  # thousandths of an em, from the body face
# Faces that render their text correctly without HarfBuzz.
PLAIN = frozenset(
    {
        BODY,
        LABEL,
        "NotoSansSC-Regular",
        "NotoSansTC-Regular",
        "NotoSansJP-Regular",
        "NotoSansKR-Regular",
        "NotoSansMath-Regular",
        "NotoSansSymbols-Regular",
        "NotoSansSymbols2-Regular",
        "NotoSansEthiopic-Regular",
        "NotoSansArmenian-Regular",
        "NotoSansGeorgian-Regular",
        "NotoSansHebrew-Regular",
        "DejaVuSans-Rest",
    }
)
# Scripts without spaces: lines may break before any cluster.
UNSPACED = frozenset(
    {
        "NotoSansThai-Regular",
        "NotoSansLao-Regular",
        "NotoSansKhmer-Regular",
        "NotoSansMyanmar-Regular",
    }
)
# Slots for left-to-right text: the private use area. Slots for right-to-left text: code points
# that the bidirectional algorithm treats as Arabic (or, once those are used up, Hebrew) letters
# although nobody can type them with these faces.
LTR_SLOTS = range(0xE000, 0xF8FF)
RTL_SLOTS = (
    range(0x1EE00, 0x1EEFF),
    range(0x1EC70, 0x1ECBF),
    range(0x1ED00, 0x1ED4F),
    range(0x1E800, 0x1EC6F),
)


@dataclass(frozen=True, slots=True)
class GlyphSlot:
    """Positioned glyph: `text` is what it represents, `first` is true if it starts a cluster.

    Advance and offsets are in thousandths of an em.
    """

    face: str
    glyph: int
    text: str
    first: bool
    advance: float
    x: float
    y: float


class GlyphCoverage:
    """Coverage of each face, from `coverage.json` (inclusive ranges)."""

    def __init__(self, folder: Path) -> None:
        found = json.loads((folder / "coverage.json").read_text())
        self._starts: dict[str, list[int]] = {}
        self._ends: dict[str, list[int]] = {}
        for face, ranges in found.items():
            self._starts[face] = [start for start, _ in ranges]
            self._ends[face] = [end for _, end in ranges]
        self.faces: tuple[str, ...] = tuple(found)

    def has_glyph(self, face: str, code: int) -> bool:
        """True if the face has a glyph for the code point."""
        at = bisect_right(self._starts[face], code) - 1
        return at >= 0 and code <= self._ends[face][at]

    def basic_characters(self) -> frozenset[str]:
        """Every character of the body face, for a quick check of a whole text."""
        pairs = zip(self._starts[BODY], self._ends[BODY], strict=True)
        return frozenset(chr(c) for start, end in pairs for c in range(start, end + 1))


class FontSet:
    """Faces of one document, registered on demand."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loaded: dict[str, FontFace] = {}
        self._slots: dict[GlyphSlot, str] = {}
        self.slots: dict[str, GlyphSlot] = {}
        self._ltr: Iterator[int] = iter(LTR_SLOTS)
        self._rtl: Iterator[int] = chain(*RTL_SLOTS)

    @property
    def used(self) -> tuple[str, ...]:
        """Names of the faces in use, in order of first use."""
        return tuple(self._loaded)

    def get(self, name: str) -> "FontFace":
        """The face with this name."""
        if name not in self._loaded:
            self._loaded[name] = FontFace(name, self._folder / f"{name}.ttf")
        return self._loaded[name]

    def shape_text(self, name: str, text: str) -> str:
        """Text as slots of the face, in reading order; unchanged when slots run out."""
        face = self.get(name)
        try:
            return "".join(self._slot(slot) for slot in face.shape_glyphs(text))
        except StopIteration:
            return text

    def _slot(self, slot: GlyphSlot) -> str:
        known = self._slots.get(slot)
        if known is None:
            known = chr(next(self._rtl if slot.face in RTL else self._ltr))
            self._slots[slot] = known
            self.slots[known] = slot
            self.get(slot.face).assign_slot(ord(known), slot)
        return known


class FontFace:
    """TTF face, registered with ReportLab and xhtml2pdf under its own name."""

    def __init__(self, name: str, file: Path) -> None:
        self.name = name
        self.font: Any = ttfonts.TTFont(name, str(file))
        pdfmetrics.registerFont(self.font)
        for bold in (0, 1):
            for italic in (0, 1):
                addMapping(name, bold, italic, name)
        xhtml2pdf.default.DEFAULT_FONT[name.lower()] = name
        # A space belongs to the run before it and has the same width in every face.
        self.font.face.charWidths[32] = SPACE

    @lazy_attribute
    def _shaper(self) -> Any:
        return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(self.font.face._ttf_data)))  # noqa: SLF001

    def shape_glyphs(self, text: str) -> list[GlyphSlot]:
        """Glyphs of a text in reading order."""
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        rtl = buffer.direction == "rtl"
        uharfbuzz.shape(self._shaper, buffer, {})
        glyphs = list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))
        if rtl:
            glyphs.reverse()
        slots: list[GlyphSlot] = []
        cluster = -1
        for (info, at), piece in zip(glyphs, _spread(glyphs, text), strict=True):
            first = info.cluster != cluster
            cluster = info.cluster
            whole = piece[:1] if rtl else piece
            slots.append(self._slot(info.codepoint, whole, at, first=first))
            # PDF readers reverse right-to-left text letter by letter, by start position. So
            # marks are represented by blanks at the start of their letter.
            slots += [self._blank(letter) for letter in piece[len(whole) :]]
        return slots

    def _slot(self, glyph: int, text: str, at: Any, *, first: bool) -> GlyphSlot:
        scale = self.font.pdfScale
        advance, x, y = scale(at.x_advance), scale(at.x_offset), scale(at.y_offset)
        return GlyphSlot(self.name, glyph, text, first, advance, x, y)

    def _blank(self, text: str) -> GlyphSlot:
        glyph = self.font.face.charToGlyph[32]
        return GlyphSlot(self.name, glyph, text, first=False, advance=0, x=0, y=0)

    def assign_slot(self, code: int, slot: GlyphSlot) -> None:
        """Let the code point represent the slot's glyph."""
        face = self.font.face
        face.charToGlyph[code] = slot.glyph
        face.charWidths[code] = slot.advance


def _spread(glyphs: list[Any], text: str) -> list[str]:
    """Text of each glyph: every letter once, in reading order.

    Within a cluster, letters go to glyphs with a width, since PDF readers take a width without text
    for a space.
    """
    starts = sorted({info.cluster for info, _ in glyphs})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    pieces: list[str] = []
    for start, members in groupby(glyphs, lambda glyph: glyph[0].cluster):
        group = list(members)
        letters = text[start : ends[start]]
        wide = [i for i, (_, at) in enumerate(group) if at.x_advance] or [0]
        if len(letters) < len(wide):
            # A vowel on both sides of its consonant decomposes into two letters.
            letters = unicodedata.normalize("NFD", letters)
        if len(letters) < len(wide):
            wide = wide[:1]
        mine = [""] * len(group)
        for i in wide[:-1]:
            mine[i], letters = letters[0], letters[1:]
        mine[wide[-1]] = letters
        pieces.extend(mine)
    return pieces
