"""The interviewer's words: seeded variants that were not used lately, and every one of them checked."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.patterns.lazy_pattern import Late
from interviewrelay.interviewer.text.tokenization import base_language, plain, sentences, words
from interviewrelay.interviewer.wording.style_rules import violations

PHRASES: Mapping[str, Mapping[str, Sequence[str]]] = {
    code: languages.load(code, "phrases")["follow_ups"]
    for code in ("de", "en", "es", "fr", "nl")
}
"""Follow-ups by language: an interview can be held in these whatever its script is written in."""

LINES: Mapping[str, Mapping[str, Sequence[str]]] = {
    code: languages.load(code, "phrases")["lines"] for code in ("ar", *PHRASES)
}
"""What stands around an author's questions."""

META: Mapping[str, Mapping[str, str]] = {
    code: languages.load(code, "phrases")["answers"] for code in LINES
}

_TRANSITIONS = frozenset(
    {"amended", "amended.plain", "declined", "skipped", "unknown", "leave", "residual"}
)
"""Lines that a language without lines does without: the next question alone says as much."""

RECENT_LINES = 5
"""Lines before a question within which none is said again, nor one that begins like it."""

LONGEST_LABEL = 6
"""Words up to which the name of something can stand in a question."""

SHORT_QUESTION = 20
"""Words up to which a question is short as it is."""

_POINTING: Final = languages.pattern("lexicon", "pointing")
_END = Late("[.?!:;,\u2026\u061f\u3002\uff01\uff1f][\"'\u201d\u2019\u00bb)]*$")
_PLACEHOLDER = Late(r"\{\w+\}")


def spoken_language(language: str) -> str:
    """The language of the fixed phrases: the script's if there is a table, else English."""
    base = base_language(language)
    return base if base in LINES else "en"


def audience(organization: str, language: str) -> str:
    """Who reads what is said, as one phrase; nothing when nobody is named."""
    if not organization.strip():
        return ""
    phrase = LINES[spoken_language(language)]["audience"][0]
    return _filled(phrase, {"organization": organization})


class Voice:
    """Fixed phrases of one language, chosen by the interview's seed and the number of the turn."""

    def __init__(self, language: str, seed: str, turn: int, lines: Sequence[str]) -> None:
        """`lines`: what stood before the question in the interviewer's turns so far, newest last."""
        self.language = spoken_language(language)
        self.lines = base_language(language) == self.language
        self.own = self.lines and self.language in PHRASES
        self._seed = seed
        self._turn = turn
        self._lines = lines

    def line(self, key: str, **values: str) -> str:
        """One phrase of `key` that was not said lately. Values are the author's words, put in as
        they are; the phrase around them keeps the wording rules.
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
        """The phrase of `key` where there is only one."""
        return _filled(self._checked(LINES[self.language][key])[0], values)

    def meta(self, key: str, **values: str) -> str:
        return _filled(self._checked((META[self.language][key],))[0], values)

    def follow_up(self, kind: str, asked: Sequence[str], *, again: bool = False) -> str:
        """A wording of a follow-up of our own that was not asked yet, or with `again` one
        that was where none is left; else nothing. There is none in a language that has no
        follow-ups, since a question in another language would only puzzle.
        """
        pool = list(self._rotated(PHRASES[self.language][kind], kind)) if self.own else []
        fresh = next((text for text in pool if text not in asked), "")
        if fresh or not (again and pool):
            return fresh
        latest = {text: place for place, text in enumerate(asked)}
        return min(pool, key=lambda text: latest[text])

    def taken_up(self, key: str, said: str) -> str:
        """The line that says back what was said, in turns with its other wordings."""
        pool = PHRASES[self.language][key]
        used = sum(line.count(form.partition("{")[0]) for form in pool for line in self._lines)
        return pool[used % len(pool)].replace("{said}", said)

    def angles(self) -> Iterator[str]:
        """Gentle ways to ask the pending question from another side."""
        if self.own:
            yield from self._rotated(self._checked(LINES[self.language]["angle"]), "angle")

    def about(self, label: str) -> Iterator[str]:
        """Ways to ask for something of which only a name is known; none if the name breaks rules."""
        label = label.strip().rstrip(".?!")
        if not label or not self.own or len(words(label)) > LONGEST_LABEL:
            return
        for phrase in self._rotated(LINES[self.language]["need"], "need"):
            text = _filled(phrase, {"label": label})
            if not violations(text, self.language):
                yield text

    def _checked(self, pool: Sequence[str]) -> list[str]:
        """The phrases that keep the rules, with a plain word in the place of the author's."""
        return [p for p in pool if not violations(_PLACEHOLDER.sub("it", p), self.language)]

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
    """The phrase with its values; a mark that would follow the value's own is left out."""
    for name, given in values.items():
        value = given.strip()
        phrase = phrase.replace("{" + name + "}", value)
        if value.endswith((".", "?", "!")):
            phrase = phrase.replace(value + ".", value)
    return phrase


def points(text: str) -> bool:
    """Whether a question points to something that was said before it."""
    return _POINTING.search(plain(text)) is not None


def short_form(text: str) -> str:
    """A pending question once more: of a long text only the last sentence, if that asks and can
    stand by itself.
    """
    parts = sentences(text)
    last = plain(parts[-1]) if parts else ""
    if len(words(text)) <= SHORT_QUESTION or not last.endswith(("?", "\u061f")):
        return text
    alone = len(words(last)) >= 4 and not _POINTING.search(last)
    return parts[-1] if alone else text


def joined(*parts: str) -> str:
    """The parts as one text; one that another follows ends as a sentence does."""
    said = [part.strip() for part in parts if part.strip()]
    return " ".join([*map(_ended, said[:-1]), *said[-1:]])


def _ended(part: str) -> str:
    return part if _END.search(part) else f"{part}."
