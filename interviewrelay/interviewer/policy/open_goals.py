"""Open learning goals of a question, and goals that were told without being asked.

A goal is covered when answers match its cues, if its author gave any (`goal_table`). Without cues
the words of the goal count: what it asks for must occur in what was said.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from interviewrelay.interviewer.guide import Need, Question
from interviewrelay.interviewer.state.state import State
from interviewrelay.interviewer.text.lexicon import NEUTRAL_WORDS
from interviewrelay.interviewer.text.tokenization import (
    filter_content_words,
    get_base_language,
    get_cached_stems,
    get_stem,
    split_sentences,
    split_words,
)
from interviewrelay.interviewer.understanding import facts
from interviewrelay.interviewer.understanding.coverage import build_need_key

TOUCHED = "touched"
TOLD_SHARE: Final = 0.75
"""Share of a goal's words that one or two sentences must name for it to count as told."""
TOUCHED_SHARE: Final = 0.5
"""The same for it to count as touched."""
FEWEST_NAMED: Final = 2
"""Minimum words of the goal: a single one may be chance."""
FEWEST_TOLD: Final = 6
"""Minimum content words in these sentences."""


def list_open_goals(state: State, question: Question) -> list[Need]:
    """Goals of a question that may still be asked."""
    return [
        need
        for need in question.needs
        if state.need(question, need.id) in ("open", TOUCHED)
        and build_need_key(question.id, need.id) not in state.needs_asked
    ]


def is_told(question: Question, need: Need, state: State, language: str) -> bool:
    """True if a goal was told in an answer to any question; a mere figure counts only in an answer
    to this question, or on the same matter.
    """
    answers = [said for thread in state.threads.values() for said in thread.answers]
    own = state.threads.get(question.id)
    if own is not None and facts.is_told(need.ask, own.answers):
        return True
    if any(facts.answers_all_facts(need.ask, answer, "", language) for answer in answers):
        return True
    wanted = _wanted(question, need, language)
    if len(wanted) < FEWEST_NAMED:
        return False
    return any(
        len(wanted & named) >= max(FEWEST_NAMED, TOLD_SHARE * len(wanted))
        for answer in answers
        for named in _told_together(answer, language)
    )


def is_touched(question: Question, need: Need, answers: Sequence[str], language: str) -> bool:
    """True if one answer named half of what a goal asks for beyond its question."""
    return get_named_share(question, need, answers, language) >= TOUCHED_SHARE


def get_named_share(
    question: Question, need: Need, answers: Sequence[str], language: str
) -> float:
    """Share of what a goal asks for, beyond its question, that one of the answers names."""
    wanted = _wanted(question, need, language)
    named = (
        len(wanted.intersection(get_stem(w, language) for w in split_words(answer)))
        for answer in answers
    )
    return max(named, default=0) / len(wanted) if wanted else 0.0


def _wanted(question: Question, need: Need, language: str) -> frozenset[str]:
    """Stems of what a goal asks for beyond its question."""
    return _subject(need.ask or need.label, language) - _subject(question.text, language)


def _subject(text: str, language: str) -> frozenset[str]:
    neutral = NEUTRAL_WORDS.get(get_base_language(language), frozenset())
    said = (w for w in filter_content_words(split_words(text), language) if w not in neutral)
    return frozenset().union(*(get_cached_stems(w, language) for w in said))


def _told_together(answer: str, language: str) -> Iterator[frozenset[str]]:
    """Stems of every two neighbouring sentences that tell enough."""
    parts = [filter_content_words(split_words(s), language) for s in split_sentences(answer)]
    for place in range(len(parts)):
        near = [word for part in parts[place : place + 2] for word in part]
        if len(near) >= FEWEST_TOLD:
            yield frozenset(get_stem(word, language) for word in near)
