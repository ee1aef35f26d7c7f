"""Brand theme: an organization's accent colour, made dark or light enough to be readable.

Lightness and chroma are those of OKLCH; contrast is that of WCAG 2.2 between sRGB colours.
"""

import math
import re
from typing import Final, NamedTuple

READABLE: Final = 4.5
"""Minimum contrast for text of any size."""
HEX: Final = re.compile(r"#[0-9a-fA-F]{6}", re.ASCII)

RgbColor = tuple[float, float, float]
"""Red, green and blue of sRGB, 0 to 1 each."""
LchColor = tuple[float, float, float]
"""Lightness 0 to 1, chroma, hue in radians."""


class Theme(NamedTuple):
    """Theme: the extreme backgrounds that the accent is used on (`static/base.css`), and the
    direction of adjustment.
    """

    grounds: tuple[LchColor, ...]
    step: float
    soft: float
    on: LchColor


_HUE: Final = math.radians(215)
LIGHT: Final = Theme(
    grounds=((0.984, 0.004, _HUE), (1.0, 0.0, 0.0), (0.96, 0.006, _HUE)),
    step=-0.01,
    soft=0.945,
    on=(1.0, 0.0, 0.0),
)
DARK: Final = Theme(
    grounds=((0.19, 0.012, _HUE), (0.228, 0.014, _HUE), (0.265, 0.015, _HUE)),
    step=0.01,
    soft=0.3,
    on=(0.2, 0.03, _HUE),
)


def build_tokens(accent: str, theme: Theme) -> dict[str, str]:
    """The accent's four tokens in a theme, as `#rrggbb`: the colour itself if it is readable on
    every background and on its own soft one, otherwise the nearest lightness that is.
    """
    light, chroma, hue = _lch(_rgb(accent))
    soft = _shown((theme.soft, min(chroma, 0.034), hue))
    on = _shown(theme.on)
    grounds = [*map(_shown, theme.grounds), soft, on]
    found = _rgb(accent)
    while 0 <= light + theme.step <= 1 and not _reads(found, grounds):
        light += theme.step
        found = _shown((light, chroma, hue))
    strong = _shown((min(max(light + 7 * theme.step, 0.0), 1.0), chroma, hue))
    return {
        "accent": format_hex(found),
        "accent-strong": format_hex(strong),
        "accent-soft": format_hex(soft),
        "on-accent": format_hex(on),
    }


def build_stylesheet(accent: str, *, within: str = "") -> str:
    """Stylesheet with the tokens for the system's theme and the reader's own; for the whole page,
    or for this selector.
    """
    light, dark = _rule(build_tokens(accent, LIGHT)), _rule(build_tokens(accent, DARK))
    inner = f" {within}" if within else ""
    return (
        f":root{inner}{light}\n"
        f'@media (prefers-color-scheme: dark){{:root:not([data-theme="light"]){inner}{dark}}}\n'
        f':root[data-theme="dark"]{inner}{dark}\n'
    )


def format_hex(rgb: RgbColor) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in rgb)


def _rule(named: dict[str, str]) -> str:
    return "{" + ";".join(f"--{name}:{colour}" for name, colour in named.items()) + "}"


def _reads(colour: RgbColor, grounds: list[RgbColor]) -> bool:
    return all(_contrast(colour, ground) >= READABLE for ground in grounds)


def _rgb(text: str) -> RgbColor:
    return tuple(int(text[at : at + 2], 16) / 255 for at in (1, 3, 5))  # type: ignore[return-value]


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _gamma(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _contrast(one: RgbColor, other: RgbColor) -> float:
    """Contrast ratio, 1 to 21."""
    lights = sorted(
        sum(
            share * _linear(part)
            for share, part in zip((0.2126, 0.7152, 0.0722), rgb, strict=True)
        )
        for rgb in (one, other)
    )
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _lch(rgb: RgbColor) -> LchColor:
    r, g, b = map(_linear, rgb)
    long, middle, short = (
        math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b),
        math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b),
        math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b),
    )
    light = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return light, math.hypot(a, b), math.atan2(b, a)


def _shown(lch: LchColor) -> RgbColor:
    """Rounded to 256 steps a channel, because contrast is measured on displayed colours."""
    return _rgb(format_hex(_fitted(lch)))


def _fitted(lch: LchColor) -> RgbColor:
    """Convert to sRGB, with less chroma if the colour is out of gamut."""
    light, chroma, hue = lch
    while True:
        rgb = _of_lch(light, chroma, hue)
        if chroma <= 0 or all(-0.001 <= part <= 1.001 for part in rgb):
            red, green, blue = (min(max(part, 0.0), 1.0) for part in rgb)
            return red, green, blue
        chroma = max(0.0, chroma - 0.005)


def _of_lch(light: float, chroma: float, hue: float) -> RgbColor:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long, middle, short = (
        (light + 0.3963377774 * a + 0.2158037573 * b) ** 3,
        (light - 0.1055613458 * a - 0.0638541728 * b) ** 3,
        (light - 0.0894841775 * a - 1.2914855480 * b) ** 3,
    )
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    red, green, blue = (_gamma(part) if part > 0 else part for part in linear)
    return red, green, blue
