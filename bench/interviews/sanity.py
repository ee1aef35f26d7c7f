"""Whether the simulators can be gamed: a question that holds every word must bring nothing."""

from collections.abc import Sequence

from bench.interviews.participant import EARS, Participant
from bench.interviews.sheets import Sheet


def check(people: Sequence[Sheet]) -> None:
    for simulator in EARS:
        told = sum(len(Participant(p, simulator).answer(dump(p)).outcome.facts) for p in people)
        print(f"all cues in one sentence, {simulator}: {told} facts from {len(people)} people")


def dump(sheet: Sheet) -> str:
    """One sentence with every cue of the study."""
    cues = [cue for need in sheet.study.needs for cue in need.cues]
    return f"What can you tell me about {', '.join(cues)}?"
