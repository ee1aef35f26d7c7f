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
_DO = (
    r"(?:^[\W_]*|[,:;.!)] ?|\b(?:please|that (?:you|yu)|from now on|now|just|then|(?:you|u) (?:must|should|will|shall|have to|need to)|(?:can|could|will|would|i want) you(?: to)?"
    r"|bitte|alsjeblieft|por favor|s'il (?:te|vous) plaît|moet je|debes|tu dois|du (?:musst|sollst)) )"
)
"""What stands before an order: nobody who tells of something says it so."""
_ORDERS_FORM: Final = (
    # the marks of those who write for machines
    r"\b(?:system|systeem|système|sistema|assistant|human|user)\"? ?:|\[/?inst\]|<\||\|>|</?\w[^>]*>|<!--|'''|###|[{}]|\bsudo\b"
    r"|\b(?:in|as|return|output|reply|answer|valid|with) json\b|\b(?:system|systeem)[ -]?prompts?\b|\b(?:your|tu|ton|votre|dein(?:en)?|ihren|uw|je|su|hidden|initial|original|this) prompts?\b|\bthe prompt(?=$|[.,:;!?]| (?:above|below|you|and|that|text))|\b(?:developer|debug|god|admin) mode\b|\bjailbreak|\boverrid\w+ (?:your|all|any|every|previous|prior|the|these)(?: \w+)? (?:rules?|instructions?|prompts?|filters?|guide\w*|safety|programming|polic\w+)|\bhidden rules\b"
    # what they call upon
    r"|\b(?:i am|i'm) (?:your|the|an?) (?:developer|admin\w*|creator|operator)\b|\bas (?:the|your|an?) (?:admin\w*|developer|owner|creator|operator)\b"
    r"|\bi (?:order|command|instruct) (?:you|yu|u)\b|\bdraag ik (?:u|je) op\b|\bbefehle ich\b|\bich befehle\b|\bordonne\b|\bordeno\b|\bresearcher (?:says|said|told me that you)\b"
    rf"|{_DO}(?:ignore|disregard|forget|bypass|break|drop|negeer|vergeet|vergiss|ignorier(?:e|en sie)?|missachte\w*|oublie[rz]?|ignore[rz]|olvid(?:a|e|en|ad|ar)|ignor(?:a|ad|ar)|translate|reveal|show|tell me|dis regard|omit)\b(?: \w+){{0,4}} {_RULES}\b|{_DO}forget everything\b"
    r"|\b(?:ignore|disregard|forget) (?:your rules|yur rules|(?:all|any) (?:previous|prior|earlier|other) \w+|the above)\b"
    rf"|(?:^|[:;.!] ?)(?:here are |these are )?(?:the |your )?new {_RULES} ?(?:[:.;!-]|$)|\byour new {_RULES}\b|(?:^|[:;.!] ?)n(?:ieuw|eue|ouvel)\w* (?:beleid|{_RULES}) ?(?:[:.;!-]|$)|(?:^|[:;.!] ?)nuevas? {_RULES} ?(?:[:.;!-]|$)"
    # what they want it to be
    r"|\bfrom now on,? (?:you\b|your\b|please\b|answer|always (?:say|answer|reply|respond|end|begin)|only (?:say|answer|reply|respond|speak|write|use)|respond|reply|speak|say|act|talk|write|end|call|ask|use)|\b(?:next|new) task:|\bend of (?:the )?(?:interview|conversation|session)[.:]|\byou are now (?:an?\b|in\b|my\b|the\b|no longer\b|dan\b|not\b|free\b|called\b|speaking\b|operating\b|under\b|acting\b|\w+(?=$|[.,!:]))"
    rf"|{_DO}(?:pretend|act|behave|talk|speak) (?:to be|as (?:if|an?|the|dan)|like an?|that the)\b|{_DO}stop being\b"
    r"|\bgedraag (?:u|je)\b|\bverhalte? dich\b|\bcomporte-toi\b|\bcompórtate\b|\bhaz como\b"
    # what they want it to do
    rf"|{_DO}(?:repeat|print|output|translate|reveal) (?:the|your|me|everything|this)\b|{_DO}(?:herhaal|wiederhole?|répète|repite) (?:uw|je|dein\w*|ton|tu|das|het|le|la)\b"
    rf"|{_DO}(?:write|schrijf|schreibe?|écris|escribe)(?: me| mij| mir| -?moi)? (?:an?|een|eine?|une?|una) \w+|{_DO}(?:greet|thank) me\b|\b(?:greet|address|t?h?ank) me (?:as|with|wit)\b|\b(?:write|compose|recite) (?:me )?(?:an?|the) (?:poem|haiku|limerick|sonnet|song)\b|(?<!\bich )(?<!\bik )\b(?:schrijf|schreibe?|écris|escribe) (?:me |mij |mir )?(?:een|ein|un) (?:gedicht|poème|poema|lied)\b|\bbegroet mij\b|\bbegrü(?:ss|ß)e mich\b|\bsalue-moi\b|\bsalúdame\b"
    rf"|{_DO}(?:mark|markeer|markiere|marque|marca) (?:th?is|th?e|dit|het|dieses|das|cet|l'|esta|la)\b|{_DO}set (?:all|act|every)\b|{_DO}(?:jump|spring|springe|saute|salta) (?:straight|directly|meteen|direct|gleich|directement|directamente)\b"
    r"|\bend (?:the|this) (?:interview|conversation|session) (?:immediately|at once|right now|successfully)\b|\b(?:beëindig|beende|termine|termina)(?:n sie)? (?:het |dit |das |dieses |l'|cet |la |esta )?(?:interview|gesprek|gespräch|entretien|entrevista) (?:onmiddellijk|meteen|sofort|immédiatement|de inmediato)\b"
    rf"|{_DO}(?:end|beëindig|beende|termine|termina) (?:th?e|th?is|het|dit|das|dieses|l'|cet|la|esta) ?(?:interview|entretien|entrevista|gesprek|gespräch|conversación)\b"
    # a word that it is to say, at the very end
    r"|(?:^|[,:;] |\bthen )(?:say|print|output|write|reply|respond|repeat|zeg|sage?|dis|di)(?: \w+){1,2}[.!]?$"
    r"|(?:^|[,:;] |\b(?:and|then|en|und|et|y) )(?:call it|noem (?:die|het|dat)|nenne (?:sie|es)|appelle-l[ae]|llámal[ao])(?: \w+){1,2}[.!]?$"
)
_ORDERS: Final = Haystacks({way: way for way in ways(_ORDERS_FORM)})


def orders(text: str) -> bool:
    """Whether something in a text has the form of an order to a machine."""
    return any(_is_order(plain(part)) for part in sentences(text))


def _is_order(line: str) -> bool:
    likely = _ORDERS.likely(line, trigrams(line))
    return any(form.search(line) is not None for _, form in likely)
