"""How people say yes, no and "I said so" to "Would you like to end here?", in six languages."""

# ruff: noqa: E501 - a pattern is read best in one piece

import re
from collections.abc import Mapping
from functools import cache

from interviewrelay.interviewer.late import Late

_EN_END = r"(?:stop(?:ping)?|end(?:ing)?|finish(?:ing)?|quit(?:ting)?|leave|leaving|go now|close|clos(?:e|ing)|be done|get out|exit)"
_GAP = r"[\s,.;:!?\u2026\u2013\u2014-]+"

GOES_ON: Mapping[str, str] = {
    "en": r"\b(?:go(?:ing)? on|go ahead|carry on|continue|keep going|proceed|another (?:one|question)|(?:one|a few|some) more|next question|not yet|later|wait|in a (?:moment|minute|bit)|stay)\b",
    "nl": r"\b(?:doorgaan|verder|ga (?:maar )?door|nog (?:een|één|wel een|even)|later|wacht|straks|nog niet|blijf)\b",
    "de": r"\b(?:weiter\w*|fortfahren|noch (?:eine|ein paar|nicht)|später|nachher|warten|moment|bleibe)\b",
    "fr": r"\b(?:continue\w*|poursuivre|encore (?:une|un)|plus tard|pas encore|attendez|attends|reste)\b",
    "es": r"\b(?:seguir|sigamos|seguimos|siga|continuar|continúe|continuemos|una más|otra (?:más|pregunta)|más tarde|luego|todavía no|espere|espera)\b",
    "ar": r"استمر|أستمر|نستمر|أكمل|اكمل|نكمل|لاحقا|انتظر|سؤال (?:اخر|آخر)",
}
"""To go on, now or in a while."""

NOT_ON = (
    r"(?:n't|\bnot|\bnever|\bcannot|\bno longer|\bno way) (?:\w+ ){0,3}(?:go(?:ing)? on|carry on|continue|keep going|proceed|stay|wait)\b"
    r"|\b(?:niet|geen) (?:\w+ ){0,2}(?:doorgaan|verder)\b|\bnicht (?:\w+ ){0,2}weiter|\b(?:pas|plus) (?:\w+ )?(?:continuer|poursuivre|rester)\b|\bno (?:\w+ ){0,2}(?:seguir|continuar)\b"
)

NOT_END: Mapping[str, str] = {
    "en": rf"(?:n't|\bnot|\bnever|\bno need) (?:\w+ ){{0,6}}{_EN_END}\b|\bfinish (?:it|this|that|the interview|first|my \w+)\b.{{0,20}}\bfirst\b",
    "nl": r"\b(?:niet|nooit) (?:\w+ ){0,3}(?:stop\w*|ophouden|beëindigen|afsluiten|eindigen|weg)\b|\bstop (?:\w+ )?niet\b",
    "de": r"\b(?:nicht|nie) (?:\w+ ){0,3}(?:stopp\w*|aufhör\w*|beend\w*|abbrech\w*|abgebrochen|schluss)\b|\bhören sie nicht auf\b",
    "fr": r"\b(?:pas|jamais) (?:\w+ ){0,3}(?:\w+')?(?:arrêt\w*|fini\w*|termin\w*|quitter|cesser)\b",
    "es": r"\bno (?:\w+ ){0,3}(?:parar|pare|terminar|termine|acabar|acabe|dejarlo|cortar|salir)\b",
    "ar": r"لا (?:اريد|أريد) (?:ان |أن )?(?:اتوقف|أتوقف|التوقف|انهاء|إنهاء)",
}
"""That it is not to end."""

YES: Mapping[str, str] = {
    "en": r"yes+|please(?=,)|m?hm+|mm+(?:-?hm+)?|uh-?huh|yeah|yep|yup|ya|yah|yea|aye|sure|affirmative|(?:absolutely|definitely|certainly|of course|obviously|naturally|please do)(?=$|[,.!])",
    "nl": r"ja+|jawel|jazeker|jep|jup|(?:natuurlijk|zeker|graag|absoluut|uiteraard)(?=$|[,.!])",
    "de": r"ja+|jawohl|jep|jo|joa|(?:natürlich|sicher|gerne?|selbstverständlich|klar|unbedingt)(?=$|[,.!])",
    "fr": r"oui+|ouais|(?:si|bien sûr|évidemment|volontiers|absolument|naturellement)(?=$|[,.!])",
    "es": r"sí+|sip|(?:si|claro|por supuesto|desde luego|naturalmente)(?=$|[,.!])",
    "ar": r"نعم|اجل|أجل|ايوه|أيوه|ايوا",
}
"""A plain yes: whatever is said after it says why, or what else is wished."""

