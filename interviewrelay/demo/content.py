"""Demonstration study: its questions, and the answers of its invented participants."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from interviewrelay.scripts import file_format

_FILE: Final = Path(__file__).with_name("content.yaml")
_STUDY: Final = file_format.parse_file(_FILE.read_bytes()).value

SCRIPT: Final[dict[str, Any]] = _STUDY["script"]
DRAFT: Final[dict[str, Any]] = _STUDY["draft"]
PEOPLE: Final = tuple(_STUDY["people"].items())
"""Address and answers of each participant; the last one leaves halfway."""
MORE_PEOPLE: Final = tuple(_STUDY["more_people"].items())
(LEAVES,) = _STUDY["leaves"].items()
"""A participant who leaves and does not come back."""
SPOKEN_SCRIPT: Final[dict[str, Any]] = _STUDY["spoken_script"]
SPOKEN_PEOPLE: Final = tuple(_STUDY["spoken_people"].items())
"""The second study, and the answers of those who speak in it."""
SPOKEN_WAITING: Final[str] = _STUDY["spoken_waiting"]
WAITING: Final[list[str]] = _STUDY["waiting"]
"""Participants who are invited and have not started."""
WHOLE_NOTE: Final[dict[str, Any]] = _STUDY["whole_note"]
NOTES: Final[list[dict[str, Any]]] = _STUDY["notes"]
"""Notes on the answers that contain their quotes."""


def write_follow_up_answer(details: Mapping[str, Any]) -> str:
    """Answer to a follow-up on the participant's words, or to the closing summary; empty for any
    other question.
    """
    if details.get("kind") in ("taken_up", "plain"):
        return str(_STUDY["told_more"].get(details["anchor"], _STUDY["no_more"]))
    if said := details.get("statements"):
        corrections = _STUDY["put_right"]
        known = (corrections[one["text"]] for one in said if one["text"] in corrections)
        return next(known, str(_STUDY["all_right"]))
    return ""
