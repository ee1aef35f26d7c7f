"""Manifest of a backup: written last, read first."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from interviewrelay import migrations
from interviewrelay.adapters.storage.file_names import validate_name
from interviewrelay.core.errors import OperatorError

NAME: Final = "manifest.json"
DATABASE: Final = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
"""File name of the database in a backup, by kind."""
KEYS: Final = "secret_keys"
FILES: Final = "files/"
FORM: Final = 2
"""Format version; version 1 predates the first release."""


class BackupError(OperatorError):
    """A backup cannot be created or used."""


@dataclass(frozen=True, slots=True)
class BackupPart:
    """File of the backup: size in bytes, and SHA-256 in hexadecimal digits."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """Manifest. `began` and `ended` are ISO 8601; the backup holds everything committed before
    `began`.

    `counts` are rows by table, `keys` the fingerprints of the secret keys that decrypt it.
    """

    version: str
    database: str
    revision: str | None
    began: str
    ended: str
    counts: dict[str, int]
    keys: list[str]
    parts: list[BackupPart]
    form: int = field(default=FORM)

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1).encode() + b"\n"

    @property
    def with_keys(self) -> bool:
        return any(part.name == KEYS for part in self.parts)

    @property
    def stored(self) -> list[str]:
        """Names of the stored files in it."""
        return [p.name.removeprefix(FILES) for p in self.parts if p.name.startswith(FILES)]


def parse_manifest(text: bytes) -> Manifest:
    """Parse a manifest. Raises BackupError."""
    try:
        told: dict[str, Any] = json.loads(text)
        if told["form"] > FORM:
            raise BackupError(
                "This backup was created by a newer version of InterviewRelay. Install that version."
            )
        if told["form"] < FORM:
            raise BackupError(migrations.TOO_OLD.format("This backup"))
        told["parts"] = [BackupPart(**part) for part in told["parts"]]
        made = Manifest(**told)
        for name in made.stored:
            validate_name(name)
    except (AttributeError, ValueError, KeyError, TypeError):
        raise BackupError(
            "This is not an InterviewRelay backup: its manifest is invalid. Choose another file."
        ) from None
    return made
