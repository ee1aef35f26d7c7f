"""Model selection: which language model serves an interview: the server's, the organization's own,
or none.
"""

import json
import logging
import threading
from collections.abc import Callable
from typing import Protocol
from urllib.parse import urlsplit

from sqlalchemy import select

from interviewrelay.core.db.session import db
from interviewrelay.core.ports.language_models import (
    Endpoint,
    EndpointRefused,
    LanguageModels,
    ModelPolicy,
)
from interviewrelay.core.security.tokens import KeyRing
from interviewrelay.interviewer.text.tokenization import get_base_language
from interviewrelay.interviewer.wording.phrasing import PHRASES
from interviewrelay.models import ModelChoice, ServerModel

log = logging.getLogger("interviewrelay.model")


class InterviewChoice(Protocol):
    """Model choice that an interview stores."""

    @property
    def structured(self) -> bool | None: ...
    @property
    def whose_model(self) -> str | None: ...
    @property
    def org_id(self) -> str: ...
    @property
    def model_version(self) -> str | None: ...
    @property
    def server_model(self) -> str | None: ...


class KeyUnreadable(Exception):
    """The stored API key cannot be decrypted: no secret key fits, or it was sealed for another
    endpoint.
    """


class ModelSelector:
    """Model selector: the server's model, and this process's state of organizations' own models.

    A model is created anew when its settings change, because its state may no longer apply.
    """

    def __init__(
        self,
        ring: KeyRing,
        servers: ModelPolicy | None,
        reach: Callable[[], LanguageModels],
        session_tokens: int,
        context_tokens: int = 16_000,
        *,
        hides_personal_data: bool = True,
    ) -> None:
        """`servers` is the model of the environment; it takes precedence over a local model chosen
        for the server. `hides_personal_data` applies to the local one. `reach` is called only when
        another model is needed.
        """
        self.server_policy = servers
        self._hides_personal_data = hides_personal_data
        self._ring, self._reach = ring, reach
        self._session_tokens, self._context_tokens = session_tokens, context_tokens
        self._known: dict[str, tuple[str, ModelPolicy | None]] = {}
        self._local: tuple[str, ModelPolicy | None] = ("", None)
        self._guard = threading.Lock()

    def for_interview(self, snapshot: InterviewChoice) -> ModelPolicy | None:
        """Policy of an interview's model; None when no model takes part."""
        if snapshot.structured or snapshot.whose_model == "none":
            return None
        if snapshot.whose_model == "own":
            return self._own(snapshot.org_id, snapshot.model_version)
        return self.server_policy or self._chosen_local(snapshot.server_model)

    def for_organization(self, org_id: str) -> ModelPolicy | None:
        """Policy for interviews that an organization starts now."""
        row = find_model_choice(org_id)
        if row is not None and row.whose != "server":
            return self._own(org_id, row.version) if row.whose == "own" else None
        return self.for_server()

    def for_language(self, org_id: str, language: str) -> ModelPolicy | None:
        """The same for one language: None if the interviewer does not support the language."""
        return self.for_organization(org_id) if get_base_language(language) in PHRASES else None

    def for_server(self) -> ModelPolicy | None:
        """The server's model at present."""
        if self.server_policy is not None:
            return self.server_policy
        row = find_server_model()
        return self._chosen_local(row.version if row else None)

    def grace_seconds(self) -> float:
        """Lease in seconds of an answer that a model may still be working on."""
        waits = [self.server_policy.seconds] if self.server_policy else []
        if _any_chosen():
            waits.append(2 * self._reach().patience)
        return max(waits, default=0.0)

    @property
    def models(self) -> LanguageModels:
        return self._reach()

    def local_model(self, port: int, name: str, patience: float | None = None) -> ModelPolicy:
        """A model of this machine, with fresh state. Raises EndpointRefused."""
        return ModelPolicy(
            self._reach().local_model(port, name, patience=patience),
            self._session_tokens,
            self._context_tokens,
            hides_personal_data=self._hides_personal_data,
        )

    def new_policy(self, row: ModelChoice) -> ModelPolicy:
        """An organization's own model, with fresh state. Raises KeyUnreadable."""
        endpoint = Endpoint(row.base_url, row.name, self.decrypt_key(row))
        model = self._reach().organization_model(endpoint, row.daily_tokens)
        hides = row.hides_personal_data
        return ModelPolicy(
            model, self._session_tokens, self._context_tokens, hides_personal_data=hides
        )

    def check_url(self, base_url: str) -> None:
        """Check that an organization's model may be at this URL. Raises EndpointRefused."""
        self._reach().check_url(base_url)

    def encrypt_key(self, org_id: str, base_url: str, key: str) -> str:
        """Encrypt an API key together with its organization and the endpoint that it is for."""
        return self._ring.encrypt(json.dumps([org_id, get_origin(base_url), key]))

    def decrypt_key(self, row: ModelChoice) -> str:
        """Decrypt the API key; empty when there is none. Raises KeyUnreadable."""
        if row.sealed_key is None:
            return ""
        try:
            org_id, where, key = json.loads(self._ring.decrypt(row.sealed_key))
        except ValueError:
            raise KeyUnreadable from None
        if (org_id, where) != (row.org_id, get_origin(row.base_url)):
            raise KeyUnreadable
        return str(key)

    def _chosen_local(self, version: str | None) -> ModelPolicy | None:
        """Like `_own`, for the local model of the server."""
        known, policy = self._local
        if version is None or known == version:
            return policy if version else None
        row = find_server_model()
        if row is None:
            return None
        with self._guard:
            known, policy = self._local
            if known != row.version:
                policy = self._made_local(row)
                self._local = row.version, policy
            return policy

    def _made_local(self, row: ServerModel) -> ModelPolicy | None:
        try:
            return self.local_model(row.port, row.name)
        except EndpointRefused:  # the settings no longer allow its port
            log.error("server_model_refused")  # noqa: TRY400
            return None

    def _own(self, org_id: str, version: str | None) -> ModelPolicy | None:
        """The model of this version of the choice, or of the newer one if it has changed."""
        known, wording = self._known.get(org_id, (None, None))
        if known == version:
            return wording
        row = find_model_choice(org_id)
        if row is None or row.whose != "own":
            return None
        with self._guard:
            known, wording = self._known.get(org_id, (None, None))
            if known != row.version:
                wording = self._remembered(row)
            return wording

    def _remembered(self, row: ModelChoice) -> ModelPolicy | None:
        wording = None
        try:
            wording = self.new_policy(row)
        except KeyUnreadable:
            log.error("model_key_unreadable", extra={"org": row.org_id})  # noqa: TRY400
        self._known[row.org_id] = row.version, wording
        return wording


def find_model_choice(org_id: str) -> ModelChoice | None:
    """An organization's model choice; None if it never made one."""
    query = select(ModelChoice).where(ModelChoice.org_id == org_id)
    fresh = query.execution_options(populate_existing=True)
    return db.session.execute(fresh).scalar_one_or_none()


def find_server_model() -> ServerModel | None:
    """The local model chosen for the server; None if there is none."""
    query = select(ServerModel).execution_options(populate_existing=True)
    return db.session.execute(query).scalar_one_or_none()


def get_origin(base_url: str) -> str:
    """Endpoint origin: scheme, host and port of a URL."""
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _any_chosen() -> bool:
    """True if a model besides the environment's may be called."""
    own = select(ModelChoice.version).where(ModelChoice.whose == "own")
    query = own.union_all(select(ServerModel.version)).limit(1)
    return db.session.execute(query).first() is not None
