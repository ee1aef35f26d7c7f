"""How people tell of death, of harm, of grave illness and of what they keep to themselves, in Dutch.

Without accents. Each list is of forms of a plain text; `NO` is taken out before.
"""

# ruff: noqa: E501 - a pattern is read best in one piece

_NEAR = r"(?:(?:schoon|stief|groot|pleeg)?(?:moeder|vader|ouders?|zoon|dochter|broer|zus|zusje|broertje)|mam|mama|pap|papa|vrouw|man|partner|vriendin|vriend|kind|kinderen|kindje|baby|oma|opa|oom|tante|neef|nicht|kleinkind|collega|baas|chef|leidinggevende|manager|buurman|buurvrouw|mentor|leraar|juf)s?"
_MY = r"(?:mijn|m'n|onze?|zijn|haar|hun|een)"

FIRST = r"\b(?:ik|mij|me|mijn|m'n|mn|wij|we|ons|onze)\b"
"""What people call themselves, and those who belong to them."""

LOSS = (
    rf"\b{_MY} (?:\w+ )?{_NEAR}(?: \w+){{0,6}}? (?:overleden|overleed|gestorven|stierf|verongelukt(?:e)?|omgekomen|doodgegaan|ging dood|is dood|was dood|dood was|dood is|dood ging)\b",
    r"\b(?:overlijden|begrafenis|crematie|uitvaart|dood|sterfbed) van (?:mijn|m'n|onze?|zijn|haar) |\b(?:overleed|stierf) (?:mijn|m'n|onze?|zijn|haar) |\b(?:hij|zij|ze) (?:\w+ )?(?:overleed|stierf|is (?:\w+ )?(?:overleden|gestorven))\b",
    rf"\b{_MY} (?:\w+ )?{_NEAR} (?:\w+ ){{0,4}}?(?:verloren|begraven)\b(?! (?:met|bij|van|in de (?:winkel|drukte|stad)))|\b(?:verloor|begroef|begroeven|verloren) (?:ik |we |wij )?(?:mijn|m'n|onze?) (?:\w+ )?{_NEAR}\b|\bik (?:ben|zit|was) (?:\w+ )?(?:in de rouw|aan het rouwen|weduwe|weduwnaar)\b|\b(?:mijn|m'n) overleden \w+",
    r"\bmiskra(?:am|men)\b|\bdoodgeboren\b|\bstilgeboorte\b|\bons kindje verloren\b|\bwiegendood\b",
    r"\b(?:heeft|had|hebben) (?:zich|zichzelf|z'n eigen) (?:\w+ ){0,3}?(?:opgehangen|verhangen|van kant|doodgeschoten|verdronken|voor de trein)\b|\b(?:hing|verhing) (?:zich|zichzelf) (?:\w+ )?(?:op)?\b|\b(?:ons|het|de|mijn) (?:kindje|baby|kind) (?:\w+ )?verloren\b",
)

_BODY = r"(?:been|benen|dij|dijen|knie|knieen|borst|borsten|billen|kont|heup|heupen|kruis|lichaam|rok|bh|bil|reet|tieten)"
_SOFTER = r"(?:schouders?|haar|haren|handen?|arm|armen|gezicht|nek|rug|wang)"
_OFTEN = r"(?:elke (?:dag|keer|ochtend|week|dienst)|iedere \w+|de hele (?:tijd|dag)|steeds|voortdurend|altijd|constant|dagelijks|waar iedereen bij|in het bijzijn)"
_BEING = r"(?:homo|lesbisch|gay|trans(?:gender)?|zwart|donker|moslim|joods|jood|turks|marokkaans|allochtoon|buitenlander|buitenlands|vluchteling|gehandicapt|doof|blind|autistisch|zwanger|zwangerschap|vrouw|moeder|te oud|leeftijd|huidskleur|hoofddoek|geloof|afkomst|accent|gewicht|beperking|geaardheid)"

