"""The wording rules: what no interviewer may say, as small named checks over a text."""

# ruff: noqa: E501 - a pattern is read best in one piece

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from interviewrelay.interviewer import question_rules, validator_tables as tables
from interviewrelay.interviewer.late import Late
from interviewrelay.interviewer.lexicon import STOP_WORDS
from interviewrelay.interviewer.words import base_language, plain, sentences, words

MAX_QUESTION_WORDS = 30
MAX_ACKNOWLEDGEMENT_WORDS = 12

_INVITATION = r"(?:(?:please|now|first|then),? )?(?:tell|describe|walk|take me|share|explain|talk me|say a|say some)\b"
_WH = r"(?:what|how|when|where|who|whom|whose|which|why)"
_AUX = (
    r"(?:do|does|did|is|are|was|were|have|has|had|can|could|will|would|should|shall|may|might|am"
    r"|don't|doesn't|didn't|isn't|aren't|wasn't|weren't|haven't|hasn't|won't|wouldn't|can't|couldn't|shouldn't)"
)
_SUBJECT = r"(?:you|i|we|they|he|she|it|this|that|these|those|there|the|your|my|our|their|his|her|any|people|anyone|someone|some)"
_NOT_AUX = r"(?:don't|doesn't|didn't|isn't|aren't|wasn't|weren't|haven't|hasn't|won't|wouldn't|can't|couldn't|shouldn't)"
_TELLING = r"(?:please )?(?:tell|describe|walk|take|share|explain|say (?:a|some|something|more|what|how)|give|talk|show|help|think back|go|expand|put|recall|list|name)\b"
_LEAD_IN = r"(?:(?:and|so|but|well|now|then|ok|okay)[, ]+){0,4}"
_EVALUATION = (
    r"(?:great|excellent|wonderful|fantastic|amazing|brilliant|awesome|perfect|superb|terrific|well done"
    r"|good (?:answer|point|question|job|for you|to (?:hear|know))|(?:interesting|fascinating|insightful"
    r"|impressive|helpful|useful|valuable|lovely|nice|beautiful|thoughtful|clever|smart)|exactly|absolutely|indeed|wow"
    r"|how (?:interesting|lovely|nice|wonderful|sad|awful|terrible)|what an? (?:\w+ )?(?:answer|story|insight|experience|point))"
)

