"""Webhook delivery with retries: at least once, and a slow endpoint delays only itself.

A delivery is leased for a minute; a worker that has lost the lease records its attempt but decides
nothing. An endpoint has at most two deliveries in progress, and slow endpoints get a limited number
of threads. If a worker dies between sending and marking, the delivery is sent again with the same
id.
"""

import logging
import random
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from sqlalchemy import func, select, update

from interviewrelay import __version__
from interviewrelay.core import clock, egress
from interviewrelay.core.config import failpoints
from interviewrelay.core.db.group_commit import current_runner
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import NotFound
from interviewrelay.core.ids import new_id
from interviewrelay.core.observability import correlation
from interviewrelay.core.ports.webhook_client import WebhookCallFailed, WebhookResponse
from interviewrelay.egress import egress_ledger
from interviewrelay.egress.egress_ledger import EgressSubject
from interviewrelay.mail import outbox
from interviewrelay.models import Attempt, Delivery, Webhook
from interviewrelay.organizations import access
from interviewrelay.runtime.services import Services
from interviewrelay.webhooks import delivery_leases, endpoints, signing
from interviewrelay.webhooks.delivery_leases import (
    AttemptOutcome,
    Lease,
    LeasedDelivery,
    claim_due,
)

log = logging.getLogger("interviewrelay.webhooks")

IN_A_ROW: Final = 20
"""Maximum deliveries to one endpoint in a row, before others get the thread."""
QUICK: Final = 500
"""Milliseconds; an endpoint that takes longer goes back into the queue."""
SECOND, MINUTE, HOUR = (timedelta(seconds=s) for s in (1, 60, 3600))
RETRY_DELAYS: Final = (
    5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR,
    24 * HOUR,
)  # fmt: skip
"""Delay after each attempt, ±20 %; after the tenth attempt the delivery has failed."""
LONGEST_WAIT: Final = 24 * HOUR
DISABLED_AFTER: Final = timedelta(days=5)
"""Failing time without a success after which an endpoint is disabled."""
LONGEST_ANSWER: Final = 2_048
GONE: Final = 410


def deliver_once(services: Services, claimed: Lease) -> bool:
    """Make one attempt; True if it succeeded."""
    outcome, _ = _deliver(services, claimed, going_on=False)
    return outcome is not None and outcome.arrived


def deliver_in_sequence(services: Services, claimed: Lease) -> int:
    """Make one attempt, and continue with the endpoint's next deliveries while they succeed
    quickly.

    Each is leased in the transaction that marks the one before. Returns the milliseconds of the
    slowest.
    """
    following: Lease | None = claimed
    longest = 0
    for left in reversed(range(IN_A_ROW)):
        if following is None:
            break
        outcome, following = _deliver(services, following, going_on=left > 0)
        longest = max(longest, outcome.milliseconds if outcome else 0)
    return longest


def deliver_due_webhooks(services: Services) -> int:
    """Attempt every due delivery once, one after the other; returns how many."""
    tried = 0
    while claimed := claim_due(20):
        for one in claimed:
            deliver_once(services, one)
        tried += len(claimed)
    return tried


def _deliver(
    services: Services, claimed: Lease, *, going_on: bool
) -> tuple[AttemptOutcome | None, Lease | None]:
    failpoints.reach_failpoint("delivery claimed")
    sent = delivery_leases.load_leased(claimed)
    if sent is None:
        return None, None
    with correlation.with_request_id(sent.request_id):
        return _send(services, claimed, sent, going_on=going_on)


def _send(
    services: Services, claimed: Lease, sent: LeasedDelivery, *, going_on: bool
) -> tuple[AttemptOutcome, Lease | None]:
    try:
        keys = endpoints.list_secrets(services, sent, clock.now())
    except ValueError:
        keys = []
    with egress.collect_transfers() as transfers:
        outcome = _attempt(services, sent.url, sent.event_id, sent.body, keys)
    if sent.campaign_id is not None:
        subject = EgressSubject(sent.campaign_id, sent.invite_id)
        outcome = replace(
            outcome, sent=egress_ledger.build_records(subject, "event", transfers)
        )
    failpoints.reach_failpoint("delivery sent")
    _log(sent, outcome)
    if not outcome.arrived:
        _mark(claimed, outcome)
        return outcome, None
    quick = outcome.milliseconds < QUICK
    return outcome, delivery_leases.mark_delivered(
        claimed, outcome, going_on=going_on and quick
    )


