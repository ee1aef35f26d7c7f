"""What was corrected later is no finding: texts without the sentences that hold no longer."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from interviewrelay.interviewer.understanding import response


def of_turns(turns: Iterable[Any]) -> dict[int, list[str]]:
    """The sentences of one session that were corrected, by the number of their turn."""
    found: dict[int, list[str]] = defaultdict(list)
    for turn in turns:
        sense = response.sense_of(turn.reading)
        for number, said in sense.overtaken.items() if sense else ():
            found[number] += said
    return found


def without(text: str, gone: Sequence[str]) -> str:
    """`text` with line breaks where those sentences stood, so that all others keep their places."""
    for sentence in gone:
        text = text.replace(sentence, "\n" * len(sentence))
    return text


def standing(turns: Iterable[Any], gone: Mapping[int, Sequence[str]]) -> dict[str, str]:
    """What still holds of the turns that were corrected, by their ids."""
    corrected = (turn for turn in turns if turn.number in gone)
    return {turn.id: without(turn.text, gone[turn.number]) for turn in corrected}
