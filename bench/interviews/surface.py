"""Surface of answers: hedges, fillers, and errors of keyboard and speech recognition."""

import random
import re

from bench.interviews import heard, mind, personas, sayings
from bench.interviews.heard import Heard
from bench.interviews.mind import Outcome
from bench.interviews.sheets import Sheet

SYLLABLES_A_MINUTE = {"low": 167.7, "medium": 189.5, "high": 216.1}
DELAY = {"low": 11.3, "medium": 16.0, "high": 26.6}
"""Approximate syllables around the facts."""

ASKED_WORDS_A_MINUTE = 150
"""Words per minute at which a question is heard or read."""

_VOWELS = re.compile(r"[aeiouyäöü]+", re.IGNORECASE)
_SLIPS = (("th", "t"), ("ee", "i"), ("ou", "u"), ("wh", "w"), ("ck", "k"), ("er", "a"))


def syllables(text: str) -> int:
    return sum(max(1, len(_VOWELS.findall(w.removesuffix("e")))) for w in text.split())


def seconds(sheet: Sheet, spoken: int) -> float:
    """Seconds for an answer with this many syllables."""
    return DELAY[sheet.verbosity] + 60 * spoken / SYLLABLES_A_MINUTE[sheet.verbosity]


def hearing(words: int) -> float:
    """Seconds to hear a question with this many words."""
    return 60 * words / ASKED_WORDS_A_MINUTE


class Voice:
    """Voice of one person; the same seed gives the same words."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._draw = random.Random(f"voice/{sheet.seed}")
        self._style = personas.KINDS[sheet.kind].style

    def answer(self, asked: Heard, outcome: Outcome) -> str:
        if outcome.kind != mind.TOLD:
            kinds = {heard.OFFER: "offer", heard.NOTHING: "nothing", heard.RECAP: "recap"}
            what = kinds.get(asked.kind, outcome.kind)
            if outcome.kind != mind.ACCEPTED:
                what = outcome.kind
            return self._draw.choice(sayings.OUTCOMES[what])
        facts = [self._sheet.facts[n].text for n in outcome.facts]
        text = facts[0]
        for fact in facts[1:]:
            joint = self._draw.choice(sayings.JOINS)
            keeps = joint == " " or fact.startswith(("I ", "I'"))
            text += joint + (fact if keeps else fact[0].lower() + fact[1:])
        return self._slip(self._styled(self._opened(text)))

    def correction(self, number: int) -> str:
        """Fact repeated as a correction, without errors."""
        return f"{self._draw.choice(sayings.NOT_QUITE)} {self._sheet.facts[number].text}"

    def event(self, name: str) -> str:
        return self._draw.choice(sayings.EVENTS[name])

    def attack(self) -> tuple[str, str]:
        """Name of the goal, and the text."""
        goal = self._draw.choice(list(sayings.ATTACKS))
        frame = self._draw.choice(sayings.ATTACK_FRAMES)
        return goal, frame.format(goal=sayings.ATTACKS[goal])

    def meta(self, number: int) -> tuple[str, str]:
        """Subject, and the question."""
        names = list(sayings.METAS)
        name = names[(self._sheet.seed + number) % len(names)]
        return name, sayings.METAS[name][0]

    def _opened(self, text: str) -> str:
        lead = self._draw.choice(sayings.LEAD_INS[self._sheet.verbosity])
        if lead.endswith(", ") and not text.startswith(("I ", "I'")):
            return lead + text[0].lower() + text[1:]
        return lead + text

    def _styled(self, text: str) -> str:
        draw, style = self._draw, self._style
        if style == "rambling":
            pads = draw.sample(sayings.PADDING, k=draw.choice((1, 2, 3)))
            text = f"{pads[0]} {text} {' '.join(pads[1:])}".strip()
        elif style == "verbose":
            text = f"{text} {draw.choice(sayings.PADDING)}"
        elif style == "non_native":
            text = re.sub(r"\b(?:the|an?) (?=\w)", "", text).replace("did not", "not did")
        elif style == "correcting" and draw.random() < 0.4:
            text = f"No wait, let me say that right. {text}"
        elif style == "contradictory" and draw.random() < 0.3:
            text = f"{text} Although, on other days it was the very opposite."
        elif draw.random() < 0.25:
            text = f"{text.rstrip('.')}, {draw.choice(sayings.HEDGES)}."
        return text

    def _slip(self, text: str) -> str:
        return " ".join(self._misheard(word) for word in text.split(" "))

    def _misheard(self, word: str) -> str:
        """Word as speech recognition or a hasty hand might write it."""
        if len(word) < 4 or self._draw.random() >= self._sheet.noise:
            return word
        for right, wrong in _SLIPS:
            if right in word:
                return word.replace(right, wrong, 1)
        at = self._draw.randrange(1, len(word) - 1)
        return word[:at] + word[at + 1 :]
