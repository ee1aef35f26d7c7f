"""Markdown to HTML: headings with anchors, tabs, tables, links between pages, passages for search.

Raw HTML in a file is shown as text. Nothing else is trusted either: every text is escaped.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup, escape

from interviewrelay.documentation import code_tabs, row_anchors

SHOWN_IN_CONTENTS: Final = ("h2", "h3")

_NOT_IN_ANCHOR: Final = re.compile(r"[^\w\- ]")


class Target(NamedTuple):
    """Target of a link or an image: its URL, the size of an image in pixels, and the title of a page
    that is linked by the name of its file.
    """

    url: str
    size: tuple[int, int] | None = None
    title: str = ""


Resolve = Callable[[str], Target | None]
"""Function from a link as written to its target; None for a file that isn't published."""


class Heading(NamedTuple):
    """Heading of a page: its level (2 or 3), its text, and its anchor."""

    level: int
    text: str
    anchor: str


@dataclass(slots=True)
class Passage:
    """Part of a page that search finds: an anchor, its heading, and its words."""

    anchor: str
    heading: str
    words: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Rendered:
    """Page as HTML without its title, its headings and passages, and everything it links to."""

    title: str
    html: Markup
    headings: list[Heading]
    passages: list[Passage]
    anchors: frozenset[str]
    links: list[str]


def render_page(text: str, resolve: Resolve) -> Rendered:
    """Page from the text of a file."""
    parser = _build_parser()
    tokens = parser.parse(text)
    links = list(_rewrite_links(tokens, resolve))
    title = _take_title(tokens)
    anchors = _set_anchors(tokens)
    row_anchors.set_row_anchors(tokens, anchors)
    passages = _list_passages(tokens, title)
    headings = [
        Heading(int(token.tag[1]), get_text(tokens[at + 1]), str(token.attrs["id"]))
        for at, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag in SHOWN_IN_CONTENTS
    ]
    html = Markup(  # noqa: S704 - the renderer escapes
        parser.renderer.render(code_tabs.wrap_tabs(tokens), parser.options, {})
    )
    return Rendered(title, html, headings, passages, frozenset(anchors), links)


def get_text(token: Token) -> str:
    """Text of an inline token without its markup."""
    return "".join(_words(token.children or [])).strip()


def build_anchor(heading: str) -> str:
    """Anchor of a heading, as code hosts build it."""
    return _NOT_IN_ANCHOR.sub("", heading.lower()).replace(" ", "-")


def _build_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.add_render_rule("fence", _render_fence)
    parser.add_render_rule("table_open", _open_table)
    parser.add_render_rule("table_close", _close_table)
    parser.add_render_rule("heading_close", _close_heading)
    return parser


def _take_title(tokens: list[Token]) -> str:
    """Remove the first heading and return its text; the page shows it in its header."""
    for at, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h1":
            title = get_text(tokens[at + 1])
            del tokens[at : at + 3]
            return title
    return ""


def _set_anchors(tokens: Sequence[Token]) -> set[str]:
    """Give each heading its anchor. The second of the same name ends with -1, as on code hosts."""
    used: set[str] = set()
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            name = anchor = build_anchor(get_text(tokens[at + 1]))
            number = 0
            while anchor in used:
                number += 1
                anchor = f"{name}-{number}"
            used.add(anchor)
            token.attrSet("id", anchor)
            tokens[at + 2].meta = {"anchor": anchor, "text": get_text(tokens[at + 1])}
    return used


def _list_passages(tokens: Sequence[Token], title: str) -> list[Passage]:
    found = [Passage("", title)]
    row: Passage | None = None
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            found.append(Passage(str(token.attrs["id"]), get_text(tokens[at + 1])))
        elif token.type == "tr_open" and "id" in token.attrs:
            row = Passage(str(token.attrs["id"]), str(token.meta["name"]))
            found.insert(-1, row)
        elif token.type == "tr_close":
            row = None
        elif token.type in ("inline", "fence"):
            heading = token.type == "inline" and tokens[at - 1].type == "heading_open"
            words = token.content if token.type == "fence" else get_text(token)
            if not heading and words != (row.heading if row else None):
                (row or found[-1]).words.append(words)
    return found


def _words(children: Sequence[Token]) -> Iterator[str]:
    for child in children:
        if child.type in ("text", "code_inline", "image"):
            yield child.content
        elif child.type in ("softbreak", "hardbreak"):
            yield " "


def _rewrite_links(tokens: Sequence[Token], resolve: Resolve) -> Iterator[str]:
    """Lead links to their pages; a file that isn't published keeps its text without a link."""
    for token in tokens:
        ends: list[bool] = []
        kept = []
        title = ""
        for child in token.children or []:
            if child.type == "text" and title and child.content.endswith(".md"):
                child.content = title
            title = ""
            if child.type == "link_open":
                target = resolve(str(child.attrs["href"]))
                ends.append(target is not None)
                if target is None:
                    continue
                title = target.title
                child.attrSet("href", target.url)
                if not target.url.startswith(("/", "#")):
                    child.attrSet("rel", "noreferrer")
                yield target.url
            elif child.type == "link_close" and not ends.pop():
                continue
            elif child.type == "image":
                yield from _rewrite_image(child, resolve)
            kept.append(child)
        if token.children is not None:
            token.children = kept


def _rewrite_image(image: Token, resolve: Resolve) -> Iterator[str]:
    target = resolve(str(image.attrs["src"]))
    if target is not None:
        image.attrSet("src", target.url)
        image.attrSet("loading", "lazy")
        if target.size:
            image.attrSet("width", str(target.size[0]))
            image.attrSet("height", str(target.size[1]))
        yield target.url


def _render_fence(
    _self: RendererHTML, tokens: Sequence[Token], at: int, _options: OptionsDict, _env: Any
) -> str:
    token = tokens[at]
    language = code_tabs.get_language(token)
    name = code_tabs.NAMES.get(language, "Text")
    return (
        f'<div class="sample" data-language="{escape(language)}"><pre class="code" tabindex="0"'
        f' role="region" aria-label="{escape(name)}"><code>{escape(token.content)}</code></pre></div>\n'
    )


def _open_table(
    _self: RendererHTML, _tokens: Sequence[Token], _at: int, _options: OptionsDict, _env: Any
) -> str:
    return '<div class="wide" tabindex="0" role="region" aria-label="Table"><table>\n'


def _close_table(
    _self: RendererHTML, _tokens: Sequence[Token], _at: int, _options: OptionsDict, _env: Any
) -> str:
    return "</table></div>\n"


def _close_heading(
    _self: RendererHTML, tokens: Sequence[Token], at: int, _options: OptionsDict, _env: Any
) -> str:
    anchor, text = tokens[at].meta["anchor"], tokens[at].meta["text"]
    link = f'<a class="anchor" href="#{escape(anchor)}" aria-label="Link to “{escape(text)}”">#</a>'
    return f" {link}</{tokens[at].tag}>\n"
