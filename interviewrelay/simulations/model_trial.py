"""Model trial: one answer of a sample interview, under the usual rules."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final, cast

from interviewrelay.core.db.session import release_connection
from interviewrelay.core.errors import NotFound
from interviewrelay.core.ports.language_models import ModelPolicy
from interviewrelay.interviewer.model.hearing import ModelTurn
from interviewrelay.interviewer.model.listening import MoveChoice
from interviewrelay.interviews import model_calls
from interviewrelay.interviews.model_calls import CallRecord
from interviewrelay.interviews.model_settings import UNREADABLE
from interviewrelay.runtime import model_selection
from interviewrelay.runtime.model_selection import KeyUnreadable
from interviewrelay.runtime.services import Services
from interviewrelay.simulations import preview

QUESTION: Final = "Please tell me about your last visit to a doctor."
SAID: Final = "I went there on Monday because my knee had been swollen for a week."

BROKEN: Final = (
    "It replied, but nothing that it proposes may be said: {}. The interviewer’s own words would be "
    "said instead."
)
NO_REPLY: Final = "It replied, but not with the requested JSON."
_SENTENCES: Final = {
    "timeout": "No answer came in time.",
    "connection": "Nothing responds at this address.",
    "certificate": "The certificate at this address is not valid for it.",
    "no HTTP": "The program at this address is not a web server.",
    "no chat completion": "The response is not a chat completion. Does the address end in /v1?",
    "empty reply": "The model sent an empty reply.",
    "reply cut off": "The reply was cut off: raise LLM_MAX_TOKENS, or choose a model that does not "
    "think at length before it replies.",
    "the organization's daily limit is reached": "Today’s token limit is reached.",
    "too many calls at once": "Too many calls are in progress. Try again in a moment.",
    "status 401": "The endpoint does not accept the key (status 401).",
    "status 403": "The endpoint does not let this key use the model (status 403).",
    "status 404": "There is no such address or no such model (status 404). Does it end in /v1?",
    "status 429": "The endpoint takes no more calls just now, or the account is empty (status 429).",
}


@dataclass(frozen=True, slots=True)
class ModelTrial:
    """Result of a trial. `form` is the JSON mode, empty without a reply; `heard` is the model's
    analysis and `question` its next question, both empty if there is a `problem`.
    """

    name: str = ""
    form: str = ""
    ms: int = 0
    tokens: int = 0
    heard: str = ""
    question: str = ""
    problem: str = ""
    caution: str = ""
    """Warning about a model that replied correctly."""


def try_chosen_model(services: Services, org_id: str) -> ModelTrial:
    """Try the configured model, used or not; only its cost is stored. Raises NotFound where none is
    set.
    """
    row = model_selection.find_model_choice(org_id)
    if row is None or not row.base_url:
        raise NotFound("There is no model of your own to test. Set one up first.")
    try:
        by = services.model_selector.new_policy(row)
    except KeyUnreadable:
        return ModelTrial(row.name, problem=UNREADABLE)
    return try_policy(by, org_id)


def try_policy(by: ModelPolicy, payer: str) -> ModelTrial:
    """The model's result for the sample answer; `payer` is the organization that pays."""
    release_connection()  # no transaction stays open during the model call
    return _told(by, *model_calls.call_model(_hearing(), by, payer))


def _told(by: ModelPolicy, choice: MoveChoice | None, record: CallRecord) -> ModelTrial:
    replied = choice is not None or "reply" in record
    move = choice.move if choice is not None else None
    return ModelTrial(
        name=by.model.name,
        form=by.model.json_mode if replied or record["reason"] == model_calls.NO_FORM else "",
        ms=record["ms"],
        tokens=record["tokens"],
        heard=str(record.get("heard", "")) if move else "",
        question=(move.text or "") if move else "",
        problem="" if move else _problem(str(record["reason"])),
    )


def _problem(reason: str) -> str:
    if reason == model_calls.NO_FORM:
        return NO_REPLY
    broken = reason.removeprefix(model_calls.REFUSED)
    return BROKEN.format(broken) if broken != reason else _sentence(reason)


def _sentence(reason: str) -> str:
    return _SENTENCES.get(reason, f"The call failed: {reason}.")


@cache
def _hearing() -> ModelTurn:
    """First answer of the sample interview."""
    document: dict[str, Any] = {
        "name": "A visit",
        "questions": [{"id": "visit", "text": QUESTION}],
    }
    talk = preview.start_interview(document, "trial")
    talk.answer(SAID)
    # A model always takes part after a plain answer to an open question.
    return cast("ModelTurn", talk.heard)
