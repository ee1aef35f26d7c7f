"""How people speak of danger to a life, in Dutch, and what sounds like it and is none. Without accents."""

# ruff: noqa: E501 - a pattern is read best in one piece

_SELF = r"(?:me ?zelf|mij ?zelf|zich ?zelf|haar ?zelf|hem ?zelf|m'?n eigen|zich|me|mij)"
_MY = r"(?:mijn|m'?n|onze?|haar|zijn|z'?n|hun|de|het|een|die|dat|dit|deze)"
_NEAR = r"(?:(?:ex|stief|schoon|pleeg)?[ -]?(?:man|vrouw|vriend|vriendin|vader|moeder|pa|papa|ma|mama|broer|zus|zoon|dochter)|ex|partner|oom|tante|opa|oma|neef)"
_KIN = rf"(?:{_NEAR}|buurman|buurvrouw|buren|collega|baas|trainer|coach|leraar|meester|juf|begeleider|verzorger|huisbaas|huisgenoot)"
_THEY = rf"(?:hij|zij|ze|iemand|(?:mijn|m'?n|onze?|haar|de) (?:\w+ )?{_KIN})"
_CHILD = r"(?:kind(?:je|eren|jes)?|zoon(?:tje)?|dochter(?:tje)?|baby(?:'s|tje)?|broer(?:tje)?s?|zus(?:je|jes|sen)?|(?:\w+)?jongetjes?|(?:\w+)?meisjes?|peuter|kleuter|kleinkind(?:eren)?)"
_WEAK = rf"(?:{_CHILD}|moeder|vader|oma|opa|vrouw|man|vriendin|vriend|partner)"
_US = rf"(?:me|mij|ons|(?:mijn|m'?n|onze?|haar|zijn|z'n|hun|de|het) (?:\w+ )?{_WEAK})"
_ONE = rf"(?:hem|haar|hen|ze|jou|je|jullie|iedereen|iemand|mensen|{_MY} (?:\w+ )?(?:{_KIN}|{_WEAK}|chef|manager|docent|klas|familie))"
_KILL = r"(?:vermoord(?:en|t)?|dood ?(?:te )?(?:maken|maakt|slaan|slaat|schieten|steken)|doden|wurgen|(?:neer|dood) ?te (?:steken|schieten)|neer(?:steken|steekt|schieten|schiet)|vergiftigen|af ?(?:te )?maken|afmaakt|verkrachten)"
_PILLS = r"(?:pillen|slaappillen|medicijnen|tabletten|paracetamols?|medicatie|oxazepam)"
_WEAPON = r"(?:mes|pistool|geweer|vuurwapen|wapen|hamer|bijl)"