HARM = (
    r"\b(?:gepest|pesten|pest(?:te|ten)? (?:me|mij|ons)|pesterij\w*|getreiterd|treiter\w+|geintimideerd|intimidatie|intimideer\w*|vernederd\w*|vernedering\w*|gekleineerd|kleineer\w+|gediscrimineerd|discriminatie|discrimineer\w*|racis\w+|seksis\w+|homofo\w+|transfo\w+|antisemi\w+|gestalkt|stalk(?:t|te|er|ing)|lastiggevallen|gemobd|mobbing|uitgescholden|schold\w* (?:me|mij|ons)|scheldt (?:me|mij|ons)|ongewenst gedrag|grensoverschrijdend\w*|n-woord|naz(?:i|i's)|hakenkruis\w*|pedofiel\w*)\b",
    rf"\b(?:betast\w*|bepotel\w*|begluur\w*|aangerand|aanrand\w+|gegraaid|aan (?:mijn|m'n|haar) {_BODY})\b|\b(?:hand|handen|vingers) (?:\w+ )?(?:op|om|onder|tussen|in) (?:mijn|m'n|haar) {_BODY}\b|\b(?:mijn|m'n|haar) (?:\w+ )?{_BODY} (?:\w+ ){{0,3}}?(?:aan te raken|aangeraakt|vast|betasten|beetpakken|gepakt|gegrepen)\b|\b(?:steeds|telkens|altijd|voortdurend|bleef) (?:\w+ ){{0,2}}?(?:aan )?(?:mijn|m'n|me|mij|haar) (?:\w+ )?(?:{_BODY} |{_SOFTER} )?(?:\w+ )?(?:zitten|zat|aan te raken|aanraken|strelen|te strelen|te knuffelen|te masseren|aangeraakt)\b|\bzat (?:\w+ ){{0,2}}?aan (?:me|mij|mijn \w+|haar)(?=$|[.,;!])",
    r"\b(?:probeerde|wilde|wou|probeert) (?:me|mij|haar) (?:\w+ )?te (?:zoenen|kussen|betasten|verkrachten)\b|\b(?:zoende|kuste) (?:me|mij)(?! op de wang)|\bseksuele? (?:\w+ )?(?:opmerkingen?|grappen|toespelingen|avances|intimidatie|berichten|getint\w*|misbruik|geweld)\b|\bseksueel (?:getint\w*|misbruik\w*|overschrijdend\w*)\b|\b(?:schuine|vieze|obscene|schunnige|smerige) (?:opmerkingen?|grappen|berichtjes?|foto's|blikken)\b|\bnaaktfoto\w*|\bdick ?pics?\b|\bnagefloten\b|\bopdringerig\w*\b|\b(?:avances|handtastelijk\w*)\b|\bmasturbe\w+|\bversier(?:de|t|en) (?:me|mij)\b",
    r"\b(?:spuug\w*|spuwde\w*|spoog|bespuugd|gespuugd|gespuwd)\b|\b(?:gooide|smeet|smeten|gooiden|wierp) (?:\w+ ){0,4}naar (?:mij|me|ons|mijn \w+|m'n \w+|haar|hem)\b|\b(?:sloeg|slaat|schopte|schopt|duwde|beet|kneep|krabde|trapte|wurgde|stompte|bedreigde|mishandelde|viel) (?:me|mij|ons|haar|hem)(?=$|[.,;!]| (?:in|op|tegen|aan|uit|omver|hard|toen|omdat|en|met|voor|tijdens|elke|altijd)\b)(?! (?:met|bij|in) (?:schaken|tennis|kaarten|darts)| op dat|in de rede| mee| tegen| (?:me |mij )?(?:erg )?op\b)|\b(?:werd|ben|was|zijn|wordt) (?:ik |we |zij |ze |hij )?(?:\w+ ){0,4}?(?:geslagen|geschopt|bedreigd|beroofd|overvallen|aangevallen|mishandeld|gewurgd|gestompt|neergestoken|gegijzeld|ontvoerd|misbruikt|belaagd)\b|\b(?:overval|steekpartij|schietpartij|gijzeling) (?:op|in|bij)\b|\b(?:trok|richtte|zwaaide met) een (?:pistool|mes|wapen)\b",
    r"\b(?:bedreigingen|dreigementen|gechanteerd|chantage|huiselijk geweld|kindermishandeling|mishandeling|verbaal geweld|agressieve? (?:klant|patient|man|client|bezoeker)\w*)\b|\b(?:schreeuwde|schreeuwt|gilde|tierde|brulde|schreeuwden) "
    + _OFTEN
    + r" (?:tegen|naar) (?:me|mij|ons)\b|\b(?:schreeuwde|schreeuwt|gilde|tierde|brulde|schreeuwden) (?:\w+ ){0,3}(?:tegen|naar) (?:me|mij|ons)\b[^.!?]{0,30}\b"
    + _OFTEN
    + r"|\b"
    + _OFTEN
    + r"\b[^.!?]{0,30}\b(?:schreeuwde|schreeuwt|tierde|schreeuwden|geschreeuwd) (?:tegen|naar) (?:me|mij|ons)\b|\b(?:noemde|noemden|noemt) (?:me|mij|ons|haar|hem) (?:\w+ ){0,3}?(?:koe|hoer|slet|varken|idioot|debiel|aap|mietje|mongool|kreupele|loser|terrorist|dief|dom|dik|lui|lelijk|waardeloos|dikzak|trut)\b",
    rf"\b(?:ontslagen|ontslag|weggestuurd|afgewezen|geweigerd|overgeslagen|uitgelachen|buitengesloten|genegeerd|gekort|minder betaald|gepasseerd|belachelijk gemaakt)\b[^.!?]{{0,30}}\b(?:omdat|vanwege|wegens|door)\b[^.!?]{{0,30}}\b{_BEING}\b|\b(?:omdat|vanwege|wegens)\b[^.!?]{{0,30}}\b{_BEING}\b[^.!?]{{0,30}}\b(?:ontslagen|weggestuurd|afgewezen|geweigerd|uitgelachen|buitengesloten|gepasseerd)\b",
    r"\b(?:patient|patiente|bewoner|bewoonster|client|klant|leerling|collega|hond|kat|paard|man|vrouw|kind|jongen|meisje)(?:en|s)? (?:\w+ ){0,5}?(?:overleden|overleed|stierf|gestorven|omgekomen|doodgegaan|verdronken)\b|\b(?:zag|vond) (?:\w+ ){1,4}(?:sterven|dood)\b|\b(?:auto-?|verkeers-?|motor-?|fiets|bedrijfs)?ongeluk (?:gehad|gekregen)\b|\bik (?:had|kreeg) een (?:\w+ )?(?:auto|verkeers|motor|bedrijfs)-?ongeluk\b|\baangereden\b|\bdakloos\b|\buit (?:mijn|ons|m'n) huis gezet\b|\b(?:huis|woning) (?:\w+ )?afgebrand\b|\bgevlucht (?:voor|uit|van)\b|\buithuisgeplaatst\b",
    # Bodies, weapons and slurs: whatever was done, it is not gone into.
    r"\b(?:kut ?(?:marokkaan\w*|turk\w*|buitenlander\w*|homo\w*)|neger\w*|nikker\w*|zwartjoekel|spleetoog|spleetogen|kankerhomo|flikker\w*|pot(?:teus)?e? wijf|mongool\w*|kankerlijer|jodenzwijn|zandneger\w*|pinda ?(?:chinees|poep\w*)|hoer\w*|slet\w*)\b|\btong (?:\w+ )?in (?:mijn|m'n|haar) (?:mond|keel)\b|\b(?:drukte|duwde|wreef|schuurde|drong|klemde) (?:\w+ )?(?:zich|me|mij) (?:\w+ ){0,2}?(?:tegen|aan|in) (?:me|mij|de (?:muur|deur|kast)|mijn)\b|\b(?:broek|rits) (?:\w+ )?(?:open|naar beneden|uit) (?:voor|waar)\b|\b(?:volgt|volgde|loopt|liep|achtervolgt|achtervolgde) (?:me|mij) (?:\w+ ){0,4}?(?:naar huis|achterna|achtervolg\w*|tot (?:aan )?(?:mijn|huis))\b|\b(?:pistool|pistolen|geweer|vuurwapen|revolver|jachtgeweer|mes (?:op zak|bij zich|getrokken|in zijn (?:zak|jas|tas)))\b|\b(?:neergestoken|neergeschoten|blauwe plekken|blauw oog|verkracht\w*)\b",
    r"\b(?:trekt|trok|rukt|rukte) (?:\w+ )?aan (?:mijn|m'n|haar) (?:\w+ )?(?:bh|bh-bandje|rok|broek|haar|hoofddoek)\b|\b(?:doodslag|moord|dronken gereden|rijbewijs (?:kwijt|ingenomen)|reed (?:\w+ )?dronken|onder invloed)\b|\bzit (?:\w+ )?(?:vast|in de (?:cel|bak|gevangenis))\b(?= (?:voor|wegens|en)|$|[.,;])|\b(?:penis|piemel|porno\w*|stiekem gefilmd)\b|\bmensen (?:als|zoals) (?:jij|jou|jullie|ik) (?:met|horen|moeten)\b|\b(?:in (?:mijn|m'n) auto|op straat) (?:geslapen|gewoond|geleefd)\b",
)

