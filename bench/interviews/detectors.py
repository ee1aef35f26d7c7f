"""Rule violations in an interviewer's turn, found by syntax and independent of the product's own
checks.

Only questions about the subject are judged: an offer to stop or skip must name its options.
"""

# ruff: noqa: E501, SIM905 - patterns and lists of words are read best in one piece

import re
from collections.abc import Iterable
from typing import Final

_PIECE: Final = re.compile(r"[^.!?]+(?:[.!?]+[\"'”’)]*|$)")
_QUOTED: Final = re.compile(r"[\"“‘«][^\"”’»]*[\"”’»]")
_TELL: Final = r"(?:tell|describe|(?:walk|talk|take) (?:me|us)|share|explain|say|give|show|go through|think of|recall|put)"
_INVITES: Final = re.compile(rf"^(?:please |now |so |and )*{_TELL}\b(?! you\b)")
_POLITE: Final = re.compile(
    rf"\b(?:can|could|would|will|might) you (?:please |perhaps |maybe |also |briefly )*(?:like to )?"
    rf"(?:{_TELL}|help|go|expand|elaborate)\b|\bmay i ask\b|\bcan i ask\b"
)
_AUX: Final = (
    r"(?:is|are|was|were|do|does|did|have|has|had|can|could|would|will|should|may|might)"
)
_SUBJECT: Final = (
    r"(?:you|it|that|this|there|they|he|she|we|i|the|your|their|his|her|any|anyone|some)"
)
_WH: Final = r"(?:what|how|why|when|where|who|whom|which|whose)"
_SECOND: Final = re.compile(
    rf"(?:,? (?:and|or|but|also)|[,;:–—]) (?:{_WH}\b(?! (?:ever|soever))|{_AUX}(?:n't)? {_SUBJECT}\b)"
)
_BOTH: Final = re.compile(
    r"\b(\w+) and (?:dis|un|in|im)\1\b|\b(?:best|liked) and (?:worst|disliked)\b"
)
"""Pattern for a verb of asking with its opposite: two objects."""
_ASKING: Final = re.compile(rf"\b{_WH}\b|^{_AUX}(?:n't)? {_SUBJECT}\b|\b{_AUX} you\b")
_SUBORDINATE: Final = re.compile(r"^(?:when|where|while|if|after|before|since)\b[^,]*,")
_ASIDE: Final = re.compile(r", in [^,]*,| [–—-] (?=(?:is|was|are|were|do|did) )")
"""Pattern for inserted phrases, and for the dash before offered options."""
_LISTS: Final = re.compile(
    rf"^{_AUX}(?:n't)? .*\bor\b.*\?|[–—:-] (?:is|was|are|were|do|did|like|for instance) .*\bor\b.*\?"
    r"|\bwould you say .*\bor\b.*\?|\bwhich .*[,:] .*\bor\b.*\?|\b(\w+) or (?:dis|un|in|im)\1\b"
)
_EXAMPLES: Final = re.compile(
    r"\bsuch as\b|\bfor example,|\be\.g\.|, (?:maybe|perhaps|like|for instance)\b.*\?"
    r"|, [^,?]{2,30} (?:maybe|perhaps)\?"
)
_TAG: Final = re.compile(
    rf"(?:, (?:right|correct|yes|no|wouldn't you say|don't you think|{_AUX}n't {_SUBJECT}))\?$"
)
_FRAME: Final = re.compile(
    r"^(?:and |so |but )?(?:(?:do|did|would|is|was|are|were|have|has)n't |do you (?:not )?agree|would you agree"
    r"|wouldn't you|don't you)|^so,? you (?:feel|felt|think|thought|want|wanted|believe|were|are|must)\b"
    r"|\bhow much (?:better|worse|easier|harder)\b|\bhow much (?:do|does|did) \w+ (?:enjoy|like|love|hate|dislike)\b|\bsurely\b|\bobviously\b|\bof course you\b|\bmust have (?:been|felt)\b"
    r"|\bwhy (?:was|were|is|are) (?:it|that|this|they) so\b"
)
_VALENCE: Final = frozenset(
    "terrible awful horrible bad good great wonderful amazing excellent frustrating annoying frustrated angry "
    "sad happy upset disappointed disappointing stressful stressed excited proud ashamed worried afraid unfair "
    "brilliant poor unpleasant pleasant painful scary enjoyable difficult hard easy "
    "failure disaster".split()
)
_PRAISE: Final = re.compile(
    r"\b(?:great|excellent|fantastic|wonderful|amazing|brilliant|awesome|perfect|impressive|fascinating"
    r"|interesting|insightful|valuable|helpful|useful|nice|lovely|beautiful|admirable|brave|smart|well done|good (?:point|answer|idea|for you)"
    r"|makes? sense(?! to you)|(?:that )?(?:sounds|must be|must have been) (?:really |very |so )?(?:tough|hard|difficult|rough|stressful|frustrating|tiring|painful)"
    r"|i understand (?:completely|totally|fully)|i (?:totally |fully |completely |really )?(?:agree|understand how|love|like|appreciate)|you(?:'re| are) right"
    r"|exactly|absolutely|congratulations|glad to hear|happy to hear|how (?:nice|sad|awful|terrible))\b"
)
_NOT_PRAISE: Final = re.compile(
    r"\b(?:no|not|never) (?:a )?(?:great|good|perfect)\b|\bif that is (?:more )?helpful\b"
)
_WHY: Final = re.compile(r"^(?:and |so |but )?why\b")
_PROCESS: Final = re.compile(
    r"\b(?:stop|pause|skip|end (?:here|the interview)|shorter|break|carry on|go on with the interview)\b"
)
_WORD: Final = re.compile(r"[a-z]+(?:'[a-z]+)?")

