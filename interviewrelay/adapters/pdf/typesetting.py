"""Typesetting: clean text for a PDF, with a face for every character."""

import re
import unicodedata

from interviewrelay.adapters.pdf.fonts import BODY, EMOJI, LABEL, PLAIN, FontSet, GlyphCoverage

HAN_FACES = {
    "zh": ("NotoSansSC-Regular", "NotoSansTC-Regular"),
    "zh-hant": ("NotoSansTC-Regular", "NotoSansSC-Regular"),
    "ja": ("NotoSansJP-Regular", "NotoSansSC-Regular"),
    "ko": ("NotoSansKR-Regular", "NotoSansSC-Regular"),
}
TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")
JOINERS = "\u200c\u200d"
EMOJI_STYLE = "\ufe0f"
# Marks that stay in the face of the letter before them.
_TAILS = ("Mn", "Mc", "Me")
_KEPT_CONTROLS = "\n\t"
_WORDS = re.compile(r"( +)")
_BLANK = re.compile(r"[^\S\n]+")


class Typesetter:
    """Turns raw text into text in which a used face can draw every character."""

    def __init__(self, coverage: GlyphCoverage, faces: FontSet, language: str) -> None:
        self._coverage = coverage
        self._faces = faces
        self._basic = coverage.basic_characters()
        self._order = _order(coverage.faces, language)
        self._chosen: dict[str, str | None] = {}
        self._shaped: dict[tuple[str, str], str] = {}

    def typeset(self, text: str) -> str:
        """Text as the page shows it, with line feeds."""
        text = clean_text(text)
        if self._basic.issuperset(text.replace("\n", "")) and not _has_marks(text):
            return text
        if _has_marks(text):
            text = unicodedata.normalize("NFC", text)
        return "\n".join(self._line(line) for line in text.split("\n"))

    def font_families(self, first: str) -> str:
        """CSS list of the faces in use, `first` leading."""
        used = [name for name in self._order if name in self._faces.used and name != first]
        return ", ".join(f"'{name}'" for name in (first, *used))

    def _line(self, line: str) -> str:
        return "".join(
            word if not word or word.isspace() else self._word(word)
            for word in _WORDS.split(line)
        )

    def _word(self, word: str) -> str:
        if self._basic.issuperset(word) and not _has_marks(word):
            return word
        pieces: list[str] = []
        for face, run in self._runs(word):
            if face is None:
                pieces.extend(self._otherwise(char) for char in run)
            elif face in PLAIN and not _has_marks(run):
                self._faces.get(face)
                pieces.append(run)
            else:
                pieces.append(self._shape(face, run))
        return "".join(pieces)

    def _otherwise(self, char: str) -> str:
        """Replacement for a character without a face: its equivalent (カ for ｶ), or its number."""
        plain = unicodedata.normalize("NFKC", char)
        known = plain != char and all(self._face(part, "", None) for part in plain)
        return self._word(plain) if known else _named(char)

    def _runs(self, word: str) -> list[tuple[str | None, str]]:
        """Word split where the face changes, without invisible joiners."""
        runs: list[tuple[str | None, str]] = []
        for at, char in enumerate(word):
            last = runs[-1][0] if runs else None
            face = self._face(char, word[at + 1 : at + 2], last)
            if face is None and (char in JOINERS or unicodedata.category(char) == "Cf"):
                continue
            if face is None and 0xFE00 <= ord(char) <= 0xFE0F:
                continue
            if runs and last == face:
                runs[-1] = (face, runs[-1][1] + char)
            else:
                runs.append((face, char))
        return runs

    def _face(self, char: str, following: str, last: str | None) -> str | None:
        code = ord(char)
        tail = char in JOINERS or unicodedata.category(char) in _TAILS
        if last is not None and (tail or char == EMOJI_STYLE or _modifies(code)):
            if self._coverage.has_glyph(last, code):
                return last
            if last == EMOJI and char == EMOJI_STYLE:
                return None
        if following == EMOJI_STYLE and self._coverage.has_glyph(EMOJI, code):
            return EMOJI
        if char not in self._chosen:
            faces = (name for name in self._order if self._coverage.has_glyph(name, code))
            usable = not (tail and char in JOINERS) and not _reserved(code)
            self._chosen[char] = next(faces, None) if usable else None
        return self._chosen[char]

    def _shape(self, face: str, run: str) -> str:
        key = (face, run)
        if key not in self._shaped:
            self._shaped[key] = self._faces.shape_text(face, run)
        return self._shaped[key]


def clean_text(text: str) -> str:
    """Text without controls, bidirectional overrides and byte order marks."""
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n")
    kept = "".join(char for char in text if _visible(char))
    return _BLANK.sub(" ", kept)


def detect_direction(text: str) -> str:
    """`rtl` if the first letter with a direction runs right to left, otherwise `ltr`."""
    if text.isascii():
        return "ltr"
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind == "L":
            return "ltr"
        if kind in ("R", "AL"):
            return "rtl"
    return "ltr"


def _visible(char: str) -> bool:
    if char in _KEPT_CONTROLS or char in JOINERS:
        return True
    return unicodedata.category(char) not in ("Cc", "Cf") or 0xE0020 <= ord(char) <= 0xE007F


def _has_marks(text: str) -> bool:
    if text.isascii():
        return False
    return any(char > "\u02ff" and unicodedata.category(char) in _TAILS for char in text)


def _modifies(code: int) -> bool:
    """True if it modifies the emoji before it: a skin tone, a tag."""
    return 0x1F3FB <= code <= 0x1F3FF or 0xE0020 <= code <= 0xE007F


def _reserved(code: int) -> bool:
    """True if the code point may be one of the slots of `fonts`."""
    return 0xE000 <= code <= 0xF8FF or 0x1E800 <= code <= 0x1EEFF


def _named(char: str) -> str:
    return f"[U+{ord(char):04X}]"


def _order(faces: tuple[str, ...], language: str) -> tuple[str, ...]:
    """Faces by preference: the shape of Han characters depends on the language."""
    tag = language.lower().replace("_", "-")
    key = "zh-hant" if tag.startswith(TRADITIONAL) else tag.split("-")[0]
    han = HAN_FACES.get(key, HAN_FACES["zh"])
    rest = (name for name in faces if name not in (BODY, LABEL, *han))
    return (BODY, *han, *rest)
