"""How people put right what they said before: forms of a plain sentence, in five languages.

`SURE` forms say so outright. `UNSURE` ones ("actually, it was two weeks") are corrections only where
something that was said before stands against them; `ASKED` are those of an answer to what one would
correct. `now` is what holds, `said` and `old` what does not.
"""

# ruff: noqa: E501 - a pattern is read best in one piece

import re
from collections.abc import Mapping
from dataclasses import dataclass

from interviewrelay.interviewer.late import Late
from interviewrelay.interviewer.lexicon import NUMBER_WORDS
from interviewrelay.interviewer.words import base_language

Forms = tuple[Late, ...]

_FIGURE = rf"(?:\d[\d.,]*|{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))})"
_NOW = r"(?P<now>\S.*?)"
_SAID = r"(?P<said>\S.{0,38}?)"
_OLD = r"(?P<old>\S.{0,38}?)"
_THEN = r" ?[,:;.\u2026\u2013\u2014-]+ *"
_MORE = rf"(?:{_THEN}{_NOW})?"
_GAP = r"[\s,.;:!\u2026-]+"
_END = r"[\s.!\u2026]*$"
_ADDS = "also|too|as well|another|again|ook|nog|auch|noch|aussi|encore|également|también|además|otr[oa]s?"


@dataclass(frozen=True, slots=True)
class _Words:
    """What a language has for it: words `before` that say nothing, `marks` of having erred at the
    head of a sentence, `actually` anywhere in it, and its words for no, it was, about and earlier.
    """

    before: str
    marks: str
    actually: str
    no: str
    it_was: str
    about: str
    earlier: str
    slip: str
    instead: str

    @property
    def lead(self) -> str:
        return rf"(?:(?:{self.before}|{self.marks}|{self.actually}){_GAP})*"

    @property
    def wrong(self) -> str:
        """At the end of a correction: what was wrong."""
        return rf"(?:,? (?:{self.no}) {_OLD})?{_END}"

    def sure(self, *forms: str) -> Forms:
        made = (
            form.replace("IT_WAS", rf"(?:{self.it_was}) (?:{self.about})*") for form in forms
        )
        made = (form.replace("EARLIER", f"(?:{self.earlier})") for form in made)
        slip = (
            rf"^{self.lead}(?:{self.slip}){_GAP}(?P<now>(?:\w+ )?{_FIGURE}\b.{{0,20}}?){_END}"
        )
        whole = (rf"^{self.lead}(?:{form}){self.wrong}" for form in made)
        return tuple(map(Late, (*whole, slip)))

    def unsure(self, contrast: str) -> Forms:
        """It was …; it was …, not …: with a mark, or with figures; and not … but …."""
        marks = rf"(?:(?:{self.before}){_GAP})*(?:{self.marks})\b|.*\b(?:{self.actually})\b"
        marked = rf"^(?={marks}){self.lead}"
        figures = rf"(?P<now>.{{0,40}}?{_FIGURE}\b.{{0,20}}?),? (?:{self.no}) (?P<old>{_FIGURE}.{{0,20}}?){_END}"
        return (
            Late(rf"^{self.lead}(?:{contrast}){_END}"),
            Late(rf"{marked}(?:{self.it_was}) (?:{self.about})*{_NOW}{self.wrong}"),
            Late(rf"{marked}{_NOW},? (?:{self.no}) {_OLD}{_END}"),
            Late(rf"^{self.lead}{figures}"),
            Late(rf"^{self.lead}(?:{self.it_was}) {_NOW}, (?:{self.no}) {_OLD}{_END}"),
            Late(
                rf"^{self.lead}(?:{self.it_was}) (?:{self.about})*{_NOW},? (?:{self.instead}) {_OLD}{_END}"
            ),
        )

    def asked(self, contrast: str) -> Forms:
        """The same where it was asked what to correct: any statement that adds nothing."""
        return (
            Late(rf"^{self.lead}{_NOW},? (?:{self.no}) {_OLD}{_END}"),
            Late(rf"^{self.lead}(?:{contrast}){_END}"),
            Late(rf"^(?!.*\b(?:{_ADDS})\b){self.lead}{_NOW}{_END}"),
        )


