"""Receive webhooks with FastAPI.

Run: WEBHOOK_SECRET=whsec_… uvicorn fastapi_webhooks:app
"""

import logging
import os

from fastapi import FastAPI, HTTPException, Request

from interviewrelay_client import WebhookVerificationError, verify_webhook
from interviewrelay_client.models import SessionCompletedEvent, TranscriptReadyEvent

SECRET = os.environ["WEBHOOK_SECRET"]

app = FastAPI()
log = logging.getLogger(__name__)
processed: set[str] = set()  # use your database: an event can arrive more than once


@app.post("/webhooks/interviewrelay", status_code=204)
async def receive(request: Request) -> None:
    try:
        event = verify_webhook(await request.body(), request.headers, SECRET)
    except WebhookVerificationError as error:
        log.warning("Refused a webhook: %s", error)
        raise HTTPException(400) from error
    if event.id in processed:
        return
    if isinstance(event, SessionCompletedEvent):
        log.info("%s took %d minutes", event.data.id, event.data.duration_minutes)
    elif isinstance(event, TranscriptReadyEvent):
        log.info("The transcript of %s is ready", event.data.id)
    processed.add(event.id)
