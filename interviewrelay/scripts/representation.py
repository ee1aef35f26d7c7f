"""Scripts as JSON."""

from dataclasses import asdict

from interviewrelay.analysis.linter import Remark
from interviewrelay.core import clock
from interviewrelay.core.json_types import Shape
from interviewrelay.models import (
    Script,
)


def script(row: Script) -> Shape:
    """With its whole document; `status` is published once there is a version."""
    return {
        "id": row.id,
        "status": "published" if row.latest_version else "draft",
        "version": row.latest_version or None,
        "changed_since_publication": row.changed_since_publication,
        "created_at": clock.iso(row.created_at),
        "updated_at": clock.iso(row.updated_at),
        "reporting": {},  # not there in scripts that were last saved before it was known
        **row.document,
    }


def remark(value: Remark) -> Shape:
    return asdict(value)
