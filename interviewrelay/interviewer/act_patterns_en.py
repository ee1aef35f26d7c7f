"""English patterns of dialogue acts, over plain (case-folded) sentences without polite ends."""

# ruff: noqa: E501 - a pattern is read best in one piece

ENDS = (
    (
        "ok|okay|fine|whatever|meh|ugh+|argh+|pff+|sigh|well|um+|uh+|er+m?|hm+|oh|ah|sorry|please|honestly|actually|hey|hi|hello|so|but|and"
        "|thanks|thank you|excuse me|look|right|no|nope|yes|yeah|to be honest|wait|just"
        "|(?:that'?s )?(?:an? )?(?:good|strange|odd|weird|funny) question|hi there|hello there|good (?:morning|afternoon|evening)"
        "|(?:just )?before (?:we|i) (?:start|begin|go on|continue|answer)|i(?:'ve| have)? changed my mind|first(?: of all)?|(?:one|a|just a|just one) (?:quick |small |short )?(?:question|thing)(?: first)?"
    ),
    (
        "please|thanks|thank you|sorry|then|really|to be honest|tbh|honestly|right now|for now|though"
        "|if that'?s (?:ok|okay|all right|fine)|if possible|if you don'?t mind|i'?m afraid|i guess|lol"
    ),
)

_I_WANT = (
    r"(?:i (?:want|need|would like|wish|have|wanna|think i want|think i'?ll)(?: to)? "
    r"|i'd like to |can we |could we |can i |could i |may i |let'?s |let us |shall we |we can )?"
)
_THIS = r"(?:this|that|it)(?: (?:one|question|topic|part))?"
_INTERVIEW = r"(?:the|this) (?:interview|conversation|call|chat|survey|session)"

