"""Questions about the interview in Dutch, German, French, Spanish and Arabic, as for English."""

# ruff: noqa: E501 - a pattern is read best in one piece

from collections.abc import Mapping

TOPICS: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "human": r"\b(?:ben|bent) (?:u|je|jij) (?:een )?(?:echte? )?(?:mens|persoon|robot|computer|ai|bot)\b|spreek ik met een (?:mens|robot|computer)|^(?:wat is (?:uw|je) naam|hoe heet (?:u|je|jij))$|^heeft u een naam",
        "how_long": r"^hoe ?lang (?:duurt|gaat|nog|is)\b.{0,40}$|^(?:zijn we|is het) (?:bijna )?(?:klaar|er)$",
        "how_many": r"^hoeveel (?:vragen|onderwerpen)\b|^is dit de laatste(?: vraag)?$",
        "who_sees": r"^wie (?:ziet|leest|krijgt|kan|kunnen|gaat|gaan|zal)\b.{0,30}\b(?:dit|dat|het|antwoorden?|zien|lezen|horen)$|^(?:ziet|leest|krijgt|hoort|gaat|kan|zal|komt) mijn (?:baas|chef|manager|werkgever|leidinggevende|arts|dokter|school|collega'?s?|familie)\b|^is (?:dit|het) (?:wel |echt )?(?:anoniem|vertrouwelijk)|^wat (?:gebeurt er|doet u|doen jullie) met (?:mijn|de|dit|deze)|^(?:hoe weet ik|is|blijft|zijn|ben ik|kan).{0,50}\b(?:anoniem|vertrouwelijk)\b",
        "recorded": r"\bwordt (?:dit|het|ik) .{0,20}opgenomen\b|^neemt u (?:dit|het) op",
        "why": r"^waarom (?:vraagt|vraag|wilt|wil|willen|zou|moet|moeten) (?:u|je|ik|jullie|ze)\b.{0,50}$|^waar (?:gaat|is|dient) (?:dit|het|deze)\b.{0,30}\b(?:over|voor|toe)$|^waar gaat .{1,30} over$|^wat is het doel\b|^waarom is (?:dit|dat) (?:belangrijk|van belang)|^waarom die vraag$|^(?:maar |en )?(?:waarom|hoezo)(?: (?:dan|eigenlijk))?$",
        "organization": r"^wie (?:zit|zitten|staat|staan) (?:hier)?achter\b|^wie (?:houdt|doet|betaalt) dit\b|^wie betaalt (?:u|je|jou|dit)",
        "can_skip": r"^(?:mag|kan|moet) ik (?:een vraag|vragen|alles|dit|hierop|daarop|alle vragen)\b.{0,20}(?:overslaan|beantwoorden|antwoorden)$",
        "can_stop": r"^(?:mag|kan) ik (?:altijd |op elk moment |tussendoor )(?:stoppen|ophouden)",
        "can_delete": r"^(?:kan|kunnen|mag|hoe kan|kunt) (?:ik|u|mijn) .{0,40}(?:wissen|verwijderen|verwijderd worden)",
        "help": r"^(?:help|hulp|wat kan ik (?:zeggen|typen|hier doen)|hoe werkt (?:dit|het)|wat moet ik doen)$",
        "present": r"^(?:hoort|hoor|ziet|zie|leest|lees|verstaat) (?:u|je|jij) (?:mij|me|dit|dat)\b|^(?:kunt|kun) (?:u|je) (?:mij|me|dit) (?:horen|zien|lezen|verstaan)\b|^(?:bent u|ben je) (?:er|daar)(?: nog)?$|^(?:luistert u|luister je)(?: .{1,20})?$|^is daar iemand$",
    },
    "de": {
        "human": r"\b(?:sind sie|bist du) (?:ein[e]? )?(?:echter? )?(?:mensch|person|roboter|computer|ki|bot|maschine)\b|spreche ich mit eine[mr] (?:menschen|roboter|maschine)|^(?:wie heissen sie|wie heisst du|(?:wie|was) ist ihr name)$|^haben sie einen namen",
        "how_long": r"^wie lange? (?:dauert|geht|noch|brauchen)\b.{0,40}$|^(?:sind wir|ist es) (?:bald|fast|gleich) (?:fertig|vorbei|durch)",
        "how_many": r"^wie ?viele (?:fragen|themen)\b|^ist das die letzte(?: frage)?$",
        "who_sees": r"^wer (?:sieht|liest|bekommt|kann|können|wird|hört|erfährt)\b.{0,40}$|^(?:sieht|liest|bekommt|erfährt|hört|wird|kann) (?:das |es |dies )?mein[e]? (?:chef|chefin|vorgesetzter|vorgesetzte|arbeitgeber|arzt|ärztin|schule|kollegen|familie)\b|^(?:ist|bleibt) (?:das|es|dies) (?:hier |wirklich )?(?:anonym|vertraulich)|^was (?:passiert|geschieht|machen sie) mit (?:meinen|den|dem|diesen)|^(?:woher|wie) weiss ich.{0,50}\b(?:anonym|vertraulich)\b|^(?:ist|bleibt|sind|bleiben|bin ich) .{0,40}\b(?:anonym|vertraulich)\b",
        "recorded": r"\bwird (?:das|dies|es) .{0,20}aufgezeichnet\b|\bwird (?:das|dies|es) aufgenommen|^nehmen sie (?:das|es) auf",
        "why": r"^(?:warum|wieso|weshalb|wozu) (?:fragen|wollen|möchten|brauchen|soll|sollte|muss|interessiert) (?:sie|ich|das)\b.{0,50}$|^worum geht es\b.{0,40}$|^was ist der zweck\b|^wofür ist (?:das|diese)\b.{0,30}$|^(?:warum|wieso) ist das (?:wichtig|relevant)|^(?:warum|wieso) diese frage$|^(?:aber |und )?(?:warum|wieso|weshalb|wozu)(?: (?:denn|das|eigentlich))*$",
        "organization": r"^wer (?:steckt|steht) dahinter|^wer (?:führt|macht|bezahlt) (?:das|diese)\b|^wer bezahlt (?:sie|dich|das)",
        "can_skip": r"^(?:darf|kann|muss) ich (?:eine frage|fragen|alles|das|darauf|alle fragen)\b.{0,20}(?:überspringen|beantworten|antworten)$",
        "can_stop": r"^(?:darf|kann) ich (?:jederzeit|immer) (?:aufhören|abbrechen|beenden)",
        "can_delete": r"^(?:kann|können|darf|wie kann) (?:ich|sie|man) .{0,40}löschen",
        "help": r"^(?:hilfe|was kann ich (?:sagen|schreiben|hier tun)|wie funktioniert (?:das|es)|was soll ich (?:tun|machen))$",
        "present": r"^(?:hören|sehen|lesen|verstehen|hörst) (?:sie|du) (?:mich|das|mit)\b.{0,20}$|^(?:können|kannst) (?:sie|du) (?:mich|das) (?:hören|sehen|lesen|verstehen)$|^(?:sind sie (?:noch )?da|hören sie (?:zu|überhaupt zu)|hörst du zu|ist da jemand|hören sie mir zu)$",
    },
    "fr": {
        "human": r"(?:êtes-vous|vous êtes|es-tu|tu es) (?:une? )?(?:vraie? )?(?:humaine?|personne|robot|ordinateur|ia|machine)\b|^(?:comment vous appelez-vous|vous vous appelez comment|comment tu t'appelles|quel est (?:votre|ton) nom)$|^avez-vous un nom",
        "how_long": r"^combien de temps\b.{0,50}$|^(?:ça|cela) (?:dure|prend) (?:encore )?(?:longtemps|combien)|^(?:c'est|est-ce) bientôt (?:fini|terminé)",
        "how_many": r"^combien de (?:questions|sujets)\b|^(?:est-ce|c'est) la dernière(?: question)?$",
        "who_sees": r"^qui (?:va |peut |pourra )?(?:voir|lire|lit|voit|verra|lira|aura|entend)\b.{0,40}$|^(?:est-ce que )?(?:mon|ma|mes) (?:chef|patron|patronne|employeur|manager|médecin|école|famille|collègues|responsable) (?:va|vont|peut|peuvent|verra|lira)\b|^(?:est-ce que )?(?:c'est|est-ce|ceci est) (?:vraiment )?(?:anonyme|confidentiel)|^que (?:faites-vous|deviennent|fait-on)\b.{0,40}$|^(?:comment (?:savoir|puis-je savoir|je sais)|est-ce|c'est|suis-je|mes réponses).{0,50}\b(?:anonymes?|confidentiel\w*)\b",
        "recorded": r"\b(?:suis-je|est-ce|c'est|je suis) .{0,15}enregistrée?\b|^vous enregistrez",
        "why": r"^pourquoi (?:demandez-vous|me demandez-vous|vous demandez|vous me demandez|voulez-vous|vous voulez|posez-vous|devrais-je|je devrais|dois-je|cette question)\b.{0,50}$|^(?:quel est|c'est quoi) le but\b|^(?:sur quoi porte|de quoi parle|à quoi sert|de quoi s'agit)\b.{0,40}$|^pourquoi (?:est-ce|c'est) important|^(?:mais |et )?pourquoi(?: (?:donc|ça|cela))?$",
        "organization": r"^qui (?:est derrière|mène|organise|paie|fait) (?:cela|ça|cette|cet|ceci)\b|^qui vous (?:paie|paye)",
        "can_skip": r"^(?:est-ce que je |je |puis-je |dois-je )(?:peux |dois )?(?:passer des questions|passer une question|tout répondre|répondre à tout|répondre)$",
        "can_stop": r"^(?:est-ce que je peux|je peux|puis-je) (?:arrêter|m'arrêter) (?:à tout moment|quand je veux)",
        "can_delete": r"^(?:est-ce que je peux|je peux|puis-je|comment|pouvez-vous) .{0,30}(?:effacer|supprimer)\b",
        "help": r"^(?:aide|à l'aide|aidez-moi|que puis-je (?:dire|écrire|faire ici)|comment (?:ça|cela) marche|que dois-je faire)$",
        "present": r"^(?:est-ce que )?vous (?:m'entendez|me lisez|m'écoutez|écoutez|êtes là)(?: .{1,15})?$|^(?:m'entendez-vous|me lisez-vous|m'écoutez-vous|écoutez-vous|êtes-vous là|il y a quelqu'un|tu m'entends|tu m'écoutes)$",
    },
    "es": {
        "human": r"(?:es usted|eres|usted es) (?:una? )?(?:human[oa]|persona|robot|ordenador|ia|máquina|computadora)\b|^(?:cómo (?:se|te) llama(?:s)?(?: usted)?|cuál es (?:su|tu) nombre)$|^tiene (?:usted )?nombre",
        "how_long": r"^cuánto (?:tiempo|falta|dura|queda|tarda)\b.{0,40}$|^(?:ya )?(?:casi )?(?:hemos terminado|terminamos)$",
        "how_many": r"^cuántas preguntas\b|^cuántos temas\b|^(?:es )?(?:esta )?la última(?: pregunta)?$",
        "who_sees": r"^quién(?:es)? (?:va a |van a |puede |pueden |podrá )?(?:ver|leer|lee|leen|ve|ven|verá|leerá|oye)\b.{0,40}$|^(?:va a |lo (?:va a )?|puede |podrá )(?:ver|leer|verá|leerá|saber)(?:lo|á)? (?:esto |eso )?mi (?:jefe|jefa|empresa|médico|médica|escuela|familia)\b|^mi (?:jefe|jefa|empresa|médico|médica|escuela|familia) (?:va a|puede|podrá|lo)\b.{0,30}$|^(?:esto )?es (?:esto )?(?:realmente )?(?:anónimo|confidencial)|^qué (?:pasa|hacen|harán|hace) con (?:mis|las|los|esto)\b|^(?:cómo (?:sé|puedo saber)|es|son|esto es|soy).{0,50}\b(?:anónim[oa]s?|confidencial(?:es)?)\b",
        "recorded": r"\b(?:se está|está|me están|se) grab(?:ando|a)\b",
        "why": r"^por qué (?:pregunta|me pregunta|lo pregunta|quiere|quieren|debería|tengo que|necesita|esa pregunta)\b.{0,50}$|^(?:cuál es el|con qué) (?:propósito|objetivo|fin)\b|^(?:de qué trata|para qué (?:es|sirve|quiere))\b.{0,40}$|^por qué es importante|^(?:pero |y )?por qué(?: (?:eso|entonces))?$",
        "organization": r"^quién (?:está detrás|hace|paga|organiza|lleva)\b|^quién (?:le|te) paga",
        "can_skip": r"^(?:puedo|tengo que|debo) (?:saltar (?:preguntas|una pregunta)|contestar(?: a)?(?: todo)?|responder(?: a)?(?: todo)?)$",
        "can_stop": r"^puedo (?:parar|terminar|dejarlo) (?:cuando quiera|en cualquier momento)",
        "can_delete": r"^(?:puedo|cómo puedo|pueden|puede) .{0,30}(?:borrar|eliminar)\b",
        "help": r"^(?:ayuda|ayúdeme|qué puedo (?:decir|escribir|hacer aquí)|cómo funciona(?: esto)?|qué tengo que hacer)$",
        "present": r"^(?:me (?:oye|escucha|lee|oyes|escuchas)|está (?:usted )?(?:ahí|escuchando)|hay alguien(?: ahí)?)(?: .{1,15})?$",
    },
    "ar": {
        "human": r"هل (?:انت|أنت) (?:انسان|إنسان|بشر|روبوت|آلة|الة|شخص|حاسوب)",
        "why": r"^(?:لماذا|ليش|لم|ليه)(?: (?:تسأل|تسال|تسألني|تسالني|تسألون|تريد|تريدون|هذا السؤال|هذا|تسأل عن) ?.{0,30})?$",
        "present": r"^هل (?:تسمعني|تسمعوني|انت هنا|أنت هنا)$",
    },
}