DANGER = (
    # A danger to oneself.
    r"\bzelfmoord\w*|\bzelfdoding\w*|\bzelfbeschadig\w*|\blevensmoe\b|\bzelfmutilatie\b|\beuthanasie (?:aanvragen|plegen)\b",
    r"\b(?:wil|wou|wilde|wilt|liever)(?: (?:ik|je|gewoon|echt|soms|het liefst|liefst|nu|alleen|maar|nog|vaak|zo)){0,4} (?:dood(?: ?gaan| zijn)?|sterven)(?=$|[.,;!?]| (?:en|want|omdat|als|maar|zijn|soms|nu)\b)|\bik (?:maar |beter |gewoon )?dood (?:was|ben|zou zijn)\b|\bweg van deze wereld\b|\bhoe ik dood (?:zou )?(?:kan|kon|kunnen) gaan\b|\b(?:ik|hij|zij|ze) (?:maar |beter |gewoon )?dood (?:wil|wilde|wou|zou willen)\b|\bbeter dood\b",
    r"(?<!\bdie )\bniet (?:meer|langer) (?:\w+ )?leven\b(?! (?:in|op|naast|bij|zonder (?:mijn|m'n)|van|tussen|zoals)\b)|\b(?:niet|nooit) meer (?:\w+ )?(?:wakker (?:te )?w[oe]rd\w*|op ?wakker)|\b(?:wil|wilde|wou|liever) (?:er )?(?:\w+ )?niet meer (?:zijn|bestaan|hier zijn)(?=$|[.,;!?])|\bniet verder leven\b",
    r"\bik (?:maak|maakte) er (?:\w+ ){0,3}een einde? aan\b|\ber (?:\w+ ){0,2}een einde? aan (?:te )?(?:maken|maak|maakt)\b|\beinde? (?:te maken )?(?:aan|van) (?:m'n|mijn|haar|zijn|het) leven\b|\buit het leven\b(?! gegrepen)|\bzelf er ?uit (?:te )?stap(?:pen|t)?\b",
    r"\bbeter af (?:\w+ )?zonder (?:mij|me)\b|\bzonder (?:mij|me) (?:\w+ ){0,3}beter af\b|\bniemand (?:zou|zal|gaat) me missen\b",
    rf"\b{_SELF} (?:\w+ ){{0,3}}?(?:iets|wat) (?:\w+ ){{0,2}}?aan ?(?:te )?(?:doe[nt]?|deed)\b|\bdo[eo]t? {_SELF} (?:iets|wat) aan\b",
    r"\b(?:me|mij|zich|haar|hem) ?zelf (?:\w+ ){0,2}?(?:van (?:het leven|kant)|pijn|doden|dood|te (?:doden|snijden|verwonden|vermoorden)|snijden|snijd|snijdt|gesneden|gekrast|branden|verwonden?|verwondt?|vermoorden|ombrengen|ophangen|verdrinken)\b(?! (?:bij|tijdens|toen ik kook))|\bvan het leven (?:te )?beroo?f|\bvan het leven (?:te )?beroven\b|\bvan kant (?:te )?mak\w+",
    r"\b(?:me|mij|zich|mezelf|zichzelf) (?:\w+ ){0,2}?(?:op ?(?:te )?hangen|te verhangen|verhangen|verdrinken)\b|\bhang (?:me|mezelf) op\b",
    r"\bik (?:snijd?|sneed|kras|kraste|brand|brandde|verwond|krab) (?:me ?zelf|mij ?zelf|(?:in|op) m(?:ij|')n \w+|m(?:ij|')n (?:arm|armen|polsen|pols|benen|huid))(?! (?:een|af|bij|tijdens|per ongeluk|aan|soms bij|toen))\b",
    r"\b(?:voor|onder) (?:de|een) (?:\w+ )?(?:trein|tram|metro|vrachtwagen|auto|bus) (?:te )?(?:spring|sprong|gooi|werp|stap|loop)\w*|\bspring\w* (?:\w+ ){0,2}(?:voor|onder|van) (?:de|een|het) (?:trein|tram|metro|brug|dak|flat|balkon|spoor)\b|\bvan (?:de|een|het) (?:\w+ )?(?:brug|flat|dak|balkon|toren|gebouw)(?: af)? (?:te )?spring\w*|\b(?:bij|langs|op) (?:het|de|een) (?:spoor|brug|dak|rails|perron)\b.{0,40}\bspring(?:en)?\b",
    r"\btegen (?:een|de|die) (?:\w+ )?(?:boom|muur|pijler|vrachtwagen) (?:aan )?(?:te )?(?:rijden|knallen)\b|\brij(?:d|den)? (?:\w+ ){0,3}tegen (?:een|de) boom\b",
    rf"\btouw (?:\w+ ){{0,2}}(?:gekocht|klaar|opgehangen)\b|\bafscheidsbrie\w+|\bspaar (?:\w+ ){{0,3}}{_PILLS}|\b{_PILLS} (?:\w+ )?op(?: te|ge)? ?spa+r\w*|\boverdos[ie]s\w*",
    rf"\b(?:doosje|doos|strip|strippen|pot|potje|hele|heel|te ?veel|alle|handvol|hoop) (?:\w+ ){{0,3}}{_PILLS} (?:\w+ ){{0,2}}(?:geslikt|ingenomen|genomen|in genomen|geslikt|opgegeten)\b|\b(?:nam|slikte) (?:\w+ )?(?:te ?veel|alle|een (?:hele )?(?:doos|pot|strip)) (?:\w+ )?{_PILLS}",
    r"\b(?:het|m'?n|mijn) leven (?:\w+ ){0,3}?(?:geen (?:enkele )?(?:zin|nut|waarde)|zinloos|niet (?:meer )?(?:de moeite )?waard|hoeft (?:\w+ )?niet|niet meer aan)|\b(?:het|m'?n|mijn|dit) leven (?:zo |echt |helemaal )?(?:moe|beu|zat)\b|\btrek (?:het|'t|dit) leven niet|\bhoeft (?:\w+ )?(?:voor|van) mij(?: \w+)? niet meer(?=$|[.,;!?])|\bgeen (?:reden|zin) (?:meer )?om (?:\w+ )?(?:te|door te) leven\b|\bgeen zin meer in (?:het|m'?n|mijn) leven\b",
    r"\b(?:was|wou|wens|wilde|liever|beter)\b(?: \w+){0,5} (?:nooit|niet) geboren\b|\bverlang\w* (?:\w+ )?naar (?:de|mijn) dood\b|\bnaar de dood verlang\w*",
    r"\bstemmen\b(?: \w+){0,5} (?:zeggen|vertellen|willen|roepen|fluisteren)\b.{0,40}\b(?:doden|dood|pijn|springen?|vermoorden|snijden|aandoen)\b",
    # Harm from others.
    rf"\b{_THEY} (?:\w+ ){{0,2}}?(?:slaat|sloeg|schopte?|trapte?|stompte?|mishandelt|mishandelde|misbruikte?|verkrachtte?|verkracht|wurgt|wurgde|stalkte?|bedreigde?|bedreigt|betastte?|betast) {_US}\b(?! (?:\w+ )?(?:over|aan|gade|op de schouder|een slag|hoog)\b)",
    rf"\b{_THEY} (?:\w+ ){{0,2}}?(?:heeft|had|hebben) (?:\w+ )?{_US} (?:\w+ ){{0,5}}?(?:geslagen|mishandeld|misbruikt|verkracht|gewurgd|geschopt|bedreigd|gestoken|aangerand|betast|gestalkt|opgesloten|in elkaar)\b",
    rf"\b{_US} (?:\w+ ){{0,4}}in elkaar (?:geslagen|slaat|slaan|sloeg|getrapt|trapt)\b|\bkne+p (?:\w+ ){{0,2}}keel\b|\bknijpt (?:\w+ ){{0,2}}keel\b|\bgreep (?:me|mij|haar) bij (?:de|mijn|m'n|haar) keel\b",
    rf"\b(?:ik|{_MY} (?:\w+ )?{_WEAK}) (?:\w+ )?(?:word|werd|ben|wordt|worden|werden|is|zijn|was|waren) (?:\w+ ){{0,4}}?(?:geslagen|mishandeld|misbruikt|bedreigd|gestalkt|geschopt|betast)\b|\b(?:word|werd|wordt|worden) (?:ik |\w+ ){{0,3}}(?:mishandeld|thuis geslagen)\b|\b(?:ben|werd|word|is|zijn|was|heeft) (?:\w+ ){{0,4}}?(?:verkracht|aangerand)\b|\b{_CHILD} (?:van \w+ )?(?:word\w*|zijn) (?:mishandeld|misbruikt|geslagen|verwaarloosd)\b",
    r"\bseksueel (?:\w+ )?misbruik\w*|\bhuiselijk geweld\b|\bkindermishandeling\b|\bincest\b|\beerwraak\b|\b(?:dwingt|dwingen|dwong) (?:me|mij|haar) (?:\w+ ){0,4}(?:seks|naar bed)\b|\b(?:tot|voor) seks (?:gedwongen|dwingt)\b",
    rf"\bbang (?:voor|van) (?:mijn|m'?n) (?:\w+ )?{_NEAR}(?=$|[.,;!?]| (?:als|want|omdat|en|die|wanneer)\b)|\bbang dat (?:hij|zij|ze|{_THEY}) {_US} (?:\w+ ){{0,3}}(?:slaat|vermoordt|iets aandoet|doodt|doodmaakt|mishandelt|pijn doet|vindt)\b|\b(?:durf|durfde) (?:\w+ )?niet (?:meer )?(?:naar huis|thuis te)\b|\bbang om (?:\w+ )?(?:naar huis|thuis te)\b",
    r"\bniet (?:\w+ )?veilig (?:\w+ )?(?:thuis|bij (?:hem|haar|mijn|m'n)|in (?:mijn|m'n) (?:eigen )?(?:huis|relatie))\b|\bthuis (?:\w+ ){0,2}niet (?:\w+ )?veilig\b|\bonveilig (?:\w+ )?thuis\b|\bthuis (?:\w+ )?onveilig\b|\bin levensgevaar\b|\bvrees (?:\w+ )?voor (?:mijn|m'n|haar|zijn) leven\b",
    rf"\b{_THEY} (?:vermoordt|doodt) {_US}\b|\b(?:dat|en|want) (?:hij|zij|ze|iemand) {_US} (?:\w+ )?{_KILL}\b|\b(?:gaat|wil|wilde|zal|zou|probeert|probeerde|dreigt|dreigde) (?:om )?(?:\w+ )?{_US} (?:\w+ ){{0,2}}?(?:te )?{_KILL}\b",
    rf"\bbedreig\w* (?:\w+ ){{0,4}}?met (?:\w+ )?(?:de dood|{_WEAPON})\b|\bmet (?:de dood|een {_WEAPON}) (?:\w+ )?bedreig\w*|\bdoodsbedreiging\w*|\bgedreigd (?:om )?{_US} (?:\w+ )?te {_KILL}|\bdreig\w* (?:\w+ )?met (?:de dood|zelfmoord|een {_WEAPON})\b|\bdeur\b.{{0,20}}\bmet een {_WEAPON}\b|\bmet een {_WEAPON} (?:\w+ ){{0,3}}(?:voor|aan|bij) (?:de|mijn|m'n|onze) deur\b",
    rf"\b{_THEY} (?:sluit|sloot) {_US} (?:\w+ ){{0,4}}op\b|\b{_CHILD}\b.{{0,30}}\b(?:zit|zat|zitten|wordt|worden) (?:\w+ )?opgesloten\b|\bik mag (?:\w+ )?(?:het huis|de deur) niet uit\b",
    rf"\b{_THEY} (?:zat|zit) (?:\w+ )?aan (?:me|mij|haar|hem|mijn \w+)\b|\baan (?:haar|hem|me|mij) (?:zit|zat)\b|\b{_THEY} raakte? (?:me|mij|haar|hem|(?:mijn|m'n) \w+) (?:\w+ )?aan\b|\b(?:kwam|komt) 's nachts (?:bij me|in mijn (?:kamer|bed))\b",
    # Children at risk.
    rf"\bik (?:sla|sloeg|schop|schopte|schud|schudde|knijp|mishandel) (?:\w+ )?(?:mijn|m'n|de|het|onze|haar|hem) (?:\w+ )?{_CHILD}\b|\bheb (?:\w+ )?(?:de|mijn|m'n|onze?|het) (?:\w+ )?{_CHILD} (?:\w+ ){{0,4}}(?:geschud|geslagen|pijn gedaan|iets aangedaan)\b|\bdat ik (?:mijn|m'n|de|het|haar|hem|onze) ?{_CHILD}? (?:iets|wat|pijn) (?:aan ?doe|doe)\b",
    rf"\b{_CHILD}\b.{{0,30}}\bblauwe plek\w*|\bblauwe plekken\b.{{0,30}}\b(?:slaat|sloeg|hij|vader|van hem)\b|\b{_CHILD}\b(?: \w+){{0,4}} (?:dagen(?:lang)?|niets|geen) (?:\w+ )?(?:te eten|eten en|eten krijgt)|\bdagenlang (?:geen|niets te) eten\b|\b{_CHILD}\b(?: \w+){{0,4}} (?:nachten(?:lang)?|hele nacht|dagen(?:lang)?) alleen\b",
    # Harm to others.
    rf"\b(?:ik|erover|eraan) (?:wil|ga|zal|zou|wou|kan|kon|om|moet|overweeg)(?: om)?(?: \w+)? {_ONE} (?:\w+ ){{0,2}}?(?:te )?(?:{_KILL}|iets aan ?(?:te )?doen|pijn (?:te )?doen|in elkaar (?:te )?slaan|overhoop (?:te )?schieten)\b",
    r"\bik maak (?:hem|haar|jou|jullie) (?:\w+ )?(?:af|kapot|dood)(?=$|[.,;!?]| (?:als|zodra|wanneer|die)\b)|\bik (?:steek|schiet|sla|knal|rijd?) (?:hem|haar|ze|hen|jou|jullie|iedereen|(?:mijn|m'n|die) \w+) (?:\w+ ){0,2}?(?:neer|overhoop|dood|kapot|in elkaar|af)\b",
    rf"\b(?:pistool|geweer|vuurwapen|wapen|mes) (?:\w+ )?(?:en ik weet|en (?:hij|zij|ze) (?:\w+ )?(?:dreigt|staat|komt)|mee (?:te nemen )?naar (?:school|het werk|m'n werk|mijn werk|kantoor))\b|\bvoor hem (?:een )?{_WEAPON}\b|\b{_WEAPON} gekocht (?:om|voor (?:hem|haar|ze|als))\b",
    r"\b(?:wil|ga|zal|zou)\b(?: \w+){0,5} (?:in brand steken|in de fik steken|opblazen|platbranden)\b",
    # An emergency that is now.
    r"\b(?:krijg|kreeg nu|krijgt) (?:bijna |haast )?geen (?:lucht|adem)\b|\bkan niet (?:meer )?ademen\b|\bademt (?:bijna |helemaal )?niet\b|\bniet meer ademt\b|\b(?:pijn|druk) (?:op|in) (?:mijn|m'n|de|z'n|zijn|haar) borst\b|\bligt (?:\w+ ){0,2}bewusteloos\b|\bis (?:\w+ ){0,2}bewusteloos\b",
    r"(?:^|[.!?;,] ?)(?:(?:snel|help|iemand|alsjeblieft|alstublieft|aub) ?,? ?)*bel(?: (?:alsjeblieft|alstublieft|aub|snel|nu|direct|meteen|toch|de|een|iemand|dan|voor|me|mij)){0,4} (?:112|ambulance|ziekenwagen|politie|brandweer|dokter)\b(?! (?:als|voor|wanneer))|\bstuur (?:\w+ ){0,2}(?:ambulance|politie)\b|\bkan iemand (?:\w+ ){0,3}(?:112|ambulance|politie) bellen\b",
    r"\b(?:heb|heeft|krijg|krijgt) (?:\w+ ){0,3}(?:hartaanval|beroerte|hartstilstand)\b(?! (?:gehad|van|als ik))|\been hartaanval (?:heb|krijg)\b|\bbrand in (?:het |mijn |m'n |ons )?huis\b|\b(?:huis|woning|flat|kamer) staat in (?:brand|de fik)\b|\bhet huis brandt\b",
    r"\bbloed(?:en|ing)? (?:\w+ )?(?:stopt|houdt|stopte) (?:maar )?niet\b|\bik bloed (?:\w+ )?(?:erg|hevig|hard|leeg|dood)\b|\bbloed(?:t)? dood\b|(?:^|[.!?;,] ?)help(?: me)?,? (?:hij|mijn (?:man|vader|ex|vriend))\b",
)

