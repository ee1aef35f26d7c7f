"""Whether a model's words bring in anything that nobody said: by the stems of what carries meaning."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from interviewrelay.interviewer import wording
from interviewrelay.interviewer.lexicon import BASE_FORMS, NEUTRAL_WORDS, STOP_WORDS
from interviewrelay.interviewer.model_task import Task
from interviewrelay.interviewer.words import base_language, content_words, stem, words

_PLACE_FOR_WORDS: Final = ("need", "angle", "ack")


def new(task: Task, text: str) -> set[str]:
    """Content words (as stems) that neither the participant nor the author nor our own phrases have."""
    topic, language = task.topic, task.language
    author = [topic.text, task.goal, task.question, *(n.label for n in topic.needs)]
    known = content([*task.answers, *author], language)
    return content([text], language) - known - own_words(base_language(language))


@cache
def own_words(language: str) -> frozenset[str]:
    """Stems of the plain words of interviewing: our own phrases, and a few more; always the same."""
    table, more = wording.PHRASES[language], NEUTRAL_WORDS.get(language, ())
    names = (n for n in table if n in _PLACE_FOR_WORDS or n.startswith("family."))
    return frozenset(content([*(p for n in names for p in table[n]), *more], language))


def content(texts: Sequence[str], language: str) -> set[str]:
    stop = STOP_WORDS[base_language(language)]
    parts = (part for text in texts for word in words(text) for part in _parts(word, stop))
    base = BASE_FORMS if base_language(language) == "en" else {}
    told = content_words(list(parts), language)
    return {stem(base.get(word, word), language) for word in told}


def _parts(word: str, stop: frozenset[str]) -> Sequence[str]:
    """`dites-moi` and `l'attente` are two words each."""
    return [word] if word in stop else re.split("['-]", word)
