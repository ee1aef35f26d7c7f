"""Style rules for interviewer texts, as small named checks."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache, partial

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.patterns.lazy_pattern import LazyPattern
from interviewrelay.interviewer.text.lexicon import STOP_WORDS
from interviewrelay.interviewer.text.tokenization import (
    get_base_language,
    normalize,
    split_sentences,
    split_words,
)
from interviewrelay.interviewer.wording import question_rules
from interviewrelay.interviewer.wording.question_rules import PRAISE, QUOTED

MAX_QUESTION_WORDS = 30
MAX_ACKNOWLEDGEMENT_WORDS = 12

_told = partial(languages.load_patterns, "wording_rules")
_OWN_VOICE, _HUMAN, _ADVICE, _ENDING = map(_told, ("own_voice", "human", "advice", "ending"))
_ASKS, _JOINS, _TAGS = map(_told, ("asks", "joins", "tags"))

_english = partial(languages.load_pattern, "wording_rules", code="en")
_HEAD, _SECOND, _PAIR, _BOTH = map(_english, ("head", "second", "pair", "both"))
_OPEN, _OPTIONS, _NO_CHOICE = map(_english, ("open", "options", "no_choice"))
_TAG, _LEADING, _WHY = map(_english, ("tag", "leading", "why"))
_PRAISES, _FEELING = map(_english, ("praise", "feeling"))
_ADVISES, _ADVICE_ASKED = map(_english, ("advice", "advice_asked"))
_SUBORDINATE, _INVITATION, _INVITES = map(_english, ("subordinate", "invitation", "invites"))
_QUESTION_WORD, _POLITE, _FINITE = map(_english, ("question_word", "polite", "finite"))

_IF_ANY = LazyPattern(r", if (?:any|anything|at all|ever|you like|you want)\b[^,?]*, ")
_MARKUP = LazyPattern(r"https?:|www\.|</?[a-z][^>]*>|```|\]\(|[{}]|\*\*|^\s*#|\bfunction\s*\(")
_EMOJI = LazyPattern("[\u2600-\u27bf\U0001f000-\U0001faff]|!")
_QUESTION_MARK = LazyPattern("[?\u061f\uff1f]")


def list_questions(text: str) -> tuple[str, ...]:
    """Sentences that ask: with a question mark, or with an invitation at the start."""
    asking = (normalize(s) for s in split_sentences(text))
    return tuple(s for s in asking if _QUESTION_MARK.search(s) or _INVITATION.match(s))


def _cores(text: str) -> list[str]:
    """Asking sentences without end marks and quotations."""
    return [QUOTED.sub("that", s).rstrip(" ?.!\u2026") for s in list_questions(text)]


def _statements(text: str) -> list[str]:
    asking = set(list_questions(text))
    return [
        s for s in map(normalize, split_sentences(QUOTED.sub("that", text))) if s not in asking
    ]


def has_multiple_questions(text: str) -> bool:
    """More than one asking sentence, or more than one question mark."""
    text = QUOTED.sub("that", text)
    return len(list_questions(text)) > 1 or len(_QUESTION_MARK.findall(text)) > 1


def is_double_barrelled(text: str) -> bool:
    """Two questions in one sentence: a second question word or verb after a coordinator."""
    for core in (_SUBORDINATE.sub("", _IF_ANY.sub(" ", core)) for core in _cores(text)):
        second = _SECOND.search(core)
        first = core[: second.start()] if second else ""
        # "You would vote for it and be angry; what would that be about?" asks once.
        tells = second is not None and second[0].startswith(";") and not _asks_first(first)
        if second and not tells and _HEAD.search(first):
            return True
        if _PAIR.search(core) and not _BOTH.search(core):
            return True
    return False


def _asks_first(clause: str) -> bool:
    asks = (_QUESTION_WORD, _FINITE, _INVITATION)
    return any(form.match(clause) for form in asks)


def offers_options(text: str) -> bool:
    """Ready-made answers or examples inside the question."""
    # The dots of "e.g. this" would end the sentence before it asks.
    whole = text.replace("e.g. ", "e.g., ")
    return any(_OPTIONS.search(c) and not _NO_CHOICE.search(c) for c in _cores(whole))


def is_leading(text: str) -> bool:
    """A tag, a negative or agreeing frame, or a presupposed judgement."""
    return any(_TAG.search(c) or _LEADING.search(c) for c in _cores(text))


def gives_praise(text: str) -> bool:
    """Praise or agreement in a sentence that does not ask."""
    return any(_PRAISES.search(s) for s in _statements(text))


def claims_feeling(text: str) -> bool:
    """Claims of the interviewer to have feelings or a life."""
    return bool(_FEELING.search(QUOTED.sub("that", normalize(text))))


def gives_advice(text: str) -> bool:
    """Advice in a sentence that does not ask, or disguised as a question."""
    return any(_ADVISES.search(s) for s in _statements(text)) or any(
        _ADVICE_ASKED.search(c) for c in _cores(text)
    )


def asks_why(text: str) -> bool:
    """Question that begins with why, which asks for a justification."""
    return any(_WHY.search(c) for c in _cores(text))


def is_yes_no(text: str) -> bool:
    """Question that yes or no would answer: an auxiliary first and no question word."""
    for core in _cores(text):
        if _QUESTION_WORD.search(core) or _INVITES.search(core):
            continue
        for clause in re.split(r",\s*", _TAG.sub("", core)):
            if _FINITE.match(clause) and not _POLITE.match(clause):
                return True
    return False


def is_too_long(text: str) -> bool:
    """Asking sentence of more than 30 words."""
    return any(len(split_words(q)) > MAX_QUESTION_WORDS for q in list_questions(text))


def holds_markup(text: str) -> bool:
    """Links, tags, code or other marks that a voice cannot speak."""
    return bool(_MARKUP.search(text.casefold()))


def is_shouting(text: str) -> bool:
    """Exclamation marks and emoji."""
    return bool(_EMOJI.search(QUOTED.sub("", text)))


# Rules for model texts only, in every language of the interviewer.


def _finds(table: Mapping[str, LazyPattern], text: str, language: str) -> bool:
    pattern = table.get(get_base_language(language))
    return pattern is not None and pattern.search(QUOTED.sub("", normalize(text))) is not None


def speaks_of_itself(text: str, language: str) -> bool:
    """First person, or a mention of being human or a machine."""
    return _finds(_OWN_VOICE, text, language) or _finds(_HUMAN, text, language)


def claims_to_be_human(text: str, language: str) -> bool:
    """Mention of being human or a machine."""
    return _finds(_HUMAN, text, language)


def advises(text: str, language: str) -> bool:
    return (
        gives_advice(text)
        if get_base_language(language) == "en"
        else _finds(_ADVICE, text, language)
    )


def praises(text: str, language: str) -> bool:
    return (
        gives_praise(text)
        if get_base_language(language) == "en"
        else _finds(PRAISE, text, language)
    )


def ends_or_skips(text: str, language: str) -> bool:
    """Statement that the interview is over, or that something is left out."""
    return _finds(_ENDING, text, language)


def asks(text: str, language: str) -> bool:
    """True if it is a question, or an invitation to tell."""
    if list_questions(text) or _finds(_ASKS, text, language):
        return True
    return get_base_language(language) == "en" and _INVITES.search(normalize(text)) is not None


def asks_openly(text: str, language: str) -> bool:
    """One open question: no tag, no choice, no second question. English has rules of its own;
    elsewhere any word that could join two questions counts.
    """
    if get_base_language(language) == "en":
        head = any(_OPEN.search(core) for core in _cores(text))
        return head and not is_yes_no(text)
    joined = _finds(_JOINS, text, language) or _finds(_TAGS, text, language)
    return _finds(_ASKS, text, language) and not (
        joined or is_closed_in_any_language(text, language)
    )


def is_closed_in_any_language(text: str, language: str) -> bool:
    """`is_yes_no` in any of the five languages."""
    if get_base_language(language) == "en":
        return is_yes_no(text)
    return question_rules.is_closed_question(text, language)


def is_in_language(text: str, language: str) -> bool:
    """True if no other language's function words are more frequent in it than its own."""
    said = split_words(QUOTED.sub("", text))
    known = {code: sum(w in stop for w in said) for code, stop in STOP_WORDS.items()}
    own = known.pop(get_base_language(language), 0)
    latin = all(ord(c) < 0x250 or not c.isalpha() for c in text)
    return latin and own >= max(known.values()) and (own > 0 or len(said) < 3)


