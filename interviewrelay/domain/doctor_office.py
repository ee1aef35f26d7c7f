"""Looking at what a server works with: its stored files and its secret keys."""

from collections.abc import Callable, Iterator
from typing import Final

from interviewrelay.domain import files, sealed
from interviewrelay.domain.office import Office

Look = Callable[[Office], Iterator[str]]


def _every_file_belongs_to_a_row(office: Office) -> Iterator[str]:
    for name in files.strays(office.storage):
        yield f"{name}: its session is gone; the server removes it within the hour"
    for name in files.unknown(office.storage):
        yield f"{name}: no file of ours; take it away"


def _what_is_sealed_can_be_opened(office: Office) -> Iterator[str]:
    for column in sealed.COLUMNS:
        count = sealed.unreadable(office.ring, column)
        if count:
            yield (
                f"{count} {column.what}: no key in SECRET_KEYS opens them; put the one that they "
                "were sealed with behind the others"
            )


LOOKS: Final[dict[str, Look]] = {
    "every file belongs to a row": _every_file_belongs_to_a_row,
    "what is sealed can be opened": _what_is_sealed_can_be_opened,
}
