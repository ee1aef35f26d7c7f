"""Dialogue acts: what an answer does beside answering, and what the interviewer does in a turn."""

from collections.abc import Iterator
from dataclasses import dataclass

from interviewrelay.interviewer import act_patterns
from interviewrelay.interviewer.words import (
    base_language,
    content_words,
    plain,
    sentences,
    unspaced,
    words,
)

# --- what a participant does, in the order in which it counts --------------------------------
SAFETY = "safety"
STOP = "stop"
PAUSE = "pause"
INJECTION = "injection"
LANGUAGE = "language"
SHORTEN = "shorten"
REFUSAL = "refusal"
REPEAT = "repeat"
CLARIFY = "clarify"
META = "meta"
DONT_KNOW = "dont_know"
ALREADY_TOLD = "already_told"
NOTHING_MORE = "nothing_more"
YES = "yes"
NO = "no"
ANSWER = "answer"
EMPTY = "empty"

PRIORITY = (
    SAFETY,
    STOP,
    PAUSE,
    INJECTION,
    LANGUAGE,
    SHORTEN,
    REFUSAL,
    REPEAT,
    CLARIFY,
    META,
    DONT_KNOW,
    ALREADY_TOLD,
    NOTHING_MORE,
    YES,
    NO,
    ANSWER,
    EMPTY,
)

# --- what the interviewer does (`Decision.act`) -----------------------------------------------
ASK = "ask"
PROBE = "probe"
ANOTHER_ANGLE = "dont_know"
ANYTHING_TO_ADD = "anything_to_add"
SAY_AGAIN = "repeat"
REPHRASE = "rephrase"
OFFER_SKIP = "clarify"
ANSWER_META = "meta"
CONFIRM_STOP = "confirm_stop"
CARRY_ON = "carry_on"
PAUSED = "pause"
ASIDE = "aside"
CARE = "care"
END = "end"

POSING = frozenset({ASK, PROBE, ANOTHER_ANGLE, ANYTHING_TO_ADD})
"""Acts that put a new question; all others leave the pending question as it is."""

LONG_SENTENCE = 25
"""Words from which on a sentence that also asks something still counts as an answer: speech
recognition often gives a whole answer as one sentence."""

ANSWER_WORDS = 3
"""Content words beside a request from which on a text is an answer too."""


@dataclass(frozen=True, slots=True)
class Heard:
    """`acts` in priority order, `topics` of questions about the interview, and `rest`: the part of
    the text (plain) that is nothing but answer.
    """

    acts: tuple[str, ...]
    topics: tuple[str, ...]
    rest: str


def hear(text: str, language: str) -> Heard:
    """All dialogue acts of a participant's text. Any text is fine; `language` is the script's."""
    found: dict[str, None] = {}
    topics: dict[str, None] = {}
    rest: list[str] = []
    if act_patterns.in_danger(plain(text)):
        found[SAFETY] = None
    for sentence in sentences(text):
        line = plain(sentence)
        matched = list(_matches(line, language))
        for act, topic in matched:
            found[act] = None
            if topic:
                topics[topic] = None
        if not matched or len(words(line)) > LONG_SENTENCE:
            rest.append(line)
    kept = " ".join(rest)
    found.update(dict.fromkeys(_answers(found, kept, text, language)))
    return Heard(tuple(a for a in PRIORITY if a in found), tuple(topics), kept)


def _matches(line: str, language: str) -> Iterator[tuple[str, str]]:
    """(act, topic) of every pattern that one plain sentence fits; topic is empty but for META."""
    for code in dict.fromkeys(("en", base_language(language))):
        patterns = act_patterns.PATTERNS.get(code)
        if patterns is None:
            continue
        forms = patterns.forms(line)
        core = forms[-1]
        for act, pattern in patterns.whole:
            if any(map(pattern.fullmatch, forms)):
                yield act, ""
        for act, pattern in patterns.anywhere:
            if pattern.search(core):
                yield act, ""
        for topic, pattern in patterns.topics:
            if pattern.search(core):
                yield META, topic


def _answers(found: dict[str, None], kept: str, text: str, language: str) -> list[str]:
    """ANSWER or EMPTY, whichever holds beside the acts already found."""
    if not words(text):
        return [EMPTY]
    said = words(kept)
    if not said:
        # "Yes." and "No." are answers to most questions.
        return [ANSWER] if found.keys() <= {YES, NO} else []
    if found.keys() <= {YES, NO, SAFETY}:
        return [ANSWER]
    content = len(content_words(said, language)) + unspaced(kept) // 2
    return [ANSWER] if content >= ANSWER_WORDS else []
