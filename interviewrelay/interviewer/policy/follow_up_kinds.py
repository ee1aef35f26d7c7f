"""Follow-up: a question to ask on an answer, and why it is asked."""

from dataclasses import dataclass

from interviewrelay.interviewer.guide import Guide, Question
from interviewrelay.interviewer.state.state import State
from interviewrelay.interviewer.understanding import avoided_topics

GOAL, PROBE, PLAIN = "need", "author", "plain"
"""Kinds of follow-up beside `TAKEN_UP`: a learning goal, a probe of the author's, one of our own."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question to ask now: its `text`, and the `line` that takes up what was said, if it
    does; what it is after (`target`), the key of the learning goal (`need`) if it asks for one,
    and `evidence`: the participant's words that it hangs on. `known` where part of it was told
    before.
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
        """Whose words it is in: of a goal without any, only its name is the author's."""
        theirs = (*self.question.probes, *(need.ask.strip() for need in self.question.needs))
        return "author" if self.kind in (GOAL, PROBE) and self.text in theirs else "template"


def is_avoided(guide: Guide, state: State, question: Question, text: str) -> bool:
    """Whether a text is about what the participant or the author leaves aside."""
    said = [*state.avoided, *question.avoid]
    return any(avoided_topics.is_about(text, named, guide.language) for named in said)