Rule = Callable[[str], bool]

ENGLISH_RULES: Mapping[str, Rule] = {
    "double-barrelled": is_double_barrelled,
    "options": offers_options,
    "leading": is_leading,
    "praise": gives_praise,
    "feeling": claims_feeling,
    "advice": gives_advice,
    "why": asks_why,
}
"""Rules for English."""

FORM_RULES: Mapping[str, Rule] = {
    "multiple": has_multiple_questions,
    "too-long": is_too_long,
    "markup": holds_markup,
    "shouting": is_shouting,
}
"""Structural rules for every language."""


@lru_cache(maxsize=4096)
def list_violations(text: str, language: str = "en") -> tuple[str, ...]:
    """Names of the rules that `text` breaks; `is_yes_no` is for the linter only."""
    rules = dict(FORM_RULES)
    if get_base_language(language) == "en":
        rules.update(ENGLISH_RULES)
    found = [name for name, broken in rules.items() if broken(text)]
    return tuple(dict.fromkeys((*found, *question_rules.list_broken_rules(text, language))))


def fits_acknowledgement(text: str) -> bool:
    """True if it is short enough to stand before a question, and is no question itself."""
    return len(split_words(text)) <= MAX_ACKNOWLEDGEMENT_WORDS and not list_questions(text)
