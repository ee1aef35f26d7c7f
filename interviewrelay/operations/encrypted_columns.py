"""Every column that is sealed with the server's secret keys, in one list."""

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
    """What it is to people, the column, and the table's own key."""

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
    """Key and sealed text of each row, by the key; nothing is read between two batches."""
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
    """How many rows of a column no key of this ring opens."""
    return sum(not opens(ring, text) for rows in batches(column) for _, text in rows)


def require_keys(ring: KeyRing) -> None:
    """Raises SecretKeysMissing where none of the newest links opens: it is another instance's ring."""
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
