"""Word lists by which English phrases are found in what was said, and told apart."""

# ruff: noqa: E501, SIM905 - lists of words are read best in one piece

import re
from collections.abc import Mapping

from interviewrelay.interviewer.late import Late


def words_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


OURS = {
    "my": "your",
    "our": "your",
    "a": "the",
    "an": "the",
    "these": "those",
    **dict.fromkeys(
        (
            "many some few several most various two three four five six seven eight nine ten eleven twelve fifteen"
            " twenty thirty forty fifty hundred"
        ).split(),
        "the",
    ),
}
"""Determiners as the interviewer says them; all others stay."""

DETERMINERS = (
    words_of("my our your his her their its the a an these those each every") | OURS.keys()
)

TOWARDS = words_of(
    "go goes going went gone come comes came get gets got walk walked drive drove travel moved listen listens listened listening"
    " talk talks talked talking speak speaks spoke spoken reply replied respond responded react leads led due next close closer"
    " according thanks back over used belong belongs belonged switched compared addicted"
)
"""Before "to" these make what follows a place or a thing, where most words make it something to do."""

COUNTED = OURS.keys() - words_of("my our a an this these")
"""Behind these stands more than one, and "the" stands for all of them."""

PERSONAL = words_of("i me we us you he him she they them it myself ourselves himself herself")

JOINING = words_of("of in on at with for from to down behind under about between over without")
"""Words that hang one phrase on another."""

JOINERS_OF: Mapping[str, frozenset[str]] = {
    "en": words_of(
        "and or but so well hm um uh oh yes also then because when was that which maybe perhaps probably"
    ),
    "nl": words_of("en of maar dus nou ja nee ook omdat misschien waarschijnlijk die dat"),
    "de": words_of("und oder aber also ja nein auch weil dass vielleicht wahrscheinlich"),
    "fr": words_of(
        "et ou mais donc oui non aussi parce que qui dont où peut-être probablement"
    ),
    "es": words_of("y o pero pues sí también porque que quizás quizá probablemente"),
}
"""Words that a quotation does not begin with, by language."""

POINTERS = words_of("die dat")
"""Of those, what points to something where a sentence begins with it, and is part of what is said."""

HANGING_OF: Mapping[str, frozenset[str]] = {
    "en": words_of(
        "if whether unless what whatever who whom whose why how where wherever than to not"
    ),
    "nl": words_of("als indien tenzij wat wie waarom hoe waar wanneer dan om"),
    "de": words_of("wenn falls ob was wer wen wem wessen warum wieso wie wo wann als um"),
    "fr": words_of("si pourquoi comment quand combien quoi quel quelle quels quelles pour"),
    "es": words_of("si qué quién quiénes cómo cuándo dónde cuánto cuánta cuántos cuántas para"),
}
"""What begins with one of these says nothing by itself, by language: it hangs on what is left out."""

JOINERS = frozenset[str]().union(*JOINERS_OF.values())

TELLING = words_of(
    "tell tells told telling ask asks asked asking inform informs informed warn warns warned remind reminds reminded"
)
"""Behind these, "about" says what was told, and nothing of who was told it."""

TRAILING = words_of(
    "red blue green yellow white black grey gray brown pink purple orange early late online offline alone open shut"
    " closed empty ready upstairs downstairs indoors outdoors free clean dirty wet dry"
    " halfway midway forward forwards backward backwards sideways together apart aside abroad everywhere somewhere nowhere"
    " anywhere elsewhere afterwards beforehand tonight full-time part-time straight along ahead awake asleep alive"
    " happy unhappy sad angry upset calm tired nervous worried afraid proud safe sick ill well quiet busy warm cold hot"
    " smiling crying laughing waiting standing sitting comfortable satisfied relaxed available possible impossible"
)
"""Behind a noun these belong to the verb and say how it was, where or when: "the fence purple", "the house
early", "the customer happy"."""

PASSING = words_of("thread track rain snow sun sunshine weather wind")
"""What one has or loses in passing, and nothing can be told of when it stands alone: "the thread"."""

THEIRS = words_of("his her their its")
"""What belongs to somebody else is not asked after: "What happened next with her dog?"."""

SUBJECTS = words_of("i we he she they nobody somebody someone everybody everyone")
"""Words with which a statement begins."""

PREPOSITIONS = words_of(
    "about above across after against along among around as at before behind below beneath beside between beyond"
    " by despite during except for from in inside into like near of off on onto out outside over past per round"
    " since than through throughout till to toward towards under until up upon with within without via"
)

