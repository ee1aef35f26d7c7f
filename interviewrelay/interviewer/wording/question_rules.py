"""Question rules in the interviewer's five languages: structure and loaded language.

`style_rules` has older English rules; here are those of the other languages, and further English
ones. A rule in doubt says nothing, because `style_rules` and `model.gate` check more. The patterns
apply to plain text (`tokenization.normalize`) and are in `languages`: `all/question_rules.toml` builds
them from each language's words.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.patterns.lazy_pattern import LazyPattern
from interviewrelay.interviewer.text.tokenization import (
    get_base_language,
    normalize,
    split_sentences,
)

QUOTED: Final = LazyPattern('["“«„][^"”»“«„]*["”»“]')
"""Quotation with its marks."""
PRAISE: Final = languages.load_patterns("wording_rules", "praise")
_MARKS: Final = " ?.!…\u061f"
_BREAK: Final = LazyPattern(r"(?<!\s)\s*[,;:\u2013\u2014]\s+")
_FEW: Final = 9
"""Maximum words of an offered answer; longer text is more likely told than offered."""
_FORMS, _LOADS = "question_rules", "question_loads"
_SECOND: Final = ("second_word", "second_invitation", "second_open", "second_time")
_NAMED: Final = ("opposites", "such_as")
_PRESSES: Final = ("negative", "tag", "agreeing", "rated", "ours")
_TOGETHER: Final = languages.load_pattern(_LOADS, "together")
"""Several things named as a unit."""

_Looks = Mapping[str, LazyPattern]


def _loads(code: str) -> _Looks:
    """Patterns of loaded language, by the names of the rules."""
    keys = [key for key in languages.load_table(code, _LOADS) if key != "parts"]
    return {key: languages.load_pattern(_LOADS, key, code=code) for key in keys}


_LOOKS: Final = languages.build_by_language(
    _FORMS, "wh", lambda code: languages.build_patterns(code, _FORMS)
)
_LOADED: Final = languages.build_by_language(_LOADS, "", _loads)


def has_rules(language: str) -> bool:
    """True if there are question rules for a language."""
    return get_base_language(language) in _LOOKS


def list_broken_rules(text: str, language: str) -> tuple[str, ...]:
    """Names of the rules that a question in `text` breaks; none in a language without rules."""
    code = get_base_language(language)
    looks = _LOOKS.get(code)
    if looks is None:
        return ()
    asked = _asked(text, looks)
    found = [name for name, rule in _RULES.items() if any(rule(core, looks) for core in asked)]
    if code == "en":
        return tuple(found)
    many = ["multiple"] if len(asked) > 1 else []
    praised = ["praise"] if _praises(text, asked, code) else []
    return (*many, *found, *praised)


def is_closed_question(text: str, language: str) -> bool:
    """True if yes or no would answer it: a verb comes first, and nothing asks openly.

    English has a rule of its own for that.
    """
    looks = _LOOKS.get(get_base_language(language))
    return looks is not None and any(_closed(core, looks) for core in _asked(text, looks))


def asks_for_more(line: str, language: str) -> bool:
    """True if a plain sentence has a question word, or invites to tell."""
    looks = _LOOKS[get_base_language(language)]
    return bool(looks["asks"].search(line) or looks["invites"].search(line))


def list_loaded_rules(text: str, language: str) -> tuple[str, ...]:
    """Names of the rules on loaded language that a question, or the text before it, breaks:
    judgements in passing, appeals to everybody, reasons, both sides at once, trailing answers.

    Only authors and models are checked: what participants say is taken up as they say it.
    """
    said = split_sentences(QUOTED.sub("that", text))
    lines = [normalize(sentence).lstrip("¿¡ ").rstrip(" ?.!…") for sentence in said]
    loads = _LOADED.get(get_base_language(language), {}).items()
    return tuple(name for name, form in loads if any(_is_loaded(form, line) for line in lines))


def _is_loaded(form: LazyPattern, line: str) -> bool:
    return form.search(line) is not None and _TOGETHER.search(line) is None


def _asked(text: str, looks: _Looks) -> list[str]:
    """Sentences that ask, plain, without marks and quotations."""
    lines = (
        normalize(s).replace("¿", "").strip() for s in split_sentences(QUOTED.sub("that", text))
    )
    return [
        line.rstrip(_MARKS)
        for line in lines
        if line.endswith(("?", "\u061f")) or looks["tell"].match(line)
    ]


def _main(core: str, looks: _Looks) -> str:
    """Question without the clause before it ("when you arrived, …")."""
    found = looks["main"].match(core)
    return core[found.end() :] if found else core


def _invites(core: str, looks: _Looks) -> bool:
    return bool(looks["tell"].match(core) or looks["telling"].search(core))


def _asks_openly(core: str, looks: _Looks) -> bool:
    """True if it, or a later clause of it, begins with a question word."""
    starts = looks["wh"].match
    return bool(starts(core)) or any(map(starts, _BREAK.split(core)[1:]))


def _closed(core: str, looks: _Looks) -> bool:
    main = looks["tag"].sub("", _main(core, looks))
    invited = _invites(main, looks) and not looks["agreeing"].search(main)
    if invited or looks["wh"].match(main):
        return False
    if looks["first"].match(main):
        return True
    opened = _asks_openly(main, looks)
    return not opened and any(map(looks["first"].match, _BREAK.split(main)[1:]))


def _double(core: str, looks: _Looks) -> bool:
    """Two questions in one sentence, or one about several things."""
    main = _main(core, looks)
    second = next(_found(_SECOND, main, looks), None)
    if second is not None and _heads(main[: second.start()], looks):
        return True
    several = looks["many"].search(main) or looks["pair"].match(main)
    return bool(several and not looks["both"].search(main))


def _found(kinds: Sequence[str], text: str, looks: _Looks) -> Iterator[re.Match[str]]:
    return filter(None, (looks[kind].search(text) for kind in kinds))


def _heads(before: str, looks: _Looks) -> bool:
    """True if a question has begun before the second one."""
    begun = looks["first"].match(before) or looks["polite"].match(before)
    return _asks_openly(before, looks) or _invites(before, looks) or begun is not None


def _options(core: str, looks: _Looks) -> bool:
    """Ready-made answers or examples."""
    if next(_found(_NAMED, core, looks), None):
        return True
    if not looks["choice"].search(core) or looks["no_choice"].search(core):
        return False
    if _closed(core, looks):
        return True
    main = _main(core, looks)
    first = _BREAK.search(main)
    return first is not None and _offers(main[first.end() :], looks)


def _offers(part: str, looks: _Looks) -> bool:
    """True if the text after a question names two answers, and is no clause of its own."""
    found, clause = looks["choice"].search(part), looks["clause"].match(part)
    return found is not None and clause is None and len(part.split()) <= _FEW


def _leading(core: str, looks: _Looks) -> bool:
    """A tag, a negative or agreeing frame, or a presupposed judgement."""
    return next(_found(_PRESSES, core, looks), None) is not None


def _why(core: str, looks: _Looks) -> bool:
    """Asks for a justification."""
    return looks["why"].match(_main(core, looks)) is not None


def _praises(text: str, asked: Sequence[str], code: str) -> bool:
    """Praise or agreement at the start of a sentence that does not ask, but not "very well, on we
    go".
    """
    told = (normalize(s).rstrip(_MARKS).lstrip("¡") for s in split_sentences(text))
    found = ((s, PRAISE[code].match(s)) for s in told if s not in asked)
    return any(praised and s[praised.end() :][:1] != "," for s, praised in found)


_RULES: Final[Mapping[str, Callable[[str, _Looks], bool]]] = {
    "double-barrelled": _double,
    "options": _options,
    "leading": _leading,
    "why": _why,
}
