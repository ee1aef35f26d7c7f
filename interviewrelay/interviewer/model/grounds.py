"""Grounds: the evidence that a model's text is checked against."""

from collections.abc import Sequence
from dataclasses import dataclass

from interviewrelay.core.lazy_attribute import lazy_attribute
from interviewrelay.interviewer.model.presuppositions import KnownWords
from interviewrelay.interviewer.text.tokenization import normalize


@dataclass(frozen=True)
class Grounds:
    """Grounds of a move: `answers` and `asked`, oldest first; `author`, the texts of the script;
    `lines`, what stood before the question in each turn; `avoided` subjects; and `facts` about the
    interview that may be told.
    """

    language: str
    answers: Sequence[str]
    author: Sequence[str]
    asked: Sequence[str] = ()
    lines: Sequence[str] = ()
    avoided: Sequence[str] = ()
    facts: Sequence[str] = ()

    @lazy_attribute
    def known(self) -> KnownWords:
        return KnownWords([*self.answers, *self.author, *self.facts], self.language)

    @lazy_attribute
    def plain_answers(self) -> list[str]:
        return [normalize(answer) for answer in self.answers]