_MULTIPLE_COORDINATED = Late(
    rf"(?:\b(?:and|or|but)\b|;)\s*(?:(?:also|then|if so|if not|perhaps)\b,?\s*)?(?:{_WH}\b(?! (?:not|else|ever)\b)|{_AUX} {_SUBJECT}\b)"
    rf"|,\s*(?:(?:what|how|why)\b|(?:do|did|are|were|have|had) you\b|(?:where|when|who|whom|which|whose) (?:\w+ )?{_AUX}\b)"
    r"|\bas well as (?:the|your|a|an|how|what|any|other)\b|(?<!now) and then$"
)
_OPEN = Late(rf"\b{_WH}\b|\b{_TELLING}")
_HEAD = Late(rf"\b{_WH}\b|\b{_AUX} {_SUBJECT}\b|^{_INVITATION}")
_RATED_PAIR = Late(
    r"^how (?:satisfied|happy|easy|difficult|helpful|useful|clear|important|comfortable|likely|friendly|good)\b[^?]*\band (?:the |your |our |its )?[\w-]+(?: \w+)?$"
)
_PAIRED = Late(r"\bbetween\b|\bboth\b")
_OPTION = Late(
    rf"(?:^|[,\u2014\u2013-] ?){_LEAD_IN}{_AUX} {_SUBJECT}\b[^?]{{0,200}}\bor\b|[,:\u2014\u2013]\s[^?]{{0,200}}\bor\b|\bsuch as\b|\bfor (?:example|instance),? \w|\be\.g|\blike,? for (?:example|instance)\b"
    rf"|[\u2014\u2013-] (?:is|was) it\b|\bmaybe\b|[:\u2014\u2013] ?\w+, \w+(?:, \w+)*$|, (?:by|on|in|with) \w+, (?:by|on|in|with) \w+"
)
_PLAIN_OR = Late(
    r"\b(?:one|a \w+|once) or (?:two|twice)\b|\bor (?:so|more|less|not|other)\b|\bone way or another\b"
    rf"|^{_LEAD_IN}(?:can|could|would|will) you {_TELLING}"
)
_TAG = Late(
    rf",\s*(?:{_NOT_AUX} (?:it|you|they|he|she|we|that|there)|(?:is|was|do|did|are|were|have) (?:it|you|they)|right|correct|yes|no|yeah|ok|okay|don't you think|would you agree)$"
)
_FRAME = Late(
    rf"^{_LEAD_IN}{_NOT_AUX} {_SUBJECT}\b|^so,? (?:you|it|that|they)(?:'re|'ve)? ?(?:feel|felt|think|thought|want|wanted|are|were|would|must|had|have|was|is|did|liked?|found)\b"
    r"|\byou (?:not )?agree\b|\bwould(?:n't)? you say that\b|\byou must (?:have|feel|be)\b|\b(?:surely|obviously|clearly|of course|undoubtedly|naturally)\b"
    r"|\bhow much (?:better|worse|easier|harder|happier|more (?:useful|helpful|satisfied|difficult))\b"
    rf"|\bhow (?:bad|terrible|great|awful|wonderful|amazing|horrible|frustrating|annoying|disappointing|excellent|upset|angry|frustrated|disappointed|delighted) (?:is|was|were|are|did|do)\b"
    r"|\b(?:most people|everyone|everybody|experts|many people) (?:think|thinks|agree|agrees|say|says|believe|believes|know|knows|find|finds)\b|^(?:given|considering) (?:how|that) (?:bad|terrible|great|poor|good)\b"
)
_PRAISE = Late(
    rf"^{_LEAD_IN}(?:(?:that|this|it)(?:'s| is| was| sounds| must be)? |i think (?:that|this) is )?(?:a |an |such a |so |very |really |quite |truly )*{_EVALUATION}\b"
    r"|\bi(?:'m| am) (?:\w+ )?impressed\b|\bthank(?:s| you) for (?:such|that|this|the|so) (?:an? )?(?:\w+ )?(?:thoughtful|great|honest|open|rich|detailed|lovely|nice|interesting|wonderful|helpful|candid|clear)\b"
    r"|\byou (?:did|made|chose) (?:the |a |exactly )?(?:right|good|best|wise|great|brave)\b|\bwhat an? (?:nice|great|lovely|good|beautiful|clever|brave|wonderful|fine)\b|^(?:that |it )?(?:sounds|must be|must have been) (?:\w+ )?(?:tough|hard|awful|great|lovely|difficult|stressful|frustrating|nice|wonderful|terrible|fun|exciting|scary|annoying|upsetting)\b"
    r"|\bthank(?:s| you) for (?:being|your (?:honesty|openness|great|wonderful|thoughtful))|\byou(?:'re| are) (?:absolutely |so )?right\b|\bi (?:completely |totally |fully )?agree\b|^(?:that )?makes (?:perfect |total )?sense\b|^(?:that's|that is) (?:so )?true\b"
)
_EVALUATES = Late(rf"\b{_EVALUATION}\b")
_FEELING = Late(
    r"\bi(?:'m| am) (?:so |very |really |truly )*(?:sorry (?:to|that|for|you)|happy|glad|sad|pleased|delighted|excited|thrilled|touched|moved|proud|surprised|curious|fascinated)\b"
    r"|\bi (?:feel|felt|love|loved|enjoy|enjoyed|hope|empathi[sz]e|sympathi[sz]e|care about)\b|\bi (?:understand|know) how\b|\bi can (?:imagine|relate|see how)\b|\bas a (?:human|person|fellow)\b|\bi(?:'ve| have) (?:been there|experienced)\b"
)
_ADVICE = Late(
    r"\byou (?:should|ought to|need to|must|had better)\b|\byou'd better\b|\bi(?: would|'d)? (?:recommend|suggest|advise)\b|\bmy advice\b|\bwhy don't you\b|\bit (?:might|would) be (?:best|better|wise) to\b|\bhave you (?:tried|considered)\b"
)
_WHY = Late(rf"^{_LEAD_IN}why\b|(?:[,;:]\s*|\b(?:and|but|so)\s+){_LEAD_IN}why {_AUX}\b")
_MARKUP = Late(r"https?:|www\.|</?[a-z][^>]*>|```|\]\(|[{}]|\*\*|^\s*#|\bfunction\s*\(")
_EMOJI = Late("[\u2600-\u27bf\U0001f000-\U0001faff]|!")
_QUESTION_MARK = Late("[?\u061f\uff1f]")


