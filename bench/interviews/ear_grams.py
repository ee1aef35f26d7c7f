"""The second simulator's understanding: runs of characters in common, and how a question begins.

Written apart from the first: no list of small words, no stems, no weights for words.
"""

from collections.abc import Sequence

from bench.interviews import heard
from bench.interviews.heard import Heard
from bench.interviews.sheets import Sheet

SIZE = 4
ALIKE = 0.55
"""Share of the runs from which on something that was said is known again."""
NAMED = 0.9
"""How surely it is known by a word that stands for it, when all of that word is there."""
LONGEST = 35
MOST_NEEDS = 3

BEGINNINGS = {
    "how long": ("time", "number"), "how many": ("number",), "how much": ("number",),
    "how often": ("number", "time"), "how far": ("number",), "when ": ("time",),
    "who ": ("person",), "whom ": ("person",), "why ": ("reason",),
    "what led": ("reason",), "what made": ("reason",), "what brought": ("reason",),
    "what was it like": ("feeling",), "what happened": ("example",),
}  # fmt: skip
INSIDE = {
    "occasion": "example", "one time": "example", "look like": "example", "walk me": "example",
    "take me through": "example", "come about": "reason", "came about": "reason",
    "come to be": "reason", "feel": "feeling", "felt": "feeling", "different": "contrast",
    "compare": "contrast", "before that": "contrast", "at what point": "time", "reason": "reason",
    "in practice": "example", "go about": "example", "example": "example",
}  # fmt: skip
VERBS_FIRST = (
    "is ", "are ", "was ", "were ", "do ", "does ", "did ", "have ", "has ", "had ", "can ",
    "could ", "would ", "will ", "should ", "isn't ", "don't ", "wasn't ", "didn't ", "wouldn't ",
)  # fmt: skip
ASKS_TO_TELL = (
    "tell", "describe", "walk me", "take me", "share", "explain", "say ", "give me", "go on",
    "go through", "put ",
)  # fmt: skip
LEANS = (
    "isn't ", "don't you", "wouldn't you", "wasn't ", "didn't you", "weren't ",
    "do you agree", "would you agree", "so you f", "so you th", "so you want",
)  # fmt: skip
TAGS = ("right?", "isn't it?", "wasn't it?", "don't you?", "didn't they?", "correct?", ", no?")
FRAMES = (
    "could you tell me more about", "can you tell me more about", "what did", "look like in practice",
    "could you take me through one occasion when", "came up", "how did", "come about",
    "what happened next with", "earlier you said", "you mentioned", "tell me about", "please",
    "tell me more about", "could you", "would you", "say more about", "what was", "what led to",
)  # fmt: skip
MORE = ("more about that", "more about this", "tell me more", "say more", "go on", "a little more",
        "a bit more", "carry on", "anything else")  # fmt: skip
ENDS = ("not talked about", "not asked", "like to add", "anything to add", "anything you", "left out",
        "have not spoken", "else you want to")  # fmt: skip
STOPS = ("stop", "pause", "skip", "end here", "shorter", "take a break")
CHECKS = ("correct or add", "did i get", "understood you")


