"""How people speak of danger to a life, in English, and what sounds like it and is none."""

# ruff: noqa: E501 - a pattern is read best in one piece

_SELF = r"(?:my ?self|our ?selves|him ?self|her ?self|them ?selves)"
_DYING = r"(?:die|be dead|be gone|disappear for ?ever|vanish for ?ever|not be alive|not wake up|not exist|stop existing|cease to exist)"
_KIN = r"(?:partner|husband|wife|boyfriend|girlfriend|father|mother|dad|mum|mom|brother|sister|uncle|aunt|grandfather|boss|ex|step ?father|step ?dad|step ?mother|neighbours?|neighbors?|carers?|nurses?|staff|teachers?|coach|priest|landlord|son|daughter|in[ -]law|roommate|flatmate|colleague|trainer)"
_THEY = rf"(?:he|she|they|someone|somebody|(?:my|our|the|a|her|his|their) (?:\w+ ){{0,2}}{_KIN}(?: next door)?)"
_WEAK = r"(?:bab(?:y|ies)|child(?:ren)?|kids?|sons?|daughters?|(?:little |younger )?(?:brothers?|sisters?)|mother|father|grandmother|grandfather|mum|mom|dad|wife|husband|partner|girlfriend|boyfriend|patients?|residents?|pupils?|students?|elderly|nephew|niece)"
_OURS = rf"(?:me|us|(?:my|our|his|her|their|the|this|that|a) (?:\w+ ){{0,2}}{_WEAK})"
_HARM = r"(?:kill|murder|stab|shoot|strangle|attack|hurt|harm|poison|rape|beat up)"
_ONE = rf"(?:him|her|them|someone|somebody|every ?one|every ?body|people|you all|(?:my|our|his|her|the|these|those) (?:\w+ ){{0,2}}(?:{_KIN}|{_WEAK}|family|people|boss|manager|colleagues?|teachers?|neighbou?rs?))"
_WILL = r"(?:going to|gonna|will|'ll|would|'d|want(?:s|ed)? to|wanna|plan(?:s|ning)? to|about to|ready to|tried to|try to|trying to|threaten(?:s|ed)? to|might|could|afraid (?:that )?i(?:'ll| will| might| could)?|scared (?:that )?i(?:'ll| will| might| could)?)"
_NOW = r"(?:right now|now|please|at once|immediately|for me|quick(?:ly)?|help)"