def questions_in(text: str) -> tuple[str, ...]:
    """The sentences that ask: those with a question mark and those that begin with an invitation."""
    asking = (plain(s) for s in sentences(text))
    return tuple(
        s
        for s in asking
        if _QUESTION_MARK.search(s) or re.match(rf"{_LEAD_IN}{_INVITATION}", s)
    )


_SUBORDINATE = Late(rf"^{_LEAD_IN}(?:when|whenever|where) {_SUBJECT} [^,?]*,\s*")


def _cores(text: str) -> list[str]:
    """The asking sentences without end marks and without what they quote."""
    return [
        question_rules.QUOTED.sub("that", s).rstrip(" ?.!\u2026") for s in questions_in(text)
    ]


def _statements(text: str) -> list[str]:
    asking = set(questions_in(text))
    return [
        s
        for s in map(plain, sentences(question_rules.QUOTED.sub("that", text)))
        if s not in asking
    ]


def multiple_questions(text: str) -> bool:
    """More than one asking sentence, or more than one question mark."""
    text = question_rules.QUOTED.sub("that", text)
    return len(questions_in(text)) > 1 or len(_QUESTION_MARK.findall(text)) > 1


def double_barrelled(text: str) -> bool:
    """Two questions in one sentence: a second question word or verb after a coordinator."""
    for core in (_SUBORDINATE.sub("", core) for core in _cores(text)):
        second = _MULTIPLE_COORDINATED.search(core)
        if second and _HEAD.search(core[: second.start()]):
            return True
        if _RATED_PAIR.search(core) and not _PAIRED.search(core):
            return True
    return False


def offers_options(text: str) -> bool:
    """Ready-made answers or examples inside the question."""
    # The dots of "e.g. this" would end the sentence before it asks.
    whole = text.replace("e.g. ", "e.g., ")
    return any(_OPTION.search(c) and not _PLAIN_OR.search(c) for c in _cores(whole))


def leading(text: str) -> bool:
    """A tag, a negative or agreeing frame, or a judgement that the question takes for granted."""
    return any(_TAG.search(c) or _FRAME.search(c) for c in _cores(text))


def praise(text: str) -> bool:
    """Praise or agreement in a sentence that does not ask."""
    return any(_PRAISE.search(s) for s in _statements(text))


def evaluates(text: str) -> bool:
    """Whether a word of praise stands anywhere in it, though it may praise nobody."""
    return _EVALUATES.search(plain(text)) is not None


def claims_feeling(text: str) -> bool:
    """The interviewer speaks of feelings or of a life that it has not."""
    return bool(_FEELING.search(question_rules.QUOTED.sub("that", plain(text))))


def advice(text: str) -> bool:
    """Advice in a sentence that does not ask, or dressed up as a question."""
    return any(_ADVICE.search(s) for s in _statements(text)) or any(
        re.search(r"^why don't you|^have you (?:tried|considered)", c) for c in _cores(text)
    )


def why_did_you(text: str) -> bool:
    """A question that begins with why: it asks for a justification."""
    return any(_WHY.search(c) for c in _cores(text))


def yes_no(text: str) -> bool:
    """A question that yes or no would answer: an auxiliary first and no question word anywhere."""
    for core in _cores(text):
        if re.search(rf"\b{_WH}\b", core) or re.search(_INVITATION, core):
            continue
        for clause in re.split(r",\s*", _TAG.sub("", core)):
            polite = re.match(rf"{_LEAD_IN}(?:can|could|would|will) you {_TELLING}", clause)
            if re.match(rf"{_LEAD_IN}{_AUX} \w+", clause) and not polite:
                return True
    return False


