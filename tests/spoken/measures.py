"""Measures of transcripts and of sound."""

import math
import re
from collections.abc import Sequence
from itertools import pairwise

from interviewrelay.adapters.speech.spoken_text import write_out
from interviewrelay.core.ports.audio import Sound


def words(text: str) -> list[str]:
    """Words without case and punctuation; numbers are written out."""
    told = write_out(text.replace("-", " ")).lower()
    return re.findall(r"[a-z0-9]+(?:'[a-z]+)*", told)


def count_errors(said: str, heard: str) -> tuple[int, int]:
    """Least number of inserted, deleted and replaced words, and the number of words said."""
    reference, found = words(said), words(heard)
    row = list(range(len(found) + 1))
    for i, word in enumerate(reference, 1):
        last, row = row, [i]
        for j, other in enumerate(found, 1):
            row.append(min(last[j] + 1, row[-1] + 1, last[j - 1] + (word != other)))
    return row[-1], len(reference)


def rate_errors(pairs: Sequence[tuple[str, str]]) -> float:
    """Word error rate of texts that were said and heard, together."""
    counts = [count_errors(said, heard) for said, heard in pairs]
    return sum(errors for errors, _ in counts) / sum(total for _, total in counts)


def cut(sound: Sound, start: float, end: float) -> Sound:
    first, last = (2 * max(0, round(at * sound.rate)) for at in (start, end))
    return Sound(sound.samples[first:last], sound.rate)


def read_samples(sound: Sound) -> list[int]:
    return memoryview(sound.samples).cast("h").tolist()


def list_levels(sound: Sound, stretch: float = 0.02) -> list[float]:
    """Level in dBFS (RMS) of each stretch of so many seconds."""
    samples, length = read_samples(sound), int(stretch * sound.rate)
    return [
        10 * math.log10(max(1e-10, sum(s * s for s in some) / len(some) / 32768**2))
        for some in (samples[at : at + length] for at in range(0, len(samples), length))
    ]


def find_jumps(sound: Sound, times: Sequence[float], around: float = 0.03) -> list[int]:
    """Greatest difference of two neighbouring samples near each of the times."""
    found = []
    for at in times:
        near = read_samples(cut(sound, at - around, at + around))
        found.append(max((abs(b - a) for a, b in pairwise(near)), default=0))
    return found


def measure_loud(sound: Sound) -> float:
    """Level in dBFS (RMS) of the louder half of what is not silence."""
    powers = sorted(10 ** (level / 10) for level in list_levels(sound, 0.05) if level > -45)
    louder = powers[len(powers) // 2 :]
    return 10 * math.log10(sum(louder) / len(louder))
