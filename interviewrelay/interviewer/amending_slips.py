"""How people say in passing that they had something wrong: a slip, and the figure that is so.

Other forms than those of `amending_forms`: looser, as people type, but what is so has a number, a
weekday or a month, and something that was said before has to stand against it.
"""

# ruff: noqa: E501 - a pattern is read best in one piece

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from interviewrelay.interviewer.late import Late
from interviewrelay.interviewer.lexicon import MONTHS, NUMBER_WORDS, WEEKDAYS
from interviewrelay.interviewer.needles import ways
from interviewrelay.interviewer.words import base_language

LONGEST: Final = 160
"""Characters of a sentence that does no more than put something right."""

_FIGURE: Final = rf"(?:\d[\d.,]*|(?:{'|'.join(sorted((*NUMBER_WORDS, *WEEKDAYS, *MONTHS), key=len, reverse=True))})\b)"
_HOLDS_FIGURE: Final = Late(rf"\b{_FIGURE}")
_NOW: Final = rf"(?P<now>(?:\w+ )?{_FIGURE}(?: [\w-]+){{0,3}}?)"
_SAID: Final = rf"(?P<said>(?:\S+ ){{0,4}}?{_FIGURE}(?: [\w-]+){{0,2}}?)"
_BETWEEN: Final = r"[\s,.;:\u2026\u2013\u2014-]+"


def _words(*tables: str) -> str:
    """One of these words, the longest that stands there, and what parts it from the next."""
    some = dict.fromkeys(way for table in tables for way in ways(table))
    return rf"(?>(?:{'|'.join(sorted(some, key=len, reverse=True))}){_BETWEEN})"


@dataclass(frozen=True, slots=True)
class _Slips:
    """Words of a language: `noise` that may stand anywhere before; `marks` of a slip, one of which
    before a bare figure is enough; `slip`, what says that there was one; `was`, before what is so;
    `no`, before what is not; `told`, that something was said; `wrong`, that what was said is not so;
    `after`, behind what is so; `change`, a request; `polite` ends; `there`, that it was something else.
    """

    noise: str
    marks: str
    slip: str
    was: str
    no: str
    told: str
    wrong: str
    after: str
    change: str
    polite: str
    there: str

    def forms(self) -> tuple[Late, ...]:
        # Each word of these is read in one way only (atomic groups): many of them in a row, of which
        # some are both, would else be read in 2^n ways.
        noise, marks = _words(self.noise), _words(self.marks)
        loose = _words(self.noise, self.marks)
        lead = rf"^[*\s]*{loose}*?"
        marked = rf"^(?:(?!{marks}){noise})*(?:\*|{marks}{loose}*)"
        was = rf"(?>(?:{self.noise}) )*(?:{self.was})?"
        tail = rf"(?:,? (?:{self.no}) (?P<old>\S.{{0,30}}?))?(?:,? (?:{self.polite}))*[\s.!\u2026]*$"
        return tuple(
            map(
                Late,
                (
                    rf"{lead}(?:{self.slip})(?:{_BETWEEN}|$){was}{_NOW}(?:, [^,]{{3,60}})?{tail}",
                    rf"{lead}(?:{self.told.replace('SAID', _SAID)}){_BETWEEN}(?:{self.was}){_NOW}{tail}",
                    rf"{lead}(?:{self.wrong.replace('SAID', _SAID)}){_BETWEEN}{was}{_NOW}{tail}",
                    rf"{lead}{_NOW} (?:{self.after}){tail}",
                    rf"{lead}(?:{self.change.replace('SAID', _SAID)}) {_NOW}{tail}",
                    rf"{marked}{was}{_NOW}(?:, [^,]{{3,60}})?{tail}",
                    rf"{marked}{_SAID} (?:{self.there})\b.{{0,40}}?, (?:\w+ )?{was}{_NOW}{tail}",
                ),
            )
        )


