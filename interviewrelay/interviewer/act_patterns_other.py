"""Short lists of dialogue acts in Dutch, German, French, Spanish and Arabic, as for English."""

# ruff: noqa: E501 - a pattern is read best in one piece

from collections.abc import Mapping

ENDS: Mapping[str, tuple[str, str]] = {
    "nl": (
        "ok|oké|nou|eh+|sorry|ja|nee|hallo|eigenlijk|eerlijk gezegd",
        "alstublieft|alsjeblieft|aub|graag|hoor|sorry|nu",
    ),
    "de": (
        "ok|okay|also|äh+|entschuldigung|bitte|ja|nein|hallo|eigentlich|ehrlich gesagt",
        "bitte|danke|jetzt|leider",
    ),
    "fr": (
        "ok|bon|euh+|pardon|désolée?|oui|non|bonjour|en fait|franchement",
        "s'il vous pla[iî]t|svp|merci|maintenant|désolée?",
    ),
    "es": (
        "ok|vale|bueno|eh+|perdón|sí|no|hola|pues|la verdad",
        "por favor|gracias|ahora|perdón|la verdad",
    ),
    "ar": ("نعم|لا|حسنا|طيب|عفوا|مرحبا", "من فضلك|لو سمحت|شكرا|الان|الآن"),
}

