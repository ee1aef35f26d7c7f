"""The documentation on the server."""

from dataclasses import replace
from typing import Any

import pytest


def restrict(app: Any, readers: str) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], documentation=readers)


def test_everyone_can_read_and_keep_a_page(client: Any) -> None:
    first = client.get("/docs/settings")
    assert first.status_code == 200
    assert "<h1>Settings</h1>" in first.text
    assert 'id="BASE_URL"' in first.text
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in first.headers
    again = client.get("/docs/settings", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_page_is_the_same_for_members(client: Any, desk: Any) -> None:
    for path in ("/docs", "/docs/webhooks"):
        assert desk.get(path).data == client.get(path).data


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/docs/settings.md", "text/markdown; charset=utf-8"),
        ("/docs/images/overview.webp", "image/webp"),
        ("/docs/deploy/nginx.conf", "text/plain; charset=utf-8"),
    ],
)
def test_files_are_what_they_are(client: Any, path: str, kind: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, kind)


@pytest.mark.parametrize(
    "path",
    [
        "/docs/nothing",
        "/docs/../pyproject.toml",
        "/docs/%2e%2e/pyproject.toml",
        "/docs/..%2fpyproject.toml",
        "/docs//etc/passwd",
        "/docs/settings.md.md",
        "/docs/settings%00",
    ],
)
def test_nothing_else_is_published(client: Any, path: str) -> None:
    assert client.get(path).status_code in (400, 404)


def test_search_finds_pages_settings_and_operations(client: Any) -> None:
    for query, url in (
        ("BASE_URL", "/docs/settings#BASE_URL"),
        ("create campaign", "/api/docs#create-campaign"),
        ("verify signatures", "/docs/webhooks#verify-signatures"),
    ):
        assert f'href="{url}"' in client.get(f"/docs/search?q={query}").text


def test_search_answers_a_field_that_is_typed_in_with_results_alone(client: Any) -> None:
    part = client.get("/docs/search?q=backup", headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert 'class="hits"' in part


def test_a_query_is_shown_as_text(client: Any) -> None:
    page = client.get("/docs/search", query_string={"q": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in page


def test_members_alone(app: Any, client: Any, desk: Any) -> None:
    restrict(app, "members")
    for path in ("/docs", "/docs/settings", "/docs/settings.md", "/docs/search?q=a"):
        answer = client.get(path)
        assert answer.status_code == 303
        assert answer.headers["Location"].startswith("/login")
    shown = desk.get("/docs/settings")
    assert shown.status_code == 200
    assert shown.headers["Cache-Control"] == "private, no-cache"


def test_nobody(app: Any, client: Any, desk: Any) -> None:
    restrict(app, "off")
    for path in ("/docs", "/docs/", "/docs/settings", "/docs/search?q=a"):
        assert client.get(path).status_code == desk.get(path).status_code == 404
