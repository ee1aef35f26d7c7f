"""Trying an organization's model: one question of a made-up interview, under the rules of all."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final, cast

from interviewrelay.database import end_reading
from interviewrelay.domain import preview, wordings
from interviewrelay.domain.model_choices import UNREADABLE
from interviewrelay.domain.office import Office
from interviewrelay.domain.worded import Record, Wording, asked
from interviewrelay.domain.wordings import KeyUnreadable
from interviewrelay.errors import NotFound
from interviewrelay.interviewer.acceptance import Verdict
from interviewrelay.interviewer.model_task import Task, task_of
from interviewrelay.interviewer.wording import joined

QUESTION: Final = "Please tell me about your last visit to a doctor."
SAID: Final = "I went there on Monday because my knee had been swollen for a week."

BROKEN: Final = (
    "It replied, but its words break rule {}. The interviewer’s own would be said instead."
)
LEFT_OUT: Final = "What it would say before the question is left out: it breaks rule {}."
_RULES: Final = {
    "V1": "its reply is the JSON that was asked for",
    "V2": "it asks for what was decided, and for nothing else",
    "V3": "it quotes and tells of people what they said",
    "V4": "one open question, without choices, leading, praise or why",
    "V5": "it is short",
    "V6": "nothing is said twice",
    "V7": "no matter that nobody mentioned",
    "V8": "the language of the interview",
    "V9": "no links, markup or exclamation marks, nothing to be left alone",
    "V10": "nothing about itself, no advice, nobody called by name",
    "V11": "it ends nothing and leaves nothing out",
}
"""The rules of docs/models.md in a few words: what each wants."""
_DROPPED: Final = "said without its acknowledgement: "
_SENTENCES: Final = {
    "timeout": "No answer came in time.",
    "connection": "Nothing answers at this address.",
    "certificate": "The certificate at this address is not valid for it.",
    "no HTTP": "What answers at this address is no web server.",
    "no chat completion": "What came back is no chat completion. Does the address end in /v1?",
    "empty reply": "The model replied with nothing.",
    "reply cut off": "The reply was cut off after 400 tokens: choose a model that does not think at "
    "length before it replies.",
    "the organization's limit for the day is reached": "Today’s limit of tokens is reached.",
    "too many calls at once": "Too many calls are under way just now. Try again in a moment.",
    "status 401": "The endpoint does not take the key (status 401).",
    "status 403": "The endpoint does not let this key use the model (status 403).",
    "status 404": "There is no such address or no such model (status 404). Does it end in /v1?",
    "status 429": "The endpoint takes no more calls just now, or the account is empty (status 429).",
}


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it. `form` is how the model can be asked for JSON, empty where it did not reply;
    `question` what would be asked, empty where there is a `problem`; `note` what of it would be left
    out.
    """

    name: str = ""
    form: str = ""
    ms: int = 0
    tokens: int = 0
    question: str = ""
    problem: str = ""
    note: str = ""


def hold(office: Office, org_id: str) -> Trial:
    """Ask the model that is set, used or not, for a question; nothing of it is remembered but what it
    cost. Raises NotFound where none is set.
    """
    row = wordings.chosen(org_id)
    if row is None or not row.base_url:
        raise NotFound("There is no model of your own to be tried: set one first.")
    try:
        by = office.wordings.fresh(row)
    except KeyUnreadable:
        return Trial(row.name, problem=UNREADABLE)
    end_reading()  # nothing is held while the model thinks
    return _told(by, *asked(_task(), by, org_id))


def _told(by: Wording, verdict: Verdict | None, record: Record) -> Trial:
    reason = str(record["reason"])
    rule = reason.removeprefix("refused: ")
    replied = verdict is not None or rule != reason
    problem = ""
    if verdict is None:
        problem = BROKEN.format(_wants(rule)) if replied else _sentence(reason)
    return Trial(
        name=by.model.name,
        form=by.model.form if replied else "",
        ms=record["ms"],
        tokens=record["tokens"],
        question=joined(verdict.line, verdict.question) if verdict else "",
        problem=problem,
        note=LEFT_OUT.format(_wants(reason.removeprefix(_DROPPED)))
        if reason.startswith(_DROPPED)
        else "",
    )


def _wants(rule: str) -> str:
    """A rule with what it wants."""
    return f"{rule} (the rule: {_RULES[rule.split(maxsplit=1)[0]]})"


def _sentence(reason: str) -> str:
    return _SENTENCES.get(reason, f"The call came to nothing: {reason}.")


@cache
def _task() -> Task:
    """The question after the first answer, to be worded."""
    document: dict[str, Any] = {
        "name": "A visit",
        "questions": [{"id": "visit", "text": QUESTION}],
    }
    talk = preview.of_document(document, "trial")
    talk.hear(SAID)
    # A plain answer to an open question always leaves the next one to a model.
    return cast("Task", task_of(talk.guide, talk.so_far().turns[:-1], talk.move))
