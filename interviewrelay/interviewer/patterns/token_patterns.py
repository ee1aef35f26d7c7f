"""Token patterns: forms of words in order, matched in linear time over the tokens of one sentence.

A pattern is a line of steps, separated by spaces:

    word        this word, or with `a|b` one of these
    word?       the word may be left out
    @name       a word of that list; `@name*` up to six of them
    ..          up to three words, whatever they are
    ^ and $     the sentence begins or ends here, apart from filler words ("sorry", "please")
    < and >     a clause begins or ends here, as a comma or a dash marks it, apart from fillers

Each step moves a bounded set of positions on, and a pattern is tried only where its first word
stands. So the work grows with the number of tokens and with nothing else.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

BEGINS, ENDS = ("^", "<"), ("$", ">")
GAP = 3
STAR = 6
TYPO_LENGTH = 6
"""Minimum letters of a word that is recognised with one letter missing, doubled or swapped."""


@dataclass(frozen=True, slots=True)
class Step:
    """Step: the `words` that match (None for any), and their minimum and maximum number."""

    words: frozenset[str] | None
    least: int = 1
    most: int = 1


@dataclass(frozen=True, slots=True)
class Sentence:
    """Sentence: its `tokens`; `breaks` are positions where a clause ends, `starts` those where one
    begins, before or after fillers. Before `lead` and from `tail` on there are only fillers.
    """

    tokens: Sequence[str]
    breaks: frozenset[int]
    starts: frozenset[int]
    lead: int
    tail: int

    def begins(self, mark: str, at: int) -> bool:
        """True if the beginning that `mark` requires is at this position."""
        return at <= self.lead if mark == "^" else not mark or at in self.starts

    def ends(self, mark: str, at: int) -> bool:
        """True if the end that `mark` requires is at this position."""
        return at >= self.tail or (mark != "$" and (not mark or at in self.breaks))


@dataclass(frozen=True, slots=True)
class Pattern:
    """Compiled pattern of one `kind`; its first step is a required word."""

    kind: str
    steps: tuple[Step, ...]
    begin: str
    end: str
    needed: tuple[frozenset[str], ...]
    """Words of each required step."""

    def is_possible(self, present: frozenset[str]) -> bool:
        """True if a sentence with these words has all required ones."""
        return not any(words.isdisjoint(present) for words in self.needed)

    def is_in(self, sentence: Sentence) -> bool:
        """True if it matches anywhere in a sentence."""
        first = self.needed[0]
        tokens = sentence.tokens
        return any(
            token in first and self.fits(sentence, at) for at, token in enumerate(tokens)
        )

    def fits(self, sentence: Sentence, start: int) -> bool:
        """True if it matches from `start` on."""
        if not sentence.begins(self.begin, start):
            return False
        places = {start}
        for step in self.steps:
            places = {end for at in places for end in _ends(step, sentence.tokens, at)}
            if not places:
                return False
        return any(sentence.ends(self.end, at) for at in places)


def _ends(step: Step, tokens: Sequence[str], at: int) -> Iterator[int]:
    if step.least == 0:
        yield at
    for end in range(at + 1, min(at + step.most, len(tokens)) + 1):
        if step.words is not None and tokens[end - 1] not in step.words:
            return
        yield end


def compile_pattern(kind: str, line: str, lists: Mapping[str, frozenset[str]]) -> Pattern:
    """Compile a line. Raises ValueError if it does not begin with a required word."""
    parts = line.split()
    begin = parts.pop(0) if parts[0] in BEGINS else ""
    end = parts.pop() if parts[-1] in ENDS else ""
    steps = tuple(_step(part, lists) for part in parts)
    if not steps or steps[0].words is None or not steps[0].least:
        raise ValueError(f"A pattern must start with a word: {line}")
    needed = tuple(step.words for step in steps if step.least and step.words)
    return Pattern(kind, steps, begin, end, needed)


def _step(part: str, lists: Mapping[str, frozenset[str]]) -> Step:
    if part == "..":
        return Step(None, 0, GAP)
    star, optional = part.endswith("*"), part.endswith("?")
    names = part.rstrip("*?").split("|")
    words = frozenset().union(*(lists[n[1:]] if n.startswith("@") else {n} for n in names))
    return Step(words, 0 if star or optional else 1, STAR if star else 1)


def list_typos(words: frozenset[str]) -> dict[str, str]:
    """Likely misspellings of longer words, with the correct word."""
    found: dict[str, str] = {}
    for word in sorted(words):
        if len(word) < TYPO_LENGTH:
            continue
        for at in range(1, len(word)):
            before, letter, after = word[:at], word[at], word[at + 1 :]
            swapped = before + after[:1] + letter + after[1:]
            for wrong in (before + after, before + letter + letter + after, swapped):
                found.setdefault(wrong, word)
    return {wrong: word for wrong, word in found.items() if wrong not in words}
