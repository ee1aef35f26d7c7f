"""Search over the documentation and what else belongs to it, such as the API reference."""

from collections.abc import Iterable, Iterator
from typing import Final

from interviewrelay.documentation.library import PREFIX, Library
from interviewrelay.documentation.search_index import Entry, SearchIndex

FOR_CONTRIBUTORS: Final = "Working on InterviewRelay"
"""Section of the navigation about the code; most people look for something else."""

_OF_THE_CODE: Final = 0.5
_NOT_LISTED: Final = 0.35
_WHOLE_PAGE: Final = 1.8
"""Factor of a page's beginning, where it is about the words of its title."""
_NAME: Final = 0.6
"""Factor of a single name, such as a setting; whoever types it in full finds it first anyway."""


def build_index(library: Library, further: Iterable[Entry] = ()) -> SearchIndex:
    """Index of all pages and of `further` entries."""
    return SearchIndex([*_list_entries(library), *further])


def _list_entries(library: Library) -> Iterator[Entry]:
    weights = {
        entry.name: _OF_THE_CODE if section.title == FOR_CONTRIBUTORS else 1.0
        for section in library.list_sections()
        for entry in section.entries
    }
    for name in library.names:
        page = library.get_page(name)
        if page is not None:
            rendered, weight = page.rendered, weights.get(name, _NOT_LISTED)
            for passage in rendered.passages:
                if not passage.anchor:
                    weight_here = weight * _WHOLE_PAGE
                else:
                    weight_here = weight * (_NAME if _is_name(passage.heading) else 1.0)
                url = PREFIX + name + (f"#{passage.anchor}" if passage.anchor else "")
                text = " ".join(passage.words)
                yield Entry(url, rendered.title, passage.heading, text, weight_here)


def _is_name(heading: str) -> bool:
    """True for the names of settings, events and error codes."""
    return bool(heading) and " " not in heading and ("_" in heading or "." in heading)
