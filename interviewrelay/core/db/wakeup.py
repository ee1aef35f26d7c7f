"""Wake-up signal for waiting workers; a missed signal loses nothing."""

import threading


class Wakeup:
    """Wake-up signal after a commit. Waiters also poll, so they find work without it."""

    def __init__(self) -> None:
        self._rung = threading.Event()

    def notify(self) -> None:
        """Signal; never fails and never blocks."""
        self._rung.set()

    def wait(self, seconds: float) -> bool:
        """Wait for the signal, up to so many seconds; True if it came. For a single waiter."""
        rang = self._rung.wait(seconds)
        self._rung.clear()
        return rang

    def listen(self) -> None:
        """Start to receive the signals of other processes."""
