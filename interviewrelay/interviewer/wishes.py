"""Wishes to stop by what their clauses are made of, whatever stands around them.

Each language says which small words may stand before and after (`LEADS`, `TAILS`), what ends it
(`ENDS`, but for what is `NOT` to end), and how somebody says why (`REASONS`): of now, so that nothing
of the `PAST` is one. `HINT` is what each end holds something of, and `JOINS` begin a clause. A sentence
is a wish if one of its clauses ends it and every other does so too, says why, or says nothing.
"""

from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Final

from interviewrelay.interviewer import wishes_de, wishes_en, wishes_es, wishes_fr, wishes_nl
from interviewrelay.interviewer.late import Late
from interviewrelay.interviewer.words import base_language

MOST_WORDS = 26
"""Words of a sentence that does no more than end it."""

REASON_WORDS = 11
"""Words of a clause that says why."""

_TABLES: Final[dict[str, ModuleType]] = {
    "en": wishes_en,
    "nl": wishes_nl,
    "de": wishes_de,
    "fr": wishes_fr,
    "es": wishes_es,
}
_LOOSE = Late(r"[\s,;:.!?\u2026\u00a1\u00bf\"()*\u2013\u2014]+|(?<!\w)[-']+|[-']+(?!\w)")
_BREAK = Late(r"(?<![,;:.!?\u2026()\u2013\u2014])[,;:.!?\u2026()\u2013\u2014]+\s+|\s-+\s")

_QUOTES = Late('["\u201c\u201d\u201e\u00ab\u00bb]')
_REPORTED = Late(
    r"\b(?:ask|asks|asked|say|says|said|tell|told|thought|think|wonder|wondered|vroeg|zei|dacht|fragte|sagte"
    r"|dachte|demandé|dit|disait|pensé|pregunté|preguntó|dijo|dije)(?: \w+)?$"
)
"""At the end of what comes before: such a wish is told of."""
_HABIT = Late(
    r"(?:(?:and|but|und|aber|en|maar|et|mais|y|pero) )?(?:if|when(?:ever)?|once|every|each|unless"
    r"|as soon as|wenn|sobald|falls|immer|jede[nrs]?|als|zodra|wanneer|elke|quand|lorsque|dès que"
    r"|chaque|si|cuando|cada)\b"
)
_MUST = Late(
    r"\b(?:have|need|got|must|muss|müssen|moet(?:en)?|dois|devons|tengo|tenemos|debo)\b"
)
"""What somebody must do whenever it comes to that is no wish of now."""


@dataclass(frozen=True, slots=True)
class _Grammar:
    hint: Late
    ends: Late
    small: Late
    reason: Late
    past: Late
    not_so: Late
    breaks: Late
    asks: Late


@cache
def _grammar(code: str) -> _Grammar:
    table = _TABLES[code]
    leads, tails = rf"(?:(?:{table.LEADS}) )*", rf"(?: (?:{table.TAILS}))*"
    return _Grammar(
        hint=Late(table.HINT),
        ends=Late(rf"{leads}(?:{table.ENDS}){tails}"),
        small=Late(rf"(?:(?:{table.LEADS}|{table.TAILS})(?: |$))+"),
        reason=Late(rf"{leads}(?:{table.REASONS})"),
        past=Late(table.PAST),
        not_so=Late(table.NOT),
        breaks=Late(rf"{_BREAK.pattern}|\s+(?=(?:{table.JOINS})\s)"),
        asks=Late(rf"{leads}(?:{table.ASKS})\b"),
    )


def wishes_to_stop(line: str, language: str) -> bool:
    """Whether a plain sentence, spelled as usual, wishes an end and tells of nothing else."""
    if line.count(" ") > MOST_WORDS:
        return False
    codes = dict.fromkeys((base_language(language), "en"))
    return any(_wishes(line, _grammar(code)) for code in codes if code in _TABLES)


def _wishes(line: str, known: _Grammar) -> bool:
    if not known.hint.search(line):
        return False
    if known.ends.fullmatch(_bare(line)):
        return not known.not_so.search(line)
    clauses = [_bare(clause) for clause in known.breaks.split(line)]
    ends = [known.ends.fullmatch(clause) is not None for clause in clauses]
    if not any(ends) or known.not_so.search(line):
        return False
    pairs = zip(clauses, ends, strict=True)
    return all(end or not clause or _says_why(clause, known) for clause, end in pairs)


def set_apart(line: str, language: str) -> str:
    """What a plain sentence tells before it closes with a wish to stop that is put to the interviewer:
    "I worked every day, can we stop here?"; empty if it does not close so.
    """
    codes = [c for c in dict.fromkeys((base_language(language), "en")) if c in _TABLES]
    told = (_told_before(line, _grammar(code)) for code in codes)
    return "" if _QUOTES.search(line) else next(filter(None, told), "")


def _told_before(line: str, known: _Grammar) -> str:
    if not known.hint.search(line):
        return ""
    for found in known.breaks.finditer(line):
        before, last = line[: found.start()], _bare(line[found.end() :])
        asks = known.asks.match(last) and known.ends.fullmatch(last)
        must = _HABIT.match(before) and _MUST.search(last)
        if asks and not must and not (known.not_so.search(last) or _REPORTED.search(before)):
            return "" if _says_nothing(before, known) else before
    return ""


def _says_nothing(before: str, known: _Grammar) -> bool:
    clauses = map(_bare, known.breaks.split(before))
    return all(not clause or _says_why(clause, known) for clause in clauses)


def _says_why(clause: str, known: _Grammar) -> bool:
    if known.small.fullmatch(clause):
        return True
    return (
        clause.count(" ") < REASON_WORDS
        and known.reason.fullmatch(clause) is not None
        and known.past.search(clause) is None
    )


def says_why(clause: str, language: str) -> bool:
    """Whether a plain clause gives a reason of now, or says nothing: "my bus is here", "and thanks"."""
    codes = dict.fromkeys((base_language(language), "en"))
    return any(_says_why(_bare(clause), _grammar(code)) for code in codes if code in _TABLES)


def tells_of_past(text: str, language: str) -> bool:
    """Whether a plain text speaks of the past, and of no wish of now."""
    code = base_language(language)
    return code in _TABLES and _grammar(code).past.search(text) is not None


def _bare(clause: str) -> str:
    return _LOOSE.sub(" ", clause).strip()
