"""Answer fit: the meaning of a text for the pending question: "ok" answers one and not another."""

from typing import Final

from interviewrelay.interviewer import acts, languages
from interviewrelay.interviewer.acts import participant_questions
from interviewrelay.interviewer.guide import Question
from interviewrelay.interviewer.text.tokenization import (
    filter_content_words,
    get_base_language,
    get_cached_stems,
    get_stem,
    normalize,
    split_sentences,
    split_words,
)
from interviewrelay.interviewer.understanding import (
    facts,
    presupposition_denial,
    response as responses,
)
from interviewrelay.interviewer.understanding.coverage import build_need_key
from interviewrelay.interviewer.understanding.reading import Analysis

_SMALL_TALK = frozenset({acts.GREETING, acts.ACK, acts.YES, acts.NO, acts.ANSWER})

_ASKS_FOR_QUESTIONS: Final = languages.load_pattern("asking_back", "for_questions")
_QUESTION_WORD: Final = languages.load_patterns("facts", "question_word")
_YES_OR_NO: Final = languages.load_patterns("facts", "yes_or_no")
_TELL_ME: Final = languages.load_patterns("facts", "tell_me")


def fit_response(
    response: str,
    reading: Analysis,
    text: str,
    pending: tuple[str, str],
    question: Question | None,
    language: str,
) -> str:
    """Response to a text in view of the `pending` act and the script's `question`."""
    act, asked = pending
    closing = act in acts.CLOSING
    if act == acts.CHECK_BACK and (
        response == responses.DONT_KNOW
        or (response == responses.ANSWER and not reading.telling)
    ):
        return responses.NOTHING_MORE  # "yes", "no" and "nothing" leave it as it is
    if response in (responses.DONT_KNOW, responses.NOTHING_MORE):
        # "Nothing" can be the cost of a visit.
        return responses.ANSWER if facts.is_told(asked, [text]) else response
    if response in (responses.GREETED, responses.NOT_NOW):
        return _aside(response, reading, question, closing=closing)
    if response == responses.META:
        free = closing or _ASKS_FOR_QUESTIONS.search(normalize(asked)) is not None
        return responses.ANSWER if free and set(reading.topics) == {acts.WONDERED} else response
    if response == responses.UNCLEAR and _is_answered_too(reading, question, text):
        response = responses.ANSWER
    if response != responses.ANSWER or closing:
        return response
    return _as_answer(reading, text, pending, question, language)


def _aside(
    response: str, reading: Analysis, question: Question | None, *, closing: bool
) -> str:
    """Response to a greeting, "ok" or "not now"; "not now" answers a closed question."""
    if response == responses.GREETED:
        ends = closing and reading.has(acts.ACK)
        return responses.NOTHING_MORE if ends else response
    if closing:
        return responses.NOTHING_MORE
    return response if question is None or question.kind == "open" else responses.ANSWER


_OF_THEMSELVES: Final = languages.load_pattern("asking_back", "of_themselves")
_PUZZLED: Final = languages.load_pattern("asking_back", "puzzled")


def _tells_after_asking(text: str) -> bool:
    """True if a statement about themselves follows a question: "What do you mean by week? I worked,
    mostly."
    """
    first, *rest = map(normalize, split_sentences(text))
    last = rest[-1] if rest else ""
    tells = _OF_THEMSELVES.match(last) and not _PUZZLED.search(last)
    return (
        participant_questions.has_question_mark(first)
        and bool(tells)
        and not any(map(participant_questions.has_question_mark, rest))
    )


def _is_answered_too(reading: Analysis, question: Question | None, text: str) -> bool:
    """True if one turn asks for the meaning and answers: "What do you mean, received? A nurse took
    my name." A request to repeat means that it was not heard, whatever else they say.
    """
    if question is None or reading.has(acts.REPEAT) or not reading.has(acts.ANSWER):
        return False
    if _tells_after_asking(text):
        return True
    return any(build_need_key(question.id, need.id) in reading.needs for need in question.needs)


def _as_answer(
    reading: Analysis,
    text: str,
    pending: tuple[str, str],
    question: Question | None,
    language: str,
) -> str:
    """Response to an apparent answer, which may deny its question, be empty, or only repeat it."""
    act, asked = pending
    closed = question is not None and question.kind in ("closed", "scale")
    if _denied(text, asked, question, language):
        return responses.MISFIT
    small = set(reading.acts) <= _SMALL_TALK and not reading.telling
    if small and not closed and asks_for_words(asked, language):
        if reading.has(acts.ACK):
            return responses.GREETED
        if reading.has(acts.NO) and act == acts.PROBE:
            return responses.NOTHING_MORE
    again = _says_again(text, asked, language)
    return responses.UNCLEAR if again else responses.ANSWER


def _denied(text: str, asked: str, question: Question | None, language: str) -> bool:
    """True if there was nothing of what is asked about, unless that is the fact asked for."""
    if not presupposition_denial.denies_presupposition(asked, text, language):
        return False
    after = [asked, *(need.ask for need in question.needs)] if question else [asked]
    return not any(facts.is_told(ask, [text]) for ask in after)


def asks_for_words(question: str, language: str) -> bool:
    """True if yes does not answer a question, because it asks for an account or a fact."""
    asking_parts = [
        s for s in split_sentences(normalize(question)) if s.endswith(("?", "\u061f"))
    ]
    if not asking_parts:
        return True
    base, last = get_base_language(language), asking_parts[-1]
    if base in _YES_OR_NO and _YES_OR_NO[base].match(last):
        return _TELL_ME[base].match(last) is not None
    word = _QUESTION_WORD.get(base)
    return word is not None and word.search(last) is not None


def _says_again(text: str, question: str, language: str) -> bool:
    """True if a text only repeats a part of the question, with a question mark."""
    line = normalize(text)
    if not participant_questions.is_echo(line):
        return False
    said = {
        get_stem(word, language) for word in filter_content_words(split_words(line), language)
    }
    return bool(said) and said <= get_cached_stems(question, language)