TELLS = (
    r"^[\s,.;:!-]*(?:plenty (?:of|to)|more than|just about enough|it was|they (?:were|had|did)|there (?:was|were)|we (?:were|had|got))\b"
    r"(?!.*\b(?:nice|talk\w*|chat\w*|bye|thanks?|thank|boring|late|enough|all|done|everything|stop\w*|end\w*|finish\w*|quit\w*|leave|leaving|go|going|long|time|pointless|waste|useless|stupid|fun|pleasure)\b)"
)
"""An account behind a yes: of the subject, and not of the wish."""

AGREES: Mapping[str, str] = {
    "en": (
        r"(?:pretty |yes )?please(?: do)?|duh|obvs|too right|damn right|you bet|go on then|end it|(?:that is|that's|this is) correct|(?:(?:i|like i|as i) )?(?:did |have |already |just |clearly )*(?:say|said|tell you|told you|ask(?:ed)?(?: you)?|meant?)(?: (?:so|that|it|already|before|once|twice|to|for (?:that|it)))*(?:,? (?:didn't i|did i not|haven't i))?|(?:that's |that is |it's )?what i (?:have |just |already )*(?:said|asked|told you)|for the (?:second|third|fourth|last|umpteenth) time|how (?:many times|often)(?: .{1,30})?|absolutely|definitely|certainly|obviously|clearly|evidently|of course|naturally|indeed|exactly|precisely|totally|correct|right|agreed|ok(?:ay)?|k|fine|very well|all ?right"
        r"|i (?:guess|suppose|think|believe|reckon|hope)(?: so| yes)?|(?:i|it) (?:would|do|did|am|is|does|will)(?: indeed)?|you (?:may|can|could|should)|whatever(?: (?:you (?:want|like|say|think)|suits you))?|(?:if|as) you (?:like|want|wish|must|say|please)"
        r"|(?:i )?(?:don'?t|couldn'?t) (?:mind|care)(?: (?:either way|less))?|(?:sure,? )?why not|(?:may|might) as well|(?:that|it)(?:'s| is| would be)? ?(?:right|correct|it|fine|good|great|lovely|best|perfect|wonderful|the idea|nice|all right|ok(?:ay)?)|suits me|(?:fine|ok(?:ay)?) (?:by|with|for) me|by all means|go for it|do (?:it|that|so)|make it so|let'?s(?: do (?:it|that|so))?|gladly|with pleasure|that(?:'s| is|'d be| would be)? what i (?:want|wanted|said|meant|asked(?: for)?)|i(?:'d| would)? (?:like|want|wish|prefer|appreciate) (?:that|it|to)|rather,? yes|as i said|(?:i think|preferably) so|if (?:you don'?t mind|(?:that|it)(?:'s| is) (?:ok(?:ay)?|all right|possible|fine)|i (?:may|can))"
    ),
    "nl": r"logisch|tuurlijk|(?:dat )?(?:zei|zeg) ik(?: (?:toch|al|net|je|u))*|dat (?:heb ik|had ik) (?:toch |al |net )*gezegd|graag|alstublieft|alsjeblieft|zeker(?: weten)?|natuurlijk|uiteraard|vanzelfsprekend|absoluut|precies|inderdaad|doe (?:dat |het )?maar|prima|goed|akkoord|(?:dat is |is |vind ik )?(?:goed|prima|best|ok[eé]?)|(?:het is )?mij (?:best|goed)|ik (?:denk|geloof|neem) (?:het|van wel|dat|aan van wel)(?: wel)?|(?:dat )?(?:klopt|wil ik(?: wel| graag)?|mag(?: wel)?|zou fijn zijn)|liever wel|(?:zo)?als (?:u|je) (?:wilt|wil)|waarom niet|maakt (?:me |mij )?niet uit|dat zei ik (?:toch|al|net)|dat is wat ik (?:wil|zei)|laten we dat doen|eigenlijk wel|ok[eé]?",
    "de": r"(?:na )?logo|logisch|(?:das )?habe? ich (?:ihnen |dir |euch )?(?:doch |ja |schon |gerade |bereits |eben )*gesagt|ich habe? (?:es |das )?(?:ihnen |dir )?(?:doch |ja |schon |gerade |bereits |eben )*gesagt|sag(?:te)? ich (?:doch|ja)|klar|(?:na )?sicher|natürlich|selbstverständlich|gerne?|bitte(?: ja| gerne)?|genau|richtig|stimmt|absolut|unbedingt|auf jeden fall|offensichtlich|ok(?:ay)?|gut|ich (?:denke|glaube|schätze)(?: schon| ja)?|meinetwegen|von mir aus|(?:wie|wenn) sie (?:möchten|wollen|meinen)|in ordnung|einverstanden|warum nicht|(?:das |mir )?(?:ist (?:mir )?(?:egal|recht|gut|richtig)|passt(?: mir| schon)?|wäre (?:gut|schön|nett|mir recht))|machen sie (?:das|es|ruhig|nur)(?: bitte)?|das (?:sagte|wollte) ich(?: doch| ja)?|(?:das )?(?:möchte|will|würde) ich(?: (?:gern|gerne|jetzt|bitte|schon|doch))*|eigentlich schon|lieber schon",
    "fr": r"(?:bah |ben |mais )?oui|carrément|je (?:vous )?l'ai (?:déjà )?dit|c'est (?:bien )?ce que j'ai (?:dit|écrit|demandé),? (?:non|quoi|hein)|bien sûr(?: que oui)?|évidemment|naturellement|volontiers|s'il vous pla[iî]t|svp|tout à fait|absolument|exact(?:ement)?|certainement|d'accord|entendu|ok|je (?:crois|pense|suppose)(?: que oui| bien)?|(?:si|comme) vous (?:le )?(?:voulez|voudrez|souhaitez|préférez)|pourquoi pas|allez-y|faites(?:-le| donc| ça)?|je (?:veux|voudrais|préfère|préférerais|souhaite)(?: bien)?|ça me (?:va|convient)|c'est (?:ça|exact|bon|ce que (?:je (?:veux|voulais)|j'ai dit))|peu importe|ça m'est égal|plutôt(?: oui)?|avec plaisir",
    "es": r"que sí|pues (?:sí|claro)|(?:ya )?(?:se |te |os )?lo (?:he dicho|dije)(?: ya)?|eso he dicho|claro(?: que sí)?|por supuesto|desde luego|naturalmente|obviamente|evidentemente|por favor|exacto|exactamente|correcto|de acuerdo|vale|ok|bueno|(?:yo )?(?:creo|supongo|pienso|me parece)(?: que sí| bien)?|(?:si|como) (?:usted )?(?:quiera|quiere|prefiera|prefiere|desee|gusta)|por qué no|hágalo|eso (?:es|quiero|dije|mismo)|(?:me )?da igual|así es|ya lo dije|está bien|(?:lo )?(?:preferiría|prefiero|quiero|deseo)(?: así)?|me gustaría|con gusto|adelante,? termine",
    "ar": r"طبعا|بالتأكيد|أكيد|اكيد|حسنا|موافق|من فضلك|لو سمحت|أظن ذلك|اظن ذلك|كما تريد|لا مانع|هذا ما قلته",
}
"""What agrees when it is all that is said."""

