"""Conditions of a question, evaluated on the answers so far."""

from interviewrelay.interviewer.guide import Condition, Guide, Question
from interviewrelay.interviewer.state.state import State
from interviewrelay.interviewer.text.lexicon import NO_WORDS, YES_WORDS
from interviewrelay.interviewer.text.tokenization import (
    find_number,
    get_cached_stems,
    get_stem,
    normalize,
    split_words,
)


def applies(guide: Guide, state: State, question: Question) -> bool:
    """True if the question's conditions allow it."""
    if question.ask_if is not None and not holds(guide, state, question.ask_if):
        return False
    return question.skip_if is None or not holds(guide, state, question.skip_if)


def depends_on(question: Question, other: str) -> bool:
    """True if it depends on the answer to another question."""
    return any(
        c is not None and c.question == other for c in (question.ask_if, question.skip_if)
    )


def is_undecided(state: State, question: Question) -> bool:
    """True while a question that a condition depends on may still get an answer, or another one."""
    current = state.pending.question_id if state.pending else None
    return any(
        c is not None and (c.question == current or not state.dealt_with(c.question))
        for c in (question.ask_if, question.skip_if)
    )


def holds(guide: Guide, state: State, condition: Condition) -> bool:
    """Evaluate a condition; false if its question was not asked or not answered."""
    thread = state.threads.get(condition.question)
    answers = thread.answers if thread is not None else []
    if condition.op == "answered":
        return bool(answers) is (normalize(condition.value) not in ("false", "no", "0"))
    if not answers:
        return False
    if condition.op == "contains":
        return _contains(guide, " ".join(answers), condition.value)
    if condition.op == "equals":
        asked = guide.question(condition.question)
        return _equals(answers[0], condition.value, asked.options if asked else ())
    return _compares(answers[0], condition)


def _contains(guide: Guide, answer: str, value: str) -> bool:
    wanted = get_cached_stems(value, guide.language)
    if wanted:
        said = {get_stem(word, guide.language) for word in split_words(answer)}
        return wanted <= said or normalize(value) in normalize(answer)
    return bool(value.strip()) and normalize(value) in normalize(answer)


def _equals(answer: str, value: str, options: tuple[str, ...]) -> bool:
    said, wanted = split_words(answer), split_words(value)
    if said == wanted:
        return bool(said) or normalize(answer) == normalize(value)
    if wanted and said and len(wanted) == 1:
        for group in (YES_WORDS, NO_WORDS):
            if wanted[0] in group:
                return said[0] in group
    chosen = [split_words(o) for o in options if _row(split_words(o), said)]
    # "Not satisfied" contains "satisfied": the longest option that was said is the choice.
    chosen.sort(key=len, reverse=True)
    clear = len(chosen) == 1 or (len(chosen) > 1 and len(chosen[0]) > len(chosen[1]))
    return clear and chosen[0] == wanted


def _row(part: list[str], whole: list[str]) -> bool:
    """True if `part` occurs in `whole` unchanged."""
    size = len(part)
    return size > 0 and any(whole[i : i + size] == part for i in range(len(whole) - size + 1))


def _compares(answer: str, condition: Condition) -> bool:
    given, limit = find_number(answer), find_number(condition.value)
    if given is None or limit is None:
        return False
    return given < limit if condition.op == "lt" else given > limit
