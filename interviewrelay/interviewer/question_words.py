"""The words by which questions are built, in each language: what `question_rules` looks with.

All are parts of patterns over plain text (`words.plain`: small letters, `ss` for the sharp s).
"""

# ruff: noqa: E501 - a pattern is read best in one piece

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

NOTHING: Final = r"(?!)"
"""A part that a language does not have."""


@dataclass(frozen=True, slots=True)
class Forms:
    """`lead` may stand before a question; `wh` asks; `indirect` asks wherever it stands; `tell` invites,
    at the head; `telling` are verbs of telling and knowing, after which a polite question is open;
    `subordinate` begins a clause that comes before or after its question; `first` is a finite verb at
    the head, with what it is known by; `second` is a question that begins after `also` (and, but).
    """

    lead: str
    wh: str
    tell: str
    telling: str
    subordinate: str
    first: str
    also: str
    either: str
    second: str
    why: str
    negative: str
    tags: str
    agreeing: str
    rated: str
    ours: str
    such_as: str
    no_choice: str
    opposites: str
    about: str
    the: str
    times: str
    both: str
    pair: str = NOTHING


_ENGLISH: Final = Forms(
    lead=r"(?:(?:and|so|but|well|now|then|ok|okay|please)[, ]+)*",
    wh=r"(?:what|how|when|where|who|whom|whose|which|why)",
    tell=r"(?:tell|describe|explain|say|list|name|give|share)\b",
    telling=NOTHING,
    subordinate=r"(?:when|whenever|where|if|before|after|while|since|because|as|once|though)",
    first=NOTHING,
    also=r"(?:and|but)",
    either=r"or",
    second=NOTHING,
    why=r"how come\b(?!-)|why is it that\b",
    negative=NOTHING,
    tags=NOTHING,
    agreeing=NOTHING,
    rated=NOTHING,
    ours=r"our (?:\w+ly |new |very )?(?:excellent|great|wonderful|outstanding|superb|fantastic|amazing|brilliant|exceptional|first-class|world-class|award-winning|high-quality|popular|famous|beautiful|lovely|terrific|helpful|friendly|generous|improved)",
    such_as=NOTHING,
    no_choice=NOTHING,
    opposites=r"(?:like|liked|love|loved|enjoy|enjoyed) or (?:dislike|disliked|hate|hated|did not like|didn't like)|(?:good|well|right) or (?:bad|badly|wrong)|(?:positive|better|easier|easy|easily) or (?:negative|worse|harder|hard|difficult)|(?:advantages|strengths|benefits|pros) or (?:disadvantages|weaknesses|drawbacks|cons)"
    r"|, ?(?:(?:about|say|maybe|perhaps) )?(?:an?|\d+|two|three|four|five|six|seven|eight|nine|ten) [a-z]+ or (?:more|less|longer|fewer|later|earlier|so)$",
    about=r"(?:about|of|on)",
    the=r"(?:the|your|our|its|their)",
    times=r"(?:before|during|while|after|then|afterwards|since)",
    both=r"\b(?:both|between|together)\b",
)

