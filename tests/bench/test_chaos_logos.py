"""Files uploaded while the server dies: what is lost, broken or gone is found."""

import urllib.error
from email.message import Message
from types import SimpleNamespace

import pytest

from bench.chaos.logos import PAGE, Owner, drawn, told
from interviewrelay.organizations import brand_images

A = {"owner_email": "ann@alder.example", "owner_password": "secret"}


@pytest.fixture
def owner():
    """Has uploaded three logos, of which the second was the last to be acknowledged."""
    made = Owner(SimpleNamespace(port=1, instance=SimpleNamespace(fixtures={"A": A})), seed=1)
    made.asked, made.saved = 3, 2
    return made


def looked(owner, monkeypatch, shown):
    def read(path):
        assert path == f"{PAGE}/logo"
        if isinstance(shown, int):
            return brand_images.build_logo(drawn(shown, 1)).content
        if isinstance(shown, Exception):
            raise shown
        return shown

    monkeypatch.setattr(owner, "_read", read)
    owner.look()
    return len(owner.finding.lost), len(owner.finding.wrong)


@pytest.mark.parametrize("number", [1, 2, 255, 256, 43_690, 65_535])
def test_a_logo_says_which_one_it_is_however_it_was_packed(number):
    assert told(brand_images.build_logo(drawn(number, 7)).content) == number


@pytest.mark.parametrize("shown", [2, 3])
def test_the_acknowledged_one_or_the_one_under_way_is_right(owner, monkeypatch, shown):
    assert looked(owner, monkeypatch, shown) == (0, 0)


@pytest.mark.parametrize("shown", [1, 4])
def test_an_older_one_and_one_that_nobody_sent_are_not(owner, monkeypatch, shown):
    assert looked(owner, monkeypatch, shown) == (1, 0)


def test_half_a_picture_is_found(owner, monkeypatch):
    whole = brand_images.build_logo(drawn(2, 1)).content
    assert looked(owner, monkeypatch, whole[: len(whole) // 2]) == (0, 1)


def test_a_row_without_its_file_is_found(owner, monkeypatch):
    gone = urllib.error.HTTPError("/", 404, "Not found", Message(), None)
    assert looked(owner, monkeypatch, gone) == (0, 1)


def test_before_the_first_there_is_none(owner, monkeypatch):
    owner.saved = 0
    gone = urllib.error.HTTPError("/", 404, "Not found", Message(), None)
    assert looked(owner, monkeypatch, gone) == (0, 0)
