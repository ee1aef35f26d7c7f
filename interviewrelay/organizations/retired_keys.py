"""Marks that outlive the secret key that made them.

Who is not written to, and the links of mails, are known by marks alone: nobody here has the address
or the token to make them anew. So `keys rotate` keeps of each older key what it derived for these
purposes, sealed, and `keys drop` takes nothing from them.
"""

from sqlalchemy import select

from interviewrelay.core import clock
from interviewrelay.core.db.session import db, end_reading, transaction
from interviewrelay.core.security.tokens import Derived, KeyRing, Marks
from interviewrelay.models import CarriedKey


def marks(ring: KeyRing) -> Marks:
    """The marks of a ring, and of the keys that were dropped from it; those that it cannot open, as
    after the loss of all keys, are left out.
    """
    query = select(CarriedKey.name, CarriedKey.sealed).order_by(CarriedKey.created_at.desc())
    rows = db.session.execute(query).all()
    here = set(ring.names()) if rows else ()
    return Marks(
        ring, [d for name, text in rows if name not in here and (d := _read(ring, text))]
    )


def carry(ring: KeyRing) -> None:
    """Keep what the older keys of a ring derived. Again changes nothing."""
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
    """The names of those older keys of which nothing is kept yet."""
    known = set(db.session.execute(select(CarriedKey.name)).scalars())
    return set(ring.names()[1:]) - known


def _read(ring: KeyRing, text: str) -> Derived | None:
    try:
        return Derived.read(ring.open(text))
    except ValueError:
        return None
