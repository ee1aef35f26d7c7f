"""The organization's logo and colour, on the page of settings and on the participant's."""

import io
import struct
import threading
import zlib
from datetime import timedelta

import pytest
from PIL import Image

from interviewrelay.core import clock
from interviewrelay.core.db.session import db
from interviewrelay.core.errors import NotFound, StorageUnreachable
from interviewrelay.core.ids import min_id_at, new_id
from interviewrelay.models import Branding
from interviewrelay.organizations import branding
from interviewrelay.runtime import stored_files
from tests.factories import a_campaign, an_invite
from tests.web.participant.test_page_weight import MOST_BYTES, MOST_REQUESTS, weight

PAGE = "/settings/branding"


def a_picture(form="PNG", size=(600, 300), **more):
    out = io.BytesIO()
    mode = "RGB" if form == "JPEG" else "RGBA"
    Image.new(mode, size, (15, 102, 116) if mode == "RGB" else (15, 102, 116, 128)).save(
        out, form, **more
    )
    return out.getvalue()


def a_bomb():
    """A PNG of a few bytes whose head promises 60,000 by 60,000 pixels."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 6, 0, 0, 0)

    def chunk(kind, data):
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    data = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


@pytest.fixture
def choose(desk):
    def post(status=303, accent="", logo=None, **more):
        sent = {"accent": accent, **more}
        if logo is not None:
            sent["logo"] = (io.BytesIO(logo), "../../evil name.png")
        answered = desk.post(PAGE, data=sent, content_type="multipart/form-data")
        assert answered.status_code == status, answered.text
        return answered.text

    return post


def test_what_is_chosen_is_on_the_page_and_kept_for_ever(desk, client, ann, link, choose):
    assert "brand.css" not in client.get(link).text
    assert client.get(f"{link}/brand.css").status_code == 404
    assert client.get(f"{link}/logo").status_code == 404
    choose(accent=" #FFCC00 ", logo=a_picture())
    page = client.get(link).text
    version = branding.get_brand(ann.actor.org_id).version
    assert f'href="{link}/brand.css?v={version}"' in page
    assert f'src="{link}/logo?v={version}" alt="" width="240" height="120"' in page
    css = client.get(f"{link}/brand.css?v={version}")
    assert (css.status_code, css.mimetype) == (200, "text/css")
    assert "--accent:#ffcc00" in css.text
    logo = client.get(f"{link}/logo?v={version}")
    assert logo.mimetype == "image/webp"
    assert Image.open(io.BytesIO(logo.data)).format == "WEBP"
    for kept in (css, logo):
        assert kept.headers["Cache-Control"] == "private, max-age=31536000, immutable"
        assert kept.headers["X-Content-Type-Options"] == "nosniff"
    mine = desk.get(PAGE).text
    assert 'value="#ffcc00"' in mine
    assert f"{PAGE}/logo?v={version}" in mine
    assert ":root .preview{" in desk.get(f"{PAGE}/preview.css").text


def test_the_first_page_stays_light_with_a_logo_and_a_colour(client, link, choose):
    noise = Image.effect_noise((480, 120), 90).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=70)
    choose(accent="#ffcc00", logo=out.getvalue())
    found, requests = weight(client, link)
    assert found <= MOST_BYTES
    assert requests <= MOST_REQUESTS


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_three_forms_of_pictures_are_taken(ann, choose, form):
    choose(logo=a_picture(form))
    brand = branding.get_brand(ann.actor.org_id)
    assert (brand.width, brand.height) == (240, 120)


@pytest.mark.parametrize(
    ("logo", "words"),
    [
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
            "Choose a PNG, JPEG or WebP image",
        ),
        (a_picture("GIF"), "Choose a PNG, JPEG or WebP image"),
        (a_picture("TIFF", size=(60, 30)), "Choose a PNG, JPEG or WebP image"),
        (a_picture()[:80], "Choose a PNG, JPEG or WebP image"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 100, "Choose a PNG, JPEG or WebP image"),
        (a_picture(size=(3000, 2000)), "4 million pixels"),
        (a_bomb(), "4 million pixels"),
        (a_picture() + b"\0" * 200_000, "up to 200 kB"),
    ],
    ids=["svg", "gif", "tiff", "cut off", "no png", "large", "bomb", "heavy"],
)
def test_what_is_no_logo_is_refused_and_changes_nothing(ann, services, choose, logo, words):
    page = choose(400, accent="#123456", logo=logo)
    assert words in page
    assert 'value="#123456"' in page
    assert branding.get_brand(ann.actor.org_id) == branding.NONE
    assert list(services.storage.list_names(stored_files.LOGOS)) == []


def test_what_stands_in_a_picture_beside_it_is_not_kept(ann, services, choose):
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Comment", "<script>zanzibarine</script>")
    choose(logo=a_picture(pnginfo=info))
    assert b"zanzibarine" not in branding.get_logo(services, ann.actor.org_id)


@pytest.mark.parametrize(
    "accent", ["red", "#12345", "#12345g", "#1234567", "url(x)", "#123456;}", "１２３４５６"]
)
def test_what_is_no_colour_is_refused(ann, choose, accent):
    assert "Enter # and six hex digits" in choose(400, accent=accent)
    assert branding.get_brand(ann.actor.org_id) == branding.NONE


def test_a_new_logo_takes_the_place_of_the_old_and_can_be_removed(ann, services, choose):
    choose(logo=a_picture(), accent="#123456")
    first = branding.get_brand(ann.actor.org_id)
    choose(logo=a_picture("JPEG"), accent="#123456")
    second = branding.get_brand(ann.actor.org_id)
    assert first.logo != second.logo
    assert list(services.storage.list_names(stored_files.LOGOS)) == [
        stored_files.get_logo_name(second.logo)
    ]
    choose(accent="#123456")
    assert branding.get_brand(ann.actor.org_id).logo == second.logo
    choose(accent="", drops_logo="true")
    brand = branding.get_brand(ann.actor.org_id)
    assert (brand.accent, brand.logo) == ("", "")
    assert list(services.storage.list_names(stored_files.LOGOS)) == []


def test_a_logo_that_is_replaced_while_it_is_read_is_shown_as_it_is_then(
    ann, services, choose, monkeypatch
):
    choose(logo=a_picture())
    first, get = branding.get_brand(ann.actor.org_id), type(services.storage).get
    asked = []

    def replaced_meanwhile(storage, name):
        asked.append(name)
        if len(asked) == 1:
            choose(logo=a_picture("JPEG"))
        return get(storage, name)

    monkeypatch.setattr(type(services.storage), "get", replaced_meanwhile)
    branding.get_logo(services, ann.actor.org_id)
    assert asked[0] == stored_files.get_logo_name(first.logo) != asked[1]


def test_two_that_choose_the_first_logo_at_once_get_one_each(app, ann, services):
    ready, chosen = threading.Barrier(2), []

    def choose_one():
        with app.app_context():
            ready.wait()
            chosen.append(branding.save_brand(services, ann.actor.org_id, "", a_picture()))

    threads = [threading.Thread(target=choose_one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({brand.logo for brand in chosen}) == 2
    last = stored_files.get_logo_name(branding.get_brand(ann.actor.org_id).logo)
    assert list(services.storage.list_names(stored_files.LOGOS)) == [last]


def test_a_logo_whose_file_is_lost_is_not_found(ann, services, choose):
    choose(logo=a_picture())
    services.storage.delete(
        stored_files.get_logo_name(branding.get_brand(ann.actor.org_id).logo)
    )
    with pytest.raises(NotFound):
        branding.get_logo(services, ann.actor.org_id)


def test_a_logo_that_nobody_names_is_swept_and_one_that_somebody_does_is_not(
    ann, services, choose
):
    choose(logo=a_picture())
    mine = stored_files.get_logo_name(branding.get_brand(ann.actor.org_id).logo)
    settled = clock.now() - stored_files.SETTLES - timedelta(seconds=1)
    old, fresh = (
        stored_files.get_logo_name(min_id_at(settled)),
        stored_files.get_logo_name(new_id()),
    )
    for name in (old, fresh):
        services.storage.put(name, b"x")
    assert stored_files.delete_stray_files(services) == 1
    assert list(services.storage.list_names(stored_files.LOGOS)) == sorted([mine, fresh])
    services.storage.delete(fresh)
    assert list(services.storage.list_names(stored_files.LOGOS)) == [mine]
    assert list(stored_files.list_unknown_files(services.storage)) == []


def test_where_files_are_away_nothing_is_chosen(ann, services, choose, monkeypatch):
    def away(*_given):
        raise StorageUnreachable("gone")

    monkeypatch.setattr(type(services.storage), "put", away)
    choose(503, accent="#123456", logo=a_picture())
    db.session.rollback()
    assert db.session.get(Branding, ann.actor.org_id) is None


def test_each_organization_has_its_own(client, services, ann, ben, choose):
    choose(accent="#ffcc00", logo=a_picture())
    _, token = an_invite(services, a_campaign(ben))
    page = client.get(f"/interview/{token}").text
    assert "brand.css" not in page
    assert client.get(f"/interview/{token}/logo").status_code == 404
