"""Wishes to stop by what they are made of: words before, a word for ending, words after.

A list of whole sentences knows only those that somebody thought of; so each language has its words
for ending, and what may stand around them and leave them a wish. Anything else in the sentence (who
stopped, what ended, when) makes it something that is told of.
"""

# ruff: noqa: E501 - a pattern is read best in one piece

from collections.abc import Mapping

_AND = r"(?:, ?| )"


def _around(before: str, ending: str, after: str) -> str:
    """A whole sentence: any of the words before, one for ending, any of those after."""
    return rf"(?:(?:{before}){_AND})*(?:{ending})(?:{_AND}(?:{after}))*"


_EN = _around(
    r"(?:can|could|would|will)(?: (?:you|it|this))?|may|shall|should|must|(?:it'?s )?time|let me|let'?s|let us|i|i'?m|i am|i'?d|i'?ll|i'?ve|we|we'?ll|want|like|need|have|got|think|going|gonna|wanna|prefer|better|rather|really|just|to|please|now|enough|ok|okay|sorry|so|no|that'?s (?:it|enough)",
    r"stop(?:ping)?|quit|exit|(?:end|finish|terminate|close)(?:ing)?(?: (?:the|this|our))? (?:interview|conversation|chat|call|survey|session)|(?:end|finish)(?:ing)? (?:it|this|things|here|now)|(?:leave|leaving) (?:it|this|things) (?:at that|here|there|now)|(?:leave|leaving) (?:now|you now|the (?:interview|call))|(?:this|it|the interview) to (?:be over|end|stop)|wrap (?:(?:it|this|things) )?up|get off(?: (?:this|the (?:call|line|phone|interview)))?|call it (?:a day|quits)|log (?:off|out)|hang up",
    r"now|here|there|it|this|that|please|today|then|already|soon|thanks|thank you|at this point|for (?:today|now|me)|right (?:now|here|away)|asking|talking|answering|immediately|with (?:it|this|that)|(?:with )?(?:the|this|your|these) (?:interview|conversation|chat|call|survey|session|questions)|any ?more|me|questions|i mean it|if (?:i|we) (?:can|may)",
)
_EN_MORE = (
    r"(?:(?:ok(?:ay)?|i think|well)[, ]+)?(?:that'?s|that is|it'?s|this is|i think that'?s|that'?ll be|that will be) (?:quite |really |more than |about )?enough(?: (?:for (?:me|today|now|one day)|now|questions|of (?:this|that|it)))*"
    r"|i(?:'m| am) not (?:doing|answering|continuing|going on|carrying on|going to (?:do|continue|answer))(?: (?:this|it|that|with (?:this|it)|any longer|any ?more(?: questions)?|(?:any )?(?:further|of (?:your|these)) questions|more questions))*"
    r"|i(?:'m| am) (?:done|finished|through) (?:talking|answering|here|with (?:this|it|you))(?: (?:now|questions))*|(?:i think )?that(?:'ll| will) (?:do|be all)(?: (?:for (?:today|now)|now))*|(?:please,? )?no (?:more|further) questions(?: (?:please|now|for (?:today|me)))*|this is the end(?: for me)?|i want out(?: now)?|(?:please )?let me go(?: now)?"
    r"|i(?:'d| would)? ?(?:don'?t|do not|no longer|can'?t|cannot) (?:want to |wish to |feel like )?(?:talk(?:ing)?|speak(?:ing)?|go on|continue|carry on)(?: (?:to you|with (?:this|it)|now|today))*(?: any ?more| any longer| now)?"
    r"|i(?:'d| would)? ?(?:don'?t|do not|no longer|rather not|won'?t|will not|can'?t|cannot) (?:want |wish |care |like )?(?:to )?(?:answer|take|hear|do) (?:any )?(?:more|further)(?: (?:of )?(?:your |these |this )?(?:questions)?)?(?: (?:now|today|please))*"
    r"|i(?:'ve| have)? (?:really )?(?:need|must|have|got|should|'ll have|ought)(?: to)?(?: really)? (?:go|get back to (?:work|it)|leave you|be going|be off|get going|run|head (?:out|off)|leave|hang up)(?: (?:now|soon|here|then|already))*"
)

