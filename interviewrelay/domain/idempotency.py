"""A call that carries a key is done once: the same again gets the answer that was kept for a day.

See docs/decisions/0010-idempotency.md.
"""

import base64
import hashlib
import json
import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import delete, select, update

from interviewrelay import clock, database
from interviewrelay.database import db, require_transaction, transaction
from interviewrelay.domain.actors import Actor
from interviewrelay.errors import Conflict, IdempotencyKeyReused, RequestInProgress
from interviewrelay.models import KeptAnswer
from interviewrelay.tokens import KeyRing

KEPT: Final = timedelta(hours=24)
LEASE: Final = timedelta(seconds=60)
"""How long a call to the outside may take before a repeated one may try it again."""
BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked: the caller's key, and everything that makes two requests the same."""

    key: str
    method: str
    address: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Kept:
    status: int
    headers: Sequence[tuple[str, str]]
    body: bytes


def once(
    ring: KeyRing, actor: Actor, call: Call, act: Callable[[], Kept], *, outside: bool = False
) -> tuple[Kept, bool]:
    """Do it, or give the answer that was kept; and whether it was kept.

    What `act` changes and the answer are one transaction. An act that calls the outside (`outside`)
    cannot hold one meanwhile: its key is taken first, and given back when it fails. A refusal of
    `act` goes through and leaves the key free. Raises IdempotencyKeyReused, RequestInProgress, and
    Conflict when the answer was forgotten.
    """
    mark, fingerprint = _mark(actor, call.key), _fingerprint(call)
    with _alone_here(mark):
        if outside:
            return _in_steps(ring, actor, mark, fingerprint, act)
        with database.unit():
            _alone_everywhere(mark)
            known = _known(ring, mark, fingerprint)
            if known:
                return known, True
            done = act()
            with transaction():
                _forget_old(mark)
                db.session.add(_row(actor, mark, fingerprint, ring, done))
        return done, False


def forget_all(org_id: str) -> None:
    """A building block: drop what was answered, not that it was. For erasing a person.

    A repeated call is then refused rather than done again.
    """
    require_transaction()
    db.session.execute(
        update(KeptAnswer).where(KeptAnswer.org_id == org_id).values(sealed=None)
    )


def sweep() -> int:
    """Remove what is older than a day; how many."""
    removed = 0
    while True:
        over = select(KeptAnswer.id).where(KeptAnswer.created_at <= clock.now() - KEPT)
        with transaction():
            gone = db.session.execute(
                delete(KeptAnswer)
                .where(KeptAnswer.id.in_(over.limit(BATCH)))
                .returning(KeptAnswer.id)
            ).all()
        removed += len(gone)
        if len(gone) < BATCH:
            return removed


_running: set[str] = set()
_running_lock = threading.Lock()


@contextmanager
def _alone_here(mark: str) -> Iterator[None]:
    """Tell the second of this process at once, rather than let it wait for the write lock."""
    with _running_lock:
        if mark in _running:
            raise RequestInProgress
        _running.add(mark)
    try:
        yield
    finally:
        with _running_lock:
            _running.discard(mark)


def _alone_everywhere(mark: str) -> None:
    if not database.alone_with(f"idempotency:{mark}"):
        raise RequestInProgress


def _known(ring: KeyRing, mark: str, fingerprint: str) -> Kept | None:
    row = db.session.execute(
        select(KeptAnswer)
        .where(KeptAnswer.mark == mark, KeptAnswer.created_at > clock.now() - KEPT)
        .execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if row is None:
        return None
    if row.fingerprint != fingerprint:
        raise IdempotencyKeyReused
    if row.state == "done":
        return _opened(ring, row)
    if row.running_until is not None and row.running_until > clock.now():
        raise RequestInProgress
    return None


def _in_steps(
    ring: KeyRing, actor: Actor, mark: str, fingerprint: str, act: Callable[[], Kept]
) -> tuple[Kept, bool]:
    with transaction():
        _alone_everywhere(mark)
        known = _known(ring, mark, fingerprint)
        if known:
            return known, True
        _forget_old(mark)
        mine = _row(actor, mark, fingerprint)
        db.session.add(mine)
    try:
        done = act()
    except BaseException:
        with transaction():
            db.session.execute(delete(KeptAnswer).where(KeptAnswer.id == mine.id))
        raise
    with transaction():  # nobody's row when another has taken over: theirs stands then
        changes = {"state": "done", "status": done.status, "sealed": _sealed(ring, done)}
        db.session.execute(update(KeptAnswer).where(KeptAnswer.id == mine.id).values(**changes))
    return done, False


def _forget_old(mark: str) -> None:
    """What is still there by this key has had its day, or its lease is over."""
    db.session.execute(delete(KeptAnswer).where(KeptAnswer.mark == mark))


def _row(
    actor: Actor,
    mark: str,
    fingerprint: str,
    ring: KeyRing | None = None,
    done: Kept | None = None,
) -> KeptAnswer:
    now = clock.now()
    return KeptAnswer(
        org_id=actor.org_id,
        mark=mark,
        fingerprint=fingerprint,
        state="done" if done else "running",
        running_until=None if done else now + LEASE,
        status=done.status if done else None,
        sealed=_sealed(ring, done) if ring and done else None,
        created_at=now,
    )


def _mark(actor: Actor, key: str) -> str:
    """Keys belong to an organization; those of test keys are apart from the live ones."""
    mode = "test" if actor.test else "live"
    return hashlib.sha256(f"{actor.org_id} {mode} {key}".encode()).hexdigest()


def _fingerprint(call: Call) -> str:
    head = f"{call.method} {call.address}\n".encode()
    return hashlib.sha256(head + call.body).hexdigest()


def _sealed(ring: KeyRing, done: Kept) -> str:
    head = json.dumps([list(pair) for pair in done.headers]).encode()
    packed = zlib.compress(head + b"\n" + done.body)
    return ring.seal(base64.b64encode(packed).decode())


def _opened(ring: KeyRing, row: KeptAnswer) -> Kept:
    try:
        packed = base64.b64decode(ring.open(row.sealed or ""))
    except ValueError:  # forgotten, or sealed with a key that the server no longer has
        words = (
            "This was done already, and its answer is no longer kept. Read what is there now."
        )
        raise Conflict(words) from None
    head, _, body = zlib.decompress(packed).partition(b"\n")
    headers: list[Any] = json.loads(head)
    return Kept(row.status or 200, [(name, value) for name, value in headers], body)