_SIE: Final = r"(?:sie|ihnen|ihre?[nmrs]?|es|er|ich|du|dir|ihr|euch|man|wir|das|die|der|den|dem|dies\w*|jemand\w*|etwas|alle\w*|irgend\w*|ein\w*|kein\w*|viele|noch|schon|auch|sich|jetzt|heute|damals|dort|dabei)"
_DE_AUX: Final = r"(?:haben|hat|hatten?|sind|ist|war(?:en)?|wurden?|werden|wird|können|konnten?|könnten|sollten?|mussten?|müssen|wollten?|wollen|würden|gibt|gab|gehen|gingen|kam(?:en)?|gefiel|möchten|fanden|finden|fühlten)"
_GERMAN: Final = Forms(
    lead=r"(?:(?:und|aber|also|nun|dann|ja|bitte|so|gut|okay)[, ]+)*",
    wh=r"(?:(?:seit|bis|von|mit|für|zu|an|auf|in|bei|aus|um|nach|über|unter|durch|vor|ab) )?(?:was|wie|wann|wo|wer|wen|wem|wessen|welche[nmrs]?|warum|wieso|weshalb|wo(?:durch|mit|für|von|ran|rin|rauf|raus|rüber|nach|hin|her|zu|bei|gegen)|inwiefern|inwieweit)\b",
    tell=r"(?:erzählen|beschreiben|schildern|berichten|nennen|erklären|sagen|erläutern) sie\b|(?:erzähl|beschreib|schildere|berichte|nenne|erkläre)\b",
    telling=r"(?:erzählen|beschreiben|schildern|berichten|nennen|erklären|sagen|erläutern|wissen|erinnern|mitteilen|ausführen|eingehen|durchgehen|führen|geben|vorstellen|zeigen|denken|zurückdenken|erzählst|sprechen)",
    subordinate=r"(?:als|wenn|weil|dass|ob|um|nachdem|bevor|während|seit|seitdem|falls|obwohl|damit|sobald|da|ehe|bis)",
    first=rf"(?!(?:und|oder|aber|also|sonst|in|an|auf|bei|mit|nach|vor|für|von|zu|über|unter|seit|bis|der|die|das|den|dem|ein\w*|ihr\w*|sie|es|er|noch|etwa|danach|dann|dort|so|jetzt|heute|alle\w*|was|wie|als|wenn)\b)\w+ {_SIE}\b",
    also=r"(?:und|aber)",
    either=r"oder",
    second=rf"(?:(?:auch|dann|außerdem|ausserdem|danach|vielleicht) )?(?:(?:seit|bis|mit|für|zu|an|auf|von) )?(?:was|wie(?!der)|wann|wo|wer|wen|wem|welche[nmrs]?|warum|wieso|weshalb|wo(?:durch|mit|für|von|rin|ran|hin|her|zu))\b(?! auch immer)|{_DE_AUX} (?:sie|es|er|du|man|ihnen|das|ihre?|die|der)\b",
    why=r"(?:warum|wieso|weshalb)\b",
    negative=r"\w+ (?:sie|es|das|du|ihr|man|er)(?: auch| denn| es| das)* nicht\b|(?:finden|meinen|glauben|denken) sie (?:denn )?auch\b",
    tags=r"oder(?: nicht| etwa)?|nicht(?: wahr)?|richtig|stimmt's|stimmt das|gell|ja|nein|korrekt|finden sie nicht(?: auch)?|meinen sie nicht(?: auch)?",
    agreeing=r"\bwürden sie (?:nicht )?(?:auch )?(?:sagen|behaupten),? dass|\bstimmen sie (?:\w+ ){0,3}zu\b|\bsind sie (?:auch |nicht )?(?:der meinung|der ansicht|einverstanden)|\bgeben sie \w+ recht\b|\b(?:sicherlich|offensichtlich|selbstverständlich|zweifellos|bekanntlich)\b|\bdie meisten (?:leute|menschen|patienten|kunden|kollegen)? ?(?:finden|denken|sagen|meinen|glauben|wissen)\b|^sie (?:müssen|waren|fanden|hatten|sind|haben|wollten)\b[^,]*(?:,|$)"
    r"|\bwie viel (?:besser|schlechter|einfacher|schwieriger|schwerer|leichter|nützlicher|zufriedener|glücklicher)\b",
    rated=r"wie (?:sehr )?(?:toll|grossartig|wunderbar|fantastisch|super|schön|schlimm|schlecht|furchtbar|schrecklich|entsetzlich|grässlich|ärgerlich|nervig|frustrierend|enttäuschend|wütend|verärgert|sauer|zornig|frustriert|enttäuscht|traurig|begeistert|erfreut|unfair|peinlich|anstrengend|lästig|mühsam|stressig|angenehm|unangenehm|hervorragend|ausgezeichnet) (?:ist|sind|war|waren|fanden|finden|fühlte[nt]?|empfanden|wurden?|wirkte[n]?|machte[n]?)\b",
    ours=r"unser(?:e[nmrs]?)? (?:neue[nmrs]? )?(?:hervorragend|ausgezeichnet|toll|grossartig|wunderbar|fantastisch|exzellent|erstklassig|preisgekrönt|beliebt|hochwertig|freundlich|grosszügig|schön|verbessert)\w*",
    such_as=r"\bzum beispiel\b|\bbeispielsweise\b|\bz\. ?b\b|\bwie etwa\b|, (?:vielleicht|etwa|wie zum)\b",
    no_choice=r"\bmehr oder weniger\b|\b(?:ein|eine|eins|einmal|ein-) oder (?:zwei|zweimal|mehrere)\b|\boder (?:so|ähnlich\w*|nicht|anders\w*|irgend\w*)\b|\bfrüher oder später\b|\bso oder so\b|\bob\b",
    opposites=r"(?:gut|positiv|besser|leicht|leichter|einfach|hilfreich|richtig|angenehm|zufrieden|geholfen|schön) oder (?:schlecht|negativ|schlechter|schwer|schwerer|schwierig|hinderlich|falsch|unangenehm|unzufrieden|geschadet|gestört|hässlich|nicht)|(?:vorteile|stärken) oder (?:nachteile|schwächen)"
    r"|, ?(?:etwa |so |ungefähr )?(?:ein\w*|\d+|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn) \w+ oder (?:mehr|weniger|länger|später|früher|so)$",
    about=r"(?:von|über|zu|zum|zur|vom)",
    the=r"(?:de[rmns]|die|das|ihre?[nmrs]?|unsere?[nmrs]?)",
    times=r"(?:vor|vorher|bevor|während|nach|nachdem|nachher|danach|dabei)",
    both=r"\b(?:beide[nrs]?|zwischen|zusammen)\b",
    pair=r"wie (?:zufrieden|glücklich|leicht|schwer|hilfreich|nützlich|klar|wichtig|wahrscheinlich|freundlich|gut)\b[^?]*\bund (?:de[rmns] |die |das |ihre?[nmrs]? )?[\w-]+(?: \w+)?$",
)