_NL = _around(
    r"ik|we|willen|wil|wou|zou|graag|nu|liever|moet|ga|kan|kunt|kun|mag|kunnen|laten|laat|zullen|u|je|hier|er|ermee|hiermee|even|nou|maar|alstublieft|alsjeblieft|echt|toch|het|dit|gesprek|interview|dat|ok|oké|sorry|genoeg|nee",
    r"stop|stoppen|ophouden|(?:hou|houd|houden) (?:er |nu |maar )?(?:mee |ermee )?op|ophoudt|afsluiten|beëindigen|afbreken|afronden|kappen|beëindig|(?:ik )?(?:kap|stop) ermee|eindigen|ophangen|hierbij laten|daarbij laten",
    r"nu|hier|hiermee|ermee|mee|er|maar|even|alstublieft|alsjeblieft|aub|graag|vandaag|met|dit|het|deze|gesprek|interview|vragen|stellen|nou|straks|direct|meteen|dan|voor (?:vandaag|nu)|willen|toch|dank u|bedankt",
)
_NL_MORE = (
    r"doe[ig]|(?:ik vind het |ik heb |zo is het |het is |dit is |dat is |dat was |nu is het )?(?:zo )?(?:wel |echt |nu )*genoeg(?: (?:zo|nu|geweest|gehad|voor (?:mij|vandaag|nu)|gevraagd))*"
    r"|ik (?:moet|ga) (?:er )?(?:nu |echt |helaas |zo |snel )*(?:weg|gaan|vandoor|door|ervandoor|ophangen)(?: (?:nu|gaan|hoor))*"
    r"|ik (?:wil|ga|kan|zal|hoef) (?:nu |echt |liever |verder )*(?:geen|niet) (?:(?:vragen )?meer|verdere vragen|verder)(?: (?:vragen|beantwoorden|antwoorden|praten|doorgaan|gaan|antwoord geven|op (?:uw |je )?vragen))*"
    r"|ik heb (?:hier |er |daar )?(?:nu |echt )*geen (?:zin|tijd)(?: (?:meer|hierin|hiervoor|in|aan|voor|dit|nu))*"
)

_DE = _around(
    r"ich|wir|möchte|will|würde|wollen|gern|gerne|jetzt|nun|lieber|muss|kann|könnte|darf|können|könnten|sollten|lassen|sie|du|uns|hier|damit|bitte|das|dieses|es|interview|gespräch|befragung|die|nur|wirklich|doch|mal|ja|ok|okay|nein|entschuldigung|so",
    r"stopp?|stoppen|aufhören|aufhöre|(?:höre?n? )(?:(?:sie|wir|jetzt|hier|damit|bitte) )*auf|abbrechen|beenden|beende|(?:brechen|breche)(?: (?:sie|wir|ich))?(?: (?:das|dieses|jetzt|hier))?(?: (?:interview|gespräch))? ab|(?:machen(?: sie| wir)? )?schluss(?: machen)?|(?:dabei|darauf|hierbei) (?:belassen|bewenden lassen)|(?:belassen|lassen)(?: (?:wir|sie))? es (?:dabei|hierbei|jetzt gut sein)|ende des (?:gesprächs|interviews)",
    r"sie|wir|jetzt|hier|damit|bitte|nun|gleich|sofort|das|dieses|es|für|heute|mit|dem|den|der|interview|gespräch|fragen|wollen|möchte|will|dann|machen|danke|endlich|lieber|gut|sein",
)
_DE_MORE = (
    r"(?:das|es|mir|jetzt|nun) (?:reicht|genügt)(?: (?:mir|es|jetzt|das|für heute|nun|dann))*|(?:das ist |ist |es ist )?(?:jetzt |mir )?genug(?: (?:jetzt|für (?:mich|heute)|gefragt))*"
    r"|(?:bitte )?keine (?:weiteren )?fragen(?: mehr| bitte)*|lassen sie mich (?:bitte )?(?:jetzt )?(?:in ruhe|gehen)"
    r"|ich (?:muss|sollte) (?:jetzt |leider |nun |gleich |dringend |wirklich |dann )*(?:los|gehen|weg|auflegen|fort|weiter)"
    r"|ich (?:möchte|will|werde|mag|kann) (?:jetzt |bitte |wirklich |lieber )*(?:nicht (?:mehr |weiter )?|keine (?:weiteren )?fragen (?:mehr )?)(?:beantworten|antworten|reden|weiterreden|weitersprechen|gefragt werden|mehr)"
    r"|ich habe (?:jetzt |leider |einfach )*keine (?:zeit|lust)(?: (?:mehr|dafür|dazu|auf|darauf|das))*"
)

