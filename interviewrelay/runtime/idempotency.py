"""Idempotency keys: a repeated call gets the stored response, for a day.

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
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, select, update

from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.db import session
from interviewrelay.core.db.session import count_affected, db, require_transaction, transaction
from interviewrelay.core.errors import Conflict, IdempotencyKeyReused, RequestInProgress
from interviewrelay.core.ids import new_id
from interviewrelay.core.security.tokens import KeyRing
from interviewrelay.models import StoredResponse

KEPT: Final = timedelta(hours=24)
LEASE: Final = timedelta(seconds=60)
"""Lease of a call to the outside: after it, a repeated call may try again."""
BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class IdempotentCall:
    """Request with an idempotency key: the key, and everything that makes two requests equal."""

    key: str
    method: str
    address: str
    body: bytes


@dataclass(frozen=True, slots=True)
class KeptResponse:
    status: int
    headers: Sequence[tuple[str, str]]
    body: bytes


def run_once(
    ring: KeyRing, actor: Actor, call: IdempotentCall, act: Callable[[], KeptResponse]
) -> tuple[KeptResponse, bool]:
    """Run `act` once, or return the stored response; the flag says which.

    The changes of `act` and the response are one transaction. An error of `act` passes through and
    leaves the key free. Raises IdempotencyKeyReused, RequestInProgress, and Conflict when the
    response was erased.
    """
    mark, fingerprint = _mark(actor, call.key), _fingerprint(call)
    with _alone_here(mark), session.unit_of_work():
        _alone_everywhere(mark)
        known = _known(ring, mark, fingerprint)
        if isinstance(known, KeptResponse):
            return known, True
        done = act()
        with transaction():
            _forget_old(mark)
            db.session.add(_row(actor, mark, fingerprint, **_finished(ring, done)))
    return done, False


def run_once_outside(
    ring: KeyRing, actor: Actor, call: IdempotentCall, act: Callable[[str], KeptResponse]
) -> tuple[KeptResponse, bool]:
    """Like `run_once`, for an act that calls the outside and so cannot hold a transaction.

    The key is leased for a minute first, and released when `act` fails. `act` receives an id to use
    as the key for the outside call: the same when a call is resumed after a server died, a new one
    for each fresh start.
    """
    mark, fingerprint = _mark(actor, call.key), _fingerprint(call)
    with _alone_here(mark):
        with transaction():
            _alone_everywhere(mark)
            known = _known(ring, mark, fingerprint)
            if isinstance(known, KeptResponse):
                return known, True
            call_id, until = _taken(actor, mark, fingerprint, known)
        # If another call took over after the lease ended, leave the row to it.
        mine = StoredResponse.id == call_id, StoredResponse.running_until == until
        try:
            done = act(call_id)
        except BaseException:
            with transaction():
                db.session.execute(delete(StoredResponse).where(*mine))
            raise
        with transaction():
            finished = _finished(ring, done)
            db.session.execute(update(StoredResponse).where(*mine).values(**finished))
    return done, False


def forget_all(org_id: str) -> None:
    """Building block: erase the stored responses, but not the keys, when a person is erased.

    A repeated call is then refused instead of run again.
    """
    require_transaction()
    db.session.execute(
        update(StoredResponse).where(StoredResponse.org_id == org_id).values(sealed=None)
    )


def delete_expired() -> int:
    """Delete entries older than a day; returns how many."""
    removed = 0
    while True:
        over = select(StoredResponse.id).where(StoredResponse.created_at <= clock.now() - KEPT)
        with transaction():
            gone = count_affected(
                delete(StoredResponse).where(StoredResponse.id.in_(over.limit(BATCH)))
            )
        removed += gone
        if gone < BATCH:
            return removed


_running: set[str] = set()
_running_lock = threading.Lock()


@contextmanager
def _alone_here(mark: str) -> Iterator[None]:
    """Refuse the second concurrent call in this process at once, instead of letting it wait for the
    write lock.
    """
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
    if not session.exclusive_lock(f"idempotency:{mark}"):
        raise RequestInProgress


def _known(ring: KeyRing, mark: str, fingerprint: str) -> KeptResponse | StoredResponse | None:
    """The stored response, or the row of a call whose server died."""
    row = db.session.execute(
        select(StoredResponse)
        .where(StoredResponse.mark == mark, StoredResponse.created_at > clock.now() - KEPT)
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
    return row


def _taken(
    actor: Actor, mark: str, fingerprint: str, died: StoredResponse | None
) -> tuple[str, datetime]:
    """Lease of a call to the outside: its id, and when the lease ends."""
    until = clock.now() + LEASE
    if died is not None:
        died.running_until = until
        return died.id, until
    _forget_old(mark)
    mine = _row(actor, mark, fingerprint, id=new_id(), state="running", running_until=until)
    db.session.add(mine)
    return mine.id, until


def _forget_old(mark: str) -> None:
    """Delete an expired entry with this key."""
    db.session.execute(delete(StoredResponse).where(StoredResponse.mark == mark))


def _row(actor: Actor, mark: str, fingerprint: str, **more: Any) -> StoredResponse:
    given = {"mark": mark, "fingerprint": fingerprint, "created_at": clock.now()}
    return StoredResponse(org_id=actor.org_id, **given, **more)


def _finished(ring: KeyRing, done: KeptResponse) -> dict[str, Any]:
    return {"state": "done", "status": done.status, "sealed": _sealed(ring, done)}


def _mark(actor: Actor, key: str) -> str:
    """Digest of a key. Keys belong to an organization; test keys are separate from live ones."""
    mode = "test" if actor.test else "live"
    return hashlib.sha256(f"{actor.org_id} {mode} {key}".encode()).hexdigest()


def _fingerprint(call: IdempotentCall) -> str:
    head = f"{call.method} {call.address}\n".encode()
    return hashlib.sha256(head + call.body).hexdigest()


def _sealed(ring: KeyRing, done: KeptResponse) -> str:
    head = json.dumps([list(pair) for pair in done.headers]).encode()
    packed = zlib.compress(head + b"\n" + done.body)
    return ring.encrypt(base64.b64encode(packed).decode())


def _opened(ring: KeyRing, row: StoredResponse) -> KeptResponse:
    try:
        packed = base64.b64decode(ring.decrypt(row.sealed or ""))
    except ValueError:  # erased, or encrypted with a key that the server no longer has
        words = (
            "This request was already processed, and its response is no longer stored. "
            "Read the current state."
        )
        raise Conflict(words) from None
    head, _, body = zlib.decompress(packed).partition(b"\n")
    headers: list[Any] = json.loads(head)
    return KeptResponse(row.status or 200, [(name, value) for name, value in headers], body)
