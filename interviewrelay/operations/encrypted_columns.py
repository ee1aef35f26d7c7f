"""Encrypted columns: all columns that the server's secret keys encrypt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select

from interviewrelay.core.config.settings import SettingsError
from interviewrelay.core.db.session import db, release_connection
from interviewrelay.core.security.tokens import KeyRing
from interviewrelay.models import (
    Invite,
    ModelChoice,
    ResumeCode,
    RetiredKey,
    StoredResponse,
    Webhook,
)

BATCH: Final = 500
NEWEST: Final = 20


@dataclass(frozen=True, slots=True)
class EncryptedColumn:
    """Encrypted column: its description, the column, and the table's primary key."""

    what: str
    column: Any
    key: Any


COLUMNS: Final = (
    EncryptedColumn("invite links", Invite.sealed_token, Invite.id),
    EncryptedColumn("model API keys", ModelChoice.sealed_key, ModelChoice.org_id),
    EncryptedColumn("webhook secrets", Webhook.sealed_key, Webhook.id),
    EncryptedColumn("previous webhook secrets", Webhook.sealed_old_key, Webhook.id),
    EncryptedColumn("keys derived from previous keys", RetiredKey.sealed, RetiredKey.name),
    EncryptedColumn("codes for other devices", ResumeCode.sealed_code, ResumeCode.id),
    EncryptedColumn(
        "stored responses to repeated requests", StoredResponse.sealed, StoredResponse.id
    ),
)


def iterate_batches(column: EncryptedColumn) -> Iterator[Sequence[tuple[str, str]]]:
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
        release_connection()
        if not rows:
            return
        yield rows
        last = rows[-1][0]


def count_unreadable(ring: KeyRing, column: EncryptedColumn) -> int:
    """Number of rows in a column that no key of this ring decrypts."""
    return sum(
        not can_decrypt(ring, text) for rows in iterate_batches(column) for _, text in rows
    )


def require_keys(ring: KeyRing) -> None:
    """Raises SecretKeysMissing if none of the newest links can be decrypted: then the ring belongs
    to another instance.
    """
    query = select(Invite.sealed_token).order_by(Invite.created_at.desc()).limit(NEWEST)
    newest = db.session.execute(query).scalars().all()
    release_connection()
    if newest and not any(can_decrypt(ring, text) for text in newest):
        raise SecretKeysMissing


class SecretKeysMissing(SettingsError):
    def __init__(self) -> None:
        super().__init__(
            "The secret keys of this database are missing, so no link, session or API key would work. "
            "Put the file secret_keys back into INSTANCE_DIR, or set SECRET_KEYS to its previous "
            "value. If the keys are permanently lost, run `interviewrelay serve --lost-keys`."
        )


def can_decrypt(ring: KeyRing, text: str) -> bool:
    try:
        ring.decrypt(text)
    except ValueError:
        return False
    return True
