"""Personal data and secrets: masked in what a model reads, restored in what it writes; neither
asked about nor repeated.

They are recognised by form, so some are missed, such as an inconspicuous name at the start of a
sentence. False positives are harmless, because stand-ins are restored. The organization's name is
known and masked everywhere.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from typing import Final

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.patterns.lazy_pattern import LazyPattern
from interviewrelay.interviewer.patterns.required_texts import find_required_texts
from interviewrelay.interviewer.safety.person_names import find_names, load_non_names
from interviewrelay.interviewer.text.lexicon import STOP_WORDS
from interviewrelay.interviewer.text.tokenization import get_base_language, split_words

ORGANIZATION: Final = "ORGANIZATION"
"""Stand-in for the organization."""

_DATA: Final = languages.load_pattern("masks", "data", flags=re.IGNORECASE)
_WORDS_FOR_IT: Final = languages.load_patterns("masks", "data")
_SPOKEN_OF: Final = LazyPattern(
    lambda: rf"\b(?:{'|'.join(words.pattern for words in _WORDS_FOR_IT.values())})\b"
)

_NO_DATA: Final = frozenset({"TEXT", "LINK"})
"""Masked for other reasons than personal data."""

_STAND_IN: Final = LazyPattern(r"\[([A-Z]+ \d+)\]")
_BEFORE_ORGANIZATION: Final = frozenset({"TEXT", "MAIL", "LINK"})
"""May contain the organization's name, and is masked as a whole."""

_WORD: Final = LazyPattern(r"[^\W_]+")
_BETWEEN: Final = r"[\W_]{0,3}"
_OF_SOMEBODY: Final = LazyPattern("['\u2019]s$")
"""Possessive: it gets the stand-in of the person."""
_LATIN: Final = 0x24F
"""Last Latin letter, as a code point."""
_SHORTEST_PART: Final = 4
"""Minimum letters of a word of the organization's name that is masked alone."""


class Masks:
    """Masks: the stand-ins of one call."""

    def __init__(
        self,
        texts: Sequence[str],
        language: str,
        *,
        known: Iterable[str] = (),
        keep: str = "",
        organization: str = "",
        personal: bool = True,
    ) -> None:
        """`texts` are what was said; `known` are names of the participant; words in `keep` (the
        author's) are no names. The name of the `organization` is always masked; without `personal`,
        nothing else is.
        """
        self._stands: dict[str, str] = {}
        self._numbers: dict[str, int] = {}
        self._organization = _organization(organization)
        self._personal = personal
        kept = {
            *split_words(keep),
            *load_non_names(),
            *STOP_WORDS.get(get_base_language(language), ()),
        }
        found = dict.fromkeys(name for name in known if len(name) > 2)
        for text in texts if personal else ():
            found |= dict.fromkeys(
                _OF_SOMEBODY.sub("", name) for name in find_names(text, language)
            )
        some = [n for n in found if not _bare(n) <= kept]
        # In "Thats Terry" one word is a name; in "Will Brown" both may be.
        low = {word for text in texts for word in text.split() if word.islower()}
        parts_of = (p for n in some if " " in n for p in n.split() if p.lower() not in low)
        longest_first = sorted({*some, *parts_of}, key=_longest)
        parts = [re.escape(p) for p in longest_first if len(p) > 2 and not _bare(p) <= kept]
        held = parts and personal
        self._names = LazyPattern(rf"\b(?:{'|'.join(parts)})\b") if held else None

    def hide(self, text: str) -> str:
        """Text with stand-ins such as `[NAME 1]`, the same one for the same words."""
        for kind, shape in self._shapes():
            text = self._hidden(kind, shape, text)
        return text if self._names is None else self._hidden("NAME", self._names, text)

    def show(self, text: str) -> str:
        """Text with the stand-ins replaced; unknown ones stay."""
        known: Mapping[str, str] = {mark: said for said, mark in self._stands.items()}
        return _STAND_IN.sub(lambda found: known.get(found[0], found[0]), text)

    def _shapes(self) -> Iterator[tuple[str, LazyPattern]]:
        before = _BEFORE_ORGANIZATION if self._personal else {"TEXT"}
        yield from ((kind, shape) for kind, shape in list_data_patterns() if kind in before)
        if self._organization is not None:
            yield ORGANIZATION, self._organization
        if self._personal:
            yield from (
                (kind, shape) for kind, shape in list_data_patterns() if kind not in before
            )

    def _hidden(self, kind: str, shape: LazyPattern, text: str) -> str:
        """Text with every match of this shape masked, except within stand-ins."""
        if kind == "TEXT":
            return shape.sub(partial(self._stand_in, kind), text)
        pieces = _STAND_IN.split(text)  # every second piece is a stand-in
        pieces[::2] = [shape.sub(partial(self._stand_in, kind), piece) for piece in pieces[::2]]
        return "".join(f"[{p}]" if at % 2 else p for at, p in enumerate(pieces))

    def _stand_in(self, kind: str, found: re.Match[str]) -> str:
        said = found[0]
        if said not in self._stands:
            self._numbers[kind] = self._numbers.get(kind, 0) + 1
            self._stands[said] = f"[{kind} {self._numbers[kind]}]"
        return self._stands[said]


