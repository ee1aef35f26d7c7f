"""How people speak of danger to a life, in German, and what sounds like it and is none.

Without accents: "ä" is read as "a", "ß" as "ss", and "ae" may stand for "ä".
"""

# ruff: noqa: E501 - a pattern is read best in one piece

_MY = r"(?:mein|meine|meinen|meinem|meiner|unser|unsere|unseren|unserem|ihr|ihre|ihren|ihrem|sein|seine|seinen|seinem|das|die|der|den|dem|ein|eine|einen)"
_NEAR = r"(?:(?:ex|stief|schwieger|pflege)?[ -]?(?:mann|frau|freund|freundin|vater|mutter|papa|mama|bruders?|schwester|sohn|tochter)|ex|partner|partnerin|onkel|tante|opa|oma|cousin|lebensgefae?hrte)"
_KIN = rf"(?:{_NEAR}|nachbar|nachbarn|kollege|chef|trainer|lehrer|lehrerin|betreuer|pfleger|vermieter|mitbewohner)"
_THEY = rf"(?:er|sie|jemand|{_MY} (?:\w+ )?{_KIN})"
_CHILD = r"(?:kind|kinder|kindern|kindes|sohn|tochter|baby|babys|saeugling|saugling|kleinen|bruder|schwester|junge|jungen|maedchen|madchen|enkel|tochter|toechter)"
_WEAK = rf"(?:{_CHILD}|mutter|vater|oma|opa|frau|mann|freundin|freund|partner)"
_US = rf"(?:mich|uns|(?:meine?n?|unsere?n?|ihre?n?|seine?n?|das|die|den) (?:\w+ )?{_WEAK})"
_TO_US = (
    rf"(?:mir|uns|(?:meine[mnr]|unsere[mnr]|ihre[mnr]|seine[mnr]|de[mnr]) (?:\w+ )?{_WEAK})"
)
_ONE = rf"(?:ihn|sie|euch|dich|die|alle|jeden|jemanden|leute|{_MY} (?:\w+ )?(?:{_KIN}|{_WEAK}|chefin|leute|familie))"
_KILL = r"(?:umbringen|umzubringen|umgebracht|umbringt|toe?ten|toe?tet|ermorden|abstechen|abzustechen|erstechen|erschiessen|erwue?rgen|wue?rgen|vergiften|totschlagen|tot ?schlae?gt|abknallen|vergewaltigen)"
_HURT = r"(?:geschlagen|verpruegelt|verprugelt|misshandelt|missbraucht|vergewaltigt|gewuergt|gewurgt|getreten|bedroht|angegriffen|gestochen|begrapscht|eingesperrt|sexuell \w+)"
_PILLS = r"(?:tabletten|schlaftabletten|pillen|medikamente|paracetamol|schlafmittel)"
_WEAPON = r"(?:messer|waffe|pistole|gewehr|axt|hammer)"