WISH: Mapping[str, str] = {
    "en": (
        rf"\bi(?:'d| would| do| really| just| already| still| honestly)* (?:want(?:ed)?|wish|need|like|prefer|have|asked(?: you)?|told you(?: (?:that )?i want(?:ed)?)?) (?:it |this |you |for (?:it|this) )?to (?:just |really )?{_EN_END}(?: (?:here|it|this|now|please|already))*(?:$|[,.!?]| (?:the|this) interview)"
        r"|\bi (?:just |already |clearly )*(?:said|say|asked|typed|wrote|told you)(?: to| you| that| i want to)* ?[\"']?(?:please )?(?:stop|end|finish|quit|enough|no more|bye|goodbye|done|leave)\b"
        r"|\b(?:just|please|then|so|now) (?:end|stop|finish|close|quit|kill|drop)(?: (?:it|this|that|the interview))?(?: (?:now|already|please|then))*$|\b(?:end|stop|finish|close) (?:it|this|that)(?: (?:now|already|please|then|here))*$|\bend here\b|[,;:.!] (?:so |just |please |now )*(?:finish|stop|end|quit)(?: (?:it|now|here|please))*$|\bi(?:'m| am) (?:done|finished|leaving|out|off|going now)\b"
    ),
    "nl": r"\bik (?:wil|wilde|zou|moet|ga)(?: \w+){0,3} (?:stoppen|ophouden|beëindigen|weg|eindigen|afsluiten)\b|\bik (?:zei|heb)(?: \w+){0,4} (?:stop(?:pen)?|gestopt|klaar)\b|\bhou (?:nu |er )?(?:mee )?op\b|\bstop (?:nu|dan|maar)\b",
    "de": r"\bich (?:will|möchte|wollte|würde|muss)(?: \w+){0,4} (?:aufhören|beenden|abbrechen|stoppen|schluss|gehen|weg)\b|\bich (?:sagte|habe)(?: \w+){0,4} (?:stopp?|aufhören|beenden|schluss|genug)\b|\b(?:beenden|hören) sie (?:\w+ )?(?:es|das|auf)\b|\bschluss (?:jetzt|damit)\b",
    "fr": r"\bje (?:veux|voudrais|souhaite|voulais|préfère|dois)(?: \w+){0,3} (?:m')?(?:arrêter|terminer|finir|partir|quitter)\b|\bj'ai dit(?: \w+){0,4} (?:stop|d'arrêter|arrêter|fini|assez|terminer|arrêtez)\b|\b(?:arrêtez|terminez|finissons-en)(?: (?:maintenant|là|donc))?$",
    "es": r"\b(?:quiero|quisiera|quería|prefiero|necesito|deseo)(?: \w+){0,3} (?:parar|terminar|acabar|dejarlo|irme|salir|finalizar)\b|\b(?:ya )?(?:dije|he dicho)(?: \w+){0,4} (?:parar|pare|terminar|basta|stop|acabar|no más)\b|\b(?:termine|pare|acabe)(?: (?:ya|ahora|de una vez))*$",
    "ar": r"(?:اريد|أريد) (?:ان |أن )?(?:اتوقف|أتوقف|التوقف|انهاء|إنهاء)|قلت (?:لك )?(?:توقف|كفى|خلاص)",
}
"""The wish once more, within what else is said."""