DANGER = (
    # A danger to oneself.
    rf"\b(?:kill|killing|hang|hanging|drown|drowning|shoot|shooting|harm|harming|hurt|hurting|cut|cutting|burn|burning|starve|starving|poison|poisoning|stab|stabbing) {_SELF}\b",
    r"\bsuicid\w*|\bself[ -]?harm\w*|\bself[ -]?injur\w*|\bkms\b|\boverdos\w+|\bunalive\b|\bdie by my own hand\b",
    r"\b(?:end|ending|take|taking|took|ended)(?: \w+)? (?:my|his|her|their)(?: own)? (?:life|lives)\b|\bend(?:ing)? it all\b|\b(?:it|this) all to (?:end|stop|be over)\b|\bend(?:ing)? it (?:tonight|today|tomorrow|soon|now|this week|for good|once and for all)\b",
    rf"\b(?:want|wanna|wanted|wish|going|ready|prefer|plan|planning|hope|hoping|pray|praying)(?: to| i (?:could|would|will)| i)? {_DYING}\b|\b(?:would|'d) (?:rather|sooner) (?:be dead|not be alive|not exist|not live)\b|\bwish i (?:was|were|had been|had) (?:dead|never (?:been )?born|not (?:been )?born|never existed)\b|\bwish i could (?:just )?die\b",
    r"\b(?:won'?t|not|never|don'?t|didn'?t) wake up (?:tomorrow|any ?more|again|in the morning)\b|\bhop(?:e|ing|ed) (?:that )?i (?:don'?t|won'?t|never|will not|do not) wake up\b",
    r"\b(?:don'?t|do not|didn'?t|no longer|never) (?:want|wish|wanted) (?:to )?(?:live|be alive|be here|exist|be in this world|wake up)(?: (?:any ?more|any longer|like this|tomorrow|again|in the morning))?(?=$|[.,;!?]| (?:any ?more|any longer|like this|and|because|but|at all|honestly|really))",
    r"\b(?:no|any|the) (?:reason|point|sense|use) (?:to|in|of) (?:liv(?:e|ing)|go(?:ing)? on living|being alive|stay(?:ing)? alive)\b|\b(?:not|isn'?t|ain'?t|no longer) worth (?:living|it to live)\b|\b(?:tired|sick|done) (?:of|with) (?:living|life|being alive)\b|\b(?:had|have) enough of (?:life|living)\b",
    r"\bbetter off (?:dead|without me|if i (?:was|were|am|wasn'?t|weren'?t) (?:dead|gone|here|alive|around))\b|\b(?:nobody|no one|no-one) would (?:miss|notice|care)(?: me)? if i (?:was|were|am) (?:gone|dead)\b|\b(?:won'?t|will not) be (?:here|around|alive) (?:much longer|for long|any ?more)\b",
    r"\b(?:can'?t|cannot) (?:go on|live|take it|live like this|carry on)(?: (?:living|any ?more|any longer|like this))+\b",
    r"\b(?:except|but|than|is) (?:dying|death|to die)\b(?! (?:for|to|of))|\b(?:dying|death) (?:seems|is|looks|would be|feels)(?: \w+){0,2} (?:only|best|easier|easiest|way|answer|relief|solution)\b|\bonly (?:way out|solution|answer|escape) (?:\w+ ){0,2}(?:death|dying|die)\b",
    r"\b(?:goodbye|farewell|suicide) (?:letter|note|video|message)s?\b|\bjoin (?:him|her|them|my (?:\w+ )?(?:husband|wife|son|daughter|mother|father)) (?:in (?:death|heaven|the grave)|there|up there)\b|\bbe with my (?:dead|late) \w+\b|\b(?:rope|noose) (?:is )?ready\b",
    r"\b(?:took|tak(?:e|en|ing)|swallow(?:ed|ing)?|down(?:ed|ing)) (?:all (?:of )?(?:my|the|his|her)|too many|a lot of|a (?:whole )?(?:bottle|box|pack|handful) of|the (?:whole )?(?:bottle|box|pack) of|a bunch of) (?:\w+ ){0,2}(?:pills|tablets|medication|meds|paracetamol|sleeping)\b(?! (?:that|as|which|the doctor))",
    r"\b(?:slit|cut|cutting|slitting|burn|burning|scratch|scratching) (?:my|her|his) (?:wrists?|arms?|legs?|thighs?|skin)\b|\bburn(?:ing|ed|t)? my ?self (?:with|on purpose)\b",
    r"\b(?:jump(?:ing|ed)?|throw(?:ing)? my ?self|step(?:ping)?|walk(?:ing)?|run(?:ning)?|fall(?:ing)?) (?:off|from|in front of|under|into|before|out of) (?:a|an|the|my|that|oncoming) (?:\w+ )?(?:bridge|roof|building|balcony|window|cliff|train|tram|bus|truck|lorry|car|traffic|metro|subway|tube)s?\b",
    r"\b(?:stood|standing|stand|was|been|went|climbed) (?:up )?(?:on|at|onto) (?:a|the|that) (?:\w+ )?(?:bridge|roof|ledge|cliff|edge|balcony|tracks?)\b.{0,40}\bjump\w*|\b(?:driv(?:e|ing)|crash(?:ing)?|steer(?:ing)?) (?:my|the) car (?:into|off|against)\b",
    # Harm from others.
    rf"\b{_THEY} (?:often |always |sometimes |regularly |still |again |keeps? |has |have |had |is |are |was |just |really |even |nearly |almost |also )*(?:hits?|hitting|beats?|beaten|punch\w*|kick(?:s|ed|ing)|slap(?:s|ped|ping)?|chok(?:es?|ed|ing)|strangl(?:es?|ed|ing)|rap(?:es?|ed|ing)|abus(?:es?|ed|ing)|molest\w*|grop(?:es?|ed|ing)|stab(?:s|bed|bing)?|burn(?:s|ed|ing)|shakes|shaking|hurt(?:s|ing)?|beating|attack(?:s|ed|ing)|assault(?:s|ed|ing)|mistreat\w*) (?:on )?{_OURS}\b",
    rf"\b{_THEY} beat (?:{_OURS}|him|her|them) (?:up|black|badly|when|again|last|every|with|until|so)\b|\b{_THEY} beat (?:(?:my|the|our|his|her) (?:\w+ ){{0,2}}(?:child(?:ren)?|kids?|bab(?:y|ies)|son|daughter|mother|wife))\b|\bbecause (?:he|she|they) (?:will|'ll|would|might) (?:beat|hit|hurt) me\b|\bbe (?:beaten|hit|killed|hurt) (?:if|when|by|at home)\b",
    rf"\b{_THEY} shakes? (?:him|her|it|them|the baby)\b|\b{_THEY} (?:throws?|threw|throwing) (?:\w+ ){{1,3}}at {_OURS}\b",
    rf"\b{_THEY} (?:touch(?:es|ed|ing)?|comes? (?:in)?to my (?:room|bed)|gets? in(?:to)? my bed)(?: me| us| my \w+| them| her| him)? ?(?:at night|where|down there|between|sexually|inappropriately|and|$|[.,;!?])",
    rf"\bi(?:'m| am| was| have been|'ve been|'d been| had been| got) (?:\w+ )?(?:being )?(?:raped|abused|molested|trafficked|kidnapped|beaten (?:up )?(?:by|at|every|last|again)|sexually (?:assaulted|abused))\b|\brap(?:ed|ing) (?:me|her|him)\b|\bsexual(?:ly)? (?:abus|assault)\w*|\bchild (?:is|was|gets|being) (?:\w+ )?(?:abused|beaten|hit|hurt)\b|\b{_WEAK}(?: \w+){{0,3}} (?:is|are|was|were) being (?:beaten|hit|hurt|abused|mistreated|neglected|raped)\b",
    r"\b(?:abus(?:es|ed|ing)|molest(?:s|ed|ing)|hitting|beating|hurting) (?:my|our|his|her|their|the|a) (?:\w+ ){0,2}(?:child(?:ren)?|kids?|son|daughter|bab(?:y|ies)|mother|grandmother|sister|brother|patients?|residents?)\b",
    rf"\b(?:afraid|scared|frightened|terrified) (?:of|that) (?:my|him|her|he|she) ?(?:\w+ )?{_KIN}?\b.{{0,30}}\b(?:violent|kill|hit|hits|beat|beats|hurt|hurts|dangerous|attack|threaten\w*)\b|\b(?:afraid|scared|terrified) to go home\b|\b(?:he|she|they) (?:is|are|was|gets?|'s|become?s?) (?:very |really |so )?violent (?:with|to|towards|against|when|at home)\b",
    rf"\b(?:won'?t|doesn'?t|will not|never|does not) let me (?:leave|go out|out of)\b|\b{_THEY} (?:locks?|locked|keeps?|kept|holds?|holding|is holding|held) (?:me|us) (?:in|up|here|inside|at|against|captive|prisoner|hostage)\b|\bagainst (?:my|our|her|his) will\b|\b(?:he|she|they) (?:stalks?|(?:is|are) stalking|follows?|(?:is|are) following) me\b",
    r"\b(?:not|never|isn'?t|aren'?t|don'?t|doesn'?t|no longer) (?:\w+ )?(?:feel |be |feeling )?safe (?:for me |for us )?(?:at home|in my (?:own )?(?:home|house|flat|family)|with (?:him|her|them|my)|at school|there at night with)\b|\bin danger\b(?! of (?:losing|closing|being (?:closed|cut|late)))|\bunsafe at home\b",
    r"\bfear(?:s|ed|ing)? for (?:my|our|her|his|their) (?:li(?:fe|ves)|safety)\b|\b(?:scared|afraid|frightened) for my life\b|\b(?:would|will|'ll|going to) be killed\b|\b(?:threat(?:s|en\w*)?) (?:to|on|against) (?:my|our|her|his) life\b|\bdeath threats?\b",
    r"\b(?:he|she|they|ex|partner|husband|boyfriend|someone|somebody)(?: \w+){0,2} (?:says?|said|told me|swore|threatens?|threatened)(?: that)? (?:he|she|they|to)?(?:'ll|'d| will| would| is going to| are going to)? ?(?:kill|murder|hurt|shoot|stab|burn|rape|beat) (?:me|us|him|her|them|my|the)\b",
    r"\bbreaking into (?:my|our|the) (?:house|flat|home)\b.{0,20}(?:now|help)?|\bbruises\b.{0,60}\b(?:shak|hit|beat|hurt|from (?:him|her|my))\w*|\b(?:shak|hit|beat|hurt)\w*\b.{0,40}\bbruises\b",
    # Harm to others.
    rf"\b{_WILL} (?:just |really |even |soon |also )*{_HARM} (?:me|us|you|{_ONE})\b|\bi {_HARM} (?:him|her|them|{_ONE}) (?:if|when|tonight|tomorrow)\b",
    r"\b(?:want|going|gonna|will|plan|'ll)(?: to)? (?:blow up|bomb|set fire to|burn down|shoot up|burn (?:the|this|that|their) (?:\w+ )?(?:house|building|school|office|place))\b|\b(?:blow|burn|shoot) (?:the|this|that|my|their|it)? ?(?:\w+ )?(?:building|office|school|house|place)? ?(?:up|down) with (?:them|people|him|her|everyone)\b|\bwith (?:them|people|him|her|everyone) (?:inside|in it)\b",
    r"\bvoices?\b.{0,40}\b(?:tell|telling|tells|told|say|saying|order\w*|command\w*|want\w*)\b.{0,25}\b(?:kill|hurt|harm|die|jump|attack|cut)\b",
    r"\b(?:has|have|had|got|with|bring|take|carry|bought|pulled|hold\w*) (?:a |the |my |his |her )?(?:gun|knife|rifle|pistol|weapon)s? (?:and (?:i|he|she|they)|to (?:school|work|kill|hurt|my|me|the)|at (?:me|him|her|them|us|school|work)|on (?:me|him|her|them|us))\b|\bwith a (?:knife|gun|hammer|axe)\b(?! (?:sharpener|block))",
    # An emergency that is now.
    r"\bi(?:'m| am| think i'?m| think i am) (?:\w+ )?(?:in danger|not safe|bleeding (?:badly|heavily|a lot|to death|out)|having a (?:heart attack|stroke|seizure)|dying)\b(?! (?:to|for|of (?:boredom|laughter|embarrassment|curiosity|thirst|hunger|heat)))|\bi can'?t breathe\b|\bchest pains?\b.{0,40}\b(?:can'?t|cannot|arm|breath\w*|now|help)\b",
    rf"(?:^|[.!?;,] ?)(?:(?:please|somebody|someone|quick|now),? )*call (?:an? |the |for )?(?:911|112|999|113|ambulance|police|emergency|help)(?: {_NOW})*(?=$|[.,;!?])|\bplease (?:call|get|send) (?:an? |the |me )?(?:911|112|999|ambulance|police|help|doctor)\b|\b(?:send|get) (?:an? |the )?(?:ambulance|police|help) {_NOW}\b",
)