DANGER = (
    # A danger to oneself.
    r"\bselbstmord\w*|\bselbsttoe?tung\w*|\bsuizid\w*|\blebensmue?de\b|\bselbstverletz\w*|\babschiedsbrief\w*|\bue?berdos\w+",
    r"\b(?:will|moe?chte|wollte) (?:\w+ )?nicht mehr (?:da sein|existieren|hier sein)(?=$|[.,;!?])|(?<!\bdie )(?<!\bda )(?<!\bhier )(?<!\bdort )\bnicht (?:mehr|laenger|langer) (?:\w+ )?(?:leben|weiterleben|aufwach\w*)\b(?! (?:in|mit (?:dem|der) (?:laerm|larm)|bei|auf)\b)|\bnie (?:wieder|mehr) (?:\w+ )?aufwach\w*|\bnicht (?:mehr )?aufzuwachen\b",
    r"\b(?:will|wollte|moe?chte|wue?nschte|wue?rde|wae?re|kann|hoffe|lieber)\b(?: (?:ich|nur|noch|einfach|gerne?|lieber|am liebsten|manchmal|heute|jetzt|wirklich|auch|so|am)){0,4} (?:sterben|tot(?: sein)?)(?=$|[.,;!?]| (?:und|weil|aber|wenn|sein|manchmal|will|wae?re)\b)|\b(?:ich|er|sie) (?:lieber |besser )?tot (?:wae?re|sein (?:will|moe?chte))\b|\b(?:sterben|tot sein) (?:will|moe?chte|wollte)\b",
    r"\b(?:mich|sich|mich selbst|sich selbst) (?:\w+ ){0,2}?(?:umbring\w*|umzubringen|umgebracht|toe?te[nt]?|zu toe?ten|erhae?ngen|erhae?ngt|aufhae?ngen|ertrae?nken|erschiessen|vergiften|ritzen|geritzt|verletz\w*)\b(?! (?:beim|gestern beim|am (?:fuss|knie)))|\b(?:bringe?|bringt|brachte) (?:mich|sich|sie sich|er sich) (?:\w+ ){0,2}?um\b|\bich (?:ritze?|erhae?nge|toe?te|verletze?|schneide?) (?:mich|mir (?:in die|die) (?:arme?|handgelenke?|haut|beine?|pulsadern?))\b(?! (?:beim|am|an))",
    r"\b(?:mir|sich) (?:\w+ )?das leben (?:\w+ )?(?:zu )?(?:nehm\w*|nimmt|genommen|nahm)\b|\b(?:nehme?|nimmt) (?:mir|sich|er sich|sie sich) das leben(?=$|[.,;!?])|\bschluss (?:\w+ )?mit (?:dem|meinem) leben\b|\bmir (?:\w+ )?(?:in den arm|in die arme|die arme|die pulsadern|in die haut) (?:auf)?ge(?:schnitten|ritzt)\b|\b(?:allem|allen|meinem leben|dem leben|ganzen|meinem leiden) (?:\w+ )?ein ende (?:zu )?(?:setz|mach|bereit)\w*|\bich setze (?:\w+ ){0,3}ein ende\b",
    r"\bohne mich (?:\w+ ){0,3}besser dran\b|\bbesser dran ohne mich\b|\bohne mich (?:\w+ ){0,3}besser gehen\b|\bniemand wue?rde mich vermissen\b",
    r"\b(?:mir|sich) (?:\w+ ){0,2}?(?:et)?was (?:an(?:zu)?tun|antut?|antue|antaet|antat)\b|\b(?:et)?was an(?:zu)?tun,? (?:will|koennte|konnte)\b|\btu(?:e|t)? (?:mir|sich) (?:selber|selbst|et?was) (?:weh|an|\w+ weh)\b|\bmir (?:selbst|selber) (?:\w+ )?(?:weh ?(?:zu)?tun|schmerzen|wehtue)\b|\bfue?ge mir (?:\w+ )?schmerzen\b",
    r"\b(?:vor|unter) (?:den|einen|die|eine) (?:\w+ )?(?:zug|bahn|s-bahn|u-bahn|lkw|strassenbahn|bus|auto) (?:zu )?(?:spring|werf|lauf|leg|schmeiss)\w*|\b(?:spring|werf)\w* (?:mich )?(?:\w+ )?(?:vor|unter) (?:den|einen) (?:zug|lkw)\b|\b(?:von|auf) (?:der|dem|einer|einem) (?:\w+ )?(?:brue?cke|dach|hochhaus|balkon|gleis\w*)\b.{0,40}\bspring\w*|\bspringe? von (?:der|dem|einer) (?:brue?cke|dach)\b|\b(?:gegen|an) (?:den|einen) (?:\w+ )?(?:baum|pfeiler|brue?ckenpfeiler)(?= (?:zu )?(?:fahren|fahre|lenken|rasen)|$|[.,;!?])",
    rf"\b(?:seil|strick) (?:\w+ )?(?:gekauft|bereit|besorgt)\b|\b(?:sammle?|sammel|horte|spare) (?:\w+ ){{0,2}}{_PILLS}|\b{_PILLS} (?:\w+ )?(?:gesammelt|gehortet)\b|\b(?:packung|schachtel|zu viele?|alle|handvoll|ganze) (?:\w+ ){{0,2}}{_PILLS} (?:\w+ ){{0,2}}(?:geschluckt|genommen|eingenommen)\b",
    r"\bleben (?:\w+ ){0,3}(?:keinen? (?:sinn|wert)|sinnlos|nicht (?:mehr )?(?:lebenswert|wert))\b|\bkeinen? (?:grund|sinn) (?:mehr )?(?:zu|zum|im|am) leben\b|\b(?:das|mein) leben (?:\w+ )?(?:nicht mehr aus|satt)\b|\bnicht mehr lebenswert\b|\bkeine lust mehr zu leben\b|\bdenke (?:\w+ )?(?:daran|darue?ber nach),? zu sterben\b|\b(?:halte|ertrage) (?:das|dieses|mein) leben nicht\b|\bfue?r immer (?:weg|schlafen|verschwinden)\b|\bweg sein,? fue?r immer\b",
    r"\b(?:wae?re|besser|lieber|wue?nschte)\b(?: \w+){0,5} (?:nie|nicht) geboren\b|\b(?:sehne mich|sehnsucht) nach dem tod\b|\bmir den tod\b",
    r"\bstimmen\b(?: \w+){0,4} (?:sagen|befehlen|wollen|flue?stern|rufen)\b.{0,40}\b(?:toe?ten|umbringen|springen|verletzen|sterben|antun|ritzen)\b",
    # Harm from others.
    rf"\b{_THEY} (?:\w+ ){{0,2}}?(?:schlae?gt|schlug|haut|pruegelt|prugelt|verpruegelt|verprugelt|tritt|trat|misshandelte?|missbrauchte?|vergewaltigte?|wue?rgte?|bedrohte?|stalkte?|verfolgt) {_US}\b(?! (?:\w+ ){{0,6}}vor\b)(?! (?:immer |gern |stets )?(?:im|beim|in|mit) (?:schach|tennis|die augen|kartenspiel|spiel))",
    rf"\b(?:hat|hatte|haben) {_US} (?:\w+ ){{0,6}}?{_HURT}\b(?! und neu)|\b(?:ich|kinder|kind|{_MY} (?:\w+ )?{_WEAK}) (?:\w+ )?(?:werde?n?|wurden?|wird|bin) (?:\w+ ){{0,5}}?{_HURT}\b|\bnebenan (?:werden|wird) (?:\w+ )?{_HURT}\b|\b(?:wurde|worden|bin) (?:\w+ ){{0,4}}?vergewaltigt\b|\bvergewaltigt worden\b",
    rf"\bdrue?ckte? (?:mir|ihr) (?:\w+ ){{0,3}}(?:kehle|hals|luft)\b|\bkehle zu(?:gedrue?ckt)?\b|\ban die (?:kehle|gurgel)\b|\bzieht {_US} an den haaren\b|\bmit dem gue?rtel (?:\w+ )?(?:ge)?(?:schla|pruegel|prugel)\w*",
    rf"\bangst vor (?:meine[mnr]|unsere[mr]) (?:\w+ )?{_NEAR}(?=$|[.,;!?]| (?:wenn|weil|und|der|die)\b)|\bangst,? dass (?:er|sie|{_THEY}) {_US} (?:\w+ ){{0,3}}(?:schlae?gt|umbringt|toe?tet|verletzt|findet)\b|\b(?:trau(?:e|te)?|wage?) mich (?:\w+ )?nicht (?:mehr )?(?:nach hause|heim)\b|\bangst,? (?:nach hause|heim) ?zu ?(?:gehen|kommen)\b",
    r"\b(?:zu hause|zuhause|daheim|bei ihm|in meiner (?:ehe|beziehung)) (?:\w+ )?nicht (?:mehr )?(?:\w+ )?sicher\b|\bnicht (?:mehr )?sicher (?:\w+ )?(?:zu hause|zuhause|daheim|bei (?:ihm|meinem))\b|\bunsicher bei ihm\b|\bin lebensgefahr\b|\bangst um mein leben\b|\bhae?usliche[rn]? gewalt\b|\bkindesmissbrauch\b|\bkindeswohlgefae?hrdung\b",
    rf"\b(?:er|sie|jemand|{_MY} (?:\w+ )?{_NEAR}) (?:bringt|sticht|schlae?gt|macht) (?:mich|uns|sie|ihn) (?:\w+ )?(?:um|ab|tot|kalt)(?=$|[.,;!?]| (?:wenn|und|falls)\b)|\b(?:will|wollte|wird|werde|droht|drohte|versucht|versuchte)\b,? (?:\w+ )?{_US} (?:\w+ ){{0,2}}?(?:zu )?{_KILL}\b|\bdass (?:er|sie) {_US} {_KILL}",
    rf"\bmit (?:einem|einer|dem|der) {_WEAPON} (?:\w+ ){{0,2}}bedroht\w*|\bbedroht\w* (?:\w+ ){{0,3}}mit (?:dem tod|einem|einer) ?(?:{_WEAPON})?|\b(?:morddrohung|todesdrohung)\w*|\btue?r\b.{{0,20}}\bmit (?:einem|einer) {_WEAPON}\b|\bmit (?:einem|einer) {_WEAPON} vor (?:der|meiner) tue?r\b|\b(?:mein|meine) ex(?:-?\w+)? (?:\w+ )?(?:bedroht|stalkt|verfolgt|schlae?gt)\b",
    rf"\b{_THEY} sperrt {_US} (?:\w+ )?ein\b|\b{_CHILD}\b(?: \w+){{0,3}} eingesperrt\b|\bnicht aus dem haus (?:\w+ )?(?:gehen|lassen)\b|\blae?sst mich nicht (?:mehr )?(?:raus|aus dem haus|gehen)\b",
    rf"\b(?:zwingt|zwingen|zwang) mich (?:\w+ )?(?:zum sex|zu sex|mit ihm zu schlafen)\b|\bzum sex gezwungen\b|\bsexuell (?:belae?stigt|missbraucht|genoe?tigt|misshandelt)\b|\bbegrapscht\b|\b(?:hat|hatte|haben) {_US} (?:\w+ ){{0,3}}?(?:angefasst|unsittlich beruehrt|intim beruehrt)\b|\b{_THEY} fasst (?:mich|sie|ihn) (?:\w+ )?an\b|\bkommt nachts in mein (?:zimmer|bett)\b",
    # Children at risk.
    rf"\bich (?:schlage?|schlug|haue?|schue?ttle?|schue?ttel) (?:\w+ )?(?:mein\w*|das|die|unser\w*) (?:\w+ )?{_CHILD}\b(?! vor)|\b(?:das|mein|unser|die) (?:\w+ )?(?:baby|kind|sohn|tochter|sae?ugling) (?:\w+ ){{0,2}}geschue?ttelt\b|\b{_TO_US} (?:\w+ )?(?:et)?was an(?:zu)?tu\w*|\b{_TO_US} wehzutun\b|\bich habe? (?:\w+ )?mein\w* (?:\w+ )?{_CHILD} (?:\w+ )?(?:geschlagen|verpruegelt|verprugelt)\b(?! (?:im|beim|in) )",
    rf"\b{_CHILD}\b.{{0,40}}\bblaue[nr]? flecken?\b|\b{_CHILD}\b.{{0,60}}\b(?:nichts|kein\w*) (?:zu )?(?:essen|zu essen)\b|\b{_CHILD}\b(?: \w+){{0,4}} (?:nae?chtelang|tagelang|die ganze nacht|ganze nae?chte) (?:\w+ )?allein\b",
    # Harm to others.
    rf"\b(?:ich|ich's) (?:will|werde|wuerde|wurde|koe?nnte|moe?chte|muss) (?:\w+ )?{_ONE} (?:\w+ )?{_KILL}\b|\bich (?:bringe?|steche?|knalle?|schlage?|mache?) (?:{_ONE}|die) (?:alle |noch |heute |morgen )?(?:um|ab|tot|kalt)(?=$|[.,;!?]| (?:wenn|falls|sobald|beim nae?chsten)\b)|\b(?:darue?ber nach|ue?berlege|nachgedacht)\b,? (?:\w+ )?{_ONE} (?:\w+ )?zu (?:toe?ten|vergiften|erschiessen|erstechen|ermorden)\b",
    rf"\b(?:werde|will|koe?nnte) (?:ihm|ihr|ihnen|meine[mnr] \w+|de[mnr] \w+) (?:et)?was antun\b|\b(?:waffe|pistole|gewehr|messer) (?:und (?:ich )?weiss|mit in die (?:schule|arbeit|firma)|mit zur (?:schule|arbeit)|gekauft fue?r ihn)|\b(?:nehme|bringe) (?:\w+ ){{0,2}}(?:ein|eine) {_WEAPON} mit (?:in|zur|ins)\b|\blaufe? amok\b|\bamok (?:zu )?laufen\b",
    r"\b(?:zue?nde|zue?nd|stecke|sprenge)\b(?: \w+){0,4} (?:haus|schule|bue?ro|firma|wohnung|gebae?ude|laden) (?:\w+ )?(?:an|in brand|in die luft)\b|\bin die luft (?:sprengen|jagen)\b",
    # An emergency that is now.
    r"\b(?:bekomme?|krieg\w*|bekommt) (?:gerade |fast |kaum )?keine luft\b|\bkann nicht (?:mehr )?atmen\b|\batmet (?:\w+ )?nicht\b|\bnicht mehr atmet\b|\b(?:schmerzen|druck|stechen) in (?:der|meiner) brust\b|\bgerade zusammengebrochen\b|\b(?:ist|liegt) (?:\w+ )?bewusstlos\b",
    r"\b(?:ruf|rufen sie|rufe|ruft|holt|holen sie|schickt|schicken sie)(?: (?:bitte|schnell|sofort|doch|einen|den|die|mir|uns)){0,3} (?:krankenwagen|notarzt|rettungswagen|notruf|polizei|112|110|rettungsdienst|feuerwehr)\b|\bbitte (?:\w+ ){0,2}(?:krankenwagen|notarzt)\b",
    r"\b(?:habe?|hat|bekomme?|kriege?) (?:\w+ ){0,3}(?:herzinfarkt|schlaganfall)\b(?! (?:gehabt|beim|wegen))|\bes brennt (?:\w+ )?(?:im|in (?:der|meiner|unserer)) (?:haus|wohnung|kueche|kuche|zimmer)\b|\b(?:haus|wohnung) brennt\b",
    r"\b(?:hoe?rt|hoe?ren) nicht auf zu bluten\b|\bblutung hoe?rt nicht\b|\bich (?:blute|verblute)(?= (?:stark|sehr|heftig|viel|so)|$|[.,;!?])|\bhilfe,? (?:er|sie) (?:bringt|schlae?gt|hat)\b",
)

