"""What is wrong with a question, in the five languages of the interviewer: by how it is built.

The older rules of English are in `validator`; those here are the other languages', and what English has
beside them. A rule that is not sure says nothing: authors are told, and models are held back, by more
than these (`validator`, `model.gate`).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from interviewrelay.interviewer import validator_tables as tables
from interviewrelay.interviewer.late import Late
from interviewrelay.interviewer.question_words import FORMS, NOTHING, Forms
from interviewrelay.interviewer.words import base_language, plain, sentences

QUOTED: Final = Late('["“«„][^"”»“«„]*["”»“]')
"""Words of somebody else, with their marks."""
_MARKS: Final = " ?.!…\u061f"
_BREAK: Final = Late(r"(?<!\s)\s*[,;:\u2013\u2014]\s+")
_POLITE: Final = Late(r"(?:can|could|would|will) you\b")
_FEW: Final = 9
"""Words of answers that are offered; what is longer is more likely told than offered."""


class _Patterns:
    """A language's forms as patterns, made when its first question is looked at."""

    def __init__(self, forms: Forms) -> None:
        f, lead = forms, forms.lead
        self.wh, self.tell, self.first, self.why, self.pair = (
            Late(rf"{lead}(?:{part})") for part in (f.wh, f.tell, f.first, f.why, f.pair)
        )
        thing = r" ?[\w'-]+(?: (?:de |of |van |von )?[\w'-]+)?"
        self.main = Late(rf"^{lead}{f.subordinate}\b ?[^,?]*,\s*")
        self.tag = Late(rf",\s*(?:{f.tags})$")
        self.telling = Late(rf"\b{f.telling}\b")
        self.agreeing = Late(f.agreeing)
        self.both = Late(f.both)
        self.second = _some(
            rf"(?:\b{f.also}|;) (?:{f.second})",
            rf"[,;] (?:{f.also} )?(?:{f.tell})",
            rf"\b(?:{f.also})$",
            rf"\b{f.times}\b[^,?]*, ?{f.times}\b[^?]*\b{f.also} {f.times}\b",
        )
        self.many = Late(
            rf"\b{f.about} ?{f.the}?{thing}, (?:{f.about} )?{f.the}{thing},?"
            rf" {f.also} (?:{f.about} )?{f.the}{thing}$"
        )
        self.named = _some(rf"\b(?:{f.opposites})|(?:{f.opposites})", f.such_as)
        self.no_choice = Late(f.no_choice)
        self.choice = Late(rf"\b{f.either} (?!{f.either}\b)\S")
        self.chooses = f.no_choice != NOTHING
        self.clause = Late(rf"{lead}(?:{f.subordinate}|{f.wh}|{f.tell})")
        self.presses = _some(
            rf"^{lead}(?:{f.negative})",
            rf",\s*(?:{f.tags})$",
            f.agreeing,
            rf"\b(?:{f.rated})",
            rf"\b(?:{f.ours})\b",
        )


def _some(*parts: str) -> Sequence[Late]:
    return tuple(Late(part) for part in parts if NOTHING not in part)


@cache
def _patterns(code: str) -> _Patterns | None:
    return _Patterns(FORMS[code]) if code in FORMS else None


def broken(text: str, language: str) -> tuple[str, ...]:
    """The names of the rules that a question in `text` breaks; none in a language without rules."""
    code = base_language(language)
    looks = _patterns(code)
    if looks is None:
        return ()
    asked = _asked(text, looks)
    found = [name for name, rule in _RULES.items() if any(rule(core, looks) for core in asked)]
    if code == "en":
        return tuple(found)
    many = ["multiple"] if len(asked) > 1 else []
    praised = ["praise"] if _praises(text, asked, code) else []
    return (*many, *found, *praised)


def closed(text: str, language: str) -> bool:
    """Whether yes or no would answer it: a verb comes first, and nothing asks or invites to tell.

    English has a rule of its own for that.
    """
    looks = _patterns(base_language(language))
    return looks is not None and any(_closed(core, looks) for core in _asked(text, looks))