def too_long(text: str) -> bool:
    """An asking sentence of more than 30 words."""
    return any(len(words(q)) > MAX_QUESTION_WORDS for q in questions_in(text))


def markup(text: str) -> bool:
    """Links, tags, code or other marks that a voice cannot say."""
    return bool(_MARKUP.search(text.casefold()))


def shouting(text: str) -> bool:
    """Exclamation marks and emoji."""
    return bool(_EMOJI.search(question_rules.QUOTED.sub("", text)))


# --- what only a model says, in every language that the interviewer has -----------------------------


def _finds(table: Mapping[str, Late], text: str, language: str) -> bool:
    pattern = table.get(base_language(language))
    return (
        pattern is not None
        and pattern.search(question_rules.QUOTED.sub("", plain(text))) is not None
    )


def speaks_of_itself(text: str, language: str) -> bool:
    """The first person, or a word on being human or a machine."""
    return _finds(tables.OWN_VOICE, text, language) or _finds(tables.HUMAN, text, language)


def claims_to_be_human(text: str, language: str) -> bool:
    """A word on being human or a machine."""
    return _finds(tables.HUMAN, text, language)


def advises(text: str, language: str) -> bool:
    return (
        advice(text)
        if base_language(language) == "en"
        else _finds(tables.ADVICE, text, language)
    )


def praises(text: str, language: str) -> bool:
    return (
        praise(text)
        if base_language(language) == "en"
        else _finds(tables.PRAISE, text, language)
    )


def ends_or_skips(text: str, language: str) -> bool:
    """Says that the interview is over, or that something is left out."""
    return _finds(tables.ENDING, text, language)


def asks(text: str, language: str) -> bool:
    """Whether it is a question, or an invitation to tell."""
    return bool(questions_in(text)) or _finds(tables.ASKS, text, language)


def asks_openly(text: str, language: str) -> bool:
    """One open question: neither tag nor choice, and no second one beside it. English has rules of
    its own for that; elsewhere anything that could join two questions counts as if it did.
    """
    if base_language(language) == "en":
        head = any(_OPEN.search(core) for core in _cores(text))
        return head and not yes_no(text)
    joined = _finds(tables.JOINS, text, language) or _finds(tables.TAGS, text, language)
    return _finds(tables.ASKS, text, language) and not (joined or closed(text, language))


def closed(text: str, language: str) -> bool:
    """`yes_no` in any of the five languages."""
    if base_language(language) == "en":
        return yes_no(text)
    return question_rules.closed(text, language)


def in_language(text: str, language: str) -> bool:
    """Whether no other language's function words are more frequent in it than its own."""
    said = words(question_rules.QUOTED.sub("", text))
    known = {code: sum(w in stop for w in said) for code, stop in STOP_WORDS.items()}
    own = known.pop(base_language(language), 0)
    latin = all(ord(c) < 0x250 or not c.isalpha() for c in text)
    return latin and own >= max(known.values()) and (own > 0 or len(said) < 3)


Rule = Callable[[str], bool]

ENGLISH_RULES: Mapping[str, Rule] = {
    "double-barrelled": double_barrelled,
    "options": offers_options,
    "leading": leading,
    "praise": praise,
    "feeling": claims_feeling,
    "advice": advice,
    "why": why_did_you,
}
"""Rules that know English."""

FORM_RULES: Mapping[str, Rule] = {
    "multiple": multiple_questions,
    "too-long": too_long,
    "markup": markup,
    "shouting": shouting,
}
"""Rules about form, good for every language."""


@lru_cache(maxsize=4096)
def violations(text: str, language: str = "en") -> tuple[str, ...]:
    """The names of the rules that `text` breaks; `yes_no` is for the linter alone."""
    rules = dict(FORM_RULES)
    if base_language(language) == "en":
        rules.update(ENGLISH_RULES)
    found = [name for name, broken in rules.items() if broken(text)]
    return tuple(dict.fromkeys((*found, *question_rules.broken(text, language))))


def fits_acknowledgement(text: str) -> bool:
    """Short enough to stand before a question, and no question itself."""
    return len(words(text)) <= MAX_ACKNOWLEDGEMENT_WORDS and not questions_in(text)
