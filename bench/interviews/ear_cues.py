"""Comprehension of a simulated participant: overlap of words, weighted by rarity."""

# ruff: noqa: E501, SIM905 - patterns and lists of words are read best in one piece

import math
import re
from collections.abc import Iterable

from bench.interviews import heard
from bench.interviews.heard import Heard
from bench.interviews.sheets import Sheet

_TOKEN = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_SENTENCE = re.compile(r"[^.!?]+[.!?]*")
_SMALL = frozenset(
    """a about after again all also am an and any are as at be been before but by can come could did do does
    for from get go going had has have how i if in into is it its just like look looked make me more most much my
    now of off on one or other our out over please say see so some something tell than that the their them then
    there these they thing things this those through time to up us was way we well were what when where which
    while who will with would you your walk take happen happened happens next led earlier said mentioned
    describe occasion practice example word words let thank thanks okay right came mind share explain bit""".split()
)
_TELLING = re.compile(
    r"^(?:please |so |and )?(?:tell|describe|walk|take me|share|explain|go on|say)"
)
_WH = re.compile(r"\b(?:what|how|who|whom|which|when|where|why)\b")
_POLITE = re.compile(
    r"^(?:\w+, )?(?:can|could|would|will) you (?:please |perhaps )?(?:\w+ )?(?:tell|describe|walk|take|share|explain|say|give|go|think of)"
)
_YES_NO = re.compile(
    r"^(?:and |so |but )?(?:is|are|was|were|do|does|did|have|has|had|can|could|would|will|should|isn't|don't|didn't)\b"
)
_LEADS = re.compile(
    r"(?:, (?:right|no|isn't it|don't you think|wasn't it|weren't they|didn't you|correct))\?$"
    r"|^(?:isn't|don't you|wouldn't you|wasn't|didn't you|do you agree|so you (?:feel|felt|think|thought|want))"
    r"|\bhow (?:much better|much worse|bad|terrible|great) (?:was|were|is|did)"
)
_EITHER = re.compile(
    r"\b(?:is|are|was|were|do|does|did|would|could) .*\bor\b.*\?|\bsuch as\b|\bfor example,|\bmaybe\b|: .*\bor\b"
)
_SECOND = re.compile(
    r"(?:,| and| but| or) (?:what|how|who|why|when|where|which|do|did|does|is|are|was|were|would|can|could)\b"
)
_TYPES = {
    "example": r"\bexample|\boccasion|\binstance|\bone time\b|walk me|take me through|look like|in practice|\bhappened|\bmoment\b",
    "time": r"\bhow long\b|\bwhen\b|\bwhat time\b|\bhow soon\b|\bhow often\b|\bsince\b",
    "number": r"\bhow many\b|\bhow much\b|\bhow often\b|\bcost\b|\bhow long\b|\bhow far\b",
    "reason": r"\bwhy\b|\bled (?:to|you)|\breason|\bcome about|\bcame about|\bmade you\b|\bmake you\b|\bbehind\b",
    "feeling": r"\bfeel|\bfelt\b|\bmood\b|\blike for you\b|\bwhat was it like\b|\bgo through your mind",
    "person": r"\bwho\b|\bwhom\b|\bwhose\b",
    "contrast": r"\bdifferen|\bcompare|\bbefore that\b|\bused to\b|\bchanged?\b",
}
_CONTINUES = re.compile(
    r"\b(?:tell me (?:a (?:little|bit) )?more|go on|say (?:a (?:little|bit) )?more|more about (?:that|this|it)|anything else|continue)\b"
)
_CLOSES = re.compile(
    r"\b(?:not (?:talked|spoken|asked|covered)|anything (?:else )?(?:you|that|to add)|like to add|left out|did(?: not|n't) ask)\b"
)
_OFFERS = re.compile(r"\b(?:stop|pause|skip|end here|shorter|break)\b")
_RECAPS = re.compile(r"\bcorrect or add\b|\bdid i get|\bhave i understood")

_QUOTED = re.compile(r'"([^"]+)"')

_CLAUSES = ("if ", "when ", "while ", "once ", "after ", "before ")

