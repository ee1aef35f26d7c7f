"""How questions to the interviewer are built in the languages known here, whatever they are about."""

# ruff: noqa: E501 - a pattern is read best in one piece

from collections.abc import Mapping
from dataclasses import dataclass

from interviewrelay.interviewer.late import Late


@dataclass(frozen=True, slots=True)
class Forms:
    """Patterns over a plain sentence without end marks: how any question begins; which are put to
    the interviewer; which ask how its own question is meant; and what only looks like a question.
    """

    begins: Late
    to_us: Late
    clarifies: Late
    rhetorical: Late


def _forms(begins: str, to_us: str, clarifies: str, rhetorical: str) -> Forms:
    return Forms(*map(Late, (begins, to_us, clarifies, rhetorical)))


FORMS: Mapping[str, Forms] = {
    "en": _forms(
        r"^(?:in |about |for |with |on |to |by |at )?(?:what|which|who|whom|whose|when|where|why|how)(?:'s|'re|'ll|'d)?\b"
        r"|^(?:do|does|did|is|are|am|was|were|can|could|may|might|will|would|should|shall|must|have|has|had|isn't|aren't|don't|didn't|can't|won't|haven't|weren't)"
        r" (?:i|you|u|we|they|he|she|it|this|that|these|there|the|my|your|our|any\w*|some\w*|people|others?|many|most|every\w*)\b"
        r"|^(?:you|u) (?:mean|want|need)\b|^any (?:chance|way)\b",
        r"^(?:do|are|will|can|could|would|did|don't|aren't|weren't|didn't|won't|have|haven't) (?:you|u)\b"
        r"|^(?:what|why|who|where|when|which)(?: \w+)? (?:do|are|will|would) (?:you|u)\b|^what(?:'s| is) your\b|^who (?:pays|made|built|wrote|sent) (?:you|u|this)\b"
        r"|^(?:can|may|do|will|should|must|am|shall) i\b|^(?:how|where|when) (?:do|can|could|will|would|may) i (?:know|get|see|contact|reach|read|find|hear|learn)\b|^will (?:my|this|it|anyone|somebody|someone) "
        r"|^(?:is|isn't) (?:that|this|it) (?:even |really |at all )?(?:normal|usual|common|okay|ok|allowed|legal|to be expected)\b|^(?:does|do|did|is|are|has|have) (?:that|this|it|it all|the same)? ?(?:happen|happens|common|usual|the same) (?:to|for|with|among) (?:the )?(?:other|others|many|most|every)\w*|^(?:do|does|did|have|has) (?:the )?(?:others|other \w+|many(?: people)?|most(?: people)?|everybody|everyone|anyone else) (?:say|says|feel|feels|have|has|get|gets|report|said|told|complain|mention)\w*",
        r"^(?:do|did) (?:you|u) mean\b|^(?:you|u) mean\b|^(?:is|are) (?:this|that|you) (?:about|asking about)\b"
        r"|^(?:about |for |in |on |with |from )?(?:which|what|whose)(?: (?!(?:is|are|was|were|do|does|did|will|would|can|if|about|happens|the)\b)[\w'-]+){0,2}(?: (?:do|are|did) (?:you|u) (?:mean|asking about|talking about|refer(?:ring)? to|want)(?: .{1,60})?| exactly)?$"
        r"|^what(?: .{1,30})? do (?:you|u) (?:mean|want (?:me )?to (?:know|hear|tell|say|write)|want)\b|^(?:what|which) (?:part|kind|sort|type|aspect|day|visit|time|one)\b"
        r"|^how (?:detailed|long|exact|specific|precise|much|honest|far back|personal) (?:should|do|must|shall|may|can|does) (?:i|you|it|my)\b"
        r"|^(?:what|where|how much|how|with what) (?:should|shall|do|must|am) i (?:(?:supposed|need|have) to )?(?:say|tell|write|start|begin|answer|describe|include|mention)\b"
        r"|^(?:should|shall|do|must) i (?:(?:have|need) to )?(?:start|begin|tell|describe|include|talk|mention|say|write|answer)\b|^(?:can|may) i (?:start|begin|include|mention)\b|^(?:when|where|who|how so|how|like what|since when|with whom|in general)$",
        r"^you know\b|^(?:do )?you know what\b|^(?:can|could|would) you (?:believe|imagine)\b|^know what\b|^(?:you )?see$|^what if\b|^who knows\b|^why not$"
        r"|^(?:what|how|why|who|where) (?:else )?(?!(?:can|could) i (?:read|see|find|get|hear|learn|contact|reach)\b)(?:could|would|did|can|should|was|were|has|had) (?:i|he|she|they|we|people|any\w*|some\w*|one|that|this|it|the|my)\b|^who (?:else )?(?:does|would|could|wants|needs|has|can|cares)\b"
        r"|^(?:is|was|isn't|wasn't) (?:it|there) (?:any wonder|too much)\b|^what (?:more|else) (?:can|is|was|could)\b|^how (?:hard|difficult) (?:can|is)\b",
    ),
    "nl": _forms(
        r"^(?:in |over |voor |met |op |van )?(?:wie|wat|waar\w*|wanneer|waarom|hoe\w*|welke?)\b"
        r"|^(?:krijg|kan|kunt|kun|mag|moet|wil|wilt|bent|ben|is|zijn|heeft|hebt|heb|zal|zult|zou|bedoelt|bedoel|gaat|gaan|doet|wordt|worden|weet|leest|luistert|komt|stuurt|klopt|hoort|begrijpt|zeggen|horen|hebben|gebeurt|overkomt) (?:ik|u|je|jij|jullie|we|ze|er|het|dit|dat|deze|die|de|mijn|uw|iemand|andere[n]?|veel)\b|^(?:u|je) bedoelt\b",
        r"\b(?:u|uw|jullie|jij)\b|^(?:krijg|kan|mag|moet|zal) ik\b|^hoe (?:weet|kan|krijg) ik\b|^(?:kun|ben|bedoel|wil|heb|weet) je\b|^is (?:dat|dit|het) (?:eigenlijk |wel )?(?:normaal|gebruikelijk|toegestaan)\b|^(?:zeggen|hebben|horen) (?:de )?(?:anderen?|andere \w+|veel mensen)\b|^(?:gebeurt|overkomt) (?:dat|dit)\b",
        r"^bedoel(?:t u|t|  ?je| jij)?\b|^(?:u|je) bedoelt\b|^(?:gaat|is) (?:dit|het|dat) over\b|^(?:in |over |voor |met |op |van )?(?:welke?|wat voor)(?: [\w'-]+){0,2}(?: bedoelt u.*| bedoel je.*)?$"
        r"|^wat (?:bedoelt|wilt|wil) (?:u|je)\b|^hoe (?:uitgebreid|gedetailleerd|lang|precies|persoonlijk|ver) (?:moet|mag|wilt|wil|zal) (?:ik|u|je|het)\b"
        r"|^(?:wat|waar|hoe) (?:moet|zal|kan|mag) ik (?:dan )?(?:zeggen|vertellen|schrijven|beginnen|antwoorden|noemen)\b|^(?:moet|mag|zal) ik .{0,30}\b(?:beginnen|vertellen|beschrijven|noemen|zeggen)$|^(?:wanneer|waar|wie|hoezo|hoe|welke)$",
        r"^(?:weet|snapt|snap|begrijpt) (?:je|u)(?: wel)?$|^wie (?:doet|wil|zou|kan|weet|heeft)\b|^wat (?:kon|moest|had) (?:ik|ze|hij|zij|we)\b|^hoe (?:kon|kan|kun) (?:je|ze|hij|zij|dat)\b|^waarom (?:zou|moest|kon|hebben|heeft|was|is er) ",
    ),
    "de": _forms(
        r"^(?:in |über |für |mit |auf |von |an |zu )?(?:wer|wen|wem|was|wo\w*|wann|warum|weshalb|wie\w*|welche[rsnm]?)\b"
        r"|^(?:kann|können|könnten|darf|dürfen|muss|soll|sollte|ist|sind|bin|bekomme|kriege|werde|werden|wird|haben|hat|habe|meinen|meinst|wollen|möchten|gibt|geht|geben|lesen|hören|wissen|schicken|stimmt|verstehen|bist|kannst|hast|sagen|berichten|passiert) (?:ich|sie|du|wir|man|es|das|dies\w*|die|der|mein\w*|ihr\w*|jemand|mir|andere|viele)\b|^(?:sie meinen|du meinst)\b",
        r"^\w+ (?:sie|du) \b|^\w+ (?:sie|du)$|\b(?:ihnen|ihr|ihre|ihren)\b|^(?:kann|darf|muss|soll|bekomme|kriege|werde) ich\b|^wie (?:weiss|kann|erfahre|bekomme) ich\b|^\w+ \w+ (?:sie|du)\b|^ist (?:das|es|so etwas|sowas) (?:denn |eigentlich |überhaupt )?(?:normal|üblich|erlaubt)\b|^(?:sagen|haben|berichten) (?:das )?(?:die |das )?(?:anderen?|andere \w+|viele)\b|^(?:passiert|geht) (?:das|es) (?:auch |den )*ander\w*",
        r"^meinen sie\b|^meinst du\b|^(?:sie meinen|du meinst)\b|^(?:geht es|ist das) (?:hier )?um\b|^(?:in |über |für |mit |auf |von |an |zu )?(?:welche[rsnm]?|was für)(?: [\w'-]+){0,2}(?: meinen sie.*| meinst du.*)?$"
        r"|^was (?:meinen|wollen|möchten) sie\b|^wie (?:ausführlich|genau|detailliert|lange?|persönlich|viel|weit) (?:soll|muss|darf|wollen|möchten) (?:ich|sie|es)\b"
        r"|^(?:was|wo|womit|wie) (?:soll|muss|kann|darf) ich (?:denn )?(?:sagen|erzählen|schreiben|anfangen|beginnen|antworten|nennen)\b|^(?:soll|muss|darf) ich .{0,30}\b(?:anfangen|beginnen|erzählen|beschreiben|nennen|sagen)$|^(?:wann|wo|wer|wieso das|inwiefern|welche[rsn]?)$",
        r"^(?:wissen|verstehen|weisst|verstehst) (?:sie|du)(?: was ich meine)?$|^wer (?:macht|will|würde|kann|weiss|hat)\b|^was (?:konnte|sollte|hätte|soll) (?:ich|er|man|sie)(?! (?:sagen|erzählen|schreiben|antworten))\b|^(?:warum|wieso|wie) (?:konnte|konnten|sollte|hätte|kann man|gibt es|haben die|hat) ",
    ),
    "fr": _forms(
        r"^(?:à |de |pour |avec |sur |dans |et |en |jusqu\'(?:à|où) )?(?:qui|que|qu'\w+|quoi|quel\w*|où|quand|comment|combien|pourquoi|lequel|laquelle)\b|^(?:est-ce|est-il|c'est)\b"
        r"|^\S+-(?:je|tu|vous|il|elle|on|ils|ce|t-il|t-elle|t-on)\b|^je (?:peux|dois|suis|vais|serai|pourrai)\b|^(?:vous|tu) (?:\w+ )?(?:parlez|voulez|pouvez|êtes|avez|allez|m'|me|lisez|écoutez|pensez|veux|peux|es|as|dites)",
        r"\b(?:vous|votre|vos|tu)\b|-(?:vous|tu)\b|^(?:est-ce que je|puis-je|dois-je|vais-je|je peux|je dois|je vais|serai-je|suis-je)\b|^comment (?:puis-je|je peux|savoir|je sais)\b|^(?:est-ce (?:que c'est )?|c'est )(?:bien |vraiment )?(?:normal|habituel|courant|autorisé)\b|^(?:est-ce que )?(?:les|d'|beaucoup d')(?: )?autres\b|^(?:est-ce que )?(?:ça|cela) arrive\b",
        r"^(?:est-ce que )?vous (?:voulez|vouliez) (?:dire|parler)\b|^vous parlez d\w*|^(?:voulez|parlez)-vous (?:dire|parler|d\w*)\b|^tu (?:veux dire|parles)\b|^(?:à |de |pour |avec |sur |dans )?quel(?:le)?s?(?: [\w'-]+){0,2}(?: (?:voulez-vous dire|parlez-vous|dites-vous).*)?$"
        r"|^(?:de quoi|à quoi) (?:parlez-vous|pensez-vous)|^(?:jusqu'à quel point|avec combien de détails|à quel point|en combien de mots).{0,40}$|^(?:que|quoi|qu'est-ce que|par où|comment|où|combien) (?:dois-je|puis-je|je dois|faut-il|est-ce que je dois)(?: \w+)? ?(?:dire|raconter|écrire|commencer|répondre|décrire|détailler)\b|^(?:dois-je|je dois|est-ce que je dois) .{0,30}(?:commencer|raconter|décrire|détaillée?|dire)\b|^(?:quand|où|qui|lequel|laquelle|comment ça)$",
        r"^vous (?:voyez|savez|comprenez)$|^qui (?:sait|fait|voudrait|peut)\b|^que (?:pouvais|pouvait|voulez)-(?:je|on|vous)$|^comment (?:peut-on|ont-ils|est-ce possible)\b|^pourquoi (?:n'y|il n'y|y a|ont-ils|est-ce qu'il)",
    ),
    "es": _forms(
        r"^(?:a |de |en |para |con |sobre |por )?(?:quién\w*|qué|cuál\w*|dónde|cuándo|cómo|cuánt\w*)\b"
        r"|^(?:puedo|puede|pueden|podría|debo|tengo que|me (?:pagan|pagarán|puede|pueden|van|oye|escucha|lee|está)|es (?:esto|eso|normal|usted|posible)|está (?:usted|ahí|escuchando|oyendo)|hay (?:alguna?|un)|se refiere|quiere (?:decir|que)|va a|habla de|sabe (?:usted|si)|usted|(?:(?:esto|eso) )?(?:les? )?(?:pasa|ocurre) (?:esto |eso )?a|(?:otr[oa]s|los demás)(?: \w+)? (?:dicen|cuentan))\b",
        r"\busted(?:es)?\b|^(?:puedo|puede|podría|debo|me (?:pagan|pagarán|puede|pueden|van|oye|escucha|lee|está)|quiere|está (?:usted|ahí|escuchando))\b|^cómo (?:sé|puedo)\b|^quién (?:le|te) paga\b|\b(?:se llama|su nombre|tu nombre)\b|^es (?:esto|eso)? ?(?:normal|habitual|común|legal)\b|^(?:(?:esto|eso) )?(?:les? )?(?:pasa|ocurre) (?:esto |eso )?a (?:otr|much|los demás)\w*|^(?:otr[oa]s|los demás)(?: \w+)? (?:dicen|cuentan)\b",
        r"^(?:se refiere|quiere decir|habla de)\b|^(?:a |de |en |para |con |sobre )?(?:qué|cuál)(?: (?!hora\b|hay\b|pasa\b)[\w'-]+){0,2}(?: (?:se refiere|quiere decir|habla).*)?$"
        r"|^(?:cómo de|con cuánto|qué tan) (?:detallad\w|detalle|larg\w|precis\w|extens\w)\b.{0,40}$|^(?:qué|cómo|por dónde|dónde|cuánto) (?:debo|tengo que|puedo|he de) (?:decir|contar|escribir|empezar|contestar|responder|detallar)\b|^(?:debo|tengo que) .{0,30}(?:empezar|contar|describir|decir)\b|^(?:cuándo|dónde|quién|cuál|cómo así)$",
        r"^(?:sabe|entiende|me entiende|ve|sabes)$|^quién (?:sabe|hace|quiere|puede)\b|^qué (?:podía|iba a|más)\b|^cómo (?:pueden|es posible|podían)\b|^por qué no (?:hay|tienen|pueden)\b",
    ),
    "ar": _forms(
        r"^(?:هل|لماذا|كيف|من|ما|ماذا|متى|أين|اين|كم|أي|اي|ليش)(?: |$)",
        r"^هل (?:انت|أنت|يمكنك|يمكنني|استطيع|أستطيع)|^(?:من|ما) (?:انت|أنت|اسمك)",
        r"^(?:هل )?تقصد|^(?:أي|اي) \S+(?: تقصد)?$",
        r"^من يدري$",
    ),
}
