"""Actor: who makes a request, and which permissions they have."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Final

from interviewrelay.core.errors import Forbidden

RESOURCES: Final = (
    "campaigns",
    "invites",
    "sessions",
    "billing",
    "organization",
    "projects",
    "scripts",
    "webhooks",
)
PERMISSIONS: Final = tuple(f"{r}:{act}" for r, act in product(RESOURCES, ("read", "write")))

SERVER: Final = "server"
"""Permission of system administrators only; no role and no API key includes it."""

ANY: Final = "any"
"""Permission that every actor has: a valid API key is enough."""

_STUDY: Final = ("campaigns", "invites", "sessions", "projects", "scripts")

ROLES: Final = {
    "owner": frozenset(PERMISSIONS),
    "admin": frozenset(PERMISSIONS),
    "researcher": frozenset(
        [f"{r}:{act}" for r in _STUDY for act in ("read", "write")]
        + ["billing:read", "organization:read"]
    ),
    "viewer": frozenset([f"{r}:read" for r in _STUDY] + ["billing:read"]),
}
"""Maximum permissions of each role; an API key can only narrow them."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person or one of their API keys, in one organization."""

    org_id: str
    membership_id: str
    user_id: str
    role: str
    permissions: frozenset[str]
    system_admin: bool = False
    test: bool = False
    key_id: str | None = None
    requests_per_hour: int | None = None
    plan: str = "free"

    def may(self, permission: str) -> bool:
        """True if the actor has this permission; `campaigns:write` includes `campaigns:read`."""
        if permission == SERVER:
            return self.system_admin and self.key_id is None
        if permission == ANY:
            return True
        if permission in self.permissions:
            return True
        resource, _, act = permission.partition(":")
        return act == "read" and f"{resource}:write" in self.permissions

    def require(self, permission: str) -> None:
        """Raise Forbidden unless the actor has this permission."""
        if not self.may(permission):
            raise Forbidden

    def require_grantable(self, permissions: Iterable[str]) -> None:
        """Raise Forbidden unless the actor has all of these permissions, to give them to another
        key or member.
        """
        for permission in sorted(permissions):
            if not self.may(permission):
                raise Forbidden(
                    f"This key can’t give the permission '{permission}', because it doesn’t have it."
                )


def restrict_permissions(role: str, wanted: list[str]) -> frozenset[str]:
    """Return the requested permissions of an API key that this role allows."""
    ceiling = ROLES[role]
    reads = {p.replace(":write", ":read") for p in wanted if p.endswith(":write")}
    return ceiling & (set(wanted) | reads)
