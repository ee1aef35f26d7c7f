"""Code tabs: adjacent code blocks that show the same in several languages.

Without JavaScript they stand one below another, each with the name of its language.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from markdown_it.token import Token

NAMES: Final = {
    "sh": "Shell",
    "js": "JavaScript",
    "python": "Python",
    "json": "JSON",
    "html": "HTML",
    "yaml": "YAML",
    "toml": "TOML",
    "ts": "TypeScript",
    "cjs": "CommonJS",
    "sql": "SQL",
    "ini": "Configuration",
    "nginx": "nginx",
}
"""Names of languages, by the first word after the fence."""

TABBED: Final = ("sh", "js", "python")
"""Languages that become tabs."""


def get_language(block: Token) -> str:
    """Language of a code block; empty if it has none."""
    return block.info.split(maxsplit=1)[0] if block.info.strip() else ""


def wrap_tabs(tokens: Sequence[Token]) -> list[Token]:
    """Tokens with a frame around each run of adjacent blocks in different languages."""
    found: list[Token] = []
    for tabbed, group in groupby(tokens, key=_is_tabbed):
        run = list(group)
        languages = [get_language(token) for token in run] if tabbed else []
        if len(run) < 2 or len(set(languages)) < len(run) or not tabbed:
            found += run
            continue
        found.append(_html('<div class="tabs" data-tabs>\n'))
        for token, language in zip(run, languages, strict=True):
            name = NAMES[language]
            found += [
                _html(f'<section class="tab" data-tab="{language}" aria-label="{name}">\n'),
                _html(f'<p class="tab-name">{name}</p>\n'),
                token,
                _html("</section>\n"),
            ]
        found.append(_html("</div>\n"))
    return found


def _is_tabbed(token: Token) -> bool:
    return token.type == "fence" and get_language(token) in TABBED


def _html(content: str) -> Token:
    return Token("html_block", "", 0, content=content)
