"""Form ids: a form creates its object once, however often it is sent."""

import json

from interviewrelay.core.errors import InvalidParameter
from interviewrelay.core.ids import derive_id, is_id


def build_id(form: str, *about: object) -> str | None:
    """Deterministic id of the object that a form creates: a UUID, the same for the same form and
    `about`; None without a form.

    With the owner in `about`, nobody else can compute it. Raises InvalidParameter.
    """
    if not form:
        return None
    if not is_id(form):
        raise InvalidParameter.field("once", "UUID")
    return derive_id(form, json.dumps(about))
