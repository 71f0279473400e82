"""Colors and type, in one place: the style sheet, the figures and the pictures all read these.

The looks of a county differ in lightness as well as in hue, so they stay apart for readers with
any color vision and in gray print. One accent, blue, means LEAD and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from data.words import LOOKS

FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'

CHROME = ("paper", "ink", "ink-soft", "rule", "accent", "choice", "border")
"""The colors that are no county's look."""
LIGHT = {
    "paper": "#ffffff",
    "ink": "#1c1f22",
    "ink-soft": "#565c62",
    "rule": "#dcd9d3",
    "accent": "#0b5c8a",
    "choice": "#b3261e",
    "border": "#ffffff",
    "running": "#0b5c8a",
    "unconfirmed": "#74a9ca",
    "perhaps": "#d3e4ef",
    "planned": "#f2cf73",
    "funded": "#cf9a2b",
    "considered": "#faecc8",
    "ended": "#8d7f86",
    "old_list": "#ebe8e2",
    "none_found": "#ebe8e2",
    "class1": "#f7d0b2",
    "class2": "#d7a47a",
    "class3": "#af7b4e",
    "class4": "#84572e",
    "class5": "#56361a",
    "suppressed": "#8b9096",
    "missing": "#e6e8eb",
}
DARK = {
    "paper": "#14181c",
    "ink": "#eef0f2",
    "ink-soft": "#aeb6bd",
    "rule": "#39424a",
    "accent": "#6cbbe8",
    "choice": "#ff8a80",
    "border": "#14181c",
    "running": "#6cbbe8",
    "unconfirmed": "#377196",
    "perhaps": "#20384a",
    "planned": "#b98f2a",
    "funded": "#e0b95c",
    "considered": "#5c4a20",
    "ended": "#83757d",
    "old_list": "#2a3138",
    "none_found": "#2a3138",
    "class1": "#564333",
    "class2": "#815f42",
    "class3": "#b07e54",
    "class4": "#dba273",
    "class5": "#fccfab",
    "suppressed": "#8b949d",
    "missing": "#262c33",
}
LINE = "#2a7fb5"
"""The accent at a lightness that stands out on light and dark paper, as all colors of figures."""
BAND = "rgba(42,127,181,0.28)"
GRAY = "#80878d"
GRID = "rgba(128,135,141,0.25)"
COUNTIES = ("#e67300", "#8357db", "#12a171", "#cf1736")
"""Of the counties of a trend: apart for readers with any color vision; blue is left to LEAD."""


def variable(name: str) -> str:
    """Give the CSS variable of a color."""
    return f"var(--{name.replace('_', '-')})"


def look_styles() -> str:
    """Write how each look is painted, on the map, in legends and in a story, as CSS rules."""
    looks = [name for name in LIGHT if name not in CHROME]
    rules = []
    for look in looks:
        fill = ground = variable(look)
        if look in HATCHED:
            under, line = map(variable, HATCHED[look])
            fill = f"url(#hatch-{look})"
            ground = f"repeating-linear-gradient(-45deg,{line} 0 1.7px,{under} 1.7px 5px)"
        rules.append(f':is(path,use)[data-look="{look}"]{{fill:{fill}}}')
        rules.append(f'.swatch[data-look="{look}"]{{background:{ground}}}')
        if look in LOOKS:  # the bars of a story are drawn in the light colors
            drawn = "url(" if look in HATCHED else _rgb(LIGHT[look])
            rules.append(f'.story .bars path[style*="fill: {drawn}"]{{fill:{fill}!important}}')
    return "".join(rules)


def _rgb(color: str) -> str:
    """Write a color as a browser does: ``rgb(11, 92, 138)``."""
    return f"rgb({', '.join(str(part) for part in bytes.fromhex(color[1:]))})"


def look_colors(looks: Iterable[str]) -> list[str]:
    """Give the plain fill of each look."""
    return [LIGHT[look] for look in looks]


HATCHED = {
    "perhaps": ("perhaps", "running"),
    "old_list": ("none_found", "ended"),
    "suppressed": ("missing", "suppressed"),
}
"""The looks that are hatched: the colors of the ground and of the lines."""


def hatch_patterns(color: Callable[[str], str]) -> str:
    """Write the SVG patterns of the hatched looks, their colors given by name."""
    return "".join(
        hatch_pattern(f"hatch-{look}", color(ground), color(line))
        for look, (ground, line) in HATCHED.items()
    )


def hatch_pattern(name: str, ground: str, line: str) -> str:
    """Write an SVG pattern, 5 pixels wide, that marks what is not known for certain."""
    return (
        f'<pattern id="{name}" width="5" height="5" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="5" height="5" style="fill:{ground}"/>'
        f'<rect width="1.7" height="5" style="fill:{line}"/></pattern>'
    )


def style_variables() -> str:
    """Write both palettes as CSS variables; dark follows the page's color scheme."""
    return (
        f":root{{--font:{FONT};{_variables(LIGHT)}}}"
        f':root[data-mantine-color-scheme="dark"]{{{_variables(DARK)}}}'
    )


def _variables(palette: dict[str, str]) -> str:
    return "".join(f"--{name.replace('_', '-')}:{color};" for name, color in palette.items())


def mantine_theme() -> dict[str, object]:
    """Give the theme of the controls: system fonts and the accent."""
    blue = [
        "#eef6fb",
        "#dcebf5",
        "#b5d5ea",
        "#8bbfdf",
        "#69acd6",
        "#539fd0",
        "#4699cd",
        "#2a7fb5",
        "#0b5c8a",
        "#084a70",
    ]
    return {
        "fontFamily": FONT,
        "headings": {"fontFamily": FONT},
        "colors": {"lead": blue},
        "primaryColor": "lead",
        "primaryShade": {"light": 8, "dark": 4},
        "defaultRadius": 4,
        "respectReducedMotion": True,
    }
