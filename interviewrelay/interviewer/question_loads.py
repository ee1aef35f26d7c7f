"""What a question is loaded with: judgements in passing, what everybody thinks, reasons asked for in
other words than why, both sides at once, and answers that trail behind it.

Patterns over plain text (`words.plain`), by language and by the name of the rule that they break.
"""

# ruff: noqa: E501 - a pattern is read best in one piece

from collections.abc import Mapping
from functools import cache
from typing import Final

from interviewrelay.interviewer.late import Late
from interviewrelay.interviewer.question_rules import QUOTED
from interviewrelay.interviewer.words import base_language, plain, sentences

_BAD_EN: Final = r"awful|terrible|horrible|dreadful|appalling|atrocious|annoying|irritating|infuriating|ridiculous|useless|stupid|disgusting|amazing|wonderful|fantastic|brilliant|fabulous|marvellous|excellent|superb|lovely|delightful|gorgeous|great|slow|boring|tedious"
_AUX_EN: Final = r"(?:has|have|did|do|does|is|are|was|were|can|could|will|would)"
_TELL_EN: Final = r"(?:please )?(?:talk|speak|write|tell (?:me|us)|describe|walk (?:me|us) through|discuss|explain)\b"
_DET_EN: Final = r"(?:the|your|our|its|their|a|an)"

