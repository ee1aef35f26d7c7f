"""Pages from Markdown: nothing of a file gets past the escaping, and links lead to pages."""

import pytest

from interviewrelay.documentation.markdown import Target, render_page


def resolve(link: str) -> Target | None:
    known = {
        "other.md": Target("/docs/other", title="Other page"),
        "a.webp": Target("/a", (4, 2)),
    }
    return Target(link) if link.startswith(("#", "https:")) else known.get(link)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "Text <img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "![a](javascript:alert(1))",
        "```sh<script>\n<script>\n```",
        '```x" onload="alert(1)\ntext\n```',
        "# T\n\n## <script>alert(1)</script>",
        '[a](https://x "t\\"><script>")',
    ],
)
def test_html_and_scripts_in_a_file_are_text(text: str) -> None:
    html = render_page(text, resolve).html
    assert "<script" not in html
    assert "<img src=x" not in html
    assert 'href="javascript' not in html
    assert 'onload="alert' not in html


def test_links_lead_to_pages_and_unpublished_files_keep_their_text() -> None:
    page = render_page("[other.md](other.md), [it](other.md), [code](../app.py)", resolve)
    assert (
        '<a href="/docs/other">Other page</a>, <a href="/docs/other">it</a>, code' in page.html
    )


def test_images_keep_their_room() -> None:
    assert 'width="4" height="2"' in render_page("![words](a.webp)", resolve).html


def test_headings_have_anchors_of_their_own() -> None:
    page = render_page("# Title\n\n## Set up `it`\n\n## Set up it\n\n### More", resolve)
    assert page.title == "Title"
    assert [(h.level, h.anchor) for h in page.headings] == [
        (2, "set-up-it"),
        (2, "set-up-it-1"),
        (3, "more"),
    ]


def test_rows_that_begin_with_a_name_have_its_anchor() -> None:
    page = render_page(
        "| Name | Use |\n|---|---|\n| `BASE_URL` | links |\n| none | x |", resolve
    )
    assert page.html.count("<tr id=") == 1
    assert page.anchors == {"BASE_URL"}
    assert ("BASE_URL", ["links"]) in [(p.heading, p.words) for p in page.passages]


TABS = "```sh\na\n```\n\n```js\nb\n```\n\n```python\nc\n```\n"


def test_adjacent_code_in_different_languages_becomes_tabs() -> None:
    html = render_page(TABS, resolve).html
    assert html.count('class="tabs"') == 1
    assert [name in html for name in ("Shell", "JavaScript", "Python")] == [True] * 3


@pytest.mark.parametrize(
    "text",
    [
        "```sh\na\n```\n\nwords\n\n```js\nb\n```",
        "```sh\na\n```\n\n```sh\nb\n```",
        "```sh\na\n```",
    ],
)
def test_other_code_does_not(text: str) -> None:
    assert "tabs" not in render_page(text, resolve).html


def test_the_reason_of_a_sample_that_is_not_run_is_not_shown() -> None:
    html = render_page('```sh norun="needs a domain"\na\n```', resolve).html
    assert "domain" not in html
    assert 'data-language="sh"' in html
