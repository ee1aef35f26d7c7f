"""Models of organizations, at stand-ins on this machine."""

import ipaddress
from dataclasses import replace
from typing import Any

from interviewrelay.adapters.language_models.openai import OpenAiModels
from interviewrelay.core.security.tokens import KeyRing
from interviewrelay.interviews import interviews, model_settings, turn_store
from interviewrelay.interviews.model_settings import Wanted
from interviewrelay.models import ModelChoice
from interviewrelay.runtime.model_selection import Wordings
from interviewrelay.runtime.services import Office
from tests.factories import a_campaign, an_invite
from tests.model_stand_in import Endpoint

OWN_KEY = "sk-own-0123456789abcdef-Zx9q"
"""Long enough for its end to be shown, and found in no other text."""
LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)


def reaching_loopback(app: Any, ring: KeyRing | None = None) -> Office:
    """The office of a server whose operator allows this machine, as another process of it has it."""
    settings = replace(app.extensions["settings"], llm_allowed_cidrs=LOOPBACK)
    models, known = OpenAiModels(settings), app.extensions["office"]
    ring = ring or known.ring
    servers = known.wordings.servers
    made = replace(known, ring=ring, wordings=Wordings(ring, servers, lambda: models, 60_000))
    app.extensions["office"] = made
    return made


def looking_at(app: Any, *ports: int, **settings: Any) -> Office:
    """The office of a server, as another process of it has it, that looks for models on these ports of
    this machine; with `settings` of its own.
    """
    told = replace(app.extensions["settings"], llm_local_ports=ports, **settings)
    models, known = OpenAiModels(told), app.extensions["office"]
    made = replace(known, wordings=Wordings(known.ring, None, lambda: models, 60_000))
    app.extensions["office"] = made
    return made


def own(endpoint: Endpoint, **more: Any) -> Wanted:
    """What an organization wants that uses a stand-in."""
    return Wanted(
        **{"whose": "own", "base_url": endpoint.base, "name": "tiny", "key": OWN_KEY} | more
    )


def chosen(office: Office, somebody: Any, wanted: Wanted) -> ModelChoice:
    return model_settings.choose(office, somebody.actor.org_id, wanted, somebody.email)


class Talk:
    """An interview, each answer by the process of an office."""

    def __init__(self, office: Office, somebody: Any, email: str = "pat@example.com") -> None:
        self.invite, self.token = an_invite(office, a_campaign(somebody), email)
        interviews.start(self.invite, agreed=True, adaptive=True)

    def say(self, office: Office, text: str) -> dict[str, Any]:
        """The decision of the question that follows."""
        seat = turn_store.of_invite(self.invite.id)
        by = office.wordings.of(seat)
        reply = interviews.answer(seat, len(seat.turns) + 1, text, wording=by)
        assert reply.turn is not None
        return reply.turn.decision or {}
