"""Stop requests and goodbyes, recognised by their clauses.

`ending.toml` of each language lists small words before and after, words that end the interview, and
present reasons, so that nothing about the past matches. A sentence is a stop request if one of its
clauses is, and every other one is too, gives a reason, or says nothing.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Final

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.acts import act_patterns, participant_questions
from interviewrelay.interviewer.patterns.lazy_pattern import WINDOW, LazyPattern
from interviewrelay.interviewer.patterns.pattern_prefilter import PatternIndex, trigrams
from interviewrelay.interviewer.text.tokenization import get_base_language

MOST_WORDS = 26
"""Maximum words of a sentence that only ends the interview."""

LONGEST = 160
"""Maximum characters of a sentence whose clauses all end it or give reasons."""

LAST = 60
"""Maximum characters of the clause that says goodbye."""

REASON_WORDS = 11
"""Maximum words of a clause with a reason."""

LONGEST_SMALL = 20
"""Maximum filler words beside a stop request."""

_Looks = Mapping[str, LazyPattern]
_LOOKS: Final = languages.build_by_language(
    "ending", "ends", lambda code: languages.build_patterns(code, "ending")
)
_pattern = partial(languages.load_pattern, "ending")
_REPORTED, _HABIT, _MUST, _ABOUT_IT = map(_pattern, ("reported", "habit", "must", "about_it"))
TOLD_OF: Final = _pattern("told_of")
"""Reported speech: another person says what follows."""

_LOOSE = LazyPattern(r"[\s,;:.!?\u2026\u00a1\u00bf\"()*\u2013\u2014]+|(?<!\w)[-']+|[-']+(?!\w)")
_QUOTES = LazyPattern('["\u201c\u201d\u201e\u00ab\u00bb]')


def _clauses(key: str) -> PatternIndex[str]:
    return PatternIndex(
        languages.build_by_language(
            "acts", key, lambda code: languages.read_pattern_source(code, "acts", key)
        )
    )


_FAREWELLS, _REASONS = _clauses("farewell"), _clauses("reason")


def wishes_to_stop(line: str, language: str) -> bool:
    """True if a plain sentence, in normal spelling, asks to stop and tells nothing else."""
    if line.count(" ") > MOST_WORDS:
        return False
    return any(_wishes(line, looks) for looks in _spoken(language))


def is_not_yet(line: str, language: str) -> bool:
    """True if the participant wants one more question before the end: "one more answer, then I must
    go".
    """
    looks = _LOOKS.get(get_base_language(language))
    return looks is not None and looks["not_yet"].search(line) is not None


def _spoken(language: str) -> Iterator[_Looks]:
    codes = dict.fromkeys((get_base_language(language), "en"))
    return (_LOOKS[code] for code in codes if code in _LOOKS)


def _wishes(line: str, looks: _Looks) -> bool:
    if not looks["hint"].search(line):
        return False
    if looks["ends"].fullmatch(_bare(line)):
        return not looks["not_so"].search(line)
    clauses = [_bare(clause) for clause in looks["breaks"].split(line)]
    ends = [looks["ends"].fullmatch(clause) is not None for clause in clauses]
    if not any(ends) or looks["not_so"].search(line):
        return False
    pairs = zip(clauses, ends, strict=True)
    return all(end or not clause or _says_why(clause, looks) for clause, end in pairs)


def split_request(line: str, language: str) -> str:
    """Part of a plain sentence before its final stop request: "I worked every day, can we stop
    here?"; empty if it has none.
    """
    told = (_told_before(line, looks) for looks in _spoken(language))
    return "" if _QUOTES.search(line) else next(filter(None, told), "")


def _told_before(line: str, looks: _Looks) -> str:
    if not looks["hint"].search(line):
        return ""
    for found in looks["breaks"].finditer(line):
        before, last = line[: found.start()], _bare(line[found.end() :])
        asks = looks["asks"].match(last) and looks["ends"].fullmatch(last)
        must = _HABIT.match(before) and _MUST.search(last)
        if asks and not must and not (looks["not_so"].search(last) or _REPORTED.search(before)):
            return "" if _says_nothing(before, looks) else before
    return ""


def _says_nothing(before: str, looks: _Looks) -> bool:
    clauses = map(_bare, looks["breaks"].split(before))
    return all(not clause or _says_why(clause, looks) for clause in clauses)


def _says_why(clause: str, looks: _Looks) -> bool:
    if _is_small(clause, looks["small"]):
        return True
    return (
        clause.count(" ") < REASON_WORDS
        and looks["reason"].fullmatch(clause) is not None
        and looks["past"].search(clause) is None
    )


def _is_small(clause: str, small: LazyPattern) -> bool:
    """True if a clause consists of small words only.

    Checked word by word, since a repeating pattern could match in 2^n ways where words have two
    readings ("right now", "now").
    """
    said = clause.split(" ")
    reached = {0} if len(clause) <= WINDOW else set()
    for start in range(len(said)):
        if start in reached:
            ends = range(start + 1, min(start + LONGEST_SMALL, len(said)) + 1)
            reached |= {end for end in ends if small.fullmatch(" ".join(said[start:end]))}
    return len(said) in reached


def says_why(clause: str, language: str) -> bool:
    """True if a plain clause gives a present reason, or only consists of filler words: "my bus is
    here", "and thanks".
    """
    return any(_says_why(_bare(clause), looks) for looks in _spoken(language))


def tells_of_past(text: str, language: str) -> bool:
    """True if a plain text is about the past, and contains no present wish."""
    looks = _LOOKS.get(get_base_language(language))
    return looks is not None and looks["past"].search(text) is not None


def _bare(clause: str) -> str:
    return _LOOSE.sub(" ", clause).strip()


def says_goodbye(line: str, language: str) -> bool:
    """True if a plain sentence of several clauses ends with a goodbye that is not reported."""
    *before, last = participant_questions.CLAUSE.split(line)
    if not before or len(last) > LAST or not _fits(_FAREWELLS, last, language):
        return False
    return not (
        participant_questions.REPORTED.search(before[-1])
        or TOLD_OF.search(line)
        # "At six I was let out, bye" is an account that ends so.
        or (tells_of_past(" ".join(before), language) and not _ABOUT_IT.search(line))
    )


def is_made_of(line: str, language: str, ends: Callable[[str], bool]) -> bool:
    """True if some clause of a plain sentence `ends` the interview, and all others do too or say
    nothing.
    """
    clauses = participant_questions.CLAUSE.split(line) if len(line) <= LONGEST else [line]
    found = False
    for clause in reversed(clauses[:-1] and clauses):
        if ends(clause):
            found = True
        elif not (
            act_patterns.is_only_polite(clause, language) or _fits(_REASONS, clause, language)
        ):
            return False
    return found


def _fits(known: PatternIndex[str], clause: str, language: str) -> bool:
    likely = [pattern for _, pattern in known.candidates(clause, trigrams(clause))]
    forms = act_patterns.list_forms(clause, language) if likely else []
    return any(pattern.fullmatch(form) for pattern in likely for form in forms)
