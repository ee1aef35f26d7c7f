"""Dialogue acts: what an answer does beside answering, and what the interviewer does in a turn."""

import re
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
SKIP = "skip"
REPEAT = "repeat"
CLARIFY = "clarify"
META = "meta"
MISFIT = "misfit"
WRONG_PERSON = "wrong_person"
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
    SKIP,
    REPEAT,
    CLARIFY,
    META,
    MISFIT,
    WRONG_PERSON,
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
"""Content words beside a request from which on a text is an answer too; beside a mere question about
the interview one is enough."""

COMMANDS = frozenset({STOP, PAUSE, SHORTEN, SKIP})
"""Acts that are understood in every language when they are the whole turn."""

_ALSO_A_WORD = frozenset({"alto", "dag", "moment", "paso", "passe", "schluss"})
"""Commands of one language that are answers in others."""

_CLAUSE = re.compile(
    r"\s*[,;]\s+|\s+[\u2013\u2014-]+\s+"
    r"|\s+(?=(?:but|and|so|maar|en|dus|aber|und|mais|et|pero|y)\s)"
)
_REPORTED = re.compile(
    r"\b(?:ask|asks|asked|say|says|said|tell|told|wonder|wondered|think|thought|like"
    r"|vraagt|vroeg|zegt|zei|dacht|fragt|fragte|sagt|sagte|dachte"
    r"|demande|demand\u00e9|dit|disait|pregunt\u00f3|preguntaba|dijo|dec\u00eda)"
    r"(?: (?:me|him|her|us|them|myself|mij|mich|mir))?$"
)
_NO_MEANING = re.compile(
    r"(?:bla+h?[ ,]*)+|lorem ipsum.*|[hjqwxz]|asd|sdf|jkl|([a-z])\1{2,}|[bcdfghjklmnpqrstvwxz]{6,}"
)
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop")


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
    lines = [plain(sentence) for sentence in sentences(text)]
    if len(lines) == 1:
        found.update(dict.fromkeys(_foreign_commands(lines[0], language)))
    for line in lines:
        for part, matched in _parts(line, language):
            found.update({act: None for act, _ in matched})
            topics.update({topic: None for _, topic in matched if topic})
            if not matched or len(words(part)) > LONG_SENTENCE:
                rest.append(part)
    if META in found:
        # Beside a question, a greeting or "well" is no answer.
        rest = [part for part in rest if not _polite(part, language)]
    if SKIP in found:
        found[REFUSAL] = None
    kept = "" if found.keys() & COMMANDS and len(lines) == 1 else " ".join(rest)
    found.update(dict.fromkeys(_answers(found, kept, text, language)))
    return Heard(tuple(a for a in PRIORITY if a in found), tuple(topics), kept)


def _parts(line: str, language: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """A plain sentence with what is heard in it; clause by clause when one of them asks about the
    interview, since the others may hold an answer.
    """
    whole = list(_matches(line, language))
    clauses = _CLAUSE.split(line) if all(act == META for act, _ in whole) else [line]
    heard = [(clause, list(_matches(clause, language))) for clause in clauses]
    asking = [n for n, (_, acts) in enumerate(heard) if any(act == META for act, _ in acts)]
    # "He asked me, are you human" tells of a question and does not ask one.
    asked = [n for n in asking if n == 0 or not _REPORTED.search(clauses[n - 1])]
    if asking and not asked:
        yield line, []
        return
    if not asked or len(words(line)) > LONG_SENTENCE:
        yield line, whole
        return
    yield from heard


def _spoken(language: str) -> list[str]:
    """English is understood in every interview."""
    return list(dict.fromkeys(("en", base_language(language))))


def _polite(line: str, language: str) -> bool:
    known = (act_patterns.PATTERNS.get(code) for code in _spoken(language))
    return any(patterns.polite(line) for patterns in known if patterns is not None)


def _foreign_commands(line: str, language: str) -> Iterator[str]:
    """Commands in a language that is not the script's, when the line is nothing else."""
    for code, patterns in act_patterns.PATTERNS.items():
        forms = patterns.forms(line)
        if code in _spoken(language) or forms[-1] in _ALSO_A_WORD:
            continue
        for act, pattern in patterns.whole:
            if act in COMMANDS and any(map(pattern.fullmatch, forms)):
                yield act


def _matches(line: str, language: str) -> Iterator[tuple[str, str]]:
    """(act, topic) of every pattern that one plain sentence fits; topic is empty but for META."""
    for code in _spoken(language):
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
    if not words(text) or (not found and _meaningless(kept)):
        return [EMPTY]
    said = words(kept)
    if not said:
        # "Yes." and "No." are answers to most questions.
        return [ANSWER] if found.keys() <= {YES, NO} else []
    if found.keys() <= {YES, NO, SAFETY}:
        return [ANSWER]
    content = len(content_words(said, language)) + unspaced(kept) // 2
    enough = 1 if found.keys() <= {YES, NO, META} else ANSWER_WORDS
    return [ANSWER] if content >= enough else []


def _meaningless(line: str) -> bool:
    """A stray letter, or fingers on the keyboard: words in form only."""
    bare = line.strip(" .,;:-")
    if _NO_MEANING.fullmatch(bare):
        return True
    return len(bare) > 3 and any(row.startswith(bare) for row in _KEYS)