_SAYINGS: Final[Mapping[str, _Slips]] = {
    "en": _Slips(
        noise=r"oh|ah|um+|uh+|er+|hm+|yes|yeah|but|and|so|ok(?:ay)?|actually|i think|just|please|well|sorry|apologies|excuse me|in fact|really|rather|about|around|i mean|i meant",
        marks=r"sorry|no wait|wait no|wait|oh no|oops|whoops|hang on|hold on|nope|scratch that|correction|i mean|i meant|apologies|pardon|ugh|damn|argh|actually,? no|no,? actually",
        slip=r"(?:that(?:'s| was|s) )?(?:my|a) (?:mistake|bad|error|fault|slip|typo)|mistake|typo|error|(?:i(?:'ve| have| just)? )?(?:mis(?:counted|remembered|spoke|typed|judged|said|wrote|calculated)|(?:mixed|muddled|messed|got|had|put|said|wrote|typed|counted)(?: (?:that|it|this|the|my|those|up|\w+s?)){0,3} (?:wrong(?:ly)?|muddled|confused|backwards|mixed up|up)|(?:mixed|muddled|messed) up(?: (?:the|my|those))? \w+|was (?:wrong|mistaken|off)|forgot)(?: (?:there|earlier|before))?|(?:that|it|this) should(?:'?ve| have| of)? (?:be|been|read|say|said)|should(?:'?ve| have| of) (?:been|said)|(?:let me )?correct(?:ion|ing)?(?: (?:that|myself))?",
        was=r"(?:(?:it|that|this|they|there|these|those|here)(?:'?s| is| was| were| are)|it was here|is|was|were|should(?:'?ve| have| of)? (?:be|been|read|say)|(?:it|that) should(?:'?ve| have| of)? (?:be|been|read|say)|(?:it|they) (?:came|took|lasted|cost)(?: on)?|meant|i meant|i mean|make (?:that|it)|on) (?:actually |really |in fact |only |just |rather |about |around |more like |closer to |probably |a |an )*",
        no=r"and not|not",
        told=r"(?:i (?:just )?)?(?:said|told you|mentioned|wrote|put|typed) (?:it was |about |that it was )?SAID(?: (?:earlier|before|just now))?(?: (?:but|and))?",
        wrong=r"(?:what i (?:just )?(?:said|told you|wrote)(?: (?:earlier|before))? (?:about|with|on) )?(?:the |that |those |my )?SAID(?: (?:thing|bit|part|figure|date|one))?(?: i (?:said|mentioned|gave|told you|wrote))?(?: (?:earlier|before))? ?(?:is|was|are|were|'s|isn'?t|wasn'?t|aren'?t|weren'?t)(?: not)?(?: (?:quite|all))? (?:wrong|right|true|correct|a mistake|a typo|incorrect)",
        after=r"(?:is|was|it) what i (?:meant|mean)|(?:i meant|i mean|it was|they were|it should be)(?: to say)?",
        change=r"(?:(?:can|could|would|will) (?:you|i|we) )?(?:please )?(?:i (?:want|need|would like|'d like) to )?(?:change|correct|switch|amend|fix|update|edit)(?: (?:the|that|it|this|my answer|SAID)){0,2} (?:to|into|for)|(?:can|could) you (?:please )?make (?:that|it)",
        polite=r"sorry|please|instead|then|thanks|thank you|i think|actually|my (?:bad|mistake)|apologies|really|here",
        there=r"was|were|is|are",
    ),
    "nl": _Slips(
        noise=r"o|oh|ach|nou|eh+|hm+|ja|maar|en|dus|eigenlijk|pardon|sorry|ik bedoel(?:de)?|eerder|ongeveer|zo'n|toch|even",
        marks=r"sorry|nee,? wacht|wacht,? nee|wacht(?: even)?|oeps|pardon|onzin|ik bedoel(?:de)?|correctie|o nee|nee hoor|excuses",
        slip=r"(?:mijn )?(?:foutje?|vergissing|vergissinkje|typfout|tikfout)(?: (?:van mij|van me|hoor))?|mijn fout|(?:ik )?(?:heb|had) (?:me|mij) (?:\w+ )?(?:verteld|vergist|verrekend|versproken|verkeken|vertypt)|ik vergiste (?:me|mij)|(?:dat|het|dit) moet(?:en)? (?:\w+ )?zijn|(?:ik )?heb (?:dat|het|de \w+) (?:verkeerd|fout|door elkaar)(?: (?:gezegd|gehaald|geteld))?",
        was=r"(?:(?:het|dat|er|dit|ze) (?:zijn|waren|is|was|moet(?:en)?|kwam|duurde)(?: er| zijn)?|(?:zijn|waren|is|was|duurde) (?:het|er|dat)|moet(?:en)? (?:het )?zijn|ik bedoel(?:de)?) (?:eigenlijk |eerder |ongeveer |maar |zo'n |op |toch |wel |een )*",
        no=r"en niet|niet",
        told=r"(?:ik (?:zei|schreef|noemde|vertelde)|zei ik|ik heb) (?:eerder |net )?SAID(?: (?:gezegd|genoemd))?(?: maar)?",
        wrong=r"(?:wat ik (?:zei|schreef|vertelde) over |dat (?:van|met|over) |het verhaal van )?(?:die |de |dat )?SAID(?: (?:dat ik zei|die ik noemde))? (?:klopt(?:e)? (?:niet|toch niet)|is (?:fout|niet (?:juist|waar|goed))|was (?:fout|niet (?:juist|waar|goed)))",
        after=r"(?:bedoel(?:de)? ik|waren het|was het|wilde ik zeggen|moet(?:en)? het zijn)",
        change=r"(?:(?:kunt u|kun je|kan ik|wilt u|wil je) )?(?:graag )?(?:verander|wijzig|maak|corrigeer)(?: (?:SAID|dat|het|er|daar))? (?:in|naar|van)|(?:kunt u|kun je|kan ik) (?:daar|er|dat|het) ",
        polite=r"sorry|alstublieft|graag|pardon|hoor|van maken|dus",
        there=r"was|waren|is",
    ),
    "de": _Slips(
        noise=r"oh|ach|ah|na|äh+|hm+|ja|aber|und|also|eigentlich|pardon|sorry|tut mir leid|entschuldigung|verzeihung|eher|etwa|ungefähr|ich meine?|ich meinte|doch|so",
        marks=r"sorry|nein(?=,? (?:doch |wohl )?(?:eher|etwa|ungefähr)\b)|nein,? (?:moment|warte|halt|quatsch)|moment,? nein|ups|hoppla|quatsch|blödsinn|unsinn|ach nein|stimmt nicht|falsch|korrektur|entschuldigung|ich meine?|ich meinte|nee|ne",
        slip=r"(?:das war )?(?:mein|ein) (?:fehler|irrtum|tippfehler)|(?:fehler|irrtum|tippfehler)(?: von mir| meinerseits)?|(?:da |dabei )?(?:ich )?hab(?:e)?(?: ich)? mich (?:da |wohl )?(?:verzählt|verrechnet|vertan|geirrt|verschrieben|vertippt|versprochen|getäuscht)|(?:ich )?hab(?:e)? (?:das|es|die \w+) (?:falsch|verwechselt|durcheinander)(?: gesagt| gebracht| gezählt)?|(?:das|es) (?:muss|müsste|müssen|müssten|sollte|sollten)(?: \w+)?(?: heissen| sein)?",
        was=r"(?:(?:es|das|die|sie|da|der)(?: (?:waren|war|sind|ist|kam|dauerte|muss|müssen|müsste))|(?:waren|war|sind|ist) (?:es|das)(?: aber)?|ich meine?|ich meinte) (?:aber |eigentlich |eher |etwa |ungefähr |nur |wohl |am |ein |doch )*",
        no=r"und nicht|nicht",
        told=r"(?:ich hab(?:e)?|hab(?:e)? ich|ich sagte|sagte ich|ich schrieb) (?:vorhin |eben )?SAID(?: (?:gesagt|geschrieben|erwähnt))?(?: aber)?",
        wrong=r"(?:das mit |was ich (?:über|zu|von) |die sache mit )?(?:de[mnr] |die |das )?SAID(?: (?:gesagt habe|vorhin))?,? (?:stimmt(?:e)? (?:so )?nicht|war (?:falsch|nicht richtig)|ist (?:falsch|nicht richtig|quatsch)|war quatsch)",
        after=r"(?:meinte? ich|wollte ich sagen|waren es|war es|müsste es heissen|sollte es heissen|sind es)",
        change=r"(?:(?:können|könnten) sie |kannst du |bitte )?(?:bitte )?(?:ändern sie |ändere )?(?:das |SAID )?(?:bitte )?(?:in|auf|zu)",
        polite=r"sorry|bitte|entschuldigung|pardon|ändern|danke|natürlich|tut mir leid|verzeihung|genau",
        there=r"war|waren|ist",
    ),
    "fr": _Slips(
        noise=r"oh|ah|bon|euh+|oui|mais|et|donc|en fait|pardon|désolée?|excusez-moi|excusez moi|plutôt|environ|enfin|je crois",
        marks=r"pardon|non,? attendez|attendez,? non|oups|mince|zut|non|désolée?|correction|je veux dire|je voulais dire|ou plutôt|enfin non|n'importe quoi",
        slip=r"(?:c'est |c'était )?(?:une |mon )?(?:erreur|faute)(?: (?:de ma part|de frappe))?|(?:je )?me suis (?:trompée?|plantée?|emmêlée?)(?: (?:de|dans) (?:\w+ )?\w+)?|j'ai (?:mal compté|confondu|fait erreur|fait une erreur|dit une bêtise|mélangé)(?: les \w+)?|mal compté|(?:ça|c'est|il) (?:devrait|faut|fallait) (?:être|lire|dire)",
        was=r"(?:c'(?:est|était|étaient|etait)|il y (?:en )?(?:avait|a)|ça (?:fait|faisait|a duré)|je veux dire|je voulais dire) (?:en fait |plutôt |environ |à peu près |le |un |une )*",
        no=r"et pas|et non|pas|non",
        told=r"j'ai (?:dit|écrit|parlé de) SAID(?: (?:avant|tout à l'heure))?(?: (?:mais|et))?",
        wrong=r"(?:ce que j'ai dit (?:sur|de|pour|à propos d[eu]) |l'histoire d[eu] )?(?:le |la |les |du |des )?SAID(?: (?:que j'ai dit|de tout à l'heure))?,? (?:est|était|c'est|c'était|n'est|n'était|c'est pas|est pas)(?: pas)?(?: tout à fait)? (?:faux|fausse|vrai|exact|juste|une erreur|correct)",
        after=r"(?:je voulais dire|je veux dire|plutôt)",
        change=r"(?:(?:pouvez-vous|pourriez-vous|vous pouvez|on peut|je peux|veuillez) )?(?:changer|changez|corriger|corrigez|modifier|mettre|mettez)(?: (?:ça|cela|SAID))? (?:en|par|à|pour)",
        polite=r"désolée?|pardon|s'il vous plaît|svp|merci|en fait|excusez-moi|plutôt",
        there=r"c'était|était|étaient",
    ),
    "es": _Slips(
        noise=r"oh|ah|uy|bueno|eh+|sí|pero|y|pues|en realidad|perdón|disculpe|perdona|más bien|como|unos|unas|creo que",
        marks=r"perdón|no,? espere|no,? espera|espere,? no|espera,? no|uy|ups|perdona|no(?=[,.;:])|digo|quiero decir|quise decir|corrección|mejor dicho|qué va",
        slip=r"(?:fue |es )?(?:un |una |mi )?(?:error|fallo|equivocación|culpa|errata)(?: (?:mío|mía|mia|mio))?|me (?:equivoqué|he equivocado|confundí|he confundido|lié|he liado|equivoque)(?: (?:de|con) (?:\w+ )?\w+)?|(?:conté|he contado|lo dije|lo puse) mal|conte mal|(?:tenía|tenia|debería|debía) (?:que )?(?:ser|decir)",
        was=r"(?:(?:eso |esto )?(?:fue|fueron|era|eran|es|son|llegó|duró|tardé)|debieron ser|quiero decir|quise decir) (?:en realidad |más bien |unos |unas |como |casi |el |la )*",
        no=r"y no|no",
        told=r"(?:dije|he dicho|puse|escribí|mencioné) SAID(?: antes)?(?: (?:pero|y))?",
        wrong=r"(?:lo (?:de|del|que dije (?:de|del|sobre)) )?(?:el |la |los |las )?SAID(?: que dije)?,? (?:no (?:es|era|fue) (?:así|cierto|verdad|correcto|exacto)|está mal|estaba mal|es (?:falso|mentira|un error))",
        after=r"(?:quise decir|quería decir|quiero decir)",
        change=r"(?:(?:puede|puedes|podría|puedo) )?(?:cambiar|cambie|cambia|corregir|corrija|poner|ponga)(?:lo)?(?: (?:eso|SAID))? (?:a|por|en)",
        polite=r"perdón|por favor|gracias|disculpe|perdona|lo siento",
        there=r"era|eran|fue|fueron",
    ),
}  # fmt: skip


