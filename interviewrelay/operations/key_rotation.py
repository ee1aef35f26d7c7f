"""Exchanging the server's secret keys while it runs.

Nothing here makes a key: the ring has the new one in front and the old one behind it, in every
server, before anything is sealed with the new one.
"""

from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import func, or_, select, update

from interviewrelay.core import clock
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.security.tokens import KeyRing
from interviewrelay.models import ApiKey, Invite
from interviewrelay.operations import encrypted_columns
from interviewrelay.operations.encrypted_columns import Sealed
from interviewrelay.organizations import retired_keys


def reseal(ring: KeyRing, tell: Callable[[str], None]) -> int:
    """Seal anew, with the newest key, whatever an older one has sealed; how many rows. What was
    marked by an older one is found by what is kept of that (`carried`).

    Batch by batch, and each row only if it is still as it was read: begun again after a break, it
    goes on with what is left.
    """
    retired_keys.carry(ring)
    done = 0
    for column in encrypted_columns.COLUMNS:
        for rows in encrypted_columns.batches(column):
            done += _reseal(ring, column, rows)
            tell(f"{column.what}: {done} re-encrypted")
    return done


def _reseal(ring: KeyRing, column: Sealed, rows: Sequence[tuple[str, str]]) -> int:
    renewed = [(key, old, new) for key, old in rows if (new := _renewed(ring, old))]
    if not renewed:
        return 0
    done = 0
    with transaction():
        for key, old, new in renewed:
            values = {column.column.key: new}
            if column.column is Invite.sealed_token:  # a link is found by its mark
                values["mark"] = ring.mark("invite", ring.open(new))
            change = update(column.column.class_).values(values).returning(column.key)
            there = column.key == key, column.column == old
            done += len(db.session.execute(change.where(*there)).all())
    return done


def _renewed(ring: KeyRing, text: str) -> str | None:
    """The text sealed with the newest key; None where it is already, or where no key opens it."""
    newest = ring.newest()
    if not encrypted_columns.opens(ring, text) or encrypted_columns.opens(newest, text):
        return None
    return ring.seal(ring.open(text))


def needed(ring: KeyRing) -> Iterator[str]:
    """What would be lost without the older keys, in sentences."""
    newest = ring.newest()
    for column in encrypted_columns.COLUMNS:
        count = encrypted_columns.unreadable(newest, column) - encrypted_columns.unreadable(
            ring, column
        )
        if count:
            yield f"{count} {column.what} are encrypted with an older key. Run `keys rotate`"
    if retired_keys.missing(ring):
        yield (
            "do-not-email lists and links in emails (to unsubscribe, join or reset a password) depend "
            "on an older key. Run `keys rotate`"
        )
    works = (
        ApiKey.revoked_at.is_(None),
        or_(ApiKey.expires_at.is_(None), ApiKey.expires_at > clock.now()),
    )
    older = or_(ApiKey.marked_by.is_(None), ApiKey.marked_by != ring.names()[0])
    keys = select(ApiKey.public_id).where(*works, older).order_by(ApiKey.created_at)
    count = db.session.execute(select(func.count()).select_from(keys.subquery())).scalar_one()
    if count:
        some = ", ".join(db.session.execute(keys.limit(5)).scalars())
        yield (
            f"{count} API keys have not been used since the rotation "
            f"(ir_…_ {some}{' …' if count > 5 else ''}). Each one is carried over when it is next "
            "used. Revoke the ones that no one uses"
        )
