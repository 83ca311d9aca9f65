"""Fixtures of the screens' tests: the look is set back after each, so that no test sees another's theme."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.qt.theme import Appearance, appearance
from ui.qt.tokens import Density, ThemeName


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Appearance]:
    """The application's look, light at 100 % to begin with and afterwards."""
    found = appearance()
    found.apply(theme=ThemeName.LIGHT, percent=100, density=Density.COMFORTABLE)
    yield found
    found.apply(theme=ThemeName.LIGHT, percent=100, density=Density.COMFORTABLE)


@pytest.fixture
def shown(qtbot: QtBot, look: Appearance) -> Callable[..., QWidget]:
    """Show a window, active and laid out."""
    kept: list[QWidget] = []  # qtbot holds no reference, and a window nobody holds is gone before it is looked at

    def show(window: QWidget, size: tuple[int, int] = (1280, 640)) -> QWidget:
        kept.append(window)
        qtbot.addWidget(window)
        look.dress(window)
        window.resize(QSize(*size))
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=2000)
        QApplication.processEvents()
        return window

    return show
