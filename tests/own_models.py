"""Models of organizations, at stand-ins on this machine."""

import ipaddress
from dataclasses import replace
from typing import Any

from interviewrelay.adapters.language_models.openai import OpenAiModels
from interviewrelay.core.security.tokens import KeyRing
from interviewrelay.interviews import interviews, model_settings, turn_store
from interviewrelay.interviews.consent import ConsentTerms
from interviewrelay.interviews.model_settings import ModelSettings
from interviewrelay.models import ModelChoice
from interviewrelay.runtime.model_selection import ModelSelector
from interviewrelay.runtime.services import Services
from tests.factories import a_campaign, an_invite
from tests.model_stand_in import Endpoint

OWN_KEY = "sk-own-0123456789abcdef-Zx9q"
"""Long enough for its end to be shown, and found in no other text."""
LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)
PATIENT = {"llm_patience_seconds": 600}
"""However busy the machine is, a stand-in is waited for."""


def reaching_loopback(app: Any, ring: KeyRing | None = None) -> Services:
    """The office of a server whose operator allows this machine, as another process of it has it."""
    settings = replace(app.extensions["settings"], llm_allowed_cidrs=LOOPBACK, **PATIENT)
    models, known = OpenAiModels(settings), app.extensions["services"]
    ring = ring or known.ring
    servers = known.model_selector.server_policy
    made = replace(
        known, ring=ring, model_selector=ModelSelector(ring, servers, lambda: models, 60_000)
    )
    app.extensions["services"] = made
    return made


def looking_at(app: Any, *ports: int, **settings: Any) -> Services:
    """The office of a server, as another process of it has it, that looks for models on these ports of
    this machine; with `settings` of its own.
    """
    told = replace(app.extensions["settings"], llm_local_ports=ports, **PATIENT | settings)
    models, known = OpenAiModels(told), app.extensions["services"]
    made = replace(
        known, model_selector=ModelSelector(known.ring, None, lambda: models, 60_000)
    )
    app.extensions["services"] = made
    return made


def own(endpoint: Endpoint, **more: Any) -> ModelSettings:
    """What an organization wants that uses a stand-in."""
    return ModelSettings(
        **{"whose": "own", "base_url": endpoint.base, "name": "tiny", "key": OWN_KEY} | more
    )


def chosen(services: Services, somebody: Any, wanted: ModelSettings) -> ModelChoice:
    return model_settings.save_model_settings(
        services, somebody.actor.org_id, wanted, somebody.email
    )


class Talk:
    """An interview, each answer by the process of an office."""

    def __init__(
        self, services: Services, somebody: Any, email: str = "pat@example.com"
    ) -> None:
        self.invite, self.token = an_invite(services, a_campaign(somebody), email)
        interviews.start_interview(self.invite, agreed=True, terms=ConsentTerms(adaptive=True))

    def say(self, services: Services, text: str) -> dict[str, Any]:
        """The decision of the question that follows."""
        snapshot = turn_store.get_snapshot(self.invite.id)
        by = services.model_selector.for_interview(snapshot)
        reply = interviews.answer_question(snapshot, len(snapshot.turns) + 1, text, wording=by)
        assert reply.turn is not None
        return reply.turn.decision or {}
