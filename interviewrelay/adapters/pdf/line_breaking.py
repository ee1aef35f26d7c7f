"""Line breaking for every script: at spaces, between Han characters, before clusters.

xhtml2pdf breaks either only at spaces or between any two characters. One answer may mix English and
Chinese, or have a thousand letters without a space. This replaces its second mode (`word-break:
break-all`).
"""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from reportlab.lib.textsplit import ALL_CANNOT_END, ALL_CANNOT_START
from xhtml2pdf import reportlab_paragraph as paragraphs

from interviewrelay.adapters.pdf.fonts import UNSPACED, FontSet

# Thai and Lao vowels that are written before their consonant.
_LEADING_VOWELS = frozenset("\u0e40\u0e41\u0e42\u0e43\u0e44\u0ec0\u0ec1\u0ec2\u0ec3\u0ec4")
# Latin, Greek, Cyrillic and their punctuation, the usual case: breaks only at spaces.
_SIMPLE = re.compile(r"[\x20-\u02ff\u0370-\u058f\u1e00-\u1fff\u2010-\u206f\u20a0-\u20bf]*")
_SIMPLE_WORD = re.compile(r" |[^ ]+")
_FUZZ = 1e-6


def install_line_breaking(faces: FontSet) -> None:
    """Patch line breaking of xhtml2pdf's break-all paragraphs; once in a process."""

    def break_lines(self: Any, width: Any) -> Any:
        widths = list(width) if isinstance(width, list | tuple) else [width]
        leading = getattr(self, "autoLeading", getattr(self.style, "autoLeading", ""))
        return _split(_atoms(self.frags, faces), widths, leading not in {"", "off"})

    paragraphs.Paragraph.breakLinesCJK = break_lines


class _Atom:
    """Unbreakable piece: a word, a Han character, a cluster. `free` is true if a line may start
    with it; `again` holds its parts, for when it is wider than a line.
    """

    __slots__ = ("again", "free", "line_end", "piece", "space", "width")

    def __init__(self, text: str, frag: Any, *, free: bool, again: Sequence[str]) -> None:
        self.piece = paragraphs.cjkU(text, frag, "utf8")
        self.width: float = self.piece.width
        self.free = free
        self.space = text == " "
        self.line_end = hasattr(frag, "lineBreak")
        self.again = again


def _atoms(frags: Any, faces: FontSet) -> list[_Atom]:
    atoms: list[_Atom] = []
    after = " "
    for frag in frags:
        text = frag.text if isinstance(frag.text, str) else str(frag.text)
        if not text:
            atoms.append(_Atom("", frag, free=True, again=[]))
            after = " " if hasattr(frag, "lineBreak") else after
            continue
        for clusters in _words(text, after, faces):
            free = _may_begin(clusters[0], after, faces)
            atoms.append(_Atom("".join(clusters), frag, free=free, again=clusters))
            after = clusters[-1]
    return atoms


def _words(text: str, after: str, faces: FontSet) -> Sequence[Sequence[str]]:
    """Pieces that stay on one line, each a sequence of clusters."""
    if _SIMPLE.fullmatch(text):
        return _SIMPLE_WORD.findall(text)
    words: list[list[str]] = []
    for cluster in _clusters(text, faces):
        if words and not _may_begin(cluster, after, faces):
            words[-1].append(cluster)
        else:
            words.append([cluster])
        after = cluster
    return words


def _clusters(text: str, faces: FontSet) -> list[str]:
    """Clusters: a glyph with its marks."""
    clusters: list[str] = []
    for char in text:
        slot = faces.slots.get(char)
        if slot is not None and not slot.first and clusters:
            clusters[-1] += char
        else:
            clusters.append(char)
    return clusters


def _may_begin(cluster: str, after: str, faces: FontSet) -> bool:
    """True if a line may break between `after` and the cluster."""
    first, last = cluster[0], after[-1]
    if first == " " or last == " ":
        return True
    if first.isascii() and last.isascii():
        return False
    if first in ALL_CANNOT_START or last in ALL_CANNOT_END:
        return False
    if _ideograph(first) or _ideograph(last):
        return True
    here, before = faces.slots.get(first), faces.slots.get(after[0])
    if here is None or before is None or here.face not in UNSPACED:
        return False
    return before.text not in _LEADING_VOWELS


def _ideograph(char: str) -> bool:
    code = ord(char)
    return (
        0x2E80 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF
        or 0xFF01 <= code <= 0xFF60
        or 0x20000 <= code <= 0x3FFFF
    )


def _split(atoms: list[_Atom], widths: Any, bounds: Any) -> Any:
    lines: list[Any] = []
    line: list[_Atom] = []
    used = 0.0
    pending = atoms[::-1]
    while pending:
        atom = pending.pop()
        room = widths[min(len(lines), len(widths) - 1)]
        if atom.line_end:
            lines.append(_made(line, room, bounds, atom))
            line, used = [], 0.0
            continue
        if atom.space and not line and lines:
            continue
        if used + atom.width <= room + _FUZZ or atom.space:
            line.append(atom)
            used += atom.width
            continue
        back = _last_free(line, atom)
        if back:
            pending.append(atom)
            pending.extend(reversed(line[back:]))
            lines.append(_made(line[:back], room, bounds))
        elif len(atom.again) > 1:
            pieces = [_Atom(c, atom.piece.frag, free=True, again=[]) for c in atom.again]
            pieces[0].free = atom.free
            pending.extend(reversed(pieces))
            continue
        elif line:
            pending.append(atom)
            lines.append(_made(line, room, bounds))
        else:
            lines.append(_made([atom], room, bounds))
        line, used = [], 0.0
    if line:
        lines.append(_made(line, widths[min(len(lines), len(widths) - 1)], bounds))
    return paragraphs.ParaLines(kind=1, lines=lines)


def _last_free(line: list[_Atom], atom: _Atom) -> int:
    """Cut position so that a line may start there; 0 if there is none."""
    if atom.free and line:
        return len(line)
    for at in range(len(line) - 1, 0, -1):
        if line[at].free and not line[at].space:
            return at
    return 0


def _made(line: list[_Atom], room: float, bounds: Any, end: _Atom | None = None) -> Any:
    kept = list(line)
    while kept and kept[-1].space:
        kept.pop()
    free = room - sum(atom.width for atom in kept)
    if end is not None:
        kept.append(end)
    return paragraphs.makeCJKParaLine(_joined(kept), free, bounds)


class _Run(str):
    """Text of one fragment in xhtml2pdf's form."""

    __slots__ = ("frag",)
    frag: Any


def _joined(atoms: list[_Atom]) -> list[_Run]:
    """Atoms of each fragment as one run, because xhtml2pdf processes runs slowly."""
    runs: list[_Run] = []
    for frag, group in groupby((atom.piece for atom in atoms), lambda piece: piece.frag):
        run = _Run("".join(group))
        run.frag = frag
        runs.append(run)
    return runs
