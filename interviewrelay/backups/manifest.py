"""What a backup says about itself: the last file in it, and the first that is read."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from interviewrelay import migrations
from interviewrelay.adapters.storage.file_names import checked

NAME: Final = "manifest.json"
DATABASE: Final = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
"""What the database is called in a backup, by its kind."""
KEYS: Final = "secret_keys"
FILES: Final = "files/"
FORM: Final = 2
"""Form 1 is of the time before the first release."""


class BackupFault(Exception):
    """A backup cannot be made or used; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the backup: its size in bytes and its SHA-256 in hexadecimal digits."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`began` and `ended` are moments of ISO 8601; everything committed before `began` is in it.

    `counts` are the rows by table, `keys` the names of the secret keys that open what is sealed.
    """

    version: str
    database: str
    revision: str | None
    began: str
    ended: str
    counts: dict[str, int]
    keys: list[str]
    parts: list[Part]
    form: int = field(default=FORM)

    def written(self) -> bytes:
        return json.dumps(asdict(self), indent=1).encode() + b"\n"

    @property
    def with_keys(self) -> bool:
        return any(part.name == KEYS for part in self.parts)

    @property
    def stored(self) -> list[str]:
        """The names of the stored files that are in it."""
        return [p.name.removeprefix(FILES) for p in self.parts if p.name.startswith(FILES)]


def read(text: bytes) -> Manifest:
    """The manifest of a backup. Raises BackupFault."""
    try:
        told: dict[str, Any] = json.loads(text)
        if told["form"] > FORM:
            raise BackupFault(
                "This backup was made by a newer version of InterviewRelay: install that version."
            )
        if told["form"] < FORM:
            raise BackupFault(migrations.TOO_OLD.format("This backup"))
        told["parts"] = [Part(**part) for part in told["parts"]]
        made = Manifest(**told)
        for name in made.stored:
            checked(name)
    except (AttributeError, ValueError, KeyError, TypeError):
        raise BackupFault(
            "This is no backup of InterviewRelay: its manifest cannot be read."
        ) from None
    return made