_NL_AUX: Final = r"(?:heeft|hebt|had(?:den)?|bent|is|was|waren|zijn|werd(?:en)?|wordt|kunt|kon(?:den)?|zou(?:den)?|moest(?:en)?|wilde?n?|gaat|ging(?:en)?|deed|doet|vindt|vond(?:en)?|komt|kwam(?:en)?|voelde)"
_NL_SUBJECT: Final = r"(?:u|uw|je|jij|jou|jouw|hij|zij|ze|het|er|de|dat|dit|deze|die|iemand|iets|men|we|wij|een|geen|alle\w*|nog|al|ook|daar|toen|veel)"
_DUTCH: Final = Forms(
    lead=r"(?:(?:en|maar|dus|nu|dan|ja|goed|alstublieft|oké|ok)[, ]+)*",
    wh=r"(?:(?:sinds|tot|van|met|voor|aan|op|in|bij|uit|om|naar|over|door) )?(?:wat|hoe(?:veel|zo|lang)?|wanneer|waar\w*|wie|wiens|welke?)\b",
    tell=r"(?:vertel|beschrijf|noem|leg|schets|geef|zeg)(?:t u)?\b",
    telling=r"(?:vertellen|beschrijven|noemen|uitleggen|schetsen|geven|zeggen|weet|weten|herinneren|herinnert|toelichten|ingaan|delen|laten|vertelt|beschrijft|denken|denk|meenemen|doorlopen)",
    subordinate=r"(?:toen|als|wanneer|omdat|dat|of|om|nadat|voordat|terwijl|sinds|sindsdien|indien|hoewel|zodra|doordat|zodat|tot|zoals)",
    first=rf"(?!(?:en|of|maar|dus|verder|in|op|aan|bij|met|na|voor|van|naar|tot|over|onder|sinds|tijdens|de|het|een|dat|dit|u|uw|je|er|nog|daarna|toen|dan|daar|zo|nu|ook|alle\w*|wat|hoe|wie|als|geen)\b)\w+ {_NL_SUBJECT}\b",
    also=r"(?:en|maar)",
    either=r"of",
    second=rf"(?:(?:ook|dan|daarna|misschien|verder) )?(?:(?:met|voor|aan|op|van|door) )?(?:wat|hoe(?:veel|zo)?|wanneer|waar(?!onder|bij\b)\w*|wie|welke?)\b(?! (?:dan )?ook)|of\b|{_NL_AUX} (?:u|je|jij|het|er|hij|zij|ze|dat|uw|de|men)\b",
    why=r"(?:waarom|hoezo)\b",
    negative=r"\w+ (?:u|je|jij|het|dat|er|men)(?: ook| het| dan| dat)* niet\b|(?:vindt?|denkt?|gelooft?|meent?) (?:u|je|jij) (?:dan )?ook\b",
    tags=r"toch|niet(?: dan| waar)?|hè|nietwaar|klopt(?: dat)?|juist|ja|nee|of niet|vindt u (?:ook )?niet",
    agreeing=r"\bzou(?:dt)? (?:u|je) (?:niet )?(?:ook )?zeggen dat\b|\b(?:bent|ben) (?:u|je) het (?:er ?)?(?:ook )?(?:mee )?(?:met \w+ )?eens\b|\beens dat\b|\bgeeft u \w+ gelijk\b|\b(?:ongetwijfeld|vanzelfsprekend|uiteraard|overduidelijk)\b|\b(?:de meeste mensen|iedereen) (?:vinden|vindt|zeggen|zegt|denken|denkt|weet|weten)\b|^(?:u|je) (?:moet|was|vond|had|bent|hebt|heeft|wilde)\b[^,]*(?:,|$)"
    r"|\bhoeveel (?:beter|slechter|makkelijker|moeilijker|eenvoudiger|lastiger|nuttiger|tevredener|leuker)\b",
    rated=r"hoe (?:geweldig|fantastisch|prachtig|heerlijk|leuk|fijn|erg|slecht|vreselijk|verschrikkelijk|afschuwelijk|vervelend|irritant|frustrerend|teleurstellend|boos|kwaad|gefrustreerd|teleurgesteld|verdrietig|blij|enthousiast|oneerlijk|pijnlijk|stressvol|prettig|uitstekend|waardeloos) (?:is|zijn|was|waren|vond(?:en)?|vindt|voelde\w*|werd(?:en)?|maakte)\b",
    ours=r"(?:onze|ons) (?:nieuwe )?(?:uitstekende|geweldige|fantastische|prachtige|mooie|populaire|vriendelijke|voortreffelijke|bekroonde|hoogwaardige|verbeterde|fijne|goede)",
    such_as=r"\bbijvoorbeeld\b|\bbijv\b|\bbv\b|, (?:misschien|zoals (?:de|het|een|uw))\b",
    no_choice=r"\bmin of meer\b|\bmeer of minder\b|\b(?:een|één) of (?:twee|ander\w*|meer\w*)\b|\bal (?:dan niet|of niet)\b|\bof (?:zo|iets dergelijks|niet|anders)\b|\bvroeg of laat\b",
    opposites=r"(?:goed|positief|beter|makkelijk|makkelijker|prettig|tevreden|leuk|fijn|mooi|nuttig|geholpen) of (?:slecht|negatief|slechter|moeilijk|moeilijker|onprettig|ontevreden|vervelend|niet|lelijk|nutteloos|gehinderd|juist)|(?:voordelen|sterke punten) of (?:nadelen|zwakke punten)"
    r"|, ?(?:ongeveer |zo'n )?(?:een|één|\d+|twee|drie|vier|vijf|zes|zeven|acht|negen|tien) \w+ of (?:meer|minder|langer|later|eerder|zo)$",
    about=r"(?:over|van)",
    the=r"(?:de|het|uw|onze|ons)",
    times=r"(?:voor|voordat|vooraf|tijdens|terwijl|na|nadat|daarna|erna|achteraf)",
    both=r"\b(?:beide|tussen|samen)\b",
    pair=r"hoe (?:tevreden|blij|makkelijk|moeilijk|nuttig|duidelijk|belangrijk|waarschijnlijk|vriendelijk|goed)\b[^?]*\ben (?:de |het |uw )?[\w-]+(?: \w+)?$",
)

