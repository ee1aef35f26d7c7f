"""German wishes to stop, by what they are made of (`wishes`)."""

# ruff: noqa: E501 - a pattern is read best in one piece

LEADS = r"ok|okay|so|also|na|naja|nun|nee|nein|ja|bitte|sorry|entschuldigung|tut mir leid|aber|und|dann|jetzt|danke|hallo|ehrlich gesagt|eigentlich|leider|äh+|ach|hey|stopp?|gut|denn|deshalb|darum|daher|ich (?:glaube|denke|finde|meine)(?: dass)?|wenn (?:es|das) (?:ok|okay|geht|in ordnung ist)|ich habe gesagt|ich sagte(?: doch| bereits| schon)?"
TAILS = r"jetzt|hier|bitte|danke|danke schön|(?:vielen )?dank(?:e)? für .{1,25}|vielen dank|sorry|leider|dann|für heute|erstmal|nun|mal|ja|ok|okay|lieber|endlich|sofort|gleich|tut mir leid|tschüss|ciao|auf wiedersehen|schönen tag(?: noch)?|damit|daran|für mich|echt|wirklich|wenn (?:es|das) (?:ok|okay|geht|in ordnung) ?(?:ist)?|habe ich(?: doch)? gesagt|sagte ich(?: doch)?|gell|oder|entschuldigung|nach dieser(?: frage)?|danach"
_OBJ = r"(?:(?:das|dieses|diese|dieser|diesem|diesen|die|der|den|dem|mit|auf|von|an|ihre|ihren|eure|euren|solche|solchen|irgendwelche|ganze|ganzen|ganzes|alle|allen|weitere|weiteren|mehr|ihr|euer|noch|blöden|dämlichen|doofen|blöde|hier|jetzt|noch mehr) )*(?:das|dies|hier|ganze|ganzen|interview|gespräch|befragung|umfrage|fragebogen|fragen|frage|fragerei|unterhaltung|chat|sache|quatsch|mist|scheiss|ding|verhör|ausfragen|gefrage|antworten|davon|damit|daran|dazu|darauf|dafür|weiteres)"
_ADV = r"(?:(?:nach dieser frage|nach dieser|danach|jetzt|bitte|hier|damit|nun|gern|gerne|lieber|wirklich|echt|leider|einfach|endlich|langsam|dann|mal|auch|doch|eigentlich|so|ganz|schon|für heute|an dieser stelle|gleich|nur|ehrlich|daran|da|erstmal|sofort|dazu|aber|nämlich|das|es|mir|mich) )*"
_W = r"(?:ich|wir|man|sie|ihr|du)"
_MOD = r"(?:möchte|möchten|will|wollen|würde|würden|muss|müssen|kann|können|könnte|könnten|könnt|darf|dürfen|sollte|sollten|soll|werde|werden|mag|wollte)"
_INF = r"(?:aufhören|abbrechen|beenden|stoppen|schluss machen|schließen|schliessen|abschliessen|aussteigen|einen (?:schlussstrich|punkt|strich|cut) (?:\w+ ){0,2}(?:ziehen|machen|setzen)|ein ende (?:machen|setzen|finden)|zum (?:ende|schluss) kommen|zu ende (?:bringen|machen)|belassen|gut sein lassen|bewenden lassen|sein lassen|bleiben lassen|auflegen|gehen|los|weg|raus|verabschieden|ausloggen|abmelden|beendet haben)"
_MORE = r"(?:weitermachen|weiterreden|weitersprechen|weiter|fortfahren|fortsetzen|mitmachen|teilnehmen|antworten|beantworten|reden|gefragt werden|befragt werden|mehr|machen|weiter machen|weiter antworten|ausgefragt werden|sagen)"

