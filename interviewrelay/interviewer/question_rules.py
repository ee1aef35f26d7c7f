"""What is wrong with a question, in the five languages of the interviewer: by how it is built.

The older rules of English are in `validator`; those here are the other languages', and what English has
beside them. A rule that is not sure says nothing: authors are told, and models are held back, by more
than these (`validator`, `acceptance`).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from interviewrelay.interviewer import validator_tables as tables
from interviewrelay.interviewer.question_words import FORMS, Forms
from interviewrelay.interviewer.words import base_language, plain, sentences

_QUOTED: Final = re.compile('["“«„][^"”»“]*["”»“]')
_MARKS: Final = " ?.!…\u061f"
_BREAK: Final = re.compile(r"\s*[,;:\u2013\u2014]\s+")


def broken(text: str, language: str) -> tuple[str, ...]:
    """The names of the rules that a question in `text` breaks; none in a language without rules."""
    forms = FORMS.get(base_language(language))
    if forms is None:
        return ()
    asked = _asked(text, forms)
    found = [name for name, rule in _RULES.items() if any(rule(core, forms) for core in asked)]
    if base_language(language) == "en":
        return tuple(found)
    many = ["multiple"] if len(asked) > 1 else []
    praised = ["praise"] if _praises(text, asked, base_language(language)) else []
    return (*many, *found, *praised)


def closed(text: str, language: str) -> bool:
    """Whether yes or no would answer it: a verb comes first, and nothing asks or invites to tell.

    English has a rule of its own for that.
    """
    forms = FORMS.get(base_language(language))
    return forms is not None and any(_closed(core, forms) for core in _asked(text, forms))


def _asked(text: str, forms: Forms) -> list[str]:
    """The sentences that ask, plain, without their marks and without what they quote."""
    lines = (plain(s).replace("¿", "").strip() for s in sentences(_QUOTED.sub("that", text)))
    return [
        line.rstrip(_MARKS)
        for line in lines
        if line.endswith(("?", "\u061f")) or _at_head(forms.lead, forms.tell).match(line)
    ]


@cache
def _at_head(lead: str, part: str) -> re.Pattern[str]:
    return re.compile(rf"{lead}(?:{part})")


@cache
def _pattern(part: str) -> re.Pattern[str]:
    return re.compile(part)


def _main(core: str, forms: Forms) -> str:
    """Without the clause before the question ("when you arrived, …")."""
    return _pattern(rf"^{forms.lead}{forms.subordinate}\b ?[^,?]*,\s*").sub("", core, count=1)


def _invites(core: str, forms: Forms) -> bool:
    return bool(
        _at_head(forms.lead, forms.tell).match(core)
        or _pattern(rf"\b{forms.telling}\b").search(core)
    )


def _asks_openly(core: str, forms: Forms) -> bool:
    """Whether it, or a clause of it after a few words, begins with a question word."""
    starts = _at_head(forms.lead, forms.wh)
    return bool(starts.match(core)) or any(map(starts.match, _clauses(core)[1:]))


def _clauses(core: str) -> Sequence[str]:
    return _BREAK.split(core)


def _closed(core: str, forms: Forms) -> bool:
    main = _pattern(rf",\s*(?:{forms.tags})$").sub("", _main(core, forms))
    invited = _invites(main, forms) and not _pattern(forms.agreeing).search(main)
    if invited or _at_head(forms.lead, forms.wh).match(main):
        return False
    first = _at_head(forms.lead, forms.first)
    if first.match(main):
        return True
    opened = _asks_openly(main, forms)
    return not opened and any(map(first.match, _clauses(main)[1:]))


def _double(core: str, forms: Forms) -> bool:
    """Two questions in one sentence, or one about several things."""
    main = _main(core, forms)
    patterns = (
        rf"(?:\b{forms.also}|;) (?:{forms.second})",
        rf"[,;] (?:{forms.also} )?(?:{forms.tell})",
        rf"\b(?:{forms.also})$",
        rf"\b{forms.times}\b[^,?]*, ?{forms.times}\b[^?]*\b{forms.also} {forms.times}\b",
    )
    second = next(_found(patterns, main), None)
    if second is not None and _heads(main[: second.start()], forms):
        return True
    return bool(_lists(main, forms) or _rates_two(main, forms))


def _found(patterns: Sequence[str], text: str) -> Iterator[re.Match[str]]:
    return filter(None, (_pattern(part).search(text) for part in patterns))


def _heads(before: str, forms: Forms) -> bool:
    """Whether a question has begun before the second one."""
    return (
        _asks_openly(before, forms)
        or _invites(before, forms)
        or _at_head(forms.lead, forms.first).match(before) is not None
        or _at_head("", r"(?:can|could|would|will) you\b").match(before) is not None
    )


def _lists(main: str, forms: Forms) -> bool:
    """Three things to tell about at once."""
    thing = r" ?[\w'-]+(?: (?:de |of |van |von )?[\w'-]+)?"
    about, the = forms.about, forms.the
    many = (
        rf"\b{about} ?{the}?{thing}, (?:{about} )?{the}{thing},?"
        rf" {forms.also} (?:{about} )?{the}{thing}$"
    )
    return bool(_pattern(many).search(main) and not _pattern(forms.both).search(main))


def _rates_two(main: str, forms: Forms) -> bool:
    return (
        _at_head(forms.lead, forms.pair).match(main) is not None
        and _pattern(forms.both).search(main) is None
    )


def _options(core: str, forms: Forms) -> bool:
    """Ready-made answers or examples."""
    if _pattern(rf"\b(?:{forms.opposites})|(?:{forms.opposites})").search(core):
        return True
    if _pattern(forms.such_as).search(core):
        return True
    if _pattern(forms.no_choice).search(core) or forms.such_as.startswith("(?!"):
        return False
    choice = rf"\b{forms.either} (?!{forms.either}\b)\S"
    if _closed(core, forms):
        return _pattern(choice).search(core) is not None
    after = _BREAK.split(_main(core, forms), maxsplit=1)[1:]
    return any(_offers(part, choice, forms) for part in after)


def _offers(part: str, choice: str, forms: Forms) -> bool:
    """Whether what follows a question names two answers, and is no clause of its own."""
    joined = rf"(?:{forms.subordinate}|{forms.wh}|{forms.tell})"
    found = _pattern(choice).search(part)
    clause = _at_head(forms.lead, joined).match(part)
    return found is not None and clause is None and len(part.split()) <= _FEW


_FEW: Final = 9
"""Words of answers that are offered; what is longer is more likely told than offered."""


def _leading(core: str, forms: Forms) -> bool:
    """A tag, a negative or agreeing frame, or a judgement that is taken for granted."""
    patterns = (
        rf"^{forms.lead}(?:{forms.negative})",
        rf",\s*(?:{forms.tags})$",
        forms.agreeing,
        rf"\b(?:{forms.rated})",
        rf"\b(?:{forms.ours})\b",
    )
    return next(_found(patterns, core), None) is not None


def _why(core: str, forms: Forms) -> bool:
    """It asks for a justification."""
    return _at_head(forms.lead, forms.why).match(_main(core, forms)) is not None


def _praises(text: str, asked: Sequence[str], language: str) -> bool:
    """Praise or agreement at the head of a sentence that does not ask, not "very well, on we go"."""
    told = (plain(s).rstrip(_MARKS).lstrip("¡") for s in sentences(text))
    found = ((s, tables.PRAISE[language].match(s)) for s in told if s not in asked)
    return any(praised and s[praised.end() :][:1] != "," for s, praised in found)


_RULES: Final[Mapping[str, Callable[[str, Forms], bool]]] = {
    "double-barrelled": _double,
    "options": _options,
    "leading": _leading,
    "why": _why,
}
