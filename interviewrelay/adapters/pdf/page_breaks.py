"""Page breaks: between turns, and within one only if it is long.

xhtml2pdf splits a paragraph wherever the page is full. `page-break-inside: avoid` would keep long
turns together as well, and leave half a page empty before them.
"""

from typing import Any, Final

from xhtml2pdf import reportlab_paragraph as paragraphs

KEPT_LINES: Final = 15
"""Longest turn in lines, including its name and time, that stays on one page."""
LEAST_BEFORE: Final = 3
"""Minimum lines of a longer turn before a break: its name and two lines of text."""


def install_page_breaks() -> None:
    """Patch page breaks of xhtml2pdf's paragraphs; once in a process."""
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
