"""Signatures of exports: JSON Web Signatures with Ed25519 (RFC 7515, RFC 8037), and their keys."""

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from interviewrelay.core.security.tokens import PUBLIC, KeyRing
from interviewrelay.integrity import chain
from interviewrelay.organizations import retired_keys

ALGORITHM: Final = "EdDSA"

PublicKeys = Mapping[str, bytes]
"""Public keys by their ids, which are the fingerprints of secret keys."""


class BadSignature(ValueError):
    """A text that isn't a signature, or one that doesn't fit."""


class UnknownKey(BadSignature):
    """A signature with a key that isn't among those given. `key_id` names it."""

    def __init__(self, key_id: str) -> None:
        super().__init__(f"signed with the unknown key {key_id}")
        self.key_id = key_id


def sign_json(ring: KeyRing, payload: Any) -> str:
    """Compact JSON Web Signature of a value, with the newest key."""
    key_id, seed = ring.newest_key("signing")
    header = {"alg": ALGORITHM, "kid": key_id}
    signed = f"{_encode(chain.encode_json(header))}.{_encode(chain.encode_json(payload))}"
    signature = Ed25519PrivateKey.from_private_bytes(seed).sign(signed.encode())
    return f"{signed}.{_encode(signature)}"


def read_signed_json(keys: PublicKeys, text: str) -> Any:
    """The value of a JSON Web Signature. Raises BadSignature and UnknownKey."""
    try:
        head, body, signature = text.split(".")
        header, signed = json.loads(decode_part(head)), f"{head}.{body}".encode()
        key_id = header["kid"]
        if header["alg"] != ALGORITHM:
            raise BadSignature("not an Ed25519 signature")
        if key_id not in keys:
            raise UnknownKey(str(key_id))
        Ed25519PublicKey.from_public_bytes(keys[key_id]).verify(decode_part(signature), signed)
        return json.loads(decode_part(body))
    except InvalidSignature:
        raise BadSignature("the signature doesn't fit") from None
    except (KeyError, TypeError, AttributeError, ValueError) as fault:
        if isinstance(fault, BadSignature):
            raise
        raise BadSignature("not a JSON Web Signature") from None


def list_public_keys(ring: KeyRing) -> dict[str, bytes]:
    """Public keys of the server, newest first, also of secret keys that were dropped."""
    derived = retired_keys.list_derived_keys(ring)
    return {one.name: one.keys[PUBLIC] for one in derived if PUBLIC in one.keys}


def build_key_set(keys: PublicKeys) -> dict[str, Any]:
    """Keys as a JSON Web Key Set (RFC 7517)."""
    return {
        "keys": [
            {
                "kty": "OKP",
                "crv": "Ed25519",
                "alg": ALGORITHM,
                "use": "sig",
                "kid": key_id,
                "x": _encode(key),
            }
            for key_id, key in keys.items()
        ]
    }


def parse_key_set(text: str | bytes) -> dict[str, bytes]:
    """Keys of a JSON Web Key Set. Raises ValueError."""
    try:
        keys = {one["kid"]: decode_part(one["x"]) for one in json.loads(text)["keys"]}
        for key in keys.values():
            Ed25519PublicKey.from_public_bytes(key)
    except (KeyError, TypeError, AttributeError, UnicodeDecodeError) as fault:
        raise ValueError("not a JSON Web Key Set") from fault
    return keys


def _encode(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def decode_part(text: str) -> bytes:
    """Bytes of a part in base64url. Raises ValueError."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as fault:
        raise ValueError("not base64url") from fault
