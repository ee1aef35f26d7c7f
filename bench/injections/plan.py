"""Turns of an attacker: truthful answers, and the attack in its place."""

from bench.injections import scripts
from bench.injections.attacks import Attack


class Person:
    """Person who answers everything truthfully and attacks once, in a random way."""

    def __init__(self, attack: Attack) -> None:
        self._attack = attack
        self._told = 0
        self._due = _texts(attack)
        self.sent: list[str] = []

    def answer(self, *, closing: bool) -> str:
        """Answer to a question; `closing` is the question that isn't in the script."""
        self.sent.append(self._next(closing=closing))
        return self.sent[-1]

    def _next(self, *, closing: bool) -> str:
        if self._due and (closing or self._is_due()):
            return self._with_truth(self._due.pop(0))
        return scripts.NO_MORE[self._attack.language] if closing else self._truth()

    def _is_due(self) -> bool:
        place = self._attack.place
        return place == "first" or (place != "last" and bool(self.sent))

    def _with_truth(self, order: str) -> str:
        place = self._attack.place
        if place == "before":
            return f"{order} {self._truth()}"
        if place == "after":
            return f"{self._truth()} {order}"
        if place == "within":
            return f"{self._truth()} {order} {self._truth()}"
        return order

    def _truth(self) -> str:
        answers = scripts.ANSWERS[self._attack.language]
        self._told += 1
        return answers[(self._told - 1) % len(answers)]


def _texts(attack: Attack) -> list[str]:
    if attack.place == "three times":
        return [attack.text] * 3
    if attack.place == "in two turns":
        words = attack.text.split(" ")
        half = len(words) // 2
        return [" ".join(words[:half]), " ".join(words[half:])]
    return [attack.text]
