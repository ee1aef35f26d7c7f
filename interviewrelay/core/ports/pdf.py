"""PDF rendering port."""

from typing import Protocol

from interviewrelay.core.conversation import Transcript


class PdfRenderer(Protocol):
    """Renders a transcript as PDF."""

    def render(self, transcript: Transcript) -> bytes:
        """Bytes of the PDF. Raises `errors.PdfUnavailable` when it cannot be rendered now."""
