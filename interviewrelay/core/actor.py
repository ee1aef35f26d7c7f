"""Who acts, and what they may do."""

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
"""What only those may who administer the server; no role and no key gives it."""

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
"""The ceiling of each role; a key can only narrow it."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at the desk or a key of theirs, in one organization."""

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
        """`campaigns:write` includes `campaigns:read`."""
        if permission == SERVER:
            return self.system_admin and self.key_id is None
        if permission in self.permissions:
            return True
        resource, _, act = permission.partition(":")
        return act == "read" and f"{resource}:write" in self.permissions

    def require(self, permission: str) -> None:
        """Raises Forbidden."""
        if not self.may(permission):
            raise Forbidden


def narrowed(role: str, wanted: list[str]) -> frozenset[str]:
    """What a key with these permissions may do under this role."""
    ceiling = ROLES[role]
    reads = {p.replace(":write", ":read") for p in wanted if p.endswith(":write")}
    return ceiling & (set(wanted) | reads)