_FR = _around(
    r"je|on|nous|vous|tu|veux|voudrais|souhaite|préfère|préférerais|aimerais|dois|vais|peux|peut|peut-on|pouvons-nous|pouvez-vous|pourriez-vous|puis-je|est-ce que|est-ce qu'on|j'aimerais|il faut|bien|maintenant|ici|là|s'il vous pla[iî]t|ok|bon|non|désolée?|allez|à|faut|vraiment",
    r"stop|arrêter|m'arrêter|s'arrêter|nous arrêter|vous arrêter|arrêtez(?:-vous)?|arrêtons(?:-nous)?|arrête|cessez|cesser|terminer|terminons|terminez|finir|finissons|finissez|j'arrête|je m'arrête|en finir|en terminer|mettre fin|mettez fin|mettons fin|(?:en )?rester là|restons-en là|en rester(?: là)|quitter|raccrocher|fin de (?:l'entretien|l'interview|la conversation)",
    r"ici|là|maintenant|ça|cela|tout|de suite|s'il vous pla[iî]t|merci|à|avec|l'entretien|cet entretien|l'interview|cette interview|la conversation|cette conversation|les|vos|ces|questions|de|(?:me )?poser|pour (?:aujourd'hui|moi|le moment)|désormais|svp",
)
_FR_MORE = (
    r"(?:c'est|ça me|ça|j'en ai|c'en est|cela) ?(?:suffit|suffisant|assez|bien assez|marre)(?: (?:pour (?:moi|aujourd'hui|le moment)|maintenant|comme ça|de (?:vos|ces) questions))*"
    r"|(?:je dois|il faut que|il faut|je vais devoir|je suis obligée? d[e'])(?: ?(?:maintenant|vraiment|bientôt))* ?(?:y aller|partir|filer|j'y aille|je parte|que j'y aille|vous laisser|je vous laisse|raccrocher|m'en aller|que je parte)(?: (?:maintenant|là))*"
    r"|je (?:ne |n')?(?:veux|souhaite|désire|vais|peux|répondrai) (?:plus|pas)(?: (?:répondre|parler|continuer|être interrogée?|à (?:vos|d'autres|ces|des|plus de) questions|de questions|plus longtemps|davantage|maintenant))+"
    r"|laissez-moi (?:tranquille|en paix|partir)|(?:ça|cela) (?:ira|suffira) (?:comme ça|pour (?:moi|aujourd'hui))"
    r"|je n'ai (?:plus|pas) (?:le temps|de temps|envie|la patience)(?: (?:de (?:continuer|répondre|parler|ça|poursuivre)|pour (?:ça|cela)|maintenant))*"
)

_ES = _around(
    r"yo|quiero|quisiera|querría|deseo|prefiero|preferiría|necesito|debo|tengo que|voy a|vamos a|podemos|puedo|puede|puedes|podría|podríamos|me gustaría|ya|ahora|aquí|por favor|hay que|mejor|bueno|ok|no|lo siento|que|se|lo|la|basta",
    r"pare|parar|para ya|paremos|pares|terminar|termine|termina|terminemos|terminarla|terminarlo|acabar|acabe|acabemos|finalizar|finalice|detener|detenga|detente|detenerme|dejarlo|dejémoslo|lo dejo|lo dejamos|déjelo|stop|alto|basta|cortar|corte|concluir|fin de (?:la entrevista|la conversación)|poner fin|salir",
    r"ya|aquí|ahí|ahora|por favor|la|esta|entrevista|conversación|esto|eso|de|preguntas|preguntar|preguntarme|hacer|más|tantas|con|a|para mí|por hoy|gracias|mismo|así|estar",
)
_ES_MORE = (
    r"ya está bien|(?:déjeme|déjame) (?:en paz|ir)|con (?:esto|eso) (?:ya )?(?:basta|es suficiente)|(?:eso |esto |ya |con esto )*(?:es|ha sido|me parece) (?:ya )?(?:suficiente|bastante)(?: (?:para mí|por hoy|ya|gracias|de preguntas))*"
    r"|(?:ya |ahora |lo siento,? )*(?:me tengo que|tengo que|debo|me debo|necesito|he de) (?:ir|irme|marchar|marcharme|colgar|salir|dejarle|dejarlo|dejarla)(?: (?:ya|ahora|pronto))*"
    r"|(?:ya )?no (?:quiero|deseo|voy a|puedo|pienso) (?:responder|contestar|oír|escuchar|hacer|hablar|seguir)(?:le)?(?: (?:a )?(?:más|otras?|ninguna|ya|sus|tus|estas))+(?: (?:preguntas?|cosas?|nada|más))*"
    r"|(?:ya )?no tengo (?:más )?(?:tiempo|ganas|paciencia)(?: (?:ya|para (?:esto|más|eso)|de (?:seguir|continuar|esto|hablar|más)|ahora))*"
)

STOP: Mapping[str, str] = {
    "en": f"{_EN}|{_EN_MORE}",
    "nl": f"{_NL}|{_NL_MORE}",
    "de": f"{_DE}|{_DE_MORE}",
    "fr": f"{_FR}|{_FR_MORE}",
    "es": f"{_ES}|{_ES_MORE}",
}
