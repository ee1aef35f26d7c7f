"""Recording of a session for its page, which plays it."""

from flask.typing import ResponseReturnValue

from interviewrelay.web.http.blueprints import pages, requires
from interviewrelay.web.sessions.audio_api import audio_response


@pages.get("/sessions/<session_id>/audio")
@requires("sessions:read")
def play_audio(session_id: str) -> ResponseReturnValue:
    """Players ask for many parts of a file, so this is not counted as a download each time."""
    return audio_response(session_id, "inline")
