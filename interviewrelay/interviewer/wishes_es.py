"""Spanish wishes to stop, by what they are made of (`wishes`)."""

# ruff: noqa: E501 - a pattern is read best in one piece

LEADS = r"ok|vale|bueno|bien|pues|mira|mire|oiga|oye|no|sí|ya|perdón|perdona|perdone|lo siento|disculpe|pero|y|entonces|así que|gracias|muchas gracias|por favor|hola|ahora|la verdad|sinceramente|eh+|(?:yo )?(?:creo|pienso|me parece)(?: que)?|(?:he|ya he) dicho que|(?:ya )?(?:le |te |os )?(?:dije|he dicho)(?: que)?|si no le importa|si puede ser|basta|es que|mejor"
TAILS = r"ya|aquí|ahora|por favor|gracias|muchas gracias|lo siento|perdón|por hoy|mejor|vale|ok|adiós|hasta luego|un saludo|saludos|chao|hoy|ahora mismo|de verdad|de una vez|entonces|si puede ser|si no le importa|si es posible|para mí|por mi parte|y ya|y punto|(?:ya )?(?:lo )?(?:dije|he dicho)|buen día|buenas tardes|no|eh|suerte|después de (?:esta|esto)(?: pregunta)?|tras esta"
_OBJ = r"(?:(?:de|con|a|la|el|los|las|esta|este|estas|estos|esa|esas|tu|tus|su|sus|tantas|tanta|más|otras|todas|todo|toda|para|hacer|en|a las|ninguna) )*(?:esto|eso|entrevista|conversación|encuesta|cuestionario|preguntas?|charla|chat|cosa|interrogatorio|tonterías|estudio|rollo)"
_MEANT = r"(?:(?:de|con|a|la|el|los|las|esta|este|estas|estos|tu|tus|su|sus|tantas|más|otras|todas) )*(?:entrevista|conversación|encuesta|cuestionario|preguntas|charla|interrogatorio|tonterías|estudio|rollo)"
_ADV = r"(?:(?:ya|ahora|aquí|mejor|la verdad|simplemente|realmente|solo|por favor|de verdad|más|bien|yo|me|lo|la|también|por hoy) )*"
_WANT = r"(?:quiero|quisiera|querría|deseo|prefiero|preferiría|necesito|debo|tengo que|tenemos que|voy a|vamos a|podemos|podríamos|podría|puedo|puede|puedes|me gustaría|nos gustaría|hay que|habría que|es hora de|sería posible|se puede|me apetece|vamos)(?: (?:que|yo|a))* "
_INF = r"(?:parar(?:lo|la)?|terminar(?:lo|la)?|acabar(?:lo|la)?|finalizar(?:lo|la)?|detener(?:lo|la|me)?|dejar(?:lo|la)?|cortar(?:lo|la)?|concluir(?:lo|la)?|cerrar(?:lo|la)?|abandonar(?:lo|la)?|salir(?:me)?|cancelar(?:lo|la)?|retirarme|poner(?:le)? fin(?: a)?|dar(?:la|lo)? por (?:terminad[oa]|finalizad[oa]|acabad[oa]|concluid[oa])|hacer punto final|paremos|pare|termine|terminemos|terminen|acabe|acabemos|acaben|finalice|finalicemos|corte|cortemos|cierre|concluya|pongamos fin(?: a)?|deje)"
_GO = r"(?:irme|marcharme|colgar|salir|dejarle|dejarte|dejarlos|dejaros|volver al trabajo|entrar a trabajar)"