_PARTS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "leading": rf"\b(?:the|this|that|these|those|our|your) (?:\w+ly |very |so )?(?:{_BAD_EN}) (?!(?:deal|majority|many|number)\b)[\w-]+"
        r"|\bhow (?:fantastic|brilliant|lovely|amazing|wonderful|fabulous|marvellous|superb|dreadful|appalling|horrible|stupid|ridiculous|messy|chaotic|loud|rude|boring|unfair|annoyed|irritated|furious|thrilled) (?:is|was|were|are|did|do)\b"
        r"|\bhow much (?:do|did|would) you (?:really )?(?:love|like|enjoy|hate|dislike|appreciate|miss|regret|admire)\b"
        r"|^(?:everyone|everybody|nobody|no one|most (?:people|colleagues|staff|users)|all (?:of us|\w+s)) (?:here )?(?!who\b)(?:loves?|likes?|hates?|enjoys?|finds?|says?|thinks?|knows?|agrees?|wants?|prefers?)\b",
        "why": r"\b(?:for (?:what|which) reasons?|on what grounds|what (?:is|was|were|are) (?:your (?:\w+ )?reasons?|the (?:\w+ )?reasons? (?:you|why)))\b",
        "double-barrelled": r"\b(?:advantages and (?:the )?disadvantages|pros and cons|strengths and (?:the )?weaknesses|(?:the )?good and (?:the )?bad (?:sides?|points?|things?|parts?|aspects?)|ups and downs|likes and dislikes|benefits and drawbacks)\b"
        rf"|^{_AUX_EN} [^?]*,? (?:and|but) (?:if (?:so|not|yes),? )?(?:how|what|why|when|where|who|to whom|which)$|^{_AUX_EN} [^?]*,? (?:and|but) if (?:so|not|yes),? \w+|^{_AUX_EN} \w+(?: \w+){{1,5}}, and (?:how|what|why|when|where|who|to whom|which)\b"
        rf"|^{_TELL_EN}[^?]*, {_DET_EN} [^,?]{{2,25}}?(?:,? and |, ){_DET_EN} \w+|^{_TELL_EN}[^?]*(?:,| and)? then (?:about )?{_DET_EN} \w+|^{_TELL_EN}[^?]*, and {_DET_EN} \w+$|^{_TELL_EN} (?:about )?{_DET_EN} [\w-]+, {_DET_EN} [\w-]+$",
        "options": r"^(?:what|which|who|where|how)\b[^,:?]*[,:] (?:(?:the|an?|your) [\w-]+(?: (?!(?:is|was|are|were|did|do|does|you|happened|came|went)\b)[\w-]+)?"
        r"|(?!(?:and|or|but|if|when|where|what|how|who|which|why|then|exactly|please|there|here|though|now|today|first|afterwards|altogether|together|too|instead|overall|later|before|after|\w+ly)$)[\w-]+)$"
        r"|^(?:how|what) [^?]*: [^?]*, [^?]+$|^(?:yes or no|pick one|choose one|true or false)\b|\bin (?:one|a single|two|three) (?:words?|sentences?)\b",
    },
    "nl": {
        "leading": r"\b(?:de|het|die|dat|deze|dit|onze|uw) (?:vreselijke?|verschrikkelijke?|afschuwelijke?|belachelijke?|irritante?|stomme?|geweldige?|fantastische?|prachtige?|heerlijke?) [\w-]+|\bhoe (?:erg|vreselijk|chaotisch|geweldig|fantastisch|prachtig|luid|leuk) (?:is|was|waren|zijn|vond|vindt)\b|^(?:iedereen|de meeste mensen|alle \w+) (?:houdt|houden|vindt|vinden|zegt|zeggen|weet|haat|denkt|denken)\b",
        "why": r"^(?:om welke reden|wat (?:is|was) (?:de|uw) reden)\b",
        "double-barrelled": r"\b(?:voor- en nadelen|voordelen en (?:de )?nadelen|sterke en (?:de )?zwakke (?:punten|kanten)|goede en (?:de )?slechte (?:punten|kanten|dingen))\b|^(?:vertel|beschrijf)\b[^?]*, (?:de|het|uw|een) [^,?]{2,25}(?:,? en |, )(?:de|het|uw|een) \w+",
        "options": r"^(?:wat|welke?|wie|waar|hoe)\b[^,:?]*[,:] (?:de|het|een|uw) [\w-]+$",
    },
    "de": {
        "leading": r"\b(?:de[mnrs]|die|das|diese[mnrs]?|unsere?[mnrs]?|ihre?[mnrs]?) (?:schrecklich|furchtbar|entsetzlich|schlimm|grässlich|nervig|lächerlich|dumm|toll|wunderbar|fantastisch|grossartig|herrlich)e[nmrs]? [\w-]+|\bwie (?:chaotisch|laut|schlimm|toll|blöd|dumm) (?:war|waren|ist|sind|haben|fanden)\b|^(?:alle|jeder|die meisten(?: \w+)?|niemand) (?:lieb\w+|mögen|mag|hass\w+|find\w+|sag\w+|wiss\w+|weiss|denk\w+|mein\w+)\b",
        "why": r"^(?:aus welche[mn] gr(?:und|ünden)|was (?:ist|war|waren) (?:der|ihr|die|ihre) gr(?:und|ünde))\b",
        "double-barrelled": r"\b(?:vor- und nachteile|vorteile und (?:die )?nachteile|stärken und (?:die )?schwächen|gute[nr]? und schlechte[nr]? (?:seiten|dinge|punkte))\b|^(?:erzählen|beschreiben|schildern) sie\b[^?]*, (?:de[nmr]|die|das|ihre?n?) [^,?]{2,25}(?:,? und |, )(?:de[nmr]|die|das|ihre?n?) \w+",
        "options": r"^(?:was|welche[rsnm]?|wer|wo|wie)\b[^,:?]*[,:] (?:de[rmn]|die|das|eine?n?) [\w-]+$",
    },
    "fr": {
        "leading": r"(?:\b(?:le|la|les|ce|cette|ces|notre|votre)|\bl') ?(?:horrible|terrible|affreu\w+|épouvantable|insupportable|ridicule|stupide|merveilleu\w+|formidable|magnifique|superbe|fantastique)s? [\w-]+|\bà quel point [^?]*\b(?:chaotique|bruyant\w*|grave|bête|stupide)\b|^(?:tout le monde|la plupart des \w+|tous les \w+) (?:aim\w+|ador\w+|détest\w+|trouv\w+|di[st]\w*|pens\w+|sai\w+)\b",
        "why": r"^pour quel(?:le)?s? (?:raisons?|motifs?)\b|^quelles? (?:est|était|sont|étaient) (?:la|les|votre|vos) raisons?\b",
        "double-barrelled": r"\b(?:avantages et (?:les )?inconvénients|points forts et (?:les )?points faibles|forces et (?:les )?faiblesses|bons et (?:les )?mauvais côtés)\b|^(?:que|qu'|où|comment|quand|qui|quel(?:le)?s?|combien)\b[^?]*\bet (?:qui|où|comment|quand|quel(?:le)?s?|pourquoi|combien)\b|^(?:racontez|décrivez|parlez)\b[^?]*, (?:l[ea]s?|votre|vos|l') ?[^,?]{2,25}(?:,? et |, )(?:l[ea]s?|votre|vos|l') ?\w+",
        "options": r"^(?:que|qu'|quel(?:le)?s?|qui|où|comment)[^,:?]*[,:] (?:l[ea]s? |l'|une? )[\w-]+$",
    },
    "es": {
        "leading": r"\b(?:el|la|los|las|est[ea]s?|es[ea]s?|nuestr[oa]s?|su) (?:horrible|terrible|espantos[oa]|ridícul[oa]|estúpid[oa]|maravillos[oa]|fantástic[oa]|estupend[oa]|magnífic[oa]|genial)s? [\w-]+|\b(?:cómo de|qué tan|cuán) (?:caótic[oa]|grave|ruidos[oa]|tont[oa])\b|^(?:a )?(?:todo el mundo|todos|la mayoría)(?: \w+)? (?:les? )?(?:gust\w+|encant\w+|am\w+|odi\w+|dic\w+|piens\w+|sab\w+)\b",
        "why": r"^por (?:qué|cuál) (?:motivo|razón|causa)\b|^cuál(?:es)? (?:es|fue|son|eran|era) (?:el|la|su|los|las) (?:motivos?|razón|razones)\b",
        "double-barrelled": r"\b(?:ventajas y (?:las )?desventajas|ventajas e inconvenientes|puntos fuertes y (?:los )?(?:puntos )?débiles|fortalezas y (?:las )?debilidades|pros y (?:los )?contras)\b|^(?:cuénteme|describa|hábleme)\b[^?]*, (?:el|la|los|las|su|sus|del?) [^,?]{2,25}(?:,? y |, )(?:el|la|los|las|su|sus|del?) \w+",
        "options": r"^(?:qué|cuál(?:es)?|quién|dónde|cómo)[^,:?]*[,:] (?:el|la|los|las|un|una) [\w-]+$",
    },
}  # fmt: skip


_TOGETHER: Final = Late(r"\b(?:between|both|tussen|beide[nrs]?|zwischen|entre|amb[oa]s)\b")
"""Where several things are named because they belong together."""


@cache
def _patterns(code: str) -> Mapping[str, Late]:
    return {name: Late(part) for name, part in _PARTS.get(code, {}).items()}


def broken(text: str, language: str) -> tuple[str, ...]:
    """The names of the rules that a question, or what stands before it, breaks in this way.

    Only authors and models are held to these: what participants say is taken up as they say it.
    """
    said = sentences(QUOTED.sub("that", text))
    lines = [plain(sentence).lstrip("¿¡ ").rstrip(" ?.!…") for sentence in said]
    loaded = _patterns(base_language(language)).items()
    return tuple(name for name, form in loaded if any(_breaks(form, line) for line in lines))


def _breaks(form: Late, line: str) -> bool:
    return form.search(line) is not None and _TOGETHER.search(line) is None