def _asked(text: str, looks: _Patterns) -> list[str]:
    """The sentences that ask, plain, without their marks and without what they quote."""
    lines = (plain(s).replace("¿", "").strip() for s in sentences(QUOTED.sub("that", text)))
    return [
        line.rstrip(_MARKS)
        for line in lines
        if line.endswith(("?", "\u061f")) or looks.tell.match(line)
    ]


def _main(core: str, looks: _Patterns) -> str:
    """Without the clause before the question ("when you arrived, …")."""
    found = looks.main.match(core)
    return core[found.end() :] if found else core


def _invites(core: str, looks: _Patterns) -> bool:
    return bool(looks.tell.match(core) or looks.telling.search(core))


def _asks_openly(core: str, looks: _Patterns) -> bool:
    """Whether it, or a clause of it after a few words, begins with a question word."""
    starts = looks.wh.match
    return bool(starts(core)) or any(map(starts, _BREAK.split(core)[1:]))


def _closed(core: str, looks: _Patterns) -> bool:
    main = looks.tag.sub("", _main(core, looks))
    invited = _invites(main, looks) and not looks.agreeing.search(main)
    if invited or looks.wh.match(main):
        return False
    if looks.first.match(main):
        return True
    opened = _asks_openly(main, looks)
    return not opened and any(map(looks.first.match, _BREAK.split(main)[1:]))


def _double(core: str, looks: _Patterns) -> bool:
    """Two questions in one sentence, or one about several things."""
    main = _main(core, looks)
    second = next(_found(looks.second, main), None)
    if second is not None and _heads(main[: second.start()], looks):
        return True
    several = looks.many.search(main) or looks.pair.match(main)
    return bool(several and not looks.both.search(main))


def _found(patterns: Sequence[Late], text: str) -> Iterator[re.Match[str]]:
    return filter(None, (pattern.search(text) for pattern in patterns))


def _heads(before: str, looks: _Patterns) -> bool:
    """Whether a question has begun before the second one."""
    begun = looks.first.match(before) or _POLITE.match(before)
    return _asks_openly(before, looks) or _invites(before, looks) or begun is not None


def _options(core: str, looks: _Patterns) -> bool:
    """Ready-made answers or examples."""
    if next(_found(looks.named, core), None):
        return True
    if not looks.chooses or not looks.choice.search(core) or looks.no_choice.search(core):
        return False
    if _closed(core, looks):
        return True
    main = _main(core, looks)
    first = _BREAK.search(main)
    return first is not None and _offers(main[first.end() :], looks)


def _offers(part: str, looks: _Patterns) -> bool:
    """Whether what follows a question names two answers, and is no clause of its own."""
    found, clause = looks.choice.search(part), looks.clause.match(part)
    return found is not None and clause is None and len(part.split()) <= _FEW


def _leading(core: str, looks: _Patterns) -> bool:
    """A tag, a negative or agreeing frame, or a judgement that is taken for granted."""
    return next(_found(looks.presses, core), None) is not None


def _why(core: str, looks: _Patterns) -> bool:
    """It asks for a justification."""
    return looks.why.match(_main(core, looks)) is not None


def _praises(text: str, asked: Sequence[str], code: str) -> bool:
    """Praise or agreement at the head of a sentence that does not ask, not "very well, on we go"."""
    told = (plain(s).rstrip(_MARKS).lstrip("¡") for s in sentences(text))
    found = ((s, tables.PRAISE[code].match(s)) for s in told if s not in asked)
    return any(praised and s[praised.end() :][:1] != "," for s, praised in found)


_RULES: Final[Mapping[str, Callable[[str, _Patterns], bool]]] = {
    "double-barrelled": _double,
    "options": _options,
    "leading": _leading,
    "why": _why,
}
