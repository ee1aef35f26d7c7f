"""What a form makes, once however often it is sent."""

import json

from interviewrelay.core.errors import InvalidParameter
from interviewrelay.core.ids import is_id, one_id


def key(form: str, *about: object) -> str | None:
    """The id of what a form makes: the same for the same form, a UUID, about the same; None without a
    form. With whose it is in `about` it can be told by nobody else. Raises InvalidParameter.
    """
    if not form:
        return None
    if not is_id(form):
        raise InvalidParameter.field("once", "UUID")
    return one_id(form, json.dumps(about))