_EN = _Words(
    before=r"oh|ah|oops|whoops|ooh|well|um+|uh+|hm+|yes|yeah|but|and|so|ok|okay|i(?:'m| am) sorry|my (?:bad|mistake|fault)|apologies|excuse me|hang on|hold on|nearly|almost|not quite",
    marks="no|sorry|wait|or rather|rather|let me say that right",
    actually="actually|in fact",
    no="(?:and )?not",
    it_was=r"(?:it|that|this|they|there|these|those) (?:actually |really |in fact |only |just )*(?:was|were|is|are|took|cost|lasted|should (?:be|have been)|must have been)",
    about="actually |really |in fact |only |just |rather |about |around |more like |closer to ",
    earlier="earlier(?: on)?|before|just now|a moment ago|at first|in my last answer",
    slip=r"no,? wait|wait,? no|oo+ps|whoops|my (?:mistake|bad)|hold on,? no|no,? hang on",
    instead="instead of|rather than",
)
_NL = _Words(
    before=r"o|oh|oeps|ach|nou|eh+|hm+|ja|maar|en|dus|pardon|excuses|bijna|niet helemaal",
    marks="nee|sorry|wacht(?: even)?|of liever",
    actually="eigenlijk|in feite",
    no="(?:en )?niet",
    it_was=r"(?:het|dat|dit|er|die) (?:was|waren|is|zijn|duurde|kostte|moet(?:en)? zijn)|(?:was|waren|is|zijn|duurde|kostte) (?:het|dat|er)",
    about="eigenlijk |eerder |ongeveer |zo'n |maar |meer ",
    earlier="eerder|net|zonet|daarnet|zojuist|daarstraks|straks",
    slip=r"nee,? wacht|wacht,? nee|oeps|foutje",
    instead="in plaats van",
)
_DE = _Words(
    before=r"oh|ach|ah|ups|hoppla|na|äh+|hm+|ja|aber|und|also|pardon|tut mir leid|verzeihung|fast|nicht ganz",
    marks="nein|entschuldigung|moment|halt|beziehungsweise|besser gesagt",
    actually="eigentlich|in wirklichkeit",
    no="(?:und )?nicht",
    it_was=r"(?:es|das|die) (?:war|waren|ist|sind|hat|dauerte|kostete|müssen|muss)|(?:war|waren|ist|sind|dauerte|kostete) (?:es|das)",
    about="eigentlich |eher |etwa |ungefähr |nur |wohl ",
    earlier="vorhin|eben|vorher|gerade|zuerst",
    slip=r"nein,? (?:moment|warten sie|halt)|moment,? nein|ups|hoppla",
    instead="statt|anstatt|anstelle von",
)
_FR = _Words(
    before=r"oh|ah|oups|mince|bon|euh+|oui|mais|et|donc|excusez-moi|presque|pas tout à fait",
    marks="non|pardon|désolée?|attendez|ou plutôt|plutôt|enfin",
    actually="en fait|en réalité",
    no="(?:et |et non )?(?:non )?pas|et non",
    it_was=r"c'était|c'est|c'étaient|il y (?:avait|a|en avait)|(?:ça|cela) (?:a duré|a pris|a coûté|faisait|durait)",
    about="en fait |plutôt |environ |à peu près |plus ",
    earlier="avant|tout à l'heure|plus tôt|à l'instant|au début",
    slip=r"non,? attendez|attendez,? non|oups|mince",
    instead="au lieu de|plutôt que",
)
_ES = _Words(
    before=r"oh|ah|uy|ups|bueno|eh+|sí|pero|y|pues|disculpe|casi|no del todo",
    marks="no|perdón|espere|mejor dicho|más bien",
    actually="en realidad|de hecho",
    no="(?:y )?no",
    it_was=r"(?:(?:eso|esto|ello) )?(?:fue|fueron|era|eran|es|son|duró|tardó|costó|había|debieron ser)",
    about="en realidad |más bien |unos |unas |como |casi ",
    earlier="antes|hace un momento|al principio|recién",
    slip=r"no,? espere|espere,? no|uy|ups",
    instead="en lugar de|en vez de",
)

