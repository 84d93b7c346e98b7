"""A cluster's colour as CSS: readable on light and on dark paper."""

from functools import lru_cache

from mitwerk.algorithms.colour import DARK_GROUNDS, INK, LIGHT_GROUNDS, companions, ink_on, readable, vivid

_LIGHT_ART = {"#c8372a": "#e0574a", "#1d4e9e": "#4d7fd6", "#f0b323": "#f0b323"}


@lru_cache(maxsize=256)
def rules(accent: str) -> str:
    """Custom properties for `:root`. Browsers without `light-dark()` keep the light values."""
    light, dark = readable(accent, LIGHT_GROUNDS), readable(accent, DARK_GROUNDS)
    drawn = vivid(accent)
    second, third = companions(drawn)
    art = readable(drawn, ("#25272d",), 3)
    plain = {"accent": light, "on-accent": "#ffffff", "accent-raw": accent, "on-accent-raw": ink_on(accent)}
    pairs = {
        "accent": (light, dark),
        "on-accent": ("#ffffff", INK),
        "art-accent": (drawn, art),
        "art-second": (second, _LIGHT_ART[second]),
        "art-third": (third, _LIGHT_ART[third]),
    }
    plain |= {name: pair[0] for name, pair in pairs.items() if name.startswith("art")}
    first = "".join(f"--{name}:{value};" for name, value in plain.items())
    both = "".join(f"--{name}:light-dark({one},{other});" for name, (one, other) in pairs.items())
    return f":root{{{first}}}@supports (color:light-dark(red,red)){{:root{{{both}}}}}"
