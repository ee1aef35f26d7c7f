"""Presupposition denial: answers that deny what their question assumes, such as that there was a
course.
"""

from typing import Final

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.text.tokenization import (
    filter_content_words,
    get_base_language,
    get_stem,
    normalize,
    split_words,
)
from interviewrelay.interviewer.understanding import facts

TERSE = 12
"""Maximum words of an answer about one thing."""

LONGEST = 120
"""Maximum characters of an answer that only denies its question."""

_DENIES: Final = languages.load_patterns("denial", "denies")
_NOT_DONE: Final = languages.load_patterns("denial", "not_done")
_AFTER: Final = languages.load_pattern("denial", "after")
_NOTHING_OF: Final = languages.load_patterns("denial", "nothing_of")
_NONE: Final = languages.load_patterns("denial", "none")
_NEVER: Final = languages.load_patterns("denial", "never")
_WAITING: Final = languages.load_word_sets("denial", "waiting")


def denies_presupposition(question: str, answer: str, language: str) -> bool:
    """True if the whole answer says that there was nothing of what the question mentions. That it
    was not done is an answer (`denies_deed`).
    """
    base = get_base_language(language)
    pattern = _DENIES.get(base)
    found = pattern.search(normalize(answer)) if pattern and len(answer) <= LONGEST else None
    if found is None or denies_deed(question, answer, language):
        return False
    asked = {get_stem(word, base) for word in filter_content_words(split_words(question), base)}
    what = filter_content_words(split_words(found["what"]), base)
    return any(get_stem(word, base) in asked for word in what)


def denies_deed(question: str, answer: str, language: str) -> bool:
    """True if an answer begins by saying that nothing of what its question mentions was ever done:
    "I haven't used anything" to a question about one use. Any follow-up would presuppose it.
    """
    base = get_base_language(language)
    line = normalize(answer)
    found = _NOT_DONE[base].match(line) if base in _NOT_DONE else None
    if found is None or not _AFTER.match(line[found.end() :]):
        return False
    asked = {get_stem(word, base) for word in split_words(question)}
    return get_stem(found["verb"], base) in asked


def find_denied_stems(answer: str, language: str, asked: str = "") -> frozenset[str]:
    """Stems of what an answer says there was none of: "no wait", "I did not have to wait". "There
    was none", like "straight in", refers to what the question before it `asked`.
    """
    base = get_base_language(language)
    if base not in _NOTHING_OF:
        return frozenset()
    line = normalize(answer)
    found = _NOTHING_OF[base].findall(line)
    if base in _NEVER:
        found += _NEVER[base].findall(line)
    if _NONE[base].match(line):
        found += split_words(asked)
    if asked and len(split_words(line)) <= TERSE and facts.took_no_time(line):
        found += _WAITING[base]
    return frozenset(get_stem(word, base) for word in filter_content_words(found, base))
