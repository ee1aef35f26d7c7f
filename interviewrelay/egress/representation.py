"""API representation of the egress ledger."""

from typing import Final

from interviewrelay.core.egress import Service
from interviewrelay.core.representation import Count, Id, Representation, Time, field, list_of
from interviewrelay.egress.egress_ledger import Content

_SIZE: Final = "Bytes of the content that left; 0 if no connection was made."
_TOKENS: Final = "Tokens in both directions, if the service counted them."
_LOCAL: Final = "Whether the other program is on the same machine, so that nothing left it."
_CONTENT: Final = (
    "`conversation`: the guide and the conversation so far, with names and numbers replaced. "
    "`answer_sound`: the sound of an answer. `question_text`: a question as text. `script_text`: "
    "questions of the script. `email`: an email. `event`: an event of a webhook."
)


class EgressTotal(Representation):
    """Sums of transfers of the same content to the same service."""

    service: Service
    content: Content = field(None, _CONTENT)
    host: str = field(example="api.example.com")
    local: bool = field(None, _LOCAL)
    model: str = field(
        None, "Name of the model; empty if there is none.", example="small-model"
    )
    transfers: Count = field(example=12)
    failed: Count = field(None, "How many of them failed.", example=0)
    size: Count = field(None, _SIZE, example=48_211)
    tokens: Count | None = field(None, _TOKENS, example=11_302)
    last_at: Time


class Transfer(Representation):
    """A transfer to another program. Its content is not stored."""

    at: Time = field(None, "After the participant’s erasure, midnight of the day.")
    session_id: Id | None = field(
        None,
        "null if it concerned the whole study, no interview had started, or it was erased.",
    )
    service: Service
    content: Content = field(None, _CONTENT)
    host: str = field(example="api.example.com")
    local: bool = field(None, _LOCAL)
    model: str = field(
        None, "Name of the model; empty if there is none.", example="small-model"
    )
    size: Count = field(None, _SIZE, example=4_017)
    tokens: Count | None = field(None, _TOKENS, example=941)
    failed: bool


class EgressLedger(list_of("transfers", Transfer)):  # type: ignore[misc]
    """Transfers to other programs, newest first, with the sums of all of them."""

    totals: list[EgressTotal]
