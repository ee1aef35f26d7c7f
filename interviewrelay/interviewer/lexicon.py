"""Small word lists: function words and number words."""

from collections.abc import Mapping


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _base_forms(verbs: str) -> Mapping[str, str]:
    forms = (verb.split() for verb in verbs.split(";"))
    return {other: base for base, *others in forms for other in others}


STOP_WORDS: Mapping[str, frozenset[str]] = {
    "en": _set(
        "a about all also am an and any are aren't as at be because been being but by can can't"
        " could couldn't did didn't do does doesn't doing don't down for from get got had has have"
        " having he her here him his how i i'd i'll i'm i've if in into is isn't it it's its just"
        " like me more most my no not now of oh ok okay on one only or our out over really she so"
        " some than that that's the their them then there there's they they're this those to too"
        " uh um up us very was wasn't we we're well were what when where which who why will with"
        " would wouldn't yeah yes you you're your"
    ),
    "nl": _set(
        "aan al als bij dan dat de deze die dit doen door dus een en er ga geen had heb hebben heeft"
        " het hij hoe ik in is ja je kan kunnen maar me meer met mij mijn naar nee niet nog nu of"
        " om ons ook op over te toen tot u uit van voor waar was wat we wel wij word worden ze zich"
        " zij zijn zo zou"
    ),
    "de": _set(
        "aber als also am an auch auf aus bei bin da dann das dass dem den der des die doch du ein"
        " eine einem einen einer er es für habe haben hat hatte ich ihm ihr im in ist ja kann mal"
        " man mein meine mich mir mit nach nein nicht noch nur oder schon sehr sein sich sie sind"
        " so und uns von vor war waren was wenn wie wir wird zu zum zur"
    ),
    "fr": _set(
        "a ai au aussi aux avec avait c'est ce ces cette dans de des donc du elle en est et eu était"
        " il ils j'ai j'avais je l la le les leur lui ma mais me mes moi mon même n ne non nous on"
        " ont ou oui par pas plus pour qu que qui sa se ses si son sont sur ta te tu un une vous y"
    ),
    "es": _set(
        "a al algo como con de del donde e el ella ellos en era es esa ese eso esta este esto fue ha"
        " había hay la las le les lo los me mi mis muy más ni no nos o para pero por porque que se"
        " ser si sin sobre son su sus sí también te tu un una y ya yo"
    ),
}
"""Function words by language. A language without a list has none: all its words count."""

NEUTRAL_WORDS: Mapping[str, frozenset[str]] = {
    "en": _set(
        "happen happened happens take took taken go goes went gone make made come came see saw"
        " seen notice noticed remember recall mean meant place time moment day way part point"
        " detail thing word first next after before during while start started begin began lead"
        " led change changed look looked said say tell told describe walk through explain share"
        " more else heard mentioned spoke talked thanks thank"
        " until since between around within away back again each every still other same"
        " feel felt experience show showed"
    ),
    "nl": _set(
        "gebeurde gebeurt gebeuren ging gaan gaat kwam komt zag zien merkte merken herinnert"
        " herinneren betekent plaats tijd moment dag deel punt detail eerst daarna vooraf tijdens"
        " begon begint veranderde vertellen vertelt vertelde beschrijven uitleggen zei zegt dank"
        " bedankt"
    ),
    "de": _set(
        "geschah passierte passiert ging gehen kam kommt sah sehen bemerkt bemerkten erinnern"
        " bedeutet ort zeit moment tag teil punkt einzelheit zuerst danach davor während begann"
        " beginnt änderte erzählen beschreiben erklären sagten sagen erwähnten danke"
    ),
    "fr": _set(
        "arrivé arrive passé passe allé va venu vu voir remarqué rappelez souvenez signifie lieu"
        " temps moment jour partie point détail d'abord ensuite avant pendant commencé commence"
        " changé raconter racontez décrire décrivez expliquer dit disiez parliez merci"
    ),
    "es": _set(
        "pasó pasa ocurrió fue iba ir vino vio ver notó recuerda significa lugar tiempo momento"
        " día parte punto detalle primero después antes durante empezó empieza cambió contar"
        " cuénteme describir explicar dijo mencionó gracias"
    ),
}
"""Words that ask without bringing anything in."""

BASE_FORMS: Mapping[str, str] = _base_forms(
    "arise arose arisen; become became; begin began begun; bite bit bitten; blow blew"
    " blown; break broke broken; bring brought; build built; buy bought; catch caught;"
    " choose chose chosen; come came; deal dealt; do did done; draw drew drawn; drink"
    " drank drunk; drive drove driven; eat ate eaten; fall fell fallen; feed fed; feel"
    " felt; fight fought; find found; fly flew flown; forget forgot forgotten; get got"
    " gotten; give gave given; go went gone; grow grew grown; hang hung; have had; hear"
    " heard; hide hid hidden; hold held; keep kept; know knew known; lead led; leave left;"
    " lend lent; lie lay lain; lose lost; make made; mean meant; meet met; pay paid; ride"
    " rode ridden; ring rang rung; rise rose risen; run ran; say said; see saw seen; sell"
    " sold; send sent; shake shook shaken; shoot shot; sing sang sung; sit sat; sleep"
    " slept; speak spoke spoken; spend spent; stand stood; steal stole stolen; stick"
    " stuck; swim swam swum; swing swung; take took taken; teach taught; tear tore torn;"
    " tell told; think thought; throw threw thrown; understand understood; wake woke"
    " woken; wear wore worn; win won; write wrote written"
)
"""English verbs that no stemmer brings together: who has sat somewhere may be asked where they sit."""

YES_WORDS = _set("yes yeah yep yup sure ja jawohl oui sí si نعم")
NO_WORDS = _set("no nope nah nee nein non لا")
"""First words that answer a closed question, whatever follows them."""

NUMBER_WORDS: Mapping[str, int] = {
    word: value
    for line in (
        (
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
            " fifteen sixteen seventeen eighteen nineteen twenty"
        ),
        "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf",
        "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
        "zéro une deux trois quatre cinq six sept huit neuf dix onze douze",
        "cero una dos tres cuatro cinco seis siete ocho nueve diez once doce",
    )
    for value, word in enumerate(line.split())
} | {
    word: 10 * tens
    for line in (
        "twenty thirty forty fifty sixty seventy eighty ninety hundred",
        "twintig dertig veertig vijftig zestig zeventig tachtig negentig honderd",
        "zwanzig dreissig vierzig fünfzig sechzig siebzig achtzig neunzig hundert",
        "vingt trente quarante cinquante soixante",
        "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien",
    )
    for tens, word in enumerate(line.split(), 2)
}
"""Number words of five languages, without those that mostly are articles (`un`, `ein`, `one` stays)."""

MONTHS: Mapping[str, int] = {
    month: number
    for year in (
        "january february march april may june july august september october november december",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "januar februar märz april mai juni juli august september oktober november dezember",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    )
    for number, month in enumerate(year.split(), 1)
}
"""The months, by number."""

WEEKDAYS: Mapping[str, int] = {
    day: number
    for week in (
        "monday tuesday wednesday thursday friday saturday sunday",
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        "montag dienstag mittwoch donnerstag freitag samstag sonntag",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "lunes martes miércoles jueves viernes sábado domingo",
    )
    for number, day in enumerate(week.split(), 1)
}
"""The days of the week in five languages."""