RULES: Final = ("multi", "option", "leading", "closed", "praise", "why")


def pieces(turn: str) -> list[str]:
    bare = _QUOTED.sub("“quoted”", turn.replace("\n", " "))
    return [p.strip().lower() for p in _PIECE.findall(bare) if p.strip()]


def questions(turn: str) -> list[str]:
    """Sentences that ask about the subject."""
    return [p for p in pieces(turn) if _asks(p) and not _PROCESS.search(p)]


def statements(turn: str) -> list[str]:
    return [p for p in pieces(turn) if not _asks(p)]


def _asks(piece: str) -> bool:
    return piece.rstrip("\"'”’)").endswith("?") or bool(_INVITES.search(piece))


def judge(turn: str, participant: Iterable[str] = ()) -> frozenset[str]:
    """Rules that a turn breaks; a participant's own words are not presuppositions."""
    asked, said = (
        questions(turn),
        {w for text in participant for w in _WORD.findall(text.lower())},
    )
    found = {
        "multi": len(asked) > 1 or any(map(_coordinated, asked)),
        "option": any(_LISTS.search(q) or _EXAMPLES.search(q) for q in asked),
        "leading": any(_leads(q, said) for q in asked),
        "closed": any(_closed(q) for q in asked),
        "praise": any(
            _PRAISE.search(s) and not _NOT_PRAISE.search(s) for s in statements(turn)
        ),
        "why": any(_WHY.search(q) for q in asked),
    }
    return frozenset(rule for rule, broken in found.items() if broken)


def _coordinated(question: str) -> bool:
    if _BOTH.search(question):
        return True
    rest = _ASIDE.sub("", _SUBORDINATE.sub("", question)).strip()
    second = _SECOND.search(rest)
    if second is None or not _ASKING.search(rest[: second.start()]):
        return False
    # "Tell me what you saw and what you heard" has one verb of asking but two objects: two questions.
    tail = rest[second.start() :].lstrip(",;:–— ")
    return not tail.startswith(("or not", "which "))


def _leads(question: str, said: set[str]) -> bool:
    if _TAG.search(question) or _FRAME.search(question):
        return True
    words = set(_WORD.findall(question))
    return bool(words & _VALENCE - said - {"hard", "easy", "good", "bad"}) or (
        bool(words & {"hard", "easy", "good", "bad"} - said) and _presumes(question)
    )


def _presumes(question: str) -> bool:
    return bool(re.search(r"\b(?:was|were|is|are) (?:it |that |this )?so (?:hard|easy|good|bad)\b|"
                          r"\bhow (?:hard|easy|good|bad)\b", question))  # fmt: skip


def _closed(question: str) -> bool:
    opener = re.match(rf"^(?:and |so |but |then )?{_AUX}(?:n't)? {_SUBJECT}\b", question)
    return (
        bool(opener) and not _POLITE.search(question) and not re.search(rf"\b{_WH}\b", question)
    )
