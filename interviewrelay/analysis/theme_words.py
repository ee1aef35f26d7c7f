"""Theme words: the weight of words in themes, in addition to the interviewer's function words.

`slight` words make a theme only with another one ("waiting time"); `empty` ones may stand inside a
phrase and count nothing; all others can make a theme alone.
"""

from typing import Final, NamedTuple


class ThemeStopWords(NamedTuple):
    """Words of one language. Any form will do, because stems are compared."""

    slight: str
    empty: str


WORDS: Final = {
    "en": ThemeStopWords(
        slight="""time day week month year hour minute second morning afternoon evening night
        people person place home house work man woman life word question answer problem tell
        told know knew understand understood call wait talk speak spoke find found no not
        never nobody none neither nor without hardly appointment euro dollar pound cent""",
        empty="""go went gone come came take took taken make made give gave given put say said
        get got see saw seen look think thought feel felt want need try use let keep kept seem
        happen start end ask become became bring brought thing something anything nothing
        everything lot bit kind sort way really quite rather pretty maybe perhaps actually
        basically honestly probably always often sometimes usually again still already yet
        soon later today once twice first last next other another each every both few many
        much several enough little big small whole good great nice fine bad well better best
        worse worst easy hard sure right able even back away around through before after
        during until since though although however course example part point case half someone
        somebody anyone everyone myself yourself themselves himself herself itself ourselves
        anyway definitely certainly simply mostly long short quick new old different same
        possible wonderful terrible awful may might should must would could shall need leave
        left stay stand stood sit sat turn show mean meant remember forget believe guess
        suppose hear heard read help save add change off these those whose whom ever else such
        too am till till per against between under within behind across along together
        everywhere nowhere somewhere instead main""",
    ),
    "nl": ThemeStopWords(
        slight="""tijd dag week maand jaar uur minuut ochtend middag avond nacht mensen persoon
        plek plaats huis werk man vrouw leven woord vraag antwoord probleem vertellen verteld
        weten wist begrijpen begreep bellen wachten praten spreken vinden gevonden niet geen
        nooit niemand zonder nauwelijks afspraak euro cent""",
        empty="""gaan ging gegaan komen kwam gekomen nemen nam genomen maken maakte gemaakt
        geven gaf gegeven zeggen zei gezegd zien zag gezien kijken denken dacht gedacht voelen
        voelde willen wilde moeten moest mogen mocht zullen zal zouden kunnen kon konden
        hoeven proberen gebruiken laten liet blijven bleef worden werd werden geworden
        gebeuren beginnen begon vragen krijgen kreeg gekregen staan stond zitten zat liggen
        lag doen deed gedaan hadden waren was ben bent geweest ding iets niets alles beetje
        soort manier echt heel erg best wel misschien eigenlijk gewoon waarschijnlijk altijd
        vaak soms meestal weer nog al straks later vandaag eerste laatste volgende ander
        andere elk elke ieder iedereen iemand beide paar veel weinig genoeg groot grote klein
        goed goede fijn leuk slecht beter makkelijk moeilijk zeker even terug weg rond voor na
        tijdens tot sinds hoewel voorbeeld deel punt geval half lang lange kort snel nieuw oud
        zelf zelfde mogelijk maar toch omdat want terwijl toen daar hier waar naartoe mee
        ervan erbij hun hen hem haar jullie onze ons onder tegen tussen achter langs samen""",
    ),
    "de": ThemeStopWords(
        slight="""zeit tag woche monat jahr stunde minute morgen nachmittag abend nacht leute
        mensch menschen person ort platz haus hause arbeit mann frau leben wort frage antwort
        problem erzählen erzählt sagen gesagt wissen wusste verstehen verstanden anrufen
        warten reden sprechen finden gefunden nicht kein keine keinen nie niemals niemand ohne
        kaum termin euro cent""",
        empty="""gehen ging gegangen kommen kam gekommen nehmen nahm genommen machen machte
        gemacht geben gab gegeben sagte sehen sah gesehen schauen denken dachte gedacht fühlen
        fühlte wollen wollte müssen musste dürfen durfte sollen sollte können konnte konnten
        brauchen versuchen benutzen lassen ließ bleiben blieb werden wurde wurden geworden
        passieren beginnen begann fragen bekommen bekam stehen stand sitzen saß liegen lag tun
        tat getan hatten wäre gewesen ding sache etwas nichts alles bisschen art weise
        wirklich ganz ziemlich vielleicht eigentlich einfach wahrscheinlich immer oft manchmal
        meistens wieder noch schon bald später heute erste erster letzte letzten nächste
        andere anderen jede jeder jedes jemand beide paar viel viele wenig genug groß große
        klein kleine gut gute guten schön schlecht besser leicht schwer sicher zurück weg
        herum vor nach während bis seit obwohl beispiel teil punkt fall halb lang lange kurz
        schnell neu alt selbst gleich möglich weil denn dort hier hin her dabei damit davon
        ihnen ihn ihre ihren sein seine seinen unser unsere euch diese dieser dieses diesen
        jetzt mehr unter gegen zwischen hinter durch über zusammen bin ab nur wo wer wen wem
        welche welcher""",
    ),
    "fr": ThemeStopWords(
        slight="""temps jour semaine mois an année heure minute matin soir nuit gens personne
        endroit maison travail homme femme vie mot question réponse problème expliquer savoir
        sais savait comprendre compris appeler attendre attendu parler trouver trouvé pas
        jamais aucun aucune sans guère rendez-vous euro centime""",
        empty="""aller va allé allée vais venir venu prendre pris faire fait faut fallu donner
        donné mettre mis dire dit voir vu regarder penser pensais sentir senti vouloir voulu
        veux devoir dû pouvoir pu peux peut pouvait essayer utiliser laisser rester devenir
        passer passé commencer demander demandé avoir eu être été suis étaient était avais
        avons sommes sont ont fut chose quelque rien tout toute tous toutes peu genre sorte
        façon manière vraiment assez plutôt très peut-être simplement probablement toujours
        souvent parfois encore déjà bientôt tard aujourd'hui premier première dernier dernière
        prochain autre autres chaque quelqu'un chacun deux plusieurs beaucoup trop grand
        grande petit petite bon bonne bien mal mauvais mieux facile difficile sûr retour
        autour avant après pendant jusque depuis quoique exemple partie point cas demi long
        longue court rapide nouveau vieux même mêmes possible parce car alors puis là ici où
        dont leur leurs lui eux elles cela ça celui celle ceux cet moi toi son sa ses mon ma
        mes notre nos votre vos si comme quand comment pourquoi sous contre entre derrière
        ensemble moins plus non oui""",
    ),
    "es": ThemeStopWords(
        slight="""tiempo día semana mes año hora minuto mañana tarde noche gente persona lugar
        sitio casa trabajo hombre mujer vida palabra pregunta respuesta problema explicar
        saber sabía entender entendí llamar esperar hablar encontrar encontré no nunca jamás
        nadie ningún ninguna sin apenas cita euro céntimo peso""",
        empty="""ir fui iba voy va venir vino tomar hacer hizo hice hecho dar dio di poner
        puse decir dijo dije dicho dijeron ver vi visto mirar pensar pensé sentir sentí querer
        quería quiero deber poder pude podía puedo puede intentar usar dejar quedar pasar pasó
        empezar preguntar pedir tener tenía tengo tuve tuvo tiene estar estaba estuve estuvo
        estoy está haber había hubo han he sido ser soy eran éramos cosa algo nada todo toda
        todos todas poco bastante tipo manera forma realmente quizás simplemente probablemente
        siempre veces menudo otra otro otros vez todavía aún pronto luego hoy primero primera
        último última próximo cada alguien uno dos varios mucho mucha muchos muchas demasiado
        grande pequeño bueno buena bien mal malo mejor peor fácil difícil seguro vuelta
        alrededor antes después durante hasta desde aunque ejemplo parte punto caso medio
        largo corto rápido nuevo viejo mismo misma posible entonces allí aquí cuando cuándo
        cómo dónde quién cual ellos ellas nosotros ustedes usted aquel aquella estos esos les
        nuestra nuestro mí bajo contra entre detrás junto""",
    ),
}
"""For the interviewer's five languages."""