ENDS = (
    rf"(?:wäre?|ist|geht)(?:'s| es) (?:ok|okay|möglich|in ordnung|schlimm|recht)?(?: für sie)? ?wenn (?:wir|ich) {_ADV}(?:{_OBJ} )?{_ADV}{_INF}(?: (?:würde|würden|könnten?))?|(?:ich )?beantworte {_ADV}keine (?:weiteren |anderen )?fragen(?: mehr)?"
    rf"|(?:(?:{_W} {_MOD}|{_MOD} {_W}|{_MOD}) )?{_ADV}(?:{_OBJ} )?{_ADV}{_INF}(?<! gehen)(?<! los)(?<! weg)(?: (?:würde|würden|möchte|will))?"
    rf"|(?:(?:ich|wir) {_MOD}|{_MOD} (?:ich|wir)|muss|muss mich) {_ADV}(?:gehen|los|weg|auflegen|verabschieden|raus|fort|arbeiten|schluss machen)(?: gehen)?"
    rf"|(?:lassen|lasst) (?:sie )?(?:wir|uns|mich) {_ADV}(?:es )?{_ADV}(?:{_OBJ} )?{_ADV}(?:gut sein|dabei|bleiben|sein|aufhören|abbrechen|beenden|schluss machen|stoppen|in ruhe|gehen|belassen)"
    rf"|(?:ich |wir )?(?:höre|hören|breche|brechen|steige|steigen|klinke|logge|melde|schliesse|schliessen)(?: (?:ich|wir|sie))? {_ADV}(?:{_OBJ} )?{_ADV}(?:auf|ab|aus)(?: (?:mit {_OBJ}|zu fragen))?"
    rf"|(?:ich |wir |bitte )*(?:beende|beenden|stoppe|stoppen|belassen|verlasse)(?: (?:ich|wir|sie))? {_ADV}(?:{_OBJ}|es|dabei)(?: (?:dabei|hier|jetzt|so))*"
    rf"|(?:ich )?(?:mache|machen)(?: (?:wir|sie))? {_ADV}(?:schluss|nicht mehr (?:weiter|mit)|nicht (?:weiter|mit)|feierabend|ein ende)"
    rf"|(?:(?:ich|wir) {_MOD}|{_MOD} (?:ich|wir)|{_MOD}) {_ADV}(?:{_OBJ} )?{_ADV}(?:nicht (?:mehr|weiter|länger)(?: {_OBJ})?|nichts mehr|keine (?:weiteren )?fragen(?: mehr)?){_ADV} ?(?:(?:{_OBJ} )?{_MORE})?"
    rf"|(?:(?:ich|wir) )?habe? {_ADV}(?:ich )?{_ADV}(?:(?:überhaupt|gar|absolut) )?keine (?:lust|zeit|energie|kraft|geduld|nerven)(?: (?:mehr|jetzt))*(?: (?:auf {_OBJ}|für {_OBJ}|zu antworten|weiterzumachen|{_OBJ}))*|keine?n? (?:lust|zeit|geduld|nerven?|kraft) mehr(?: (?:auf |für )?{_OBJ})?"
    rf"|(?:(?:ich|wir) )?habe? {_ADV}(?:(?:mehr als|wirklich|jetzt) )*(?:genug|die nase voll|die schnauze voll|es satt)(?: (?:geantwortet|gesagt|erzählt|gefragt|von {_OBJ}|{_OBJ}|beantwortet))*"
    rf"|(?:das|es|mir|jetzt|nun)? ?{_ADV}(?:reicht|genügt|langt)(?:'s| es)?(?: (?:mir|es|jetzt|das|für heute|für mich|nun|dann|völlig|wirklich|echt|mit {_OBJ}|langsam))*"
    rf"|(?:mir |das |es )*(?:ist|wird) (?:mir |das |es |jetzt |langsam )*(?:zu viel|zu blöd|zu dumm|zu lang)(?: (?:jetzt|mit {_OBJ}|{_OBJ}))*(?:(?<=fragen)|(?<=interview)|(?<=fragerei)|(?<=befragung))"
    rf"|(?:keine|bitte keine)(?: weiteren)? fragen(?: mehr)?|schluss(?: (?:mit {_OBJ}|aus|ende))*|genug(?: (?:gefragt|geantwortet|{_OBJ}))*"
    rf"|(?:ich )?bin {_ADV}(?:raus|weg|fertig(?: mit {_OBJ})?|durch(?: mit {_OBJ})?|bedient)|das (?:war's|war es|ist's|ist alles|wäre es|wär's)(?: (?:von mir|für mich|von meiner seite|jetzt|dann|für heute|mit {_OBJ}))+|(?:von mir|für mich) (?:war's das|war es das|ist (?:hier )?(?:schluss|ende))"
)
REASONS = r"(?:(?:weil|denn|da|also|aber|und|deshalb) )*(?:ich|wir|mein|meine|meiner|der|die|das|es|mir (?:ist|wird|geht|fehlt)|mich (?:nervt|langweilt|ruft)|muss|bin|habe|gleich|gerade|jetzt|hier|kein|keine|zu|viel|schon|die|der|jemand|wartet|essen|arbeit|arbeiten|schicht|bus|zug|termin|müde|leider|noch|wünsche|alles|schönen) ?.{0,60}"
PAST = r"\b(?:war|waren|hatte|hatten|sagte|ging|gingen|kam|kamen|wurde|wurden|durfte|durften|musste|mussten|wollte|konnte|dachte|gab|als|wenn|wo|(?:hat|haben|habe|ist|sind|bin) (?:\w+ ){0,6}ge\w{3,}(?:t|en)(?<!genug))\b"
ASKS = (
    r"(?:können|könnten|wollen|dürfen) wir|(?:kann|darf|könnte) ich|ich (?:möchte|will|würde)"
)
JOINS = r"weil|denn|aber|und|also|da|deshalb|sonst"
NOT = r"\bnicht (?:aufhören|abbrechen|beenden|stoppen|schluss)\b"
HINT = r"nerv|fragen|aufhör|abbrech|beend|stop|schluss|schließ|schliess|aussteig|strich|ende|belassen|sein lassen|bleiben|gut sein|auflegen|gehen|los|weg|raus|verabschied|\bauf\b|\bab\b|\baus\b|dabei|nicht|nichts|keine|lust|genug|nase|schnauze|satt|reicht|genügt|langt|viel|blöd|fertig|durch|bedient|war's|war es|ruhe|feierabend|arbeiten"