_SIGNS = "\U0001f44d\U0001f44c\U0001f64f\U0001f4af\U0001f197\U0001f44b\U0001f6d1\u270b\u2705\u2714\u2611\U0001f51a\U0001f642\U0001f60a"
WILL_DO = rf"(?:[{_SIGNS}][\s!.\ufe0f\u200d\U0001f3fb-\U0001f3ff]*)+"
"""Signs that agree, or wave."""

MORE_FIRST = r"\b(?:first|before (?:that|we|i|you)|one (?:more|other|last) thing|(?:to|want to|let me) (?:add|say|tell|mention|ask)|eerst|(?:nog|wil) (?:\w+ )?(?:iets|zeggen|vertellen)|zuerst|vorher|noch etwas|d'abord|avant|encore|ajouter|primero|antes|añadir|agregar)\b"
"""Something that is wanted before it ends."""

ONE_MORE = r"\b(?:(?:one|another|some) (?:more|other|last) thing|something (?:else|more)|forgot|remember(?:ed)?|(?:also|still|just) (?:want(?:ed)? to|have to|wanna) (?:say|add|tell|mention)|(?:let me|to) add|nog (?:iets|één ding)|noch (?:etwas|was|eine sache)|encore (?:une chose|quelque chose)|(?:una|otra) cosa(?: más)?|quisiera añadir|quiero añadir)\b(?=.{12})"
"""The same, with what it is after it."""

LATER = r"\b(?:later|another (?:time|day)|tomorrow|tonight|some other time|next (?:week|time)|morgen|een andere keer|später|ein andermal|plus tard|demain|une autre fois|más tarde|luego|mañana|otro día)\b"
"""Another time: who says yes and this ends it now."""

BUT = r"(?:but|maar|aber|mais|pero|allerdings|alleen|only|though|just)\b"


@cache
def compiled(pattern: str) -> Late:
    """A pattern, made when it is first needed: most interviews are never asked whether to end."""
    return Late(pattern)


def leads(line: str, codes: tuple[str, ...]) -> re.Match[str] | None:
    """A yes at the head of a plain text, with what small words stand before it; `rest` is what follows."""
    some = "|".join(YES[code] for code in codes)
    before = r"oh|ah|well|hm+|um+|er+m?|look|ok(?:ay)?|and|so|nou|also|na|tja|eh+|euh|bon|ben|pues|bueno"
    form = rf"(?:(?:{before}){_GAP})*(?:{some})(?:{_GAP}(?:{some}))*(?:$|{_GAP})(?P<rest>.*)"
    return compiled(form).match(line)


def agrees(line: str, codes: tuple[str, ...]) -> bool:
    """Whether a plain text does nothing but agree."""
    if compiled(WILL_DO).fullmatch(line):
        return True
    some = "|".join((WILL_DO, *(f"{AGREES[code]}|{YES[code]}" for code in codes)))
    return compiled(rf"{_LOOSE}(?:(?:{some}){_LOOSE})+").fullmatch(line) is not None


_LOOSE = r"(?:[\s,.;:!\u2026'\"-]*(?:(?:well|then|now|and|ta|cheers|mate|very much|so much|a lot|thx|en|hoor|und|et|bien|pues|muchas|thanks|thank you|really|dan|nu|bedankt|dank u|dann|jetzt|danke|alors|maintenant|merci|entonces|ya|ahora|gracias|oh|ah|ok|okay)\b[\s,.;:!\u2026'\"-]*)*)"
