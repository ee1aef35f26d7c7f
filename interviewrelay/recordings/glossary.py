"""Glossary of an interview: names and terms that a recogniser should expect."""

import re
from functools import lru_cache
from typing import Final

from interviewrelay.interviewer.guide import Guide
from interviewrelay.interviews.turn_store import InterviewSnapshot

MOST_TERMS: Final = 100
_NAME: Final = re.compile(r"(?<![.!?:…\"“„«¿¡] )(?<!^)\b[^\W\d_a-zß-ÿ][\w’'-]+", re.MULTILINE)
"""A capitalised word that does not begin a sentence."""


def build_glossary(snapshot: InterviewSnapshot) -> tuple[str, ...]:
    """The campaign's own terms first, then the organization's name and the names in the script."""
    own = [str(term) for term in snapshot.settings.get("glossary") or ()]
    found = [*own, snapshot.organization, *_find_names(snapshot.guide)]
    return tuple(dict.fromkeys(term for term in found if term))[:MOST_TERMS]


@lru_cache(maxsize=64)
def _find_names_in(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_NAME.findall(text)))


def _find_names(guide: Guide) -> tuple[str, ...]:
    """Names in the script: capitalised words, except in German, which capitalises every noun."""
    if guide.language.startswith("de"):
        return ()
    texts = [guide.name, guide.purpose]
    for question in guide.questions:
        texts += [question.text, *question.probes, *question.options]
    return _find_names_in("\n".join(texts))
