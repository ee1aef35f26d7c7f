"""What is typed in a few words where others write a sentence: "halfway yet?", "covered that", "huh, which
one do you mean". Whole sentences (`WHOLE`) and questions about the interview (`TOPICS`), by language.
"""

# ruff: noqa: E501 - a pattern is read best in one piece

from collections.abc import Mapping

_ONE = r"(?:this|that|it)(?: (?:one|question))?"
_ADV = r"(?:(?:really|just|actually|even|honestly|still|all|already) )*"
_HAVE_TO = rf"(?:(?:do|would) i {_ADV}(?:have|need) to|must i|have i {_ADV}(?:got )?to)"

WHOLE: Mapping[str, Mapping[str, str]] = {
    "en": {
        "skip": (
            rf"(?:can|could|may) (?:we|i|you) {_ADV}(?:do|try|have|take|get|ask) (?:me )?(?:another|a different|some other|something else)(?: (?:one|question|thing))?(?: instead)?"
            r"|not (?:this|that) one|let's leave (?:this|that)(?: one| question)?(?: be| out)?|moving (?:on|along)"
            rf"|(?:i'll |i will |i'd |i'm going to |gonna )?sit (?:this|that) one out|no (?:answer|reply)(?: from me)?(?: (?:on|to|for) {_ONE})?"
        ),
        "pause": (
            r"(?:hang on|hold on|wait|one sec|sorry),? (?:someone|somebody)(?:'s| is)? (?:at|knocking at|knocking on) (?:the|my) door|(?:the |my )?phone(?:'s| is) ringing,? (?:back|brb|i'll be back|give me) .{1,25}|"
            r"(?:the |my )?(?:phone|doorbell|door ?bell|bell)(?:'s| is)? (?:ringing|going)"
            r"|(?:i )?(?:(?:have|need|got|'ve got|gotta|must|will|'ll)(?: to)? )?(?:just )?(?:get|grab|answer|take) (?:the|this|a) (?:door|phone|call|doorbell)"
            r"|(?:someone|somebody|(?:the )?(?:postman|postwoman|postie|courier|delivery(?: guy)?|neighbou?r))(?:'s| is| are)? (?:just |now )?(?:at|knocking at|knocking on|banging on) (?:the|my|our) (?:front )?door"
            r"|(?:(?:the|my|our) )?(?:mum|mom|mother|dad|father|boss|manager|wife|husband|partner|daughter|son|school|nursery|office|someone|somebody)(?:'s| is| are) (?:just |now )?(?:calling|ringing|phoning)(?: me| now)?|sorry,? (?:(?:the|my|our) )?(?:baby|kids?|child|children|son|daughter|dog|toddler)(?:'s| is| are) (?:just |now )?(?:crying|screaming|awake|barking|fighting|up|calling|hungry)(?: .{1,20})?"
            r"|(?:i )?(?:'ve )?(?:have|need|got|gotta)(?: to)? (?:just |quickly )?(?:deal with|sort(?: out)?|see to|take care of|check) (?:something|sth|a thing|this)(?: .{1,20})?|(?:i )?(?:'ve )?got a call(?: coming in)?"
            r"|i(?:'ll| will) (?:be|come) back (?:after|at|by|soon|shortly|later|in)\b.{0,20}|(?:just )?let me (?:just )?(?:get|grab|make|fetch) (?:a|some|my|the) .{1,15}|hold that thought|(?:i )?need the (?:loo|toilet|bathroom|restroom)"
        ),
        "greeting": (
            rf"(?:(?:i'm|i am|we're) {_ADV}back|{_ADV}(?:here again|back again|back now|back with you))(?: (?:now|again|at last))*|sorry (?:about that|for that|for the (?:wait|delay|interruption))(?:,? (?:i'm|i am) (?:here|back)(?: (?:now|again))*)?|(?:i )?(?:got|was) (?:distracted|interrupted|called away)"
        ),
        "repeat": (
            r"where (?:were|are) we|where did we (?:stop|leave off|get to)|what were you (?:asking|saying)"
            r"|(?:sorry|wait|oh),? .{1,30},? (?:what was (?:the|your|that)(?: last)? question|where were we|what did you (?:ask|say))(?: again)?"
        ),
        "ack": r"(?:i'm )?ready when you are|fire away|shoot|go (?:right )?ahead|you'?re welcome",
        "dont_know": (
            r"nothing (?:really |just )?(?:springs|comes|jumps|pops) (?:to|into) mind(?: .{1,20})?"
            rf"|(?:i'd|i would|i'll) {_ADV}be guessing(?: .{{1,20}})?|(?:it's |that's |it is )?(?:been )?(?:too long|too far back|ages)(?: ago| back)?(?: for me)? to (?:remember|recall|say|tell)(?: .{{1,20}})?"
        ),
        "nothing_more": (
            r"not that i (?:can (?:think of|recall|remember)|know of|remember|recall|'m aware of|am aware of)(?: .{1,20})?"
            r"|all good(?: (?:here|from me|thanks))*"
        ),
        "no": r"not really(?:,? no)?|not particularly",
        "already_told": (
            rf"(?:i |i've |we |we've |have )*{_ADV}covered {_ONE}(?: (?:already|above|before|earlier))*"
            r"|see (?:my |the )?(?:last|previous|earlier|first|above|other) (?:answer|reply|message|one|response)|(?:the )?same answer(?: (?:as|like) (?:before|above|last time|the last one|i gave))?(?: again)?"
            rf"|(?:we|i)(?:'ve| have)? {_ADV}been (?:over|through) (?:all )?(?:this|that)(?: (?:already|before|once))*"
            rf"|i (?:literally|only|just|already|had) {_ADV}(?:told|tell|answered|said)(?: you)?(?: {_ONE})?(?: (?!them\b|him\b|her\b|the |my |our |his |their |everyone|people).{{1,15}})?"
        ),
        "complaint": (
            r"i (?:don't|do not) (?:understand|get|know|see) why you (?:keep|always|are always) .{1,40}|"
            r"(?:you|u) (?:just |really |clearly |still )*(?:don't|do not|aren't|are not) (?:get|getting) it(?:,? (?:do|are) (?:you|u))?"
            r"|(?:go )?read (?:back )?(?:my|the) (?:answers?|replies|messages?)(?: (?:again|properly|first|carefully))*"
            r"|(?:you|u)(?:'ve| have)? (?:totally |completely |just )*(?:misunderst(?:oo|an)d|misread|got)(?: (?:me|that|it|what i (?:said|wrote|meant)))(?: (?:all )?wrong)?"
        ),
        "clarify": (
            r"(?:your|these|the) questions? (?:are|is) (?:(?:really|a bit|very|quite|rather|too|so) )*(?:unclear|confusing|vague|hard to (?:understand|follow))(?: (?:to|for) me)?|what do you (?:call|count as|mean by|consider|understand by) .{1,60}|do you (?:want|need) .{1,40} (?:too|as well|also)|does .{1,40} count(?: (?:as .{1,20}|too|as well))?|"
            r"which (?:one|ones|of (?:them|those|these)|time|day|bit|part) do you mean|what (?:are|is) (?:you|that|this) (?:getting|driving|hinting) at"
            rf"|{_ONE} (?:makes no|doesn't make (?:any |much |a lot of )?) ?sense(?: to me)?|(?:the|your) question (?:makes no|doesn't make (?:any |much )?) ?sense(?: to me)?"
            r"|how (?:long|short|detailed|much detail|precise|exact) (?:should|must|does|do you want|may|can|would you like) (?:my |the |this |it |an )*(?:answers?|reply|this|it)?(?: (?:to )?be)?"
            r"|(?:is it|would it be|am i) (?:ok|okay|fine|all ?right|allowed)(?: if i| to) (?:just )?(?:use|write|answer|reply|give|keep|type) .{1,40}|(?:do|would) you (?:want|like|need|prefer) (?:me to give )?(?:a |an |the )?(?:long|short|detailed|full|quick|brief|exact)(?:er)? (?:answer|version|story|reply|one|account)"
        ),
        "misfit": (
            r"(?:that's |it's |this is )?not my (?:department|area|field|remit|responsibility)|(?:that|this|it|nothing like that|no such thing)(?: has)? (?:never )?(?:ever )?happened to me(?<!it happened to me)(?<!that happened to me)(?<!this happened to me)"
        ),
        "wrong_person": (
            r"(?:i (?:think|guess|believe|suspect) )?(?:this|it|that)(?: interview| invite| link| mail| email)? (?:was|is|must be|must have been|may be|might be) (?:probably |actually |really )?(?:meant|intended) for (?:my|someone|somebody|a|another|the) .{1,30}"
            r"|(?:i'm|i am) not (?:that|the|the right) person(?: (?:you|for) .{1,30})?|(?:this|the) (?:invite|invitation|link|mail|email|e-mail|interview|message|survey) (?:wasn't|isn't|was not|is not) (?:meant |intended )?for me"
        ),
        "refusal": r"i(?:'m| am) not (?:sure|certain|comfortable)(?: (?:that |if |whether )?i (?:want|wish|like|care)(?: to)?| (?:about )?(?:talking|sharing|answering|saying|telling))? ?(?:to )?(?:talk|speak|answer|share|say|tell|go)?(?: (?:about|into|to))?(?: (?:this|that|it|these|those)(?: here)?)+|(?:i'm |i am )?not comfortable (?:sharing|answering|talking about|saying|discussing|with)(?: (?:this|that|it)(?: one| question)?)?|prefer not(?: to)?|i(?:'d| would) (?:like|rather|prefer)(?: to)? (?:talk|speak) (?:about|of) something else|(?:can|could) we (?:talk|speak) about something else|(?:please )?stop (?:asking|going on)(?: me)? about (?:the|my|that|this|it) ?.{0,25}",
        "stop": r"i(?:'m| am) (?:(?:really|just|honestly|quite|so|far) )*too (?:tired|exhausted|sick|busy|upset|ill|drunk|sleepy) to (?:continue|go on|carry on|keep going|do (?:this|any more)|answer any ?more)|my (?:phone|battery|laptop)(?:'s)? .{1,30}(?:,|and|so)? ?i (?:have|need|must|'ve got|got)(?: to)? (?:stop|go|end)(?: (?:here|now))*|i (?:hereby )?withdraw(?: from (?:this|the) (?:interview|study))?",
        "shorten": r"(?:i'm |i am )?(?:(?:really|so|just|getting|quite) )*bored(?: (?:now|of this|with this|already))+",
    },
    "nl": {
        "greeting": r"(?:ik ben |we zijn )(?:er )?weer(?: terug)?(?: hoor)?|(?:ik ben )?(?:weer terug|er weer)|daar ben ik weer|sorry (?:daarvoor|voor het wachten|voor de onderbreking)",
        "repeat": r"waar waren we(?: gebleven)?",
        "ack": r"ga (?:je|uw) gang|kom maar op|graag gedaan",
        "skip": r"(?:mag ik |kunnen we |kan ik |geef me )?(?:een )?andere vraag(?: (?:krijgen|doen|graag))*|(?:deze|die) (?:vraag )?(?:even )?niet|(?:laten we )?(?:deze|die) (?:vraag )?(?:maar )?laten (?:zitten|liggen|rusten)|geen antwoord(?: (?:van mij|hierop|op deze(?: vraag)?))*",
        "pause": r"(?:er wordt aangebeld|de (?:telefoon|bel|deurbel) gaat|ik word gebeld|telefoon|ik moet (?:even )?(?:opendoen|opnemen|de (?:deur|telefoon) (?:opendoen|opnemen|pakken)))",
        "dont_know": r"er (?:schiet|komt) me (?:zo )?niets te binnen|(?:er|nu) (?:komt|schiet) (?:er )?(?:me )?niks (?:op|te binnen)|(?:dan )?zou ik (?:moeten )?(?:gokken|raden)(?: .{1,15})?|(?:dat is )?te lang geleden(?: .{1,20})?",
        "already_told": r"zie (?:mijn |het )?(?:vorige|eerdere|laatste) (?:antwoord|bericht)|zie (?:hier)?boven|zelfde antwoord(?: als .{1,20})?|(?:daar|dit|dat) hebben we (?:het )?al (?:over )?(?:gehad|besproken|behandeld)",
        "complaint": r"lees (?:gewoon )?(?:eerst )?(?:mijn|m'n|de) antwoorden(?: .{1,15})?|(?:u|je|jij) (?:snapt|begrijpt) (?:het|er|me) (?:echt )?(?:niet|niks|niets)(?: van)?|(?:u|je) (?:hebt|heeft) me (?:verkeerd|niet) begrepen",
        "clarify": r"welke (?:bedoelt|bedoel) (?:u|je)|waar (?:doelt|doel) (?:u|je) op|hoe (?:lang|uitgebreid|precies|gedetailleerd) (?:moet|mag) (?:mijn |het |dit )?(?:antwoord )?(?:zijn)?",
        "misfit": (
            r"dat is (?:mij|me) nooit (?:gebeurd|overkomen)|(?:dat is )?niet mijn (?:afdeling|gebied|taak)"
            r"|n\.?v\.?t\.?|niet van toepassing"
        ),
        "wrong_person": r"(?:ik denk dat )?(?:dit|deze (?:mail|uitnodiging|link)) (?:is |was )?(?:niet voor mij|voor (?:mijn|een|iemand) .{1,25})(?: (?:bedoeld|bestemd))?(?: (?:is|was))?",
        "refusal": r"(?:ik heb )?(?:hier )?geen zin(?: (?:in|om) .{1,25})?(?: in)?|hou(?:d)? (?:nou |eens |toch )*op met (?:die|deze|dat) (?:vragen|vraag|gevraag)?(?: .{1,30})?",
    },
    "de": {
        "greeting": r"(?:ich bin |bin |wir sind )?(?:wieder|jetzt wieder) (?:da|zurück|hier)|bin zurück|(?:sorry|entschuldigung) (?:dafür|für die (?:unterbrechung|pause))",
        "repeat": r"wo waren wir(?: stehen ?geblieben)?",
        "ack": r"schiessen sie los|legen sie los|nur zu|gern geschehen",
        "skip": r"(?:kann ich |können wir |geben sie mir )?(?:bitte )?(?:eine )?andere frage(?: (?:haben|bekommen|nehmen|bitte))*|(?:diese|die|das)(?: frage)? (?:lieber )?nicht|lassen wir (?:das|die|diese frage)(?: (?:mal|lieber))?|keine antwort(?: (?:von mir|dazu|darauf|auf diese frage))*",
        "pause": r"(?:es (?:klingelt|hat geklingelt)|(?:das|mein) (?:telefon|handy) (?:klingelt|läutet)|ich muss (?:kurz |mal )*(?:ran ?gehen|ans telefon|an die tür|zur tür))",
        "dont_know": r"(?:mir |da |gerade )*(?:fällt|fiel) (?:mir )?(?:dazu |da |gerade |jetzt |spontan )*nichts ein|da (?:müsste|würde) ich raten|(?:das ist )?(?:zu lange?|ewig) her(?: .{1,20})?",
        "already_told": r"siehe (?:meine |die )?(?:letzte|vorige|vorherige|obige) (?:antwort|nachricht)|siehe oben|(?:die )?(?:gleiche|selbe) antwort(?: wie .{1,20})?|(?:das|darüber) hatten wir (?:doch )?schon(?: .{1,15})?",
        "complaint": r"lesen sie (?:doch )?(?:mal |erst )*meine antworten(?: .{1,15})?|(?:sie|du) (?:verstehen|verstehst|kapieren|kapierst) (?:es|mich|das) (?:wirklich |einfach )*nicht|(?:sie|du) (?:haben|hast) mich (?:falsch|nicht) verstanden",
        "clarify": r"welche[ns]? (?:meinen sie|meinst du)|worauf (?:wollen sie|willst du) hinaus|wie (?:lang|ausführlich|genau|detailliert) (?:soll|muss|darf) (?:meine |die |das |es )?(?:antwort )?(?:sein)?",
        "misfit": r"(?:das|so etwas|sowas) ist mir (?:noch )?nie passiert|(?:das ist )?nicht meine? (?:abteilung|bereich|aufgabe|gebiet)",
        "wrong_person": r"(?:ich glaube,? )?(?:das|die (?:mail|einladung)|der link) (?:ist|war) (?:wohl |eigentlich )?(?:nicht für mich|für (?:meinen?|jemand) .{1,25})(?: (?:bestimmt|gedacht))?",
    },
    "fr": {
        "greeting": r"(?:je suis |me voilà |me revoilà )(?:de retour|revenue?)|me (?:re)?voilà|désolée? pour (?:ça|l'attente|l'interruption)",
        "repeat": r"où en (?:étions-nous|étiez-vous|était-on|on était)|on en était où",
        "ack": r"allez-y|je vous écoute|de rien",
        "skip": r"(?:on peut (?:avoir|passer à) |je peux avoir |donnez-moi )?une autre question|pas (?:celle-ci|celle-là|cette question)|laissons (?:celle-ci|celle-là|ça|cette question)(?: de côté)?|pas de réponse(?: (?:de ma part|à cette question|là-dessus))*",
        "pause": r"(?:on sonne(?: à la porte)?|(?:le|mon) téléphone sonne|je dois (?:répondre au téléphone|ouvrir(?: la porte)?|décrocher))",
        "dont_know": r"rien ne me vient(?: (?:à l'esprit|en tête|là|comme ça))*|(?:là )?je (?:ne )?ferais que deviner|(?:c'est |ça fait )?trop (?:loin|longtemps|ancien)(?: .{1,25})?",
        "already_told": r"voir (?:ma |la )?réponse (?:précédente|d'avant|ci-dessus)|voir (?:plus haut|ci-dessus)|(?:la )?même réponse(?: (?:que|qu') ?.{1,20})?|on (?:en )?a déjà (?:parlé(?: de ça)?|vu ça|fait ça)",
        "complaint": r"(?:relisez|lisez|lis|relis) (?:donc |un peu )?mes réponses(?: .{1,15})?|vous ne (?:me )?comprenez (?:vraiment )?(?:rien|pas)|vous m'avez mal compris",
        "clarify": r"(?:laquelle|lequel|lesquels|lesquelles) (?:voulez-vous dire|vous voulez dire|exactement)|où voulez-vous en venir|(?:ma |la )?réponse (?:doit être |doit-elle être )(?:longue|courte|détaillée)",
        "misfit": r"ça ne m'est jamais arrivé|(?:ce n'est )?pas mon (?:service|domaine|rayon)",
        "wrong_person": r"(?:je (?:crois|pense) que )?(?:ceci|c'|cette invitation|ce (?:lien|mail)|ça) ?(?:n'est|n'était|est|était) (?:pas pour moi|destinée? à .{1,25}|pour (?:mon|ma|quelqu'un) .{1,25})",
        "stop": r"merci(?: beaucoup)?,? (?:et )?(?:au revoir|bonne (?:journée|soirée|fin de journée))",
    },
    "es": {
        "greeting": r"ya (?:estoy|he vuelto|he regresado|volví)(?: (?:de vuelta|aquí))?|(?:ya )?estoy (?:de vuelta|aquí (?:otra vez|de nuevo))|perdón por (?:eso|la espera|la interrupción)",
        "repeat": r"(?:¿)?(?:por )?dónde (?:estábamos|íbamos|nos quedamos)",
        "ack": r"cuando quiera|dispara|de nada",
        "skip": r"(?:puede|podemos|puedo) (?:ser |tener |hacer |pasar a )?otra pregunta|otra pregunta|esta no|dejemos esta pregunta|(?:no hay |sin )respuesta(?: (?:mía|por mi parte|a esta pregunta))*",
        "pause": r"(?:(?:están )?llaman(?:do)? a la puerta|(?:me )?suena el (?:teléfono|móvil)|tengo que (?:abrir|contestar el teléfono|coger el teléfono)|me están llamando)",
        "dont_know": r"no se me ocurre nada(?: .{1,15})?|(?:eso )?sería adivinar|(?:hace|fue hace) demasiado(?: tiempo)?(?: .{1,20})?",
        "already_told": r"(?:ver|véase|mira|mire) (?:mi |la )?respuesta anterior|(?:ver )?(?:más )?arriba|(?:la )?misma respuesta(?: .{1,15})?|(?:eso|esto) ya lo (?:hemos (?:visto|hablado)|vimos|hablamos)",
        "complaint": r"(?:lea|lee|leed) mis respuestas(?: .{1,15})?|(?:usted |tú )?no (?:me )?(?:entiende|entiendes|está entendiendo|entendéis)(?: nada)?|me (?:ha|has) (?:mal ?entendido|entendido mal)",
        "clarify": r"¿?cuál (?:quiere|quieres) decir|¿?a qué (?:se refiere|te refieres) exactamente|¿?adónde (?:quiere|quieres) llegar|¿?cómo de (?:larga|detallada) (?:tiene que|debe) ser(?: .{1,15})?",
        "misfit": r"eso (?:a mí )?nunca me ha pasado|(?:eso )?no es (?:mi|de mi) (?:departamento|área|campo)",
        "wrong_person": r"(?:creo que )?(?:esto|la invitación|este (?:enlace|correo)) (?:no (?:es|era) para mí|(?:es|era) para (?:mi|otra|alguien) .{1,25})",
    },
}

