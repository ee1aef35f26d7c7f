"""Representations of suppressed addresses."""

from typing import Literal

from interviewrelay.core.representation import OTHER_ID, Id, Representation, Time, field


class Suppression(Representation):
    id: Id = field(example=OTHER_ID)
    reason: Literal["unsubscribed", "added"] = field(
        None, "`unsubscribed`: by the person, with the link in an email. `added`: by a member."
    )
    created_at: Time


class SuppressionRemoved(Representation):
    removed: bool = field(None, "False if the address was not on the list.", example=True)


class Unsubscribing(Representation):
    organization: str = field(example="Alder Research")
    unsubscribed: bool
