"""Follow-up kinds: a question on an answer, and its reason."""

from dataclasses import dataclass

from interviewrelay.interviewer.guide import Guide, Question
from interviewrelay.interviewer.state.state import State
from interviewrelay.interviewer.understanding import avoided_topics

GOAL, PROBE, PLAIN = "need", "author", "plain"
"""Kinds of follow-up beside `TAKEN_UP`: a learning goal, an author's probe, a plain question of our
own.
"""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Follow-up question: its `text`; the `line` that takes up what was said, if any; its `target`;
    the `need` key of a learning goal, if it asks for one; and `evidence`, the participant's words
    behind it. `known` if part of it was told before.
    """

    kind: str
    question: Question
    text: str
    target: str
    reason: str
    line: str = ""
    need: str = ""
    evidence: str = ""
    signs: tuple[str, ...] = ()
    weight: float = 0.0
    known: bool = False

    @property
    def source(self) -> str:
        """Source of the wording; a learning goal without a wording has only its name from the
        author.
        """
        theirs = (*self.question.probes, *(need.ask.strip() for need in self.question.needs))
        return "author" if self.kind in (GOAL, PROBE) and self.text in theirs else "template"


def is_avoided(guide: Guide, state: State, question: Question, text: str) -> bool:
    """True if a text is about something that participant or author avoid."""
    said = [*state.avoided, *question.avoid]
    return any(avoided_topics.is_about(text, named, guide.language) for named in said)