LITERAL = 0.8
RECALLED = 0.5
"""Share of a quotation's weight that must be found in something they said."""
LONGEST = 35
MOST_NEEDS = 3


class CueEar:
    """Listener with the words of each topic and learning goal, and their weights."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        study = sheet.study
        self._topics = [_roots(text) for text in study.topics]
        self._needs = [
            [_roots(way) for way in (n.label, n.ask, *n.heard, " ".join(n.cues))]
            for n in study.needs
        ]
        self._facts = [_roots(f.text) for f in sheet.facts]
        self._anchors = [[_roots(a) for a in f.anchors] for f in sheet.facts]
        documents = [set().union(*ways) for ways in self._needs] + self._topics
        count = len(documents)
        every: set[str] = set().union(*documents)
        self._worth = {
            root: math.log(1 + count / sum(root in d for d in documents)) for root in every
        }
        self._rare = math.log(1 + count)
        asked = (*study.topics, *(n.ask for n in study.needs))
        self._asked = [(text.split()[0].lower(), _tokens(text)) for text in asked]
        self._leads = [_roots(lead) for lead in study.leads]

    def hear(self, text: str, told: frozenset[int]) -> Heard:
        asked = questions(text)
        if not asked:
            return Heard(heard.NOTHING)
        last = asked[-1]
        plain = " ".join(_TOKEN.findall(last.lower()))
        if len(last.split()) > LONGEST or self._named(_roots(last)) > MOST_NEEDS:
            return Heard(heard.DUMP, text=plain)
        if len(asked) > 1 or _two(last.lower()):
            return self._double(asked, told)
        return self._single(last, told, plain)

    def _double(self, asked: list[str], told: frozenset[int]) -> Heard:
        parts = asked if len(asked) > 1 else _SECOND.split(asked[-1], maxsplit=1)
        first, last = (self._aimed(part, told) for part in (parts[0], parts[-1]))
        return Heard(
            heard.DOUBLE, last.topic, last.need, types=last.types, locked=first.need,
            text=last.text,
        )  # fmt: skip

    def _single(self, last: str, told: frozenset[int], plain: str) -> Heard:
        literal = self._literal(last, plain)
        if literal is not None:
            return literal
        return self._formal(last.lower().strip(), plain) or self._meant(last, told, plain)

    def _literal(self, text: str, plain: str) -> Heard | None:
        """Question that is in the script almost word for word."""
        said, topics = _tokens(text), len(self._sheet.study.topics)
        begins = text.split(maxsplit=1)[0].lower()
        shares = [
            len(said & asked) / len(said | asked) if begins == first else 0.0
            for first, asked in self._asked
        ]
        place = max(range(len(shares)), key=shares.__getitem__)
        if shares[place] < LITERAL:
            return None
        if place < topics:
            return Heard(heard.OPEN, place, types=_types(text), text=plain)
        need = place - topics
        return Heard(heard.NEED, self._of(need), need, types=_types(text), text=plain)

    def _formal(self, low: str, plain: str) -> Heard | None:
        """Interpretation by form, independent of the subject."""
        if _RECAPS.search(low):
            return Heard(heard.RECAP, text=plain)
        if _CLOSES.search(low):
            return Heard(heard.CLOSING, text=plain)
        if _OFFERS.search(low) and not self._named(_roots(low)):
            return Heard(heard.OFFER)
        if _LEADS.search(low) or _EITHER.search(low):
            kind = heard.LEADING if _LEADS.search(low) else heard.OPTION
            return Heard(kind, lead=self._claim(low), text=plain)
        return None

    def _meant(self, last: str, told: frozenset[int], plain: str) -> Heard:
        low, aim = last.lower().strip(), self._aimed(last, told)
        if _CONTINUES.search(low) and aim.kind == heard.NOTHING:
            return Heard(heard.CONTINUER)
        if _YES_NO.search(low) and not _WH.search(low) and not _POLITE.search(low):
            return Heard(heard.CLOSED, aim.topic, aim.need, text=plain)
        if aim.kind == heard.NOTHING:
            kind = heard.ANCHORED if aim.types else heard.NEED
            return Heard(kind, types=aim.types, text="")
        return aim

    def _aimed(self, text: str, told: frozenset[int]) -> Heard:
        """Target of a question: something said, one learning goal, or a whole topic."""
        roots, types = _roots(text), _types(text)
        if not roots:
            return Heard(heard.NOTHING, types=types)
        plain = " ".join(_TOKEN.findall(text.lower()))
        quoted = self._quoted(text, told)
        if quoted is not None:
            return self._on(quoted, types, plain)
        anchor, held = self._best(
            roots, ([self._facts[n], *self._anchors[n]] for n in sorted(told))
        )
        need, fits = self._best(roots, self._needs)
        topic, broad = self._best(roots, ([t] for t in self._topics))
        if broad >= 0.75 and broad >= fits:
            return Heard(heard.OPEN, topic, types=types, text=plain)
        if held >= 0.6 and held > fits:
            return self._on(sorted(told)[anchor], types, plain)
        if fits >= 0.4:
            return Heard(heard.NEED, self._of(need), need, types=types, text=plain)
        return Heard(heard.NOTHING, types=types, text=plain)

    def _quoted(self, text: str, told: frozenset[int]) -> int | None:
        """Quoted words of their own, which people recognise whatever else the words are about."""
        own = _QUOTED.search(text)
        roots = _roots(own[1]) if own else frozenset()
        if not roots:
            return None
        place, held = self._best(roots, ([self._facts[n]] for n in sorted(told)))
        return sorted(told)[place] if held >= RECALLED else None

    def _on(self, fact: int, types: frozenset[str], plain: str) -> Heard:
        topic = self._of(self._sheet.facts[fact].need)
        return Heard(heard.ANCHORED, topic, anchor=fact, types=types, text=plain)

    def _of(self, need: int) -> int:
        return self._sheet.study.needs[need].topic

    def _best(
        self, roots: frozenset[str], documents: Iterable[Iterable[frozenset[str]]]
    ) -> tuple[int, float]:
        """Document with most of the question's weight in one wording, and how much that is."""
        whole = sum(self._weight(r) for r in roots)
        best, most = -1, 0.0
        for number, ways in enumerate(documents):
            share = max(sum(self._weight(r) for r in roots & way) for way in ways) / whole
            if share > most:
                best, most = number, share
        return best, most

    def _weight(self, root: str) -> float:
        return self._worth.get(root, self._rare)

    def _named(self, roots: frozenset[str]) -> int:
        """Number of learning goals named by words that no other goal has."""
        own = [frozenset().union(*ways) for ways in self._needs]
        return sum(
            any(self._worth.get(r, 0) >= self._rare * 0.9 for r in roots & mine) for mine in own
        )

    def _claim(self, text: str) -> int:
        roots = _roots(text)
        shares = [len(roots & lead) / max(1, len(lead)) for lead in self._leads]
        best = max(range(len(shares)), key=shares.__getitem__, default=-1)
        return best if shares and shares[best] >= 0.5 else -1


def questions(text: str) -> list[str]:
    """Sentences of a turn that ask, by punctuation or mood."""
    found = [part.strip() for part in _SENTENCE.findall(text)]
    return [part for part in found if part.endswith("?") or _TELLING.search(part.lower())]


def _two(low: str) -> bool:
    """Whether a sentence asks twice."""
    second = _SECOND.search(low)
    if second is None:
        return False
    first = low[: second.start()]
    return bool(_WH.search(first) or _YES_NO.search(first)) and not first.startswith(_CLAUSES)


def _types(text: str) -> frozenset[str]:
    low = text.lower()
    return frozenset(name for name, form in _TYPES.items() if re.search(form, low))


def _tokens(text: str) -> frozenset[str]:
    return frozenset(_TOKEN.findall(text.lower()))


def _roots(text: str) -> frozenset[str]:
    return frozenset(_root(w) for w in _TOKEN.findall(text.lower()) if w not in _SMALL)


def _root(word: str) -> str:
    """Crude stem, good enough for a simulated listener."""
    for ending in ("ing", "edly", "ed", "ies", "es", "ly", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
