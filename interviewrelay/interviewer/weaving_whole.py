"""Whether a clause stands whole, by language: with its verb, and not hung on another clause."""

# ruff: noqa: E501 - lists of words are read best in one piece

from collections.abc import Mapping, Sequence, Set as AbstractSet

from interviewrelay.interviewer import manner, weaving_talk, weaving_words as lists
from interviewrelay.interviewer.late import Late
from interviewrelay.interviewer.words import base_language, plain

MOST_QUOTED = 7
LAST_QUOTED = 5
MOST_WHOLE = 10
FEWEST_QUOTED = 3
"""Words of a clause that is quoted whole, of the end of a longer one, and of one in other
languages than English, of which no end is quoted: at most, and at least."""


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_HANGS: Mapping[str, frozenset[str]] = {
    "nl": _set(
        "omdat doordat zodat opdat terwijl toen als wanneer dat hoewel ofschoon voordat nadat totdat tot zolang zodra indien tenzij of waar waardoor waarbij waarin wat wie hoe om zonder"
    ),
    "de": _set(
        "weil dass damit sodass während als wenn obwohl obgleich bevor nachdem bis solange sobald falls ob wo wobei wodurch was wer wie um ohne indem"
    ),
    "fr": _set("qui que qu'il qu'elle qu'on dont où lorsque quand si sans afin pour"),
    "es": _set(
        "que quien quienes cuando donde como mientras si aunque para sin cual cuyo cuya"
    ),
    "en": _set("although though until till unless"),
}
"""What begins with one of these hangs on another clause, and in Dutch and German has its verb last."""

_RELATIVE: Mapping[str, frozenset[str]] = {
    "nl": _set("die dat"),
    "de": _set("der die das den dem deren dessen denen"),
}
"""Behind a comma these may begin what hangs, and so they do where the verb is the last word."""

_JOINS: Mapping[str, frozenset[str]] = {
    "nl": _set("en maar dus want"),
    "de": _set("und aber denn"),
    "fr": _set("et mais donc car"),
    "es": _set("y pero"),
}
"""Behind these a clause of its own may begin."""

_SUBJECTS: Mapping[str, frozenset[str]] = {
    "nl": _set("ik we wij hij ze zij het er men iedereen iemand"),
    "de": _set("ich wir er sie es man jeder jemand alle"),
    "fr": _set("je on nous il elle ils elles tout ça cela c'est c'était"),
    "es": _set("yo nosotros nosotras él ella ellos ellas alguien todos"),
}

_PRESENT: Mapping[str, Late] = {
    code: Late(rf"\b(?:{some})\b")
    for code, some in {
        "nl": r"is|ben|zijn|heb|heeft|hebben|kan|kunnen|moet|moeten|wil|gaat|gaan|komt|komen|doet|doe|staat|staan|zit|zitten|werkt|werk|duurt|wordt|worden|krijg|krijgt|krijgen|\w+(?:de|den|te|ten)",
        "de": r"ist|bin|sind|hab|habe|hat|haben|kann|können|muss|müssen|will|geht|gehe|gehen|kommt|kommen|macht|mache|steht|stehen|sitzt|arbeitet|arbeite|dauert|wird|werden|bekomme|bekommt|gibt|\w+(?:te|ten)|ging|fiel|hielt|liess|riss|brach|half|schrieb|trug|traf|sprach|stieg|zog|hing|hingen|lag|lagen|lief|rief|hielten|bot|verlor|begann|schlief|vergass|trafen|sprachen|schien|flog|sang|trank|warf|riefen|liefen|las|bat|half|halfen|wuchs|schlug",
        "fr": r"est|suis|sont|sommes|ai|a|ont|avons|fait|font|faut|va|vais|vont|peut|peux|doit|dois|vient|viennent|reste|prend|c'est|j'ai|s'est|n'est|m'a|m'ont|nous a|\w+(?:ait|aient)",
        "es": r"es|son|está|están|estoy|soy|hay|tengo|tiene|tienen|tenemos|voy|va|van|hago|hace|hacen|puedo|puede|debo|debe|trabajo|falta|faltan|me \w+[aoené]|se \w+[aoen]|nos \w+[aoen]",
    }.items()
}
"""Verbs of how things are, and endings of the past that are in no other list."""

