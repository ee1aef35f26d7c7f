"""Answers that deny what their question takes for granted: there was no course that one took."""

from typing import Final

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.text.tokenization import (
    base_language,
    content_words,
    plain,
    stem,
    words,
)
from interviewrelay.interviewer.understanding import facts

TERSE = 12
"""Words of an answer that speaks of one thing."""

LONGEST = 120
"""Characters of an answer that does no more than deny its question."""

_DENIES: Final = languages.patterns("denial", "denies")
_NOT_DONE: Final = languages.patterns("denial", "not_done")
_AFTER: Final = languages.pattern("denial", "after")
_NOTHING_OF: Final = languages.patterns("denial", "nothing_of")
_NONE: Final = languages.patterns("denial", "none")
_NEVER: Final = languages.patterns("denial", "never")
_WAITING: Final = languages.wordsets("denial", "waiting")


def denies(question: str, answer: str, language: str) -> bool:
    """Whether the whole answer says that there was nothing of what the question speaks of. That it was
    not done is an answer (`nothing_done`).
    """
    base = base_language(language)
    pattern = _DENIES.get(base)
    found = pattern.search(plain(answer)) if pattern and len(answer) <= LONGEST else None
    if found is None or nothing_done(question, answer, language):
        return False
    asked = {stem(word, base) for word in content_words(words(question), base)}
    what = content_words(words(found["what"]), base)
    return any(stem(word, base) in asked for word in what)


def nothing_done(question: str, answer: str, language: str) -> bool:
    """Whether an answer says first of all that nothing of what its question speaks of was ever done: "I
    haven't used anything", where one occasion of using it is asked for. What follows on it would take
    for granted that there was one.
    """
    base = base_language(language)
    line = plain(answer)
    found = _NOT_DONE[base].match(line) if base in _NOT_DONE else None
    if found is None or not _AFTER.match(line[found.end() :]):
        return False
    asked = {stem(word, base) for word in words(question)}
    return stem(found["verb"], base) in asked


def nothing_of(answer: str, language: str, asked: str = "") -> frozenset[str]:
    """The stems of what an answer says there was none of: "no wait", "I did not have to wait". "There
    was none" speaks of what the question before it `asked`, and so does "straight in".
    """
    base = base_language(language)
    if base not in _NOTHING_OF:
        return frozenset()
    line = plain(answer)
    found = _NOTHING_OF[base].findall(line)
    if base in _NEVER:
        found += _NEVER[base].findall(line)
    if _NONE[base].match(line):
        found += words(asked)
    if asked and len(words(line)) <= TERSE and facts.took_no_time(line):
        found += _WAITING[base]
    return frozenset(stem(word, base) for word in content_words(found, base))