NO_DANGER = (
    r"\b(?:fristen|termine|deadlines?|zeitplan|verkehr|tempo|preise) (?:ist|sind|war|waren) (?:reiner |der reine |echter )*selbstmord\b|\b(?:suizid|selbstmord)[ -]?(?:prae?vention|hotline|rate)\w*|\b(?:politischer|beruflicher) selbstmord\b",
    r"\b(?:nie|niemals|nicht) (?:\w+ )?an (?:selbstmord|suizid)(?: gedacht)?|\b(?:nicht|nie) (?:\w+ )?suizidal\b|\bkeine (?:selbstmord|suizid)\w*|\b(?:will|wollte|wue?rde|werde|moe?chte) (?:mir|mich|niemandem|niemanden|ihm|ihr|sich) (?:nichts|nie|nicht|niemals) (?:et?was )?(?:antun|tun|umbringen|verletzen)?",
    r"\b(?:arbeite|arbeitete|ehrenamtlich|schulung|kurs|kampagne|vortrag|buch|film|dokumentation) (?:\w+ ){0,5}(?:hae?usliche[rn]? gewalt|selbstmord\w*|suizid\w*|kindesmissbrauch)\b",
    r"\b(?:deadline|hitze|arbeit|rue?cken|stress|job|verkehr|warten|hunger|lae?rm) (?:bringt (?:mich|uns|sie|ihn) (?:\w+ )?um|wird (?:mich|uns) (?:\w+ )?umbringen)\b",
    r"\b(?:chefin|chef|mutter|vater|mama|frau|mann|freundin|freund) (?:bringt mich um|wue?rde mich (?:umbringen|erwue?rgen|toe?ten)),? wenn (?:ich|sie|er|das)\b.{0,40}\b(?:spae?t|vergesse|verpasse|sieht|rauskommt|zimmer|rechnung|verliere|kaputt)\b",
)
