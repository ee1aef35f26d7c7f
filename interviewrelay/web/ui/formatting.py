"""Formatting of dates, numbers and durations on pages."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from flask import g, request
from flask_login import current_user
from markupsafe import Markup

from interviewrelay.core import clock
from interviewrelay.privacy import erasure
from interviewrelay.web.http.blueprints import pages

THIN_SPACE: Final = "\u202f"
_COMMAS: Final = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
NEAR: Final = timedelta(days=7)
"""Limit of relative times; farther moments show their date."""


@pages.app_template_filter()
def when(value: datetime | str | None) -> str:
    """Relative time of a moment, given as such or as ISO text, with the exact time in its title."""
    if not value:
        return "–"
    iso, now = _iso(value), clock.now()
    moment = datetime.fromisoformat(iso)
    shows = "day" if abs(moment - now) > NEAR else "gap"
    return _time(iso, _whole(moment), relative(moment, now), shows)


@pages.app_template_filter()
def exactly(value: datetime | str | None) -> str:
    """Date and time of a moment, given as such or as ISO text."""
    if not value:
        return "–"
    iso = _iso(value)
    words = _whole(datetime.fromisoformat(iso))
    return _time(iso, words, words, "exact")


@pages.app_template_filter()
def thin(number: float | None) -> str:
    """Number with thin spaces between thousands, and a real minus sign."""
    if number is None:
        return "–"
    return f"{number:,}".replace(",", THIN_SPACE).replace("-", "−")


@pages.app_template_filter()
def thinned(text: str) -> str:
    """Message of the API (`at most 1,000`) with its numbers in page style."""
    return type(text)(_COMMAS.sub(THIN_SPACE, text))


@pages.app_template_filter()
def signed(number: float) -> str:
    return f"+{thin(number)}" if number > 0 else thin(number)


@pages.app_template_filter()
def data_size(size: int) -> str:
    """`640 bytes`, `12 kB`, `3.4 MB`, without a line break before the unit."""
    if size < 1_000:
        return counted(size, "byte")
    if size < 1_000_000:
        return f"{size / 1_000:.0f}{THIN_SPACE}kB"
    return f"{thin(round(size / 1_000_000, 1))}{THIN_SPACE}MB"


@pages.app_template_filter()
def timecode(seconds: float) -> str:
    """`02:05`, and `1:02:05` from an hour on."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


@pages.app_template_filter()
def lasting(seconds: int | None) -> str:
    """`45 s`, `6 min 20 s`: never rounded, so that it matches the PDF."""
    return "–" if seconds is None else clock.format_duration(seconds)


@pages.app_template_filter()
def hours_in_words(hours: float) -> str:
    """Format hours in words, as whole days where possible."""
    if hours % 1:
        return f"{hours:.2f}".rstrip("0") + " hours"
    if hours % 24:
        return counted(int(hours), "hour")
    return counted(int(hours) // 24, "day")


@pages.app_template_filter()
def counted(number: int, noun: str) -> str:
    """`1 invite`, `24 invites`."""
    return f"{thin(number)} {noun}{'' if number == 1 else 's'}"


@pages.app_template_filter()
def people(number: int) -> str:
    """`1 person`, `24 people`."""
    return "1 person" if number == 1 else f"{thin(number)} people"


@pages.app_template_filter()
def address(text: str) -> str:
    """Email address or URL with line break opportunities before its @, dots and slashes; a note for
    an erased person.
    """
    if erasure.is_erased_address(text):
        return Markup('<span class="quiet">Erased</span>')
    kept, mark, rest = text.partition("@" if "@" in text else "://")
    if mark == "@":
        return Markup("<wbr>").join([kept, *re.split(r"(?=\.)", mark + rest)])
    places = re.split(r"(?=[./?])", rest)
    return Markup("<wbr>").join([kept + mark + places[0], *places[1:]])


@pages.app_template_filter()
def choices(states: Sequence[str], **words: str) -> list[tuple[str, str]]:
    """Options of a filter by state, labelled with the given words or the state's name."""
    return [
        (state, words.get(state) or state.replace("_", " ").capitalize()) for state in states
    ]


def _iso(value: datetime | str) -> str:
    return value if isinstance(value, str) else clock.format_iso(value)


def _whole(moment: datetime) -> str:
    """Date and time in the organization's zone, UTC by default."""
    looks = g.get("actor") is not None and request.blueprint == "pages"
    here = moment.astimezone(clock.get_time_zone(current_user.zone if looks else None))
    return f"{_day(here, year=True)}, {here:%H:%M} {clock.get_zone_name(here)}"


def _time(iso: str, title: str, text: str, shows: str) -> str:
    """Server-rendered time, which desk.js converts to the reader's zone; `shows` is `exact`, `day`
    or `gap`.
    """
    whole = Markup('<time datetime="{}" title="{}" data-shows="{}">{}</time>')
    return whole.format(iso, title, shows, text)


def relative(moment: datetime, now: datetime) -> str:
    """Minutes and hours for near moments, otherwise the day."""
    gap = moment - now
    near = abs(gap)
    if near < timedelta(minutes=1):
        return "just now" if gap <= timedelta() else "in a moment"
    if near < timedelta(hours=1):
        words = f"{near // timedelta(minutes=1)} min"
    elif near < timedelta(days=1):
        words = f"{near // timedelta(hours=1)} h"
    elif near <= NEAR:
        # Round future times, so that a link of seven days shows seven at once; truncate past
        # ones.
        rounded = near + timedelta(hours=12) if gap > timedelta() else near
        words = counted(rounded // timedelta(days=1), "day")
    else:
        return _day(moment, year=moment.year != now.year)
    return f"in {words}" if gap > timedelta() else f"{words} ago"


def day_of(day: date) -> str:
    """`12 Nov`: for consecutive days."""
    return f"{day.day} {day:%b}"


def month_of(day: date) -> str:
    """`Nov 2026`."""
    return f"{day:%b %Y}"


def _day(moment: datetime, *, year: bool) -> str:
    words = f"{moment.day} {moment:%b}"
    return f"{words} {moment.year}" if year else words
