"""What kind of thing was said, so that a follow-up fits it: an event, a wish, tears, or none of these."""

# ruff: noqa: E501 - a pattern is read best in one piece

from collections.abc import Mapping

from interviewrelay.interviewer.late import Late
from interviewrelay.interviewer.words import base_language, plain, words

EVENT = "event"
WISH = "wish"
STATE = "state"
UPSET = "upset"
"""Something that happened; something wished for; how things are or feel; tears and the like."""

LONG_ACCOUNT = 40
"""Words from which on an answer tells enough of events, whatever else is in it."""

_WISHES: Mapping[str, Late] = {
    code: Late(pattern)
    for code, pattern in {
        "en": r"\bif you could\b|\bwould you (?:\w+ )?(?:change|like|want|wish|improve|need|prefer|do differently|add|remove)\b|\b(?:do|did) you (?:wish|want|hope)\b|\b(?:should|could|must) (?:be|change|improve|get|have)\b.*\?|\bwould (?:help|make|be better|be different)\b|\byour (?:wish|wishes|ideal)\b|\bbe better\b|\bwish\b",
        "nl": r"\bals u (?:iets|één|een|dingen?)\b|\b(?:zou|zoudt|wilt|wil) (?:u|je) .{0,40}(?:veranderen|verbeteren|anders|willen|wensen|graag)\b|\bwat (?:moet|zou|kan|kon) (?:er )?.{0,20}(?:anders|beter|veranderen|verbeterd)\b|\bwensen?\b|\bwenst\b|\bbeter kunnen\b|\bbeter\?",
        "de": r"\bwürden sie .{0,40}(?:ändern|verbessern|wünschen|anders)\b|\bwas (?:sollte|müsste|könnte|würde) .{0,30}(?:ändern|besser|anders|verbessert)\b|\bwünschen?\b|\bwenn sie .{0,40}(?:könnten|dürften)\b",
        "fr": r"\b(?:changeriez|aimeriez|souhaiteriez|voudriez|amélioreriez|souhaitez)[- ]?(?:vous)?\b|\bsi vous pouviez\b|\b(?:pourrait|devrait) .{0,30}(?:changer|mieux|améliorer|être)\b|\bsouhaits?\b",
        "es": r"\b(?:cambiaría|mejoraría|desearía|gustaría|quisiera)\b|\bsi (?:usted )?pudiera\b|\b(?:podría|debería) .{0,30}(?:mejor|cambiar|mejorar|ser)\b|\bdeseos?\b",
    }.items()
}
"""Questions for a wish, and answers that name one."""

_WISHED: Mapping[str, Late] = {
    code: Late(pattern)
    for code, pattern in {
        "en": r"\b(?:i|we)(?:'d| would) (?:\w+ )?(?:like|want|love|prefer|change|appreciate|add|put|make|give|have|be happy)\b|\bi wish\b|\b(?:should|ought to) (?:be|have|get|tell|put|do|give)\b|\b(?:would|could) be (?:nice|better|good|great|helpful)\b|\bi (?:hope|want)\b",
        "nl": r"\b(?:ik|we|wij) (?:zou|zouden|wil|willen|hoop|wens)\b|\b(?:zou|zouden) (?:ik|we|fijn|mooi|beter|prettig)\b|\b(?:moet|moeten|mag|mogen) (?:er )?(?:meer|minder|beter|anders)\b|^(?:meer|minder|betere?) ",
        "de": r"\b(?:ich|wir) (?:würden?|möchten?|wünsche|wünschte|hoffe|hätte gern\w*)\b|\b(?:sollte|sollten|müsste|müssten|wäre|könnte) \b|^(?:mehr|weniger|bessere?) ",
        "fr": r"\b(?:j'aimerais|je voudrais|je souhaite|j'espère|nous aimerions|il faudrait|ce serait|devraient?)\b|^(?:plus|moins|davantage) d(?:e|')",
        "es": r"\b(?:me gustaría|quisiera|quiero|desearía|ojalá|debería|deberían|espero|sería)\b|^(?:más|menos|mejor(?:es)?) ",
    }.items()
}

