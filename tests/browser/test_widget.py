"""The interview in a frame on a page of another site, with third-party cookies blocked."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from bench.pages.browsing import CHROMIUM, QUIET
from tests.browser.conftest import DESK, PHONE, context
from tests.browser.embedding import BLOCKING, Site, await_event, heard
from tests.flows.server import Server

SECRET = "The zebra crossing at the depot"
THEME = "() => document.documentElement.dataset.theme"


@pytest.fixture
def site(server: Server, fixtures: dict[str, Any]) -> Iterator[Site]:
    """A site that the demo's campaign allows."""
    made = Site(server.base)
    allow(server, fixtures, [made.origin])
    yield made
    allow(server, fixtures, [])
    made.http.shutdown()


@pytest.fixture(scope="module")
def wary(browser: Browser) -> Iterator[Browser]:
    """A browser that blocks third-party cookies."""
    made = browser.browser_type.launch(executable_path=CHROMIUM, args=[*QUIET, BLOCKING])
    yield made
    made.close()


def allow(server: Server, fixtures: dict[str, Any], origins: list[str]) -> None:
    path = f"/api/campaigns/{fixtures['campaign_id']}"
    changed = server.call("PATCH", path, {"embed_origins": origins}, key=fixtures["key_owner"])
    assert changed.json["embed_origins"] == origins


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_whole_interview_is_held_in_a_frame(
    wary: Browser, site: Site, invite: Any, viewport: Any
) -> None:
    token = invite(f"frame-{viewport['width']}@example.com")
    with context(wary, viewport=viewport) as made:
        page = made.new_page()
        page.goto(site.show("/", f'<div id=it data-interviewrelay="{token}"></div>'))
        frame = page.frame_locator("iframe")
        assert page.locator("iframe").get_attribute("title") == "Interview"
        await_event(page, "ready")
        assert heard(page, "started") == []
        frame.get_by_role("button", name="Start the interview").click()
        for count in range(1, 30):
            box = frame.get_by_role("textbox", name="Your answer")
            done = frame.get_by_role("heading", name="The interview is complete")
            expect(box.or_(done).first).to_be_visible()
            if done.is_visible():
                break
            box.fill(f"{SECRET}, {count}." if count < 10 else "No, that is all.")
            frame.get_by_role("button", name="Send answer").click()
            page.wait_for_function(
                "(n) => heard.some((e) => e.name === 'answered' && e.detail.number >= n)",
                arg=count,
            )
        await_event(page, "completed")
        assert (
            heard(page, "ready") == heard(page, "started") == heard(page, "completed") == [{}]
        )
        numbers = [one["number"] for one in heard(page, "answered")]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) >= 9
        assert heard(page, "error") == []
        assert "zebra" not in page.evaluate("JSON.stringify(heard)")
        assert made.cookies() == []


def test_a_site_that_is_not_allowed_gets_an_empty_frame_and_a_link(
    wary: Browser, server: Server, fixtures: dict[str, Any], invite: Any, site: Site
) -> None:
    token = invite("stranger-site@example.com")
    allow(server, fixtures, ["https://other.example"])
    with context(wary) as made:
        page = made.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(site.show("/", f'<div id=it data-interviewrelay="{token}"></div>'))
        page.get_by_role("link", name="Interview in neuem Fenster öffnen").wait_for()
        assert heard(page, "error") == [{"code": "not_loaded"}]
        assert heard(page, "ready") == []
        assert any("frame-ancestors" in text for text in complaints)
        content = page.frames[1].content()
        assert "Start the interview" not in content


def test_a_site_hears_that_a_participant_withdrew(
    wary: Browser, site: Site, invite: Any
) -> None:
    token = invite("frame-withdraws@example.com")
    with context(wary) as made:
        page = made.new_page()
        page.goto(site.show("/", f'<div id=it data-interviewrelay="{token}"></div>'))
        frame = page.frame_locator("iframe")
        frame.get_by_role("button", name="Start the interview").click()
        frame.get_by_role("textbox", name="Your answer").fill(SECRET)
        frame.get_by_role("button", name="Send answer").click()
        await_event(page, "answered")
        frame.get_by_text("Skip, pause or stop").click()
        frame.get_by_text("Withdraw and delete my answers").click()
        frame.get_by_role("button", name="Delete everything").click()
        await_event(page, "withdrawn")
        assert heard(page, "withdrawn") == [{}]
        assert heard(page, "completed") == heard(page, "error") == []