@cache
def list_data_patterns() -> tuple[tuple[str, LazyPattern], ...]:
    """Shapes of personal data, each with its stand-in; ordered, since one may look like a part of
    another.
    """
    return tuple(_shapes(**languages.load_table(languages.ALL, "masks")))


def _shapes(
    shapes: Iterable[Mapping[str, str]], parts: Mapping[str, str], **_others: object
) -> Iterator[tuple[str, LazyPattern]]:
    for one in shapes:
        flags = re.IGNORECASE if "any_case" in one else re.NOFLAG
        yield one["kind"], LazyPattern(languages.fill_pattern(one["form"], parts), flags)


def holds_stand_in(text: str) -> bool:
    """True if the text still contains a stand-in."""
    return _STAND_IN.search(text) is not None


def holds_data(text: str, low: str) -> bool:
    """True if a text contains, or mentions, a password, an account, a number, an address and the
    like; `low` is the same text, plain.
    """
    if any(word in low for word in _needed()) and _SPOKEN_OF.search(low) is not None:
        return True
    return _DATA.search(text) is not None and any(
        shape.search(text) for kind, shape in list_data_patterns() if kind not in _NO_DATA
    )


def begins_with_data(low: str) -> bool:
    """True if a plain text begins with a word for such data."""
    return _SPOKEN_OF.match(low) is not None


@cache
def _needed() -> frozenset[str]:
    """Prefilter: a text without any of these contains no word for such data."""
    return find_required_texts(_SPOKEN_OF.pattern)


@lru_cache(maxsize=256)
def _organization(name: str) -> LazyPattern | None:
    """Pattern of the name in any case, without accents, hyphens or legal form, and of its
    distinctive words; None without a name.
    """
    name = unicodedata.normalize("NFC", name).strip()
    if not _WORD.search(name):
        return LazyPattern(re.escape(name)) if name else None
    # "World Health Organization (WHO)" has two names.
    told = [tuple(_WORD.findall(part)) for part in (name, *re.split(r"[()]", name))]
    every = [form for parts in told for form in (parts, _without_legal_form(parts)) if form]
    longest_first = sorted(dict.fromkeys(every), key=len, reverse=True)
    forms = [_written(form) for form in longest_first]
    forms += [_alone(word) for word in dict.fromkeys(_WORD.findall(name)) if _is_own(word)]
    return LazyPattern("|".join(forms), re.IGNORECASE)


def _without_legal_form(parts: tuple[str, ...]) -> tuple[str, ...]:
    legal = languages.load_words("masks", "legal_forms")
    at = [n for n, part in enumerate(parts) if part.casefold() not in legal]
    return parts[at[0] : at[-1] + 1] if at else ()


def _written(form: Sequence[str]) -> str:
    """A name of several words, or in a script without spaces, also matches within words."""
    letters = _BETWEEN.join("".join(map(_letter, word)) for word in form)
    if len(form) > 1 or ord(max(form[0])) > _LATIN:
        return letters
    return _alone(form[0])


def _is_own(word: str) -> bool:
    """True if a word of a name is recognisable alone: a short one by its capitals."""
    return _is_short(word) or (len(word) >= _SHORTEST_PART and word.casefold() not in _common())


def _is_short(word: str) -> bool:
    return 1 < len(word) < _SHORTEST_PART and word.isupper()


@cache
def _common() -> frozenset[str]:
    known = (languages.load_words("masks", key) for key in ("anybodys", "legal_forms"))
    return frozenset().union(*known, *STOP_WORDS.values())


def _alone(word: str) -> str:
    """Single word, with at most an ending; "WHO" is not "who"."""
    letters = "".join(map(_letter, word))
    letters = rf"(?-i:{letters})" if _is_short(word) else letters
    return rf"(?<![^\W_]){letters}(?:['’]?s)?(?![^\W_])"


def _letter(letter: str) -> str:
    """Letter with and without its accent, and in its composed form."""
    if letter in "ßẞ":
        return "(?:ß|ss)"
    base = unicodedata.normalize("NFD", letter)
    if len(base) == 1:
        return re.escape(letter)
    return rf"(?:{re.escape(letter)}|{re.escape(base[0])}{re.escape(base[1:])}?|{re.escape(base[0])}e)"


def _bare(name: str) -> set[str]:
    """Words of a name without contractions: "You've" is "you"."""
    return {word.partition("'")[0] for word in split_words(name)}


def _longest(name: str) -> tuple[int, str]:
    return -len(name), name