SURE: Mapping[str, Forms] = {
    "en": _EN.sure(
        rf"i meant(?: to say)?[,:]? (?!to\b|well\b|it\b|that$|no harm|business|every\b|by\b|what\b){_NOW}",
        rf"i should have said (?!(?:no|yes|so|that|it|this|something|nothing|more|hello)\b){_NOW}",
        r"(?:let me|i (?:have|want|need|would like) to|i'd like to|i must|allow me to) (?:just |quickly )?(?:correct|rectify|amend) (?:that|this|it|myself|something|one thing"
        rf"|what i (?:just )?(?:said|told you)(?: [^,:;.]{{1,30}})?|my (?:last |earlier |previous |first )?answer){_MORE}",
        rf"(?:correction|typo|wrong word|slip of the (?:tongue|pen)|scratch that|scrap that|strike that|forget that|i lied|(?:i(?:'ll)?|let me|can i|could i|i must|i have to) take that back|to correct myself|i misspoke(?: EARLIER)?){_MORE}",
        rf"(?:EARLIER,? )?i (?:just )?(?:said|mentioned|wrote|told you|put|typed) (?:that )?(?:EARLIER )?{_SAID}(?: EARLIER)?(?:{_THEN}| )(?:but |and )?i (?:really |actually )?(?:meant|wanted to say|should have said)(?: to say)?:? {_NOW}",
        rf"EARLIER,? i (?:said|mentioned|wrote|told you) (?:that )?{_SAID},? but (?:really |actually |in fact )*IT_WAS{_NOW}",
        rf"make that (?P<now>(?:\w+ )?{_FIGURE}\b.*?)",
        rf"i (?:got|had|said|told you|put) (?:that|it|this|something) wrong(?: EARLIER)?{_THEN}(?:IT_WAS)?{_NOW}",
        rf"i (?:was (?:wrong|mistaken)|made a mistake) EARLIER{_THEN}(?:IT_WAS)?{_NOW}",
        rf"i (?:said|mentioned|wrote|told you) (?:EARLIER )(?:that )?{_SAID},? but IT_WAS{_NOW}",
        rf"i (?:said|mentioned|wrote|told you) (?:that )?{_SAID} EARLIER,? but IT_WAS{_NOW}",
        rf"i (?:said|mentioned|wrote|told you) (?P<said>(?:it was |about )?{_FIGURE}\b.{{0,20}}?),? but IT_WAS(?P<now>{_FIGURE}\b.*?)",
    ),
    "nl": _NL.sure(
        rf"ik bedoelde(?: te zeggen)?[,:]? (?!het goed){_NOW}",
        r"(?:laat me|ik (?:wil|moet|zal)|laat ik) (?:dat|dit|het|mezelf|mij|me|iets|(?:wat ik|mijn) [^,:;.]{1,30}?)(?: (?:even|nog|graag|eerst))* (?:corrigeren|verbeteren|rechtzetten|herstellen)"
        rf"{_MORE}",
        rf"(?:EARLIER )?(?:ik zei|zei ik|ik noemde|ik schreef) (?:EARLIER )?(?:dat )?{_SAID}(?:{_THEN}| )(?:maar )?ik bedoel(?:de)? {_NOW}",
        rf"EARLIER (?:zei|noemde|vertelde) ik (?:dat )?{_SAID},? maar (?:eigenlijk |in feite )*IT_WAS{_NOW}",
        rf"(?:correctie|ik corrigeer(?: (?:mezelf|mij|me|dat|even))*){_THEN}{_NOW}",
        rf"ik (?:heb me|heb mij|vergiste me|vergiste mij)(?: EARLIER)?(?: vergist)?{_THEN}(?:IT_WAS)?{_NOW}",
        rf"(?:dat|dit) (?:zei ik|heb ik)(?: EARLIER)? (?:verkeerd|fout)(?: gezegd)?{_THEN}(?:IT_WAS)?{_NOW}",
        rf"ik (?:zei|vertelde|noemde) EARLIER (?:dat )?{_SAID},? maar IT_WAS{_NOW}",
    ),
    "de": _DE.sure(
        rf"ich meinte(?: eigentlich)?[,:]? (?!es gut){_NOW}",
        r"(?:lassen sie mich|ich (?:möchte|muss|will|würde gern)) (?:das|mich|etwas|es|(?:was ich|meine) [^,:;.]{1,30}?)(?: (?:noch|kurz|bitte|mal))* (?:korrigieren|berichtigen|richtigstellen|verbessern)"
        rf"{_MORE}",
        rf"(?:EARLIER )?(?:ich sagte|sagte ich|ich schrieb|ich habe) (?:EARLIER )?{_SAID}(?: gesagt| geschrieben)?(?:{_THEN}| )(?:aber )?(?:ich )?meinte (?:ich |aber |eigentlich )*{_NOW}",
        rf"EARLIER (?:sagte ich|habe ich) {_SAID}(?: gesagt)?,? aber (?:eigentlich |in wirklichkeit )*IT_WAS{_NOW}",
        rf"(?:korrektur|ich korrigiere(?: (?:mich|das))*){_THEN}{_NOW}",
        rf"(?:da |dabei )?(?:ich habe|habe ich) mich(?: (?:da|EARLIER))? (?:vertan|geirrt|versprochen|getäuscht){_THEN}(?:IT_WAS)?{_NOW}",
        rf"das habe ich(?: EARLIER)? falsch gesagt{_THEN}(?:IT_WAS)?{_NOW}",
        rf"ich (?:sagte|habe) EARLIER {_SAID}(?: gesagt)?,? aber IT_WAS{_NOW}",
    ),
    "fr": _FR.sure(
        rf"je voulais dire ?:? ?(?!que\b){_NOW}",
        r"(?:laissez-moi|je (?:voudrais|dois|veux|vais)|permettez-moi de|j'aimerais|il faut que je) (?:me |vous |le |la )?(?:corriger|rectifier|corrige|rectifie)(?: (?:cela|ça|ceci|une chose|quelque chose|ce que j'ai dit|ma (?:dernière )?réponse))?"
        rf"{_MORE}",
        rf"(?:EARLIER,? )?(?:j'ai dit|je disais|j'ai écrit) (?:EARLIER )?{_SAID}(?: EARLIER)?(?:{_THEN}| )(?:mais )?je voulais dire {_NOW}",
        rf"EARLIER,? j'ai dit {_SAID},? mais (?:en fait,? |en réalité )*IT_WAS{_NOW}",
        rf"(?:correction|je (?:me )?(?:corrige|rectifie)){_THEN}{_NOW}",
        rf"je me suis trompée?(?: EARLIER)?{_THEN}(?:IT_WAS)?{_NOW}",
        rf"j'ai dit (?:EARLIER )?{_SAID}(?: EARLIER)?,? mais (?:en fait,? )?IT_WAS{_NOW}",
    ),
    "es": _ES.sure(
        rf"(?:quise|quería) decir:? (?!que\b){_NOW}",
        r"(?:déjeme|permítame|quiero|quisiera|tengo que|me gustaría|debo) (?:corregir|rectificar)(?:me|lo)?(?: (?:eso|esto|algo|una cosa|lo que dije(?: antes)?|mi (?:última )?respuesta))?"
        rf"{_MORE}",
        rf"(?:EARLIER )?(?:dije|he dicho|escribí) (?:EARLIER )?{_SAID}(?: EARLIER)?(?:{_THEN}| )(?:pero )?(?:quise|quería) decir {_NOW}",
        rf"(?:corrección|me corrijo|corrijo|rectifico){_THEN}{_NOW}",
        rf"me (?:equivoqué|he equivocado|confundí)(?: EARLIER)?{_THEN}(?:IT_WAS)?{_NOW}",
        rf"(?:EARLIER )?dije (?:EARLIER )?{_SAID}(?: EARLIER)?,? pero (?:en realidad )?IT_WAS{_NOW}",
    ),
}

