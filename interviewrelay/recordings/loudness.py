"""Loudness: voices made equally loud, silence around them, and the peaks of a wave picture."""

import math
from array import array
from collections.abc import Iterable
from operator import mul
from typing import Final

from interviewrelay.core.ports.audio import WIDTH, Sound

FULL_SCALE: Final = 32_768
MOST_GAIN: Final = 12.0
"""Most decibels by which a sound is changed."""
SILENCE: Final = -50.0
"""Level in dBFS below which nobody speaks."""
GATE: Final = 10.0
"""Decibels below the mean of speech at which a stretch is no longer loud."""
KNEE: Final = 0.8
"""Part of the full scale above which amplified samples are compressed instead of clipped."""
FAINTEST: Final = 30.0
"""Decibels below the mean of speech at which a stretch is silence."""
EDGE: Final = 0.2
"""Seconds that are kept around speech: faint consonants are in them."""
STRETCH: Final = 0.05  # seconds that are judged together
PIECE: Final = 1 << 20  # samples that are changed at once
LOOKED_AT: Final = 2_000  # samples of each bar of a wave picture


def even_loudness(sound: Sound, target_dbfs: float = -20.0) -> Sound:
    """The sound with its loud parts at `target_dbfs` (RMS), by at most 12 dB, without clipping;
    a sound in which nobody speaks is returned as it is.
    """
    level = measure_loudness(sound)
    if level is None:
        return sound
    gain = max(-MOST_GAIN, min(MOST_GAIN, target_dbfs - level))
    if abs(gain) < 0.1:
        return sound
    # One look-up a sample; read as unsigned, so that negative samples are the second half.
    table = array("h", (_amplified(i, gain) for i in (*range(32_768), *range(-32_768, 0))))
    return Sound(_look_up(table, _whole(sound)), sound.rate)


def measure_loudness(sound: Sound) -> float | None:
    """Level of the loud parts in dBFS (RMS), None if nobody speaks."""
    levels = _list_levels(sound)
    speech = _mean_above(levels, _power(SILENCE))
    if speech is None:
        return None
    loud = _mean_above(levels, max(_power(SILENCE), speech * _power(-GATE)))
    return None if loud is None else 10 * math.log10(loud)


def trim_silence(sound: Sound) -> Sound:
    """The sound without the silence before and after speech, but for a fifth of a second; a sound in
    which nobody speaks is returned as it is.
    """
    levels = _list_levels(sound)
    speech = _mean_above(levels, _power(SILENCE))
    if speech is None:
        return sound
    least = max(_power(SILENCE), speech * _power(-FAINTEST))
    spoken = [at for at, level in enumerate(levels) if level >= least]
    length, edge = _stretch(sound), round(EDGE * sound.rate)
    start = max(0, spoken[0] * length - edge)
    end = (spoken[-1] + 1) * length + edge
    return Sound(sound.samples[start * WIDTH : end * WIDTH], sound.rate)


def measure_peaks(sounds: Iterable[Sound], count: int) -> list[int]:
    """Heights of `count` bars, 0 to 100, for a picture of the sounds one after the other."""
    whole = [memoryview(_whole(sound)).cast("h") for sound in sounds]
    total = sum(map(len, whole))
    peaks = [0] * count
    start = 0
    for samples in whole:
        at = 0
        while at < len(samples):
            bar = (start + at) * count // total
            end = min(len(samples), -(-(bar + 1) * total // count) - start)
            step = max(1, total // count // LOOKED_AT)
            some = samples[at:end:step].tolist()
            highest, lowest = max(some), min(some)
            peaks[bar] = max(peaks[bar], highest, -lowest)
            at = end
        start += len(samples)
    return [min(100, round(peak * 100 / (FULL_SCALE - 1))) for peak in peaks]


def _list_levels(sound: Sound) -> list[float]:
    """Power of each stretch, 1 at full scale."""
    samples, length = memoryview(_whole(sound)).cast("h"), _stretch(sound)
    # Every fourth sample tells the level of speech as well as all of them do.
    stretches = (
        samples[at : at + length : 4].tolist() for at in range(0, len(samples), length)
    )
    return [sum(map(mul, some, some)) / len(some) / FULL_SCALE**2 for some in stretches]


def _stretch(sound: Sound) -> int:
    """Samples of a stretch."""
    return max(1, int(sound.rate * STRETCH))


def _whole(sound: Sound) -> bytes:
    """Samples without half a one at the end."""
    odd = len(sound.samples) % WIDTH
    return sound.samples[:-odd] if odd else sound.samples


def _look_up(table: "array[int]", content: bytes) -> bytes:
    """Each sample replaced by its entry; two hours take a second with NumPy, which comes with the
    extra `voice`, and about twenty without.
    """
    samples = memoryview(content).cast("H")
    try:
        import numpy as np
    except ImportError:
        made = bytearray()
        for start in range(0, len(samples), PIECE):
            made += array("h", map(table.__getitem__, samples[start : start + PIECE])).tobytes()
        return bytes(made)
    changed: bytes = np.asarray(table, dtype=np.int16)[np.asarray(samples)].tobytes()
    return changed


def _amplified(sample: int, gain: float) -> int:
    """A sample `gain` dB louder, compressed where it would clip."""
    level = abs(sample) / FULL_SCALE * 10 ** (gain / 20)
    if gain > 0 and level > KNEE:
        level = KNEE + (1 - KNEE) * math.tanh((level - KNEE) / (1 - KNEE))
    return int(math.copysign(min(level * FULL_SCALE, FULL_SCALE - 1), sample))


def _mean_above(levels: list[float], least: float) -> float | None:
    loud = [level for level in levels if level >= least]
    return sum(loud) / len(loud) if loud else None


def _power(decibels: float) -> float:
    return float(10 ** (decibels / 10))
