"""Colours that can be read: contrast after WCAG 2.2, and variants of an accent for light and dark paper."""

import colorsys
import re

_HEX = re.compile(r"#[0-9a-f]{6}")
INK, WHITE = "#17181c", "#ffffff"
LIGHT_GROUNDS = ("#f7f2e8", "#fffdf8")
DARK_GROUNDS = ("#141518", "#1d1f24")
PRIMARIES = ("#c8372a", "#1d4e9e", "#f0b323")


def _parts(colour: str) -> tuple[float, float, float]:
    """Red, green, blue from 0 to 1. Anything but `#rrggbb` is a ValueError."""
    if not _HEX.fullmatch(colour.lower()):
        raise ValueError(f"not a colour: {colour!r}")
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def _hex(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white)."""
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in _parts(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 (the same) to 21 (black on white)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def readable(colour: str, grounds: tuple[str, ...], ratio: float = 4.5) -> str:
    """The nearest lighter or darker tone of `colour` that reaches `ratio` on every ground; unchanged if it does."""
    darken = min(luminance(ground) for ground in grounds) > 0.18
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(colour))
    steps = [lightness + (-lightness if darken else 1 - lightness) * step / 100 for step in range(101)]
    for tone in steps:
        candidate = colour.lower() if tone == lightness else _hex(colorsys.hls_to_rgb(hue, tone, saturation))
        if all(contrast(candidate, ground) >= ratio for ground in grounds):
            return candidate
    raise ValueError(f"no tone of {colour} reaches {ratio} on {grounds}")


def ink_on(colour: str) -> str:
    """White or ink, whichever is easier to read on `colour`."""
    return max((WHITE, INK), key=lambda ink: contrast(ink, colour))


def vivid(accent: str) -> str:
    """The accent for drawings; a grey or nearly black one gives way to blue, so that no picture is dull."""
    _hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(accent))
    return accent if saturation >= 0.25 and 0.12 <= lightness <= 0.88 else PRIMARIES[1]


def companions(accent: str) -> tuple[str, str]:
    """The two primaries whose hue is furthest from the accent's, so that three colours stay three."""
    hue = colorsys.rgb_to_hls(*_parts(accent))[0]

    def distance(other: str) -> float:
        apart = abs(colorsys.rgb_to_hls(*_parts(other))[0] - hue)
        return min(apart, 1 - apart)

    nearest = min(PRIMARIES, key=distance)
    red_or_blue, other = (primary for primary in PRIMARIES if primary != nearest)
    return red_or_blue, other
