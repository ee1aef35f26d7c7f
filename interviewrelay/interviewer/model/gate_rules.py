"""Gate rules: named rules for texts of a model.

A rule returns what in the text breaks it, in words for the model, or an empty text.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Final

from rapidfuzz import fuzz

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.model import presuppositions
from interviewrelay.interviewer.model.grounds import Grounds
from interviewrelay.interviewer.model.presuppositions import KnownWords
from interviewrelay.interviewer.model.reply import NO_CHARACTER
from interviewrelay.interviewer.model.request import RULES
from interviewrelay.interviewer.patterns.lazy_pattern import LazyPattern
from interviewrelay.interviewer.safety import personal_data
from interviewrelay.interviewer.text.lexicon import STOP_WORDS
from interviewrelay.interviewer.text.tokenization import (
    get_base_language,
    get_stem,
    normalize,
    split_sentences,
    split_words,
)
from interviewrelay.interviewer.understanding import avoided_topics, facts
from interviewrelay.interviewer.wording import attributions, question_rules, style_rules

MOST_WORDS: Final = 30
MOST_TO_ACKNOWLEDGE: Final = 30
"""Maximum words of an acknowledgement; models are told 25, and often miscount."""
MOST_SENTENCES: Final = 3
MOST_TO_SAY: Final = 60
"""Maximum words of an answer to a question, or of a reply to a participant in distress."""
LONGEST: Final = 600
SAME: Final = 90.0
"""Similarity, of 100, from which a question counts as asked before."""
SAME_STEMS: Final = 0.75
ECHO: Final = 6
"""Number of consecutive words that show that a text copies our rules."""
FOREIGN: Final = 2
"""Surplus of another language's function words that makes a text foreign."""

_NUMBER: Final = LazyPattern(r"\d[\d\s./-]{3,}\d|\S+@\S+|www\.|https?:")
"""Possible phone number or address."""
_HELPLINES: Final = languages.load_pattern("gate", "helplines")
_HOW_COME: Final = languages.load_pattern("wording_rules", "how_come", code="en")
"""Colloquial English for "how did that come about"; authors are advised against it."""
_ADMITS: Final = languages.load_pattern("gate", "admits")
"""Admission of our own mistake: "You had told me that, you're right" praises nobody."""
_RUN: Final = 2
"""Number of consecutive words that count as the participant's own."""


Rule = Callable[[str, Grounds], str]
"""Rule: returns what in a text breaks it, or an empty text."""


Rules = Sequence[tuple[str, Rule]]


def find_broken_rule(rules: Rules, text: str, grounds: Grounds) -> tuple[str, str]:
    """First rule that a text breaks, and the part that breaks it; both empty if none."""
    if not text:
        return "", ""
    return next(((name, why) for name, rule in rules if (why := rule(text, grounds))), ("", ""))


def _unclean(text: str, grounds: Grounds) -> str:
    if (
        style_rules.holds_markup(text)
        or style_rules.is_shouting(text)
        or re.search(r"[*_#`|•]|^\s*-", text)
    ):
        return "it contains markup"
    if (
        personal_data.holds_stand_in(text)
        or not text.isprintable()
        or text.isupper()
        or NO_CHARACTER in text
    ):
        return "it contains characters that cannot be spoken"
    about = (
        avoided_topics.is_about(text, named, grounds.language) for named in grounds.avoided
    )
    return "it is about a topic to avoid" if any(about) else ""


def _foreign(text: str, grounds: Grounds) -> str:
    own = get_base_language(grounds.language)
    if any(ord(c) >= 0x250 and c.isalpha() for c in text):
        return f"it is not in {grounds.language}"
    said = split_words(text)
    counts = {code: sum(w in stop for w in said) for code, stop in STOP_WORDS.items()}
    ours = counts.pop(own, 0)
    return f"it is not in {grounds.language}" if max(counts.values()) >= ours + FOREIGN else ""


def _feels(text: str, grounds: Grounds) -> str:
    if get_base_language(grounds.language) == "en" and style_rules.claims_feeling(text):
        return "it claims to have feelings"
    return ""


def _personal(text: str, grounds: Grounds) -> str:
    if style_rules.speaks_of_itself(text, grounds.language):
        return "it talks about the interviewer"
    return _feels(text, grounds)


def _claims(text: str, grounds: Grounds) -> str:
    """Sentences in which the interviewer claims to be what it is not; "I am here" is allowed."""
    if style_rules.claims_to_be_human(text, grounds.language):
        return "it says what the interviewer is"
    return _feels(text, grounds)


def _advises(text: str, grounds: Grounds) -> str:
    return "it gives advice" if style_rules.advises(text, grounds.language) else ""


def _praises(text: str, grounds: Grounds) -> str:
    if _ADMITS.search(normalize(text)):
        return ""
    ours = _without_theirs(text, grounds)
    return "it praises or judges" if style_rules.praises(ours, grounds.language) else ""