NO_DANGER = (
    r"\b(?:political|career|commercial|social|financial|electoral) suicide\b|\bsuicide (?:prevention|hotline|line|squad|awareness|training|policy)\b",
    # Things that are called suicide, which is never a person's own plan.
    r"\b(?:deadlines?|timetables?|schedules?|workload|commut(?:e|ing)|traffic|roads?|pace|prices?|rush hour|parking|hills?|stairs|exams?|budgets?|queues?) (?:is|are|was|were|(?:would|must) (?:be|have been)|felt like|feels? like) (?:pure |absolute |sheer |total |just |really )*suicide\b(?! (?:to me|for me|note|attempt))",
    r"\b(?:not|never been|never|isn'?t|wasn'?t|no longer) (?:feeling |at all |in any way )?suicidal\b|\bno suicidal thoughts\b|\bno thoughts of (?:suicide|self[ -]?harm)\b",
    r"\b(?:would|will|could) never (?:hurt|harm|kill|cut) (?:my ?self|anyone|anybody|someone)\b|\b(?:don'?t|do not|didn'?t) (?:want to|wish to) (?:hurt|harm|kill) (?:my ?self|anyone|anybody|someone|him|her|them)\b",
    r"\bcut (?:my ?self) (?:shaving|on (?:a|the|some) \w+|while \w+ing|cooking|off from|out of|loose|short|some slack)\b|\bshoot (?:my ?self|him ?self|her ?self) in the foot\b|\bkill (?:my ?self|him ?self|her ?self) laughing\b|\bnot (?:going to|gonna) kill (?:me|you|us|anyone|him|her|them)\b",
    # A boss, a parent, a partner "will kill me if I am late".
    rf"\b{_KIN} (?:will|would|is going to|'ll|'d) kill me(?= (?:if|when|for) (?:i|she|he|they|my|this|that|being|the)\b.{{0,30}}\b(?:late|forget|forgot|miss|missed|saw|sees|knew|knows|finds? out|found out|lose|lost|break|broke|room|deadline)\b)",
    r"\bbeats? (?:me|us|him|her|them) to \b|\bbeats? (?:me|us|him|her|them) (?:at|in) (?:chess|cards|tennis|golf|football|every game|games?|darts|poker|scrabble|the race|the final|the quiz|bowling|table tennis|the match)\b",
    r"\b(?:work(?:s|ed|ing)?|volunteer(?:s|ed|ing)?) (?:with|for|at) (?:the )?(?:victims|survivors)[^.]{0,40}|\bdomestic violence (?:shelter|charity|centre|center|training|policy)\b",
    r"\b(?:don'?t|do not) want to live (?:in|here|there|near|with|so far|that far|on|at|alone|together|like (?:my|that))\b(?!.*\b(?:this world|this life)\b)|\bdon'?t want to be here when\b|\b(?:rather|sooner) die than\b",
)
