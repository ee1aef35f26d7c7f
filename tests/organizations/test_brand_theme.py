"""Accent colours are readable on both themes, whatever was chosen."""

import re
from pathlib import Path

from hypothesis import given, settings, strategies as st

from interviewrelay.organizations import brand_theme

CSS = (Path(__file__).resolve().parents[2] / "static" / "base.css").read_text()
ANY = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")
THEMES = {"light": brand_theme.LIGHT, "dark": brand_theme.DARK}


def contrast(one, other):
    return brand_theme._contrast(brand_theme._rgb(one), brand_theme._rgb(other))


@settings(max_examples=300, deadline=None)
@given(ANY)
def test_every_colour_is_readable_on_every_ground_and_under_its_words(accent):
    for theme in THEMES.values():
        told = brand_theme.build_tokens(accent, theme)
        grounds = [
            brand_theme.format_hex(brand_theme._fitted(ground)) for ground in theme.grounds
        ]
        for ground in (*grounds, told["accent-soft"], told["on-accent"]):
            assert contrast(told["accent"], ground) >= 4.5
        assert contrast(told["accent-strong"], told["on-accent"]) >= 4.5


def test_a_colour_that_can_be_read_stays_as_it_was_chosen():
    assert brand_theme.build_tokens("#0f6674", brand_theme.LIGHT)["accent"] == "#0f6674"
    assert brand_theme.build_tokens("#ffcc00", brand_theme.DARK)["accent"] == "#ffcc00"


def test_a_colour_that_cannot_is_made_darker_or_lighter_and_keeps_its_hue():
    light = brand_theme._lch(
        brand_theme._rgb(brand_theme.build_tokens("#ffcc00", brand_theme.LIGHT)["accent"])
    )
    chosen = brand_theme._lch(brand_theme._rgb("#ffcc00"))
    assert light[0] < chosen[0]
    assert abs(light[2] - chosen[2]) < 0.05


def test_black_and_white_are_told_apart_as_wcag_has_it():
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


def test_the_grounds_are_those_of_the_stylesheet():
    for name, theme in THEMES.items():
        part = CSS.split("@media screen and (prefers-color-scheme: dark)")[
            0 if name == "light" else 1
        ]
        for token, ground in zip(("page", "surface", "sunken"), theme.grounds, strict=True):
            told = re.search(rf"--{token}: oklch\(([\d.]+) ", part)[1]
            assert float(told) == ground[0], (name, token)


def test_a_sheet_holds_both_themes_and_nothing_that_was_typed():
    sheet = brand_theme.build_stylesheet("#ffcc00", within=".preview")
    assert sheet.count("{--accent:#") == 3
    assert sheet.count(".preview{") == 3
    assert "url(" not in sheet
