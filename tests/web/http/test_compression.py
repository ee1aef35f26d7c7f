"""What is packed for the wire, for whom, and what stays as it is."""

import gzip

import pytest

HERE = {"Accept-Encoding": "gzip, br", "Sec-Fetch-Site": "same-origin"}


def test_a_page_and_its_files_are_packed_and_say_the_same(desk):
    for path in ("/campaigns", "/static/app.css", "/static/icons.svg", "/static/app.js"):
        plain, packed = desk.get(path), desk.get(path, headers=HERE)
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == "gzip", path
        assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 2
        for answer in (plain, packed):
            assert "Accept-Encoding" in answer.headers["Vary"]
    said = gzip.decompress(desk.get("/static/app.css", headers=HERE).data)
    assert said == desk.get("/static/app.css").data


@pytest.mark.parametrize("site", ["cross-site", "same-site", None])
def test_whoever_comes_from_another_site_learns_nothing_from_lengths(desk, site):
    told = {"Accept-Encoding": "gzip"} | ({"Sec-Fetch-Site": site} if site else {})
    page = desk.get("/campaigns?status=active", headers=told)
    assert "Content-Encoding" not in page.headers
    assert b"<h1" in page.data
    # A file has no secret in it.
    assert desk.get("/static/app.css", headers=told).headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("takes", ["identity", "br", "gzip;q=0", ""])
def test_who_does_not_take_it_gets_it_plain(desk, takes):
    for path in ("/campaigns", "/static/app.css"):
        answer = desk.get(path, headers=HERE | {"Accept-Encoding": takes})
        assert "Content-Encoding" not in answer.headers


def test_a_packed_file_is_not_sent_again_to_who_has_it(desk):
    tag = desk.get("/static/app.css", headers=HERE).headers["ETag"]
    assert tag.startswith("W/")
    for takes in ("gzip", "identity"):
        headers = HERE | {"Accept-Encoding": takes, "If-None-Match": tag}
        assert desk.get("/static/app.css", headers=headers).status_code == 304


def test_what_is_small_a_part_or_no_text_stays_as_it_is(desk, client, ann):
    assert "Content-Encoding" not in desk.get("/static/favicon.svg", headers=HERE).headers
    part = desk.get("/static/app.css", headers=HERE | {"Range": "bytes=0-99"})
    assert (part.status_code, "Content-Encoding" in part.headers) == (206, False)
    asked = client.get("/api/campaigns", headers=HERE | ann.auth)
    assert "Content-Encoding" not in asked.headers
    assert "Content-Encoding" not in desk.head("/campaigns", headers=HERE).headers


def test_a_participants_page_is_packed_too(client, link):
    page = client.get(link, headers=HERE | {"Sec-Fetch-Site": "none"})
    assert page.headers["Content-Encoding"] == "gzip"
    assert b"<h1" in gzip.decompress(page.data)