def test_a_site_hears_that_a_link_no_longer_works(
    wary: Browser, server: Server, site: Site, fixtures: dict[str, Any], invite: Any
) -> None:
    token = invite("frame-cancelled@example.com")
    server.call("DELETE", f"/api/invites/{token}", key=fixtures["key_owner"])
    with context(wary) as made:
        page = made.new_page()
        page.goto(site.show("/", f'<div id=it data-interviewrelay="{token}"></div>'))
        page.frame_locator("iframe").get_by_text("Your link no longer works.").wait_for()
        await_event(page, "error")
        assert heard(page, "error") == [{"code": "cancelled"}]


def test_several_widgets_and_scripts_on_one_page(
    wary: Browser, site: Site, invite: Any
) -> None:
    """Each interview is shown once, and the page of a single-page application can add its own."""
    first, second, third = (invite(f"frame-several-{n}@example.com") for n in range(3))
    embed = f"{site.server}/embed.js"
    body = f"""<div id=it data-interviewrelay="{first}" data-theme=dark data-language=fr></div>
      <script src="{embed}"></script>
      <script src="{embed}" data-interviewrelay="{site.server}/interview/{second}"></script>
      <div id=later></div>"""
    with context(wary) as made:
        page = made.new_page()
        page.goto(site.show("/", body))
        added = f"""InterviewRelay.scan();
          const options = {{link: '{third}', theme: 'light', height: 400}};
          window.widget = InterviewRelay.mount(later, options);
          if (InterviewRelay.mount(later, options) !== widget) throw new Error('mounted twice');"""
        page.evaluate(f"() => {{ {added} }}")
        for token in (first, second, third):
            frame = page.locator(f'iframe[src$="{token}"]')
            expect(frame).to_have_count(1)
            start = frame.content_frame.get_by_role("button", name="Start the interview")
            start.wait_for()
        expect(page.locator("iframe")).to_have_count(3)
        assert page.locator("#it iframe").get_attribute("title") == "Entretien"
        themes = {one.url[-8:]: one.evaluate(THEME) for one in page.frames[1:]}
        assert themes == {first[-8:]: "dark", second[-8:]: None, third[-8:]: "light"}
        assert page.locator("#later iframe").bounding_box()["height"] == 400  # type: ignore[index]
        page.evaluate("widget.unmount()")
        expect(page.locator("iframe")).to_have_count(2)


def test_a_plain_frame_works_without_scripts(wary: Browser, site: Site, invite: Any) -> None:
    url = f"{site.server}/interview/{invite('frame-plain@example.com')}"
    with context(wary, java_script_enabled=False) as made:
        page = made.new_page()
        page.goto(site.show("/", f'<iframe src="{url}" title=Interview></iframe>'))
        frame = page.frame_locator("iframe")
        frame.get_by_role("button", name="Start the interview").click()
        frame.get_by_role("textbox", name="Your answer").fill("The stairs were steep.")
        frame.get_by_role("button", name="Send answer").click()
        frame.get_by_text("The stairs were steep.").wait_for()
        assert made.cookies() == []


def test_the_script_is_small_and_may_be_cached(server: Server) -> None:
    usual, versioned = server.call("GET", "/embed.js"), server.call("GET", "/embed.js?v=2")
    assert len(usual.body) < 8_000
    assert usual.headers["content-type"].startswith("text/javascript")
    assert usual.headers["cache-control"] == "public, max-age=3600"
    assert "immutable" in versioned.headers["cache-control"]
    assert usual.headers["cross-origin-resource-policy"] == "cross-origin"
