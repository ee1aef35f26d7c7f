"""Phrasing: seeded variants of fixed phrases, not used recently, each checked against the style
rules.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.patterns.lazy_pattern import LazyPattern
from interviewrelay.interviewer.text.tokenization import (
    get_base_language,
    normalize,
    split_sentences,
    split_words,
)
from interviewrelay.interviewer.wording.style_rules import list_violations

PHRASES: Mapping[str, Mapping[str, Sequence[str]]] = {
    code: languages.load_table(code, "phrases")["follow_ups"]
    for code in ("de", "en", "es", "fr", "nl")
}
"""Follow-ups by language: interviews in these languages have them, whatever the script's language."""

LINES: Mapping[str, Mapping[str, Sequence[str]]] = {
    code: languages.load_table(code, "phrases")["lines"] for code in ("ar", *PHRASES)
}
"""Lines around an author's questions."""

META: Mapping[str, Mapping[str, str]] = {
    code: languages.load_table(code, "phrases")["answers"] for code in LINES
}

_TRANSITIONS = frozenset(
    {"amended", "amended.plain", "declined", "skipped", "unknown", "leave", "residual"}
)
"""Lines that a language without lines can omit, since the next question says as much."""

RECENT_LINES = 5
"""Number of recent lines that are not repeated, nor their beginnings."""

LONGEST_LABEL = 6
"""Maximum words of a name in a question."""

SHORT_QUESTION = 20
"""Maximum words of a question that needs no short form."""

_POINTING: Final = languages.load_pattern("lexicon", "pointing")
_END = LazyPattern("[.?!:;,\u2026\u061f\u3002\uff01\uff1f][\"'\u201d\u2019\u00bb)]*$")
_PLACEHOLDER = LazyPattern(r"\{\w+\}")


def get_phrase_language(language: str) -> str:
    """Language of the fixed phrases: the script's if there is a table, otherwise English."""
    base = get_base_language(language)
    return base if base in LINES else "en"


def describe_audience(organization: str, language: str) -> str:
    """Readers of the answers as one phrase; empty if unnamed."""
    if not organization.strip():
        return ""
    phrase = LINES[get_phrase_language(language)]["audience"][0]
    return _filled(phrase, {"organization": organization})


class Voice:
    """Fixed phrases of one language, chosen by the interview's seed and the turn number."""

    def __init__(self, language: str, seed: str, turn: int, lines: Sequence[str]) -> None:
        """`lines` stood before the question in the interviewer's turns so far, newest last."""
        self.language = get_phrase_language(language)
        self.lines = get_base_language(language) == self.language
        self.own = self.lines and self.language in PHRASES
        self._seed = seed
        self._turn = turn
        self._lines = lines

    def line(self, key: str, **values: str) -> str:
        """A phrase of `key` that was not used recently. Values are the author's words, inserted
        unchanged; the phrase around them keeps the style rules.
        """
        if not self.lines and key in _TRANSITIONS:
            return ""
        pool = self._checked(LINES[self.language][key])
        recent = [line for line in self._lines if line][-RECENT_LINES:]
        order = list(self._rotated(pool, key))
        fresh = (p for p in order if not any(_begins(p) in line for line in recent))
        return _filled(next(fresh, order[0]), values)

    def pool(self, key: str) -> list[str]:
        """All phrases of `key`."""
        return self._checked(LINES[self.language][key])

    def fixed(self, key: str, **values: str) -> str:
        """The only phrase of `key`."""
        return _filled(self._checked(LINES[self.language][key])[0], values)

    def meta(self, key: str, **values: str) -> str:
        return _filled(self._checked((META[self.language][key],))[0], values)

    def follow_up(self, kind: str, asked: Sequence[str], *, again: bool = False) -> str:
        """Wording of a plain follow-up that was not asked yet, or with `again` a used one if none
        is left; otherwise empty.

        None in a language without follow-ups, because a question in another language would confuse.
        """
        pool = list(self._rotated(PHRASES[self.language][kind], kind)) if self.own else []
        fresh = next((text for text in pool if text not in asked), "")
        if fresh or not (again and pool):
            return fresh
        latest = {text: place for place, text in enumerate(asked)}
        return min(pool, key=lambda text: latest[text])

    def retelling(self, key: str, said: str) -> str:
        """Line that repeats what was said, alternating its wordings."""
        pool = PHRASES[self.language][key]
        used = sum(line.count(form.partition("{")[0]) for form in pool for line in self._lines)
        return pool[used % len(pool)].replace("{said}", said)

    def angles(self) -> Iterator[str]:
        """Gentle rewordings of the pending question from another angle."""
        if self.own:
            yield from self._rotated(self._checked(LINES[self.language]["angle"]), "angle")

    def about(self, label: str) -> Iterator[str]:
        """Questions for something with only a name; none if the name breaks rules."""
        label = label.strip().rstrip(".?!")
        if not label or not self.own or len(split_words(label)) > LONGEST_LABEL:
            return
        for phrase in self._rotated(LINES[self.language]["need"], "need"):
            text = _filled(phrase, {"label": label})
            if not list_violations(text, self.language):
                yield text

    def _checked(self, pool: Sequence[str]) -> list[str]:
        """Phrases that keep the rules, with a plain word in place of the author's."""
        return [
            p for p in pool if not list_violations(_PLACEHOLDER.sub("it", p), self.language)
        ]

    def _rotated(self, pool: Sequence[str], slot: str) -> Iterator[str]:
        start = self._number(slot) % max(1, len(pool))
        yield from pool[start:]
        yield from pool[:start]

    def _number(self, slot: str) -> int:
        mark = f"{self._seed}|{self._turn}|{slot}".encode("utf-8", "surrogatepass")
        return int.from_bytes(hashlib.blake2b(mark, digest_size=6).digest(), "big")


def _begins(phrase: str) -> str:
    return " ".join(phrase.split()[:3])


def _filled(phrase: str, values: Mapping[str, str]) -> str:
    """Phrase with its values, without a doubled punctuation mark."""
    for name, given in values.items():
        value = given.strip()
        phrase = phrase.replace("{" + name + "}", value)
        if value.endswith((".", "?", "!")):
            phrase = phrase.replace(value + ".", value)
    return phrase


def points_back(text: str) -> bool:
    """True if a question refers back to something said before."""
    return _POINTING.search(normalize(text)) is not None


def shorten_question(text: str) -> str:
    """Pending question again: of a long text only the last sentence, if that is a question that can
    stand alone.
    """
    parts = split_sentences(text)
    last = normalize(parts[-1]) if parts else ""
    if len(split_words(text)) <= SHORT_QUESTION or not last.endswith(("?", "\u061f")):
        return text
    alone = len(split_words(last)) >= 4 and not _POINTING.search(last)
    return parts[-1] if alone else text


def join_parts(*parts: str) -> str:
    """Parts as one text; each part before another ends like a sentence."""
    said = [part.strip() for part in parts if part.strip()]
    return " ".join([*map(_ended, said[:-1]), *said[-1:]])


def _ended(part: str) -> str:
    return part if _END.search(part) else f"{part}."
