"""What is asked of every page: axe finds nothing, nothing scrolls sideways, Tab reaches it all."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from typing import Any

from playwright.sync_api import Browser, Page

from tests.browser.conftest import DESK, PHONE, context

AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text()
ALL = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
COLOURS = {"type": "rule", "values": ["color-contrast"]}
FIND = """async run => {
  const found = await axe.run(document, {runOnly: run, resultTypes: ['violations']});
  return found.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).join(', '));
}"""
BEYOND = "document.documentElement.scrollWidth - innerWidth"
# What a keyboard must reach, in the order of the page; of a group of radio buttons, one.
EXPECTED = """() => {
  window.known = [];
  const radios = new Set();
  for (const e of document.querySelectorAll(
      'a[href], button, input, select, textarea, summary, [tabindex="0"]')) {
    if (e.type === 'hidden' || e.matches(':disabled') || !e.checkVisibility()) continue;
    if (e.type === 'radio') {
      if (radios.has(e.name)) continue;
      radios.add(e.name);
      const chosen = document.querySelector(`input[name="${e.name}"]:checked`);
      window.known.push(chosen || e);
    } else window.known.push(e);
  }
  return window.known.map(e => e.outerHTML.slice(0, 90));
}"""
# Where the focus is: its number, and whether one sees it there.
HERE = """() => {
  const e = document.activeElement, box = e.getBoundingClientRect();
  const x = box.x + box.width / 2, y = box.y + Math.min(box.height / 2, 12);
  const top = document.elementFromPoint(x, y);
  const over = top && (e.contains(top) || top.contains(e) || top.closest('label')?.contains(e));
  const ringed = [e, e.closest('label')].some(part => part &&
    getComputedStyle(part).outlineStyle !== 'none' &&
    parseFloat(getComputedStyle(part).outlineWidth) >= 2);
  return {at: window.known.indexOf(e), ring: ringed, seen: Boolean(over), date: /^date/.test(e.type),
    what: e.outerHTML.slice(0, 90)};
}"""


@contextmanager
def looking(browser: Browser, **more: Any) -> Iterator[Page]:
    """A page with axe at hand, without movement."""
    with context(browser, reduced_motion="reduce", **more) as made:
        made.add_init_script(AXE)
        yield made.new_page()


def clean(page: Page, *sizes: dict[str, int]) -> None:
    """Hold the page as it is to every rule, on the phone and on the desk, light and dark."""
    for size in sizes or (PHONE, DESK):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert page.evaluate(BEYOND) <= 0, f"scrolls sideways at {size['width']}"
        page.emulate_media(color_scheme="light")
        assert page.evaluate(FIND, ALL) == [], f"light, {size['width']}"
        # The theme changes colours and nothing else.
        page.emulate_media(color_scheme="dark")
        assert page.evaluate(FIND, COLOURS) == [], f"dark, {size['width']}"


def tab_through(page: Page) -> None:
    """From the top, Tab reaches each control once, in the order of the page, always in sight."""
    expected = page.evaluate(EXPECTED)
    for at, control in enumerate(expected):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        while (
            here["date"] and here["at"] == at - 1
        ):  # day, month and year are stops of their own
            page.keyboard.press("Tab")
            here = page.evaluate(HERE)
        assert here["at"] == at, f"{control} was to have the focus, {here['what']} has it"
        assert here["ring"], f"no ring around {control}"
        assert here["seen"], f"out of sight: {control}"


def number(page: Page) -> str:
    return page.locator("form input[name=number]").first.input_value()


def moved_on(page: Page, before: str) -> None:
    """Wait until another question stands there, or none."""
    page.wait_for_function(
        "n => { const e = document.querySelector('form input[name=number]');"
        " return !e || e.value !== n }",
        arg=before,
    )
