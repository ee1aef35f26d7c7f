"""Local model of the server, chosen among those that run on the same machine.

Only system administrators may search for or choose one, so that owners of organizations learn
nothing about its ports. A model in the environment takes precedence.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import delete

from interviewrelay.billing import server_summary
from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.db.session import db, exclusive_lock, release_connection, transaction
from interviewrelay.core.errors import Conflict, InvalidParameter
from interviewrelay.core.ids import new_id
from interviewrelay.core.ports.language_models import EndpointRefused, ModelPolicy
from interviewrelay.interviews.model_settings import LONGEST_NAME
from interviewrelay.models import ServerModel
from interviewrelay.organizations import access, audit_log
from interviewrelay.runtime import model_selection
from interviewrelay.runtime.services import Services
from interviewrelay.simulations import model_trial
from interviewrelay.simulations.model_trial import ModelTrial

log = logging.getLogger("interviewrelay.model")

USUAL: Final = {11434: "Ollama", 1234: "LM Studio", 8080: "llama.cpp", 8000: "vLLM"}
"""Programs that listen on these ports by default; they are not verified."""
TRIAL_SECONDS: Final = 30.0
"""Timeout of a trial in seconds; long, because a server may have to load the model first."""
SET: Final = "The server’s model is set by LLM_BASE_URL. Change it there."
SLOW: Final = (
    "This model is too slow. Interviews wait {:.0f} seconds for a reply, then use the interviewer’s "
    "own wording. If the model was still loading, test it again. Otherwise, choose a smaller model "
    "or increase LLM_PATIENCE_SECONDS (up to 30)."
)
_FAULTS: Final = {
    "no model": "It has no models. Download or load one there first.",
    "no list of models": "It does not list models as OpenAI’s API does, so it is not a model server.",
    "status 401": "It requires a key (status 401). Set LLM_BASE_URL, LLM_MODEL and LLM_API_KEY.",
    "status 403": "It requires a key (status 403). Set LLM_BASE_URL, LLM_MODEL and LLM_API_KEY.",
    "status 404": "It has no list of models (status 404), so it is probably not a model server.",
    "timeout": "It did not respond within two seconds.",
    "connection": "It closed the connection without a response.",
    "no HTTP": "It doesn’t respond to HTTP requests.",
}


@dataclass(frozen=True, slots=True)
class FoundEndpoint:
    """Port that responds. `models` by name, or the `problem` as a sentence; `usual` is the program
    with this default port, empty if unknown.
    """

    port: int
    usual: str
    models: Sequence[str]
    problem: str


@dataclass(frozen=True, slots=True)
class ModelSearch:
    """Ports that were probed, and those that responded."""

    ports: Sequence[int]
    found: Sequence[FoundEndpoint]


def find_models(services: Services, actor: Actor | None) -> ModelSearch:
    """Search this machine for models; `actor` is None for a command. Raises Forbidden."""
    _only(actor)
    release_connection()  # no transaction stays open during the search
    reach = services.model_selector.models
    found = [
        FoundEndpoint(
            one.port, USUAL.get(one.port, ""), tuple(one.models), _sentence(one.fault)
        )
        for one in reach.find_local()
    ]
    return ModelSearch(reach.local_ports, found)


def try_model(services: Services, actor: Actor, port: int, name: str) -> ModelTrial:
    """Try a model of this machine on a sample answer; nothing is enabled.

    Raises Forbidden and InvalidParameter.
    """
    _only(actor)
    policy = _policy(services, port, name, TRIAL_SECONDS)
    trial = model_trial.try_policy(policy, actor.org_id)
    patience = services.model_selector.models.patience
    late = trial.ms > 1000 * patience and (trial.question or trial.problem)
    return replace(trial, caution=SLOW.format(patience)) if late else trial


def use_model(services: Services, actor: Actor | None, port: int, name: str) -> ServerModel:
    """Use a model as the server's from the next answer on, in all processes.

    Raises Forbidden, Conflict when the environment sets one, and InvalidParameter when it is not
    served there.
    """
    _only(actor)
    if services.model_selector.server_policy is not None:
        raise Conflict(SET)
    _policy(services, port, name, None)
    served = next((o for o in find_models(services, actor).found if o.port == port), None)
    if served is None or name not in served.models:
        why = served.problem if served else ""
        raise _wrong(f"{name} isn’t available on port {port}. {why}".strip())
    with transaction():
        _alone()
        row = model_selection.find_server_model() or ServerModel(id=1)
        row.version, row.port, row.name = new_id(), port, name
        row.changed_at = clock.now()
        row.changed_by = access.get_membership(actor).user.email if actor else None
        db.session.add(row)
        _note(actor, name)
    log.info("server_model_chosen", extra={"kind": "local"})
    return row


def stop_using_model(actor: Actor | None) -> None:
    """Stop using a model of this machine. Raises Forbidden."""
    _only(actor)
    with transaction():
        _alone()
        if model_selection.find_server_model() is not None:
            db.session.execute(delete(ServerModel))
            _note(actor, "no model")


def _only(actor: Actor | None) -> None:
    if actor is not None:
        server_summary.require_system_admin(actor)


def _alone() -> None:
    """Serialize concurrent choices. Raises Conflict."""
    if not exclusive_lock("server_model"):
        raise Conflict("Someone else is changing the model right now. Try again.")


def _note(actor: Actor | None, about: str) -> None:
    """Write to the audit log of the administrator's own organization; a command has none."""
    if actor is not None:
        audit_log.add_entry(actor.org_id, "settings_server_model", about)


def _policy(services: Services, port: int, name: str, patience: float | None) -> ModelPolicy:
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise _wrong("Choose one of the models in the list.")
    try:
        return services.model_selector.local_model(port, name, patience)
    except EndpointRefused as refused:
        raise _wrong(f"Port {port} can’t be used: {refused}.") from None


def _wrong(message: str) -> InvalidParameter:
    return InvalidParameter.field("model", "a model from the search", message)


def _sentence(fault: str) -> str:
    return (
        _FAULTS.get(fault, f"It does not respond like a model server: {fault}.")
        if fault
        else ""
    )
