"""Whose model listens in an interview: the server's, the organization's own, or none."""

import json
import logging
import threading
from collections.abc import Callable
from urllib.parse import urlsplit

from sqlalchemy import select

from interviewrelay.database import db
from interviewrelay.domain.listening import ModelPolicy
from interviewrelay.domain.seats import Seat
from interviewrelay.models import ModelChoice
from interviewrelay.ports import Endpoint, LanguageModels
from interviewrelay.tokens import KeyRing

log = logging.getLogger("interviewrelay.model")


class KeyUnreadable(Exception):
    """No secret key of this server opens what is kept, or it was sealed for another place."""


class Wordings:
    """The server's model, None where it has none, and what this process knows of organizations' own.

    One of these is made anew when its organization has changed its choice: what was learned of it
    before may not be true any more.
    """

    def __init__(
        self,
        ring: KeyRing,
        servers: ModelPolicy | None,
        reach: Callable[[], LanguageModels],
        session_tokens: int,
        context_tokens: int = 16_000,
    ) -> None:
        """`reach` is asked when an organization's model is needed, and not before."""
        self.servers = servers
        self._ring, self._reach = ring, reach
        self._session_tokens, self._context_tokens = session_tokens, context_tokens
        self._known: dict[str, tuple[str, ModelPolicy | None]] = {}
        self._guard = threading.Lock()

    def of(self, seat: Seat) -> ModelPolicy | None:
        """Who may listen to its answers; None where nobody but the interviewer does."""
        if seat.whose_model == "own":
            return self._own(seat.org_id, seat.model_version)
        return None if seat.whose_model == "none" else self.servers

    def under_way(self) -> float:
        """Seconds for which an answer is left to whoever may be at work on it with a model."""
        waits = [self.servers.seconds] if self.servers else []
        if _any_own():
            waits.append(2 * self._reach().patience)
        return max(waits, default=0.0)

    def fresh(self, row: ModelChoice) -> ModelPolicy:
        """An organization's own model, as if nobody had called it so far. Raises KeyUnreadable."""
        endpoint = Endpoint(row.base_url, row.name, self.opened(row))
        model = self._reach().own(endpoint, row.daily_tokens)
        hides = row.hides_personal_data
        return ModelPolicy(
            model, self._session_tokens, self._context_tokens, hides_personal_data=hides
        )

    def check(self, base_url: str) -> None:
        """Whether an organization's model may be there. Raises EndpointRefused."""
        self._reach().check(base_url)

    def sealed(self, org_id: str, base_url: str, key: str) -> str:
        """A key, sealed together with whose it is and where it may go."""
        return self._ring.seal(json.dumps([org_id, place(base_url), key]))

    def opened(self, row: ModelChoice) -> str:
        """The key, empty where there is none. Raises KeyUnreadable."""
        if row.sealed_key is None:
            return ""
        try:
            org_id, where, key = json.loads(self._ring.open(row.sealed_key))
        except ValueError:
            raise KeyUnreadable from None
        if (org_id, where) != (row.org_id, place(row.base_url)):
            raise KeyUnreadable
        return str(key)

    def _own(self, org_id: str, version: str | None) -> ModelPolicy | None:
        """By the choice of this version or, where it has been changed since, by the newer one."""
        known, wording = self._known.get(org_id, (None, None))
        if known == version:
            return wording
        row = chosen(org_id)
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
            wording = self.fresh(row)
        except KeyUnreadable:
            log.error("model_key_unreadable", extra={"org": row.org_id})  # noqa: TRY400
        self._known[row.org_id] = row.version, wording
        return wording


def chosen(org_id: str) -> ModelChoice | None:
    """What an organization has chosen; None where it never did."""
    query = select(ModelChoice).where(ModelChoice.org_id == org_id)
    fresh = query.execution_options(populate_existing=True)
    return db.session.execute(fresh).scalar_one_or_none()


def place(base_url: str) -> str:
    """Scheme, host and port of an address: what is the same there is in the same hands."""
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _any_own() -> bool:
    query = select(ModelChoice.org_id).where(ModelChoice.whose == "own").limit(1)
    return db.session.execute(query).first() is not None