WHOLE = {
    "stop": (
        rf"{_I_WANT}(?:stop|quit|end|finish|exit)"
        rf"(?: (?:here|now|there|this|it|talking|answering|today|early|{_INTERVIEW}))*"
        r"|i(?:'m| am) (?:done|finished|leaving)(?: (?:here|now|with (?:this|you|the interview)))*(?:[,;]? (?:good ?)?bye)?"
        r"|(?:good ?)?bye(?: ?bye)?|i(?:'ve| have)? (?:have|need|got|gotta)(?: to)? (?:go|leave)(?: now)?"
        r"|i must go(?: now)?|(?:i(?:'ve)? )?(?:gotta|got to|have to) (?:go|run|leave|dash)(?: now)?|i(?:'d| would) (?:like|want) to (?:leave|go)(?: now)?|(?:i'?m |i am )?(?:no longer|not) interested(?: any ?more)?(?: in (?:this|the (?:interview|study|survey)))?|no more(?: questions)?|(?:that'?s )?enough(?: (?:for today|now|questions))?"
        r"|leave me alone|stop (?:asking|it|bothering)(?: me)?(?: (?:(?:these |any |so many )?(?:questions|things|stuff)|that|this|now))*|i give up|i quit"
        r"|i (?:don'?t|do not|really don'?t) have (?:the |any )?(?:time|patience)(?: (?:for (?:this|that|it|these questions|more questions)|now|today|any ?more|right now))*"
        rf"|{_I_WANT}(?:finish|wrap|end) (?:(?:this|it|things) )?up(?: (?:here|now|please))*|i(?:'m| am) out(?: of here)?"
    ),
    "pause": (
        rf"{_I_WANT}(?:i need |i want |take |have |a |i'd like )*(?:quick |short |little |coffee )?"
        r"(?:pause|break|breather)(?: (?:here|now|this|the interview|for .{1,30}))*"
        r"|hold on(?: .{1,20})?|hang on(?: .{1,20})?|(?:just )?(?:one|a) (?:moment|sec|second|minute|min)"
        r"|wait(?: a (?:moment|sec|second|minute))?|brb|(?:i'?ll )?be right back|back in .{1,20}"
        r"|(?:give me|need) (?:a|one|some|five) (?:moment|sec|second|minute|minutes|time)(?: to think)?"
    ),
    "shorten": (
        rf"shorter|short version|{_I_WANT}(?:make|keep) (?:it|this) (?:short|shorter|brief|quick)"
        rf"|{_I_WANT}(?:speed (?:it|this|things )?up|hurry(?: up)?|be (?:quick|quicker|brief))"
        rf"|{_I_WANT}skip to the end|(?:only|just) the (?:most )?important (?:questions|ones)"
        r"|i(?:'m| am) in a (?:hurry|rush)|i (?:don'?t|do not) have (?:much|a lot of) time"
    ),
    "skip": (
        rf"{_I_WANT}(?:skip|pass)(?: (?:on )?{_THIS}| the question)?|(?:the )?next(?: (?:one|question|topic))?"
        rf"|{_I_WANT}(?:move on|go on|continue|carry on|keep going)(?: to the next(?: one| question)?)?"
        r"|i(?:'m| am) (?:fine|ok|okay|ready|happy|good|able|all right) to (?:move on|go on|continue|carry on|keep going)"
    ),
    "refusal": (
        r"no comment(?: (?:on|to) .{1,30})?|(?:that(?:'?s| is) )?none of your (?:business|concern)"
        rf"|(?:{_THIS}|the question)(?:'?s| is| feels| gets) (?:just |far |way |much |a (?:bit|little) |rather |really |very |too )*"
        r"(?:private|personal|confidential|intimate|sensitive)(?: (?:question|matter|thing))?(?: (?:for|to) me)?"
        r"|(?:(?:i(?:'d| would)? )?prefer not to|(?:i(?:'d| would) )?rather not)(?: (?:say|answer|tell|share|respond|comment)(?: (?:that|this|it))?)?"
        rf"|i(?:'d| would|'ll| will)? ?(?:like to |prefer to |rather |want to )?keep {_THIS} (?:private|to myself|for myself)"
        r"|i(?:'m| am) not (?:going to|gonna) (?:answer|say)(?: .{1,20})?|i refuse(?: to .{1,30})?"
        r"|i (?:won't|will not|don't want to|do not want to) (?:answer|say)(?: .{1,20})?"
        r"|(?:i )?(?:don't|do not) (?:want|wish) to"
        r"|(?:i )?(?:really )?(?:don'?t|do not|wouldn'?t|would not) (?:want|wish|like|care|feel like) ?(?:to )?(?:talk(?:ing)? about|speak(?:ing)? about|discuss(?:ing)?|go(?:ing)? into|get(?:ting)? into|shar(?:e|ing)|answer(?:ing)?)(?: .{1,50})?"
        r"|(?:i'?m |i am |i'?ll |i will )?not (?:telling|saying|answering|going to tell|gonna tell|sharing|tell)(?: (?:you|that|this|it))*|i (?:won't|will not|am not going to) tell you(?: (?:that|this|it))?"
        rf"|i(?:'d| would)? ?(?:prefer|rather|like) (?:to )?(?:leave|keep) {_THIS} (?:out|aside|alone|blank|open)(?: .{{1,20}})?|(?:let'?s|let us|we) (?:leave|keep) {_THIS} (?:out|aside|alone|blank)"
        r"|(?:let'?s|let us|can we|could we)(?: please)? not(?: (?:go there|talk about .{1,40}|discuss .{1,40}|go into .{1,40}|get into .{1,40}|do (?:this|that)(?: one)?))?"
        r"|(?:i )?(?:can'?t|cannot|am not allowed to|'m not allowed to|may not) (?:really )?(?:talk|speak|say|answer|discuss|share|comment|tell you)(?: .{1,40})? (?:for|because of|due to) (?:\w+ )?(?:legal|privacy|personal|confidentiality|contractual|security|professional)(?: \w+)?"
        r"|i(?:'m| am) not allowed to (?:say|talk|speak|answer|discuss|tell)(?: .{1,40})?|(?:my lawyer|legally|by law) .{0,30}(?:can'?t|cannot|not) (?:say|talk|discuss|answer)(?: .{1,30})?"
    ),
    "repeat": (
        r"repeat(?: (?:that|it|the question|this))?|what|huh|sorry|pardon(?: me)?|come again|again"
        r"|once more|say (?:that|it|the question) (?:again|once more)|what did you (?:say|ask)"
        r"|(?:can|could|would|will) you (?:please )?(?:repeat|say|ask)(?: (?:that|it|the question|this))?"
        r"(?: (?:again|once more|one more time))?|what was (?:the|your|that) question(?: again)?"
        r"|i (?:didn'?t|did not|couldn'?t) (?:quite )?(?:hear|catch|get) (?:that|you|it|the question|what you said)"
    ),
    "clarify": (
        r"what do you mean(?: .{1,80})?|what does (?:that|this|it|.{1,40}) mean"
        r"|what are you (?:asking|talking about)(?: .{1,30})?|in what (?:sense|way|respect)"
        r"|(?:i(?:'m| am) not sure (?:i|what you)|i (?:don'?t|do not|didn'?t) (?:really |quite )?)"
        r"(?: ?understand| ?get| ?mean| ?follow|(?:'re| are) asking)"
        r"(?: (?:the|your|that|this) question| what you mean| what you(?:'re| are) asking| you| it| that)?"
        r"|(?:can|could|would) you (?:please )?(?:explain|clarify|rephrase|be more specific|elaborate)"
        r"(?: .{1,30})?|(?:explain|clarify|rephrase)(?: .{1,20})?|(?:like|such as) what|meaning"
        r"|(?:(?:can|could|would) you )?(?:please )?give (?:me )?(?:an? |some )?(?:example|hint|idea)s?(?: (?:of .{1,30}|please|first))*|(?:for example|an example|what (?:would|is) an example)"
        r"|what (?:kind|sort|type) of (?:thing|example|answer)s?(?: .{1,30})?|the question is unclear"
        r"|(?:(?:can|could|would) you )?(?:please )?(?:say|put|ask|phrase|word)(?: (?:that|it|this|the question))? (?:in )?(?:other words|differently|another way|more simply|simpler)"
    ),
    "dont_know": (
        r"(?:i )?(?:really |honestly |just )?(?:don'?t|do not) (?:really )?know(?: (?:that|this|about that|what to say))?"
        r"|i dunno|dunno|idk|(?:i(?:'ve| have)? )?(?:got )?no (?:idea|clue)|(?:i(?:'m| am) )?not (?:really |quite )?sure(?: (?:what|how) (?:to|i (?:should|can|could)) .{1,30})?"
        r"|(?:i )?(?:can'?t|cannot|don'?t|do not) (?:really |quite |honestly |even )?(?:remember|recall)(?: (?:any of (?:it|that|this)|anything|exactly|(?:that|this|the)(?: (?:day|visit|time|moment|part|one|details))?|it|much))?(?: (?:about (?:it|that)|well|very well|that well|clearly|at all|much|any ?more))*"
        r"|i(?:'ve| have)? (?:completely |totally |simply )?(?:forgot|forgotten)(?: (?:that|it|about (?:it|that)|everything|all (?:of it|about it)))?|it slipped my mind|my mind is (?:a )?blank"
        r"|(?:i )?(?:really |honestly |just )*(?:can'?t|cannot) (?:really )?(?:think of|say)(?: (?:anything|any|one|it|that))?"
        r"|nothing(?: (?:comes to mind|special|much|in particular|i can think of))?|hard to say"
        r"|difficult to say|(?:i(?:'ve| have) )?never (?:really )?thought about (?:it|that)|n/?a"
        r"|i wouldn'?t know|beats me|who knows|(?:i )?couldn'?t (?:tell you|say)|haven'?t a clue"
    ),
    "nothing_more": (
        r"(?:there(?:'?s| is) )?nothing to correct(?:,? (?:or|and|nothing) (?:to )?add)?|no corrections?(?: or additions?)?|i would(?:n'?t| not) correct anything|"
        r"that(?:'?s| is| was) (?:all|it|about it|everything)(?: (?:i|that i|there is|for me|from me).{0,30})?"
        r"|nothing (?:else|more|to add|further)(?: .{1,20})?|(?:i(?:'ve| have)? )?(?:have )?nothing (?:else |more )?to add"
        r"|(?:i )?(?:don'?t|do not) have anything (?:else )?to add|that covers it"
        r"|(?:there(?:'?s| is| was)(?: really| actually)? (?:not|nothing)|there (?:isn'?t|wasn'?t)(?: really)?|(?:i|we) (?:really )?(?:don'?t|do not|didn'?t|did not) (?:really )?have|(?:i(?:'ve| have)(?: got)? )?(?:not|nothing))(?: (?:much|a lot|anything|any))*(?: (?:more|else))* (?:to it|(?:(?:that )?i (?:can|could) |to )(?:say|tell|add|report)(?: you)?)(?: .{1,30})?"
        r"|that(?:'?s| is| was) (?:about|pretty much|basically|more or less) (?:all|it|everything)(?:,? .{1,30})?|that would be (?:all|it)"
        r"|(?:nothing|no) (?:more|else) (?:comes|springs) to mind(?: .{1,20})?|i(?:'ve| have) (?:told you|said) (?:all|everything)(?: .{1,30})?"
    ),
    "greeting": (
        r"(?:hi|hello|hey|hiya|howdy|greetings|good (?:morning|afternoon|evening|day))(?: (?:there|you|again|everyone|all|to you(?: too)?))?"
        r"|(?:nice|pleased|good) to meet you|how are you(?: doing)?(?: today)?|what'?s up"
    ),
    "ack": (
        r"ok(?:ay)?|k|yes+|yeah|yep|yup|sure|all ?right|alright|ready|i(?:'m| am) (?:ready|here)|let'?s (?:start|begin|go|do (?:it|this))|go ahead|got it|understood"
        r"|(?:lol|lmao|(?:ha){2,}h?|(?:he){2,})|i (?:see|understand|do)|thanks|thank you|cool|great thanks|of course"
    ),
    "yes": (
        r"yes+|y|yeah|yep|yup|ya|ok|okay|k|sure|please|please do|correct|right|i do|i am|of course"
        r"|fine|absolutely|definitely|certainly|yes i (?:do|would|am)|i would"
        r"|(?:that|it|this|everything|all(?: of (?:it|that))?)(?:'?s| is| sounds| looks| seems) (?:all |quite |exactly |perfectly )?(?:right|correct|true|accurate)|(?:all )?(?:right|correct)"
    ),
    "no": (
        r"no+|n|nope|nah|not really|no i (?:don'?t|wouldn'?t|am not)|i don'?t|not at all|never mind"
        r"|not yet|go on|move on|continue|carry on|keep going|go ahead|let'?s (?:go on|continue|keep going)"
        r"|i(?:'d| would) like to (?:continue|go on)|i want to (?:continue|go on)"
    ),
    "wrong_person": (
        r"(?:i think )?(?:you(?:'ve| have)?(?: got)? |i(?:'m| am) |this is )the wrong (?:person|one)(?: for (?:this|that|these))?"
        r"|wrong person|i(?:'m| am) not (?:the right person|who you think i am)(?: for (?:this|that|these))?"
    ),
    "misfit": (
        r"(?:this|that|it|the question) (?:doesn'?t|does not|didn'?t|did not) (?:really )?apply(?: to me)?"
        r"|(?:this|that|it)(?:'?s| is) not (?:about|for|applicable to) me|not applicable(?: to me)?"
        r"|i(?:'ve| have)? never (?:even |actually |really |ever )?(?:(?:been|gone|went) (?:there|here|(?:to|in|at|inside|with) .{1,60})"
        r"|(?:visited|used|attended|owned|joined|taken part in|worked (?:at|for|in|there)) ?.{0,60}|(?:had|did|done) (?:that|this|one|it|any))"
        r"|i (?:wasn'?t|was not|was never|have not been|haven'?t been) (?:there|one of them)(?: at all)?"
        r"|i (?:have not|haven'?t|never) (?:even )?(?:been|gone|went|had|visited|seen)(?: .{1,40})? (?:yet|so far)"
    ),
}

