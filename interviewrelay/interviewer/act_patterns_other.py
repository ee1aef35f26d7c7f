"""Short lists of dialogue acts in Dutch, German, French, Spanish and Arabic, as for English."""

# ruff: noqa: E501 - a pattern is read best in one piece

from collections.abc import Mapping

ENDS: Mapping[str, tuple[str, str]] = {
    "nl": (
        "ok|oké|nou|eh+|sorry|ja|nee|hallo|maar|en|dus|eigenlijk|eerlijk gezegd|(?:dat is )?(?:een )?(?:goede|rare|vreemde) vraag|hoi|dag|goede(?:morgen|middag|navond)|voor(?:dat)? we (?:beginnen|starten|verder gaan)|(?:nog )?(?:een|één) (?:korte |kleine )?vraag(?: vooraf)?|eerst|ik (?:heb me bedacht|ben van gedachten veranderd)",
        "alstublieft|alsjeblieft|aub|graag|hoor|sorry|nu|dank (?:u|je)(?: wel)?|bedankt|eigenlijk|dan",
    ),
    "de": (
        "ok|okay|also|äh+|entschuldigung|bitte|ja|nein|hallo|aber|und|eigentlich|ehrlich gesagt|(?:das ist )?(?:eine )?(?:gute|komische|seltsame) frage|hi|guten (?:tag|morgen|abend)|(?:bevor|ehe) wir (?:anfangen|beginnen|weitermachen|starten)|(?:noch )?eine (?:kurze |kleine )?frage(?: vorab)?|zuerst|ich habe (?:meine meinung geändert|es mir anders überlegt)",
        "bitte|danke(?: schön)?|vielen dank|jetzt|leider|eigentlich|denn",
    ),
    "fr": (
        "ok|bon|euh+|pardon|désolée?|oui|non|bonjour|mais|et|en fait|franchement|(?:c'est une )?(?:bonne|drôle de) question|salut|bonsoir|avant (?:de commencer|qu'on commence|de continuer)|(?:juste )?une (?:petite )?question(?: avant)?|d'abord|j'ai changé d'avis",
        "s'il vous pla[iî]t|svp|merci|maintenant|désolée?",
    ),
    "es": (
        "ok|vale|bueno|eh+|perdón|sí|no|hola|pero|y|pues|la verdad|(?:es una )?(?:buena|extraña) pregunta|buenos días|buenas(?: tardes)?|antes de (?:empezar|comenzar|seguir)|una (?:pequeña )?pregunta(?: antes)?|primero|(?:he cambiado|cambié) de (?:opinión|idea)",
        "por favor|(?:muchas )?gracias|ahora|perdón|la verdad",
    ),
    "ar": ("نعم|لا|حسنا|طيب|عفوا|مرحبا|(?:لقد )?غيرت رأيي", "من فضلك|لو سمحت|شكرا|الان|الآن"),
}

