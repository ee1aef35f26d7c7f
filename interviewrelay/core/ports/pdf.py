"""Rendering of PDFs."""

from typing import Protocol

from interviewrelay.core.conversation import Transcript


class PdfRenderer(Protocol):
    """Turns a transcript into a PDF."""

    def render(self, transcript: Transcript) -> bytes:
        """The bytes of the PDF. Raises `errors.PdfUnavailable` when it cannot be made now."""
        ...
