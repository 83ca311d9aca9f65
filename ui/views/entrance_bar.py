"""The bar of the screens before the vault is open: the product's name, text size and colours, help."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.presenters.wording.ui import PRODUCT
from ui.qt.accessibility import Role, named, with_role
from ui.widgets.buttons import tool
from ui.widgets.labels import RoleLabel


class EntranceBar(QWidget):
    """Always there, so that text size can be set before a passphrase is typed."""

    def __init__(self, display: Callable[[], None], help_: Callable[[], None]) -> None:
        super().__init__()
        named(with_role(self, Role.ToolBar), "Top bar", "entrance.bar")
        self.display = tool("Text size and colours", "entrance.display", "eye")
        self.help = tool("Help  F1", "entrance.help", "circle-question-mark")
        named(self.help, "Help  F1")
        self.display.clicked.connect(lambda: display())
        self.help.clicked.connect(lambda: help_())
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.addWidget(RoleLabel(PRODUCT, "heading2"))
        row.addStretch(1)
        row.addWidget(self.display)
        row.addWidget(self.help)
