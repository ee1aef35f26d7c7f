"""Retired keys: digests that outlive the secret key that made them.

Suppressions and links in emails are known by digests alone; nobody here has the address or the
token to compute them again. So `keys rotate` stores, encrypted, the keys that each older key
derived for these purposes, and `keys drop` loses none of them.
"""

from sqlalchemy import select

from interviewrelay.core import clock
from interviewrelay.core.db.session import db, end_reading, transaction
from interviewrelay.core.security.tokens import Derived, KeyRing, Marks
from interviewrelay.models import CarriedKey


def marks(ring: KeyRing) -> Marks:
    """Digests of a ring and of the keys dropped from it; those that it cannot decrypt, as after the
    loss of all keys, are left out.
    """
    query = select(CarriedKey.name, CarriedKey.sealed).order_by(CarriedKey.created_at.desc())
    rows = db.session.execute(query).all()
    here = set(ring.names()) if rows else ()
    return Marks(
        ring, [d for name, text in rows if name not in here and (d := _read(ring, text))]
    )


def carry(ring: KeyRing) -> None:
    """Store the derived keys of the ring's older keys. Idempotent."""
    wanted = missing(ring)
    end_reading()
    if not wanted:
        return
    with transaction():
        known = set(db.session.execute(select(CarriedKey.name)).scalars())
        for derived in ring.derived():
            if derived.name in wanted and derived.name not in known:
                sealed = ring.seal(derived.written())
                db.session.add(
                    CarriedKey(name=derived.name, sealed=sealed, created_at=clock.now())
                )


def missing(ring: KeyRing) -> set[str]:
    """Fingerprints of older keys whose derived keys are not stored yet."""
    known = set(db.session.execute(select(CarriedKey.name)).scalars())
    return set(ring.names()[1:]) - known


def _read(ring: KeyRing, text: str) -> Derived | None:
    try:
        return Derived.read(ring.open(text))
    except ValueError:
        return None
