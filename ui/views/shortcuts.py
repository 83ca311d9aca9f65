"""Help and the shortcut sheet (ux S15): made from the same table as the commands, so it cannot be out of date."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QGridLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from ui.presenters.commands import COMMANDS
from ui.presenters.help import ANSWERS
from ui.presenters.shortcut_sheet import MARKS as TYPING
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows
from ui.views.labels import StrongLabel
from ui.views.rendering import View
from ui.views.scrolling import scrolled
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.labels import HeadingLabel, RoleLabel
from ui.widgets.texts import PassText

_LEAST_TABLE = 240


class HelpView(View):
    """Short answers, then what can be typed and pressed, with a filter."""

    def __init__(self, done: Callable[[], None] | None = None) -> None:
        super().__init__()
        self.filter = PassText()
        self.table = QTableView()
        self._sheet = _sheet(self)
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setSourceModel(self._sheet)
        self._proxy.setFilterKeyColumn(-1)
        self._proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.filter.textChanged.connect(self._proxy.setFilterFixedString)
        named(self.table, "Shortcuts and what can be typed", "help.table")
        prepare_rows(self.table)
        self.table.setModel(self._proxy)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(24, 16, 24, 16)
        rows.setSpacing(10)
        rows.addWidget(HeadingLabel("Help"))
        rows.addLayout(_answers())
        rows.addWidget(Field("Find a shortcut", self.filter, "help.filter"))
        rows.addWidget(self.table, 1)
        if done is not None:
            back = button("Back to where I was", "help.done", kind="primary")
            back.clicked.connect(lambda: done())
            rows.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        self.table.setMinimumHeight(_LEAST_TABLE)
        scrolled(inside, self)

    def take_focus(self) -> None:
        self.filter.setFocus(Qt.FocusReason.TabFocusReason)


def _answers() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(4)
    for row, (question, answer) in enumerate(ANSWERS):
        asked, answered = StrongLabel(question), RoleLabel(answer)
        for column, label in enumerate((asked, answered)):
            label.setWordWrap(True)
            grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(1, 5)
    return grid


def _sheet(parent: View) -> QStandardItemModel:
    model = QStandardItemModel(parent)
    model.setHorizontalHeaderLabels(["Keys", "What it does", "Where"])
    for keys, words, where in _lines():
        model.appendRow([QStandardItem(keys), QStandardItem(words), QStandardItem(where)])
    return model


def _lines() -> list[tuple[str, str, str]]:
    typed = [(what, words, "Typed in a note") for what, words in TYPING]
    pressed = [
        (", ".join(one.keys).replace("PgDown", "PgDn"), one.words, one.scope.value) for one in COMMANDS if one.keys
    ]
    return typed + pressed
