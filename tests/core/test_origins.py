"""Origins of web pages, as browsers write them."""

import pytest

from interviewrelay.core.urls import parse_origin


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("https://www.example.com", "https://www.example.com"),
        (" https://WWW.Example.com/ ", "https://www.example.com"),
        ("https://example.com:443", "https://example.com"),
        ("https://example.com:8443", "https://example.com:8443"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("http://127.0.0.1:80", "http://127.0.0.1"),
    ],
)
def test_an_origin_is_written_as_browsers_send_it(typed: str, origin: str) -> None:
    assert parse_origin(typed) == origin


@pytest.mark.parametrize(
    "typed",
    [
        "", "example.com", "http://example.com", "https://", "https://*.example.com", "*",
        "https://example.com/path", "https://example.com?", "https://example.com#",
        "https://user@example.com", "https://example.com:99999", "https://a b.example",
        "https://example.com;script-src *", "https://example.com,https://b.example", "null",
        "https://exa\nmple.com", "https://[::1]", "https://-a.example", "https://a..example",
        "javascript:alert(1)", "data:text/html,x", "https://example.com\\@evil.example",
        "https://" + "a" * 300 + ".example", "https://'self'", "https://[bad",
    ],
)  # fmt: skip
def test_anything_else_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        parse_origin(typed)