def _without_theirs(text: str, grounds: Grounds) -> str:
    """Text without the words that the participant has said in the same order."""
    said = [f" {' '.join(split_words(answer))} " for answer in grounds.answers]
    kept: list[str] = []
    for part in re.split(r"([.,;:?!]+\s*)", text):
        own = split_words(part)
        theirs = len(own) >= _RUN and any(_mostly_in(own, one) for one in said)
        kept.append("…" if theirs else part)
    return "".join(kept)


def _mostly_in(own: Sequence[str], said: str) -> bool:
    """True if a clause ends in a run of words of an answer: "you say it was very good"."""
    return f" {' '.join(own[-_RUN:])} " in said


def _ends(text: str, grounds: Grounds) -> str:
    return "it ends the interview" if style_rules.ends_or_skips(text, grounds.language) else ""


def _gives_contact(text: str, grounds: Grounds) -> str:
    known = normalize(" ".join([*grounds.facts, *grounds.author, *grounds.answers]))
    plain = normalize(text)
    found = [found[0].rstrip(".,;:!?") for found in _NUMBER.finditer(plain)]
    found += [found[0] for found in _HELPLINES.finditer(plain)]
    return next((f"no one mentioned {one}" for one in found if one not in known), "")


def _echoes(text: str, grounds: Grounds) -> str:
    """Consecutive words copied from our own rules, more than chance explains."""
    del grounds
    said, ours = split_words(text), _rules_in_words()
    runs = (said[at : at + ECHO] for at in range(len(said) - ECHO + 1))
    return (
        "it repeats its instructions"
        if any(f" {' '.join(run)} " in ours for run in runs)
        else ""
    )


@cache
def _rules_in_words() -> str:
    return f" {' '.join(part for line in RULES.splitlines() for part in split_words(line))} "


# Rules for questions.


def _too_long(text: str, grounds: Grounds) -> str:
    del grounds
    count = len(split_words(text))
    return f"it is {count} words long" if count > MOST_WORDS or len(text) > LONGEST else ""


def _not_one(text: str, grounds: Grounds) -> str:
    if style_rules.has_multiple_questions(text) or "double-barrelled" in _broken(text, grounds):
        return "it asks more than one thing"
    return "" if style_rules.asks(text, grounds.language) else "it does not ask a question"


def _leads(text: str, grounds: Grounds) -> str:
    broken = _broken(text, grounds)
    if "leading" in broken or attributions.addresses_by_name(text):
        return "it suggests the answer"
    if "options" in broken:
        return "it offers answers to choose from"
    why = "why" in broken and not _HOW_COME.search(normalize(text))
    return "it asks for a justification" if why else ""


def _broken(text: str, grounds: Grounds) -> Sequence[str]:
    language = grounds.language
    return (
        *style_rules.list_violations(text, language),
        *question_rules.list_loaded_rules(text, language),
    )


def _closed(text: str, grounds: Grounds) -> str:
    """Closed questions: no question word, and no "tell me"."""
    code = get_base_language(grounds.language)
    if code == "en":
        return "it is a yes-or-no question" if style_rules.is_yes_no(text) else ""
    asked = normalize(get_last_question(text)).lstrip("¿ ")
    return "" if question_rules.asks_for_more(asked, code) else "it is a yes-or-no question"


def get_last_question(text: str) -> str:
    """Last sentence that asks; "as far as you like" may follow it."""
    parts = split_sentences(text)
    return next((part for part in reversed(parts) if "?" in part), parts[-1])


def _asked(text: str, grounds: Grounds) -> str:
    own, mine = normalize(text), _stems(text, grounds.language)
    for other in grounds.asked:
        theirs = _stems(other, grounds.language)
        alike = len(mine & theirs) >= SAME_STEMS * len(mine | theirs) > 0
        if alike or fuzz.ratio(own, normalize(other)) >= SAME:
            return "it was already asked"
    return ""


def _stems(text: str, language: str) -> frozenset[str]:
    return frozenset(get_stem(word, language) for word in split_words(text))


def _told(text: str, grounds: Grounds) -> str:
    told = facts.is_told(get_last_question(text), list(grounds.answers[-1:]))
    return "the participant just answered it" if told else ""


def _presupposes(text: str, grounds: Grounds) -> str:
    phrases = presuppositions.find_new_phrases(text, grounds.known, grounds.language)
    return _brings_in(text, grounds) or _nobody_said(phrases)


def _colours(text: str, grounds: Grounds) -> str:
    """Words that an acknowledgement adds to what was said; it asks nothing, and most nouns are free."""
    language = grounds.language
    ours = _own_words(get_base_language(language))  # "Of course" expresses agreement here
    new = set(presuppositions.find_new_phrases(text, ours, language))
    phrases = presuppositions.find_new_phrases(text, grounds.known, language)
    return _evaluates(text, grounds) or _nobody_said(one for one in phrases if one in new)


def _brings_in(text: str, grounds: Grounds) -> str:
    known, language = grounds.known, grounds.language
    words_of_it = presuppositions.find_new_words(text, known, language)
    names = presuppositions.find_new_names(text, known, language)
    return _nobody_said([*words_of_it, *names])


