"""API keys in the API."""

from typing import Annotated

from flask import g
from flask.typing import ResponseReturnValue
from pydantic import AfterValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from interviewrelay.accounts import api_keys, representation
from interviewrelay.accounts.representation import Key, NewKey
from interviewrelay.core.actor import PERMISSIONS
from interviewrelay.core.field_types import AsWhole, RequestBody
from interviewrelay.core.representation import list_of
from interviewrelay.organizations import access
from interviewrelay.scripts.document import Name
from interviewrelay.web.http.blueprints import api, services
from interviewrelay.web.http.requests import list_response, read_payload, read_window
from interviewrelay.web.openapi.operation import operation
from interviewrelay.web.openapi.parameters import WINDOW


def _known(permission: str) -> str:
    if permission not in PERMISSIONS:
        raise PydanticCustomError("permission", "unknown")
    return permission


Permission = Annotated[
    str, AfterValidator(_known), Field(json_schema_extra={"enum": list(PERMISSIONS)})
]


class KeyIn(RequestBody):
    # An unknown field may be a mistyped limit, and a key without it would be able to do more.
    model_config = ConfigDict(strict=True, extra="forbid")

    name: Name
    permissions: (
        Annotated[list[Permission], Field(min_length=1, max_length=len(PERMISSIONS))] | None
    ) = Field(
        default=None,
        description="What the key may do; write includes read. null: everything that the calling "
        "key may do.",
    )
    test: bool = Field(default=False, description="Create a test key.")
    valid_days: Annotated[int, Field(ge=1, le=api_keys.MOST_DAYS), AsWhole] | None = Field(
        default=None, description="Days until the key expires. null: never."
    )


@operation(
    api,
    "POST /keys",
    "organization:write",
    tag="API keys",
    body=KeyIn,
    answers={201: NewKey},
    gives={"key_id": "/id"},
    sent={"name": "Research wiki", "permissions": ["sessions:read"], "valid_days": 90},
)
def create_key() -> ResponseReturnValue:
    """Create API key

    The key belongs to the same member as the calling key. Its text, `key`, is only in this
    response. Permissions that the calling key doesn’t have return 403, and so does a key that would
    expire later than the calling key.
    """
    wanted = read_payload(KeyIn)
    row, text = api_keys.create_api_key(
        services().ring,
        access.get_membership(g.actor),
        wanted.name,
        permissions=wanted.permissions,
        test=wanted.test,
        days=wanted.valid_days,
        by=g.actor,
    )
    return representation.new_key(row, text), 201


@operation(
    api,
    "GET /keys",
    "organization:write",
    tag="API keys",
    query=WINDOW,
    answers={200: list_of("keys", Key)},
)
def list_keys() -> ResponseReturnValue:
    """List API keys

    The keys of all members, also expired and revoked ones, without their texts.
    """
    return list_response("keys", api_keys.list_api_keys(g.actor, read_window()), Key.read)


@operation(api, "GET /keys/<key_id>", "organization:write", tag="API keys", answers={200: Key})
def get_key(key_id: str) -> ResponseReturnValue:
    """Get API key

    A key with its status, permissions and last use.
    """
    return Key.read(access.get_api_key(g.actor, key_id))


@operation(
    api,
    "DELETE /keys/<key_id>",
    "organization:write",
    tag="API keys",
    answers={200: Key},
    changes={"status": "revoked", "revoked_at": "2024-10-20T10:00:00Z"},
)
def revoke_key(key_id: str) -> ResponseReturnValue:
    """Revoke API key

    The key stops working at once and stays in the list. A key can revoke itself. Revoking a key
    again changes nothing.
    """
    return Key.read(api_keys.revoke_api_key(access.get_api_key(g.actor, key_id)))
