"""Simulated participant: hears a question, follows the rules of the sheet, and answers."""

from dataclasses import dataclass, replace

from bench.interviews import heard, mind, personas, reading_back, surface
from bench.interviews.ear_cues import CueEar
from bench.interviews.heard import Heard
from bench.interviews.mind import Mind, Mood, Outcome
from bench.interviews.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Exchange:
    """Question and its outcome. `event` is what replaced an answer, `about` its kind; `before`
    are the facts told until then, `at` the second of the answer.
    """

    question: str
    answer: str
    asked: Heard
    outcome: Outcome
    event: str
    about: str
    before: frozenset[int]
    at: float
    server: float = 0.0


class Rules:
    """Rules of the sheet, with the events of the persona."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.mind = Mind(sheet)
        self._early = personas.KINDS[sheet.kind].style == "early"

    def step(self, mood: Mood, asked: Heard) -> tuple[Mood, Outcome, str]:
        event = personas.event(self.sheet, mood, asked)
        if event:
            topics = mood.topics | (1 << asked.topic if asked.topic >= 0 else 0)
            key = {asked.text} if event == personas.REFUSE and asked.text else set()
            vexed = 1.5 if asked.text and asked.text in mood.asked else 0.0
            return (
                replace(
                    mood,
                    turn=mood.turn + 1,
                    topics=topics,
                    events=mood.events + 1,
                    asked=mood.asked | key,
                    annoyance=mood.annoyance + vexed,
                ),
                Outcome(mind.ACCEPTED),
                event,
            )
        after, outcome = self.mind.answer(mood, asked)
        if self._early and asked.kind == heard.OPEN and outcome.facts:
            after, outcome = self._more(after, outcome, asked.topic + 1)
        return after, outcome, ""

    def _more(self, mood: Mood, outcome: Outcome, topic: int) -> tuple[Mood, Outcome]:
        """Fact of the next topic, told before it was asked for."""
        if topic >= len(self.mind.of_topic):
            return mood, outcome
        ahead = self.mind.volunteered(mood, topic)
        bits = sum(1 << n for n in ahead)
        told = replace(mood, told=mood.told | bits)
        return told, Outcome(outcome.kind, (*outcome.facts, *ahead))


class Participant:
    """Person in one interview; `gone` once their patience is over."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.rules = Rules(sheet)
        self.ear = CueEar(sheet)
        self.mood = Mood()
        self.clock = 0.0
        self.exchanges: list[Exchange] = []
        self._voice = surface.Voice(sheet)

    @property
    def told(self) -> frozenset[int]:
        return frozenset(n for n in range(len(self.sheet.facts)) if self.mood.told >> n & 1)

    @property
    def gone(self) -> bool:
        return self.mood.annoyance >= self.sheet.patience

    def answer(self, question: str) -> Exchange:
        before = self.told
        asked = self.ear.hear(question, before)
        self.mood, outcome, event = self.rules.step(self.mood, asked)
        wrong = self._misread(asked, question) if not event else None
        if wrong is not None:
            outcome, about, text = Outcome(mind.CORRECTED), "", self._voice.correction(wrong)
        else:
            about, text = self._words(asked, outcome, event)
        self.clock += surface.hearing(len(question.split()))
        self.clock += surface.seconds(self.sheet, surface.syllables(text))
        said = Exchange(
            question, text, asked, outcome, event, about, before, round(self.clock, 1)
        )
        self.exchanges.append(said)
        return said

    def wait(self, seconds: float) -> None:
        self.clock += seconds

    def _misread(self, asked: Heard, question: str) -> int | None:
        recap = asked.kind == heard.RECAP
        return reading_back.misread(self.sheet, self.told, question) if recap else None

    def _words(self, asked: Heard, outcome: Outcome, event: str) -> tuple[str, str]:
        if not event:
            return "", self._voice.answer(asked, outcome)
        if event == personas.ATTACK:
            return self._voice.attack()
        if event == personas.META:
            return self._voice.meta(self.mood.turn)
        return "", self._voice.event(event)
