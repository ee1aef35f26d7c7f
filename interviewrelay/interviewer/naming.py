"""What was told outright: a clause that says what there was answers the question for it with one cue."""

# ruff: noqa: E501 - a pattern is read best in one piece

from collections.abc import Mapping
from typing import Final

from interviewrelay.interviewer.coverage import Found
from interviewrelay.interviewer.guide import Need
from interviewrelay.interviewer.late import Late
from interviewrelay.interviewer.words import (
    base_language,
    content_words,
    plain,
    stem,
    stems,
    unaccented,
    words,
)

FEWEST_DETAILS = 2
"""Words that tell more of it, beside the cue: "a course on safety in spring" does, "a course" names it."""

ASKS_WHAT: Final = Late(
    r"^\W*(?:and |en |und |et |y )?(?:what|which|wat voor|welke?|was fur|welche[rsnm]?|quel(?:le)?s?|que|cual(?:es)?)\b"
)
_CLAUSE: Final = Late(
    r"[,;:.!?()\u2013\u2014]| (?:but|maar|aber|mais|pero|although|hoewel|obwohl|aunque|where|waar|because|omdat|weil|porque|parce) "
)
_THERE_WAS: Final[Mapping[str, Late]] = {
    "en": Late(
        r"\b(?:there (?:was|were)|(?:i|we) (?:\w+ )?(?:got|had|took|did|attended|received|followed|completed|joined|went (?:to|on|through)|was given|were given|was sent on|were sent on)|they (?:gave|offered|sent|put) (?:me|us))\b"
    ),
    "nl": Late(
        r"\b(?:er (?:was|waren|kwam)|was er|waren er|(?:ik|we|wij) (?:\w+ )?(?:kreeg|kregen|had|hadden|volgde|volgden|deed|deden)|(?:kreeg|kregen|had|hadden|volgde|deed) (?:ik|we|wij))\b"
    ),
    "de": Late(
        r"\b(?:gab es|es gab|(?:ich|wir) (?:\w+ )?(?:hatten?|bekam(?:en)?|besuchten?|machten?|erhielt(?:en)?)|(?:hatte|bekam|besuchte|machte) ich|habe (?:\w+ ){1,8}(?:bekommen|gemacht|besucht|erhalten))\b"
    ),
    "fr": Late(
        r"\b(?:il y (?:a eu|avait|eut)|(?:j'ai|nous avons|on a) (?:\w+ )?(?:eu|recu|suivi|fait|passe)|(?:on|ils) (?:m'a|nous a|m'ont|nous ont) (?:donne|propose|offert))\b"
    ),
    "es": Late(
        r"\b(?:hubo|habia|(?:yo )?(?:recibi|tuve|hice|segui|asisti)|recibimos|tuvimos|hicimos|me (?:dieron|ofrecieron)|nos dieron)\b"
    ),
}
_NONE: Final = Late(
    r"\b(?:no|not|never|none|didn't|wasn't|geen|niet|nooit|kein\w*|nicht|nie|pas|aucune?|jamais|sin|ningun\w*|nunca|without|zonder|ohne|sans|would|wish|wanted|hoped|zou|graag|wilde|gern|gerne|wollte|voulais|queria|gustaria|wurde|waere|aurais|hubiera)\b"
)


def told_outright(need: Need, found: Found, language: str) -> bool:
    """Whether the sentence that shows a need says what there was of what its question asks for."""
    there_was = _THERE_WAS.get(base_language(language))
    if there_was is None or not ASKS_WHAT.match(unaccented(plain(need.ask))):
        return False
    cues = [need.cues[n] for n in found.cues]
    single = frozenset().union(*(stems(cue, language) for cue in cues if len(words(cue)) == 1))
    named = stems(f"{need.label} {need.ask}", language) | single
    return any(
        there_was.search(unaccented(clause)) is not None
        and _NONE.search(unaccented(clause)) is None
        and _tells_more(clause, single, named, language)
        for clause in _CLAUSE.split(plain(found.quote))
    )


def _tells_more(
    clause: str, cues: frozenset[str], named: frozenset[str], language: str
) -> bool:
    """Whether a clause has a cue, and words beside it that the question does not hold."""
    said = [stem(word, language) for word in content_words(words(clause), language)]
    return not cues.isdisjoint(said) and len(set(said) - named) >= FEWEST_DETAILS