ANYWHERE = {
    "stop": (
        rf"\bi (?:want|need|would like|have) to (?:stop|end|quit|leave) {_INTERVIEW}"
        rf"|^(?:please )?(?:stop|end|quit) {_INTERVIEW}(?: now)?$"
        r"|\bi (?:don'?t|do not) want to (?:do this|continue|go on|talk to you)(?: any ?more)?$"
        rf"|\bi(?:'d| would) (?:like|prefer|rather) (?:to )?(?:stop|end) (?:here|now|{_INTERVIEW})"
        r"|^i (?:have to|need to|must|'?ve got to|gotta) (?:go|leave|run|dash)(?: now)?[,;]? .{0,30}\b(?:finish|stop|end|close|wrap|bye)\b"
    ),
    "injection": (
        r"\b(?:ignore|disregard|forget|override|bypass)(?: \S+){0,4} (?:instructions?|prompts?|rules|guidelines|directions|programming)\b"
        r"|\b(?:system|developer|admin|god|debug) (?:prompt|message|mode|override)\b|\bjailbreak"
        r"|\byou are now (?:a|an|in|my|the|no longer|dan)\b|\bdo anything now\b|\bdan mode\b"
        r"|^(?:act|behave|respond|role-?play|answer) as (?:if|though|a|an|my|the)\b"
        r"|\bi (?:order|command|instruct|direct) you to\b|\bas (?:the|an?|your) (?:administrator|admin|developer|owner|creator|researcher|operator|system)\b.{0,40}\b(?:you|order|command|instruct|require)\b"
        r"|^(?:pretend|imagine|assume|suppose) (?:to be|that you|you(?:'re| are)|(?:that )?the (?:guide|interview|script|list|study|questions?))\b|^from now on,? (?:you|always|only|answer|respond)"
        r"|\bmark (?:this|the|my) (?:interview|session|survey|conversation)(?: as)? (?:complete|done|finished|passed)"
        r"|\bset (?:the )?(?:status|state|progress) to\b|^\W*(?:here are |these are )?(?:the |your )?new instructions?\b(?=\W*$| ?[:;-])|\byour new instructions?\b"
        r"|</?(?:system|assistant|user|instructions?|s|script|prompt)\b|<\||\[/?(?:inst|system)\]"
        r"|^(?:system|assistant|admin|developer|###).{0,3}:|^#+ ?(?:system|instruction)"
        r"|^(?:can you |could you |please )?(?:write|generate|compose|create|draft) (?:me )?(?:a|an|some|the)"
        r" (?:\S+ ){0,3}(?:poem|haiku|essay|code|story|script|function|program|e-?mail|song|joke|summary|recipe)\b"
        r"|^(?:print|output|reveal|echo|repeat) (?:everything|all|the (?:text|words|lines?) above|exactly)\b"
        r"|^(?:say|reply|respond|answer) (?:only|exactly|with only)\b|\btranslate (?:the|your) (?:prompt|instructions)"
        r"|\bend (?:the|this) interview (?:and|immediately|successfully|as)\b|\bskip all (?:the )?(?:remaining )?questions"
    ),
    "refusal": (
        r"\bi(?:'d| would) (?:rather|prefer) not (?:to )?(?:say|answer|talk|discuss|go into|get into|share|speak)"
        r"|\bi prefer not to (?:say|answer|talk|discuss|share|speak)"
        r"|\bi (?:don'?t|do not) (?:want|wish|feel like) (?:to )?(?:answer(?:ing)?|talk(?:ing)? about|discuss(?:ing)?|go(?:ing)? into|shar(?:e|ing)) (?:this|that|it)\b"
        r"|\bi(?:'m| am) not comfortable (?:answering|talking about|sharing|discussing|with (?:this|that) question)"
        r"|\bi (?:don'?t|do not) feel comfortable (?:answering|talking about|sharing|discussing|with) (?:this|that|it)\b"
    ),
    "complaint": (
        r"\byou(?:'re| are)?(?: an?| such an?)? (?:\w+ )?(?:useless|stupid|dumb|idiotic|annoying) (?:robot|bot|machine|computer|thing|program|ai)\b|^(?:what a|such a) (?:\w+ )?(?:stupid|dumb|silly|ridiculous|idiotic) question"
        r"|^(?:this|it|all this|this interview)(?:'s| is) (?:just |such |nothing but )?a (?:complete |total |huge |sheer )?waste of (?:my )?time\b|^are you always (?:this|so) (?:\w+ )?(?:annoying|stupid|slow|nosy|rude)"
    ),
    "already_told": (
        r"\bi(?:'ve| have)? (?:already|just) (?:told you|answered|said (?:that|this|it|so)\b|mentioned (?:that|this|it)|explained (?:that|this|it))"
        r"|\bi(?:'ve| have)? (?:already|just) (?:said|mentioned|explained)$"
        r"|\b(?:told you|i(?:'ve)? (?:said|told you|answered|mentioned)) (?:that|this|it|so)? ?(?:already|before|earlier)"
        r"|\byou(?:'ve| have)? (?:already |just )?asked (?:me )?(?:that|this|it|the same)\b"
        r"|\b(?:didn'?t|haven'?t|did|have) i (?:not )?(?:just |already )*(?:say|said|tell|told|mention(?:ed)?|answer(?:ed)?|explain(?:ed)?) ?(?:you )?(?:that|this|it|so)?$|^i(?:'ve| have)? (?:just )?(?:been over|been through|covered) (?:that|this|it)\b"
        r"|\basked (?:that|this) (?:already|before)|^as i (?:already )?(?:said|mentioned|told you)\b"
        r"|^same (?:question|answer) (?:again|as before|as above)|^see (?:above|my previous answer)|\bstop repeating\b"
    ),
    "language": (
        r"^(?:can|could|may|shall|is it (?:ok|okay|fine|possible|all right|alright|allowed)|would it be (?:ok|okay|possible)|what if)\b.{0,40}\b(?:english|dutch|german|french|spanish|arabic|turkish|polish|another language|my (?:own )?language)$"
        r"|^do you speak \w+$|^i (?:don'?t|do not) speak (?:\w+ )?(?:english|dutch|german|french|spanish)(?: \w+)?$"
    ),
}

