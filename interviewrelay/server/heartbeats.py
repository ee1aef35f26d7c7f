"""Heartbeats of child processes in shared memory, and the watchdog that reads them.

Each child has two. A thread beats as long as Python runs at all, so a call that never releases the
interpreter stops it; the event loop beats as long as it runs. The watchdog counts ticks of its own
clock without a beat, so a suspended machine raises no false alarm.
"""

import mmap
from typing import Final

BEAT: Final = 0.5
"""Seconds between two beats."""
SILENT_TICKS: Final = 20
"""Ticks of half a second each without a beat until a process counts as hung."""
SILENCE: Final = (SILENT_TICKS - 2) * BEAT
"""Minimum age in seconds of the cause when a hung process is killed."""

_THREAD: Final = 0
_LOOP: Final = 1
_EACH: Final = 2


class Heartbeats:
    """Counters of beats in memory that forked processes share; one slot for each child."""

    def __init__(self, slots: int) -> None:
        self._memory = mmap.mmap(-1, slots * _EACH * 8)
        self._beats = memoryview(self._memory).cast("Q")

    def clear(self, slot: int) -> None:
        """Reset a slot: no beats yet."""
        for kind in range(_EACH):
            self._beats[slot * _EACH + kind] = 0

    def pulse(self, slot: int) -> "Pulse":
        return Pulse(self._beats, slot)

    def read(self, slot: int) -> tuple[int, ...]:
        """Beats of a slot; 0 for a heartbeat that has not started and is not watched."""
        return tuple(self._beats[slot * _EACH : (slot + 1) * _EACH])


class Pulse:
    """Writing side of the heartbeats, in the watched process."""

    def __init__(self, beats: memoryview, slot: int) -> None:
        self._beats, self._at = beats, slot * _EACH

    def beat_thread(self) -> None:
        self._beats[self._at + _THREAD] += 1

    def beat_loop(self) -> None:
        self._beats[self._at + _LOOP] += 1

    def end_loop(self) -> None:
        """The event loop ends, so no more of its beats are expected."""
        self._beats[self._at + _LOOP] = 0


class Watchdog:
    """Silence of one child, in ticks since each of its heartbeats was last seen to move."""

    def __init__(self, heartbeats: Heartbeats, slot: int) -> None:
        self._heartbeats, self._slot = heartbeats, slot
        self._seen: tuple[int, ...] = ()
        self._silent = [0] * _EACH

    def tick(self) -> bool:
        """True if the child has been silent for too long."""
        seen = self._heartbeats.read(self._slot)
        before, self._seen = self._seen or (0,) * _EACH, seen
        for kind in range(_EACH):
            moved = seen[kind] != before[kind] or not seen[kind]
            self._silent[kind] = 0 if moved else self._silent[kind] + 1
        return max(self._silent) >= SILENT_TICKS

    def forgive(self) -> None:
        """Reset the count, because the watchdog itself was not running."""
        self._silent = [0] * _EACH
