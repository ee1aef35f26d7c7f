"""Superseded answers: texts without the sentences that a participant corrected later."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from interviewrelay.interviewer.understanding import response


def find_superseded(turns: Iterable[Any]) -> dict[int, list[str]]:
    """Corrected sentences of one session, by turn number."""
    found: dict[int, list[str]] = defaultdict(list)
    for turn in turns:
        sense = response.parse_interpretation(turn.reading)
        for number, said in sense.overtaken.items() if sense else ():
            found[number] += said
    return found


def remove_sentences(text: str, gone: Sequence[str]) -> str:
    """`text` with line breaks in place of those sentences, so that positions stay the same."""
    for sentence in gone:
        text = text.replace(sentence, "\n" * len(sentence))
    return text


def build_current_texts(
    turns: Iterable[Any], gone: Mapping[int, Sequence[str]]
) -> dict[str, str]:
    """Valid rest of the corrected turns, by id."""
    corrected = (turn for turn in turns if turn.number in gone)
    return {turn.id: remove_sentences(turn.text, gone[turn.number]) for turn in corrected}
