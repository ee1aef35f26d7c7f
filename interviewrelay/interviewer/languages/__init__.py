"""Languages: the words of each one as data, a folder for each in TOML, read on first use.

Data for all languages at once is in the folder `all`. The forms of a pattern are

    'a regular expression'
    ['one way', 'another']                                      either of them
    { before = 'x', any = ['a', 'b'], after = 'y' }             x(?:a|b)y
    { in_order = ['x', ['a', 'b'], 'y', ['c', 'd']] }           x(?:a|b)y(?:c|d)

and each of its parts may be such a pattern again. `{NAME}` stands for the pattern of that name in its
file, in the table `parts` of that file or of the one in `all`, or for a value from the calling code.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from interviewrelay.interviewer.patterns.lazy_pattern import LazyPattern

FOLDER: Final = Path(__file__).parent
ALL: Final = "all"
_FIRST: Final = ("en", "nl", "de", "fr", "es", "ar")
"""Languages in the order of checking; any other comes after these."""

_NAME: Final = re.compile(r"\{([A-Za-z]\w*)\}")

Made = TypeVar("Made")


@cache
def list_languages() -> tuple[str, ...]:
    """Languages that have a folder."""
    found = {path.name for path in FOLDER.iterdir() if path.is_dir() and path.name[0] != "_"}
    return (*_FIRST, *sorted(found.difference(_FIRST, (ALL,))))


@cache
def load_table(code: str, name: str) -> dict[str, Any]:
    """Table `name` of a language (`en`, `phrases`), empty if the language has none."""
    file = FOLDER / code / f"{name}.toml"
    known = code == ALL or code in list_languages()
    return tomllib.loads(file.read_text(encoding="utf-8")) if known and file.is_file() else {}


def match_any_of(words: Iterable[str]) -> LazyPattern:
    """Pattern of whole words or phrases in plain text; `*` at the end stands for any ending."""
    forms = sorted(words, key=len, reverse=True)
    parts = [f.removesuffix("*").replace(".", r"\.") + r"\w*" * f.endswith("*") for f in forms]
    return LazyPattern(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")


def build_source(table: Any) -> str:
    """Regular expression for a pattern of a table."""
    if not isinstance(table, dict):
        return table if isinstance(table, str) else "|".join(map(build_source, table))
    before, after = build_source(table.get("before", "")), build_source(table.get("after", ""))
    parts = table.get("in_order") or [before, table["any"], after]
    return "".join(
        f"(?:{build_source(p)})" if isinstance(p, list) else build_source(p) for p in parts
    )


class ByLanguage(Mapping[str, Made], Generic[Made]):
    """Lazy mapping by language, built from the same table of each language that has it."""

    def __init__(self, name: str, key: str, make: Callable[[str], Made]) -> None:
        self._place = name, key
        self._make = cache(make)

    def __getitem__(self, code: str) -> Made:
        if not self._has(code):
            raise KeyError(code)
        return self._make(code)

    def __iter__(self) -> Iterator[str]:
        return filter(self._has, list_languages())

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _has(self, code: str) -> bool:
        name, key = self._place
        table = load_table(code, name) if code != ALL else {}
        return key in table if key else bool(table)


def build_by_language(name: str, key: str, make: Callable[[str], Made]) -> Mapping[str, Made]:
    """Lazy mapping with `make(code)` for each language whose table `name` has `key`; without a key,
    for each that has the table.
    """
    return ByLanguage(name, key, make)


def fill_pattern(table: Any, parts: Mapping[str, Any]) -> str:
    """Pattern with its names replaced. Raises KeyError for an unknown name."""
    return _NAME.sub(lambda found: fill_pattern(parts[found[1]], parts), build_source(table))


def read_pattern_source(
    code: str, name: str, key: str, parts: Mapping[str, Any] | None = None
) -> str:
    """Pattern of a language as one regular expression. Raises KeyError if there is none."""
    return fill_pattern(load_table(code, name)[key], {**_named(code, name), **(parts or {})})


def read_pattern_sources(code: str, name: str, key: str = "") -> dict[str, str]:
    """Patterns of the table `key` of a language by name; without a key, of the whole file."""
    own = load_table(code, name)
    table = own.get(key, {}) if key else own
    known = _named(code, name)
    return {one: fill_pattern(form, known) for one, form in table.items() if one != "parts"}


def _named(code: str, name: str) -> dict[str, Any]:
    """Values of the names in a file's patterns."""
    own = load_table(code, name)
    return {**load_table(ALL, name).get("parts", {}), **own, **own.get("parts", {})}


def build_patterns(code: str, name: str) -> Mapping[str, LazyPattern]:
    """Patterns for all languages by name, built from the words of one."""
    known = _named(code, name)
    forms = {key: form for key, form in load_table(ALL, name).items() if key != "parts"}
    return {key: LazyPattern(partial(fill_pattern, form, known)) for key, form in forms.items()}


def list_pattern_sources(code: str, name: str, key: str) -> list[str]:
    """Patterns of a list, one by one."""
    known = _named(code, name)
    return [fill_pattern(one, known) for one in load_table(code, name)[key]]


def load_pattern(
    name: str,
    key: str,
    *,
    code: str = ALL,
    flags: re.RegexFlag = re.NOFLAG,
    parts: Mapping[str, Any] | None = None,
) -> LazyPattern:
    """Pattern of one language or for all of them, compiled on first use; `parts` are the values of
    names that are no parts of its file.
    """
    return LazyPattern(lambda: read_pattern_source(code, name, key, parts), flags)


def load_patterns(
    name: str, key: str, *, flags: re.RegexFlag = re.NOFLAG, **parts: str
) -> Mapping[str, LazyPattern]:
    """Patterns of all languages that have it."""
    return build_by_language(
        name, key, lambda code: load_pattern(name, key, code=code, flags=flags, parts=parts)
    )


def load_word_patterns(
    name: str, key: str, own: str = "", *, flags: re.RegexFlag = re.NOFLAG
) -> Mapping[str, LazyPattern]:
    """Pattern for all languages, joined from each language's table of the same name; only languages
    that have `own`, by default `key`.
    """
    return build_by_language(
        name,
        own or key,
        lambda code: load_pattern(name, key, flags=flags, parts=_named(code, name)),
    )


@cache
def load_words(name: str, key: str, code: str = ALL) -> frozenset[str]:
    """Word list, for all languages without a `code`."""
    return frozenset(load_table(code, name)[key])


def load_word_sets(name: str, key: str) -> Mapping[str, frozenset[str]]:
    """Word list of every language that has it."""
    return build_by_language(name, key, lambda code: load_words(name, key, code))
