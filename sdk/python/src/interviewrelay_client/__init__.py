"""Client of InterviewRelay: campaigns, invites, sessions and webhooks from Python."""

from interviewrelay_client import error_codes, inputs, models
from interviewrelay_client.client import AsyncClient, Client
from interviewrelay_client.decoding import OMITTED, Model
from interviewrelay_client.error_codes import *  # noqa: F403 - a class for each error code
from interviewrelay_client.errors import (
    ApiError,
    ConnectionFailedError,
    FieldError,
    InterviewRelayError,
    InvalidResponseError,
    TimedOutError,
    WebhookVerificationError,
)
from interviewrelay_client.operation import AsyncPages, Pages
from interviewrelay_client.request import Page
from interviewrelay_client.retries import RateLimit
from interviewrelay_client.webhook_verification import verify_webhook

__all__ = [
    "OMITTED",
    "ApiError",
    "AsyncClient",
    "AsyncPages",
    "Client",
    "ConnectionFailedError",
    "FieldError",
    "InterviewRelayError",
    "InvalidResponseError",
    "Model",
    "Page",
    "Pages",
    "RateLimit",
    "TimedOutError",
    "WebhookVerificationError",
    "inputs",
    "models",
    "verify_webhook",
]
__all__ += error_codes.__all__
