"""Retired keys: digests that outlive the secret key that made them.

Suppressions and email links are stored only as digests, and the server has no address or token to
recompute them from. So `keys rotate` stores, encrypted, the keys that each older key derived for
these purposes, and `keys drop` loses none of them.
"""

from sqlalchemy import select

from interviewrelay.core import clock
from interviewrelay.core.db.session import db, release_connection, transaction
from interviewrelay.core.security.tokens import DerivedKey, DigestVerifier, KeyRing
from interviewrelay.models import RetiredKey


def build_verifier(ring: KeyRing) -> DigestVerifier:
    """Digests of a ring and of the keys dropped from it; those that it cannot decrypt, as after the
    loss of all keys, are left out.
    """
    return DigestVerifier(ring, _list_retired(ring))


def list_derived_keys(ring: KeyRing) -> list[DerivedKey]:
    """Derived keys of the ring, newest first, and of the keys dropped from it."""
    return [*ring.derived_keys(), *_list_retired(ring)]


def _list_retired(ring: KeyRing) -> list[DerivedKey]:
    query = select(RetiredKey.name, RetiredKey.sealed).order_by(RetiredKey.created_at.desc())
    rows = db.session.execute(query).all()
    here = set(ring.key_names()) if rows else ()
    return [d for name, text in rows if name not in here and (d := _read(ring, text))]


def keep_derived_keys(ring: KeyRing) -> None:
    """Store the derived keys of the ring's older keys. Idempotent."""
    wanted = find_missing(ring)
    release_connection()
    if not wanted:
        return
    with transaction():
        known = set(db.session.execute(select(RetiredKey.name)).scalars())
        for derived in ring.derived_keys():
            if derived.name in wanted and derived.name not in known:
                sealed = ring.encrypt(derived.serialize())
                db.session.add(
                    RetiredKey(name=derived.name, sealed=sealed, created_at=clock.now())
                )


def find_missing(ring: KeyRing) -> set[str]:
    """Fingerprints of older keys whose derived keys are not stored yet."""
    known = set(db.session.execute(select(RetiredKey.name)).scalars())
    return set(ring.key_names()[1:]) - known


def _read(ring: KeyRing, text: str) -> DerivedKey | None:
    try:
        return DerivedKey.parse(ring.decrypt(text))
    except ValueError:
        return None
