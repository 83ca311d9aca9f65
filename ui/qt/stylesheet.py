"""From tokens to a style sheet: ``resources/style/sheet.qss`` with its @names filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from resources import path, read_text
from ui.qt.tokens import Density, Tokens, contrast

# With 15 px letters a control is 36 px high (30 compact), and grows with the letters because em does.
_PADDING = {Density.COMFORTABLE: ("0.34em", "0.8em"), Density.COMPACT: ("0.14em", "0.65em")}
# Pixels of a box or a radio button inside its 2 px border. In pixels, not em: a radius beyond half gives a square.
_INDICATOR = 20

# In a contrast theme of the operating system only its own few colours are used.
_SYSTEM = {
    **dict.fromkeys(("window", "sunken"), "palette(window)"),
    **dict.fromkeys(("surface", "dangerBg", "successBg", "warnBg", "infoBg"), "palette(base)"),
    **dict.fromkeys(("raised", "hoverBg"), "palette(button)"),
    **dict.fromkeys(("selBg", "primary", "primaryHover", "danger"), "palette(highlight)"),
    **dict.fromkeys(("selText", "onPrimary", "onDanger"), "palette(highlighted-text)"),
    **dict.fromkeys(("link", "linkHover"), "palette(link)"),
}


def style_sheet(tokens: Tokens, density: Density, percent: int = 100) -> str:
    """The sheet of one of our own themes at a text size of ``percent``."""
    inks = {"ink": _ink(tokens["surface"]), "inkOnPrimary": _ink(tokens["primary"])}
    return _filled({**tokens.colours, **inks}, density, percent)


def system_style_sheet(density: Density, percent: int = 100, *, is_dark: bool) -> str:
    """The same structure in the operating system's colours, for its contrast themes."""
    ink = "light" if is_dark else "dark"
    return _filled(
        {"ink": ink, "inkOnPrimary": "dark" if is_dark else "light"}, density, percent, fallback="palette(text)"
    )


def _filled(values: Mapping[str, str], density: Density, percent: int, fallback: str | None = None) -> str:
    pad_v, pad_h = _PADDING[density]
    side = round(_INDICATOR * percent / 100)
    known = {
        **values,
        "padV": pad_v,
        "padH": pad_h,
        "side": f"{side}px",
        "radius": f"{side / 2 + 2:g}px",
        "marks": path("style", "marks").as_posix(),
    }

    def value(match: re.Match[str]) -> str:
        name = match[1]
        if fallback is None or name in known:
            return known[name]
        return _SYSTEM.get(name, "palette(base)" if name.endswith("B") and name.startswith("tag") else fallback)

    return re.sub(r"@([A-Za-z0-9]+)", value, _without_comments(read_text("style", "sheet.qss")))


def _without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


def _ink(fill: str) -> str:
    """Which marks stand out on ``fill``: the dark or the light ones."""
    return "dark" if contrast("#0B0C0C", fill) > contrast("#FFFFFF", fill) else "light"
