"""Colors and type, in one place: the style sheet, the figures and the pictures all read these.

The looks of a county differ in lightness as well as in hue, so they stay apart for readers with
any color vision and in gray print. One accent, blue, means LEAD and nothing else.
"""

from __future__ import annotations

from data.words import LOOKS

FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'

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
    "ended": "#8d7f86",
    "none_found": "#ebe8e2",
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
    "ended": "#83757d",
    "none_found": "#2a3138",
}


def look_colors(palette: dict[str, str] = LIGHT) -> list[str]:
    """Give the fill of each look, in the order of LOOKS."""
    return [palette[look] for look in LOOKS]


def hatch_pattern(ground: str, line: str) -> str:
    """Write the SVG pattern, 5 pixels wide, that marks counties which perhaps have LEAD."""
    return (
        '<pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" '
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
