"""Answers that deny what their question takes for granted: there was no course that one came to take."""

# ruff: noqa: E501 - a pattern is read best in one piece

from collections.abc import Mapping

from interviewrelay.interviewer import facts
from interviewrelay.interviewer.late import Late
from interviewrelay.interviewer.words import base_language, content_words, plain, stem, words

TERSE = 12
"""Words of an answer that speaks of one thing."""

LONGEST = 120
"""Characters of an answer that does no more than deny its question."""

_REST = r"(?P<what>\S+(?: \S+){0,4}?)"
_END = r"[\s.!]*$"

_DENIES: Mapping[str, Late] = {
    code: Late(pattern)
    for code, pattern in {
        "en": r"^(?:(?:but|well|no|so|sorry|actually|look)[, ]+)*(?:(?:i|we)(?:'ve| have|'d| had)? ?(?:(?:haven't|hadn't|didn't|don't|never|not|have never|have not|did not|do not)(?: (?:ever|actually|really|even|yet))*)"
        r" (?:take|taken|took|have|had|do|done|did|attend|attended|visit|visited|use|used|own|owned|make|made|join|joined|receive|received|book|booked|get|got|see|seen|met|meet|buy|bought|play|played|(?:been|gone|went|go) (?:on|to|in|at))(?: (?:any|an?|the|this|that|such(?: an?)?|my|one))*"
        rf"|there (?:was|were|is|are|has been|have been) (?:no|never (?:an?|any))|there (?:wasn't|weren't|isn't|aren't|hasn't been)(?: an?y?)?|no(?! one\b)) (?!.*\blike (?:it|that|this)[\s.!]*$){_REST}(?: (?:at all|yet|so far|before|ever|myself))*{_END}",
        "nl": r"^(?:(?:maar|nee|nou|sorry)[, ]+)*(?:(?:ik|wij|we) (?:heb|had|hebben|hadden|ben|was|volg|volgde)(?: (?:nog|helemaal|ook|er))* (?:geen|nooit(?: een)?)|er (?:was|is|waren|zijn)(?: (?:helemaal|nooit))* (?:geen|een)|geen) "
        rf"{_REST}(?: (?:gedaan|gevolgd|gehad|bezocht|gemaakt|gebruikt|gezien|geboekt|genomen))?{_END}",
        "de": r"^(?:(?:aber|nein|also|doch)[, ]+)*(?:(?:ich|wir) (?:habe|hatte|war|bin|haben|hatten|mache|machte)(?: (?:noch|gar|überhaupt|auf|in))* (?:keine?[nmrs]?|nie(?:mals)?(?: einen?| eine| ein)?)|es (?:gab|gibt|war)(?: (?:gar|überhaupt))* keine?[nmrs]?|keine?[nmrs]?) "
        rf"{_REST}(?: (?:gemacht|besucht|gehabt|genommen|belegt|gesehen|benutzt|gebucht|gewesen|mitgemacht))?{_END}",
        "fr": r"^(?:(?:mais|non|enfin)[, ]+)*(?:(?:je|nous) ?n'(?:ai|avais|avons|avions) (?:pas|jamais)(?: (?:fait|suivi|eu|pris|vu|visité|utilisé|reçu))?(?: (?:de|le|la|un|une|cette|ce))?|(?:je|nous) ?n'(?:ai|avais|avons|avions) (?:fait|suivi|eu|pris|vu|visité|utilisé|reçu) aucune?|il n'y (?:a|avait|a eu|a pas eu)(?: (?:pas|jamais|aucune?|eu))*(?: de)?|aucune?) "
        rf"(?:d')?{_REST}(?: du tout)?{_END}",
        "es": r"^(?:(?:pero|no|bueno)[, ]+)*(?:(?:yo )?(?:no|nunca) (?:he |había |hemos )?(?:hecho|tomado|tenido|ido|visto|usado|recibido|hice|tomé|tuve|fui|tengo)(?: (?:a|de))?(?: (?:ningún|ninguna|un|una|el|la|ese|esa))?|no (?:hubo|había|hay)(?: (?:ningún|ninguna))?|ningún|ninguna) "
        rf"{_REST}{_END}",
    }.items()
}

_AFTER = Late(
    r"[\s.!]*$|[.,;:!] | (?:because|since|as|but|so|omdat|want|maar|dus|weil|denn|aber|parce que|mais|car|porque|pero) "
)
"""What may come after saying that nothing was done."""