CURSES: Final = {
    "en": """shit shitty bullshit crap crappy fuck fucking fucked fucker motherfucker damn damned
        goddamn hell arse ass asshole arsehole bastard bitch bollocks cunt dickhead
        piss pissed wanker twat bugger wtf ffs lmao lol""",
    "nl": """kut klote kloten klootzak godverdomme verdomme verdomd verdomde shit fuck fucking lul
        eikel tering tyfus kanker kak teringzooi hoer bitch""",
    "de": """scheisse scheiße scheiss scheiß scheissegal beschissen arsch arschloch verdammt
        verdammte verdammter mist fick ficken gefickt wichser fotze hurensohn kacke kacken shit
        fuck""",
    "fr": """merde merdique putain bordel con connard connasse connerie conneries chier chiant
        foutre foutu enculé salope pute fuck""",
    "es": """mierda joder jodido jodida coño puta puto putada cabrón cabrones gilipollas hostia
        hostias carajo pendejo chingar chingada culo fuck""",
}
"""Curses, which never label a theme."""

HAN_BREAKS: Final = frozenset(
    "的了是在我你他她它们们不这那有和就都也很说說要会會没沒到人一个個上下与與或被把从從对對为為而但之其所"
    "以于於及吗嗎呢吧啊呀哦着過过得地给給让讓能可還还因什么麼怎哪多少来來去里裡後后时時些样樣点點再又"
)
"""Chinese characters that act as function words."""