ILLNESS = r"\b(?:kanker|borstkanker|darmkanker|longkanker|prostaatkanker|tumou?r|leukemie|uitzaaiing\w*|chemo\w*|bestraling\w*|hiv|aids|ms|parkinson|alzheimer|dementie|als|beroerte|herseninfarct|hersenbloeding|hartaanval|hartinfarct|hartstilstand|hartfalen|sepsis|coma|nierfalen|dialyse|transplantatie|anorexia|boulimia|eetstoornis|bipolair\w*|bipolaire stoornis|schizofren\w+|psychose|psychotisch|ptss|depressie|depressief|burn-?out|overspannen|epilepsie|lupus|crohn|hersenletsel|verlamd|ongeneeslijk|terminaal|long covid|amputatie|hepatitis|tbc)\b"
_NOT_AS_WORK = r"(?! ?-?(?:afdeling|centrum|onderzoek|patienten|verpleegkundige|fonds|stichting|campagne|cursus|training|beleid|zorg|kliniek|project))"

ILL = (
    rf"\b(?:ik|wij|we|hij|zij|ze|mijn|m'n|onze?|haar|zijn) (?:\w+ ){{0,6}}?{ILLNESS}\b{_NOT_AS_WORK}|\b(?:had|kreeg|heb|heeft|bleek) (?:ik |hij |zij |ze |mijn \w+ )(?:\w+ ){{0,3}}?{ILLNESS}\b{_NOT_AS_WORK}",
    r"\b(?:kreeg|krijg|kregen|na|sinds) (?:\w+ )?(?:de|mijn|m'n|een) diagnose\b|\bgediagnosticeerd met\b|\bdiagnose (?:was|is|kreeg|hiv|kanker)\b|\bmijn (?:diagnose|ziekte|handicap|beperking|aandoening|bipolaire)\b",
    r"\b(?:mijn|m'n|een|de|haar) (?:\w+ )?abortus\b(?! ?(?:wet|kliniek|debat))|\bzwangerschap (?:\w+ )?(?:afgebroken|afbreken|beeindigd)\b|\bzwangerschapsafbreking\b|\bongewenst kinderloos\b|\bonvruchtbaar\b",
    r"\b(?:spoed|halsoverkop|met de ambulance|op de intensive care|op de ic) (?:\w+ ){0,3}?(?:opgenomen|naar het ziekenhuis|beland|gelegen)\b|\bopgenomen (?:in|op) (?:\w+ ){0,2}?(?:ziekenhuis|psychiatri\w+|intensive care|kliniek)\b|\b(?:ernstig|doodziek|dodelijk|chronisch|ongeneeslijk|terminaal) ?ziek\b|\bdoodziek\b|\bpsychiatrische (?:kliniek|afdeling|inrichting)\b|\b(?:mijn|m'n) (?:been|arm|hand|vinger|zicht|gehoor) (?:\w+ )?(?:verloren|kwijtgeraakt|geamputeerd)\b",
    r"\b(?:knobbel|knobbeltje|bult|gezwel|plek|vlek) (?:\w+ )?(?:in|op|onder) (?:mijn|m'n|haar|de) (?:borst|long\w*|lever|oksel|hals)\b|\b(?:uitgezaaid|uitzaaiing\w*|biopt|biopsie|hospice|palliatie\w*)\b(?! ?-?(?:team|zorg|afdeling))",
)

