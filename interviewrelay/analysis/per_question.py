"""Per-question statistics: drop-off and sentiment."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import get_args

from interviewrelay.analysis.sentiment import SentimentScore
from interviewrelay.core.conversation import Sentiment, Speaker


@dataclass(frozen=True, slots=True)
class CountedTurn:
    """Turn for counting. `told` is true for a participant's turn with an answer; `stops` if it asks
    for the end.
    """

    speaker: Speaker
    question_id: str | None
    told: SentimentScore | None = None
    stops: bool = False


@dataclass(slots=True)
class SentimentCounts:
    """Sentiment of answers, aggregated; those that are unsure are counted only."""

    total: float = 0.0
    labels: Counter[Sentiment] = field(default_factory=Counter)

    def add(self, mood: SentimentScore) -> None:
        self.total += mood.score
        self.labels[mood.label] += 1

    @property
    def answers(self) -> int:
        return self.labels.total()

    @property
    def score(self) -> float | None:
        """Mean score of the answers that are not unsure; None without any."""
        sure = self.answers - self.labels["unsure"]
        return round(self.total / sure, 4) + 0.0 if sure else None

    def count(self) -> dict[Sentiment, int]:
        return {label: self.labels[label] for label in get_args(Sentiment)}


def merge_sentiments(moods: Iterable[SentimentScore]) -> SentimentCounts:
    made = SentimentCounts()
    for mood in moods:
        made.add(mood)
    return made


@dataclass(slots=True)
class QuestionCounts:
    """Interviews by the outcome of a question.

    `reached`: it was asked. Of these, `answered`: an answer was given; `skipped`: the participant
    reacted without an answer, for example with a skip or a refusal; `stopped_here`: it was the last
    question of an abandoned interview; `ended_here`: the participant ended the interview at it.
    `not_asked`: the interview was completed without it, because its answer was known, its condition
    did not hold, time was short, or the interview ended earlier.
    """

    reached: int = 0
    answered: int = 0
    skipped: int = 0
    stopped_here: int = 0
    ended_here: int = 0
    not_asked: int = 0
    moods: SentimentCounts = field(default_factory=SentimentCounts)


class QuestionTally:
    """Statistics of all questions in the script's order; interviews are added one by one."""

    def __init__(self, question_ids: Iterable[str]) -> None:
        self.questions = {question_id: QuestionCounts() for question_id in question_ids}
        self.moods = SentimentCounts()

    def add(self, status: str, lines: Sequence[CountedTurn]) -> None:
        reached, spoken, told = set(), set(), set()
        for line in lines:
            if line.speaker == "ai":
                reached.add(line.question_id)
                continue
            spoken.add(line.question_id)
            if line.told is not None:
                told.add(line.question_id)
                self.moods.add(line.told)
                if line.question_id in self.questions:
                    self.questions[line.question_id].moods.add(line.told)
        stopped = _last_asked(lines)
        ended = status == "completed" and _ended_by_hand(lines)
        for question_id, count in self.questions.items():
            here = question_id == stopped
            count.reached += question_id in reached
            count.answered += question_id in told
            count.skipped += question_id in spoken - told
            count.stopped_here += here and status == "abandoned"
            count.ended_here += here and ended
            count.not_asked += status == "completed" and question_id not in reached


def _last_asked(lines: Sequence[CountedTurn]) -> str | None:
    return next((line.question_id for line in reversed(lines) if line.speaker == "ai"), None)


def _ended_by_hand(lines: Sequence[CountedTurn]) -> bool:
    """True if the participant ended a completed interview: by leaving a question open, or by asking
    for the end, perhaps with a confirmation.
    """
    return bool(lines) and (lines[-1].speaker == "ai" or any(line.stops for line in lines[-3:]))
