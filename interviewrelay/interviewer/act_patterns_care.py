"""How people say that something is hard to speak of, and that they are beside themselves now.

Of the first kind are remarks on the talking, not on the matter: "it was a hard year" is an answer. Of
the second is what happens at this moment: "I cried for a week" tells of then.
"""

# ruff: noqa: E501 - a pattern is read best in one piece

from collections.abc import Mapping

_VERY = r"(?:really |very |quite |so |too |a bit |a little |rather |still |pretty |extremely |just )*"
_TALK = r"(?:(?:for me )?to (?:talk|speak|think|write) (?:about|of)|for me to (?:answer|say)|to (?:answer|say|put into words|go back to))(?: (?:this|that|it|these things|all (?:this|that)|such things))?"

ANYWHERE: Mapping[str, Mapping[str, str]] = {
    "en": {
        "uneasy": rf"\b(?:this|that|it)(?:'s| is|'?s getting| gets) {_VERY}(?:hard|difficult|painful|tough|uncomfortable|upsetting|awkward) {_TALK}"
        rf"|^(?:this|that|it|the question)(?:'s| is|'?s getting| gets| feels) {_VERY}(?:hard|difficult|painful|tough|uncomfortable|upsetting|awkward)(?: (?:one|subject|topic|question))?(?: for me)?$"
        rf"|\bi find (?:this|that|it) {_VERY}(?:hard|difficult|painful|tough|uncomfortable|upsetting)(?: {_TALK})?(?:,? to be honest)?$"
        r"|\b(?:this|that) is a (?:sore|painful|difficult|sensitive|delicate) (?:point|subject|topic|spot)\b|\bi(?:'m| am) (?:getting |feeling )?(?:a bit |a little |quite |very )?uncomfortable (?:with|about) (?:this|that)\b"
        r"|\b(?:this|that) (?:brings|is bringing|stirs) (?:back|up) (?:bad|painful|a lot of|some) (?:\w+ )?(?:memories|feelings|things)\b",
        "upset": r"\bi(?:'m| am| have been| just)? (?:\w+ )?(?:crying|sobbing|in tears|weeping|shaking|trembling|panicking|hyperventilating|breaking down)(?: (?:now|right now|again|here|as i (?:write|speak|say) this))?(?=$|[,.;]| and)"
        r"|\bi(?:'m| am) having an? (?:panic|anxiety) attack|\bi (?:just )?(?:broke|am breaking) down(?: (?:in tears|crying|now))?(?=$|[,.;])|\bmy hands are shaking\b|\btears are (?:running|coming|rolling)"
        r"|\bi (?:can'?t|cannot) (?:do|take|bear|handle) (?:this|it)(?: (?:any ?more|right now|now))?$|\b(?:this|it)(?:'s| is) (?:all )?too much for me(?: (?:now|right now))?$|\bi can'?t (?:stop crying|breathe|go on with this)\b",
    },
    "nl": {
        "uneasy": r"\b(?:dit|dat|het) (?:is|vind ik) (?:\w+ ){0,2}(?:moeilijk|lastig|pijnlijk|zwaar)(?: (?:voor mij|voor me))?(?: om (?:over|aan) te (?:praten|denken|spreken)| om te (?:zeggen|vertellen))?$|\bik vind (?:dit|dat|het) (?:\w+ )?(?:moeilijk|lastig|pijnlijk|zwaar)(?: om (?:over te praten|te vertellen))?$|\b(?:dit|dat) is (?:een )?(?:gevoelig|pijnlijk|moeilijk) (?:punt|onderwerp)\b",
        "upset": r"\bik (?:zit|ben|moet|sta) (?:nu |hier |weer )*(?:te (?:huilen|trillen|snikken)|aan het huilen|huilen|in tranen)\b|\bik heb (?:nu )?een paniekaanval\b|\bik kan dit niet(?: (?:meer|aan))?$|\b(?:dit|het) wordt me te veel\b|\bik kan niet (?:ophouden met huilen|ademen)\b",
    },
    "de": {
        "uneasy": r"\b(?:das|es) (?:ist|fällt mir) (?:\w+ ){0,2}(?:schwer|schwierig|schmerzhaft|unangenehm)(?: für mich)?(?:,? (?:darüber|davon) zu (?:sprechen|reden|erzählen))?$|\bich finde (?:das|es) (?:\w+ )?(?:schwer|schwierig|schmerzhaft|unangenehm)(?:,? darüber zu (?:sprechen|reden))?$|\bdas ist (?:ein )?(?:wunder punkt|heikles thema|schwieriges thema)\b",
        "upset": r"\bich (?:weine|zittere|heule|schluchze) (?:gerade|jetzt)\b|\bich (?:muss|bin) (?:gerade|jetzt) (?:weinen|am weinen|in tränen)\b|\bich habe (?:gerade |jetzt )?eine panikattacke\b|\bich (?:kann|halte|schaffe) das (?:gerade |jetzt )?nicht(?: (?:mehr|aus))*$|\bdas (?:ist|wird) mir (?:alles |gerade )?zu viel\b|\bich kann nicht (?:aufhören zu weinen|atmen)\b",
    },
    "fr": {
        "uneasy": r"\b(?:c'est|cela est|ça m'est|il m'est) (?:\w+ ){0,2}(?:difficile|dur|pénible|douloureux)(?: pour moi)?(?: (?:d'en parler|à dire|de répondre))?$|\bje trouve (?:ça|cela) (?:\w+ )?(?:difficile|dur|pénible)\b|\bc'est un (?:sujet|point) (?:sensible|douloureux|difficile)\b|\bj'ai du mal à en parler\b",
        "upset": r"\bje (?:pleure|tremble|sanglote|craque)(?: (?:là|maintenant|en ce moment))?$|\bje suis en (?:train de pleurer|larmes)\b|\bje fais une crise (?:de panique|d'angoisse)\b|\bje n'(?:y arrive|en peux) (?:plus|pas)$|\bc'est trop pour moi\b|\bje n'arrive (?:pas|plus) à (?:respirer|arrêter de pleurer)\b",
    },
    "es": {
        "uneasy": r"\b(?:esto|eso)? ?(?:es|me resulta|se me hace) (?:\w+ )?(?:difícil|duro|doloroso|incómodo)(?: para mí)?(?: (?:hablar de (?:esto|eso|ello)|de contar))?$|\bme cuesta (?:mucho )?hablar de (?:esto|eso|ello)\b|\bes un (?:tema|punto) (?:delicado|doloroso|sensible|difícil)\b",
        "upset": r"\bestoy (?:llorando|temblando|sollozando)\b|\btengo un ataque de (?:pánico|ansiedad)\b|\bno puedo (?:con esto|más|seguir así)$|\besto es demasiado para mí\b|\bno puedo (?:dejar de llorar|respirar)\b",
    },
    "ar": {
        "uneasy": r"(?:هذا|هذه|الامر|الأمر) صعب(?: جدا)?(?: (?:علي|عليّ|بالنسبة لي))?|يصعب علي (?:الحديث|الكلام|التحدث)",
        "upset": r"(?:أنا |انا )?(?:أبكي|ابكي)(?: (?:الآن|الان))|لا (?:أستطيع|استطيع) (?:التنفس|التوقف عن البكاء)",
    },
}