BOUNDARY = (
    PERSONAL
    | PREPOSITIONS
    | DETERMINERS
    | words_of(
        "instead that this and or but so because if when while where who whom whose which what how why although though unless whether"
        " yet nor am is are was were be been being do does did done doing have has had having can could will would"
        " shall should may might must not never also just only even still again too very really quite rather already"
        " always often sometimes usually soon later then there here now ago away back down today yesterday tomorrow"
        " once twice anyway however perhaps maybe almost both all any no none more much less least enough several"
        " id ive im ill another such same own else ever together yes well okay etc plus versus non"
        " isn't aren't wasn't weren't don't doesn't didn't can't couldn't won't wouldn't haven't hasn't hadn't shouldn't"
        " i'm i've i'd i'll we're we've we'd we'll you're they're they've he's she's it's that's there's who's"
        " first last next hardly nearly barely nowadays nonetheless nevertheless regardless though lol lmao rofl haha hehe hihi"
        " overnight indeed meanwhile otherwise thus hence anymore altogether etcetera please sorry thanks"
    )
)
"""Where a phrase ends at the latest."""

VERBS = words_of(
    "said says told tells asked asks came comes went goes got gets gave gives took takes made makes saw sees knew"
    " knows thought thinks felt feels found finds left leaves kept keeps let lets put puts began begins brought brings"
    " bought sent sends sat sits stood stands spoke speaks drove drives met meets lost loses paid pays ran runs"
    " heard hears wrote writes fell falls broke breaks grew grows became becomes held holds led leads meant means"
    " read sold shut spent slept sleeps taught threw throws understood wore won wins built hung hurt knocked looked"
    " looks seemed seems turned turns tried tries used uses wanted wants needed needs helped helps started starts"
    " stopped stops happened happens changed called calls worked works lived lives showed shows moved moves liked"
    " likes loved loves hated hates stays stayed remains remained opened opens closed closes ended ends costs cost"
    " took takes rang sang sings ate eats drank drinks rose chose set sets hit hits cut cuts appeared appears"
    " explained smiled laughed cried shouted waved nodded refused promised decided allowed let knows wished barks"
    " squeezed persuaded warned answered replied lasted lasts hangs lies lay shook pushed pulled carried carries"
    " arrived arrives belongs belonged exists offered offers spat spits threw tore tears stank smelt slid swore stole stuck shone shot dealt drew blew flew froze forgot hid rode sank spun swept swung wept gone come been gotten taken given done seen known won't"
)
"""Verb forms that end a phrase wherever they stand behind its first word."""

TIMES = words_of(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december christmas easter english dutch german french spanish"
)
"""Capitals that name nobody."""

ADVERBS = Late(r"\w{3,}ly")
LIKE_ADVERBS = words_of(
    "family supply reply assembly butterfly daily weekly monthly early friendly elderly only lonely lovely ugly silly"
    " jelly belly bully rally ally italy july curly holy oily costly likely lively orderly hourly yearly"
)

GENERIC = words_of(
    "thing things stuff lot lots bit way ways kind kinds sort sorts part parts case cases matter matters fact facts"
    " point points end side sides time times moment moments day days week weeks month months year years hour hours"
    " minute minutes second seconds morning evening afternoon night nights while people person man woman men women guy"
    " guys one ones others rest whole half couple number amount area areas place places situation situations example"
    " word words question questions answer answers interview idea ideas reason reasons sense chance information"
    " something anything everything nothing someone anyone everyone somebody everybody nobody life world course"
    " opposite same truth problem view mind head hand hands eye eyes start beginning middle top bottom"
    " weekend today tomorrow name names euro euros pounds dollars percent o'clock past future contrary doubt"
    " long short high low good bad big small better worse different heart home feeling feelings each other fortnight old young new right left evenings mornings afternoons face guy birthday"
)
"""Heads that say too little to go back to."""

PEOPLE = words_of(
    "mother father mum mom dad parents parent wife husband partner girlfriend boyfriend son daughter child children"
    " kid kids baby brother sister grandmother grandfather grandma grandpa uncle aunt cousin friend friends neighbour"
    " neighbours neighbor neighbors colleague colleagues boss manager director nurse doctor teacher receptionist"
    " boy girl boys girls gentleman lady ladies clerk agent officer guard caretaker stranger couple patient patients"
    " customer customers client clients driver landlord owner member members visitor visitors guest guests volunteer volunteers student students"
)
"""Heads that are people: gone into only when nothing else was said, and never by name."""

PROCESSES = words_of(
    "work job jobs routine process system rule rules plan plans meeting meetings conversation talk talks argument"
    " decision change changes visit visits appointment appointments treatment schedule wait delay delays trip trips"
    " journey shift shifts lesson lessons rehearsal rehearsals exam exams test tests interview application applications"
    " search move repair repairs course courses class classes training project projects programme program campaign"
    " conflict quarrel fight crisis trouble pressure workload handover procedure arrangement agreement contract"
    " practice exercise exercises therapy operation surgery check checks call calls review feedback support help"
    " ceremony service party celebration tour drive ride walk commute strike protest vote debate"
)
"""Heads of what goes on: of these one can ask how it went."""

