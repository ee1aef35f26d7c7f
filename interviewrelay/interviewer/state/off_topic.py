"""Off-topic talk: small talk without a word in common with the interview.

Both are required, a subject of small talk and no overlap with the script or earlier answers, so
that an answer in unexpected words is never taken for small talk. Where similarity was measured, a
similar text is on topic, and a dissimilar one needs no such subject. Anything that fits the
question is an answer (`question_types`): missing small talk is better than refusing an answer.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from interviewrelay.interviewer import acts, languages
from interviewrelay.interviewer.guide import Guide, Question
from interviewrelay.interviewer.state import answer_similarity
from interviewrelay.interviewer.state.state import Pending
from interviewrelay.interviewer.text.lexicon import GENERIC_WORDS, NEUTRAL_WORDS
from interviewrelay.interviewer.text.tokenization import (
    filter_content_words,
    find_number,
    get_base_language,
    get_stem,
    split_words,
)
from interviewrelay.interviewer.understanding import narrative_types, question_types
from interviewrelay.interviewer.understanding.reading import Analysis

MIN_CONTENT = 3
"""Minimum content words for a judgement."""

SMALL_TALK: Final = languages.load_word_sets("small_talk", "subjects")

NOW: Final = languages.load_word_sets("small_talk", "now")
"""Words of the present day, which turn one such subject into small talk."""

FIRST_PERSON: Final = languages.load_words("small_talk", "first_person")
"""First person: mostly on topic, so such a text needs more signs of small talk."""

EVERYDAY: Final = languages.load_words("small_talk", "everyday")
"""Words of questions that any answer may fit."""

ANY_MATTER: Final = languages.load_words("small_talk", "any_matter")
"""Stems that an answer shares with its question by chance."""

NEAR = 0.35
"""Similarity to the question from which a text is on topic, whatever its words."""

FAR = 0.12
"""Similarity below which a text is unrelated to the question."""

IN_COMMON = 0.34
"""Share of words that small talk may share with the matter by chance."""

APART = 0.2
"""The same if only its subjects mark it as small talk."""

LONGEST: Final = 40
"""Minimum words of an account, which is never small talk."""

_DOING: Final = languages.load_patterns("small_talk", "doing")
"""Activities during the interview."""


def is_off_topic(
    guide: Guide, pending: Pending, text: str, reading: Analysis, accounts: Iterable[str]
) -> bool:
    """True if a text is about something else than the interview and everything said so far."""
    language, said = guide.language, split_words(text)
    base = get_base_language(language)
    chat = SMALL_TALK.get(base, frozenset()).intersection(said)
    near = reading.close.get(answer_similarity.ASKED)
    far = near is not None and near < FAR and _may_be_far(pending, text, reading, language)
    # Most answers contain no such word, and need no closer look.
    short = len(filter_content_words(said, language)) < MIN_CONTENT
    # Never redirect a participant who mentions a death.
    if not (chat or far) or short or reading.discloses or len(said) >= LONGEST:
        return False
    if near is not None and near >= NEAR:
        return False
    asked = pending.text
    if _fits(asked, text, chat, language):
        return False
    known = _subject(guide.questions, guide.purpose, language)
    known |= _content(asked, language)
    known |= frozenset().union(*(_content(account, language) for account in accounts))
    own = _content(text, language)
    everyday = not EVERYDAY.isdisjoint(split_words(asked)) or question_types.asks_for_cause(
        asked, language
    )
    if far and not everyday and len(own) > MIN_CONTENT and own.isdisjoint(known):
        return True
    talk = {word for word in chat if get_stem(word, language) not in known}
    common = len(own & known) / max(1, len(own))
    bare = len(own) > MIN_CONTENT and common <= APART
    chats = _chats(said, len(talk), bare=bare, doing=_is_doing(text, base), base=base)
    if everyday:
        # Current activities may answer such a question; surroundings do not.
        around = not NOW[base].isdisjoint(said) and FIRST_PERSON.isdisjoint(said)
        chats = chats and around and len(talk) > 1 and not common
    return chats and common <= IN_COMMON


def _fits(asked: str, text: str, chat: frozenset[str], language: str) -> bool:
    """True if a text fits the question, or takes up one of its words. Current activities, or
    today's surroundings, only lead away from it.
    """
    base, said = get_base_language(language), split_words(text)
    others = FIRST_PERSON.isdisjoint(said)
    today = others and not NOW.get(base, frozenset()).isdisjoint(said)
    if _is_doing(text, base) or today:
        return False
    shared = _content(asked, language) & _content(text, language)
    if not shared <= ANY_MATTER or question_types.names_who(asked, text, language):
        return True
    leans = question_types.is_sentence_part(text, chat, language)
    return leans or (not others and question_types.asks_for_doing(asked, language))


def _chats(said: Sequence[str], subjects: int, *, bare: bool, doing: bool, base: str) -> bool:
    """True if a text with so many `subjects` of small talk is nothing else: one about the present
    day or, with hardly a word on the matter (`bare`), several. In the first person it needs more,
    unless it is about what they are `doing` now.
    """
    today = not NOW[base].isdisjoint(said)
    if FIRST_PERSON.isdisjoint(said):
        return subjects >= 3 or (today and subjects >= 1) or (bare and subjects >= 2)
    return (today and subjects >= 2 - doing) or (bare and subjects >= 3)


def _is_doing(text: str, base: str) -> bool:
    return base in _DOING and _DOING[base].search(text.lower()) is not None


def _may_be_far(pending: Pending, text: str, reading: Analysis, language: str) -> bool:
    """True if dissimilarity counts: the answer to a follow-up is often a bare detail, and distress
    is never redirected.
    """
    if pending.act == acts.PROBE or reading.needs:
        return False
    return not narrative_types.is_upset(text, language)


@lru_cache(maxsize=64)
def _subject(questions: Sequence[Question], purpose: str, language: str) -> frozenset[str]:
    """Stems of everything that the script mentions."""
    texts = [purpose, *(t for q in questions for t in (q.text, *q.probes, *q.rephrase))]
    texts += [t for q in questions for n in q.needs for t in (n.label, n.ask, *n.cues)]
    return frozenset().union(*(_content(text, language) for text in texts))


def _content(text: str, language: str) -> frozenset[str]:
    """Stems of specific content words."""
    said = filter_content_words(split_words(text), language)
    any_subject = NEUTRAL_WORDS.get(get_base_language(language), frozenset()) | GENERIC_WORDS
    return frozenset(
        get_stem(w, language) for w in said if w not in any_subject and find_number(w) is None
    )