WHOLE: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "stop": r"(?:ik wil |kunnen we |laten we |mag ik )?(?:stop(?:pen)?|ophouden|hou op|afsluiten)(?: (?:nu|hier|hiermee|met (?:dit|het) (?:gesprek|interview)))*|ik moet gaan|tot ziens|dag|(?:ik )?(?:kap|stop|hou) (?:er|hier)(?:mee| mee)(?: op)?|(?:laten we|zullen we|kunnen we) (?:afronden|er(?:mee)? (?:een punt achter zetten|stoppen|ophouden))|ik heb (?:hier|daar)?(?: ?voor)? ?(?:echt )?geen (?:tijd|zin)(?: (?:voor|hiervoor|hierin|in))?(?: (?:voor|in) (?:dit|deze vragen)| meer)?|(?:stop|hou op) met (?:(?:dingen |mij )?vragen(?: stellen)?|dit)|geen vragen meer|ik ben (?:er )?(?:klaar|weg)(?: mee)?",
        "shorten": r"korter|(?:kan|mag) het korter|ik heb (?:weinig tijd|haast)",
        "pause": r"(?:ik wil |kunnen we |even )?(?:een )?(?:pauze|pauzeren)(?: nemen)?|momentje|wacht even|een ogenblik",
        "skip": r"(?:sla (?:deze|die|dit|dat)(?: vraag)? over|overslaan|(?:de )?volgende(?: vraag)?|(?:mag|kan|wil) ik (?:dit|deze|die)(?: vraag)? overslaan|ga (?:maar )?door|doorgaan|(?:ga )?verder)",
        "refusal": r"(?:dat|dit) (?:zeg|vertel) ik (?:u |je )?(?:liever )?niet|(?:zeg|vertel) ik liever niet|(?:ik )?liever niet|geen commentaar|(?:dat|dit|(?:deze|die) vraag) (?:is|vind ik|gaat) (?:mij |me )?(?:nogal |wel |erg |veel |een beetje |echt )*(?:te )?(?:privé|persoonlijk|ver)(?: voor mij)?|(?:dat|dit) (?:hou|houd) ik (?:liever )?(?:privé|voor (?:mezelf|mijzelf|me))|dat gaat (?:u|je) niets aan|ik (?:wil|ga) (?:dat|dit|daar|hier|daarover|hierover)(?: liever)? (?:niet|niets) (?:zeggen|vertellen|beantwoorden|over (?:praten|zeggen))|ik (?:wil|ga) daar (?:liever )?niet op antwoorden|ik (?:wil|ga|hoef) (?:het |liever )?(?:niet|niets|niks) (?:over|op) .{1,40} (?:hebben|praten|zeggen|vertellen|ingaan)|ik (?:wil|ga) (?:het )?(?:liever )?niet over .{1,40} (?:hebben|praten)|(?:dat|dit) (?:vertel|zeg) ik (?:u |je |jou )?niet|(?:dat|dit) laat ik (?:liever )?(?:weg|erbuiten|buiten beschouwing|achterwege)|ik laat (?:dat|dit) liever (?:weg|erbuiten|achterwege)|(?:ik heb )?(?:geen zin|geen behoefte) om (?:te antwoorden|(?:dat|dit|hierop|daarop|daarover|hierover) .{1,30})|laten we (?:het )?(?:daar|hier) (?:maar )?niet (?:over|op) (?:hebben|beginnen|praten|ingaan)|(?:daar|hier) (?:kan|mag) ik (?:om|vanwege) .{1,30} (?:niet|niets) over (?:zeggen|praten|vertellen)|ik (?:kan|mag) (?:daar|hier) (?:om|vanwege) .{1,30} (?:niet|niets) over (?:zeggen|praten|vertellen)",
        "repeat": r"(?:kunt u|kun je|kan je) (?:dat|de vraag|het) herhalen|herhaal(?: (?:de vraag|dat))?|wat was de vraag|wat zegt u|wat zei (?:u|je)|nog een keer|wat",
        "clarify": r"(?:ik begrijp (?:het|de vraag|dat)|ik snap (?:het|de vraag|dat)) niet|wat bedoel(?:t u|je)(?: .{1,60})?|hoe bedoel(?:t u|je)",
        "dont_know": r"(?:dat )?weet ik (?:echt )?niet(?: (?:meer|precies))?|(?:ik )?(?:heb )?geen idee|ik weet het (?:echt )?niet(?: meer)?|ik zou het niet weten|geen flauw idee|(?:dat )?(?:ben ik|ik ben (?:het|dat)) (?:helemaal )?vergeten|vergeten|(?:dat|die dag) (?:herinner ik me|weet ik) (?:eigenlijk |echt )?niet (?:echt|goed|meer|zo goed)(?: meer)?|ik (?:herinner me|weet) (?:die dag|dat|dit|het) (?:eigenlijk |echt )?niet (?:echt|goed|meer|zo goed)(?: meer)?|(?:ik )?weet niet (?:goed |zo goed )?wat ik (?:moet|kan|zal) zeggen|ik zou niet weten wat ik moet zeggen",
        "nothing_more": r"(?:er is )?niets te (?:corrigeren|verbeteren)(?: of (?:aan te vullen|toe te voegen))?|geen correcties|(?:dat is|dat was|meer is het) (?:alles|het|wel alles|niet)|verder niets(?: meer)?|niets (?:meer|anders|verder)(?: toe te voegen)?|(?:ik heb )?(?:verder )?niets (?:meer )?toe te voegen|niks meer|(?:daar |er )?(?:is|valt|heb ik|kan ik)(?: (?:daar|er|eigenlijk|verder|echt|ook))* (?:niet veel|weinig|niets)(?: (?:meer|over|van|aan))* (?:te |toe te )?(?:zeggen|vertellen|voegen)|(?:er|daar) (?:schiet|komt) (?:me |mij )?niets meer (?:te binnen|in me op)|dat is (?:het )?(?:zo(?:wat| ongeveer)|wel zo'n beetje|ongeveer) (?:alles|het)?",
        "yes": r"ja+|jawel|oké|ok|prima|zeker|graag|doe maar|(?:(?:dat|het|dit|alles) )?klopt(?: (?:helemaal|allemaal|zo|precies))*|(?:dat|het|alles) is (?:helemaal )?(?:juist|goed zo)",
        "no": r"nee+|liever niet|ga (?:maar )?door|doorgaan|(?:ga )?verder",
        "wrong_person": r"(?:u heeft|u hebt|je hebt|ik ben) de verkeerde(?: persoon)?(?: voor)?",
        "misfit": r"(?:dat|dit) (?:geldt niet voor mij|is (?:voor mij )?niet van toepassing|gaat niet over mij)|niet van toepassing|ik (?:ben|heb) (?:daar |hier |er )?(?:nog )?nooit (?:in |bij |naar |op |aan )?.{0,40}(?:geweest|gewerkt|gebruikt|bezocht|meegedaan)|ik was er niet(?: bij)?",
        "greeting": r"(?:hallo|hoi|hey|hai|dag|goede(?:morgen|middag|navond|ndag)|goedemorgen|goedemiddag|goedenavond|goedendag)(?: (?:daar|allemaal|u|jij))?|hoe gaat het(?: met (?:u|je|jou))?|aangenaam",
        "ack": r"ja+|jawel|oké|oke|ok|ik ben er klaar voor|begin maar|zullen we beginnen|laten we beginnen|begrepen|duidelijk|dank (?:u|je)(?: wel)?|bedankt",
    },
    "de": {
        "stop": r"(?:ich (?:möchte|will) |können wir |lassen sie uns )?(?:stopp?|aufhören|abbrechen|beenden|schluss)(?: (?:hier|damit|jetzt))*|(?:ich (?:möchte|will) )?(?:das|dieses) (?:interview|gespräch) (?:beenden|abbrechen)|ich muss (?:los|gehen|weg)|tschüss|auf wiedersehen|(?:machen|kommen) wir (?:hier |jetzt |bitte )*(?:schluss|zum ende)|hören sie auf(?: (?:zu fragen|mich zu fragen|damit|mit (?:den|diesen) fragen))?|ich bin (?:raus|weg|fertig)|(?:dafür |hierfür )?habe? ich (?:dafür |hierfür )?(?:wirklich )?keine (?:zeit|lust)(?: (?:dafür|mehr|dazu))?|ich habe? (?:dafür |hierfür |dazu )?(?:wirklich )?keine (?:zeit|lust)(?: (?:dafür|hierfür|mehr|dazu))?|keine fragen mehr|ich höre (?:hier |jetzt )?auf|das reicht(?: jetzt)?|hören wir (?:hier |jetzt )?auf",
        "shorten": r"kürzer|geht es kürzer|ich habe (?:wenig zeit|es eilig)",
        "pause": r"(?:können wir |ich brauche |ich möchte )?(?:eine )?(?:kurze )?pause(?: machen)?|moment(?: mal)?|einen (?:moment|augenblick)|warten sie",
        "skip": r"überspringen|weiter|(?:die )?nächste(?: frage)?|(?:kann|darf) ich (?:das|die frage|diese frage) überspringen|(?:diese|die) frage überspringen|(?:machen|gehen) (?:wir|sie) weiter|fahren sie fort|weitermachen",
        "refusal": r"(?:das |dazu |darüber )?(?:möchte|will) ich (?:lieber )?(?:nicht|nichts) (?:sagen|beantworten|antworten|erzählen|sprechen|reden)|ich (?:möchte|will) (?:das|dazu|darüber|darauf) (?:lieber )?(?:nicht|nichts) (?:sagen|beantworten|antworten|erzählen|sprechen|reden)|(?:lieber nicht|kein kommentar|keine angabe)|(?:das|dies|(?:diese|die) frage) (?:ist|wird|geht) (?:mir )?(?:etwas |ein bisschen |viel |wirklich |sehr )*(?:zu )?(?:privat|persönlich|weit)|das (?:möchte|will) ich (?:lieber )?für mich behalten|ich (?:möchte|will) das (?:lieber )?für mich behalten|das behalte ich (?:lieber )?für mich|das geht sie nichts an|ich (?:möchte|will|mag) (?:lieber )?(?:nicht|nichts) (?:über|zu) .{1,40} (?:sprechen|reden|sagen|erzählen)|(?:über|zu) .{1,40} (?:möchte|will|mag) ich (?:lieber )?(?:nicht|nichts) (?:sprechen|reden|sagen|erzählen)|(?:das )?(?:sage|sag|erzähle|erzähl) ich (?:ihnen |dir )?(?:das )?nicht|das (?:lasse|würde) ich (?:lieber )?(?:weg|aus|weglassen|auslassen)|(?:ich habe )?keine lust(?: zu antworten| darauf zu antworten)|lassen wir das(?: (?:lieber|thema|weg))?|(?:reden|sprechen) wir (?:lieber )?nicht (?:darüber|davon|über .{1,30})|(?:darüber |dazu )?(?:kann|darf) ich (?:darüber |dazu )?aus .{1,30}gründen (?:darüber |dazu )?(?:nicht|nichts) (?:sagen|sprechen|reden)|ich (?:kann|darf) (?:darüber |dazu )?aus .{1,30}gründen (?:darüber |dazu )?(?:nicht|nichts) (?:sagen|sprechen|reden)",
        "repeat": r"(?:können|könnten) sie (?:das|die frage)(?: bitte)?(?: noch ?mal)? wiederholen|wiederholen(?: sie)?|wie war die frage|noch ?mal|wie bitte|was",
        "clarify": r"(?:das|die frage|ich) verstehe? ich nicht|ich verstehe (?:das|die frage|sie|es)? ?nicht|was meinen sie(?: .{1,60})?|wie meinen sie das|was bedeutet das",
        "dont_know": r"(?:das )?weiss ich (?:leider )?nicht(?: (?:mehr|genau))?|ich weiss (?:es|das)? ?(?:leider )?nicht(?: mehr)?|keine ahnung|weiss nicht|(?:ich )?(?:habe )?keine ahnung|kann ich nicht sagen|(?:das )?(?:habe ich|hab ich|ich habe? (?:es|das)) (?:leider |ganz )?vergessen|vergessen|(?:ich )?erinnere mich (?:nicht|kaum)(?: (?:wirklich|gut|richtig|mehr|genau))*(?: an (?:den|diesen|jenen) tag)?|(?:daran|an (?:den|diesen) tag) erinnere ich mich (?:nicht|kaum)(?: (?:wirklich|gut|richtig|mehr|genau))*|(?:ich )?(?:weiss|bin) (?:mir )?(?:gar |auch )?nicht(?: sicher)?,? was ich (?:dazu )?sagen soll|keine erinnerung(?: daran)?",
        "nothing_more": r"(?:es gibt )?nichts zu (?:korrigieren|berichtigen)(?: oder zu ergänzen)?|keine korrekturen|das (?:ist|war|wäre) alles|das war'?s|das war es|sonst nichts(?: mehr)?|nichts (?:mehr|weiter|weiteres)(?: hinzuzufügen)?|(?:ich habe )?nichts (?:mehr )?hinzuzufügen|(?:dazu |da |darüber )?(?:habe ich|gibt es|kann ich|weiss ich)(?: (?:dazu|da|auch|eigentlich|wirklich|darüber))* (?:nicht (?:viel|mehr)|wenig|nichts)(?: (?:mehr|weiter))* ?(?:zu )?(?:sagen|erzählen|berichten)?|(?:dazu )?fällt mir (?:dazu )?(?:nichts|nicht)(?: mehr| weiter)*(?: (?:dazu )?ein)|das war(?: es)? (?:so ziemlich|ungefähr|im grunde) (?:alles)?",
        "yes": r"ja+|jawohl|ok|okay|gerne?|klar|sicher|genau|(?:(?:das|alles) )?stimmt(?: (?:so|alles|genau))*|(?:das|alles) ist (?:alles |so )*(?:richtig|korrekt)|richtig|korrekt",
        "no": r"nein+|nee?|weiter|weitermachen|(?:machen|gehen) (?:wir|sie) weiter|fahren sie fort|doch nicht",
        "wrong_person": r"sie haben (?:den falschen|die falsche)(?: person)?|ich bin (?:die falsche person|der falsche|die falsche)(?: dafür)?",
        "misfit": r"(?:das|dies) (?:trifft|gilt) (?:auf mich |für mich )?nicht(?: (?:auf mich |für mich )?zu)?(?: für mich)?|nicht zutreffend|ich (?:war|bin|habe) (?:dort |da |hier )?(?:noch )?nie(?:mals)? ?(?:in |bei |dort|da|auf )?.{0,40}(?:gewesen|gearbeitet|benutzt|besucht|teilgenommen)|ich war (?:noch )?nie (?:dort|da|dabei|(?:in|bei|auf|an) .{1,40})",
        "greeting": r"(?:hallo|hi|hey|servus|moin|grüss gott|guten (?:morgen|tag|abend))(?: (?:zusammen|ihnen|auch|da))?|wie geht(?:'s| es)(?: ihnen| dir)?|(?:sehr )?angenehm",
        "ack": r"ja+|jawohl|ok|okay|bereit|ich bin bereit|fangen wir an|verstanden|alles klar|klar|danke(?: schön)?|vielen dank",
    },
    "fr": {
        "stop": r"(?:je (?:veux|voudrais|souhaite) |on peut |peut-on |pouvons-nous )?(?:stop|arrêter|arrêtons|arrêtez|terminer|finir)(?: (?:ici|là|l'entretien|maintenant))*|je dois (?:y aller|partir)|au revoir|on (?:arrête|s'arrête|termine|finit)(?: (?:là|ici|maintenant))*|(?:arrêtez|cessez|arrête)(?: de)? (?:me )?(?:poser (?:des|ces|vos) questions|demander .{1,20}|questionner)|je n'ai pas (?:le |de )temps(?: (?:pour (?:ça|cela|ceci)|de répondre|à perdre))?|finissons(?:-en)?|terminons(?: là| ici)?|j'arrête(?: (?:là|ici))?|je m'arrête (?:là|ici)|ça suffit|j'en ai assez|plus de questions|je me retire",
        "shorten": r"plus court|en plus court|je suis pressée?|j'ai peu de temps",
        "pause": r"(?:on peut |je voudrais |peut-on )?(?:faire )?(?:une )?(?:petite )?pause|(?:un|une) (?:instant|moment|minute)|attendez",
        "skip": r"passer|passe|passons|suivante?|(?:la )?question suivante|(?:je peux|puis-je|on peut) passer(?: (?:cette|la) question)?|passer (?:cette|la) question|continuons|continuez|on continue",
        "refusal": r"je (?:préfère|préférerais) ne pas (?:répondre|en parler|le dire)|je ne (?:veux|souhaite) pas (?:répondre|en parler)|sans commentaire|(?:c'est|cela est|cette question est|la question est) (?:un peu |vraiment |bien |beaucoup |très )*(?:trop )?(?:privée?|personnel(?:le)?|intime)(?: pour moi)?|je (?:préfère|préférerais|veux) (?:le |garder (?:cela|ça) )(?:garder )?pour moi|(?:cela|ça) ne vous regarde pas|je ne (?:veux|souhaite|préfère) pas (?:parler|discuter) (?:de|du|des|d').{0,40}|je (?:préfère|préférerais) (?:laisser (?:ça|cela) de côté|passer là-dessus|m'abstenir|ne (?:pas|rien) (?:en |le |vous )*(?:dire|parler|répondre|raconter|aborder)(?: .{1,40})?)|je ne vous (?:le )?dirai (?:pas|rien)|je n'ai pas envie (?:de répondre|d'en parler|d'y répondre|de parler .{1,30})|(?:n'en parlons pas|ne parlons pas de (?:ça|cela)|n'allons pas (?:là|sur ce terrain))|je ne peux pas (?:en parler|en dire plus|répondre|le dire) pour des raisons .{1,20}|pour des raisons .{1,20} je ne peux pas .{1,30}",
        "repeat": r"(?:pouvez-vous|vous pouvez|pourriez-vous) (?:répéter|redire)(?: (?:la question|cela|ça))?|répétez|quelle était la question|comment|encore une fois|quoi",
        "clarify": r"(?:je )?(?:ne )?(?:comprends|comprend) pas(?: .{1,40})?|je n'ai pas compris(?: .{1,40})?|que voulez-vous dire(?: .{1,60})?|qu'est-ce que vous voulez dire(?: .{1,60})?|c'est-à-dire",
        "dont_know": r"(?:je )?(?:ne )?(?:sais|sait) (?:vraiment )?pas(?: trop)?|aucune idée|je n'en sais rien|je n'ai aucune idée|je ne me souviens (?:pas|plus)|je ne sais plus|j'sais pas|chais pas|j'ai (?:complètement |tout )?oublié|je l'ai oublié|je ne me souviens (?:pas|plus) (?:vraiment |bien |très bien |trop )*(?:de (?:ce jour(?:-là)?|cette journée|ça|cela))?|je ne (?:sais|vois) pas (?:trop |vraiment )?quoi (?:dire|répondre)|(?:pas )?(?:trop )?sûre? de (?:quoi|ce qu'il faut) dire",
        "nothing_more": r"(?:il n'y a )?rien à (?:corriger|rectifier)(?: (?:ou|ni) (?:à )?ajouter)?|pas de corrections?|c'est tout|(?:voilà|ce sera) tout|voilà|rien (?:d'autre|de plus)|(?:je n'ai )?(?:plus )?rien (?:d'autre )?à (?:ajouter|dire)(?: .{1,30})?|(?:il )?(?:n'y a|je n'ai) pas (?:grand-chose|beaucoup)(?: (?:de plus|d'autre))? à (?:en )?(?:dire|ajouter|raconter)(?: .{1,30})?|rien (?:d'autre|de plus) ne me vient(?: à l'esprit)?|c'est à peu près tout",
        "yes": r"oui+|ouais|d'accord|ok|bien sûr|volontiers|c'est (?:bien |tout à fait )?(?:ça|cela|exact|juste|correct)|tout est (?:juste|exact|correct)|exact(?:ement)?",
        "no": r"non+|pas vraiment|continuons|continuez|on continue",
        "wrong_person": r"(?:vous avez|je suis) la mauvaise personne|(?:ce n'est|je ne suis|vous n'avez) pas la bonne personne|vous vous trompez de personne",
        "misfit": r"(?:cela|ça) ne (?:me concerne|s'applique) pas(?: à moi)?|sans objet|je (?:n'ai|ne suis|n'y suis|n'y ai) jamais (?:allée?|été|venue?|utilisé|visité|participé|travaillé)(?: .{1,50})?|je n'étais pas là",
        "greeting": r"(?:bonjour|bonsoir|salut|coucou|allô|allo)(?: (?:à vous|à tous|vous))?|comment (?:ça va|allez-vous|vas-tu)|ça va|enchantée?",
        "ack": r"oui+|ouais|ok|d'accord|prête?|je suis prête?|allons-y|on peut commencer|compris|entendu|merci(?: beaucoup)?",
    },
    "es": {
        "stop": r"(?:quiero |quisiera |podemos |puedo )?(?:parar|terminar|acabar|detener|basta|stop|detente|alto)(?: (?:aquí|ya|la entrevista|ahora))*|(?:me )?tengo que ir(?:me)?|adiós|ya basta|(?:lo )?dejamos(?:lo)?(?: (?:aquí|ahí|ya))*|dejémoslo(?: (?:aquí|ahí|ya))*|(?:deje|deja|pare) (?:ya )?de (?:preguntar(?:me)?|hacer(?:me)? preguntas)(?: cosas)?|no tengo (?:tiempo|ganas)(?: (?:para|de) (?:esto|eso|seguir|más))?|(?:vamos a )?(?:terminar|terminemos|acabemos)(?: (?:aquí|ya))?|no más preguntas|me voy|me retiro|hasta aquí",
        "shorten": r"más corto|más breve|tengo (?:prisa|poco tiempo)",
        "pause": r"(?:podemos |quiero |necesito )?(?:hacer )?(?:una )?pausa|un (?:momento|momentito|segundo)|espere?",
        "skip": r"saltar|paso|(?:la )?siguiente(?: pregunta)?|(?:puedo|podemos) saltar(?:me)? (?:esta|la) pregunta|saltar (?:esta|la) pregunta|sigamos|siga|seguimos|continuar|continuemos|continúe|adelante",
        "refusal": r"prefiero no (?:responder|contestar|decirlo|hablar de (?:eso|ello))|no quiero (?:responder|contestar|hablar de (?:eso|ello))|sin comentarios|(?:eso |esto |(?:esta|esa|la) pregunta )?(?:es|me parece) (?:un poco |muy |demasiado |algo )*(?:privad[oa]|personal|íntim[oa])(?: para mí)?|prefiero (?:guardármelo|guardar(?: eso|lo)? para mí|mantenerlo en privado)|(?:eso )?no (?:es asunto suyo|le importa)|no (?:quiero|deseo|me apetece) (?:hablar (?:de|del|sobre) .{1,40}|contestar .{1,30}|responder .{1,30}|contestar|responder)|no (?:se lo|te lo) (?:digo|diré|voy a decir|cuento)|prefiero (?:dejarlo fuera|dejar eso (?:fuera|de lado|aparte)|no (?:decir|hablar|contar|entrar|comentar|contestar|responder)\w{0,4}(?: .{1,40})?)|no tengo ganas de (?:responder|contestar|hablar .{1,30})|(?:mejor )?no (?:entremos|vayamos|hablemos) (?:en|por|de) (?:eso|ahí|ese tema|ello)|no puedo (?:hablar|decir|contestar|responder)(?: .{1,20})? por (?:motivos|razones|cuestiones) .{1,20}",
        "repeat": r"(?:puede|podría|puedes) repetir(?: (?:la pregunta|eso))?|repita|repite|cuál era la pregunta|cómo|otra vez|qué",
        "clarify": r"no (?:lo )?entiendo(?: .{1,40})?|no entendí(?: .{1,40})?|qué quiere decir(?: .{1,60})?|qué significa(?: .{1,40})?|a qué se refiere(?: .{1,40})?",
        "dont_know": r"(?:yo )?no (?:lo )?sé|ni idea|no tengo (?:ni )?idea|no me acuerdo|no recuerdo|no sabría decir(?:le)?|(?:se me )?(?:ha )?olvid(?:ó|ado|é)|(?:lo |me )?(?:he olvidado|olvidé)|no (?:me acuerdo|recuerdo) (?:muy |bien |realmente |mucho |nada |ya )*(?:de |del )?(?:ese día|aquel día|eso|ello)?|no (?:estoy segur[oa] de|sé) qué decir(?:le)?",
        "nothing_more": r"(?:no hay )?nada que corregir(?: (?:o|ni) añadir)?|ninguna corrección|eso es todo|es todo|nada más(?: que (?:añadir|decir))?|(?:no tengo )?nada (?:más )?que añadir|no (?:hay|tengo) (?:mucho|nada)(?: más)? (?:que|para) (?:decir|contar|añadir)(?: .{1,30})?|(?:ya )?no se me ocurre nada(?: más)?|eso es (?:más o menos|casi) todo",
        "yes": r"sí+|si|claro|vale|ok|por supuesto|de acuerdo|(?:eso |todo )?(?:es|está) (?:todo )?(?:correcto|bien|exacto|así)|así es|correcto|exacto",
        "no": r"no+|sigamos|siga|seguimos|continuar|continuemos|continúe|seguir|adelante",
        "wrong_person": r"(?:se equivoca|se ha equivocado|se equivocan) de persona|(?:tiene a|tiene|soy) la persona equivocada|no soy la persona adecuada",
        "misfit": r"(?:eso |esto )?no (?:me corresponde|se aplica a mí|es mi caso)|no aplica|(?:yo )?nunca (?:he (?:estado|ido|usado|visitado|trabajado|participado)|estuve|fui)(?: .{1,50})?|no estuve (?:allí|ahí)",
        "greeting": r"(?:hola|buenas|buenos días|buenas (?:tardes|noches))(?: (?:a todos|a usted|qué tal))?|(?:cómo está(?: usted)?|qué tal|mucho gusto|encantad[oa])",
        "ack": r"sí+|si|vale|ok|list[oa]|estoy list[oa]|de acuerdo|empecemos|vamos|adelante|entendido|(?:muchas )?gracias",
    },
    "ar": {
        "stop": r"(?:اريد |أريد |ممكن )?(?:ان |أن )?(?:اتوقف|أتوقف|نتوقف|توقف|قف|إنهاء|انهاء|كفى|يكفي|خلاص)(?: (?:هنا|المقابلة))*|مع السلامة|(?:لا اريد|لا أريد) (?:ان |أن )?(?:اكمل|أكمل|استمر|أستمر|الاستمرار|المتابعة)|(?:دعنا|لنتوقف|هيا) (?:نتوقف|نتوقف هنا)|ليس لدي وقت(?: .{1,20})?|توقف عن .{1,20}",
        "shorten": r"(?:اقصر|أقصر|باختصار)",
        "pause": r"(?:اريد |أريد |ممكن )?(?:استراحة|لحظة|دقيقة|انتظر)",
        "skip": r"تخطي?|تخطى|التالي|السؤال التالي|(?:تجاوز|تخط|تخطى|تخطي|انتقل|لننتقل)(?: (?:هذا|هذا السؤال|السؤال|الى السؤال التالي|إلى السؤال التالي|الى التالي|إلى التالي))?|(?:السؤال )?التالي|بعده",
        "refusal": r"لا (?:اريد|أريد) (?:ان |أن )?(?:اجيب|أجيب|الاجابة|الإجابة)|(?:افضل|أفضل) عدم (?:الاجابة|الإجابة)|بدون تعليق|هذا (?:خاص|شخصي)|(?:أنا |انا )?(?:افضل|أفضل) (?:ألا|الا|أن لا|ان لا|عدم) (?:اقول|أقول|اجيب|أجيب|اتحدث|أتحدث|اتكلم|أتكلم|اذكر|أذكر|اشارك|أشارك|القول|الحديث|الكلام|الاجابة|الإجابة|الرد)(?: .{1,40})?|لا (?:اريد|أريد|ارغب|أرغب|اود|أود) (?:في )?(?:ان |أن )?(?:اقول|أقول|اجيب|أجيب|اتحدث|أتحدث|اتكلم|أتكلم|الحديث|الكلام|التحدث|القول|الاجابة|الإجابة)(?: .{1,40})?|(?:هذا |هذه )?(?:امر|أمر|مسألة|مسالة) (?:خاص|شخصي|خاصة|شخصية)|لن (?:اقول|أقول|اجيب|أجيب)(?: .{1,20})?",
        "repeat": r"(?:كرر|اعد|أعد|هل يمكنك (?:تكرار|إعادة))(?: السؤال)?|مرة (?:اخرى|أخرى)|ماذا|ما هو السؤال",
        "clarify": r"(?:لم|لا) (?:افهم|أفهم)(?: السؤال)?|ماذا تقصد|ما معنى .{1,40}|ماذا تعني",
        "dont_know": r"لا (?:اعرف|أعرف|ادري|أدري|اعلم|أعلم)|ليس (?:لدي|عندي) فكرة|لا (?:اتذكر|أتذكر)|مش عارف",
        "nothing_more": r"هذا كل شيء|لا شيء (?:اخر|آخر)",
        "yes": r"نعم|اجل|أجل|ايوه|موافق|حسنا|تمام",
        "no": r"لا|كلا|استمر|أكمل|اكمل",
        "greeting": r"مرحبا|اهلا|أهلا|السلام عليكم|صباح الخير|مساء الخير",
        "ack": r"نعم|حسنا|تمام|موافق|جاهز|شكرا",
    },
}

