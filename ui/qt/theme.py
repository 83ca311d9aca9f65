"""The look of the application: style, palette, style sheet, text size and density, changed together and in order."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from ui.qt.dressing import Dressing
from ui.qt.palette import build_palette
from ui.qt.stylesheet import style_sheet, system_style_sheet
from ui.qt.tokens import Density, ThemeName, Tokens, tokens
from ui.qt.typography import Typography, load_fonts

_found: list[Appearance] = []
"""Asked for several times a row of each list, so it is not searched for among the application's children."""
_STYLE = "Fusion"
"""The native styles obey palettes and sheets differently in each version."""
_named_style: list[str] = []
_EFFECTS = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_AnimateToolBox,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_FadeTooltip,
)


def before_application() -> list[str]:
    """What Qt wants to know before the application object exists: 125 % and 150 % displays are exact.

    The words to put behind those of the command line: a style that is named there costs nothing, one that is set or
    asked for afterwards 5 ms.
    """
    _named_style.append(_STYLE)
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    return ["-style", _STYLE]


class Appearance(QObject):
    """The look chosen now. ``changing`` tells that what was measured is void, ``changed`` that all in sight has it.

    One per application, and its child: ``appearance()`` has it.
    """

    changing = Signal()
    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._chosen: ThemeName | None = None
        self._density = Density.COMFORTABLE
        self._is_calm = False
        self._dressing = Dressing()
        self.typography = Typography(app)
        if not _named_style:
            app.setStyle(_STYLE)
        for effect in _EFFECTS:
            app.setEffectEnabled(effect, False)
        load_fonts()
        self._hints = app.styleHints()  # kept: PySide deletes the wrapper of a temporary
        self._scheme = self._hints.colorScheme()  # asked for with every colour of every row: 8,000 times a resize
        self._hints.colorSchemeChanged.connect(self._scheme_changed)

    @property
    def tokens(self) -> Tokens:
        """The colours in use."""
        return tokens(self.theme)

    @property
    def theme(self) -> ThemeName:
        """The theme in use: the chosen one, or the one that follows the system."""
        return self._chosen or self._system_theme()

    @property
    def uses_system_colours(self) -> bool:
        """Whether a contrast theme of the operating system is followed: whoever paints then uses the palette only."""
        return self._chosen is None and self._system_has_contrast_theme()

    @property
    def density(self) -> Density:
        """The density in use."""
        return self._density

    @property
    def chosen(self) -> ThemeName | None:
        """The chosen theme; None where the system's is followed."""
        return self._chosen

    @property
    def system_theme(self) -> ThemeName:
        """Light or dark, as the system is."""
        return self._system_theme()

    @property
    def is_calm(self) -> bool:
        """Whether nothing may move by itself: words then stand in the place of moving bars."""
        return self._is_calm

    def be_calm(self, *, is_calm: bool) -> None:
        """Let nothing move by itself, or let it."""
        if is_calm != self._is_calm:
            self._is_calm = is_calm
            self.changed.emit()

    def apply(
        self, *, theme: ThemeName | None = None, percent: int | None = None, density: Density | None = None
    ) -> None:
        """Change what is given and set everything anew; ``theme`` None keeps the theme.

        Order matters: font, palette, sheet. With a sheet active a new font alone changes nothing.
        """
        self.show(theme or self._chosen, percent=percent, density=density)

    def show(self, theme: ThemeName | None, *, percent: int | None = None, density: Density | None = None) -> None:
        """As ``apply``, in one go also where ``theme`` None means to look as the system does."""
        self._chosen = theme
        self._density = density or self._density
        self.typography.set_percent(percent or self.typography.percent)
        if self.uses_system_colours:
            self._app.setPalette(self._app.style().standardPalette())
            sheet = system_style_sheet(
                self._density, self.typography.percent, is_dark=self._system_theme() is ThemeName.DARK
            )
        else:
            self._app.setPalette(build_palette(self.tokens))
            sheet = style_sheet(self.tokens, self._density, self.typography.percent)
        self.changing.emit()
        self._dressing.put_on(sheet, self._shown)

    def _shown(self) -> None:
        self.typography.changed.emit(self.typography.percent)
        self.changed.emit()

    def take_turns(self, *, are_taken: bool) -> None:
        """Let a new look come in several turns of the event loop, so that keys and painting come between them."""
        self._dressing.takes_turns = are_taken

    @property
    def is_whole(self) -> bool:
        """Whether everything in sight has the look."""
        return self._dressing.is_whole

    def dress(self, part: QWidget, *, is_page: bool = False, waits: bool = False) -> None:
        """Give a page, a bar or a window of its own the look, now and after each change; what stands in it has it too.

        To be called when ``part`` is whole and has its parent: putting a dressed part into another styles it again.
        What is hidden as a page gets a new look a moment later, or from ``freshen``, which who shows it has to call;
        with ``waits`` its first one too.
        """
        self._dressing.add(part, is_page=is_page, waits=waits)

    def follow(self, widget: QWidget, fit: Callable[[], None]) -> None:
        """Call the method ``fit`` after each change, when the page that ``widget`` stands in has the new look.

        A widget on a hidden page hears of it with its page, a moment later; ``changed`` is for what waits for nothing.
        """
        self._dressing.follow(widget, fit)

    def freshen(self, page: QWidget) -> None:
        """It is about to be shown."""
        self._dressing.freshen(page)

    def is_stale(self, page: QWidget) -> bool:
        """Whether ``freshen`` would have something to do: 5 to 20 ms."""
        return self._dressing.is_stale(page)

    def follow_system(self) -> None:
        """Give up the chosen theme and look as the system does."""
        self.show(None)

    def _scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        self._scheme = scheme
        if self._chosen is None:
            self.apply()

    def _system_theme(self) -> ThemeName:
        return ThemeName.DARK if self._scheme is Qt.ColorScheme.Dark else ThemeName.LIGHT

    def _system_has_contrast_theme(self) -> bool:
        hints = self._hints.accessibility()  # kept in a name for the length of the question, see __init__
        return hints.contrastPreference() == Qt.ContrastPreference.HighContrast


def appearance() -> Appearance:
    """The running application's appearance, made and applied when first asked for.

    Raises ``RuntimeError`` where no application runs: nothing can be drawn then.
    """
    if _found and shiboken6.isValid(_found[0]):  # it lives as long as the application, whose child it is
        return _found[0]
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("no application runs")
    _found[:] = [Appearance(app)]
    _found[0].apply()
    return _found[0]
