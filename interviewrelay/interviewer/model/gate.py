"""Gate: which proposed moves may be said, and which rule forbids the others.

The rules are those of every question (`gate_rules`), and more: quoted words must have been said,
and the question must relate to them and not be answered by them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from rapidfuzz import fuzz

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.model import presuppositions
from interviewrelay.interviewer.model.gate_rules import (
    ACKNOWLEDGEMENT,
    QUESTION,
    WORDS,
    Rules,
    find_broken_rule,
)
from interviewrelay.interviewer.model.grounds import Grounds
from interviewrelay.interviewer.model.presuppositions import KnownWords
from interviewrelay.interviewer.model.reply import ProposedMove
from interviewrelay.interviewer.text.tokenization import (
    filter_content_words,
    find_number,
    get_base_language,
    normalize,
    split_sentences,
    split_words,
)

NEARLY: Final = 88.0
"""Similarity, of 100, from which a quotation with a typing error is accepted."""
_SEVERAL: Final = 2
_QUANTITY: Final = languages.load_pattern("gate", "quantity")
_OPINION: Final = languages.load_pattern("gate", "opinion")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Verdict. `refused` names the rule that a move breaks, `because` the part that breaks it. If
    `refused` is empty, `acknowledgement` and `question` may be said; `dropped` names the rule that
    forbids the acknowledgement or a sentence of it, and `unworded` the one for which a question of
    the guide keeps its own words.
    """

    refused: str = ""
    because: str = ""
    acknowledgement: str = ""
    question: str = ""
    dropped: str = ""
    unworded: str = ""


def check_question(move: ProposedMove, grounds: Grounds, held_to: Rules = QUESTION) -> Verdict:
    """Verdict on a move that asks something, by these rules."""
    if move.evidence and not is_quoted(move.evidence, grounds.plain_answers):
        return Verdict("evidence", "the participant did not say these words")
    refused, because = find_broken_rule(held_to, move.question, grounds)
    if not refused and move.evidence:
        rules = (("off evidence", _off), ("told", _gives_the_figure))
        found = ((name, rule(move, grounds)) for name, rule in rules)
        refused, because = next((one for one in found if one[1]), ("", ""))
    if refused:
        return Verdict(refused, because)
    dropped, _ = find_broken_rule(ACKNOWLEDGEMENT, move.acknowledgement, grounds)
    said = _what_may_be_said(move, grounds) if dropped else move.acknowledgement
    return Verdict(acknowledgement=said, question=move.question, dropped=dropped)


def _what_may_be_said(move: ProposedMove, grounds: Grounds) -> str:
    """Sentences of an acknowledgement that break no rule by themselves: after a loss or a fear,
    half of it is better than nothing.
    """
    return _kept(move.acknowledgement, ACKNOWLEDGEMENT, grounds)


def _kept(text: str, held_to: Rules, grounds: Grounds) -> str:
    """Sentences of a text that break none of these rules; empty if its only sentence does."""
    told = split_sentences(text)
    kept = (one for one in told if not find_broken_rule(held_to, one, grounds)[0])
    return " ".join(kept) if len(told) >= _SEVERAL else ""


def check_statement(move: ProposedMove, grounds: Grounds) -> Verdict:
    """Verdict on a move without a question on the matter: an answer, a moment's time, care. It may
    ask in plain words whether to pause, stop or continue.
    """
    if not (move.acknowledgement or move.question):
        return Verdict("asks", "a statement is needed here")
    ours = [*_offers(get_base_language(grounds.language)), *grounds.facts]
    if presuppositions.is_of_matter(
        move.question, grounds.answers[-1:], grounds.language, ours
    ):
        return Verdict("asks", "a question about the topic is not allowed here")
    told = " ".join(part for part in (move.acknowledgement, move.question) if part)
    refused, because = find_broken_rule(WORDS, told, grounds)
    if refused == "presupposes" and not move.question:
        # One wrong word is no reason to withhold the whole answer.
        told = _kept(told, WORDS, grounds)
        if told:
            return Verdict(acknowledgement=told, dropped=f"{refused}: {because}")
    return Verdict(refused, because, "" if refused else told)


@cache
def _offers(code: str) -> Sequence[str]:
    """Our own offers to somebody who is upset: a pause, another subject, to stop."""
    lines = languages.load_table(code, "phrases")["lines"]
    return [text for kind in _CARE_LINES for text in lines[kind]]


_CARE_LINES: Final = ("comfort", "not_now", "comfort.no", "comfort.pause", "confirm_stop")


def is_quoted(quote: str, said: Iterable[str]) -> bool:
    """True if the words occur in one of these plain texts, up to a typing error."""
    own = normalize(quote).strip(" .,;:!?…\"'“”«»")
    if not own:
        return False
    return any(own in one or _nearly(own, one) for one in said)


def _nearly(own: str, one: str) -> bool:
    return len(own) > 8 and len(own) <= len(one) and fuzz.partial_ratio(own, one) >= NEARLY


def _off(move: ProposedMove, grounds: Grounds) -> str:
    """Reason if a question takes up neither its evidence nor the words around it."""
    around = [one for answer in grounds.answers for one in _around(move.evidence, answer)]
    around += [*grounds.asked[-1:], move.acknowledgement]
    about = KnownWords(around, grounds.language)
    if not presuppositions.is_linked(move.question, about, grounds.language):
        return "it does not refer to the words it quotes"
    drifts = _drifts(move.question, grounds)
    return "it asks for an opinion on something no one brought up" if drifts else ""


def _drifts(question: str, grounds: Grounds) -> bool:
    """True if an opinion is asked for on a matter most words of which nobody has used ("the rules
    about dogs on beaches", to somebody who kept a dog) and that does not point back ("that review").
    """
    found = _OPINION.search(normalize(question))
    if not found:
        return False
    matter = normalize(question)[found.end() :]
    said = split_words(matter)
    points = presuppositions.load_question_words(get_base_language(grounds.language)).points
    if said[:1] and said[0] in points:
        return False
    about = filter_content_words(said, grounds.language)
    return 2 * sum(grounds.known.has(word) for word in about) < len(about)


def _around(evidence: str, answer: str) -> list[str]:
    """Sentences that contain the evidence, and their neighbours."""
    parts = split_sentences(answer)
    own = normalize(evidence)
    at = [n for n, part in enumerate(parts) if normalize(part) in own or own in normalize(part)]
    if not at and own not in normalize(answer):
        return []
    if not at:
        return [answer]
    return parts[max(0, at[0] - 1) : at[-1] + 2]


def _gives_the_figure(move: ProposedMove, grounds: Grounds) -> str:
    """Reason if a question for a quantity or a time is based on the very words that state it."""
    asked = _QUANTITY.search(normalize(move.question).lstrip("¿ "))
    told = find_number(move.evidence) is not None
    del grounds
    return "the quoted words already answer it" if asked and told else ""