SECRET = (
    r"\bik (?:heb |had )?(?:\w+ ){0,5}?(?:gestolen|gejat|gelogen|vervalst|gefraudeerd|verduisterd|omgekocht|ingebroken|opgelicht|gesmokkeld|bedrogen|vals gespeeld)\b|\bik (?:stal|loog|jatte|vervalste|fraudeerde|verduisterde|smokkelde)\b(?! de show)|\bik heb (?:\w+ )?vastgezeten\b|\bin de gevangenis (?:gezeten|zat)\b|\bik (?:zat|heb) (?:\w+ ){0,3}?in de (?:gevangenis|bajes|cel)\b(?! als)|\b(?:mijn|m'n) strafblad\b|\bveroordeeld (?:voor|tot|wegens)\b|\bgearresteerd\b|\b(?:zwart (?:gewerkt|werk\w*|uitbetaald|betaald)|zonder papieren|illegaal (?:hier|in nederland|in belgie))\b",
    r"\b(?:drankprobleem|alcoholprobleem|drugsprobleem|verslaving|verslaafd|alcoholist\w*|alcoholverslaving|gokverslaving|gokschuld\w*|afkick\w*|gokken|cokegebruik|drankgebruik)\b(?! aan (?:koffie|chocola|de app|suiker))|\bik (?:was|kwam|zat|ben) (?:\w+ ){0,4}?(?:dronken|bezopen|stoned|high|aangeschoten)\b|\bik (?:\w+ ){0,3}?(?:drugs|cocaine|coke|heroine|wiet|speed|xtc|pillen) (?:\w+ )?(?:gebruikt|genomen|gesnoven|gebruikte|verkocht|gedeald)\b|\bik (?:gebruik|gebruikte|snoof|nam) (?:\w+ )?(?:drugs|cocaine|coke|heroine|wiet|speed|xtc)\b|\bik dronk (?:te veel|op het werk|elke (?:dag|avond))\b",
    r"\b(?:mijn|m'n|een|haar|zijn|de) (?:\w+ )?(?:affaire|buitenechtelijke relatie|minnaar|minnares)\b(?! rond)|\bik (?:ging|ben) vreemd\w*|\bvreemd ?(?:gegaan|gaan|ging)\b|\bnaar bed (?:geweest|gegaan) met\b|\bmet (?:mijn|m'n) \w+ naar bed\b|\b(?:escort|prostitue\w*|sekswerk\w*|bordeel)\b",
    r"\b(?:nog )?nooit (?:aan )?(?:iemand|niemand|mijn \w+) (?:\w+ ){0,2}?(?:verteld|gezegd)\b|\b(?:weet|wist) (?:verder )?niemand (?:\w+ )?(?:dat ik|ervan|hiervan|dit)\b|\bniemand (?:op \w+ \w+ )?(?:weet|wist) (?:dat ik|dit|ervan|hiervan)\b|\btussen ons (?:gezegd|gezegd en gezwegen)\b|\b(?:mijn|ons|een) (?:\w+ )?geheim (?:is|was|dat)\b|\b(?:zeg|vertel) (?:het |dit )?(?:niet|tegen niemand|aan niemand)\b[^.!?]{0,20}\b(?:baas|chef|iemand|niemand|man|vrouw)\b|\b(?:blijft|houd) (?:dit |het )?(?:onder|tussen) ons\b|\bik (?:moet|wil) (?:iets )?(?:bekennen|opbiechten)\b|\bonder vier ogen gezegd\b|\bik heb stiekem\b|\bstiekem heb ik\b",
    r"\bik (?:ben|was) (?:\w+ )?(?:homo|lesbisch|biseksueel|transgender|trans|queer|hiv-?positief|gay)\b|\buit de kast\b|\bin transitie\b",
    r"\b(?:stiekem|thuis|elke (?:dag|avond)|flink|zwaar|weer) (?:\w+ ){0,2}?(?:aan de (?:drank|fles|drugs|wiet|coke|pillen)|gedronken|gezopen|gesnoven|geblowd)\b|\baan de (?:drank|fles|coke|heroine)\b|\b(?:flessen?|liter|krat|kratten|blikken) (?:wodka|wijn|bier|jenever|rum|gin|whisky) (?:\w+ )?(?:per|op een|elke|leeg|gedronken)\b|\b(?:morfine|fentanyl|oxycodon|heroine|cocaine|coke|speed|ghb)\b(?! ?-?(?:pleister|pomp|lijst))|\b(?:vergokt|gokschuld\w*|gokken verloren|terugval)\b|\bgreep in de kas\b",
)