_NOT_DONE: Mapping[str, Late] = {
    code: Late(pattern)
    for code, pattern in {
        "en": r"^(?:(?:but|well|no|nope|so|sorry|actually|honestly|look|i think|to be honest)[, ]+)*(?:i|we)(?:'ve| have|'d| had)? ?(?:haven't|havent|hadn't|didn't|didnt|don't|dont|never|not|have never|have not|did not|do not)(?: (?:ever|actually|really|even|yet|so far|had to|had a chance to|had the chance to|been able to|got(?:ten)? to|get to|got round to))* (?P<verb>\w+)"
        r" (?:anything|any|it|one|them|that|a thing|a single (?:one|thing))(?: (?:of|from) (?:it|this|that|these|those|the \w+))?(?: (?:at all|yet|so far|before|ever|myself|since|really|from it|until now|afterwards))*",
        "nl": r"^(?:(?:maar|nee|nou|sorry|eerlijk gezegd)[, ]+)*(?:ik|wij|we) (?:heb|had|hebben|hadden)(?: (?:er|het|nog|hier|daar|eigenlijk|eerlijk gezegd|tot nu toe))* (?:niets|niks|nooit(?: iets)?|nog niet)(?: (?:van|ervan|daarvan|hiervan))* (?P<verb>\w+)",
        "de": r"^(?:(?:aber|nein|also|ehrlich gesagt)[, ]+)*(?:(?:ich|wir) )?(?:habe|hatte|haben|hatten)(?: (?:ich|wir|noch|davon|es|eigentlich|bisher|bis jetzt|daraus))* (?:(?:gar |überhaupt |noch )?nichts|nie(?:mals)?(?: etwas)?|noch nicht)(?: (?:davon|daraus))* (?P<verb>\w+)",
        "fr": r"^(?:(?:mais|non|enfin|franchement|honnêtement)[, ]+)*(?:je|nous) ?(?:ne )?(?:n'en |n'|l')?(?:ai|avais|avons|avions)(?: (?:encore|vraiment|jamais|toujours))* (?:rien|jamais|pas)(?: (?:encore|rien))* (?P<verb>\w+)(?: (?:du tout|jusqu'ici|encore))*",
        "es": r"^(?:(?:pero|bueno|la verdad)[, ]+)*(?:(?:yo|aún|todavía|de momento) )*(?:no|nunca) (?:lo |la |los |las )?(?:he |había |hemos )?(?P<verb>\w+)(?: (?:nada|ninguno|ninguna))(?: (?:de (?:eso|ello|esto)|todavía|aún))*",
    }.items()
}
_NOTHING_OF: Mapping[str, Late] = {
    code: Late(pattern)
    for code, pattern in {
        "en": r"(?:\b(?:no|without(?: any)?|never any|not any)|n't (?:have to|need to|any))[ ](\w+)",
        "nl": r"\b(?:geen|zonder(?: te)?|nooit) (\w+)",
        "de": r"\b(?:keine?[nmrs]?|ohne(?: zu)?) (\w+)",
        "fr": r"\b(?:sans|aucune?|pas (?:de|d'|eu à|dû)|pas d')[ ]?(\w+)",
        "es": r"\b(?:sin(?: ninguna| ningún)?|ninguna|ningún|no hubo(?: que)?|no tuve que) (\w+)",
    }.items()
}

_NONE: Mapping[str, Late] = {
    code: Late(
        rf"(?<![\w'])(?:[\w']++[,.]? ){{0,2}}?(?:(?:{pattern})\b|(?:{alone})(?=[,.;:!]|$))"
    )
    for code, (pattern, alone) in {
        "en": (
            r"there (?:was|were|is|are) (?:none|not any)\b(?! of)|there (?:wasn't|weren't|isn't|aren't) any\b(?! \w)",
            r"none(?: at all| of it)?|i had none|there (?:wasn't|weren't)|nothing of the kind",
        ),
        "nl": (
            r"(?:die|dat) (?:was|waren|is|zijn) er niet",
            r"(?:er (?:was|waren|is|zijn) )?(?:er )?(?:helemaal )?geen",
        ),
        "de": (
            r"(?:die|den|das) gab es (?:gar |überhaupt )?nicht",
            r"(?:es gab )?(?:gar |überhaupt )?keine?[nrs]?",
        ),
        "fr": (r"il n'y en (?:a|avait) pas", r"(?:il n'y en (?:a|avait) )?aucune?"),
        "es": (r"no (?:la|lo|los|las) (?:hubo|había)", r"no hubo|(?:no hubo )?ningun[ao]"),
    }.items()
}

_NEVER = Late(
    r"\b(?:didn't|did not|never|don't|haven't|not)(?: (?:even|really|actually|had|have|need|needed))*(?: to)? (\w+)(?: at all)?(?=[.,;!]|$)"
)
_WAITING = {
    "en": "wait waited waiting",
    "nl": "wachten wachtte gewacht wachttijd",
    "de": "warten gewartet wartezeit",
    "fr": "attente attendre attendu attendiez attendu",
    "es": "espera esperar esperó esperaba",
}


def denies(question: str, answer: str, language: str) -> bool:
    """Whether the whole answer says that there was nothing of what the question speaks of. That it was
    not done is an answer (`nothing_done`).
    """
    base = base_language(language)
    pattern = _DENIES.get(base)
    found = pattern.search(plain(answer)) if pattern and len(answer) <= LONGEST else None
    if found is None or nothing_done(question, answer, language):
        return False
    asked = {stem(word, base) for word in content_words(words(question), base)}
    what = content_words(words(found["what"]), base)
    return any(stem(word, base) in asked for word in what)


def nothing_done(question: str, answer: str, language: str) -> bool:
    """Whether an answer says first of all that nothing of what its question speaks of was ever done: "I
    haven't used anything", where one occasion of using it is asked for. What follows on it would take
    for granted that there was one.
    """
    base = base_language(language)
    line = plain(answer)
    found = _NOT_DONE[base].match(line) if base in _NOT_DONE else None
    if found is None or not _AFTER.match(line[found.end() :]):
        return False
    asked = {stem(word, base) for word in words(question)}
    return stem(found["verb"], base) in asked


def nothing_of(answer: str, language: str, asked: str = "") -> frozenset[str]:
    """The stems of what an answer says there was none of: "no wait", "I did not have to wait". "There
    was none" speaks of what the question before it `asked`, and so does "straight in".
    """
    base = base_language(language)
    if base not in _NOTHING_OF:
        return frozenset()
    line = plain(answer)
    found = _NOTHING_OF[base].findall(line)
    if base == "en":
        found += _NEVER.findall(line)
    if _NONE[base].match(line):
        found += words(asked)
    if asked and len(words(line)) <= TERSE and facts.took_no_time(line):
        found += _WAITING[base].split()
    return frozenset(stem(word, base) for word in content_words(found, base))
