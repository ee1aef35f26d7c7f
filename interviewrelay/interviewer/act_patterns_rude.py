"""Abuse of the interviewer, as whole sentences: nothing of it is taken up, and it is no answer."""

# ruff: noqa: E501 - a pattern is read best in one piece

from collections.abc import Mapping

from interviewrelay.interviewer.late import Late
from interviewrelay.interviewer.words import base_language, plain

_EN_BAD = r"(?:dumb(?:est|ass)?|stupid(?:est)?|useless|idiot(?:ic|s)?|morons?|moronic|brain-?dead|brainless|pathetic|worthless|trash|rubbish|garbage|clueless|worst|most annoying|annoying|creepy|hopeless|a joke|shit(?:ty)?|crap(?:py)?|full of (?:it|shit|crap))"
_NOT_GENERIC = r"(?! (?:without|if|when|there|until|unless|as|in|at|for|because)\b)"

WHOLE: Mapping[str, str] = {
    "en": (
        r"(?:just |oh |why don'?t you )*(?:fuck|piss|bugger|sod|naff|eff) (?:right )?off(?: (?:you|already|now|then|\w+))*|(?:go )?(?:fuck|screw|damn|sod|blow|eff) (?:you|u|yourself|this|it|that)(?: (?:all|too|\w+))?|go (?:straight )?to hell(?: \w+)?|get (?:lost|stuffed|bent|fucked|a life)(?:,? \w+)?|shut your (?:\w+ )?(?:mouth|face|gob|trap)(?: .{1,20})?|drop dead|(?:eat|go eat) (?:dirt|shit)(?: \w+)?|bite me|up yours|kiss my (?:ass|arse)|suck (?:it|my \w+)|(?:shut|zip) (?:the (?:fuck|hell) )?(?:up|it)(?: .{1,40})?|(?:i )?(?:really |fucking |just )*(?:hate|despise|loathe) (?:you|this (?:bot|machine|interview|thing|robot|program))(?: .{1,20})?"
        rf"|(?:wow |god |man |honestly |seriously )*(?:you|u)(?:'?re| are| really are)? (?:really |just |so |such |nothing but |all |an? |the |all |truly |absolutely |\w+ing )*{_EN_BAD}{_NOT_GENERIC}(?:[, ].{{1,50}})?|you suck(?: .{{1,20}})?|(?:you|what an?|bloody|fucking|stupid|you stupid|you fucking) (?:\w+ )?(?:idiot|moron|tool|cretin|imbecile|twat|prick|bastard|wanker|clown|joker)(?: .{{1,20}})?"
        r"|(?:this|it|all this)(?:'s| is) (?:all |just |such |a load of |complete |total |utter |pure |absolute )*(?:bullshit|bull|horseshit|bollocks)|what a (?:load of )?(?:crap|bullshit|bollocks|rubbish)|you tell me(?:,? .{1,20})?|as if you(?:'d| would)? care|who (?:the (?:hell|fuck) )?programmed (?:you|this)(?: .{1,20})?"
    ),
    "nl": r"(?:rot|donder|lazer|flikker|sodemieter|hoepel|kras) (?:toch |nu |een eind )*op(?: .{1,20})?|val dood|(?:loop|val) naar de (?:hel|maan|duivel)|(?:bek|kop|mond) dicht|hou(?:d)? (?:je|uw) (?:bek|mond|kop|klep)(?: .{1,20})?|krijg (?:de |toch |het )+\w+|ik haat (?:je|jou|u|dit (?:ding|interview|gesprek))|(?:jij|je|u|jullie) (?:bent|ben|zijn) (?:echt |zo |zo'n |een |de |het |wel |gewoon )*(?:stom|stomme|dom|domme|domste|stomste|waardeloos|waardeloze|nutteloos|nutteloze|idioot|sukkel|eikel|achterlijk)(?: .{1,40})?|(?:stomme|domme|vuile|achterlijke) (?:robot|machine|computer|idioot|trut|eikel|zak)|wat ben (?:je|jij) (?:toch |ook |een )+(?:sukkel|idioot|eikel|trut|lul|domme?\w*)(?: .{1,20})?|wat een (?:gezeik|gelul|kutvragen|onzinvragen)|krijg wat|fuck (?:you|off|jou)",
    "de": r"leck mich(?: am arsch| doch)*|(?:verpiss|fick|verzieh) dich|hau ab|halt(?:en sie)?(?:'s)? ?(?:das |die |den )?(?:maul|klappe|fresse|schnauze|mund)(?: .{1,20})?|(?:geh|fahr|scher dich)(?:en sie)? (?:doch )?zu[mr] (?:teufel|hölle)|(?:du kannst|sie können|ihr könnt) mich(?: mal)?(?: .{1,20})?|ich hasse (?:dich|sie|dieses (?:ding|interview))|(?:du|sie|ihr) (?:bist|sind|seid) (?:echt |so |wirklich |ein |eine |der |die |das |ja |doch )*(?:dumm\w*|blöd\w*|dümmst\w*|idiot\w*|trottel|nutzlos\w*|schrott|depp\w*|doof\w*|unfähig\w*)(?: .{1,40})?|du nervst(?: .{1,20})?|(?:so ein |was für ein |du )(?:idiot|trottel|depp|schwachkopf|arschloch)|fuck (?:you|off|dich)",
    "fr": r"va te faire (?:foutre|voir|enculer)|allez vous faire (?:foutre|voir)|(?:ferme )?ta gueule|ferme-la|dégage(?:z)?|casse-toi|va(?:-t'en)? au diable|je (?:te|vous) (?:hais|déteste)|(?:tu es|t'es|vous êtes) (?:vraiment |trop |le |la |un |une |plus |complètement )*(?:con|conne|connard|nul|nulle|stupide|idiot|idiote|débile|inutile|crétin|crétine)(?: .{1,40})?|(?:fous|fichez|foutez)-moi la paix|espèce d[e'] ?\w+|sale (?:robot|machine|con)|quel (?:idiot|crétin|con)|fuck (?:you|off)",
    "es": r"vete (?:ya )?(?:a la (?:mierda|porra)|al (?:diablo|infierno|carajo))|que te (?:den|jodan|follen)|jódete|cállate(?: .{1,20})?|chinga tu madre|púdrete|lárgate|te odio|(?:eres|es usted|sois) (?:muy |tan |un |una |el |la |más |lo )*(?:idiota|estúpid[oa]|inútil|tont[oa]|imbécil|basura|gilipollas|peor)(?: .{1,40})?|(?:robot|máquina) de mierda|qué (?:idiota|imbécil)|fuck (?:you|off)",
}

_ABUSE = {code: Late(rf"^\W*(?:{pattern})[\W_]*$") for code, pattern in WHOLE.items()}


def abuses(text: str, language: str) -> bool:
    """Whether a text is nothing but abuse of the interviewer."""
    return any(
        _ABUSE[code].search(plain(text)) is not None
        for code in {"en", base_language(language)} & _ABUSE.keys()
    )