NO_DANGER = (
    r"\b(?:deadlines?|planning|verkeer|tempo|rooster|spits|werkdruk) (?:is|was|zijn|waren) (?:pure |echt )*zelfmoord\b|\b(?:zelfmoord|suicide)[ -]?(?:preventie|lijn|hulplijn|cijfers?)\b|\b(?:carriere|politieke?) ?zelfmoord\b",
    r"\b(?:nooit|niet) (?:\w+ )?aan (?:zelfmoord|zelfdoding|suicide)(?: gedacht)?|\b(?:niet|nooit) (?:\w+ )?suicidaal\b|\bgeen (?:zelfmoord|suicid)\w*|\b(?:wil|wilde|zou|zal|ga) (?:\w+ )?(?:me ?zelf|mij ?zelf|zich ?zelf|hem|haar|niemand|iemand) (?:niets|niks|niet|nooit) (?:iets |wat |pijn )?(?:aan ?doen|aan te doen|doen|vermoorden|slaan)?",
    r"\b(?:werk|werkte|vrijwilliger\w*|training|cursus|campagne|lezing|boek|film|documentaire) (?:\w+ ){0,5}(?:huiselijk geweld|zelfmoord\w*|kindermishandeling|seksueel misbruik)\b",
    rf"\b(?:baas|chef|leidinggevende|{_NEAR}) (?:vermoordt|gaat|zal|zou) (?:me|mij)(?: vermoorden)? als (?:ik|ze|hij|we|dit|dat)\b.{{0,40}}\b(?:laat|vergeet|mis|mist|kwijt|ziet|weer|factuur|kamer|deadline)\b",
    r"\b(?:slaat|sloeg|verslaat|heeft) (?:me|mij|ons) (?:altijd |steeds |weer )?(?:geslagen )?(?:met|bij|in) (?:schaken|tennis|dammen|kaarten|voetbal|golf|darten|biljart|het spel)\b|\bniet onveilig\b|\b(?:deadlines?|hitte|warmte|rug|werk|baan|stress|hoofdpijn|verkeer|drukte) (?:gaat|gaan|zal|wil|vermoordt) (?:me|mij|ons)(?: nog)?(?: eens)?(?: vermoorden)?\b",
)
