"""Key rotation of the server's secret keys while it runs.

No key is generated here. Every server must have the new key in front of the old one before anything
is encrypted with it.
"""

from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import func, or_, select, update

from interviewrelay.core import clock
from interviewrelay.core.db.session import count_affected, db, transaction
from interviewrelay.core.security.tokens import KeyRing
from interviewrelay.models import ApiKey, Invite
from interviewrelay.operations import encrypted_columns
from interviewrelay.operations.encrypted_columns import EncryptedColumn
from interviewrelay.organizations import retired_keys


def reencrypt(ring: KeyRing, tell: Callable[[str], None]) -> int:
    """Re-encrypt with the newest key; returns the number of rows. Digests of older keys stay valid
    through the stored derived keys (`retired_keys`).

    In batches, and each row only if it is unchanged; safe to resume.
    """
    retired_keys.keep_derived_keys(ring)
    done = 0
    for column in encrypted_columns.COLUMNS:
        for rows in encrypted_columns.iterate_batches(column):
            done += _reseal(ring, column, rows)
            tell(f"{column.what}: {done} re-encrypted")
    return done


def _reseal(ring: KeyRing, column: EncryptedColumn, rows: Sequence[tuple[str, str]]) -> int:
    renewed = [(key, old, new) for key, old in rows if (new := _renewed(ring, old))]
    if not renewed:
        return 0
    done = 0
    with transaction():
        for key, old, new in renewed:
            values = {column.column.key: new}
            if column.column is Invite.sealed_token:  # a link is found by its digest
                values["mark"] = ring.digest("invite", ring.decrypt(new))
            change = update(column.column.class_).values(values)
            there = column.key == key, column.column == old
            done += count_affected(change.where(*there))
    return done


def _renewed(ring: KeyRing, text: str) -> str | None:
    """The text encrypted with the newest key; None if it already is, or if no key fits."""
    newest = ring.newest()
    if not encrypted_columns.can_decrypt(ring, text) or encrypted_columns.can_decrypt(
        newest, text
    ):
        return None
    return ring.encrypt(ring.decrypt(text))


def list_needed_keys(ring: KeyRing) -> Iterator[str]:
    """Sentences about what would be lost without the older keys."""
    newest = ring.newest()
    for column in encrypted_columns.COLUMNS:
        count = encrypted_columns.count_unreadable(
            newest, column
        ) - encrypted_columns.count_unreadable(ring, column)
        if count:
            yield f"{count} {column.what} are encrypted with an older key. Run `keys rotate`"
    if retired_keys.find_missing(ring):
        yield (
            "do-not-email lists and links in emails (to unsubscribe, join or reset a password) depend "
            "on an older key. Run `keys rotate`"
        )
    works = (
        ApiKey.revoked_at.is_(None),
        or_(ApiKey.expires_at.is_(None), ApiKey.expires_at > clock.now()),
    )
    older = or_(ApiKey.marked_by.is_(None), ApiKey.marked_by != ring.key_names()[0])
    keys = select(ApiKey.public_id).where(*works, older).order_by(ApiKey.created_at)
    count = db.session.execute(select(func.count()).select_from(keys.subquery())).scalar_one()
    if count:
        some = ", ".join(db.session.execute(keys.limit(5)).scalars())
        yield (
            f"{count} API {'key has' if count == 1 else 'keys have'} not been used since the rotation "
            f"(ir_…_ {some}{' …' if count > 5 else ''}). Each one is carried over when it is next "
            "used. Revoke the ones that no one uses"
        )