ANYWHERE: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "already_told": r"\b(?:dat|dit)? ?heb ik (?:u |je )?(?:dat |het )?(?:al|net|zojuist|reeds|eerder) (?:gezegd|verteld|beantwoord|genoemd)|\bik heb (?:u |je )?(?:dat|dit|het) (?:al|net|zojuist|eerder) (?:gezegd|verteld|beantwoord|genoemd)|\bdat (?:zei|vertelde|vroeg) (?:ik|u|je) (?:u |je )?(?:al|net|eerder)|^zoals (?:ik )?(?:al )?gezegd|\b(?:zei|vertelde|heb) ik (?:dat |het )?(?:u |je )?toch (?:al|net|zojuist)\b|\b(?:dat|dit|het) heb ik (?:u |je )?toch (?:al|net) ",
        "refusal": r"\b(?:wil|ga) ik (?:liever )?(?:niet|niets) (?:over |op )?(?:zeggen|praten|antwoorden|kwijt)|\bik voel me (?:daar|hier) niet (?:prettig|comfortabel) bij",
        "language": r"^(?:mag|kan|kunnen|kunt|is het) (?:ik|we|u|goed|oké|ok) .{0,40}\b(?:engels|nederlands|duits|frans|spaans|arabisch|turks|pools|een andere taal)\b.{0,20}$",
    },
    "de": {
        "already_told": r"\b(?:das|dies)? ?habe ich (?:ihnen )?(?:das |es )?(?:schon|bereits|gerade|eben) (?:gesagt|erzählt|beantwortet|erwähnt)|\bich habe (?:ihnen )?(?:das|es) (?:doch )?(?:schon|bereits|gerade|eben) (?:gesagt|erzählt|beantwortet|erwähnt)|\bdas haben sie (?:mich )?(?:schon|bereits) gefragt|^wie (?:schon |bereits )?gesagt|\bhabe? ich (?:ihnen |dir )?(?:das |es )?(?:doch |ja )?(?:schon|bereits|gerade|eben) (?:mal |einmal )?(?:gesagt|erzählt|beantwortet|erwähnt)|\b(?:sagte|erzählte) ich (?:ihnen )?(?:das )?(?:doch|ja|schon|bereits|gerade|eben)\b",
        "refusal": r"\b(?:möchte|will) (?:ich )?(?:lieber )?(?:nicht|nichts) (?:darüber |dazu )(?:sagen|sprechen|reden|erzählen)|\bich fühle mich (?:damit|dabei) nicht wohl",
        "language": r"^(?:darf|kann|können|könnten|ist es) (?:ich|wir|sie|ok|okay|in ordnung) .{0,40}\b(?:englisch|niederländisch|deutsch|französisch|spanisch|arabisch|türkisch|polnisch|einer anderen sprache)\b.{0,20}$",
    },
    "fr": {
        "already_told": r"\bje (?:vous )?l'ai déjà (?:dit|raconté|expliqué|mentionné)|\bje (?:vous )?ai déjà (?:répondu|dit|raconté|expliqué)|\bvous (?:me )?l'avez déjà demandé|\bvous avez déjà (?:posé|demandé)|^comme je (?:l'ai |vous l'ai )?(?:déjà )?dit|\bje viens (?:juste )?de (?:vous )?(?:le|l') ?(?:dire|raconter|expliquer)|\bje (?:vous )?l'ai (?:pas )?(?:déjà |bien )?dit$|^(?:c'est )?déjà dit",
        "refusal": r"\bje (?:préfère|préférerais) ne pas (?:en parler|répondre|le dire|dire)|\bje ne suis pas à l'aise",
        "language": r"^(?:puis-je|je peux|est-ce que je peux|peut-on|on peut|pouvons-nous|pouvez-vous) .{0,40}\b(?:anglais|néerlandais|allemand|français|espagnol|arabe|turc|polonais|une autre langue)\b.{0,20}$",
    },
    "es": {
        "already_told": r"\bya (?:se )?lo (?:he )?(?:dicho|dije|conté|contado|expliqué|mencioné|mencionado)|\bya (?:le )?(?:he )?(?:contestado|contesté|respondí|respondido) (?:a )?(?:eso|esto)|\bya me (?:lo )?(?:ha )?(?:preguntado|preguntó)|^como (?:ya )?(?:le )?(?:he dicho|dije)|\bacabo de (?:decirlo|decírselo|contarlo|contárselo|contestar)|\bya (?:se |te )?lo (?:he )?(?:dicho|dije)|\bno (?:se |te )?lo (?:acabo de decir|dije)(?: ya)?",
        "refusal": r"\bprefiero no (?:hablar|responder|contestar|decir)|\bno me siento cómod[oa]",
        "language": r"^(?:puedo|podemos|puede|podría) .{0,40}\b(?:inglés|neerlandés|holandés|alemán|francés|español|árabe|turco|polaco|otro idioma)\b.{0,20}$",
    },
}
