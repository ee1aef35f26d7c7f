"""The operations on webhooks and events."""

from typing import Final, get_args

from interviewrelay.core.errors import Conflict, WebhookUrlNotAllowed
from interviewrelay.web.openapi.examples import webhooks as examples
from interviewrelay.web.openapi.operations.operation import Operation, Parameter
from interviewrelay.web.openapi.operations.parameters import LIMIT, TEXT, WINDOW, choice
from interviewrelay.web.openapi.schemas import webhooks as answers
from interviewrelay.web.webhooks.api import ASKED_FOR, ReplayIn, WebhookChange, WebhookIn
from interviewrelay.webhooks import delivery_log

TAG: Final = "Webhooks"

WEBHOOKS: Final = (
    Operation(
        view="create_webhook",
        method="POST",
        path="/api/webhooks",
        tag=TAG,
        summary="Create webhook",
        words="Be told of what happens as it happens, by a signed POST. The `secret` is in this "
        "answer only. At most 20. How to verify and what is sent: docs/webhooks.md.",
        permission="webhooks:write",
        body=WebhookIn,
        answers={201: answers.NewWebhook},
        refusals=(Conflict, WebhookUrlNotAllowed),
        gives={"webhook_id": "/id"},
        sent=examples.WEBHOOK_SENT,
        example=examples.NEW_WEBHOOK,
    ),
    Operation(
        view="list_webhooks",
        method="GET",
        path="/api/webhooks",
        tag=TAG,
        summary="List webhooks",
        words="Without their secrets.",
        permission="webhooks:read",
        query=WINDOW,
        answers={200: answers.WEBHOOKS},
        example=examples.WEBHOOKS,
    ),
    Operation(
        view="get_webhook",
        method="GET",
        path="/api/webhooks/{webhook_id}",
        tag=TAG,
        summary="Get webhook",
        words="Whether it is enabled, and since when nothing has arrived.",
        permission="webhooks:read",
        answers={200: answers.Webhook},
        example=examples.WEBHOOK,
    ),
    Operation(
        view="change_webhook",
        method="PATCH",
        path="/api/webhooks/{webhook_id}",
        tag=TAG,
        summary="Update webhook",
        words="What is left out stays. Switched on again, it hears of what happens from then on; "
        "replay what it missed.",
        permission="webhooks:write",
        body=WebhookChange,
        partial=True,
        answers={200: answers.Webhook},
        refusals=(WebhookUrlNotAllowed,),
        sent=examples.CHANGE_SENT,
        example={**examples.WEBHOOK, "events": ["*"]},
    ),
    Operation(
        view="delete_webhook",
        method="DELETE",
        path="/api/webhooks/{webhook_id}",
        tag=TAG,
        summary="Delete webhook",
        words="With the log of its deliveries. The events stay.",
        permission="webhooks:write",
        answers={204: None},
    ),
    Operation(
        view="test_webhook",
        method="POST",
        path="/api/webhooks/{webhook_id}/test",
        tag=TAG,
        summary="Test webhook",
        words="Send a `webhook.ping`, on the way that every event takes; the list of deliveries says "
        "how it went. Switched off: 409 `CONFLICT`. 60 tests and replays an hour.",
        permission="webhooks:write",
        answers={202: answers.Delivery},
        refusals=(Conflict,),
        gives={"delivery_id": "/id"},
        example=examples.PENDING,
    ),
    Operation(
        view="rotate_webhook_secret",
        method="POST",
        path="/api/webhooks/{webhook_id}/rotate-secret",
        tag=TAG,
        summary="Rotate secret",
        words="A new secret, in this answer only. For 24 hours `webhook-signature` holds a signature "
        "by each of the two; the older signature headers are by the new one at once.",
        permission="webhooks:write",
        answers={200: answers.NewWebhook},
        example=examples.ROTATED,
    ),
    Operation(
        view="replay_events",
        method="POST",
        path="/api/webhooks/{webhook_id}/replay",
        tag=TAG,
        summary="Replay events",
        words="Send what happened in a time and has not arrived: failed, cancelled, never sent since "
        "the webhook was not there or switched off, or waiting for its next try, which is made now. "
        "At most 10,000 events of the last 30 days.",
        permission="webhooks:write",
        body=ReplayIn,
        answers={202: answers.Replayed},
        refusals=(Conflict,),
        sent=examples.REPLAY_SENT,
        example=examples.REPLAYED,
    ),
    Operation(
        view="list_deliveries",
        method="GET",
        path="/api/webhooks/{webhook_id}/deliveries",
        tag=TAG,
        summary="List deliveries",
        words="The log of 30 days, newest first, with every attempt.",
        permission="webhooks:read",
        query=(
            choice("status", get_args(delivery_log.State), "Filter by status.", "failed"),
            *WINDOW,
        ),
        answers={200: answers.DELIVERIES},
        example=examples.DELIVERIES,
    ),
    Operation(
        view="redeliver",
        method="POST",
        path="/api/webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver",
        tag=TAG,
        summary="Redeliver",
        words="Send the same event once more, with the same `webhook-id`. One that waits for its next "
        "try is tried now.",
        permission="webhooks:write",
        answers={202: answers.Delivery},
        refusals=(Conflict,),
        example={**examples.DELIVERY, "status": "pending", "delivered_at": None,
                 "next_attempt_at": "2024-10-20T10:05:00Z"},
    ),
    Operation(
        view="list_events",
        method="GET",
        path="/api/events",
        tag=TAG,
        summary="List events",
        words="What has happened in the last 30 days, oldest first: for whoever would rather ask than "
        "be told. Go on with `after` = the last event that you have; nothing is ever put before it.",
        permission="webhooks:read",
        query=(
            Parameter("after", TEXT, "The id of an event: those behind it."),
            choice("type", ASKED_FOR, "Filter by type.", "session.completed"),
            LIMIT,
        ),
        answers={200: answers.Events},
        example=examples.EVENTS,
    ),
)  # fmt: skip
