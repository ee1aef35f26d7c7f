"""How people end it, take it back, pause, or lose patience: more words for the acts of all languages.

Each is a whole sentence, so that what is only told of ("I had enough of the waiting") stays an answer.
"""

# ruff: noqa: E501 - a pattern is read best in one piece

from collections.abc import Mapping

_INTERVIEW = r"(?:the|this) (?:interview|conversation|call|chat|survey|session|study)"
_MAY_I = r"(?:(?:can|may|could|might) (?:i|we)|am i (?:allowed|free) to|is it (?:ok|okay|possible|fine|all right) (?:to|if i)|how (?:do|can|could) (?:i|we))"
_EN_ON = rf"(?:(?:take|taking) part|participat(?:e|ing)|be (?:a )?part of (?:this|it)|be interviewed|(?:do|doing) (?:this|{_INTERVIEW})|continue|go(?:ing)? on|carry on|keep going|be here|answer(?:ing)? (?:any ?more )?(?:of )?(?:your|these|more)? ?questions|talk to you|go (?:any )?further)"
_NL_UIT = r"(?:stoppen|ophouden|afsluiten|afbreken|kappen|beëindigen|weggaan|eruit stappen)"
_DE_AUS = r"(?:aufhören|abbrechen|beenden|stoppen|aussteigen|schluss machen|gehen)"
_FR_FIN = (
    r"(?:arrêter|m'arrêter|terminer|finir|en rester là|abandonner|quitter|me retirer|partir)"
)
_ES_FIN = r"(?:parar|terminar|acabar|dejarlo|detener|detenerme|salir|retirarme|abandonar|cancelar|irme|interrumpir)"

