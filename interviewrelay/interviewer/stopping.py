"""What is said to "Would you like to end here?": an end, a wish to go on, or something else."""

# ruff: noqa: E501 - a pattern is read best in one piece

import re
from collections.abc import Mapping

from interviewrelay.interviewer import acts
from interviewrelay.interviewer.lexicon import NO_WORDS, YES_WORDS
from interviewrelay.interviewer.signals import Reading
from interviewrelay.interviewer.understanding import CARRY_ON, STOP_NOW
from interviewrelay.interviewer.words import base_language, plain, words

MOST_WORDS = 12
"""Words of a text that does no more than say whether to go on."""

BRIEF = 3
"""Content words up to which a text is no answer to the question before: that is put again."""

_GOES_ON: Mapping[str, re.Pattern[str]] = {
    code: re.compile(rf"(?:{words_})")
    for code, words_ in {
        "en": r"\b(?:go(?:ing)? on|go ahead|carry on|continue|keep going|proceed|another (?:one|question)|(?:one|a few|some) more|next question|not yet|later|wait|in a (?:moment|minute|bit)|stay)\b",
        "nl": r"\b(?:doorgaan|verder|ga (?:maar )?door|nog (?:een|één|wel een|even)|later|wacht|straks|nog niet|blijf)\b",
        "de": r"\b(?:weiter\w*|fortfahren|noch (?:eine|ein paar|nicht)|später|nachher|warten|moment|bleibe)\b",
        "fr": r"\b(?:continue\w*|poursuivre|encore (?:une|un)|plus tard|pas encore|attendez|attends|reste)\b",
        "es": r"\b(?:seguir|sigamos|siga|continuar|continúe|continuemos|una más|otra (?:más|pregunta)|más tarde|luego|todavía no|espere|espera)\b",
        "ar": r"استمر|أستمر|نستمر|أكمل|اكمل|نكمل|لاحقا|انتظر|سؤال (?:اخر|آخر)",
    }.items()
}
_NOT_ON = re.compile(
    r"(?:n't|\bnot|\bnever|\bcannot|\bno longer|\bno way) (?:\w+ ){0,3}(?:go(?:ing)? on|carry on|continue|keep going|proceed|stay|wait)\b"
    r"|\b(?:niet|geen) (?:\w+ ){0,2}(?:doorgaan|verder)\b|\bnicht (?:\w+ ){0,2}weiter|\b(?:pas|plus) (?:\w+ )?(?:continuer|poursuivre|rester)\b|\bno (?:\w+ ){0,2}(?:seguir|continuar)\b"
)
_FINISH = re.compile(r"\bfinish (?:it|this|that|the interview|first)\b")


def settled(reading: Reading, text: str, language: str) -> str | None:
    """`STOP_NOW`, `CARRY_ON`, or None for a text that is to be taken as any other."""
    asks = reading.has(acts.META) and not reading.has(acts.STOP)
    if asks or reading.has(acts.SAFETY):
        return None
    line = plain(text)
    said = words(line)
    short = len(said) <= MOST_WORDS
    codes = [c for c in ("en", base_language(language), "ar") if c in _GOES_ON]
    agrees = reading.content <= BRIEF and bool(YES_WORDS.intersection(said[:1]))
    declines = any(map(reading.has, (acts.NO, acts.EMPTY, acts.DONT_KNOW)))
    brief = set(reading.acts) == {acts.ANSWER} and reading.content <= BRIEF
    if _FINISH.search(line) and NO_WORDS.intersection(said[:1]):
        return CARRY_ON  # "No, I want to finish it": to the last question
    if reading.has(acts.STOP) or (short and _NOT_ON.search(line)):
        return STOP_NOW
    if short and any(_GOES_ON[code].search(line) for code in codes):
        return CARRY_ON
    if reading.has(acts.YES) or agrees:
        return STOP_NOW
    return CARRY_ON if declines or brief else None