WHOLE: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "stop": r"(?:ik wil |kunnen we |laten we |mag ik )?(?:stop(?:pen)?|ophouden|hou op|afsluiten)(?: (?:nu|hier|hiermee|met (?:dit|het) (?:gesprek|interview)))*|ik moet gaan|tot ziens|dag",
        "shorten": r"korter|(?:kan|mag) het korter|ik heb (?:weinig tijd|haast)",
        "pause": r"(?:ik wil |kunnen we |even )?(?:een )?(?:pauze|pauzeren)(?: nemen)?|momentje|wacht even|een ogenblik",
        "refusal": r"(?:sla (?:deze|die|dit|dat) over|overslaan|volgende(?: vraag)?|dat (?:zeg|vertel) ik (?:liever )?niet|(?:zeg|vertel) ik liever niet|liever niet|geen commentaar|dat is (?:te )?(?:privé|persoonlijk)|(?:mag|kan|wil) ik (?:dit|deze|die)(?: vraag)? overslaan)",
        "repeat": r"(?:kunt u|kun je|kan je) (?:dat|de vraag|het) herhalen|herhaal(?: (?:de vraag|dat))?|wat was de vraag|wat zegt u|wat zei (?:u|je)|nog een keer|wat",
        "clarify": r"(?:ik begrijp (?:het|de vraag|dat)|ik snap (?:het|de vraag|dat)) niet|wat bedoel(?:t u|je)(?: .{1,60})?|hoe bedoel(?:t u|je)",
        "dont_know": r"(?:dat )?weet ik (?:echt )?niet(?: (?:meer|precies))?|(?:ik )?(?:heb )?geen idee|ik weet het (?:echt )?niet(?: meer)?|ik zou het niet weten|geen flauw idee",
        "nothing_more": r"dat is alles|dat was het|verder niets",
        "yes": r"ja+|jawel|oké|ok|prima|zeker|graag|doe maar",
        "no": r"nee+|liever niet|ga door|doorgaan|verder",
    },
    "de": {
        "stop": r"(?:ich (?:möchte|will) |können wir |lassen sie uns )?(?:stopp?|aufhören|abbrechen|beenden|schluss)(?: (?:hier|damit|jetzt))*|(?:ich (?:möchte|will) )?(?:das|dieses) (?:interview|gespräch) (?:beenden|abbrechen)|ich muss (?:los|gehen|weg)|tschüss|auf wiedersehen",
        "shorten": r"kürzer|geht es kürzer|ich habe (?:wenig zeit|es eilig)",
        "pause": r"(?:können wir |ich brauche |ich möchte )?(?:eine )?(?:kurze )?pause(?: machen)?|moment(?: mal)?|einen (?:moment|augenblick)|warten sie",
        "refusal": r"überspringen|weiter|nächste(?: frage)?|(?:das |dazu )?(?:möchte|will) ich (?:lieber )?(?:nicht|nichts) (?:sagen|beantworten|antworten)|(?:lieber nicht|kein kommentar|keine angabe)|das ist (?:zu )?(?:privat|persönlich)|(?:kann|darf) ich (?:das|die frage|diese frage) überspringen|(?:diese|die) frage überspringen",
        "repeat": r"(?:können|könnten) sie (?:das|die frage)(?: bitte)?(?: noch ?mal)? wiederholen|wiederholen(?: sie)?|wie war die frage|noch ?mal|wie bitte|was",
        "clarify": r"(?:das|die frage|ich) verstehe? ich nicht|ich verstehe (?:das|die frage|sie|es)? ?nicht|was meinen sie(?: .{1,60})?|wie meinen sie das|was bedeutet das",
        "dont_know": r"(?:das )?weiß ich (?:leider )?nicht(?: (?:mehr|genau))?|ich weiß (?:es|das)? ?(?:leider )?nicht(?: mehr)?|keine ahnung|weiß nicht|(?:ich )?(?:habe )?keine ahnung|kann ich nicht sagen",
        "nothing_more": r"das ist alles|das war'?s|das war es|sonst nichts",
        "yes": r"ja+|jawohl|ok|okay|gerne?|klar|sicher|genau",
        "no": r"nein+|nee?|weitermachen|doch nicht",
    },
    "fr": {
        "stop": r"(?:je (?:veux|voudrais|souhaite) |on peut |peut-on |pouvons-nous )?(?:stop|arrêter|arrêtons|arrêtez|terminer|finir)(?: (?:ici|là|l'entretien|maintenant))*|je dois (?:y aller|partir)|au revoir",
        "shorten": r"plus court|en plus court|je suis pressée?|j'ai peu de temps",
        "pause": r"(?:on peut |je voudrais |peut-on )?(?:faire )?(?:une )?(?:petite )?pause|(?:un|une) (?:instant|moment|minute)|attendez",
        "refusal": r"passer|passe|passons|suivante?|(?:la )?question suivante|je (?:préfère|préférerais) ne pas (?:répondre|en parler|le dire)|je ne (?:veux|souhaite) pas (?:répondre|en parler)|sans commentaire|c'est (?:trop )?(?:privé|personnel)|(?:je peux|puis-je|on peut) passer(?: (?:cette|la) question)?|passer (?:cette|la) question",
        "repeat": r"(?:pouvez-vous|vous pouvez|pourriez-vous) (?:répéter|redire)(?: (?:la question|cela|ça))?|répétez|quelle était la question|comment|encore une fois|quoi",
        "clarify": r"(?:je )?(?:ne )?(?:comprends|comprend) pas(?: .{1,40})?|je n'ai pas compris(?: .{1,40})?|que voulez-vous dire(?: .{1,60})?|qu'est-ce que vous voulez dire(?: .{1,60})?|c'est-à-dire",
        "dont_know": r"(?:je )?(?:ne )?(?:sais|sait) (?:vraiment )?pas(?: trop)?|aucune idée|je n'en sais rien|je n'ai aucune idée|je ne me souviens (?:pas|plus)|je ne sais plus|j'sais pas|chais pas",
        "nothing_more": r"c'est tout|voilà|rien d'autre",
        "yes": r"oui+|ouais|d'accord|ok|bien sûr|volontiers",
        "no": r"non+|pas vraiment|continuons|continuez|on continue",
    },
    "es": {
        "stop": r"(?:quiero |quisiera |podemos |puedo )?(?:parar|terminar|acabar|detener|basta|stop|detente|alto)(?: (?:aquí|ya|la entrevista|ahora))*|(?:me )?tengo que ir(?:me)?|adiós|ya basta",
        "shorten": r"más corto|más breve|tengo (?:prisa|poco tiempo)",
        "pause": r"(?:podemos |quiero |necesito )?(?:hacer )?(?:una )?pausa|un (?:momento|momentito|segundo)|espere?",
        "refusal": r"saltar|paso|siguiente(?: pregunta)?|(?:la )?siguiente pregunta|prefiero no (?:responder|contestar|decirlo|hablar de (?:eso|ello))|no quiero (?:responder|contestar|hablar de (?:eso|ello))|sin comentarios|es (?:muy |demasiado )?(?:privado|personal)|(?:puedo|podemos) saltar(?:me)? (?:esta|la) pregunta|saltar (?:esta|la) pregunta",
        "repeat": r"(?:puede|podría|puedes) repetir(?: (?:la pregunta|eso))?|repita|repite|cuál era la pregunta|cómo|otra vez|qué",
        "clarify": r"no (?:lo )?entiendo(?: .{1,40})?|no entendí(?: .{1,40})?|qué quiere decir(?: .{1,60})?|qué significa(?: .{1,40})?|a qué se refiere(?: .{1,40})?",
        "dont_know": r"(?:yo )?no (?:lo )?sé|ni idea|no tengo (?:ni )?idea|no me acuerdo|no recuerdo|no sabría decir(?:le)?",
        "nothing_more": r"eso es todo|nada más",
        "yes": r"sí+|si|claro|vale|ok|por supuesto|de acuerdo",
        "no": r"no+|sigamos|continuar|continúe|seguir",
    },
    "ar": {
        "stop": r"(?:اريد |أريد |ممكن )?(?:ان |أن )?(?:اتوقف|أتوقف|نتوقف|توقف|قف|إنهاء|انهاء|كفى|يكفي|خلاص)(?: (?:هنا|المقابلة))*|مع السلامة",
        "shorten": r"(?:اقصر|أقصر|باختصار)",
        "pause": r"(?:اريد |أريد |ممكن )?(?:استراحة|لحظة|دقيقة|انتظر)",
        "refusal": r"تخطي?|تخطى|التالي|السؤال التالي|لا (?:اريد|أريد) (?:ان |أن )?(?:اجيب|أجيب|الاجابة|الإجابة)|(?:افضل|أفضل) عدم (?:الاجابة|الإجابة)|بدون تعليق|هذا (?:خاص|شخصي)",
        "repeat": r"(?:كرر|اعد|أعد|هل يمكنك (?:تكرار|إعادة))(?: السؤال)?|مرة (?:اخرى|أخرى)|ماذا|ما هو السؤال",
        "clarify": r"(?:لم|لا) (?:افهم|أفهم)(?: السؤال)?|ماذا تقصد|ما معنى .{1,40}|ماذا تعني",
        "dont_know": r"لا (?:اعرف|أعرف|ادري|أدري|اعلم|أعلم)|ليس (?:لدي|عندي) فكرة|لا (?:اتذكر|أتذكر)|مش عارف",
        "nothing_more": r"هذا كل شيء|لا شيء (?:اخر|آخر)",
        "yes": r"نعم|اجل|أجل|ايوه|موافق|حسنا|تمام",
        "no": r"لا|كلا|استمر|أكمل|اكمل",
    },
}