TOPICS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "may_ask": (
            r"^(?:(?:ok|okay|hi|hello|hey|sorry|wait|but|well|first|please|actually|just|before (?:we|i) (?:start|begin|go on|continue|answer)) ){0,2}(?:(?:can|may|could|might) i (?:just |quickly |maybe |please |first )*ask (?:you )?(?:something|anything|(?:a|one) (?:\w+ )?(?:question|thing))"
            r"|is it (?:ok|okay|all right|alright|possible) (?:to|if i) ask (?:you )?(?:something|(?:a|one) (?:\w+ )?(?:question|thing))|(?:i|i(?:'ve| have)) (?:(?:have|got|just have|also have) )?(?:a|one) (?:quick |small |short |little )?question(?: for you| to you)?)(?: (?:first|too|please|quickly|now|as well|before (?:we|i) (?:start|begin|go on|continue|answer)))*$"
        ),
        "how_long": (
            r"^(?:is|will|are) (?:this|it|we) (?:be )?(?:(?:over|finished|done|ending|through)(?: any time| any)? soon|(?:nearly|almost) (?:it|at an end))$|^how much (?:of (?:this|it|the interview) )?(?:is|'s) (?:still |there )?left(?: .{1,15})?$"
            r"|^is there an end (?:to (?:this|it)|in sight)$|^(?:what|which) (?:question|number) (?:are we|am i|is this)(?: (?:on|at))?$|^(?:(?:am i|are we|is this) )?(?:at )?half ?-?way(?: (?:yet|there|through|done|already))*$"
            r"|^how many minutes(?: (?:more|left|are left|to go|still|is this))*$|^how(?:'s|s| is) the time(?: (?:looking|going))?$"
        ),
        "can_skip": (
            rf"^{_HAVE_TO} (?:answer|do|say|take part(?: in)?|go through|fill (?:in|out)|complete|tell you)(?: (?:this|that|it|these|those|anything|everything|every (?:one|question)|all|all of|them|the \w+))*$"
            r"|^(?:is|are) (?:it|this|that|these|they|the questions) {0,1}(?:all |really )*(?:compulsory|mandatory|obligatory|required|voluntary|optional)(?: to .{1,30})?$"
            r"|^am i (?:really |actually )?(?:obliged|required|forced|supposed|bound|made) to (?:answer|reply|take part|do|say|tell)\b.{0,30}$|^what (?:happens|will happen) if i (?:don't|do not|won't|refuse to|can't) (?:answer|reply|say|take part|do)\b.{0,20}$"
        ),
        "can_return": r"^(?:can|could|may) (?:we|i) (?:do (?:this|the rest)|continue|go on|carry on|resume|finish) (?:in (?:an? |\w+ )?(?:minutes?|mins?|hours?|bit|while|day or two|days)|after (?:lunch|dinner|work|school|my|the) ?.{0,20})$",
        "who_sees": r"^who(?:'?s| is) (?:going to|gonna) (?:read|see|get|hear) (?:this|it|that|these|my answers)(?: .{1,15})?$|^who(?:'s| is|'ll be| will be)? (?:all )?(?:reading|seeing|watching|getting|reviewing) (?:this|these|it|that|my answers|what i \w+)(?: .{1,15})?$",
        "can_change": r"^(?:(?:i(?:'d| would)? (?:want|like|need) you to |please |can you (?:please )?|could you (?:please )?)(?:forget|delete|erase|remove|take out|scrap) (?:what|everything|all(?: that)?|the (?:bit|part|answer|thing|stuff)) (?:i|about|where|that) ?.{1,50})$",
        "why": r"^what(?:'s| has| does)? (?:that|this|it) (?:got |have )?to do with (?:it|this|that|anything|the .{1,25})$",
        "human": r"^who is asking (?:me )?(?:this|that|these)\b.{0,30}$|^(?:is|are) (?:this|it|you) (?:just |really |actually )*(?:chat ?gpt|gpt\S*|claude|gemini|copilot|an? llm|siri|alexa|a script|a program|software)$",
    },
    "nl": {
        "may_ask": r"^(?:(?:hallo|sorry|wacht|maar|eerst|ok|oke|oké) ){0,2}(?:(?:mag|kan) ik (?:u |je |jou )?(?:even |ook |eerst |misschien )*(?:iets|wat|een(?: \w+)? vraag) (?:aan u |aan je )?(?:vragen|stellen)|ik heb (?:even |ook |eerst |nog )*een(?: (?:korte|kleine))? vraag(?:je)?)(?: (?:voor u|voor je|voor jou|aan u|eerst|vooraf|voordat we (?:beginnen|verder gaan)))*$",
        "how_long": r"^(?:is (?:het|dit) )?(?:bijna|haast) (?:klaar|voorbij|afgelopen|gedaan|zover)$|^(?:zijn we |ben ik )?(?:al )?(?:halverwege|op de helft)$|^bij welke vraag zijn we$|^is het (?:snel|gauw) (?:klaar|voorbij|afgelopen)$",
        "can_skip": r"^(?:is (?:dit|het|deelnemen) )?(?:allemaal )?(?:verplicht|vrijwillig)$|^(?:ben ik|word ik) (?:verplicht|gedwongen)\b.{0,30}$|^moet (?:dit|dat|het)(?: (?:echt|allemaal|nou|nu))*$|^wat (?:gebeurt er )?als ik niet (?:antwoord|meedoe)\b.{0,15}$",
        "why": r"^wat heeft (?:dat|dit) er ?mee te maken$",
        "who_sees": r"^wie (?:leest|ziet|krijgt) (?:dit|mijn antwoorden)(?: .{1,15})?$",
    },
    "de": {
        "may_ask": r"^(?:(?:hallo|entschuldigung|moment|aber|zuerst|ok) ){0,2}(?:(?:darf|kann|dürfte|könnte) ich (?:sie |dich |ihnen |dir )?(?:kurz |auch |zuerst |vorher |mal |bitte )*(?:etwas|was|eine(?: \w+)? frage) (?:fragen|stellen)|ich (?:habe|hätte) (?:kurz |auch |noch |da |mal )*eine(?: (?:kurze|kleine))? frage)(?: (?:an sie|an dich|für sie|zuerst|vorab|vorher|bevor wir (?:anfangen|weitermachen)))*$",
        "how_long": r"^(?:ist (?:das|es) |sind wir )?(?:bald|gleich|fast) (?:fertig|vorbei|geschafft|zu ende|durch|rum)$|^(?:sind wir |bin ich )?(?:schon )?(?:auf der hälfte|in der mitte|halb durch)$|^bei welcher frage sind wir$",
        "can_skip": r"^(?:ist (?:das|es|die teilnahme) )?(?:alles )?(?:pflicht|freiwillig|verpflichtend)$|^(?:bin ich|werde ich) (?:verpflichtet|gezwungen)\b.{0,30}$|^muss das(?: (?:sein|wirklich|jetzt))*$|^was (?:passiert|ist),? wenn ich nicht (?:antworte|mitmache)\b.{0,15}$",
        "human": r"^wer sind sie(?: (?:eigentlich|denn|überhaupt))*$",
        "who_sees": r"^wer (?:liest|sieht|bekommt) (?:das|meine antworten)(?: .{1,15})?$",
    },
    "fr": {
        "may_ask": r"^(?:(?:bonjour|pardon|attendez|mais|d'abord) ){0,2}(?:(?:est-ce que )?(?:je peux|je pourrais|puis-je|pourrais-je) (?:vous |te )?(?:d'abord |juste |aussi )*(?:demander quelque chose|poser une(?: \w+)? question)|j'(?:ai|aurais) (?:juste |d'abord |aussi )*une(?: (?:petite|brève))? question)(?: (?:pour vous|d'abord|avant de (?:commencer|continuer)|s'il vous plaît))*$",
        "how_long": r"^(?:c'est |on a |est-ce que c'est )?(?:bientôt|presque) (?:fini|terminé|la fin)$|^(?:on est |je suis |est-ce qu'on est )?(?:déjà )?à (?:la moitié|mi-chemin)$|^on en est à quelle question$",
        "can_skip": r"^(?:c'est |est-ce(?: que c'est)? )?(?:obligatoire|facultatif)(?: de .{1,30})?$|^(?:suis-je|je suis|est-ce que je suis) (?:obligée?|forcée?)(?: de .{1,30})?$|^(?:et )?si je ne réponds pas\b.{0,15}$|^(?:est-ce que )?(?:je dois|il faut) vraiment (?:faire ça|répondre|participer)$",
        "who_sees": r"^qui (?:lit|voit|reçoit) (?:ça|ceci|mes réponses)(?: .{1,15})?$",
    },
    "es": {
        "may_ask": r"^(?:¿)?(?:(?:hola|perdón|espere|espera|pero|antes) ){0,2}(?:(?:le |te )?(?:puedo|podría) (?:primero |también )*(?:hacer(?:le|te)?|preguntar(?:le|te)?) (?:antes )?(?:algo|una cosa|una(?: \w+)? pregunta)|tengo (?:también |antes )*una(?: (?:pequeña|breve))? (?:pregunta|duda))(?: (?:para usted|para ti|primero|antes(?: de (?:empezar|seguir))?|por favor))*$",
        "how_long": r"^(?:¿)?(?:ya )?(?:casi|pronto) (?:acabamos|terminamos|hemos terminado|termina|acaba|está)$|^(?:¿)?(?:vamos|estamos|voy) (?:ya )?(?:por|a) la mitad$|^(?:¿)?por qué pregunta vamos$",
        "can_skip": r"^(?:¿)?es (?:todo )?(?:obligatorio|voluntario|opcional)(?: .{1,25})?$|^(?:¿)?(?:estoy|me veo) obligad[oa](?: a .{1,30})?$|^(?:¿)?(?:y )?(?:qué pasa )?si no (?:contesto|respondo|participo)\b.{0,15}$|^(?:¿)?tengo que hacer(?:lo| esto)(?: .{1,15})?$",
        "why": r"^(?:¿)?(?:y )?(?:esto|eso) para qué (?:es|sirve)$|^(?:¿)?para qué es (?:esto|eso)$",
        "who_sees": r"^(?:¿)?(?:esto|eso) quién lo (?:lee|ve|va a leer)$|^(?:¿)?quién (?:lee|ve|recibe) (?:esto|mis respuestas)(?: .{1,15})?$",
    },
}