PROCESS_ENDINGS = ("tion", "tions", "ment", "ments", "ing", "ings")
NO_PROCESSES = words_of(
    "building buildings ceiling ceilings railing railings clothing earring earrings station stations apartment"
    " apartments department departments instrument instruments document documents basement basements compartment"
    " string strings ring rings king thing spring wing nothing evening morning equipment pavement garment monument"
    " installment cement sibling siblings dressing lightning painting paintings location locations population nation"
    " section sections position positions option options portion portions"
)
"""Words with such an ending that are things and places all the same."""

NOT_OURS: Mapping[str, Late] = {
    code: Late(rf"\b(?:{some})\b")
    for code, some in {
        "en": r"fuck\w*|shit\w*|crap\w*|damn\w*|bloody|bitch\w*|bastards?|ass|asshole\w*|idiots?|stupid|moron\w*|dick\w*"
        r"|whore\w*|slut\w*|retard\w*|fat|ugly|lazy|useless|robot|bot|die|dies|died|dying|dead|death|killed|funeral|buried"
        r"|cancer|tumou?r|stillborn|miscarriage|suicid\w*|overdose|abus\w+|rape\w*|molest\w*|beaten|assault\w*|violen\w+|divorced?|naked|sex\w*|guns?|pistols?|rifles?|shotguns?|noose|hanged|topped (?:him|her)self|stabb\w+|wrists|strangl\w+|murder\w*|abortion|lump in|overdosed|cocaine|heroin|morphine|vodka|paki|faggot|cunt|bollocks|tits|bruises|piss\w*",
        "nl": r"overleden|overleed|gestorven|stierf|dood|kanker|zelfmoord|mishandel\w*|verkracht\w*|klootzak|kut|hoer|stomme?|dikke?|lui|idioot|robot|pistool|geweer|opgehangen|neergestoken|abortus|knobbel|cocaine|heroine|morfine|wodka|pillen|polsen",
        "de": r"gestorben|verstorben|starb|tot|tod|krebs|selbstmord|suizid\w*|missbrauch\w*|vergewaltig\w*|arschloch|scheisse|hure|dumm\w*|fett|faul|idiot|roboter|pistole|gewehr|knarre|strick|erhäng\w*|abtreibung|knoten|kokain|koks|heroin|morphium|wodka|tabletten|pulsadern|kanake",
        "fr": r"mort|morte|mourir|décédée?|cancer|suicid\w*|viol|violée?|maltraité\w*|connard|merde|putain|salope|stupide|gros|grosse|idiote?|robot|pistolet|fusil|flingue|pend(?:u|ue)|poignard\w*|avort\w*|cocaïne|héroïne|morphine|vodka|cachets|veines",
        "es": r"murió|muerte|muert[oa]|falleció|fallecid[oa]|cáncer|suicid\w*|violación|violad[oa]|maltrat\w*|mierda|puta|cabrón|estúpid[oa]|gord[oa]|idiota|robot|pistola|escopeta|ahorc\w*|apuñal\w*|abort\w*|cocaína|heroína|morfina|vodka|pastillas|venas",
    }.items()
}
"""What the interviewer does not take into its own mouth: insults, and what it would be cruel to dwell on."""

KEPT_BACK: Mapping[str, Late] = {
    code: Late(rf"\b(?:{some})\b")
    for code, some in {
        "en": r"asham\w*|shame|secret\w*|without telling|lied|cheat\w*|stole\w*|guilt\w*|illegal\w*",
        "nl": r"schaam\w*|geschaamd|geheim\w*|stiekem|zonder (?:\w+ )?te (?:zeggen|vertellen)|gelogen|gestolen|schuldig\w*|illega\w+",
        "de": r"schäm\w*|geschämt|scham|heimlich\w*|geheim\w*|gelogen|gestohlen|schuldig\w*|illegal\w*",
        "fr": r"honte\w*|secret\w*|en cachette|sans le dire|menti|volée?s?|coupables?|illéga\w+",
        "es": r"vergüenza|avergon\w*|secret\w*|a escondidas|sin decir\w*|mentí|robé|robado|culpables?|ilegal\w*",
    }.items()
}
"""What one says once, and would not like to hear read back."""

LAUGHS = Late(
    r"(?<![\s,(:;-])[\s,(:;-]*\b(?:lol|lmao|rofl|(?:ha){2,}h?|(?:he){2,}|(?:hi){2,}|(?:ja){2,}|xd)\b\)?",
    re.IGNORECASE,
)
"""No part of what is said."""