_LAST: Mapping[str, Late] = {
    "nl": Late(
        r"is|ben|zijn|was|waren|heb|heeft|hebben|had|hadden|werd|werden|wordt|kon|konden|moest|moesten|wilde|ging|gingen|kwam|kwamen|kende|kenden|zat|zaten|stond|stonden|deed|zei|kreeg|bleef"
    ),
    "de": Late(
        r"ist|bin|sind|war|waren|habe|hat|haben|hatte|hatten|wurde|wurden|wird|konnte|konnten|musste|mussten|wollte|ging|gingen|kam|kamen|kannte|kannten|sass|stand|standen|machte|sagte|blieb"
    ),
}
"""Verbs at the end of a clause that is not the only one."""


def stands(
    said: Sequence[str], language: str, *, leading: bool, joined: Sequence[str] = ()
) -> bool:
    """Whether the words of a clause stand by themselves. It is `leading` where its sentence begins with
    it; `joined` are the words that were left out before it.
    """
    base = base_language(language)
    hangs = _HANGS.get(base)
    low = [plain(word) for word in said]
    if len(low) < FEWEST_QUOTED or weaving_talk.counts(" ".join(low)):
        return False
    if hangs is None:
        return True
    if _hangs(low, base, hangs, joined, leading=leading):
        return False
    if base == "en":
        # "And then they didn't" leaves out what.
        return low[0] not in lists.VERBS and not low[-1].endswith("n't")
    line = " ".join(low)
    told = low[0] in _SUBJECTS[base] or low[0].startswith(("j'", "c'"))
    return told or _PRESENT[base].search(line) is not None or manner.tells_of_past(line, base)


def _hangs(
    low: Sequence[str],
    base: str,
    hangs: AbstractSet[str],
    joined: Sequence[str],
    *,
    leading: bool,
) -> bool:
    """Whether a clause depends on another: by how it begins or is joined, or by its verb at the end."""
    relative, last = _RELATIVE.get(base, frozenset()), _LAST.get(base)
    hung = not leading if low[0] in relative else low[0] in hangs
    before = " ".join(map(plain, joined)).replace("parce que", "")
    ends = last is not None and last.fullmatch(low[-1]) is not None
    verb_last = ends and len(low) > FEWEST_VERB_LAST
    return (
        hung
        or not hangs.isdisjoint(before.split())
        or (verb_last and not (leading and relative.isdisjoint(low)))
    )


FEWEST_VERB_LAST = 3
"""Words up to which the verb may well be last: "der Bus kam"."""


def _last_part(said: Sequence[str], language: str) -> Sequence[str]:
    """What stands behind the last "and" or "but" of a long clause, if nothing before it hangs."""
    base = base_language(language)
    joins, hangs = _JOINS.get(base, frozenset()), _HANGS.get(base, frozenset())
    low = [plain(word) for word in said]
    places = [n for n, word in enumerate(low) if word in joins]
    if not places or not hangs.isdisjoint(low[: places[-1]]):
        return ()
    return said[places[-1] + 1 :]


def end_of(said: Sequence[str], joins: AbstractSet[str], language: str) -> Sequence[str]:
    """A short clause as it is; of a long one its last words if a part of it begins there."""
    if base_language(language) != "en":
        if len(said) <= MOST_WHOLE:
            return said
        last = _last_part(said, language)
        return last if len(last) <= MOST_WHOLE else ()
    if len(said) <= MOST_QUOTED:
        return said
    for start in range(len(said) - LAST_QUOTED, len(said) - FEWEST_QUOTED + 1):
        first = said[start].lower()
        joined = said[start - 1].lower() in joins and first not in lists.BOUNDARY
        if joined or first in lists.SUBJECTS:
            return said[start:]
    return ()
