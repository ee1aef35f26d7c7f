"""Dutch wishes to stop, by what they are made of (`wishes`)."""

# ruff: noqa: E501 - a pattern is read best in one piece

LEADS = r"ok|oké|nou|nee|ja|sorry|dus|maar|en|want|dan|nu|goed|zo|bedankt|dank u|dank je|hoi|hallo|eh+|eerlijk gezegd|eigenlijk|helaas|alsjeblieft|alstublieft|stop|ik (?:denk|vind|geloof)(?: dat)?|ik zei(?: toch| al| net)?(?: dat)?|als (?:het|dat) (?:mag|kan|goed is)"
TAILS = r"nu|hier|hoor|graag|alsjeblieft|alstublieft|aub|a u b|bedankt|dank u|dank u wel|dank je|dank je wel|sorry|helaas|dan|voor vandaag|even|maar|verder|zo|ja|ok|oké|doei|dag|tot ziens|mee|ermee|hiermee|zeg|echt|nou|toch|succes(?: (?:verder|ermee|ook))*|fijne dag(?: nog)?|zei ik(?: toch| al)?|heb ik(?: toch)? (?:al )?gezegd|als (?:het|dat) (?:mag|kan|goed is)|voor nu|voor mij|bij deze|na deze(?: vraag)?|hierna"
_OBJ = r"(?:(?:dit|dat|het|deze|die|al|alle|met|van|aan|in|op|uw|jouw|je|jullie|zulke|meer|verdere|hele|stomme|domme|saaie|nog meer|voor) )*(?:dit|dat|het|hier|interview|gesprek|enquête|vragenlijst|vragen|vraag|gevraag|vragenvuur|chat|ding|gedoe|gezeur|onzin|ondervraging|boel|verhoor|ermee|hiermee|hierin|hiervan|erin|ervan|hieraan|daaraan)"
_ADV = r"(?:(?:nu|hier|er|graag|liever|echt|wel|even|maar|toch|ook|eigenlijk|gewoon|nou|helaas|zo|dan|hiermee|ermee|mee|meteen|direct|verder|langzamerhand|eens|bij deze|na deze vraag|na deze|hierna|al|het|dit|dat|snel) )*"
_MOD = r"(?:wil|willen|wilt|zou|zouden|moet|moeten|ga|gaan|kan|kunnen|kun|kunt|mag|mogen|zal|zullen|hoef|laten|laat|wilde|wens)"
_INF = r"(?:stoppen|ophouden|afsluiten|beëindigen|afbreken|afronden|kappen|eindigen|ophangen|afhaken|uitstappen|laten|bij laten|erbij laten|hierbij laten|daarbij laten|een (?:eind|einde|punt|streep) (?:\w+ ){0,2}(?:breien|maken|zetten)|sluiten|uitloggen|klaar zijn)"
_GO = r"(?:gaan|weg|vandoor|ervandoor|weer aan het werk|naar (?:huis|mijn werk|het werk))"

