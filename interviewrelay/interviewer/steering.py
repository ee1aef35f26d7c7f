"""Texts that may be meant to steer a machine rather than to tell something.

What is clearly an order gets a reply (`acts.INJECTION`). More than that is left out here: such a text is
stored as any other, but its words are not taken up, and no model reads them.
"""

# ruff: noqa: E501 - a pattern is read best in one piece

from typing import Final

from interviewrelay.interviewer.needles import Haystacks, trigrams, ways
from interviewrelay.interviewer.words import plain, sentences

_RULES = (
    r"(?:rules?|instructions?|guide(?:lines?)?|polic(?:y|ies)|prompts?|above|regels?|instructies|richtlijnen|regeln?|anweisungen|vorgaben"
    r"|règles?|consignes?|directives?|reglas?|normas?|instrucciones)"
)
_ORDERS_FORM: Final = (
    # the marks of those who write for machines
    r"\b(?:system|systeem|système|sistema|assistant|human|user)\"? ?:|\[/?inst\]|<\||\|>|</?\w[^>]*>|<!--|'''|###|[{}]|\bsudo\b"
    r"|\bjson\b|\b(?:system|systeem)?-?prompts?\b|\b(?:developer|debug|god|admin) mode\b|\bjailbreak|\boverrid\w+|\bhidden rules\b"
    # what they call upon
    r"|\b(?:i am|i'm) (?:your|the|an?) (?:developer|admin\w*|creator|operator)\b|\bas (?:the|your|an?) (?:admin\w*|developer|owner|creator|operator)\b"
    r"|\bi (?:order|command|instruct) you\b|\bdraag ik (?:u|je) op\b|\bbefehle ich\b|\bich befehle\b|\bordonne\b|\bordeno\b|\bresearcher (?:says|said|told me that you)\b"
    rf"|\b(?:ignor\w*|disregard|forget|bypass|break|drop|negeer|vergeet|vergiss\w*|ignorier\w*|missacht\w*|oublie\w*|olvid\w+|translate|reveal|show|tell me)\b(?: \w+){{0,4}} {_RULES}\b|\bforget everything\b"
    rf"|\bnew {_RULES}\b|\bn(?:ieuw|eue|ouvel)\w* (?:beleid|{_RULES})|\bnuevas? {_RULES}"
    # what they want it to be
    r"|\bfrom now on\b|\b(?:next|new) task:|\bend of (?:the )?(?:interview|conversation|session)[.:]|\byou are now\b|\b(?:pretend|act|behave|talk|speak) (?:to be|as (?:if|an?|the|dan)|like an?|that the)\b|\bstop being\b"
    r"|\bgedraag (?:u|je)\b|\bverhalte? dich\b|\bcomporte-toi\b|\bcompórtate\b|\bhaz como\b"
    # what they want it to do
    r"|\b(?:repeat|print|output|translate|reveal) (?:the|your|me|everything|this)\b|\b(?:herhaal|wiederhole?|répète|repite) (?:uw|je|dein\w*|ton|tu|das|het|le|la)\b"
    r"|\b(?:write|schrijf|schreibe?|écris|escribe)(?: me| mij| mir| -?moi)? (?:an?|een|eine?|une?|una) \w+|\b(?:greet|thank) me\b|\bbegroet mij\b|\bbegrü(?:ss|ß)e mich\b|\bsalue-moi\b|\bsalúdame\b"
    r"|\b(?:mark|markeer|markiere|marque|marca) (?:th?is|th?e|dit|het|dieses|das|cet|l'|esta|la)\b|\bset (?:all|act|every)\b|\b(?:jump|spring|springe|saute|salta) (?:straight|directly|meteen|direct|gleich|directement|directamente)\b"
    r"|\b(?:end|beëindig|beende|termine|termina) (?:th?e|th?is|het|dit|das|dieses|l'|cet|la|esta) ?(?:interview|entretien|entrevista|gesprek|gespräch|conversación)\b"
    # a word that it is to say, at the very end
    r"|(?:^|[,:;] |\b(?:and|then|en|und|et|y) )(?:say|print|output|write|reply|respond|repeat|call it|zeg|noem (?:die|het|dat)|sage?|nenne (?:sie|es)|dis|appelle-l[ae]|di|llámal[ao])(?: \w+){1,2}[.!]?$"
)
_ORDERS: Final = Haystacks({way: way for way in ways(_ORDERS_FORM)})


def orders(text: str) -> bool:
    """Whether something in a text has the form of an order to a machine."""
    return any(_is_order(plain(part)) for part in sentences(text))


def _is_order(line: str) -> bool:
    likely = _ORDERS.likely(line, trigrams(line))
    return any(form.search(line) is not None for _, form in likely)
