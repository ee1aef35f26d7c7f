"""Verification of webhook requests: the three signatures that each delivery has."""

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Literal

from interviewrelay_client.errors import WebhookVerificationError
from interviewrelay_client.models import AnyEvent, parse_event

Scheme = Literal["standard", "timestamped", "body"]
TOLERANCE: Final = 300.0
"""Seconds that the clocks of server and receiver may differ."""


def verify_webhook(
    body: bytes | str,
    headers: Mapping[str, str],
    secret: str | Sequence[str],
    *,
    scheme: Scheme = "standard",
    tolerance: float = TOLERANCE,
) -> AnyEvent:
    """Verify a webhook request and return its event.

    `body` is the request's body as it arrived, byte for byte. `secret` is the webhook's secret
    (`whsec_…`), or several while you replace one. `scheme` is the signature to verify: `standard`
    (Standard Webhooks), `timestamped` (`X-InterviewRelay-Signature`) or `body`
    (`X-Webhook-Signature`). With the first two, requests older than `tolerance` seconds are refused;
    `body` doesn't protect against replays.

    Raises WebhookVerificationError if the signature isn't right, and for requests that are too old.
    """
    content = body.encode() if isinstance(body, str) else bytes(body)
    secrets = [secret] if isinstance(secret, str) else list(secret)
    if not secrets or not all(secrets):
        raise ValueError("secret must not be empty")
    found = {name.lower(): value for name, value in headers.items()}
    expected, given = _SCHEMES[scheme](content, found, secrets, tolerance)
    # All are compared, so that the time doesn't tell which secret is in use.
    matches = [hmac.compare_digest(one.encode(), other) for one in expected for other in given]
    if not any(matches):
        raise WebhookVerificationError("The signature doesn't match.")
    return _read_event(content)


Signatures = tuple[Iterable[str], list[bytes]]
"""Right signatures, one for each secret, and those of the request."""


def _standard(
    content: bytes, headers: Mapping[str, str], secrets: list[str], tolerance: float
) -> Signatures:
    identifier, sent = _header(headers, "webhook-id"), _header(headers, "webhook-timestamp")
    _check_age(sent, 1, tolerance)
    signed = b".".join((_encode(identifier), sent.encode(), content))
    given = _header(headers, "webhook-signature").split()
    right = [
        "v1," + base64.b64encode(_digest(_decode_secret(one), signed)).decode()
        for one in secrets
    ]
    return right, [_encode(one) for one in given]


def _timestamped(
    content: bytes, headers: Mapping[str, str], secrets: list[str], tolerance: float
) -> Signatures:
    sent = _header(headers, "x-interviewrelay-timestamp")
    _check_age(sent, 1000, tolerance)
    signed = b".".join((sent.encode(), content))
    given = _header(headers, "x-interviewrelay-signature")
    return [_digest(one.encode(), signed).hex() for one in secrets], [_encode(given)]


def _body(
    content: bytes, headers: Mapping[str, str], secrets: list[str], _tolerance: float
) -> Signatures:
    given = _header(headers, "x-webhook-signature")
    return [_digest(one.encode(), content).hex() for one in secrets], [_encode(given)]


_SCHEMES: Final = {"standard": _standard, "timestamped": _timestamped, "body": _body}


def _digest(key: bytes, signed: bytes) -> bytes:
    return hmac.new(key, signed, hashlib.sha256).digest()


def _encode(header: str) -> bytes:
    """Bytes of a header, which may hold anything that a stranger sends."""
    return header.encode(errors="replace")


def _decode_secret(secret: str) -> bytes:
    try:
        return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except binascii.Error:
        raise ValueError("secret isn't the secret of a webhook (whsec_…)") from None


def _header(headers: Mapping[str, str], name: str) -> str:
    try:
        return headers[name]
    except KeyError:
        raise WebhookVerificationError(f"There is no header {name}.") from None


def _check_age(sent: str, units: int, tolerance: float) -> None:
    """Check a time in `units` per second since 1970."""
    if not (sent.isascii() and sent.isdecimal() and len(sent) < 20):
        raise WebhookVerificationError("The timestamp isn't a number.")
    if abs(time.time() - int(sent) / units) > tolerance:
        raise WebhookVerificationError(
            "The request is too old, or the clocks of the server and this machine differ."
        )


def _read_event(content: bytes) -> AnyEvent:
    try:
        data: Any = json.loads(content)
        return parse_event(data)
    except (TypeError, ValueError) as error:
        raise WebhookVerificationError(f"The body isn't an event: {error}") from error
