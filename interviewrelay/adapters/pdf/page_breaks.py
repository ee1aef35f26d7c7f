"""Where a page may end: between two turns; within one only where it is long.

xhtml2pdf cuts a paragraph wherever the page is full. `page-break-inside: avoid` would keep every turn
in one piece, but moves one that is long as well, and leaves half a page empty before it.
"""

from typing import Any, Final

from xhtml2pdf import reportlab_paragraph as paragraphs

KEPT_LINES: Final = 15
"""A turn of as many lines, the one with the name and the time among them, stays on one page."""
LEAST_BEFORE: Final = 3
"""Lines of a longer one before a break: the name, and two that were said."""


def install() -> None:
    """Make xhtml2pdf's paragraphs end pages here; once in a process."""
    cut = paragraphs.Paragraph.split

    def split(self: Any, width: float, height: float) -> Any:
        if self.frags and not hasattr(self, "blPara"):
            self.wrap(width, height)
        if self.frags and len(self.blPara.lines) <= KEPT_LINES and self.height > height:
            return []
        parts = cut(self, width, height)
        return [] if len(parts) > 1 and len(parts[0].blPara.lines) < LEAST_BEFORE else parts

    paragraphs.Paragraph.allowWidows = 0
    paragraphs.Paragraph.split = split