def _evaluates(text: str, grounds: Grounds) -> str:
    """Names, figures, and words of feeling, judgement or motive that nobody used.

    Other words are free as long as they are the lesser part, because an answer to a question about
    the interview uses other words than the matter.
    """
    known, language = grounds.known, grounds.language
    ours = _own_words(get_base_language(language))
    rest = " ".join(s for s in split_sentences(text) if not _of_public_bodies(s, language))
    of_them = " ".join(s for s in split_sentences(rest) if not _of_itself(s, language))
    found = presuppositions.find_new_loaded_words(of_them, known, language)
    kind = presuppositions.load_question_words(get_base_language(language)).sympathy
    loads = [word for word in found if not (word in kind or ours.has(word))]
    names = presuppositions.find_new_names(rest, known, language)
    return _nobody_said([*loads, *names, *_out_of_nowhere(rest, grounds)])


def _of_public_bodies(sentence: str, language: str) -> bool:
    """True if a sentence says where to report a concern: a public body has a name, and its task is
    not in the words of the matter.
    """
    bodies = presuppositions.load_question_words(get_base_language(language)).public_bodies
    return not bodies.isdisjoint(split_words(sentence))


def _of_itself(sentence: str, language: str) -> bool:
    """True if a sentence is only about the interviewer: "Sorry, I put that badly"."""
    turned = presuppositions.load_question_words(get_base_language(language)).turned
    said = set(split_words(sentence))
    return not said.isdisjoint(turned) and said.isdisjoint(turned.values())


def _out_of_nowhere(text: str, grounds: Grounds) -> Sequence[str]:
    """Words that nobody used, if they are half of a text, so that it repeats nothing that was said."""
    code = get_base_language(grounds.language)
    ours, stop = _own_words(code), STOP_WORDS[code]
    found = presuppositions.find_new_words(text, grounds.known, grounds.language)
    kind = presuppositions.load_question_words(code).sympathy
    new = {word for word in found if not (word in kind or ours.has(word))}
    told = {word for word in split_words(text) if word not in stop}
    return sorted(new) if 2 * len(new) >= len(told) > 0 else ()


@cache
def _own_words(code: str) -> KnownWords:
    """Words of our own phrases, such as admitting a mistake."""
    lines = languages.load_table(code, "phrases")["lines"]
    return KnownWords([text for texts in lines.values() for text in texts], code)


def _private(text: str, grounds: Grounds) -> str:
    """References to "your password", "your account number"."""
    code = get_base_language(grounds.language)
    theirs = presuppositions.load_question_words(code).possessives
    after = (part for own in theirs for part in normalize(text).split(f"{own} ")[1:])
    spoken = any(personal_data.begins_with_data(part) for part in after)
    return "it asks for personal data" if spoken else ""


def _nobody_said(new: Iterable[str]) -> str:
    told = "”, “".join(dict.fromkeys(new))
    return f"no one said “{told}”" if told else ""


# Rules for acknowledgements.


def _no_acknowledgement(text: str, grounds: Grounds) -> str:
    del grounds
    own = question_rules.QUOTED.sub("that", text)
    if style_rules.list_questions(own) or len(split_sentences(text)) > MOST_SENTENCES:
        return "it is more than an acknowledgement"
    return "it is too long" if len(split_words(text)) > MOST_TO_ACKNOWLEDGE else ""


def _judges(text: str, grounds: Grounds) -> str:
    judged = (
        attributions.is_agreement(text, grounds.language)
        or attributions.is_attribution(text, grounds.answers, grounds.language)
        or attributions.guesses_feeling(text, grounds.language)
    )
    return "it is judgmental" if judged else ""


def _same_line(text: str, grounds: Grounds) -> str:
    before = any(normalize(text) in normalize(one) for one in grounds.lines)
    return "it was already said" if before else ""


def _too_much(text: str, grounds: Grounds) -> str:
    del grounds
    return (
        "it is too long" if len(split_words(text)) > MOST_TO_SAY or len(text) > LONGEST else ""
    )


_ANY: Final[Rules] = (
    ("rules", _echoes),
    ("markup", _unclean),
    ("language", _foreign),
    ("contact", _gives_contact),
    ("advice", _advises),
    ("praise", _praises),
    ("itself", _personal),
)
QUESTION: Final[Rules] = (
    ("length", _too_long),
    *_ANY,
    ("ends", _ends),
    ("one question", _not_one),
    ("leading", _leads),
    ("closed", _closed),
    ("asked", _asked),
    ("told", _told),
    ("personal data", _private),
    ("presupposes", _presupposes),
)
OF_THE_GUIDE: Final[Rules] = tuple(
    rule for rule in QUESTION if rule[0] not in ("asked", "told")
)
"""Rules for a reworded question of the guide, which is asked in any case."""
ACKNOWLEDGEMENT: Final[Rules] = (
    ("length", _no_acknowledgement),
    *_ANY,
    ("ends", _ends),
    ("judges", _judges),
    ("said", _same_line),
    ("presupposes", _colours),
)
WORDS: Final[Rules] = (
    ("length", _too_much),
    # "You are right, that address is theirs" admits a mistake and does not praise the participant.
    *(rule for rule in _ANY if rule[0] not in ("itself", "praise")),
    ("itself", _claims),
    ("presupposes", _evaluates),
)
