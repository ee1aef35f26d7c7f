"""Screen reader view of a page: roles, names and states from the accessibility tree, and live
region announcements.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from playwright.sync_api import CDPSession, Page

Node = Mapping[str, Any]

ROLES: Final = {
    "DisclosureTriangle": "disclosure",
    "DisclosureTriangleGrouped": "disclosure",
    "RootWebArea": "page",
    "StaticText": "text",
    "listitem": "item",
    "progressbar": "progress",
    "textbox": "text field",
}
"""Names for roles that Chromium names differently."""
WITHIN: Final = frozenset(
    {"banner", "main", "navigation", "contentinfo", "region", "form", "list", "group", "alert",
     "status", "dialog", "radiogroup"}
)  # fmt: skip
"""Roles that a screen reader announces on entering."""
NAMED: Final = frozenset(
    {"heading", "link", "button", "DisclosureTriangle", "DisclosureTriangleGrouped", "radio",
     "checkbox", "textbox", "progressbar", "image", "combobox", "searchbox"}
)  # fmt: skip
"""Roles announced with their name, which includes their content."""
ONE_LINE: Final = frozenset({"paragraph", "listitem"})
STATES: Final = ("required", "disabled", "readonly", "modal")
GROUPS: Final = frozenset({"form", "group", "region", "list", "radiogroup"})
"""Roles that are silent without a name, except lists."""

# Collects every text of a live region, after each change of the page.
LISTEN: Final = """
addEventListener('DOMContentLoaded', () => {
  const live = node => (node.nodeType === 1 ? node : node.parentElement)
    ?.closest('[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]');
  new MutationObserver(changes => {
    for (const place of new Set(changes.map(c => live(c.target)).filter(Boolean))) {
      const text = place.textContent.trim().replace(/\\s+/g, ' ');
      if (text) announced(text);
    }
  }).observe(document.body, {childList: true, characterData: true, subtree: true});
});
"""


class Reader:
    """Reader for one page and whatever it shows."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._wire: CDPSession = page.context.new_cdp_session(page)
        self._wire.send("Accessibility.enable")
        self._heard: list[str] = []
        page.expose_binding("announced", lambda _, text: self._heard.append(text))
        page.add_init_script(LISTEN)

    def whole(self) -> list[str]:
        """Page from top to bottom, one line per announcement."""
        nodes = {
            n["nodeId"]: n for n in self._wire.send("Accessibility.getFullAXTree")["nodes"]
        }
        (root,) = (node for node in nodes.values() if "parentId" not in node)
        said = [words(root)]
        said += ["  " * depth + line for depth, line in _below(root, nodes, 1)]
        return said

    def focused(self) -> str:
        """Announcement of the focused element."""
        return words(self._focus())

    def focused_name(self) -> str:
        return _value(self._focus(), "name")

    def announced(self) -> list[str]:
        """Announcements of live regions since the last call, without repetitions."""
        heard, self._heard = self._heard, []
        return [text for at, text in enumerate(heard) if at == 0 or text != heard[at - 1]]

    def _tree(self) -> list[Node]:
        """Accessibility tree, starting with the page itself."""
        return list(self._wire.send("Accessibility.getFullAXTree")["nodes"])

    def _focus(self) -> Node:
        if self._page.evaluate("document.activeElement === document.body"):
            return self._tree()[0]
        found = self._wire.send("Runtime.evaluate", {"expression": "document.activeElement"})
        asked = {"objectId": found["result"]["objectId"], "fetchRelatives": False}
        node: Node = self._wire.send("Accessibility.getPartialAXTree", asked)["nodes"][0]
        return node


def words(node: Node) -> str:
    """Role, name, value, states and description, in speaking order."""
    role, told = (
        _value(node, "role"),
        {p["name"]: p["value"] for p in node.get("properties", ())},
    )
    has = {name: value.get("value") for name, value in told.items()}
    said = [ROLES.get(role, role)]
    if "level" in has and role == "heading":
        said.append(str(has["level"]))
    if name := _value(node, "name"):
        said.append(f'"{name}"')
    if role == "progressbar":
        said.append(f"{_value(node, 'value') or 0} of {has.get('valuemax')}")
    elif value := _value(node, "value"):
        said.append(f'with "{value}"')
    if role != "RootWebArea":
        said += [state for state in STATES if has.get(state) in (True, "true")]
    if has.get("invalid") == "true":
        said.append("invalid")
    if "expanded" in has:
        said.append("open" if has["expanded"] else "closed")
    if "checked" in has:
        said.append("chosen" if has["checked"] == "true" else "not chosen")
    line = " ".join(said)
    described = _value(node, "description")
    return f'{line}, described by "{described}"' if described else line


def _below(node: Node, nodes: Mapping[str, Node], depth: int) -> Iterator[tuple[int, str]]:
    for child in _children(node, nodes):
        role = _value(child, "role")
        if role in ("InlineTextBox", "ListMarker", "LineBreak"):
            continue
        if role == "StaticText":
            if _value(child, "name").strip():
                yield depth, words(child)
        elif role in NAMED:
            yield depth, words(child)
        elif role in ONE_LINE and (text := _text(child, nodes)) is not None:
            if text:
                yield depth, f'{"item" if role == "listitem" else "text"} "{text}"'
        elif role in WITHIN and (role not in GROUPS or role == "list" or _value(child, "name")):
            yield depth, _entered(child, nodes)
            yield from _below(child, nodes, depth + 1)
        elif role == "LabelText":  # its text is the name of the labelled element
            inside = _below(child, nodes, depth)
            yield from (said for said in inside if not said[1].startswith('text "'))
        else:
            yield from _below(child, nodes, depth)


def _entered(node: Node, nodes: Mapping[str, Node]) -> str:
    if _value(node, "role") != "list":
        return words(node)
    items = sum(_value(child, "role") == "listitem" for child in _children(node, nodes))
    return f"list of {items}"


def _text(node: Node, nodes: Mapping[str, Node]) -> str | None:
    """Text in one line; None if it contains more than text."""
    parts = []
    for child in _children(node, nodes):
        role = _value(child, "role")
        if role in ("ListMarker", "InlineTextBox", "LineBreak"):
            continue
        if role in NAMED or role in WITHIN:
            return None
        text = _value(child, "name") if role == "StaticText" else _text(child, nodes)
        if text is None:
            return None
        parts.append(text)
    line = re.sub(r"\s+", " ", " ".join(parts)).strip()
    return re.sub(r" ([.,:;?!])", r"\1", line)


def _children(node: Node, nodes: Mapping[str, Node]) -> Iterator[Node]:
    """Children visible to a reader; hidden ones are replaced by their own children."""
    for number in node.get("childIds", ()):
        child = nodes.get(number)
        if child is None:
            continue
        if child.get("ignored"):
            yield from _children(child, nodes)
        else:
            yield child


def _value(node: Node, name: str) -> str:
    found = node.get(name, {}).get("value", "")
    return re.sub(r"\s+", " ", str(found)).strip() if name != "role" else str(found)