_FR_INVERTED: Final = r"[^\W\d_']+(?:-t)?-(?:vous|tu|il|elle|on|ils|elles|ce|nous)\b"
_FRENCH: Final = Forms(
    lead=r"(?:(?:et|mais|donc|alors|bon|bien|ensuite|s'il vous plaît)[, ]+)*",
    wh=r"(?:(?:depuis|jusqu'à|de|avec|pour|à|en|dans|par|sur|chez|pendant|d'|vers|sous) ?)?(?:qu'est-ce|que\b|qu'|quoi\b|comment\b|quand\b|d'où\b|où\b|qui\b|quel(?:le)?s?\b|lequel\b|laquelle\b|lesquel(?:le)?s\b|combien\b|pourquoi\b)",
    tell=r"(?:racontez|décrivez|parlez|expliquez|dites|citez|nommez|raconte|décris|parle)\b",
    telling=r"(?:raconter|décrire|parler|expliquer|dire|citer|nommer|préciser|savez|souvenez|rappelez|rappeler|détailler|revenir|évoquer|retracer|donner|partager|penser|montrer|développer)",
    subordinate=r"(?:quand|lorsque|lorsqu'|si|s'|parce|puisque|comme|avant|après|pendant|dès|depuis|tandis|afin|pour|bien que|alors que)",
    first=rf"(?:{_FR_INVERTED}|(?:est-ce|y a-t-il|y avait-il|n')\b|(?:vous|t|l|m)'?(?: |')?{_FR_INVERTED}|(?:[^\W\d_]+ )?{_FR_INVERTED}|c'était |(?:l[ea]s? |l'|votre |vos |ce |cette |ces |une? |des |quelqu'un |quelque chose |personne )(?:[^\W\d_'-]+ ){{0,4}}?(?:vous |les |leur |lui |se |en |y |s'|l')?{_FR_INVERTED}|(?:vous|te|le|la|les|leur|lui|en|y|ne|n') ?{_FR_INVERTED})",
    also=r"(?:et|mais)",
    either=r"ou",
    second=rf"(?:(?:aussi|ensuite|puis|peut-être) )?(?:(?:avec|pour|de|à|depuis|en|par) )?(?:comment|combien|pourquoi|quel(?:le)?s?|lequel|laquelle|lesquel(?:le)?s|qu'est-ce|est-ce|(?:que|qu'|qui|où|d'où|quand|quoi)(?= ?[^?]*{_FR_INVERTED}|$))(?:\b|(?<='))(?! que ce soit)|(?:[^\W\d_']+ |[^\W\d_]')?{_FR_INVERTED}",
    why=r"pourquoi\b",
    negative=rf"(?:ne |n')(?:[^\W\d_']+ |[^\W\d_]')?{_FR_INVERTED}[^?]*\b(?:pas|jamais)\b|est-ce que vous n(?:e |')[^?]*\bpas\b",
    tags=r"n'est-ce pas|non|oui|hein|pas vrai|d'accord|c'est (?:ça|vrai|exact)|vous ne trouvez pas|exact|correct",
    agreeing=r"\bêtes-vous (?:bien )?d'accord\b|\bdiriez-vous (?:aussi )?que\b|\b(?:évidemment|sûrement|bien sûr|sans (?:aucun )?doute|certainement|assurément)\b|\b(?:la plupart des (?:gens|personnes)|tout le monde) (?:pensent?|disent|dit|trouvent?|savent|sait|croi\w+)\b|^vous (?:devez|deviez|avez dû|étiez|êtes|avez trouvé|avez aimé)\b[^,]*(?:,|$)"
    r"|\bcombien (?:mieux|pire|plus (?:facile|utile|simple))\b|\bà quel point [^?]*\b(?:mieux|pire|meilleure?s?)\b",
    rated=r"(?:à quel point|combien) [^?]*\b(?:frustr\w+|énerv\w+|agaç\w+|agacé\w*|déc[eu]\w+|déçue?s?|fâché\w*|en colère|furieu\w+|triste\w*|contrarié\w*|terrible\w*|horrible\w*|affreu\w+|génial\w*|géniaux|formidable\w*|merveilleu\w+|fantastique\w*|excellente?s?|mauvaise?s?|pénible\w*|ravie?s?|enthousiaste\w*|injuste\w*|stressant\w*|désagréable\w*|agréable\w*)\b",
    ours=r"(?:notre|nos) (?:nouve\w+ )?(?:excellente?s?|formidables?|magnifiques?|superbes?|fantastiques?|merveilleu\w+|remarquables?|bons?|bonnes?|beaux|belles?)|(?:notre|nos) [^\W\d_]+ (?:exceptionnel\w*|excellente?s?|primée?s?|de qualité|remarquables?|formidables?)",
    such_as=r"\bpar exemple\b|\btel(?:le)?s? que\b|, (?:peut-être|comme (?:le|la|les|un|une|l')|genre)\b",
    no_choice=r"\bplus ou moins\b|\b(?:un|une) ou (?:deux|plusieurs|l'autre)\b|\bou (?:non|pas|autrement|presque)\b|\btôt ou tard\b",
    opposites=r"(?:aimé|plu|bien|bon|bonne|positi\w+|mieux|facile|utile|satisfaite?|agréable|aidé) ou (?:pas aimé|moins (?:aimé|plu)|détesté|déplu|mal|mauvaise?|négati\w+|pire|difficile|inutile|insatisfaite?|désagréable|gêné|non)|(?:avantages|points forts) ou (?:les )?(?:inconvénients|points faibles)"
    r"|, ?(?:environ )?(?:une?|\d+|deux|trois|quatre|cinq|six|sept|huit|neuf|dix) [^\W\d_]+ ou (?:plus|moins|davantage)$",
    about=r"(?:d[eu]s?|de l'|de la|sur|d'|à propos d[eu]s?)",
    the=r"(?:l[ea]s?|l'|d[eu]s?|d'|de l'|de la|votre|vos|notre|nos|du)",
    times=r"(?:avant|pendant|durant|après|ensuite|puis)",
    both=r"\b(?:entre|les deux|à la fois|ensemble)\b",
    pair=r"(?:à quel point|dans quelle mesure|êtes-vous)\b[^?]*\b(?:satisfaite?s?|contente?s?|facile|utile|clair|important|probable)\b[^?]*\bet (?:d[eu]s? |de l'|de la |l[ea]s? |l'|votre |vos )[\w-]+(?: \w+)?$",
)

