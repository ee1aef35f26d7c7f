"""Representations of suppressed addresses."""

from typing import Literal

from interviewrelay.core.representation import OTHER_ID, Id, Representation, Time, field


class Suppression(Representation):
    id: Id = field(example=OTHER_ID)
    reason: Literal["unsubscribed", "added"] = field(
        None, "Asked for by the person, by the link in a mail; or added by hand."
    )
    created_at: Time


class SuppressionRemoved(Representation):
    removed: bool = field(None, "False when it was not on the list.", example=True)


class Unsubscribing(Representation):
    organization: str = field(example="Alder Research")
    unsubscribed: bool
