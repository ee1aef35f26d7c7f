"""A wish to skip that is taken back at once, as in "Can I skip that? Actually no. I slept all day"."""

# ruff: noqa: E501 - a pattern is read best in one piece

from interviewrelay.interviewer.late import Late

_SKIPS = Late(
    r"\b(?:skip|pass|leave (?:it|that|this) out|overslaan|sla\b.{0,20} over|überspring\w*|auslassen|passer|sauter|saltar\w*|pasar)\b"
)
_BACK = Late(
    r"(?:(?:oh|ah|well|ach|och|na|bon|bueno|nou),? )?(?:(?:but )?actually,? no|no,? actually|no,? wait|wait,? no|never ?mind|on second thoughts?|forget that"
    r"|toch niet|nee,? toch niet|nee,? wacht|laat maar|doch nicht|nein,? (?:doch nicht|moment|warte\w*)|ach,? nein|finalement,? non|non,? (?:finalement|en fait|attendez)|en fait,? non"
    r"|no,? mejor no|mejor no|en realidad,? no|no,? espere)(?P<end>[\s.,;:!\u2026-]+|$)"
)


def standing(lines: list[str]) -> list[str]:
    """The plain sentences of a text without the wish to skip that they take back; none are left when
    nothing else is said.
    """
    for number, line in enumerate(lines[1:], 1):
        back = _BACK.match(line)
        if back is None or not _SKIPS.search(lines[number - 1]):
            continue
        after = [part for part in (line[back.end() :], *lines[number + 1 :]) if part]
        return [*lines[: number - 1], *after]
    return lines
