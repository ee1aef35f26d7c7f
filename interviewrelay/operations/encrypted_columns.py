"""Encrypted columns: all columns that the server's secret keys encrypt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select

from interviewrelay.core.config.settings import SettingsError
from interviewrelay.core.db.session import db, end_reading
from interviewrelay.core.security.tokens import KeyRing
from interviewrelay.models import (
    CarriedKey,
    Invite,
    KeptAnswer,
    ModelChoice,
    ResumeCode,
    Webhook,
)

BATCH: Final = 500
NEWEST: Final = 20


@dataclass(frozen=True, slots=True)
class Sealed:
    """Encrypted column: its description, the column, and the table's primary key."""

    what: str
    column: Any
    key: Any


COLUMNS: Final = (
    Sealed("invite links", Invite.sealed_token, Invite.id),
    Sealed("model API keys", ModelChoice.sealed_key, ModelChoice.org_id),
    Sealed("webhook secrets", Webhook.sealed_key, Webhook.id),
    Sealed("previous webhook secrets", Webhook.sealed_old_key, Webhook.id),
    Sealed("marks of previous keys", CarriedKey.sealed, CarriedKey.name),
    Sealed("codes for other devices", ResumeCode.sealed_code, ResumeCode.id),
    Sealed("stored responses to repeated requests", KeptAnswer.sealed, KeptAnswer.id),
)


def batches(column: Sealed) -> Iterator[Sequence[tuple[str, str]]]:
    """Primary key and encrypted text of each row, in batches; no transaction stays open between
    them.
    """
    last = ""
    while True:
        query = select(column.key, column.column).where(
            column.key > last, column.column.is_not(None)
        )
        found = db.session.execute(query.order_by(column.key).limit(BATCH))
        rows = [(key, text) for key, text in found]
        end_reading()
        if not rows:
            return
        yield rows
        last = rows[-1][0]


def unreadable(ring: KeyRing, column: Sealed) -> int:
    """Number of rows in a column that no key of this ring decrypts."""
    return sum(not opens(ring, text) for rows in batches(column) for _, text in rows)


def require_keys(ring: KeyRing) -> None:
    """Raises SecretKeysMissing if none of the newest links can be decrypted: then the ring belongs
    to another instance.
    """
    query = select(Invite.sealed_token).order_by(Invite.created_at.desc()).limit(NEWEST)
    newest = db.session.execute(query).scalars().all()
    end_reading()
    if newest and not any(opens(ring, text) for text in newest):
        raise SecretKeysMissing


class SecretKeysMissing(SettingsError):
    def __init__(self) -> None:
        super().__init__(
            "The secret keys of this database are missing, so no link, session or API key would work. "
            "Put the file secret_keys back into INSTANCE_DIR, or set SECRET_KEYS to its previous "
            "value. If the keys are permanently lost, run `interviewrelay serve --lost-keys`."
        )


def opens(ring: KeyRing, text: str) -> bool:
    try:
        ring.open(text)
    except ValueError:
        return False
    return True