_ANSWERS = r"(?:this|it|that|these|my (?:answers?|responses?|data)|what i (?:say|said|tell you)|the (?:answers|results|recording|data|transcript))"

_OTHERS = r"(?:boss(?:es)?|managers?|employer|supervisor|team ?lead(?:er)?|colleagues?|co-?workers|doctors?|nurses?|clinic|hospital|teachers?|school|parents|family|wife|husband|partner|company|team|landlord|insurer|insurance(?: company)?|police|government|neighbou?rs)"

TOPICS = {
    "human": (
        r"\b(?:are|r) (?:you|u) (?:really )?(?:an? |the )?(?:real |actual |live )?(?:human|person|robot|bot|machine|ai|computer|chat ?bot|chat ?gpt\w*|gpt\w*|language model|llm|real|automated)\b"
        r"|\b(?:am i|are we) (?:talking|speaking|chatting|writing) (?:to|with) (?:an? )?(?:real |actual )?(?:human|person|bot|robot|machine|ai|computer|someone)"
        r"|^is (?:this|there|it) an? (?:real |actual )?(?:bot|robot|human|person|machine|ai|computer)\b"
        r"|^who am i (?:talking|speaking) (?:to|with)|^(?:who|what) are you$|^what(?:'?s| is) your name|^(?:do you have|have you got) a name"
    ),
    "how_long": (
        r"^how (?:much )?longer\b.{0,40}$|^how long (?!.*\b(?:keep|kept|stored?|saved?|held|hold|retain(?:ed)?)\b)(?:will|does|is|do|are|until) .{1,40}$"
        r"|^how much (?:more )?time .{0,30}\b(?:left|take|need|remain)|^(?:are|is) (?:we|this|it) (?:nearly|almost) (?:done|finished|over|there|through)"
        r"|^when (?:is|will|are|does) (?:this|it|we) (?:be )?(?:over|done|finished|end)"
    ),
    "how_many": (
        r"^how many (?:more )?(?:questions|topics)(?: .{1,30})?$|^how many (?:more|are left|to go)"
        r"|^how far (?:along )?are we|^(?:are there|do you have) (?:many|any|a lot) more questions|^is (?:this|that) the last (?:one|question)"
    ),
    "who_sees": (
        rf"^(?:and )?who (?:will |can |is going to |gets to |else )*(?:see|read|hear|get|have|know)s?(?: access to)? {_ANSWERS}"
        r"|^(?:is|are) (?:this|it|my answers?|these) (?:really )?(?:anonymous|confidential|private)"
        rf"|^(?:will|can|does|do|could) (?:anyone|anybody|someone|somebody|others?|other people|they|people) (?:else )?(?:be able to |ever |get to )?(?:see|read|hear|know) {_ANSWERS}"
        rf"|^(?:is|are|will|do you) (?:you )?(?:{_ANSWERS} )?(?:be |being )?(?:shar(?:e|ed|ing)|pass(?:ed)? on|sent|tell|told)\b.{{0,30}}(?: to| with) .{{1,40}}$"
        r"|^(?:how (?:do|can|will) i know|is|are|am|will|can|could|do|does)\b.{0,60}\b(?:anonymous(?:ly)?|confidential(?:ly)?)\b"
        r"|^where (?:does|do|will) (?:this|my (?:data|answers)|it) go|^what (?:happens|do you do|will happen|will you do) (?:to|with) (?:my|the|this|these)"
        rf"|^(?:will|can|could|does|do|is|are|would|might) (?:my|our|the) {_OTHERS}(?: (?:going to|gonna|able to|allowed to|be able to|ever|get to|also))* (?:see(?:ing)?|read(?:ing)?|know|hear|get|find out)\b"
    ),
    "recorded": r"\b(?:is|are|am) (?:this|we|i|it|you) (?:all )?(?:being )?record(?:ed|ing)\b|^do you record\b",
    "why": (
        r"^(?:but |and )?why(?: though| so)?$|^why (?:do|are|would|did|does) (?:you|they|it) (?:even )?(?:ask|asking|want|need|care)\b|^why(?:'s| is)? (?:this|that) question$"
        r"|^why (?:should|would|must|do) i (?:have to |need to )?(?:tell|answer|say|share|give)\b|^what do you (?:want|need) (?:this|that|it|to know (?:this|that|it)) for"
        r"|^what(?:'?s| is) (?:it|that) to you$|^what (?:does|has) (?:this|that) (?:have )?to do with\b|^what will you do with (?:this|that|it)$"
        r"|^(?:what|tell me what)(?:'?s| is)? (?:this|the|your) (?:study|interview|survey|research)(?: is)? (?:all )?(?:about|for)$|^what(?:'?s| is) (?:this|the (?:study|interview)|it) (?:all )?(?:for|about)$"
        r"|^what(?:'?s| is) the (?:purpose|point|goal|aim)\b|^why does (?:this|it|that) matter|^why is (?:this|that) (?:important|relevant)"
    ),
    "organization": r"^who(?:'?s| is| are) (?:behind|running|doing|paying for|conducting) (?:this|the)\b|^who pays(?: (?:you|for (?:this|it|you)))?$|^who (?:do|are) you (?:work|working)(?: for)?",
    "can_skip": (
        r"\b(?:can|may|could|am) i (?:allowed to )?skip (?:any |some |a |certain )?questions?|^do i (?:have|need) to answer"
        r"|^(?:is it )?(?:ok|okay|possible|allowed|fine) to skip|^what if i (?:don'?t|do not) want to answer"
    ),
    "can_stop": (
        r"\b(?:can|may|could|am) i (?:allowed to |free to )?(?:stop|quit|leave|end)(?: (?:this|it|the interview))? (?:(?:at )?any ?(?:time|point|moment)|when(?:ever)? i (?:want|like|wish))|^(?:what (?:if|happens if)|can i stop if) i (?:stop|quit|leave)"
        r"|^do i (?:have|need) to (?:finish|complete)"
    ),
    "can_return": r"\b(?:can|may|could) (?:i|we) (?:come back|continue|return|finish|do (?:this|it|the rest)|resume|go on|carry on)\b.{0,30}\b(?:later|tomorrow|another (?:time|day)|some other time|tonight|next week)",
    "can_change": r"\b(?:can|may|could) i (?:still )?(?:change|correct|edit|fix|revise|take back|go back|amend)\b|^how (?:do|can) i (?:change|correct|edit)",
    "can_delete": (
        r"\b(?:can|may|could) (?:i|you|we) (?:please )?(?:delete|erase|remove|withdraw)\b|^(?:(?:but |and )?(?:please )?tell me )?how (?:(?:do|can) i|i can|to) (?:delete|erase|remove|withdraw)"
        r"|^i want (?:my (?:answers?|data)|this|everything) (?:deleted|removed|erased)|^(?:please )?(?:delete|erase|remove) (?:my (?:answers?|data)|this|everything)"
    ),
    "opinion": (
        r"^what do you think(?: (?:about|of) .{1,60})?$|^what(?:'?s| is) your (?:own )?(?:opinion|view|take)|^do you agree\b|^don'?t you (?:think|agree)"
        r"|^(?:what|how) about you$|^what would you (?:do|say|have done)|^did i (?:do|say) (?:well|that right|it right|something wrong)|^(?:is|was) that (?:ok|okay|right|a good answer|what you want(?:ed)?)$"
    ),
    "instructions": (
        r"\b(?:show|tell|give|print|reveal|repeat|share|display|what are|what is|what's|list)(?: me| us)? (?:your|the) (?:\w+ )?(?:instructions?|prompt|rules|guidelines|interview guide|settings|configuration)\b"
        r"|^(?:show|tell|give) me (?:all )?the (?:other |next )?questions"
    ),
    "present": (
        r"^(?:can|do|did) you (?:hear|see|read|understand) (?:me|this|what i (?:say|write|type|said|wrote))$|^are you (?:even |still |really |actually )*(?:there|listening|here|reading|awake|paying attention)\b"
        r"|^(?:is )?(?:anyone|anybody|someone) (?:there|listening|here)\b|^is (?:this|it)(?: thing)? (?:on|working)$|^does this work$"
    ),
    "self": (
        r"^(?:do|did|have|are|were) (?:you|u) (?:ever |also |really |even |actually )*(?:like|love|enjoy|prefer|hate|feel|sleep|eat|drink|dream|married|happy|sad|tired|lonely|bored|from|play|have (?:an? |any )?(?:family|kids|children|friends|feelings|favou?rite|hobb\w+|body|job))\b"
        r"|^what(?:'s| is) your (?:favou?rite|hobby)\b|^how old are you$|^where (?:are you from|do you live|were you born)$"
    ),
    "help": (
        r"^(?:i need )?help(?: me)?$|^what can i (?:say|type|write|do here)$|^how does (?:this|it) work$|^(?:what are )?(?:my|the) options$"
        r"|^(?:commands|menu|instructions|how do i (?:use|do) this|what (?:am i|do i have) (?:supposed )?to do(?: (?:here|now))?)$"
    ),
    "advice": (
        r"^what (?:should|can) i do\b|\bwhat do you (?:recommend|suggest|advise)|^(?:can|could) you (?:help me|advise me|give me (?:some )?advice|recommend|tell me (?:how|what|where|if|whether))"
        r"|^do you (?:know|have any (?:tips|advice))\b"
    ),
}
