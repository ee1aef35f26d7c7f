"""Loudness: quiet and loud voices become equal, silence stays silent, nothing clips."""

import math
import random
import sys
from array import array

import pytest

from interviewrelay.core.ports.audio import Sound
from interviewrelay.recordings.loudness import (
    LOOKED_AT,
    even_loudness,
    measure_loudness,
    measure_peaks,
    trim_silence,
)

RATE = 16_000


def a_voice(seconds: float, level: float, *, pauses: bool = True) -> Sound:
    """Something like speech: a tone of 150 Hz that swells, half of it pauses."""
    made = array("h")
    for i in range(int(seconds * RATE)):
        swell = 0.6 + 0.4 * math.sin(i * 2 * math.pi * 4 / RATE)
        spoken = not pauses or i // RATE % 2 == 0
        made.append(
            int(level * swell * math.sin(i * 2 * math.pi * 150 / RATE)) if spoken else 0
        )
    return Sound(made.tobytes(), RATE)


def peak(sound: Sound) -> int:
    return max(abs(s) for s in memoryview(sound.samples).cast("h"))


@pytest.mark.parametrize("level", [3000, 6000, 12_000, 30_000])
def test_voices_become_equally_loud(level):
    made = even_loudness(a_voice(4, level))
    assert measure_loudness(made) == pytest.approx(-20, abs=1)
    assert made.seconds == 4


def test_pauses_do_not_count():
    with_pauses = measure_loudness(a_voice(4, 8000))
    without = measure_loudness(a_voice(4, 8000, pauses=False))
    assert with_pauses == pytest.approx(without, abs=0.3)


def test_nobody_is_changed_by_more_than_12_db():
    quiet = a_voice(2, 1500, pauses=False)
    assert measure_loudness(even_loudness(quiet, 0)) == pytest.approx(
        measure_loudness(quiet) + 12, abs=0.3
    )
    loud = a_voice(2, 32_000, pauses=False)
    assert measure_loudness(even_loudness(loud, -40)) == pytest.approx(
        measure_loudness(loud) - 12, abs=0.3
    )


@pytest.mark.parametrize("level", [0, 1, 30])
def test_silence_and_hiss_stay_as_they_are(level):
    choice = random.Random(1)
    hiss = array("h", (choice.randint(-level, level) for _ in range(RATE))).tobytes()
    assert even_loudness(Sound(hiss)).samples == hiss


def test_a_bang_is_compressed_and_the_voice_still_amplified():
    samples = array("h", a_voice(4, 3000).samples)
    samples[100:110] = array("h", [32_767] * 5 + [-32_768] * 5)
    made = even_loudness(Sound(samples.tobytes()))
    assert measure_loudness(made) > measure_loudness(Sound(samples.tobytes())) + 3
    heard = memoryview(made.samples).cast("h")
    assert min(heard[100:105]) > 30_000
    assert max(heard[105:110]) < -30_000


@pytest.mark.parametrize("samples", [b"", b"\0", b"\0\0", b"\xff\x7f\xff"])
def test_the_shortest_sounds(samples):
    assert even_loudness(Sound(samples)).rate == RATE
    assert len(measure_peaks([Sound(samples)], 5)) == 5


def test_peaks_are_where_the_sound_is():
    silence = Sound(bytes(RATE * 2))
    loud = Sound(array("h", [32_767, -32_768] * (RATE // 2)).tobytes())
    half = Sound(array("h", [16_384, -16_384] * (RATE // 2)).tobytes())
    assert measure_peaks([silence, loud, half, silence], 8) == [0, 0, 100, 100, 50, 50, 0, 0]
    assert measure_peaks([silence, Sound(b""), loud], 3) == [0, 100, 100]
    assert measure_peaks([], 3) == [0, 0, 0]


def test_more_bars_than_samples_are_no_mistake():
    assert len(measure_peaks([Sound(array("h", [5, 9]).tobytes())], 10)) == 10


def test_it_is_the_same_without_numpy(monkeypatch):
    voice = a_voice(1, 3000)
    made = even_loudness(voice)
    monkeypatch.setitem(sys.modules, "numpy", None)
    assert even_loudness(voice) == made


def test_a_wave_picture_looks_at_a_bounded_number_of_samples():
    """Two hours have a hundred million."""
    samples = array("h", bytes(2 * 10 * 2 * LOOKED_AT))  # ten bars of twice as many
    samples[1::2] = array("h", [20_000]) * (len(samples) // 2)
    assert measure_peaks([Sound(samples.tobytes())], 10) == [0] * 10
    samples[::2] = samples[1::2]
    assert min(measure_peaks([Sound(samples.tobytes())], 10)) > 50


@pytest.mark.parametrize("level", [1000, 30_000])
def test_silence_around_speech_is_left_out_and_pauses_within_stay(level):
    spoken = a_voice(3, level)
    hiss = Sound(
        array("h", (random.Random(1).randint(-20, 20) for _ in range(4 * RATE))).tobytes(), RATE
    )
    made = trim_silence(Sound(hiss.samples + spoken.samples + hiss.samples, RATE))
    assert made.seconds == pytest.approx(3.4, abs=0.06)
    assert spoken.samples in made.samples


def test_a_faint_last_word_stays():
    loud, pause, faint = a_voice(1, 20_000), bytes(2 * RATE), a_voice(1, 1500)
    whole = Sound(loud.samples + pause + faint.samples, RATE)
    assert trim_silence(whole).samples == whole.samples


@pytest.mark.parametrize("sound", [Sound(bytes(2 * RATE), RATE), Sound(b"", RATE)])
def test_where_nobody_speaks_nothing_is_left_out(sound):
    assert trim_silence(sound) == sound
