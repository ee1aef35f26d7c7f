"""Webhook signatures in three schemes at once, so that receivers of each documented style can
verify.

- Standard Webhooks: `webhook-id`, `webhook-timestamp` (seconds) and `webhook-signature`, with a
signature by each valid secret.
- `X-Webhook-Signature`: hexadecimal HMAC-SHA256 of the body, keyed with the secret's text.
- `X-InterviewRelay-Timestamp` (milliseconds) and `X-InterviewRelay-Signature`: the same of
`timestamp.body`.

The last two have room for one signature: that of the newest secret.
"""

import base64
import binascii
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from standardwebhooks import Webhook

PREFIX: Final = "whsec_"
_BYTES: Final = 32


def new_secret() -> str:
    """`whsec_` and 32 random bytes in base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def build_headers(
    keys: Sequence[str], event_id: str, body: bytes, at: datetime
) -> dict[str, str]:
    """Headers of a body at a moment in UTC; `keys` are the valid secrets, newest first."""
    millis, text = int(at.timestamp() * 1000), keys[0].encode()
    standard = (Webhook(_raw(key)).sign(event_id, at, body.decode()) for key in keys)
    return {
        "webhook-id": event_id,
        "webhook-timestamp": str(millis // 1000),
        "webhook-signature": " ".join(standard),
        "X-Webhook-Signature": _mac(text, body).hex(),
        "X-InterviewRelay-Timestamp": str(millis),
        "X-InterviewRelay-Signature": _mac(text, f"{millis}.".encode() + body).hex(),
    }


def _mac(key: bytes, words: bytes) -> bytes:
    return hmac.digest(key, words, "sha256")


def _raw(secret: str) -> bytes:
    """Decode a secret. Raises ValueError when it is invalid."""
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        raise ValueError("not a webhook secret") from None