ENDS = (
    rf"(?:{_WANT})?{_ADV}{_INF}(?<!salir)(?<!dejar)(?: (?:{_OBJ}|ya|aquí|ahora|ahí|así|de (?:preguntar|preguntarme|contestar|responder)))*|(?:{_WANT}){_ADV}(?:salir|dejar)(?: (?:{_OBJ}|ya|aquí|ahora|así))*"
    rf"|(?:me )?(?:tengo que|debo|he de|necesito|tendría que) {_ADV}{_GO}(?<!ir)(?<!salir)(?: (?:ya|ahora|corriendo))*|me tengo que (?:ir|salir|marchar)|(?:ya )?me (?:voy|marcho|largo|piro|retiro|despido|salgo)(?: (?:ya|de {_OBJ}))*"
    rf"|(?:yo )?(?:lo|la) (?:dejo|dejamos|dejaría|dejaríamos|doy por terminad[oa])(?: (?:aquí|ya|ahí|así|por hoy|en esto|estar))*|(?:yo )?(?:paro|termino|acabo|corto|abandono|cuelgo)(?: (?:aquí|ya|ahora|ahí|{_OBJ}))+|paremos|acabemos|terminemos(?: {_OBJ})?"
    rf"|(?:yo )?(?:ya )?no (?:sigo|continúo|contesto|respondo|participo)(?: (?:más|ya|con {_OBJ}|{_OBJ}))*"
    rf"|(?:yo )?(?:ya )?no (?:quiero|deseo|voy a|puedo|pienso|me apetece|tengo ganas de|tengo tiempo para|quisiera|aguanto) {_ADV}(?:(?:seguir(?: (?:contestando|respondiendo|hablando|participando))?|continuar)(?: (?:más|con {_OBJ}|{_OBJ}|adelante))*|(?:responder|contestar|hacer|hablar|participar|decir)(?: (?:más|nada más|{_MEANT}))+|más(?: {_MEANT})?)"
    rf"|(?:ya )?no tengo (?:más |ya )?(?:ganas|tiempo|paciencia|fuerzas)(?: (?:de|para) (?:seguir|continuar|contestar|responder|más|hablar|{_OBJ}))*(?: (?:más|ya))*|(?:sin|no) más (?:preguntas|{_OBJ})|no más|ni una (?:pregunta )?más"
    rf"|(?:estoy|ya estoy) {_ADV}(?:hart[oa]|cansad[oa]|aburrid[oa]|hasta (?:las narices|el gorro)) de (?:{_OBJ}|contestar(?: {_OBJ})?)|paso de (?:seguir(?: (?:con )?{_OBJ})?|{_OBJ}|contestar(?: más)?|continuar(?: con {_OBJ})?|más {_OBJ})"
    rf"|(?:ya )?(?:he|hemos) (?:contestado|respondido|hablado|dicho) (?:ya )?(?:bastante|suficiente|demasiado)(?: {_OBJ})*|ya está(?: bien)?(?: (?:de {_OBJ}|por hoy|no más))*|hasta aquí(?: (?:llego|llegué|hemos llegado|yo|lo dejo|he llegado|por hoy))*|(?:ya )?basta(?: ya)?(?: (?:de )?{_OBJ})*|fin {_OBJ}|(?:corta|termina|para|acaba|cierra|finaliza|deja)(?: (?:ya|de))* {_OBJ}|(?:ya )?es (?:suficiente|bastante)(?: (?:por hoy|para mí|ya))*"
)
REASONS = r"(?:(?:porque|que|pues|pero|y|así que|ya que) )*(?:yo|me|mi|mis|tengo|estoy|entro|es|se|viene|llega|el|la|los|las|ya|hay|no|voy|salgo|debo|llego|empieza|muy|alguien|nada|que|un|una|lo|os|le) ?.{0,60}"
PAST = r"\b(?:di|dio|hice|hizo|era|eran|estaba|estaban|había|tenía|tenían|dijo|dijeron|decía|fue|fueron|fui|iba|quería|podía|cuando|si|donde|llegaba|llegó|salí|\w{3,}aron|\w{3,}ieron|\w{3,}aba|\w{3,}aban)\b"
ASKS = r"podemos|puedo|podríamos|quiero|quisiera|me gustaría"
JOINS = r"porque|pero|y|pues|así|ya"
NOT = r"\bno (?:quiero|deseo|quisiera|necesito|hace falta|hay que|tengo que|debo|voy a|podemos|me gustaría|prefiero) (?:que )?(?:par|termin|acab|finaliz|dej|cort|sal|ir)"
HINT = r"par[aeo]|termin|acab|finaliz|deten|dej|cort|conclu|cerr|cierr|abandon|sal|cancel|retir|fin|irme|ir\b|voy|march|colg|cuelg|piro|sigo|seguir|no |más|ganas|tiempo|hart|cansad|aburrid|narices|gorro|paso|bastante|suficiente|demasiado|ya está|hasta aquí|basta|volver|punto"
