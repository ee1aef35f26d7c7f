"""What is asked of every page: axe finds nothing, nothing scrolls sideways, also at 200 %; Tab reaches
it all and is caught nowhere, and the skip link skips.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from typing import Any

from playwright.sync_api import Browser, Locator, Page

from tests.browser.conftest import DESK, PHONE, context

AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text()
ZOOMED = {"width": DESK["width"] // 2, "height": DESK["height"] // 2}
"""What is left of a desk at 200 %."""
LARGER = """() => {
  const root = document.documentElement;
  root.style.fontSize = 2 * parseFloat(getComputedStyle(root).fontSize) + 'px';
}"""
AS_BEFORE = "document.documentElement.removeAttribute('style')"
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
    if (e.type === 'hidden' || e.tabIndex < 0 || e.matches(':disabled') || !e.checkVisibility()) continue;
    if (e.type === 'radio') {
      if (radios.has(e.name)) continue;
      radios.add(e.name);
      const chosen = document.querySelector(`input[name="${e.name}"]:checked`);
      window.known.push(chosen || e);
    } else window.known.push(e);
  }
  return window.known.map(e => e.outerHTML.slice(0, 90));
}"""
# Back before the first control, wherever the page has put the focus.
TO_THE_TOP = """() => {
  // What scrolls into view is where Tab goes on from, too, though nothing has the focus.
  document.activeElement.blur();
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute('tabindex');
}"""
IN_MAIN = """() => {
  const main = document.getElementById('main');
  return main.contains(document.activeElement) || !window.known.some(e => main.contains(e));
}"""
# Where the focus is: its number, and whether one sees it there.
HERE = """() => {
  // A link may go on in the next line: then the middle of both lines together is beside it.
  const e = document.activeElement, box = e.getClientRects()[0] || e.getBoundingClientRect();
  const x = box.x + box.width / 2, y = box.y + Math.min(box.height / 2, 12);
  const top = document.elementFromPoint(x, y);
  const over = top && (e.contains(top) || top.contains(e) || top.closest('label')?.contains(e));
  const ringed = [e, e.closest('label')].some(part => part &&
    getComputedStyle(part).outlineStyle !== 'none' &&
    parseFloat(getComputedStyle(part).outlineWidth) >= 2);
  return {at: window.known.indexOf(e), ring: ringed, seen: Boolean(over), date: /^date/.test(e.type),
    radio: e.type === 'radio',
    what: e.outerHTML.slice(0, 90)};
}"""


@contextmanager
def looking(browser: Browser, **more: Any) -> Iterator[Page]:
    """A page with axe at hand, without movement."""
    with context(browser, reduced_motion="reduce", **more) as made:
        made.add_init_script(AXE)
        yield made.new_page()


def clean(page: Page, *sizes: dict[str, int]) -> None:
    """Hold the page as it is to every rule, light and dark: on the phone, on the desk, and there at
    200 %, which leaves half of its width; and with text alone twice as large.
    """
    for size in sizes or (PHONE, ZOOMED, DESK):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert page.evaluate(BEYOND) <= 0, f"scrolls sideways at {size['width']}"
        page.emulate_media(color_scheme="light")
        assert page.evaluate(FIND, ALL) == [], f"light, {size['width']}"
        # The theme changes colours and nothing else.
        page.emulate_media(color_scheme="dark")
        assert page.evaluate(FIND, COLOURS) == [], f"dark, {size['width']}"
    if not sizes:
        page.evaluate(LARGER)
        assert page.evaluate(BEYOND) <= 0, "scrolls sideways with large text"
        page.emulate_media(color_scheme="light")
        assert page.evaluate(FIND, ALL) == [], "large text"
        page.evaluate(AS_BEFORE)


def tab_through(page: Page) -> None:
    """From the top, Tab reaches each control once, in the order of the page, always in sight; then it
    leaves the page, and Shift-Tab goes back. The skip link leads past what stands on every page.
    """
    page.evaluate(TO_THE_TOP)
    expected = page.evaluate(EXPECTED)
    here: dict[str, Any] = {"at": -1, "date": False}
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
    last = len(expected) - 1
    if last > 0 and not here["date"]:
        page.keyboard.press("Shift+Tab")
        here = page.evaluate(HERE)
        # Backwards one comes to the last of a group of radio buttons.
        assert here["radio"] or here["at"] == last - 1, "no way back"
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        assert page.evaluate(HERE)["at"] in (-1, 0), f"caught in {expected[last]}"
    _skip(page)


def _skip(page: Page) -> None:
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main", "the skip link leads nowhere"
    page.keyboard.press("Tab")
    assert page.evaluate(IN_MAIN), "the skip link does not lead past what stands before"


def menu(page: Page) -> Locator:
    """What can be done beside answering, with its menu open."""
    closed = page.locator(".menu:not([open]) > summary")
    if closed.count():
        closed.click()
    return page.locator(".menu")


def number(page: Page) -> str:
    return page.locator("form input[name=number]").first.input_value()


def moved_on(page: Page, before: str) -> None:
    """Wait until another question stands there, or none."""
    page.wait_for_function(
        "n => { const e = document.querySelector('form input[name=number]');"
        " return !e || e.value !== n }",
        arg=before,
    )