_ES_WH: Final = r"(?:qué|cómo|cuándo|dónde|adónde|quién(?:es)?|cuál(?:es)?|cuánt[oa]s?)"
_SPANISH: Final = Forms(
    lead=r"(?:(?:y|e|pero|entonces|bueno|bien|pues|ahora|por favor|luego)[, ]+)*",
    wh=rf"(?:(?:desde|hasta|de|con|para|por|a|en|sobre|hacia|según) )?(?:{_ES_WH}|que|como|cuando|donde|quien(?:es)?|cual(?:es)?|cuant[oa]s?)\b",
    tell=r"(?:cuénteme|cuéntame|cuéntenos|describa|describe|hábleme|háblame|explique|explíqueme|explica|diga|dígame|nombre|relate)\b",
    telling=r"(?:cont[aá]r\w*|describ[ií]r\w*|hablar\w*|explic[aá]r\w*|dec[ií]r\w*|nombrar|relatar|sabe|contaría|describiría|explicaría|hablaría|recuerda|acuerda|recordar|detallar|compartir|pensar|dar(?:me)?|mencionar|profundizar|ampliar)",
    subordinate=r"(?:cuando|si|porque|aunque|mientras|antes|después|desde|al|para|como|donde|que|en cuanto|ya que)",
    first=r"(?!(?:y|o|u|e|pero|entonces|algo|más|en|a|al|de|del|con|por|para|sobre|desde|hasta|tras|durante|sin|según|el|la|los|las|un|una|unos|unas|lo|esto|eso|esa|ese|su|sus|todo|nada|alguien|algún|alguna|otra|otro|luego|después|antes|además|ahora|también|cuando|si|como|no obstante)\b)(?![^?]*[,;:] (?:[^\W\d_]+ )?(?:"
    + _ES_WH
    + r")\b)[^\W\d_]+ [^\W\d_]+",
    also=r"(?:y|e|pero)",
    either=r"[ou]",
    second=rf"(?:(?:también|luego|después|quizás?) )?(?:(?:con|para|de|a|en|desde|por|hasta) )?(?:{_ES_WH}|cuant[oa]s?|cual(?:es)?)\b(?! (?:sea|que))",
    why=r"(?:por qu[eé]|a qué se debe)\b",
    negative=r"no (?!obstante\b|tanto\b)[^\W\d_]+",
    tags=r"(?:no es )?(?:verdad|cierto|así)|no|sí|a que sí|no cree|no le parece|correcto|eh",
    agreeing=r"\bestá(?:s)? (?:usted )?de acuerdo\b|\bdiría (?:usted )?que\b|\b(?:seguramente|obviamente|por supuesto|sin duda|evidentemente|desde luego)\b|\b(?:la mayoría(?: de la gente)?|todo el mundo|todos) (?:piensan?|dicen?|creen?|saben?|opinan?)\b|^(?:usted )?(?:debió|debe|tuvo que) (?:de )?(?:sentirse|estar|ser|haber)\b|^(?:usted|tú) (?:estaba|era|es|está|fue|quería)\b[^,]*(?:,|$)|\bverdad que\b"
    r"|\bcuánto (?:mejor|peor|más (?:fácil|útil|difícil))\b",
    rated=r"(?:cómo de|qué tan|cuán) (?:frustrad|enfadad|enojad|molest|decepcionad|triste|content|feliz|entusiasmad|furios|mal[oa]|terrible|horrible|maravillos|fantástic|genial|excelente|estupend|increíble|injust|estresant|agotador|desagradable|agradable|frustrante|decepcionante|pésim)\w*",
    ours=r"(?:nuestr[oa]s?) (?:nuev[oa]s? )?(?:excelentes?|maravillos[oa]s?|fantástic[oa]s?|estupend[oa]s?|magnífic[oa]s?|gran(?:des)?|buen[oa]s?|excepcional(?:es)?)|(?:nuestr[oa]s?) [^\W\d_]+ (?:excelentes?|excepcional(?:es)?|maravillos[oa]s?|fantástic[oa]s?|estupend[oa]s?|magnífic[oa]s?|premiad[oa]s?|de calidad)",
    such_as=r"\bpor ejemplo\b|\btal(?:es)? como\b|, (?:quizás?|tal vez|como (?:el|la|los|las|un|una))\b",
    no_choice=r"\bmás o menos\b|\b(?:un|uno|una) (?:o|u) (?:dos|más|varios|varias|otr[oa])\b|\bo (?:no|algo así|así)\b|\btarde o temprano\b|\bde un modo u otro\b",
    opposites=r"(?:gust[óae]\w*|bien|buen[oa]|positiv[oa]|mejor|fácil|útil|satisfech[oa]|agradable|ayudó) o (?:no (?:le )?gust\w*|disgust\w*|mal|mal[oa]|negativ[oa]|peor|difícil|inútil|insatisfech[oa]|desagradable|estorbó|menos)|(?:ventajas|fortalezas) o (?:desventajas|debilidades)"
    r"|, ?(?:unos |unas )?(?:una?|\d+|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez) [^\W\d_]+ o (?:más|menos)$",
    about=r"(?:de|del|sobre)",
    the=r"(?:el|l[ao]s?|del?|su|sus|nuestr[oa]s?)",
    times=r"(?:antes|durante|mientras|después|luego|tras)",
    both=r"\b(?:entre|amb[oa]s|junt[oa]s)\b",
    pair=r"(?:cómo de|qué tan|cuán|en qué medida|está)\b[^?]*\b(?:satisfech[oa]s?|content[oa]s?|fácil|útil|clar[oa]|importante|probable)\b[^?]*\by (?:el |l[ao]s? |del? |su |con )*[\w-]+(?: \w+)?$",
)

FORMS: Final[Mapping[str, Forms]] = {
    "en": _ENGLISH,
    "nl": _DUTCH,
    "de": _GERMAN,
    "fr": _FRENCH,
    "es": _SPANISH,
}