ENDS = (
    rf"(?:(?:ik|we|wij|u|je) {_MOD}|{_MOD} (?:ik|we|wij|u|je)|{_MOD}) {_ADV}(?:{_OBJ} )?{_ADV}{_INF}(?<! laten)(?: (?:met )?{_OBJ})?|(?:(?:ik|we) {_MOD}|{_MOD} (?:ik|we)|{_MOD}) {_ADV}(?:het )?(?:er|hier|daar|het hier|het er|het daar)? ?(?:bij|hierbij|daarbij|erbij) (?:willen )?laten"
    rf"|{_ADV}(?:(?:met )?{_OBJ} )?{_ADV}(?:stoppen|ophouden|beëindigen|afsluiten|afronden|kappen)(?: (?:met )?{_OBJ})?|(?:(?:ik|we) {_MOD}|{_MOD} (?:ik|we)|moet) {_ADV}{_GO}(?: nu| gaan)*"
    rf"|(?:ik |we )?(?:stop|kap|hou|houd|sluit|breek|rond|haak|eindig|beëindig|stap|log|beeindig)(?: (?:ik|we|u|je))? ?{_ADV}(?:{_OBJ} )?{_ADV}(?:mee|ermee|er mee|hiermee|op|af|uit|mee op|ermee op|er mee op|{_OBJ})(?: (?:maar|nu|op|af|mee|{_OBJ}|hier|hoor))*"
    rf"|(?:ik )?(?:ben|was)? ?{_ADV}(?:er )?{_ADV}(?:helemaal )?klaar (?:mee|ermee|met {_OBJ}|hiermee)(?: {_ADV.strip()})?|ik ben {_ADV}(?:klaar|weg|pleite|foetsie)"
    rf"|(?:(?:ik|we) )?heb {_ADV}(?:er )?{_ADV}(?:meer dan |schoon )?(?:genoeg|tabak)(?: (?:van|ervan|gezegd|gehad|verteld|beantwoord|van {_OBJ}|{_OBJ}))*"
    rf"|(?:(?:ik|we) )?(?:heb )?{_ADV}(?:hier |er |daar )?{_ADV}geen (?:zin|tijd|puf|energie|geduld)(?: (?:meer|nu))*(?: (?:in|aan|voor|om te antwoorden|om door te gaan|(?:in |voor |aan )?{_OBJ}))*"
    rf"|(?:{_OBJ} )?(?:het|dat|dit|zo)? ?(?:is|was) {_ADV}(?:het )?(?:zo )?(?:wel |echt |nu |meer dan )*(?:genoeg|mooi|welletjes)(?: (?:geweest|zo|gevraagd|voor vandaag|nu|met {_OBJ}))+"
    rf"|(?:(?:ik|we) {_MOD}|{_MOD}) {_ADV}(?:niet (?:meer|verder|langer)|niks meer|geen vragen meer)(?: (?:{_OBJ}|met {_OBJ}|verder|doorgaan|gaan|antwoorden|beantwoorden|praten|meedoen|zeggen|aan {_OBJ}))*"
    rf"|(?:ik )?beantwoord {_ADV}geen (?:verdere )?vragen(?: meer)?|(?:einde|eind) {_OBJ}|geen (?:verdere )?vragen(?: meer)?|laat maar(?: (?:zitten|verder|nu|zo))*|doe maar niet(?: meer| verder)*|(?:dat|dit) was het(?: (?:voor mij|wat mij betreft|van mijn kant))+|genoeg (?:gevraagd|{_OBJ})|(?:maak|zet) er {_ADV}(?:een )?(?:eind|einde|punt) (?:aan|achter)"
)
REASONS = r"(?:(?:want|omdat|dus|maar|en) )*(?:ik|we|mijn|m'n|de|het|er|iemand|moet|ben|heb|eten|werk|bus|trein|afspraak|moe|geen|te|straks|zo|nog|ons|onze|succes|fijne|voor mij|nu) ?.{0,60}"
PAST = r"\b(?:(?!drukte|ziekte|behoefte)\w{2,}(?:kte|pte|lde|gde)n?|was|waren|had|hadden|zei|zeiden|ging|gingen|kwam|kwamen|werd|moest|moesten|wilde|wilden|kon|konden|dacht|toen|als|waar|ge\w{3,}(?:d|t|en)(?<!geweest))\b"
ASKS = r"(?:kan|mag|kunnen|mogen|zullen) (?:ik|we)|ik (?:wil|wou|zou)|laten we"
JOINS = r"want|omdat|en|dus"
NOT = r"\b(?:niet|nooit) (?:\w+ )?(?:stoppen|ophouden|afsluiten|beëindigen|afbreken)\b"
HINT = r"stop|ophoud|hou|sluit|eindig|breek|breken|rond|kap|ophang|haak|haken|stap|log|lat|laat|eind|punt|streep|klaar|gaan|weg|vandoor|werk|genoeg|tabak|zin|tijd|puf|energie|geduld|mooi|welletjes|niet|niks|geen|was het|huis"
