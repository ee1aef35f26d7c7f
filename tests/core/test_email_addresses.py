"""Mail addresses."""

import pytest
from hypothesis import given, strategies as st

from interviewrelay.core.email_addresses import normalize_address


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("ann@example.com", "ann@example.com"),
        ("  ann@example.com\n", "ann@example.com"),
        ("Ann.B+tag@Example.COM", "Ann.B+tag@example.com"),
        ("o'neil@sub.example.co", "o'neil@sub.example.co"),
        ("a@münchen.example", "a@xn--mnchen-3ya.example"),
        ("a" * 64 + "@example.com", "a" * 64 + "@example.com"),
    ],
)
def test_a_good_address_comes_back_as_it_is_used_in_mail(text, used):
    assert normalize_address(text) == used


@pytest.mark.parametrize(
    "text",
    [
        "", "@", "ann", "ann@", "@example.com", "ann@example", "a@x,b@y.com", "A <a@x.com>",
        "a@[127.0.0.1]", "a@127.0.0.1", '"a b"@example.com', "a b@example.com", ".a@example.com",
        "a.@example.com", "a..b@example.com", "a@b@example.com", "a@-x.com", "a@x-.com", "a@x..com",
        "a@.com", "a@example.com.", "ä@example.com", "v@example.com\r\nBcc: x@evil.example",
        "v@example.com\nBcc:x@evil.example", "a@exa\u0000mple.com", "a@exam\u200bple..com",
        "a" * 65 + "@example.com", "a@" + "b" * 64 + ".com", "a@" + "b." * 130 + "com",
        "a@\u2488com\u2488", "a@xn--\u00e9.com\u3002\u3002",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(text):
    assert normalize_address(text) is None


@given(
    st.text(max_size=300)
    | st.builds("{}@{}".format, st.text(max_size=70), st.text(max_size=99))
)
def test_what_is_accepted_is_safe_in_a_header(text):
    found = normalize_address(text)
    if found is not None:
        assert found.isascii()
        assert found.isprintable()
        assert not set(found) & set(' \r\n\t<>,;:"()[]\\')
        assert found.count("@") == 1
        assert len(found) <= 254
        assert normalize_address(found) == found