TOPICS: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "human": r"\b(?:ben|bent) (?:u|je|jij) (?:een )?(?:echte? )?(?:mens|persoon|robot|computer|ai|bot)\b|spreek ik met een (?:mens|robot|computer)"
    },
    "de": {
        "human": r"\b(?:sind sie|bist du) (?:ein[e]? )?(?:echter? )?(?:mensch|person|roboter|computer|ki|bot|maschine)\b|spreche ich mit eine[mr] (?:menschen|roboter|maschine)"
    },
    "fr": {
        "human": r"(?:êtes-vous|vous êtes|es-tu|tu es) (?:une? )?(?:vraie? )?(?:humaine?|personne|robot|ordinateur|ia|machine)\b"
    },
    "es": {
        "human": r"(?:es usted|eres|usted es) (?:una? )?(?:human[oa]|persona|robot|ordenador|ia|máquina|computadora)\b"
    },
    "ar": {"human": r"هل (?:انت|أنت) (?:انسان|إنسان|بشر|روبوت|آلة|الة|شخص|حاسوب)"},
}

DANGER = (
    # Dutch, German, French, Spanish, Arabic; looked for in every interview, whatever its language.
    r"\bzelfmoord\w*|\bzelfdoding|\b(?:wil|wilde) (?:niet meer leven|dood)\b|\bmezelf (?:van kant maken|iets aandoen|pijn doen|doden|snijden)|\b(?:slaat|mishandelt|misbruikt) (?:mij|me|ons|mijn kind)",
    r"\bselbstmord\w*|\bsuizid\w*|\bmich (?:umbringen|töten|selbst verletzen|ritzen)|\b(?:nicht mehr leben|will sterben|möchte sterben)\b|\b(?:schlägt|misshandelt|missbraucht) (?:mich|uns|mein kind)",
    r"\bme (?:suicider|tuer|faire du mal)\b|\bje (?:veux|voudrais) mourir\b|\bplus envie de vivre\b|\bmettre fin à (?:mes jours|ma vie)|\bil me (?:frappe|bat|viole)\b|\b(?:frappe|viole) (?:mes enfants|mon enfant)",
    r"\b(?:suicidarme|suicidio|suicidarse|matarme|hacerme daño|quitarme la vida)\b|\bquiero morir(?:me)?\b|\bno quiero (?:seguir )?vivi(?:r|endo)\b|\b(?:me|nos) (?:pega|golpea|maltrata|viola)\b",
    r"انتحار|(?:اريد|أريد) (?:ان |أن )?(?:اموت|أموت)|(?:اقتل|أقتل|قتل|إيذاء|ايذاء) نفسي|لا (?:اريد|أريد) (?:ان |أن )?(?:اعيش|أعيش)|يضربني|(?:انهي|أنهي) حياتي",
)
