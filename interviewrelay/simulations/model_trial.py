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
    "The model replied, but its suggestion was rejected: {}. In an interview, the interviewer would "
    "use its own wording instead."
)


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
        raise NotFound("You haven’t set up your own model yet. Set it up, then test it.")
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
    objection = model_calls.find_objection(reason)
    return BROKEN.format(objection) if objection else model_calls.describe_reason(reason)


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
