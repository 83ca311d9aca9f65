"""The one Qt application, in our look; made once, before any window."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


def make_application(argv: Sequence[str]) -> QApplication:
    """The one Qt application, in our look."""
    from PySide6.QtWidgets import QApplication

    from ui.qt.imports import import_plainly

    import_plainly()
    from ui.presenters.wording.ui import PRODUCT
    from ui.qt.theme import appearance, before_application

    logging.captureWarnings(True)
    app = QApplication([*argv, *before_application()])
    app.setApplicationName(PRODUCT)
    app.setQuitOnLastWindowClosed(False)  # the vault is closed first
    appearance()
    return app
