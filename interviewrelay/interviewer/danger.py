"""Whether somebody speaks of a danger to a life: a person's own, or that of somebody beside them.

It errs on the side of yes; idioms and plain denials are taken out first. What it must catch, and what
it must let pass, is written down line by line in `tests/interviewer/danger/`.
"""

import re
from typing import Final

from interviewrelay.interviewer import danger_en as en, danger_other as other
from interviewrelay.interviewer.needles import Haystacks, trigrams

_DANGER: Final = Haystacks({pattern: pattern for pattern in (*en.DANGER, *other.DANGER)})
_NO_DANGER: Final = tuple(re.compile(p) for p in (*en.NO_DANGER, *other.NO_DANGER))


def in_danger(text: str) -> bool:
    """Whether a plain text, in any language known here, speaks of a danger to somebody's life."""
    for pattern in _NO_DANGER:
        text = pattern.sub(" ", text)
    return any(pattern.search(text) for _, pattern in _DANGER.likely(text, trigrams(text)))
