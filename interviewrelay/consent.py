"""What a participant is asked to agree to."""

import hashlib
from dataclasses import dataclass

from interviewrelay.interviewer.guide import Guide


@dataclass(frozen=True, slots=True)
class ConsentText:
    """`version` names this very text, so that a record of it says which words were agreed to."""

    version: str
    text: str
    language: str


def words(guide: Guide, organization: str, minutes: int) -> ConsentText:
    """The author's text, or ours when there is none."""
    text = guide.consent_text or _standard(guide, organization, minutes)
    version = hashlib.sha256(text.encode()).hexdigest()[:12]
    return ConsentText(version, text, guide.language)


def _standard(guide: Guide, organization: str, minutes: int) -> str:
    purpose = f" It is about this: {guide.purpose}" if guide.purpose else ""
    contact = f" Questions: {guide.contact}." if guide.contact else ""
    return (
        f"{organization} asks you to take part in an interview.{purpose}\n\n"
        f"An automated interviewer, not a person, will ask you questions in writing. It takes about "
        f"{minutes} minutes. Your answers are stored as you give them, and the people of "
        f"{organization} who run this study will read them. The mood of each answer is estimated "
        f"from its words alone.\n\n"
        f"Taking part is voluntary. You can skip any question, pause and come back by the same link, "
        f"stop at any time, or have everything that you said deleted.{contact}"
    )