def _attempt(
    services: Services, url: str, event_id: str, body: bytes, keys: Sequence[str]
) -> AttemptOutcome:
    at, begun = clock.now(), time.monotonic()
    if not keys:
        return AttemptOutcome(at, 0, fault="secret")
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"InterviewRelay/{__version__}",
        **signing.build_headers(keys, event_id, body, at),
    }
    answered, fault = WebhookResponse(0), None
    try:
        answered = services.webhook_client.post(url, body, headers)
    except WebhookCallFailed as failed:
        fault = str(failed)
    return AttemptOutcome(
        at,
        round((time.monotonic() - begun) * 1000),
        status=answered.status or None,
        fault=fault,
        answer=_shown(answered.body),
        retry_after=answered.retry_after,
    )


def _log(sent: LeasedDelivery, outcome: AttemptOutcome) -> None:
    told = {"status": outcome.status} if outcome.fault is None else {"reason": outcome.fault}
    of_it = {"org": sent.org_id, "kind": sent.kind, "ms": outcome.milliseconds}
    log.info("delivery_tried", extra={**of_it, **told})


def _shown(body: bytes) -> str:
    """Start of a response as displayable text."""
    text = body[:LONGEST_ANSWER].decode("utf-8", "replace")
    return "".join(c if c.isprintable() or c in "\n\t" else "�" for c in text)


def _mark(claimed: Lease, outcome: AttemptOutcome) -> None:
    """Record a failed attempt; if the lease is still ours, also update the delivery and the
    endpoint.
    """
    with transaction():
        try:
            webhook = access.lock_row(Webhook, claimed.webhook_id)
        except NotFound:  # deleted meanwhile, with all its deliveries
            return
        found = select(Delivery.tries, Delivery.lease).where(Delivery.id == claimed.id)
        row = db.session.execute(found.with_for_update(key_share=True)).one_or_none()
        if row is None:  # erased meanwhile
            return
        _write(claimed.id, outcome)
        if row.lease != claimed.lease:  # cancelled, or leased by another worker
            return
        gone = outcome.status == GONE
        values = _decide_next_attempt(outcome, row.tries, gone=gone)
        db.session.execute(
            update(Delivery).where(Delivery.id == claimed.id).values(lease=None, **values),
            execution_options={"synchronize_session": False},
        )
        _disable_if_failing(webhook, outcome, gone=gone)
        failpoints.reach_failpoint("delivery marked")


def _write(delivery_id: str, outcome: AttemptOutcome) -> None:
    last = select(func.coalesce(func.max(Attempt.number), 0)).where(
        Attempt.delivery_id == delivery_id
    )
    db.session.add(
        Attempt(
            delivery_id=delivery_id,
            number=db.session.execute(last).scalar_one() + 1,
            at=outcome.at,
            milliseconds=outcome.milliseconds,
            status=outcome.status,
            fault=outcome.fault,
            answer=outcome.answer,
        )
    )
    egress_ledger.insert_records(current_runner(), outcome.sent)


def _decide_next_attempt(
    outcome: AttemptOutcome, tries: int, *, gone: bool
) -> dict[str, object]:
    """Changes to a delivery after a failed attempt: the time of the retry, or the final failure."""
    now = clock.now()
    if gone or tries > len(RETRY_DELAYS):
        return {"state": "failed"}
    own = RETRY_DELAYS[tries - 1] * random.uniform(0.8, 1.2)  # noqa: S311 - no secret
    asked = timedelta(seconds=outcome.retry_after or 0)
    return {"state": "pending", "next_at": now + min(max(own, asked), LONGEST_WAIT * 1.2)}


def _disable_if_failing(webhook: Webhook, outcome: AttemptOutcome, *, gone: bool) -> None:
    """Automatic disabling of an endpoint that is gone or has failed for days, until a member enables
    it again. (`adapters.http.circuit_breaker` guards language models and S3, a minute at a time.)
    """
    if webhook.failing_since is None:
        webhook.failing_since = outcome.at
    if webhook.disabled_by:
        return
    if gone or outcome.at - webhook.failing_since >= DISABLED_AFTER:
        endpoints.disable_webhook(webhook, "gone" if gone else "failing")
        _tell(webhook)
        log.warning(
            "webhook_disabled", extra={"org": webhook.org_id, "kind": webhook.disabled_by}
        )


def _tell(webhook: Webhook) -> None:
    """Notify the owners, each time that the endpoint is disabled."""
    why = (
        "The endpoint returned 410 Gone."
        if webhook.disabled_by == "gone"
        else "Every delivery failed for five days."
    )
    facts = {
        "subject": "A webhook was turned off",
        "sentence": f"The webhook {webhook.url} was turned off. {why}",
        "path": f"/webhooks/{webhook.id}",
    }
    outbox.enqueue_notice(webhook.org_id, ["owner"], "webhook", facts, f"webhook:{new_id()}")
