"""From tokens to a palette, by hand: ``setColorScheme`` does nothing on plain X11 and on the offscreen platform."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from ui.qt.tokens import Tokens

_Role = QPalette.ColorRole
_Group = QPalette.ColorGroup
_ROLES = {
    _Role.Window: "window",
    _Role.WindowText: "text",
    _Role.Base: "surface",
    _Role.AlternateBase: "sunken",
    _Role.Text: "text",
    _Role.Button: "raised",
    _Role.ButtonText: "text",
    _Role.BrightText: "dangerText",
    _Role.Highlight: "selBg",
    _Role.HighlightedText: "selText",
    _Role.Accent: "primary",
    _Role.Link: "link",
    _Role.LinkVisited: "link",
    _Role.PlaceholderText: "placeholder",
    _Role.ToolTipBase: "surface",
    _Role.ToolTipText: "text",
    _Role.Light: "raised",
    _Role.Midlight: "divider",
    _Role.Mid: "control",
    _Role.Dark: "control",
    _Role.Shadow: "control",
}
_WORDS = (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.ToolTipText)


def build_palette(tokens: Tokens) -> QPalette:
    """All roles in all groups; an inactive window looks as the active one, disabled words stay at 4.5 to 1."""
    palette = QPalette()
    for role, token in _ROLES.items():
        for group in (_Group.Active, _Group.Inactive, _Group.Disabled):
            palette.setColor(group, role, QColor(tokens[token]))
    for role in _WORDS:
        palette.setColor(_Group.Disabled, role, QColor(tokens["textDisabled"]))
    return palette
