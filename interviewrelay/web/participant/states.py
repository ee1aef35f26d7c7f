"""States of an interview as JSON, with what this server offers by voice."""

from collections.abc import Mapping
from typing import Any

from interviewrelay.campaigns import voice_availability
from interviewrelay.core.representation import Shape
from interviewrelay.interviews.participation.representation import (
    Reply,
    Started,
    State,
    Voice,
)
from interviewrelay.interviews.state import AnswerReply, InterviewState
from interviewrelay.web.http.blueprints import services


def read_state(reached: InterviewState, shape: type[State] = State) -> Shape:
    """State of an interview, or the response to its start."""
    row = reached.interview
    told = _voice(row.campaign.settings, row.language, agreed=row.voice_agreed)
    return {**shape.read(reached), "voice": told}


def read_started(reached: InterviewState) -> Shape:
    return read_state(reached, Started)


def read_reply(heard: AnswerReply) -> Shape:
    """Reply to an answer."""
    now = heard.snapshot
    told = _voice(now.settings, now.language, agreed=bool(now.voice_agreed))
    return {**Reply.read(heard), "voice": told}


def _voice(settings: Mapping[str, Any], language: str, *, agreed: bool) -> Shape:
    return Voice.read(
        voice_availability.get_voice_offer(services().speech, settings, language, agreed=agreed)
    )
