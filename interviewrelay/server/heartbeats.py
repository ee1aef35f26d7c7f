"""Heartbeats of child processes in shared memory, and the watchdog that reads them.

A child has two: a thread beats as long as Python runs at all (a call that never lets go of the
interpreter stops it), and the event loop beats while there is one. The watchdog counts the ticks of
its own clock without a beat, so that a machine that was suspended accuses nobody.
"""

import mmap
from typing import Final

BEAT: Final = 0.5
"""Seconds between two beats."""
SILENT_TICKS: Final = 20
"""Ticks of half a second each without a beat until a process counts as hung."""
SILENCE: Final = (SILENT_TICKS - 2) * BEAT
"""Seconds that what hangs a process has been there at least when it is killed."""

_THREAD: Final = 0
_LOOP: Final = 1
_EACH: Final = 2


class Heartbeats:
    """Counters of beats in memory that forked processes share; one slot for each child."""

    def __init__(self, slots: int) -> None:
        self._memory = mmap.mmap(-1, slots * _EACH * 8)
        self._beats = memoryview(self._memory).cast("Q")

    def clear(self, slot: int) -> None:
        """Nothing has beaten yet in this slot."""
        for kind in range(_EACH):
            self._beats[slot * _EACH + kind] = 0

    def pulse(self, slot: int) -> "Pulse":
        return Pulse(self._beats, slot)

    def read(self, slot: int) -> tuple[int, ...]:
        """The beats of a slot; 0 where nothing beats, so that nothing is waited for."""
        return tuple(self._beats[slot * _EACH : (slot + 1) * _EACH])


class Pulse:
    """The side of a heartbeat that the watched process holds."""

    def __init__(self, beats: memoryview, slot: int) -> None:
        self._beats, self._at = beats, slot * _EACH

    def beat_thread(self) -> None:
        self._beats[self._at + _THREAD] += 1

    def beat_loop(self) -> None:
        self._beats[self._at + _LOOP] += 1

    def end_loop(self) -> None:
        """The event loop ends: no more beats of it are expected."""
        self._beats[self._at + _LOOP] = 0


class Watchdog:
    """Silence of one child, in ticks since each of its heartbeats was last seen to move."""

    def __init__(self, heartbeats: Heartbeats, slot: int) -> None:
        self._heartbeats, self._slot = heartbeats, slot
        self._seen: tuple[int, ...] = ()
        self._silent = [0] * _EACH

    def tick(self) -> bool:
        """Whether the child has been silent for too long."""
        seen = self._heartbeats.read(self._slot)
        before, self._seen = self._seen or (0,) * _EACH, seen
        for kind in range(_EACH):
            moved = seen[kind] != before[kind] or not seen[kind]
            self._silent[kind] = 0 if moved else self._silent[kind] + 1
        return max(self._silent) >= SILENT_TICKS

    def forgive(self) -> None:
        """The watchdog did not run itself: count anew."""
        self._silent = [0] * _EACH
