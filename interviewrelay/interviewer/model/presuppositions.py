"""Presuppositions of a question: words that neither the participant nor the author introduced.

Everyday words may be used in any question. All others, above all those of feeling, judgement,
motive, cause and conflict, need somebody to have said them first, and so do phrases that presuppose
something although each word is plain ("put down"). The words are in `questions.toml` of each
language.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.text.lexicon import (
    BASE_FORMS,
    MONTHS,
    NUMBER_WORDS,
    STOP_WORDS,
    WEEKDAYS,
)
from interviewrelay.interviewer.text.tokenization import (
    get_base_language,
    get_stem,
    split_words,
    strip_accents,
)

SHORTEST: Final = 3
"""Minimum letters of a word that can introduce something."""
KIN: Final = 5
"""Minimum common prefix in letters of two related words."""
KIN_SHARE: Final = 0.7
"""Minimum common prefix as a share of the shorter word."""
FIGURE: Final = 3
"""Numbers from here on are figures; "the two of you" is none."""
LONGEST_FIGURE: Final = 12
BETWEEN: Final = 3
"""Maximum words between two parts of a phrase."""
PART: Final = 4
"""Minimum letters of a word within a compound."""


Phrase = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """Word lists of one language, as words and as stems.

    `plain` words fit any question; `loaded` ones, and `phrases` (by first word), only what somebody
    said. A phrase consists of parts with a few other words between. `points` refer back to what was
    said, `possessives` stand before a relation, `figures` are number words. `comparing` maps
    endings of comparison to base forms; words may join to `compounds`; nouns have `capitals` like
    names, or only the `calendar` has. `turned` maps words of the first person to our form ("on my
    own", "on your own"); `public_bodies` are kinds of bodies that take concerns; `participles` are
    affixes of a verb's stem; `sympathy` are loaded words that fit after a hard story.
    """

    plain: frozenset[str]
    plain_stems: frozenset[str]
    loaded: frozenset[str]
    phrases: Mapping[str, Sequence[Phrase]]
    points: frozenset[str]
    possessives: frozenset[str]
    figures: Mapping[str, int]
    comparing: Sequence[tuple[str, str]]
    compounds: bool
    capitals: bool
    calendar: frozenset[str]
    turned: Mapping[str, str]
    public_bodies: frozenset[str]
    participles: Sequence[tuple[str, str]]
    sympathy: frozenset[str]


@cache
def load_question_words(code: str) -> QuestionWords:
    """Word lists of a language, read once. Raises KeyError if it has none."""
    data = languages.load_table(code, "questions")
    plain, loaded = (frozenset(data[name].split()) for name in ("plain", "loaded"))
    stop = STOP_WORDS.get(code, frozenset())
    plain_stems = frozenset(_root(word, code) for word in plain)
    phrases: dict[str, list[Phrase]] = {}
    for line in data["phrases"].strip().splitlines():
        rows = [row.split() for row in line.split(" .. ")]
        phrases.setdefault(rows[0][0], []).append(rows)
    return QuestionWords(
        plain=plain | stop,
        plain_stems=plain_stems,
        loaded=loaded,
        phrases=phrases,
        points=frozenset(data["points"].split()),
        possessives=frozenset(data["possessives"].split()),
        figures={**NUMBER_WORDS, **data["figures"]},
        comparing=[(ending, own) for ending, own in data.get("comparing", ())],
        compounds=data.get("compounds", False),
        capitals=data.get("capitals", False),
        calendar=_calendar(data.get("feasts", ())),
        turned=data.get("turned", {}),
        public_bodies=frozenset(data.get("public_bodies", "").split()),
        participles=[(begin, ending) for begin, ending in data.get("participles", ())],
        sympathy=frozenset(data.get("sympathy", "").split()),
    )


def load_plain_words(language: str) -> frozenset[str]:
    """Everyday words; empty for a language without a list."""
    code = get_base_language(language)
    return (
        load_question_words(code).plain
        if languages.load_table(code, "questions")
        else frozenset()
    )


def _calendar(feasts: Sequence[str]) -> frozenset[str]:
    """Months, days and feasts, where they have capitals."""
    return frozenset((*MONTHS, *WEEKDAYS, *feasts)) if feasts else frozenset()


_CAPITAL: Final = re.compile(r"(?<=[^\W_] )[^\W\d_a-z][^\W\d_]+|(?<=, )[^\W\d_a-z][^\W\d_]+")
"""Capitalized word that does not begin a sentence."""


class KnownWords:
    """Words that participant and author have used, prepared for many questions."""

    def __init__(self, texts: Iterable[str], language: str) -> None:
        self._code = get_base_language(language)
        self._lexicon = load_question_words(self._code)
        self._texts = [_parts(text) for text in texts]
        said = {part for text in self._texts for part in text}
        turned = self._lexicon.turned
        self._texts += [
            [turned.get(part, part) for part in text]
            for text in self._texts
            if not turned.keys().isdisjoint(text)
        ]
        self._roots = frozenset(_root(word, self._code) for word in said)
        self._values = {
            value for word in said if (value := _value(word, self._lexicon)) is not None
        }
        self._long = frozenset(strip_accents(word) for word in said if len(word) >= PART)

    def has(self, word: str) -> bool:
        """True if the word, a part of it, or a compound with it was used."""
        if any(_root(base, self._code) in self._roots for base in _bases(word, self._lexicon)):
            return True
        bare = strip_accents(word)
        if any(_akin(bare, other) for other in self._long) or self._is_compound(bare):
            return True
        return len(bare) >= KIN and any(bare in other for other in self._long)

    def has_value(self, value: int) -> bool:
        """True if a figure was used, in digits or as a word."""
        return value in self._values

    def has_phrase(self, phrase: Phrase) -> bool:
        """True if a phrase was used; "your husband" counts if somebody mentioned a husband."""
        if (
            len(phrase) == 1
            and len(phrase[0]) == 2
            and phrase[0][0] in self._lexicon.possessives
        ):
            return self.has(phrase[0][1])
        return any(_stands_in(phrase, text) for text in self._texts)

    def _is_compound(self, word: str) -> bool:
        """True if a compound begins or ends with a word that was used and the rest is plain."""
        if not self._lexicon.compounds:
            return False
        plain = self._lexicon.plain
        for part in self._long:
            for rest in (word.removeprefix(part), word.removesuffix(part)):
                if rest != word and (rest in plain or rest in self._long or len(rest) < PART):
                    return True
        return False


def find_new_words(text: str, known: KnownWords, language: str) -> Iterator[str]:
    """Words of a question that nobody has used and that are not plain."""
    code = get_base_language(language)
    lexicon = load_question_words(code)
    for word in _parts(text):
        value = _value(word, lexicon)
        if value is not None:
            if value >= FIGURE and not known.has_value(value):
                yield word
            continue
        if len(word) < SHORTEST:
            continue
        if word in lexicon.plain and word not in lexicon.loaded:
            continue
        root = _root(word, code)
        free = root in lexicon.plain_stems and word not in lexicon.loaded
        if not (free or known.has(word)):
            yield word


def find_new_loaded_words(text: str, known: KnownWords, language: str) -> Iterator[str]:
    """The same, limited to figures and to words of feeling, judgement, motive or conflict."""
    lexicon = load_question_words(get_base_language(language))
    for word in find_new_words(text, known, language):
        if word in lexicon.loaded or _value(word, lexicon) is not None:
            yield word


def is_of_matter(
    text: str, answers: Iterable[str], language: str, free: Iterable[str] = ()
) -> bool:
    """True if a text contains a word that is not plain, or a content word of an answer; words of
    the `free` texts do not count.
    """
    code = get_base_language(language)
    stop, plain = STOP_WORDS.get(code, frozenset()), load_question_words(code).plain
    ours = {part for one in free for part in _parts(one)}
    said = {part for answer in answers for part in _parts(answer)} - stop - ours
    return any(
        part in said or (part not in plain and part not in ours) for part in _parts(text)
    )


def is_linked(text: str, about: KnownWords, language: str) -> bool:
    """True if a question takes up a word of what it is `about`, or refers back to it."""
    code = get_base_language(language)
    stop, points = STOP_WORDS.get(code, frozenset()), load_question_words(code).points
    parts = _parts(text)
    return any(part in points or (part not in stop and about.has(part)) for part in parts)


def find_new_phrases(text: str, known: KnownWords, language: str) -> Iterator[str]:
    """Presupposing phrases of a question that nobody has used."""
    parts, lexicon = _parts(text), load_question_words(get_base_language(language))
    for word in dict.fromkeys(parts):
        for phrase in lexicon.phrases.get(word, ()):
            if _stands_in(phrase, parts) and not known.has_phrase(phrase):
                yield " … ".join(" ".join(row) for row in phrase)


def _stands_in(phrase: Phrase, parts: Sequence[str]) -> bool:
    """True if the parts of a phrase occur in order and no further apart than `BETWEEN`."""
    first, *rest = phrase
    ends = [at + len(first) for at in _places(first, parts)]
    for row in rest:
        starts = _places(row, parts)
        ends = [at + len(row) for at in starts if any(0 <= at - end <= BETWEEN for end in ends)]
    return bool(ends)


def _places(row: Sequence[str], parts: Sequence[str]) -> list[int]:
    size = len(row)
    return [
        at for at in range(len(parts) - size + 1) if list(parts[at : at + size]) == list(row)
    ]


def _parts(text: str) -> list[str]:
    """Words of a text; "dites-moi" and "l'attente" are two each."""
    return [part for word in split_words(text) for part in re.split("['-]", word) if part]


def _bases(word: str, lexicon: QuestionWords) -> Iterator[str]:
    """A word, its base form if it compares, and its verb if it is a participle."""
    yield word
    for begin, ending in lexicon.participles:
        if word.startswith(begin) and word.endswith(ending):
            yield word.removeprefix(begin).removesuffix(ending)
    for ending, own in lexicon.comparing:
        if word.endswith(ending):
            yield word.removesuffix(ending) + own


def find_new_names(text: str, known: KnownWords, language: str) -> Iterator[str]:
    """Names in a question that nobody has used, by their capitals, unless all nouns have them."""
    lexicon = load_question_words(get_base_language(language))
    if lexicon.capitals:
        return
    for found in _CAPITAL.finditer(text):
        word = found[0].lower()
        dated = not lexicon.calendar.isdisjoint((word, word.removesuffix("s")))
        if found[0][0].isupper() and not (dated or known.has(word)):
            yield found[0]


def _value(word: str, lexicon: QuestionWords) -> int | None:
    """Value of a number word, or None."""
    if word.isdecimal():
        return int(word[:LONGEST_FIGURE])
    return lexicon.figures.get(word)


def _root(word: str, code: str) -> str:
    word = languages.load_table(code, "questions").get("variants", {}).get(word, word)
    base = BASE_FORMS.get(word, word) if code == "en" else word
    return strip_accents(get_stem(base, code))


def _akin(one: str, other: str) -> bool:
    """True if two words share a prefix long enough to be related."""
    least = min(len(one), len(other))
    need = max(KIN, round(KIN_SHARE * least))
    return least >= need and one[:need] == other[:need]
