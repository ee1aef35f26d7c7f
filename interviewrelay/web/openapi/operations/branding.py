"""The look of the organization on a participant's page."""

from dataclasses import replace
from typing import Final

from interviewrelay.core.errors import InviteCancelled, NotFound
from interviewrelay.web.openapi.operations.operation import Operation

_LOGO: Final = Operation(
    zone="participant",
    view="read_logo",
    method="GET",
    path="/interview/{token}/logo",
    tag="Participant",
    summary="The logo",
    words="Of the organization, 480 by 120 pixels at most. 404 where it has none.",
    answers={200: None},
    files={"image/webp": "The picture."},
    refusals=(NotFound, InviteCancelled),
)

BRANDING: Final = (
    _LOGO,
    replace(
        _LOGO,
        view="read_brand",
        path="/interview/{token}/brand.css",
        summary="The accent colour",
        words="As a stylesheet, for light and dark pages. 404 where the organization has none.",
        files={"text/css": "The stylesheet."},
    ),
)
