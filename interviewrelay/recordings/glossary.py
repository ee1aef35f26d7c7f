"""Glossary of an interview: names and terms that a recogniser should expect."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from interviewrelay.interviewer.guide import Guide
from interviewrelay.interviewer.text.tokenization import get_base_language, split_sentences
from interviewrelay.interviews.turn_store import InterviewSnapshot

MOST_TERMS: Final = 100
LEAST_LETTERS: Final = 3
_WORD: Final = re.compile(r"[^\W\d_][\w-]*(?:['’]\w+)?")


def build_glossary(snapshot: InterviewSnapshot) -> tuple[str, ...]:
    """The campaign's own terms first, then the organization's name and the names in the script."""
    own = [str(term) for term in snapshot.settings.get("glossary") or ()]
    found = [*own, snapshot.organization, *_find_names(snapshot.guide)]
    return tuple(dict.fromkeys(term for term in found if term))[:MOST_TERMS]


def _find_names(guide: Guide) -> tuple[str, ...]:
    """Names in the script: capitalised words, except in German, which capitalises every noun."""
    if get_base_language(guide.language) == "de":
        return ()
    texts = [guide.purpose]
    for question in guide.questions:
        texts += [question.text, *question.probes, *question.options]
    return _find_names_in("\n".join(texts))


@lru_cache(maxsize=64)
def _find_names_in(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_capitalised(text)))


def _capitalised(text: str) -> Iterator[str]:
    """Capitalised words that do not begin a sentence."""
    for sentence in split_sentences(text):
        for word in _WORD.findall(sentence)[1:]:
            plain = re.split(r"['’]", word)[0]
            if plain[0].isupper() and len(plain) >= LEAST_LETTERS:
                yield plain
