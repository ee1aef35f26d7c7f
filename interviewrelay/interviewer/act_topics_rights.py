"""Questions about what participants may do, what is kept of them, and trouble with the page: what the
consent page grants is understood in every language that the interviewer has.
"""

# ruff: noqa: E501 - a pattern is read best in one piece

from collections.abc import Mapping

# A "no" at the head of a sentence may be gone as a word of politeness when these look at it.
KEEPING = r"keep|kept|keeping|stored?|storing|saved?|held|hold(?:ing)? on to|retain(?:ed)?|deleted|destroyed|erased"

TOPICS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "kept": rf"^(?:for )?how long\b.{{0,60}}\b(?:{KEEPING})\b|^(?:until )?when\b.{{0,60}}\b(?:my|the|this|these|our)\b.{{0,40}}\b(?:deleted|destroyed|erased|removed)\b|^(?:where|how) (?:is|are|do you|will|does) .{{0,50}}\b(?:{KEEPING})\b|^(?:do|will) you (?:keep|store|save) (?:my|this|the|these|all)\b|^(?:is|are) (?:this|it|my \w+|these|all of this) (?:being )?(?:stored|saved|kept)\b|^what (?:do you|is|gets) (?:keep|store|stored|kept|saved)\b.{{0,30}}$",
        "can_return": r"^(?:can|may|could) (?:i|we) (?:take a break and |stop here and |pause and )?(?:come back|continue|return|finish|resume|go on|carry on|do the rest)\b.{0,30}\b(?:later|tomorrow|another|tonight|week|weekend|evening|afternoon|morning)\b",
        "trouble": r"^(?:(?:i think |sorry,? |hello,? |help,? )*)(?:(?:the|this|your) (?:page|button|send button|screen|chat|text box|form|microphone|link)|nothing) (?:is (?:broken|frozen|stuck|blank|not working|not loading)|isn't (?:working|loading)|(?:doesn't|does not|won't|will not) (?:work|load|open|respond|react)|(?:is )?(?:hanging|freezing)|keeps (?:freezing|crashing|reloading)|happens when i (?:press|click|tap)\b.{0,30})(?: (?:for me|here|again|properly|at all|anymore))?$|^(?:sorry,? )?i (?:can't|cannot|can not|don't) (?:see|find|press|click|tap) (?:the|a|any|that|your) (?:\w+ )?(?:button|box|text field|field|page|question)(?: here| anywhere| any ?more)?$|^where is the (?:\w+ )?button$",
    },
    "nl": {
        "kept": r"^(?:tot wanneer|hoe ?lang|waar|hoe)\b.{0,50}\b(?:bewaart?|bewaren|bewaard|opgeslagen|opslaan|slaat|verwijderd|gewist)\b|^(?:bewaart|bewaren) (?:u|jullie) (?:mijn|dit|de)\b|^(?:wordt|worden) (?:dit|mijn|deze)\b.{0,30}\b(?:bewaard|opgeslagen)$",
        "can_skip": r"^(?:mag|kan|kunnen) (?:ik|we|wij) (?:deze|dit|die|deze vraag|dat)?(?: vraag| ook| een keer)* ?(?:overslaan|laten liggen|weglaten)$",
        "can_return": r"^(?:mag|kan|kunnen) (?:ik|we) (?:(?:ook|dit|hier|het|nog) )*(?:later|morgen|vanavond|straks|een andere keer|volgende week|op een ander moment|dit weekend)\b.{0,40}$|^(?:mag|kan) ik .{0,30}\b(?:terugkomen|verdergaan|verder gaan|doorgaan|afmaken)$",
        "can_change": r"^(?:mag|kan|hoe kan) ik .{0,40}\b(?:veranderen|wijzigen|aanpassen|verbeteren|corrigeren|terugnemen)$",
        "can_delete": r"^(?:kan|kunt|kun|mag|wilt) (?:u|je|ik|dit|alles|mijn) .{0,40}\b(?:wissen|verwijderen|verwijderd worden|gewist worden|weghalen)$",
        "trouble": r"^(?:sorry,? )?(?:de|deze) (?:pagina|knop|verstuurknop|website|link|microfoon) (?:doet het niet|werkt niet|is (?:kapot|stuk|vastgelopen|leeg)|laadt niet|reageert niet|hangt)(?: meer| goed)?$|^(?:sorry,? )?ik (?:zie|vind|kan) (?:de|geen|die) (?:\w+ )?(?:knop|pagina|vraag|veld)(?: niet)?(?: (?:vinden|zien|meer))?$|^waar is de (?:\w+ )?knop$",
    },
    "de": {
        "kept": r"^(?:bis wann|wie lange?|wo|wie|wann)\b.{0,60}\b(?:gespeichert|speichern|aufbewahrt|bewahren|aufgehoben|behalten|gelöscht)\b|^speichern sie (?:meine|das|die|alles)\b|^(?:wird|werden) (?:das|meine|diese|die)\b.{0,30}\b(?:gespeichert|aufbewahrt)$",
        "can_skip": r"^(?:darf|kann|könnte|können) (?:ich|wir) (?:(?:diese|die|das|diese frage|die frage|hier|auch) )*(?:überspringen|auslassen|weglassen)$",
        "can_return": r"^(?:darf|kann|könnte|können) (?:ich|wir) (?:(?:auch|das|hier|es|noch) )*(?:später|morgen|heute abend|nachher|ein andermal|ein anderes mal|nächste woche|am wochenende)\b.{0,40}$|^(?:darf|kann|könnte) ich .{0,30}\b(?:wiederkommen|zurückkommen|weitermachen|fortfahren|fortsetzen)$",
        "can_change": r"^(?:darf|kann|könnte|wie kann) ich .{0,40}\b(?:ändern|korrigieren|berichtigen|zurücknehmen|bearbeiten|verbessern|anpassen)$",
        "can_delete": r"^(?:kann|können|könnten|darf|wie kann) (?:ich|sie|man|das|alles|meine) .{0,40}\b(?:löschen|gelöscht werden|entfernen)$",
        "trouble": r"^(?:entschuldigung,? )?(?:die|diese|der|dieser|das) (?:seite|knopf|schaltfläche|taste|button|webseite|link|mikrofon) (?:ist (?:kaputt|leer|eingefroren|weg)|geht nicht|funktioniert nicht|lädt nicht|reagiert nicht|hängt)(?: mehr| richtig)?$|^(?:entschuldigung,? )?ich (?:sehe|finde|kann) (?:den|die|das|keinen|keine) (?:\w+ )?(?:knopf|schaltfläche|taste|button|seite|frage|feld)(?: nicht)?(?: (?:finden|sehen|mehr))?$|^wo ist (?:der|die) (?:\w+ )?(?:knopf|taste|button|schaltfläche)$",
    },
    "fr": {
        "kept": r"^(?:pendant |jusqu'à )?(?:combien de temps|quand|où|comment)\b.{0,60}\b(?:gardez|garde|gardées?|gardés?|conservez|conserve|conservées?|conservés?|stockées?|stockez|enregistrées|supprimées?|effacées?)\b|^(?:gardez|conservez|stockez)-vous (?:mes|ces|les|tout)\b|^(?:est-ce que )?(?:mes réponses|mes données|tout cela) (?:sont|est) (?:gardées?|conservées?|stockées?)$",
        "can_skip": r"^(?:est-ce que je peux|je peux|puis-je|peut-on|on peut) (?:passer|sauter|laisser) (?:celle-ci|celle-là|ça|cela|cette question|la question|une question)(?: de côté)?$",
        "can_return": r"^(?:est-ce que je peux|je peux|puis-je|peut-on|on peut|pourrais-je) (?:revenir|continuer|reprendre|finir|terminer)\b.{0,20}\b(?:plus tard|demain|ce soir|un autre jour|une autre fois|la semaine prochaine|après)\b.{0,20}$",
        "can_change": r"^(?:est-ce que je peux|je peux|puis-je|pourrais-je|comment puis-je|comment) (?:modifier|changer|corriger|rectifier|reprendre) (?:ma|mes|une|la|ce)\b.{0,40}$",
        "can_delete": r"^(?:est-ce que (?:je peux|vous pouvez)|je peux|puis-je|pouvez-vous|pourriez-vous|vous pouvez) (?:tout )?(?:effacer|supprimer)\b.{0,40}$",
        "trouble": r"^(?:pardon,? |désolée?,? )?(?:la|le|cette|ce) (?:page|bouton|site|lien|micro) (?:est (?:cassée?|bloquée?|vide|en panne)|ne (?:marche|fonctionne|charge|répond|s'affiche) (?:pas|plus))(?: bien)?$|^(?:pardon,? |désolée?,? )?je ne (?:vois|trouve) (?:pas|plus) (?:le|la|de) (?:bouton|page|question|case|champ)(?: \w+)?$|^où est le bouton(?: \w+)?$",
    },
    "es": {
        "kept": r"^(?:por |durante |hasta )?(?:cuánto tiempo|cuándo|dónde|cómo)\b.{0,60}\b(?:guarda[nr]?|guardarán|conserva[nr]?|conservarán|almacena[nr]?|guardad[oa]s?|borrarán|eliminarán|borran|eliminan)\b|^(?:guarda|guardan|conservan|almacenan) (?:mis|esto|todo|los|las)\b|^se (?:guarda|guardan|conservan|almacenan) (?:mis|esto|todo|los|las)\b.{0,30}$",
        "can_skip": r"^(?:puedo|podría|podemos|se puede) (?:saltar(?:me)?|omitir|pasar|dejar)(?:la|lo)? ?(?:esta|esto|esta pregunta|la pregunta|una|eso|de largo)?$",
        "can_return": r"^(?:puedo|podría|podemos) (?:volver|seguir|continuar|terminar|acabar|regresar)(?:lo|la)?\b.{0,20}\b(?:mañana|más tarde|luego|después|otro día|otro momento|esta noche|la semana que viene)\b.{0,20}$",
        "can_change": r"^(?:puedo|podría|cómo puedo) (?:cambiar|corregir|modificar|rectificar)(?:la|lo)?\b.{0,40}$",
        "can_delete": r"^(?:puedo|puede|pueden|podría|podrían|cómo puedo) (?:borrar|eliminar|suprimir)(?:lo|la|los|las)?\b.{0,40}$",
        "trouble": r"^(?:perdón,? )?(?:la|el|esta|este) (?:página|botón|sitio|enlace|micrófono) (?:no (?:funciona|carga|responde|va|sale)|está (?:rot[oa]|bloquead[oa]|en blanco|vací[oa])|se ha (?:bloqueado|colgado))(?: bien)?$|^(?:perdón,? )?(?:no )?(?:veo|encuentro) (?:el|la|ningún) (?:botón|página|pregunta|campo)(?: \w+)?$|^dónde está el botón(?: \w+)?$",
    },
}
