"""A bell that wakes whoever waits for something to do; nothing is lost when it is not heard."""

import threading


class Bell:
    """Rung after a commit. Who waits looks again by themself before long, whether it rang or not."""

    def __init__(self) -> None:
        self._rung = threading.Event()

    def ring(self) -> None:
        """Never fails, and nobody waits for it."""
        self._rung.set()

    def wait(self, seconds: float) -> bool:
        """Until it rings, at most so long; whether it rang. For one who waits."""
        rang = self._rung.wait(seconds)
        self._rung.clear()
        return rang

    def listen(self) -> None:
        """Hear those that other processes ring, from now on."""
