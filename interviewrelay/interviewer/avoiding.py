"""What a participant would rather not talk about, and which questions clearly are about that."""

# ruff: noqa: E501 - a pattern is read best in one piece

import re

from interviewrelay.interviewer.guide import Question
from interviewrelay.interviewer.late import Late
from interviewrelay.interviewer.words import content_words, plain, stem, stems, words

_SUBJECT = Late(
    r"\b(?:talk(?:ing)?|speak(?:ing)?|answer(?:ing)?|questions?|say(?:ing)?(?: \w+)?|anything|go(?:ing)?|get(?:ting)?)(?: \w+)? (?:about|into|on) (?P<en>.+)$|\bdiscuss(?:ing)? (?P<en2>.+)$"
    r"|\bover (?P<nl>.+?)(?: (?:hebben|praten|spreken|zeggen|vertellen|beginnen))?$"
    r"|\b(?:über|zu) (?P<de>.+?)(?: (?:sprechen|reden|sagen|erzählen))?$"
    r"|\bparler (?:de |du |des |d')(?P<fr>.+)$|\bhablar (?:de |del |sobre )(?P<es>.+)$"
)
_MOST_WORDS = 5

_FIELDS = (
    Late(
        r"\b(?:money|costs?|prices?|pay|pays|paid|payments?|salar(?:y|ies)|incomes?|wages?|rent|financ\w+|budgets?|afford\w*|expens\w+|debts?|earn\w*|mortgages?"
        r"|geld|kost\w*|prijs|salaris|inkomen|loon|huur|financi\w+|betaal\w*|betaald|schulden|verdien\w*|preise?|gehalt|einkommen|lohn|miete|finanz\w*|bezahl\w*|verdien\w*"
        r"|argent|coûts?|coût\w*|prix|salaires?|revenus?|loyer|payer|payé\w*|paie\w*|dettes?|dinero|costes?|costos?|cuesta|precios?|salarios?|sueldos?|ingresos|alquiler|finanzas|pagar|pagó|pagado|pagos?|deudas?)\b"
    ),
    Late(
        r"\b(?:health|ill|illness\w*|sick\w*|diseases?|diagnos\w+|gezondheid|ziek\w*|gesundheit|krank\w*|santé|malad\w+|salud|enferm\w+)\b"
    ),
    Late(
        r"\b(?:famil\w+|parents?|mother|father|wife|husband|child(?:ren)?|kids?|gezin|ouders?|moeder|vader|vrouw|kinderen|eltern|mutter|vater|kinder|mère|père|enfants?|padres?|madre|hijos?)\b"
    ),
    Late(
        r"\b(?:politic\w*|vot(?:e|ed|ing)|elections?|politiek\w*|politisch\w*|politik|politique\w*|polític\w*)\b"
    ),
    Late(r"\b(?:religio\w*|faith|church|geloof|kerk|glaube\w*|kirche|foi|église|fe|iglesia)\b"),
    Late(r"\b(?:alcohol|drugs?|drogen|alkohol|alcool|drogues?|drogas?)\b"),
)
"""Subjects that people keep to themselves, each in the words in which it is asked about."""


def subject(text: str, language: str) -> str:
    """What a refusal names as not to be talked about, in plain words; empty when it names nothing."""
    found = _SUBJECT.search(plain(text).rstrip(" .!,"))
    said = next((part for part in found.groupdict().values() if part), "") if found else ""
    said = re.split(r"[,;:.!?]", said)[0]
    named = content_words(words(said), language)
    return " ".join(named) if len(words(said)) <= _MOST_WORDS else ""


def is_about(text: str, named: str, language: str) -> bool:
    """Whether a text of the script clearly is about the subject named."""
    line = plain(text)
    if any(field.search(named) and field.search(line) for field in _FIELDS):
        return True
    own = {stem(word, language) for word in words(named)}
    return bool(own) and own <= stems(text, language)


def concerns(question: Question, avoided: list[str], language: str) -> bool:
    """Whether a question is about anything that is to be avoided."""
    return any(is_about(question.text, named, language) for named in avoided)