WHOLE: Mapping[str, Mapping[str, str]] = {
    "en": {
        "stop": (
            rf"i (?:(?:really )?(?:don'?t|do not)|no longer|don'?t think i) (?:really |even )?(?:want|wish|feel like) ?(?:to )?{_EN_ON}"
            rf"(?: (?:any ?more|any longer|now|today|(?:in|with) (?:this|it|{_INTERVIEW})))*"
            rf"|i(?:'d| would)? (?:rather|prefer) (?:to )?not (?:to )?{_EN_ON}(?: (?:any ?more|any longer|now|with (?:this|it)))*"
            r"|i(?:'ve| have) had (?:more than |quite |really )?enough(?: (?:of (?:this|it|that|(?:these|your|the) questions|you|this interview)|now|for (?:today|now)))*"
            rf"|(?:i (?:want|would like|need|wish) to |i'd like to |can we |can i |let'?s |please )?(?:cancel|abort|terminate)(?: (?:it|this|now|here|please|{_INTERVIEW}))*"
            r"|(?:please )?no more(?: of (?:this|these|it)(?: questions)?)?|we(?:'re| are) (?:done|finished|through)(?: (?:here|now|with (?:this|the interview)))*|i want out|let me (?:go|out)|(?:please )?get me out(?: of (?:here|this))?|(?:that'?s it,? )?i'?m (?:leaving|off|outta here|out of here)|let'?s call it a day"
            rf"|{_MAY_I} (?:stop|quit|end|finish|exit|leave)(?: (?:here|now|there|this|it|early|{_INTERVIEW}))*"
        ),
        "withdraw": (
            r"i (?:really )?(?:do not|don'?t|no longer) (?:want|wish) to (?:participate|take part|be (?:a )?part of (?:this|it))(?: (?:in (?:this|it|the (?:study|interview))|any ?more|any longer|now))*"
            r"|i (?:do not|don'?t|no longer|never|didn'?t|did not) (?:give (?:my |you )?)?consent(?: (?:to (?:this|it|that|any of (?:this|it)|\w+ing \w+|be(?:ing)? \w+|the \w+)|any ?more|any longer))*"
            rf"|i (?:no longer agree|(?:don'?t|do not) agree (?=to|any))(?: ?(?:to (?:this|it|that|any of (?:this|it)|{_INTERVIEW}|take part)|with (?:this|it)|any ?more|any longer))*"
            rf"|i(?:'d| would)? ?(?:want to|wish to|like to|need to|am|'m|hereby|must|will|'ll)? ?(?:withdraw(?:ing)?|revok(?:e|ing)|retract(?:ing)?|tak(?:e|ing) back) (?:my (?:consent|agreement|participation|permission|answers)|everything(?: i(?:'ve)? said)?|from (?:this|it|{_INTERVIEW}))(?: (?:now|please))*"
            r"|(?:i (?:want|wish|would like|need) to |i'd like to |please )?withdraw(?: me)?"
            r"|(?:please |can you |could you |just )?forget (?:everything|all|anything)(?: of it)?(?:(?: that)? i(?:'ve| have)? (?:said|told you|written|wrote))?|(?:please |just )?forget what i(?:'ve| have)? (?:said|told you|written|wrote)"
            r"|(?:please |i want you to |you must )?(?:delete|erase|remove) (?:all (?:of )?)?(?:my (?:answers?|data|responses|interview)|everything(?: i(?:'ve)? said)?)(?: (?:now|please))*"
        ),
        "pause": (
            rf"{_MAY_I} (?:pause|take a (?:short |quick |little )?(?:break|pause|breather)|have a (?:short |quick |little )?(?:break|pause))(?: (?:here|now|this|it|{_INTERVIEW}|for .{{1,20}}))*"
        ),
        "clarify": r"what(?:'s| is| are) .{1,40} (?:supposed|meant) to (?:mean|be)|what counts as .{1,40}|(?:i )?(?:(?:really )?(?:do not|don'?t) know|have no idea|no idea) what (?:you mean|you're asking|you are asking|that means)|what do you call .{1,40}",
        "complaint": (
            r"(?:you (?:(?:are|'re) )?(?:an? |such an? )?(?:\w+ )?)?(?:stupid|dumb|useless|idiotic|bloody|fucking|damn(?:ed)?|silly|worthless|terrible|annoying)(?: \w+)? (?:robot|bot|machine|ai|interviewer|idiot|questions?)"
            r"|you(?:'re| are) (?:really |so |just |all )*(?:not (?:even )?(?:listening|paying attention|reading)|stupid|dumb|useless|annoying|rude|an? (?:idiot|moron|fool|joke))(?: (?:to (?:me|this|what i say)|at all))*"
            r"|you (?:(?:don'?t|do not|never|didn'?t) (?:even |really )?(?:listen|understand|read|get it|care)|aren'?t (?:even )?listening)(?: (?:to )?(?:me|this|anything|a thing|what i (?:say|said|write|wrote)|at all))*"
            r"|(?:this|the|these|those|your) (?:interview|questions?|survey|conversation|robot|bot)(?:'?s| is| are) (?:so |really |very |just |completely )*(?:stupid|ridiculous|pointless|useless|annoying|silly|dumb|nonsense|a joke|boring|idiotic)"
            r"|this is (?:such )?a (?:complete |total |huge )?waste of (?:my )?time|shut up|(?:fuck|screw|damn) (?:you|off|this)|idiot|moron"
        ),
    },
    "nl": {
        "stop": (
            rf"(?:stop|kap|hou|houd)(?: (?:er|maar|nu|nou|toch|mee|ermee|op|hier|hiermee|met vragen))+|ik (?:ga|wil|kom|zou(?: graag)?(?: willen)?)(?: (?:er|hier|nu|graag|liever|ermee|hiermee|mee|daarmee|toch|dit|het|interview|gesprek|even))* {_NL_UIT}"
            rf"|(?:kan|mag|kunnen|mogen|hoe kan) (?:ik|we)(?: (?:er|hier|nu|ook|ermee|hiermee|mee|even|gewoon|dit|het|interview|gesprek))* (?:{_NL_UIT}|stop)(?: (?:nu|hier|ermee|hiermee))*"
            r"|ik wil (?:hier |er |dit |daar |hieraan |nu )*niet (?:meer|verder|langer|meedoen|doorgaan|deelnemen)(?: (?:verder|meedoen|deelnemen|doorgaan|verdergaan|meewerken|praten|door|mee|aan meedoen))*"
            r"|(?:ik ben )?(?:er |hier )?klaar(?: (?:mee|ermee|nu|hiermee))*|(?:zo is het |het is |dit is )?genoeg(?: (?:zo|nu|geweest))*|ik heb er genoeg van|ik (?:doe|werk) (?:er |hier )?(?:liever )?niet (?:meer )?(?:aan )?mee|ik (?:stop|kap) liever|einde(?: (?:interview|gesprek|verhaal))?|(?:annuleer|beëindig|breek)(?: (?:het|dit|interview|gesprek|maar|af|nu))*"
        ),
        "withdraw": (
            r"(?:wis|verwijder|vergeet)(?: (?:alstublieft|alsjeblieft|maar|aub))? (?:al )?(?:mijn (?:antwoorden|gegevens|data)|alles)(?: wat ik (?:heb )?(?:gezegd|verteld)(?: heb)?)?"
            r"|ik trek (?:mijn (?:toestemming|deelname) in|(?:mij|me) terug)|ik wil (?:me|mij|mijn (?:toestemming|deelname)) (?:terugtrekken|intrekken)|ik geef (?:hier |hiervoor )?geen toestemming(?: meer)?(?: voor)?|ik ga hier(?:mee)? niet (?:meer |langer )?(?:mee )?akkoord(?: mee)?|ik ben het er niet meer mee eens|ik wil dat (?:u|je) alles (?:wist|verwijdert)"
        ),
        "pause": r"(?:kan|mag|kunnen|mogen|hoe kan|zouden|zou) (?:ik|we)(?: (?:even|nu|hier|een|korte|kort))* (?:pauzeren|pauze(?: (?:nemen|houden))?|onderbreken)",
        "complaint": (
            r"(?:wat een |jij |u |stom(?:me)? |domme? |rot)*(?:stomme|domme|waardeloze|achterlijke|irritante) (?:robot|machine|computer|bot|vragen|vraag|interviewer|interview)"
            r"|(?:u|je|jij) (?:luistert|leest|begrijpt|snapt)(?: (?:me|mij|het|er|echt|helemaal))* (?:niet|niets|niks)(?: (?:naar me|naar mij|van))*|(?:u|je|jij) (?:bent|ben) (?:echt |zo )?(?:stom|dom|waardeloos|irritant)|dit is (?:echt )?(?:zonde van de tijd|tijdverspilling)|rot op|hou je (?:mond|kop)|idioot"
        ),
        "repeat": r"pardon|sorry|hè",
        "clarify": r"wat (?:betekent|houdt) .{1,40}|wat wordt (?:er )?(?:bedoeld|verstaan) (?:met|onder) .{1,40}|wat moet .{1,40} (?:betekenen|voorstellen)",
    },
    "de": {
        "stop": (
            r"ich (?:will|möchte|mag|kann) (?:das |hier |jetzt |da |daran |dieses interview |bitte |wirklich )*nicht (?:(?:mehr|weiter|länger)(?: (?:weitermachen|mitmachen|teilnehmen|reden|antworten|dabei sein|fortfahren|weiterreden|daran teilnehmen))?|weitermachen|mitmachen|teilnehmen|dabei sein|fortfahren)"
            rf"|(?:kann|darf|könnte|dürfte|können|dürfen|wie kann) (?:ich|wir|man)(?: (?:hier|jetzt|damit|bitte|auch|das|dieses|interview|gespräch|einfach))* {_DE_AUS}(?: (?:hier|jetzt))*"
            r"|hör(?:en sie|t|e)? (?:bitte |endlich |jetzt |doch |damit )*auf(?: (?:damit|zu fragen|mich zu fragen|mit (?:den|diesen) fragen))?|(?:schluss|ende|aus|abbruch)(?:[ ,]+(?:aus|ende|jetzt|damit|des interviews|der befragung|schluss))*"
            r"|(?:es|das|mir|jetzt) reicht(?:'s| es)?(?: (?:mir|jetzt|wirklich|aber))*|ich breche (?:hier |jetzt |das |es |dies |hiermit |interview |gespräch )*ab|ich (?:steige|höre) (?:hier |jetzt |damit )*(?:aus|auf)|ich beende (?:hier |jetzt |das |es |hiermit |dieses )*(?:interview|gespräch)?|brechen (?:sie|wir) (?:das |es |bitte |jetzt |hier |interview )*ab|ich habe genug(?: davon)?|keine lust mehr|ich mache (?:hier |da |lieber )*nicht (?:mehr |weiter |länger )?mit|ich (?:möchte|will) (?:doch |lieber )+nicht(?: (?:mehr|weiter|teilnehmen|mitmachen))*"
        ),
        "withdraw": (
            r"(?:löschen|vergessen) sie (?:bitte )?(?:alle )?(?:meine (?:daten|antworten|angaben)|alles)(?:,? was ich (?:gesagt|geschrieben|erzählt) habe)?|(?:bitte )?(?:alle )?(?:meine (?:daten|antworten|angaben)|alles) löschen"
            r"|ich (?:widerrufe|ziehe) (?:hiermit )?(?:meine (?:einwilligung|zustimmung|teilnahme)|mich)(?: zurück)?|ich stimme (?:dem |hier |dieser befragung )?nicht (?:mehr |länger )?zu|ich (?:möchte|will) (?:mich|meine (?:einwilligung|zustimmung|teilnahme)) (?:zurückziehen|widerrufen)|ich bin (?:damit )?nicht (?:mehr|länger) (?:damit )?einverstanden|ich willige nicht (?:mehr )?ein"
        ),
        "pause": r"(?:kann|darf|könnte|dürfte|können|dürfen|wie kann) (?:ich|wir|man)(?: (?:hier|jetzt|bitte|auch|mal|kurz|eine|kurze|kleine))* (?:pause(?: (?:machen|einlegen|haben|nehmen))?|pausieren|unterbrechen)",
        "complaint": (
            r"(?:du |sie |so ein |so eine |was für )*(?:\w+ )?(?:blöde[rsn]?|dumme[rsn]?|dämliche[rsn]?|nutzlose[rsn]?|doofe[rsn]?|verdammte[rsn]?) (?:roboter|maschine|computer|ding|bot|fragen?|interview)"
            r"|(?:sie|du) (?:hören|hörst|lesen|liest|verstehen|verstehst) (?:mir |mich |ja |doch |überhaupt |gar )*(?:nicht|nichts) ?(?:zu|richtig)?|(?:sie|du) (?:sind|bist) (?:echt |so |wirklich )?(?:blöd|dumm|nutzlos|nervig)|das ist (?:hier )?(?:reine |eine |so eine )?zeitverschwendung|halt(?:en sie)? (?:die klappe|den mund)|idiot"
        ),
        "repeat": r"entschuldigung|pardon|häh?|wie",
        "clarify": r"was (?:soll(?! ich)|heisst|bedeutet) .{1,40}|was (?:ist|versteht man|verstehen sie) (?:mit|unter) .{1,40}(?: gemeint)?",
    },
    "fr": {
        "stop": (
            r"je (?:ne |n')?(?:veux|souhaite|désire|peux) (?:plus|pas) (?:continuer|participer|poursuivre|aller plus loin|faire (?:ça|cela|cet entretien)|répondre à (?:vos|ces) questions)(?: (?:à (?:cet entretien|l'entretien|ça|cela)|plus longtemps|avec vous))*|je ne veux plus|je (?:ne )?participe (?:plus|pas)|je préf(?:ère|érerais) (?:ne (?:pas|plus) (?:continuer|participer)|arrêter|m'arrêter|en rester là)(?: (?:ici|là))?"
            rf"|(?:est-ce que je peux|est-ce qu'on peut|puis-je|je peux|je pourrais|pourrais-je|peut-on|on peut|est-il possible d['e] ?|comment (?:puis-je|faire pour|je peux)|je (?:veux|voudrais|souhaite|désire|vais)) ?{_FR_FIN}(?: (?:ici|là|maintenant|l'entretien|cet entretien|ça))*"
            r"|annule[rz](?: (?:l'entretien|ça|tout))?|j'(?:abandonne|en ai marre|en ai assez)(?: (?:de (?:vos questions|ça|cet entretien)|là|maintenant))*|ça suffit(?: (?:comme ça|maintenant))*|(?:c'est )?fini(?: (?:ici|maintenant|pour moi))*|fin(?: de l'entretien)?|on a fini|j'ai (?:fini|terminé)"
        ),
        "withdraw": (
            r"je (?:ne consens (?:pas|plus)|retire mon (?:consentement|accord)|me (?:retire|désiste)|ne suis plus d'accord|n'accepte plus|veux retirer mon (?:consentement|accord)|(?:veux|voudrais|souhaite) me (?:retirer|désister))(?: (?:à (?:cela|ça)|de (?:cette|l') ?(?:étude|enquête)|de l'étude|pour (?:cela|ça)))*"
            r"|(?:effacez|supprimez|oubliez|efface|supprime) (?:toutes? )?(?:mes (?:réponses|données)|tout)(?: ce que j'ai (?:dit|écrit))?"
        ),
        "pause": r"(?:est-ce que je peux|est-ce qu'on peut|puis-je|je peux|je pourrais|pourrais-je|peut-on|on peut|comment (?:puis-je )?) ?(?:faire|prendre|avoir|mettre en) ?(?:une )?(?:petite |courte )?pause(?: (?:ici|là|maintenant))*",
        "complaint": (
            r"(?:vous êtes |tu es |espèce d[e'] ?)(?:une? )?(?:robot |machine )?(?:stupide|idiote?|inutile|débile|nulle?)|(?:stupide|idiote?) (?:robot|machine)|(?:robot|machine|questions?) (?:stupides?|idiote?s?|inutiles?|débiles?)|vous (?:ne )?(?:m'écoutez|écoutez|comprenez|lisez) (?:pas|rien)|tu (?:ne )?(?:m'écoutes|écoutes|comprends) (?:pas|rien)"
            r"|c'est (?:ici )?une perte de temps|taisez-vous|la ferme"
        ),
        "repeat": r"pardon|hein|vous dites",
        "clarify": r"(?:que|qu'est-ce que) (?:signifie|veut dire) .{1,40}|qu'est-ce que .{1,40} (?:signifie|veut dire)|(?:ça|cela|.{1,30}) veut dire quoi",
    },
    "es": {
        "stop": (
            r"(?:ya )?no (?:quiero|deseo|me apetece|quisiera|puedo|voy a) (?:más|(?:seguir|continuar|participar)(?: (?:más|con (?:esto|la entrevista)|en (?:esto|la entrevista|el estudio)|participando|hablando|respondiendo|contestando))*)|ya no (?:quiero|deseo)(?: (?:hacer (?:esto|la entrevista)|estar aquí|responder|contestar|hablar|más))*"
            rf"|(?:puedo|podemos|podría|cómo puedo|se puede|quiero|quisiera|deseo|me gustaría) {_ES_FIN}(?: (?:aquí|ya|ahora|la entrevista|esto))*|(?:estoy|ya estoy) hart[oa](?: de (?:esto|las preguntas))?|cancel(?:e|a|ar)(?: (?:la entrevista|esto))?|fin|se acabó|(?:ya )?(?:he terminado|terminé)|no más|ya es suficiente|ya no participo|(?:prefiero|preferiría) (?:no (?:seguir|continuar|participar)|parar|terminar|dejarlo)(?: (?:aquí|ya))?"
        ),
        "withdraw": (
            r"retiro mi (?:consentimiento|participación)|(?:quiero|deseo|quisiera) retirar(?:me|(?: mi (?:consentimiento|participación)))|no (?:consiento|doy mi consentimiento)(?: (?:a|para) (?:esto|la entrevista))?|ya no estoy de acuerdo(?: con esto)?"
            r"|(?:borre|borra|elimine|elimina|olvide|olvida) (?:todas? |todos )?(?:mis (?:datos|respuestas)|todo)(?: lo que (?:he dicho|dije))?"
        ),
        "pause": r"(?:puedo|podemos|podría|cómo puedo|se puede) (?:hacer|tomar(?:me)?|tener)? ?(?:una )?(?:pequeña )?(?:pausa|pausar|descansar|un descanso)(?: (?:aquí|ahora))*",
        "complaint": (
            r"(?:qué |eres |es |un |una )*(?:robot|máquina|ordenador|preguntas?) (?:más |tan )?(?:estúpid[oa]s?|inútil(?:es)?|tont[oa]s?|idiotas?)|(?:estúpid[oa]|idiota|inútil) (?:robot|máquina)|(?:usted |tú )no (?:me )?(?:escucha|escuchas|entiende|entiendes)(?: nada)?|no me (?:está usted|estás) escuchando|esto es una pérdida de tiempo|cáll(?:ese|ate)|idiota"
        ),
        "repeat": r"perdón|perdone|disculpe|cómo dice|mande|qué dice",
    },
    "ar": {
        "stop": (
            r"(?:(?:لا|لم أعد|لم اعد) (?:اريد|أريد|ارغب في|أرغب في|أود|اود)) (?:(?:هذه )?المقابلة|المشاركة|المتابعة|الاستمرار|الاكمال|الإكمال|أن أشارك|ان اشارك)(?: (?:في|هذه|هذا|المقابلة|الاستطلاع|بعد الآن|الآن))*|(?:اريد |أريد |ارغب في |أرغب في |أود |اود )?(?:التوقف|الانسحاب|(?:إنهاء|انهاء|إيقاف|ايقاف)(?: هذه)? المقابلة)(?: (?:هنا|الآن|الان|عن المقابلة|من المقابلة))*"
            r"|(?:أوقف|اوقف|أوقفوا|اوقفوا|أنه|انه|أنهي|انهي|الغ|ألغ)(?: هذه)? (?:المقابلة|الحوار)"
            r"|هل (?:يمكنني|يمكن|استطيع|أستطيع|بإمكاني|بامكاني)(?: (?:ان|أن))? (?:التوقف|اتوقف|أتوقف|الانسحاب|إنهاء المقابلة|انهاء المقابلة)(?: (?:هنا|الآن|الان))*"
        ),
        "withdraw": r"(?:اسحب|أسحب) موافقتي|(?:احذف|احذفوا|امسح) (?:اجاباتي|إجاباتي|بياناتي|كل شيء)",
        "pause": r"(?:هل )?(?:يمكنني|يمكن|اريد|أريد|استطيع|أستطيع)(?: (?:ان|أن))? (?:أخذ|اخذ|آخذ)? ?(?:استراحة|التوقف مؤقتا|راحة)(?: (?:قصيرة|الآن|الان))*|استراحة(?: قصيرة)?",
    },
}