class GramEar:
    """One listener, who compares how things are spelled."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        study = sheet.study
        self._topics = [grams(text) for text in study.topics]
        self._needs = [
            [grams(way) for way in (need.ask, *need.heard, need.label)] for need in study.needs
        ]
        self._cues = [[c.lower() for c in need.cues] for need in study.needs]
        self._facts = [grams(f.text) for f in sheet.facts]
        self._names = [[grams(name) for name in f.anchors] for f in sheet.facts]
        self._leads = [grams(lead) for lead in study.leads]

    def hear(self, text: str, told: frozenset[int]) -> Heard:
        asked = [part for part in _parts(text) if _asks(part)]
        if not asked:
            return Heard(heard.NOTHING)
        last = asked[-1]
        if len(last.split()) > LONGEST or self._cued(last) > MOST_NEEDS:
            return Heard(heard.DUMP, text=last)
        halves = asked if len(asked) > 1 else _halves(last)
        if len(halves) > 1:
            first, second = self._aim(halves[0], told), self._aim(halves[-1], told)
            return Heard(
                heard.DOUBLE, second.topic, second.need, types=second.types, locked=first.need,
                text=last,
            )  # fmt: skip
        return self._formal(last) or self._meant(last, told)

    def _formal(self, last: str) -> Heard | None:
        """What shows by its form, whatever it is about."""
        if any(mark in last for mark in CHECKS):
            return Heard(heard.RECAP, text=last)
        if any(mark in last for mark in ENDS):
            return Heard(heard.CLOSING, text=last)
        if any(mark in last for mark in STOPS) and max(self._alike_to_asked(last)) < 0.5:
            return Heard(heard.OFFER)
        if last.startswith(LEANS) or last.endswith(TAGS):
            return Heard(heard.LEADING, lead=self._claim(last), text=last)
        offers = " or " in last and last.startswith(VERBS_FIRST)
        if offers or "such as" in last or ", maybe " in last:
            return Heard(heard.OPTION, lead=self._claim(last), text=last)
        return None

    def _meant(self, last: str, told: frozenset[int]) -> Heard:
        aim = self._aim(last, told)
        if aim.kind == heard.NOTHING:
            if any(mark in last for mark in MORE):
                return Heard(heard.CONTINUER)
            return Heard(heard.ANCHORED if aim.types else heard.NEED, types=aim.types)
        telling = any(verb in last[:40] for verb in ASKS_TO_TELL)
        if last.startswith(VERBS_FIRST) and not telling:
            return Heard(heard.CLOSED, aim.topic, aim.need, text=last)
        return aim

    def _aim(self, part: str, told: frozenset[int]) -> Heard:
        whole, types = grams(part), _types(part)
        broad = [alike(whole, topic) for topic in self._topics]
        fits = self._fits(part)
        topic, need = _highest(broad), _highest(fits)
        if broad[topic] >= 0.7 and broad[topic] >= fits[need]:
            return Heard(heard.OPEN, topic, types=types, text=part)
        anchor, held = self._known_again(part, told)
        if held >= ALIKE and held > fits[need]:
            place = self._sheet.facts[anchor].need
            return Heard(heard.ANCHORED, self._of(place), anchor=anchor, types=types, text=part)
        if fits[need] >= 0.42:
            return Heard(heard.NEED, self._of(need), need, types=types, text=part)
        return Heard(heard.NOTHING, types=types, text=part)

    def _known_again(self, part: str, told: frozenset[int]) -> tuple[int, float]:
        """What they have said that a question takes up, and how surely: by what is left of it without
        its frame, by all of what was said standing in it, by a name of it, or by what is quoted.
        """
        whole, core = grams(part), grams(_without_frames(part))
        quote = grams(_quoted(part))
        best, most = -1, 0.0
        for number in sorted(told):
            fact, names = self._facts[number], self._names[number]
            share = max((inside(core, way) for way in (fact, *names)) if core else (0.0,))
            named = any(name and name <= whole for name in names)
            share = max(share, inside(fact, whole), NAMED * named)
            if quote and inside(quote, fact) >= ALIKE:
                share = 1 + inside(quote, fact)
            if share > most:
                best, most = number, share
        return best, most

    def _fits(self, part: str) -> list[float]:
        whole = grams(part)
        return [max(alike(whole, way) for way in ways) for ways in self._needs]

    def _alike_to_asked(self, part: str) -> list[float]:
        return [alike(grams(part), topic) for topic in self._topics] + self._fits(part)

    def _of(self, need: int) -> int:
        return self._sheet.study.needs[need].topic

    def _cued(self, part: str) -> int:
        """How many needs are named by a cue that is theirs alone."""
        padded = f" {part} "
        hits = [sum(f" {cue}" in padded for cue in cues) for cues in self._cues]
        return sum(count > 0 for count in hits)

    def _claim(self, part: str) -> int:
        shares = [inside(lead, grams(part)) for lead in self._leads]
        best = _highest(shares) if shares else -1
        return best if best >= 0 and shares[best] >= 0.5 else -1


def grams(text: str) -> frozenset[str]:
    spread = " " + "".join(c if c.isalnum() else " " for c in text.lower()) + " "
    spread = " ".join(spread.split())
    return frozenset(spread[n : n + SIZE] for n in range(max(0, len(spread) - SIZE + 1)))


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice's measure: 1 for the same, 0 for nothing in common."""
    return 2 * len(one & other) / max(1, len(one) + len(other))


def inside(part: frozenset[str], whole: frozenset[str]) -> float:
    """Share of a part that is found in the whole."""
    return len(part & whole) / max(1, len(part))


def _parts(text: str) -> list[str]:
    for mark in ".!?":
        text = text.replace(mark, mark + "\n")
    return [line.strip().lower() for line in text.splitlines() if line.strip()]


def _asks(part: str) -> bool:
    bare = part.removeprefix("please ")
    return part.endswith("?") or bare.startswith(ASKS_TO_TELL)


def _halves(part: str) -> Sequence[str]:
    """Two questions in one sentence, if it holds two."""
    for joint in (" and ", ", ", " but ", " or "):
        for beginning in (
            "what ",
            "how ",
            "why ",
            "when ",
            "who ",
            "where ",
            "did ",
            "do ",
            "is ",
        ):
            before, found, after = part.partition(joint + beginning)
            if found and any(
                w in before.split() for w in ("what", "how", "who", "when", "did")
            ):
                return before, beginning + after
    return (part,)


def _types(part: str) -> frozenset[str]:
    bare = part.removeprefix("and ").removeprefix("so ")
    begun = [t for start, types in BEGINNINGS.items() if bare.startswith(start) for t in types]
    return frozenset(begun) | {name for mark, name in INSIDE.items() if mark in part}


def _without_frames(part: str) -> str:
    for frame in FRAMES:
        part = part.replace(frame, " ")
    return part


def _quoted(part: str) -> str:
    return part.split('"')[1] if part.count('"') > 1 else ""


def _highest(values: Sequence[float]) -> int:
    return max(range(len(values)), key=values.__getitem__)
