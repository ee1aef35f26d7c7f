"""Library: the pages of the documentation, their order, and the files they show.

Every published file is known by its name before the first request. A request can only name one of
them, so it never reaches another file.
"""

import mimetypes
import posixpath
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from PIL import Image

from interviewrelay.documentation.markdown import Rendered, Target, render_page

PREFIX: Final = "/docs/"
HOME: Final = "README.md"
"""File whose links lead to the first page, /docs."""

ELSEWHERE: Final = {"docs/api/openapi.json": "/api/openapi.json"}
"""Files that the server publishes under another URL."""

_IMAGES: Final = {".webp": "image/webp", ".png": "image/png", ".svg": "image/svg+xml"}
_TEXTS: Final = (".conf", ".service", ".sh", ".toml", ".yaml", ".yml", ".env", ".txt")
_PLAIN: Final = "text/plain; charset=utf-8"


class Entry(NamedTuple):
    """Page in the navigation: its name in the URL, its title, and what it is about."""

    name: str
    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class Section:
    """Section of the navigation."""

    title: str
    entries: list[Entry]


class Page(NamedTuple):
    """Page with the pages before and after it."""

    name: str
    rendered: Rendered
    before: Entry | None
    after: Entry | None


class Library:
    """Documentation in a folder that has `docs/`. Pages are rendered once, when first needed."""

    def __init__(self, root: Path) -> None:
        """Raises FileNotFoundError without the documentation."""
        self.root = root
        docs = root / "docs"
        told = tomllib.loads((docs / "navigation.toml").read_text(encoding="utf-8"))
        self._told: list[tuple[str, Mapping[str, str]]] = [
            (section["title"], section["pages"]) for section in told["sections"]
        ]
        listed = [posixpath.normpath(f"docs/{p}") for _, pages in self._told for p in pages]
        kept = sorted(path.relative_to(root).as_posix() for path in docs.rglob("*.md"))
        self._paths = {get_page_name(p): p for p in dict.fromkeys([*listed, *kept])}
        self._files = {
            path.relative_to(docs).as_posix(): path
            for path in sorted(docs.rglob("*"))
            if path.is_file() and path.suffix in (*_IMAGES, *_TEXTS)
        }
        self._render = cache(self._render_page)
        self._sections: list[Section] | None = None

    @property
    def names(self) -> list[str]:
        """Names of all pages; those in the navigation come first, in its order."""
        return list(self._paths)

    def get_page(self, name: str) -> Page | None:
        """Page of a name; None if there is none."""
        if name not in self._paths:
            return None
        entries = [entry for section in self.list_sections() for entry in section.entries]
        at = next((i for i, entry in enumerate(entries) if entry.name == name), None)
        if at is None:
            return Page(name, self._render(name), None, None)
        before = entries[at - 1] if at else None
        after = entries[at + 1] if at + 1 < len(entries) else None
        return Page(name, self._render(name), before, after)

    def list_sections(self) -> list[Section]:
        """Sections of the navigation, with the titles of their pages."""
        if self._sections is None:
            self._sections = [
                Section(title, [self._entry(path, words) for path, words in pages.items()])
                for title, pages in self._told
            ]
        return self._sections

    def find_file(self, name: str) -> tuple[Path, str] | None:
        """File in `docs/` that pages show or link to, and its media type; None if there is none."""
        path = self._files.get(name)
        return None if path is None else (path, _IMAGES.get(path.suffix, _PLAIN))

    def read_text(self, name: str) -> str:
        """Text of the file of a page. Raises KeyError for an unknown page."""
        return (self.root / self._paths[name]).read_text(encoding="utf-8")

    def _get_title(self, name: str) -> str:
        """Title of a page without rendering it: its first line."""
        return (
            self.read_text(name).partition("\n")[0].removeprefix("#").replace("`", "").strip()
        )

    def _entry(self, path: str, words: str) -> Entry:
        name = get_page_name(posixpath.normpath(f"docs/{path}"))
        return Entry(name, self._render(name).title, words)

    def _render_page(self, name: str) -> Rendered:
        folder = posixpath.dirname(self._paths[name])
        return render_page(self.read_text(name), lambda link: self._resolve(folder, link))

    def _resolve(self, folder: str, link: str) -> Target | None:
        """Target of a link in a file of this folder."""
        if link.startswith(("http://", "https://", "mailto:", "#", "/")):
            return Target(link)
        file, _, anchor = link.partition("#")
        path = posixpath.normpath(posixpath.join(folder, file))
        ending = f"#{anchor}" if anchor else ""
        if path == HOME:
            return Target("/docs")
        if path in ELSEWHERE:
            return Target(ELSEWHERE[path])
        if (name := get_page_name(path)) in self._paths and self._paths[name] == path:
            return Target(PREFIX + name + ending, title=self._get_title(name))
        known = path.removeprefix("docs/")
        if path.startswith("docs/") and known in self._files:
            return Target(PREFIX + known, _measure(self._files[known]))
        return None


def get_page_name(path: str) -> str:
    """Name of a page in its URL: the path of its file without what says nothing."""
    name = path.removesuffix(".md").removesuffix("/README").removeprefix("docs/")
    return name.lower()


def _measure(path: Path) -> tuple[int, int] | None:
    """Width and height of an image, so that the text stays where it is while the image loads."""
    if not (mimetypes.guess_type(path.name)[0] or "").startswith("image/"):
        return None
    if path.suffix == ".svg":
        return None
    with Image.open(path) as image:
        return image.size
