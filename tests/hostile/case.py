"""One hostile input and the one right answer to it."""

import dataclasses
from collections.abc import Mapping
from typing import Any


@dataclasses.dataclass(frozen=True)
class Case:
    """`{name}` in the path is filled from organization A of the demonstration, `{B.name}` from B."""

    name: str
    ask: str
    """`GET /api/projects`; the path goes out as it is written here."""
    status: int
    code: str | None = None
    """The error's code; None where the request is taken."""
    field: str | None = None
    """`details.field`."""
    json: Any = None
    raw: bytes | None = None
    kind: str | None = "application/json"
    """The content type of a body."""
    key: str | None = "A.key_owner"
    headers: Mapping[str, str] = dataclasses.field(default_factory=dict)
    says: str = ""
    """Words that the message must hold."""
    shows: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    """Members of the answer, by dotted path."""


def refusals(
    ask: str, code: str, inputs: Mapping[str, Any], *, status: int = 400, **more: Any
) -> list[Case]:
    """Bodies that are all refused alike; one that is given as bytes goes out as it is."""
    made = []
    for name, body in inputs.items():
        sent = {"raw": body} if isinstance(body, bytes) else {"json": body}
        made.append(Case(name, ask, status, code, **{**sent, **more}))
    return made
