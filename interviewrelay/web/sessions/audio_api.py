"""Recordings of sessions in the API; the page that plays them is in `audio`."""

from typing import IO, Final, cast

from flask import Response, g, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.http import parse_range_header
from werkzeug.wsgi import FileWrapper

from interviewrelay.core.audio_containers import MEDIA_TYPES
from interviewrelay.core.errors import RangeNotSatisfiable
from interviewrelay.core.ports.audio import RecordingFormat
from interviewrelay.organizations import access
from interviewrelay.recordings import session_recording
from interviewrelay.web.http.blueprints import api, rate_limited_as, services
from interviewrelay.web.http.requests import read_choice
from interviewrelay.web.openapi.operation import operation
from interviewrelay.web.openapi.parameters import choice

FORMATS: Final = ("ogg", "mp3", "wav")
PIECE: Final = 1024 * 1024
"""Bytes read from the storage at once."""


@operation(
    api,
    "GET /session/<session_id>/audio",
    "sessions:read",
    also="/sessions/<session_id>/audio",
    query=(
        choice(
            "format",
            FORMATS,
            "ogg (Opus), mp3 or wav. Default: the best that the recording has. `wav` exists only "
            "on servers without the `voice` extra, `ogg` and `mp3` only on those with it.",
        ),
    ),
    answers={200: None, 206: None},
    files=tuple(MEDIA_TYPES[form] for form in FORMATS),
    refusals=(RangeNotSatisfiable,),
)
@rate_limited_as("audio")
def get_audio(session_id: str) -> ResponseReturnValue:
    """Download audio

    The recording of a spoken session: both voices in their order, in one file. The transcript's
    times are places in it. It is made after the end of the session, which takes from a few seconds to
    some minutes; until then, and for sessions in writing, you get 404. One `Range` of bytes is
    honoured.
    """
    return audio_response(session_id, "attachment")


def audio_response(session_id: str, disposition: str) -> Response:
    """Recording of a session as a file, whole or in part, for API and dashboard.

    Raises NotFound, RangeNotSatisfiable and StorageUnreachable.
    """
    interview = access.get_interview(g.actor, session_id)
    form = cast("RecordingFormat | None", read_choice("format", FORMATS))
    found = session_recording.open_recording(services(), interview, form)
    response = Response(
        FileWrapper(cast("IO[bytes]", found.reader), PIECE),
        mimetype=found.media_type,
        direct_passthrough=True,
    )
    response.content_length = found.size
    response.set_etag(found.tag)
    response.headers["Content-Disposition"] = (
        f'{disposition}; filename="recording-{interview.id}.{found.form}"'
    )
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers.add("Vary", "Accept, Authorization")
    _ignore_other_ranges()
    try:
        response.make_conditional(request, accept_ranges=True, complete_length=found.size)
    except RequestedRangeNotSatisfiable:
        raise RangeNotSatisfiable.beyond(found.size) from None
    return response


def _ignore_other_ranges() -> None:
    """Ignore a Range header that is not one range of bytes, as RFC 9110 allows."""
    wanted = parse_range_header(request.headers.get("Range"))
    single = wanted is not None and wanted.units == "bytes" and len(wanted.ranges) == 1
    if not single or request.method != "GET":
        request.environ.pop("HTTP_RANGE", None)
