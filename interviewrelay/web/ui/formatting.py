"""Moments, numbers and durations as the pages write them; every module of pages imports this."""

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
"""Farther moments are told by their day."""
_MONTHS: Final = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)


@pages.app_template_filter()
def when(iso: str | None) -> str:
    """How long ago or until a moment of the API's form is, with the exact time behind it."""
    if not iso:
        return "–"
    moment, now = datetime.fromisoformat(iso), clock.now()
    shows = "day" if abs(moment - now) > NEAR else "gap"
    return _time(iso, _whole(moment), relative(moment, now), shows)


@pages.app_template_filter()
def exactly(iso: str | None) -> str:
    """A moment of the API's form as a date with its time."""
    if not iso:
        return "–"
    words = _whole(datetime.fromisoformat(iso))
    return _time(iso, words, words, "exact")


@pages.app_template_filter()
def thin(number: float | None) -> str:
    """A number with thin spaces between its thousands and a real minus sign."""
    if number is None:
        return "–"
    return f"{number:,}".replace(",", THIN_SPACE).replace("-", "−")


@pages.app_template_filter()
def thinned(text: str) -> str:
    """A sentence that programs are told too, `at most 1,000`, with its numbers as pages write them."""
    return type(text)(_COMMAS.sub(THIN_SPACE, text))


@pages.app_template_filter()
def signed(number: float) -> str:
    return f"+{thin(number)}" if number > 0 else thin(number)


@pages.app_template_filter()
def timecode(seconds: float) -> str:
    """`02:05`, and `1:02:05` from an hour on."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


@pages.app_template_filter()
def lasting(seconds: int | None) -> str:
    """`45 s`, `6 min 20 s`: never rounded, so that it says what the PDF says."""
    return "–" if seconds is None else clock.lasting(seconds)


@pages.app_template_filter()
def hours_in_words(hours: float) -> str:
    """Whole days where they are whole."""
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
    """A mail address that may be broken before its @ and the dots behind it and nowhere worse, and
    that of a page before its slashes and dots; of somebody who was erased, that they were.
    """
    if erasure.erased(text):
        return Markup('<span class="quiet">Erased</span>')
    kept, mark, rest = text.partition("@" if "@" in text else "://")
    if mark == "@":
        return Markup("<wbr>").join([kept, *re.split(r"(?=\.)", mark + rest)])
    places = re.split(r"(?=[./?])", rest)
    return Markup("<wbr>").join([kept + mark + places[0], *places[1:]])


@pages.app_template_filter()
def choices(states: Sequence[str], **words: str) -> list[tuple[str, str]]:
    """Options of a filter by state, in their usual words or in those given."""
    return [
        (state, words.get(state) or state.replace("_", " ").capitalize()) for state in states
    ]


def _whole(moment: datetime) -> str:
    """A day and a time in the zone of the organization that looks, UTC unless it has named one."""
    looks = g.get("actor") is not None and request.blueprint == "pages"
    here = moment.astimezone(clock.zone(current_user.zone if looks else None))
    return f"{_day(here, year=True)}, {here:%H:%M} {clock.zone_word(here)}"


def _time(iso: str, title: str, text: str, shows: str) -> str:
    """As the server writes it; desk.js puts it into the reader's zone, by what it `shows`: `exact`,
    `day` or `gap`.
    """
    whole = Markup('<time datetime="{}" title="{}" data-shows="{}">{}</time>')
    return whole.format(iso, title, shows, text)


def relative(moment: datetime, now: datetime) -> str:
    """Minutes and hours while it is near, then the day."""
    gap = moment - now
    near = abs(gap)
    if near < timedelta(minutes=1):
        return "just now" if gap <= timedelta() else "in a moment"
    if near < timedelta(hours=1):
        words = f"{near // timedelta(minutes=1)} min"
    elif near < timedelta(days=1):
        words = f"{near // timedelta(hours=1)} h"
    elif near <= NEAR:
        # To come, the nearest: a link of seven days is valid for seven at once. Past, whole days only.
        rounded = near + timedelta(hours=12) if gap > timedelta() else near
        words = counted(rounded // timedelta(days=1), "day")
    else:
        return _day(moment, year=moment.year != now.year)
    return f"in {words}" if gap > timedelta() else f"{words} ago"


def day_of(day: date) -> str:
    """`12 Nov`: for days that stand beside one another."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def month_of(day: date) -> str:
    """`Nov 2026`."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def _day(moment: datetime, *, year: bool) -> str:
    words = f"{moment.day} {_MONTHS[moment.month - 1]}"
    return f"{words} {moment.year}" if year else words
