"""Receive webhooks with Flask.

Run: WEBHOOK_SECRET=whsec_… flask --app flask_webhooks run
"""

import logging
import os

from flask import Flask, request

from interviewrelay_client import WebhookVerificationError, verify_webhook
from interviewrelay_client.models import SessionCompletedEvent, TranscriptReadyEvent

SECRET = os.environ["WEBHOOK_SECRET"]

app = Flask(__name__)
log = logging.getLogger(__name__)
processed: set[str] = set()  # use your database: an event can arrive more than once


@app.post("/webhooks/interviewrelay")
def receive() -> tuple[str, int]:
    try:
        event = verify_webhook(request.get_data(), dict(request.headers), SECRET)
    except WebhookVerificationError as error:
        log.warning("Refused a webhook: %s", error)
        return "", 400
    if event.id in processed:
        return "", 204
    if isinstance(event, SessionCompletedEvent):
        log.info("%s took %d minutes", event.data.id, event.data.duration_minutes)
    elif isinstance(event, TranscriptReadyEvent):
        log.info("The transcript of %s is ready", event.data.id)
    processed.add(event.id)
    return "", 204