_SUBJECTS = r"(?:pesten|intimidatie|discriminatie|racisme|seksisme|geweld|agressie|mishandeling|kanker|hiv|dementie|depressie|burn-?out|verslaving|rouw|ongewenst gedrag|grensoverschrijdend gedrag|stalking|huiselijk geweld|kindermishandeling)"

NO = (
    rf"\b(?:cursus|training|beleid|workshop|lezing|folder|poster|regels|module|campagne|boek|film|praatje|video|brochure|richtlijn\w*|e-?learning|presentatie|documentaire|onderzoek|artikel|project|voorlichting)\b(?: \w+){{0,4}}? (?:over|tegen|voor|van|rond|omtrent)(?: \w+){{0,3}}? {_SUBJECTS}\b|\banti-?(?:pest|racisme|discriminatie)\w*|\b{_SUBJECTS}(?:beleid|training|cursus|protocol|preventie)\b|\bpestprotocol\b",
    rf"\b(?:geen|nooit|zonder|niemand|niet) (?:\w+ ){{0,3}}?(?:{_SUBJECTS}|gepest|geintimideerd|gediscrimineerd|racistisch|seksistisch|bedreigd|geslagen|uitgescholden|lastiggevallen|vernederd|dronken|ziek|gestolen|gelogen|gearresteerd)\b",
    r"\b(?:printer|laptop|computer|telefoon|server|accu|batterij|motor|auto|scherm|systeem|lijn|planten?|verbinding|website|plant) (?:\w+ ){0,3}?(?:overleden|dood|gestorven|stierf|overleed)\b|\bviel (?:me|mij|ons) (?:\w+ ){0,3}?(?:op|mee|tegen|in|in de rede)\b|\bbedreigd (?:door|met) (?:ontslag|sluiting|de crisis)\b|\btranen van het lachen\b|\bpakte me bij de hand\b|\bsloeg (?:me|mij|ons) (?:met stomheid|over)\b",
)
