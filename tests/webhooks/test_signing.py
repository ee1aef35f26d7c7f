"""One body, three signatures: whoever verifies by a documented way finds it right."""

import base64
import hashlib
import hmac
import shutil
import subprocess
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, strategies as st
from standardwebhooks import Webhook, WebhookVerificationError
from svix.webhooks import Webhook as SvixWebhook

from interviewrelay.webhooks import events, signing
from tests.verifiers import in_node

BODY = '{"id":"evt_1","data":{"name":"Zoë – \\u0001","score":0.25}}'.encode()


def test_every_documented_way_verifies_the_same_body():
    secret = signing.new_secret()
    told = signing.build_headers([secret], "evt_1", BODY, datetime.now(UTC))
    assert Webhook(secret).verify(BODY, told)
    SvixWebhook(secret).verify(BODY, told)
    mac = hmac.new(secret.encode(), BODY, hashlib.sha256).hexdigest()
    assert told["X-Webhook-Signature"] == mac
    stamped = f"{told['X-InterviewRelay-Timestamp']}.".encode() + BODY
    mac = hmac.new(secret.encode(), stamped, hashlib.sha256).hexdigest()
    assert told["X-InterviewRelay-Signature"] == mac
    assert int(told["X-InterviewRelay-Timestamp"]) // 1000 == int(told["webhook-timestamp"])


def test_another_body_or_secret_is_not_ours():
    secret = signing.new_secret()
    told = signing.build_headers([secret], "evt_1", BODY, datetime.now(UTC))
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(BODY + b" ", told)
    with pytest.raises(WebhookVerificationError):
        Webhook(signing.new_secret()).verify(BODY, told)


def test_during_a_rotation_both_secrets_verify_and_the_newest_signs_the_older_headers():
    new, old = signing.new_secret(), signing.new_secret()
    told = signing.build_headers([new, old], "evt_1", BODY, datetime.now(UTC))
    for secret in (new, old):
        assert Webhook(secret).verify(BODY, told)
        SvixWebhook(secret).verify(BODY, told)
    alone = signing.build_headers([new], "evt_1", BODY, datetime.now(UTC))
    assert told["X-Webhook-Signature"] == alone["X-Webhook-Signature"]


def test_a_secret_is_32_random_bytes():
    made = {signing.new_secret() for _ in range(100)}
    assert len(made) == 100
    assert {len(base64.b64decode(s.removeprefix("whsec_"))) for s in made} == {32}
    with pytest.raises(ValueError, match="not a webhook secret"):
        signing.build_headers(["whsec_no base64!"], "evt_1", BODY, datetime.now(UTC))


VALUES: Any = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**15), 10**15)
    | st.floats(-1e6, 1e6, allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
            | st.integers(0, 10**11).map(str),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@pytest.mark.gate
@given(st.lists(VALUES, min_size=1, max_size=40))
def test_a_body_outlives_being_read_and_written_by_javascript(many):
    """The older samples sign what they have parsed and written again."""
    body = events.serialize_body({"data": many})
    text = subprocess.run(
        [shutil.which("node") or "node", "-e", AGAIN], input=body, capture_output=True,
        timeout=120, check=True,
    ).stdout  # fmt: skip
    assert text == body


AGAIN = (
    "process.stdout.write(JSON.stringify(JSON.parse(require('fs').readFileSync(0, 'utf8'))))"
)


@pytest.mark.gate
def test_both_older_samples_in_node_verify_what_is_sent():
    told = {
        "name": "Zoë",
        "metadata": {"b": 1, "10": "x", "9": 2.0},
        "score": 0.123456,
        "n": 1e-7,
    }
    body = events.serialize_body(told)
    secret = signing.new_secret()
    sent = signing.build_headers([secret], "evt_1", body, datetime.now(UTC))
    assert in_node([(body, secret, sent)]) == [[True, True]]
    other = signing.new_secret()
    assert in_node([(body, other, sent)]) == [[False, False]]
