"""Presupposition denial: answers that deny what their question assumes, such as that there was a
course.
"""

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
"""Maximum words of an answer about one thing."""

LONGEST = 120
"""Maximum characters of an answer that only denies its question."""

_DENIES: Final = languages.patterns("denial", "denies")
_NOT_DONE: Final = languages.patterns("denial", "not_done")
_AFTER: Final = languages.pattern("denial", "after")
_NOTHING_OF: Final = languages.patterns("denial", "nothing_of")
_NONE: Final = languages.patterns("denial", "none")
_NEVER: Final = languages.patterns("denial", "never")
_WAITING: Final = languages.wordsets("denial", "waiting")


def denies(question: str, answer: str, language: str) -> bool:
    """True if the whole answer says that there was nothing of what the question mentions. That it
    was not done is an answer (`nothing_done`).
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
    """True if an answer begins by saying that nothing of what its question mentions was ever done:
    "I haven't used anything" to a question about one use. Any follow-up would presuppose it.
    """
    base = base_language(language)
    line = plain(answer)
    found = _NOT_DONE[base].match(line) if base in _NOT_DONE else None
    if found is None or not _AFTER.match(line[found.end() :]):
        return False
    asked = {stem(word, base) for word in words(question)}
    return stem(found["verb"], base) in asked


def nothing_of(answer: str, language: str, asked: str = "") -> frozenset[str]:
    """Stems of what an answer says there was none of: "no wait", "I did not have to wait". "There
    was none", like "straight in", refers to what the question before it `asked`.
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