@cache
def _forms(code: str) -> tuple[Late, ...]:
    """Made when the first sentence with a figure is looked at."""
    return _SAYINGS[code].forms() if code in _SAYINGS else ()


def holds_figure(line: str) -> bool:
    """Whether a plain text holds any figure at all: without one it puts nothing right here."""
    return _HOLDS_FIGURE.search(line) is not None


def match(line: str, language: str) -> re.Match[str] | None:
    """How a plain sentence puts a figure right in passing; English is understood everywhere."""
    if len(line) > LONGEST or not holds_figure(line):
        return None
    known = (_forms(code) for code in dict.fromkeys(("en", base_language(language))))
    tried = (form.search(line) for some in known for form in some)
    return next((found for found in tried if found is not None), None)


TELLS_SO: Final = Late(
    r"^(?:(?:earlier|before|just now|oh|sorry|so|vorhin|eben|eerder|net|antes|avant|tout à l'heure)[, ]+)*"
    r"(?:i (?:just )?(?:said|told you|mentioned|wrote)|ich (?:sagte|habe)|(?:sagte|habe) ich|ik (?:zei|noemde)|(?:zei|noemde) ik|j'ai dit|dije|he dicho)\b.{0,60}$"
)
"""A plain sentence that only says what was said before."""

POLITE_END: Final = Late(
    r"(?<![\s,;])[\s,;]+(?:sorry|pardon|entschuldigung|verzeihung|tut mir leid|désolée?|perdón|disculpe|please|bitte|alstublieft|my (?:bad|mistake)|apologies)[\s.!]*$",
    re.IGNORECASE,
)
