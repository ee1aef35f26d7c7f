"""What people tell that is not gone into: a death, harm that was done, grave illness, a secret.

It is met with one sentence of sympathy or thanks, and neither asked about nor quoted. What speaks of
danger is told by `danger`, tears by `manner`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from interviewrelay.interviewer import (
    disclosed_de as de,
    disclosed_en as en,
    disclosed_es as es,
    disclosed_fr as fr,
    disclosed_nl as nl,
)
from interviewrelay.interviewer.guide import Guide, Question
from interviewrelay.interviewer.late import Late
from interviewrelay.interviewer.needles import Haystacks, trigrams, ways
from interviewrelay.interviewer.words import (
    base_language,
    passages,
    plain,
    unaccented,
)

LOSS, HARM, ILL, SECRET = "loss", "harm", "ill", "secret"
KINDS = (LOSS, HARM, ILL, SECRET)
"""In the order in which they count."""

LANGUAGES: Final = {"de": de, "en": en, "es": es, "fr": fr, "nl": nl}


def _forms(code: str) -> Iterator[tuple[tuple[str, int], str]]:
    spoken = LANGUAGES[code]
    for kind in KINDS:
        forms = (way for form in getattr(spoken, kind.upper()) for way in ways(form))
        for number, form in enumerate(forms):
            yield (kind, number), form


_TOLD: Final[Mapping[str, Haystacks[tuple[str, int]]]] = {
    code: Haystacks(dict(_forms(code))) for code in LANGUAGES
}
_ILLNESS: Final = {code: Late(spoken.ILLNESS) for code, spoken in LANGUAGES.items()}
_NOT_TOLD: Final = {code: tuple(map(Late, spoken.NO)) for code, spoken in LANGUAGES.items()}

_FIRST: Final = {code: Late(spoken.FIRST) for code, spoken in LANGUAGES.items()}
_GOES_ON: Final = re.compile(
    r"(?:and |but |then |so )?(?:he|she|they|it|that|er|sie|es|hij|zij|ze|het|il|elle|ils|elles)\b"
)
_END: Final = re.compile(r"[.!?] ")
_SEEN: Final = Late(
    r"accident|crash|killed|died|dead|dying|bomb|massacre|raids?\b|fled|escaped|shooting|robbery"
    r"|hostage|guns?\b|pistol|rifle|grenade|bullet|corpse|bod(?:y|ies)|tortur|evicted|homeless|shot|stabb"
    r"|beaten|attack|burgl|mugg|unfall|getotet|gestorben|erschossen|krieg|geflohen|uberfall|waffe"
    r"|obdachlos|ongeluk|gedood|overleden|omgekomen|oorlog|gevlucht|overval|dakloos|wapen|morte?s?\b"
    r"|tuee?s?\b|guerre|braquage"
)
"""Harm that people see and read of: it is told of themselves where a word for them stands by it."""


def disclosed(text: str, language: str) -> str:
    """The kind of what a text tells and is not gone into, or nothing. English is heard everywhere."""
    codes = _codes(language)
    kinds = {kind for passage in passages(text) for kind in _kinds(passage, codes)}
    return next((kind for kind in KINDS if kind in kinds), "")


def _kinds(passage: str, codes: Sequence[str]) -> set[str]:
    line = unaccented(plain(passage))
    grams = trigrams(line)
    likely = [(code, *found) for code in codes for found in _TOLD[code].likely(line, grams)]
    if not any(form.search(line) for _, _, form in likely):  # most answers
        return set()
    for form in (form for code in codes for form in _NOT_TOLD[code]):
        line = form.sub(" ", line)
    return {
        kind
        for code, (kind, _), form in likely
        if any(_is_own(line, found, kind, code) for found in form.finditer(line))
    }


def _is_own(line: str, found: re.Match[str], kind: str, code: str) -> bool:
    """Whether what was found concerns those who tell it: the accident of another shift does not."""
    if not LANGUAGES[code].FIRST or (kind == HARM and not _SEEN.search(found[0])):
        return True
    begins = _begin(line, found.start())
    if begins and _GOES_ON.match(line, begins):  # "My uncle was ill. He died in May."
        begins = _begin(line, begins - 2)
    ends = _END.search(line, found.end())
    return _FIRST[code].search(line[begins : ends.start() if ends else len(line)]) is not None


def _begin(line: str, at: int) -> int:
    """Where the sentence begins that holds this place."""
    marks = (line.rfind(mark, 0, at) for mark in (". ", "! ", "? "))
    return max((mark + 2 for mark in marks if mark >= 0), default=0)


def is_asked_for(guide: Guide, text: str) -> bool:
    """Whether the script itself asks for the illness that a text tells of."""
    told = _illnesses(text, guide.language)
    return bool(told) and not told.isdisjoint(_in_script(guide.questions, guide.language))


@lru_cache(maxsize=64)
def _in_script(questions: Sequence[Question], language: str) -> frozenset[str]:
    texts = (t for q in questions for t in (q.text, *q.probes, *(n.ask for n in q.needs)))
    return frozenset().union(*(_illnesses(text, language) for text in texts))


def _illnesses(text: str, language: str) -> frozenset[str]:
    line = unaccented(plain(text))
    return frozenset().union(*(_ILLNESS[code].findall(line) for code in _codes(language)))


def _codes(language: str) -> list[str]:
    """Whose forms are looked for: those of the script's language, and the English ones."""
    return [code for code in dict.fromkeys(("en", base_language(language))) if code in _TOLD]