_CONTRASTS = (
    (
        "en",
        _EN,
        rf"(?:(?:(?:it|that|they|there|the \w+) (?:was|is|took|were|are) )?not|(?:it|that|they|there|the \w+) (?:was|were|is|are|did)n't(?: take)?) {_SAID}(?:[,;:] (?:but )?(?:it was |they were |there were |that was |it took )?| but | (?:it|that) (?:was|is|took) | (?:they|there) (?:were|are) ){_NOW}",
    ),
    (
        "nl",
        _NL,
        rf"(?:(?:het|dat|er|de \w+) (?:was|waren|is) )?(?:niet|geen) {_SAID}(?:[,;:] (?:maar )?(?:het (?:was|waren) |dat was )?| maar | (?:het|dat) (?:was|waren|is) ){_NOW}",
    ),
    (
        "de",
        _DE,
        rf"(?:(?:es|das|d\w\w \w+) (?:war|waren|ist) )?(?:nicht|keine?) {_SAID}(?:[,;:] (?:sondern )?(?:es (?:war|waren) |das war )?| sondern | (?:es|das) (?:war|waren|ist) ){_NOW}",
    ),
    (
        "fr",
        _FR,
        rf"(?:ce n'(?:était|étaient|est) )?pas {_SAID}(?:[,;:] (?:mais )?(?:c'était |c'étaient )?| mais | (?:c'était|c'étaient|c'est) ){_NOW}",
    ),
    (
        "es",
        _ES,
        rf"no (?:(?:fue|fueron|era|eran) )?{_SAID}(?:[,;:] (?:sino )?(?:fue |fueron |era |eran )?| sino | (?:fue|fueron|era|eran) ){_NOW}",
    ),
)

