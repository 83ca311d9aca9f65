"""Fonts and text size: the only place that sets a font, because a font in a style sheet ignores text size."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from resources import path
from ui.qt.tokens import text_scales, type_roles

FAMILY = "Atkinson Hyperlegible"
_made: dict[tuple[str, float, str], QFont] = {}
"""A table asks for its font with each cell it paints and each row it measures."""
_FACES = ("Regular", "Bold", "Italic", "BoldItalic")


def load_fonts() -> None:
    """Register the four faces of ``resources/fonts``; a second call does nothing.

    Raises ``RuntimeError`` when a face cannot be read: every width on the screens depends on it.
    """
    if FAMILY in QFontDatabase.families():
        return
    for face in _FACES:
        file = path("fonts", f"AtkinsonHyperlegible-{face}.ttf")
        if QFontDatabase.addApplicationFont(str(file)) == -1:
            raise RuntimeError(f"font not readable: {file.name}")


def role_font(role: str) -> QFont:
    """The font of a type role at the text size chosen now; the caller's own."""
    base = QApplication.font()
    key = (role, base.pointSizeF(), base.family())
    if key not in _made:
        _made[key] = _scaled(role, base)
    return QFont(_made[key])


def _scaled(role: str, base: QFont) -> QFont:
    roles = type_roles()
    font = QFont(base)
    font.setPointSizeF(base.pointSizeF() * roles[role].size / roles["body"].size)
    font.setWeight(QFont.Weight(roles[role].weight))
    return font


def digits_font(role: str = "body") -> QFont:
    """As ``role_font`` with digits of one width, for times and scores that stand in columns."""
    font = role_font(role)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


class Typography(QObject):
    """The text size in per cent; ``changed`` tells that every font was set anew."""

    changed = Signal(int)

    def __init__(self, app: QApplication, family: str = FAMILY) -> None:
        super().__init__(app)
        self._app = app
        self._family = family
        self._percent = 100

    @property
    def percent(self) -> int:
        """The text size, 100 to 200."""
        return self._percent

    def set_percent(self, percent: int) -> None:
        """Set the application's font for ``percent``, brought within 100 to 200.

        The caller sets the style sheet again afterwards: with one active, a new font alone changes nothing.
        """
        scales = text_scales()
        self._percent = min(max(percent, scales[0]), scales[-1])
        font = QFont(self._family)
        font.setPointSizeF(type_roles()["body"].size * self._percent / 100)
        self._app.setFont(font)

    def larger(self) -> int:
        """The next larger size of the scale, the same one at its end."""
        return next((scale for scale in text_scales() if scale > self._percent), self._percent)

    def smaller(self) -> int:
        """The next smaller size of the scale, the same one at its end."""
        return next((scale for scale in reversed(text_scales()) if scale < self._percent), self._percent)