ANYWHERE: Mapping[str, Mapping[str, str]] = {
    "en": {
        "already_told": (
            r"^i(?:'ve| have)? (?:already )?told you(?: (?:that|this|so|it|once|twice|all that|everything))?(?:[,;:!]|$)|^i(?:'ve| have)? already (?:said|told you|mentioned|explained|answered)\b(?! (?:to|yes to|no to|goodbye))"
            r"|\byou(?:'re| are)? (?:keep |kept |always |just |still |only )*(?:ask|asking|asked|repeat|repeating|repeated) (?:me )?(?:and asking )?(?:the same|yourself|that again|this again|again and again)"
            r"|^(?:we|i)(?:'ve| have)? (?:already |just )?(?:been over|been through|went over|gone over|covered|had|done|talked about|discussed) (?:this|that)(?: (?:already|before|one|question|several times|a hundred times))*$|^(?:not )?(?:this|that|the same) (?:question )?again$"
        ),
    },
    "nl": {
        "already_told": r"\b(?:u|je|jij) (?:blijft|vraagt|herhaalt)(?: (?:me|mij|steeds|maar|telkens|weer|nu|de hele tijd))* hetzelfde|^dat hebben we (?:al|net|toch al) (?:gehad|besproken)|^(?:dat |dit )?(?:zei|vertelde) ik (?:u |je )?(?:toch|al|net)\b|^ik zei (?:het |dat |u |je )*(?:toch|al|net)\b|^ik heb al (?:gezegd|verteld)\b|^ik heb het (?:u|je) (?:toch )?(?:al )?(?:gezegd|verteld)",
    },
    "de": {
        "already_told": r"\b(?:sie|du) (?:fragen|fragst|wiederholen)(?: (?:mich|immer|ständig|dauernd|wieder|nur|schon))* (?:dasselbe|das gleiche|das selbe)|^das hatten wir (?:doch |ja )?(?:schon|bereits|gerade)|^ich sagte (?:es |das |ihnen )*(?:doch|ja|schon|bereits)\b|^ich habe (?:doch |ja |es ihnen |ihnen )*(?:schon|bereits|doch) gesagt|^(?:das )?(?:habe|hab) ich (?:ihnen )?(?:doch|ja) gesagt",
    },
    "fr": {
        "already_told": r"\bvous (?:me )?(?:répétez|reposez|demandez|posez)(?: (?:toujours|sans cesse|encore|tout le temps|sans arrêt))* (?:la même|les mêmes)|^(?:on|nous) en (?:a|avons) déjà parlé|^j'ai déjà (?:dit|répondu)\b|^je vous (?:l'ai dit|ai dit)\b|^je l'ai (?:déjà )?dit\b",
    },
    "es": {
        "already_told": r"\b(?:siempre |sigue |me )*(?:pregunta|preguntando|repite|repitiendo)(?: (?:siempre|otra vez))* lo mismo|^ya (?:hemos hablado|hablamos) de (?:eso|esto)|^ya (?:le |se lo |te |lo )*(?:dije|he dicho|respondí|conté)\b|^(?:se|te) lo (?:dije|he dicho)\b",
    },
}