_TAKEN_BACK: Mapping[str, Forms] = {
    "en": (
        Late(rf"^{_EN.lead}i (?:just )?(?:said|told you|wrote|mentioned) (?:that )?{_SAID}{_THEN}(?:sorry,? )?no,? it(?:'s| is| was) {_NOW}{_END}"),
        Late(rf"^(?:(?:{_EN.before}|{_EN.marks}){_GAP})*(?:{_EN.actually}|sorry|no|wait){_GAP}{_OLD} (?:was not|wasn't|were not|weren't|is not|isn't)(?: (?:there|it|the one))?, (?:but )?it(?:'s| is| was) {_NOW}{_END}"),
    ),
}  # fmt: skip
"""What was said is said again, and taken back in the same breath."""

UNSURE: Mapping[str, Forms] = {
    code: (*_TAKEN_BACK.get(code, ()), *said.unsure(form)) for code, said, form in _CONTRASTS
}
ASKED: Mapping[str, Forms] = {code: said.asked(form) for code, said, form in _CONTRASTS}

_WRONG = rf"^(?:(?:{{}}){_GAP})*(?:{{}})\b"

_DENIES: Mapping[str, Late] = {
    code: Late(_WRONG.format(said.before, form))
    for code, said, form in (
        ("en", _EN, r"no|nearly|almost|not (?:quite|exactly|all)|wrong|(?:that|this|one(?: (?:of them|thing))?|the \w+(?: one)?)(?:'s| is| was| came out) (?:not (?:quite |entirely )?(?:right|true|correct)|wrong)"),
        ("nl", _NL, r"nee|bijna|niet (?:helemaal|precies)|fout|(?:dat|dit|één(?: (?:ervan|ding))?|de \w+) (?:klopt|is) (?:niet|fout|onjuist)"),
        ("de", _DE, r"nein|fast|nicht (?:ganz|genau)|falsch|(?:das|eins|eines|die \w+)(?: davon)? (?:stimmt (?:so )?nicht|ist (?:nicht (?:ganz )?richtig|falsch))"),
        ("fr", _FR, r"non|presque|pas (?:tout à fait|exactement)|(?:ce n'est|c'est) (?:pas (?:tout à fait )?(?:ça|exact|juste|vrai)|faux)|une chose est fausse"),
        ("es", _ES, r"no|casi|(?:eso|esto|una cosa|la \w+) no es (?:del todo )?(?:así|cierto|exacto|correcto|correcta)|(?:eso )?es (?:falso|incorrecto)"),
    )
}  # fmt: skip
"""How an answer begins that does not let stand what was read back."""

LONGEST = 160
"""Characters of a sentence that does no more than put something right."""


def match(line: str, forms: Mapping[str, Forms], language: str) -> re.Match[str] | None:
    """How a plain sentence fits one of the forms; English is understood in every interview."""
    if len(line) > LONGEST:
        return None
    known = (forms.get(code, ()) for code in dict.fromkeys(("en", base_language(language))))
    tried = (form.search(line) for some in known for form in some)
    return next((found for found in tried if found is not None), None)


def denies(text: str, language: str) -> bool:
    """Whether a plain answer to what one would correct begins with a no."""
    known = (_DENIES.get(code) for code in dict.fromkeys(("en", base_language(language))))
    return any(form.search(text) for form in known if form is not None)


def corrects(line: str, language: str) -> bool:
    """Whether a plain sentence says outright that something was said wrong."""
    return match(line, SURE, language) is not None