_PAST: Mapping[str, Late] = {
    code: Late(pattern)
    for code, pattern in {
        "en": r"\b(?:was|were|had|did|went|came|got|took|told|said|saw|made|left|found|gave|felt|began|became|brought|bought|sent|sat|stood|spoke|drove|met|lost|kept|paid|ran|heard|thought|knew|wrote|read out|put|let|fell|broke|grew|showed|\w{2,}ed)\b(?<!need)(?<!bored)(?<!tired)",
        "nl": r"\b(?:was|waren|had|hadden|ging|gingen|kwam|kwamen|kreeg|kregen|zei|zeiden|werd|werden|moest|moesten|deed|deden|zag|zagen|stond|zat|vond|bleef|reed|nam|liep|liepen|keek|vroeg|vroegen|dacht|dachten|bracht|mocht|kon|konden|wilde|wilden|wachtte|wachtten|duurde|kostte|voelde|hoorde|belde|\w{3,}(?:erde|eerde|elde|kte|pte|ste)|ge\w{3,}(?:d|t|en))\b",
        "de": r"\b(?:war|waren|hatte|hatten|ging|gingen|kam|kamen|bekam|sagte|sagten|wurde|wurden|musste|mussten|sah|stand|sass|fand|blieb|fuhr|nahm|lief|rief|fragte|machte|wollte|wollten|konnte|konnten|durfte|dachte|brachte|wartete|warteten|fühlte|hörte|dauerte|kostete|zeigte|brauchte|merkte|stellte|\w{2,}ierten?|\w{0,5}ge\w{3,}(?:t|en))\b",
        "fr": r"\b(?:(?:j'ai|ai|as|a|avons|avez|ont) (?:\w+ ){0,2}\w+(?:é|ée|és|ées|u|us|ui|it|is|ert)|avais|avait|avaient|étais|était|étaient|fut|suis (?:all|ven|arriv|part|rest)\w*|sommes \w+és?|est (?:all|ven|arriv|part|rest|tomb|deven)\w*|\w{3,}ait|\w{3,}aient)\b",
        "es": r"\b(?:era|eran|fue|fueron|fui|estaba|estaban|estuve|había|habían|tenía|tuve|tuvo|tuvimos|hice|hizo|dije|dijo|dijeron|vino|vine|pude|pudo|(?:he|hemos|han|ha) \w+(?:ado|ido|to|cho)|\w{2,}(?:é|ó|amos|imos|aron|ieron|aba|aban|ía|ían))\b",
    }.items()
}


def of(question: str, answer: str, language: str) -> str:
    """`event`, `wish`, `state` or `upset`. In a language without patterns all answers may tell of events."""
    base, line, asked = base_language(language), plain(answer), plain(question)
    past = _PAST.get(base)
    if past is None:
        return EVENT
    if upset(answer, language):
        return UPSET
    if len(words(answer)) >= LONG_ACCOUNT:
        return EVENT
    if _WISHES[base].search(asked) or _WISHED[base].search(line):
        return WISH
    return EVENT if past.search(line) else STATE


def tells_of_past(line: str, language: str) -> bool:
    """Whether a plain text has a verb of the past."""
    past = _PAST.get(base_language(language))
    return past is not None and past.search(line) is not None


_UPSET: Mapping[str, Late] = {
    code: Late(pattern)
    for code, pattern in {
        "en": r"\bi(?:'ve)? (?:\w+ ){0,4}(?:cried|cry|crying|wept|sobbed|sobbing|broke down|burst into tears)\b|\bin tears\b(?! (?:of joy|of laughter|from laughing|laughing))|\b(?:panic attacks?|nervous breakdown|heartbroken|devastated|desperate)\b|\bi (?:couldn't|could not|can't) cope\b|\bi(?:'m| am| was| felt| got) (?:\w+ )?(?:depressed|terrified|traumati[sz]ed)\b",
        "nl": r"\bik (?:\w+ ){0,4}(?:gehuild|huilde|huilen|huil)\b|\bin tranen\b|\b(?:paniekaanval\w*|wanhopig|radeloos|depressief|ingestort)\b",
        "de": r"\bich (?:\w+ ){0,4}(?:geweint|weinte|weinen|weine)\b|\bin tränen\b|\b(?:panikattacken?|verzweifelt|depressiv|zusammengebrochen)\b",
        "fr": r"\bj(?:'ai|e) (?:\w+ )?(?:pleuré|pleurais|pleure)\b|\ben larmes\b|\b(?:crises? de (?:panique|larmes)|désespérée?|déprimée?|effondrée?)\b",
        "es": r"\b(?:lloré|lloraba|he llorado|lloro|estuve llorando)\b|\ben lágrimas\b|\b(?:ataques? de pánico|desesperad[oa]|deprimid[oa]|destrozad[oa])\b",
    }.items()
}


def upset(answer: str, language: str) -> bool:
    """Whether an answer tells of one's own tears, panic or despair."""
    pattern = _UPSET.get(base_language(language))
    return pattern is not None and pattern.search(plain(answer)) is not None
