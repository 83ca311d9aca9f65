"""Find or do anything (Ctrl+K): every command with its keys beside it, so that the list teaches itself away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTreeView, QVBoxLayout, QWidget

from ui.presenters.commands import Command, matching
from ui.presenters.services import Say
from ui.presenters.wording import ui
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows, row_height
from ui.widgets.labels import RoleLabel
from ui.widgets.texts import PassText

_ID = int(Qt.ItemDataRole.UserRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_RECENT = 5
_ROWS = 9


class Palette(QFrame):
    """Lies over the screen; Esc closes it and gives the focus back."""

    def __init__(self, parent: QWidget, run: Callable[[str], None], say: Say) -> None:
        super().__init__(parent)
        self._over = parent
        self._run = run
        self._say = say
        self._available: frozenset[str] = frozenset()
        self._recent: tuple[str, ...] = ()
        self._before: QWidget | None = None
        self.setProperty("card", "true")
        self.setAutoFillBackground(True)
        named(self, "Find or do", "palette")
        self.field = named(PassText(), "Find or do", "palette.field")
        self.list = QTreeView()
        self._items = QStandardItemModel(0, 2, self)
        self.list.setModel(self._items)
        named(self.list, "Results", "palette.results")
        prepare_rows(self.list)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setAllColumnsShowFocus(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setProperty("frameless", "true")
        rows = QVBoxLayout(self)
        rows.addWidget(RoleLabel("Find or do"))
        rows.addWidget(self.field)
        rows.addWidget(self.list)
        self.field.textChanged.connect(self._filter)
        self.field.installEventFilter(self)
        self.list.clicked.connect(lambda _: self._go())
        self.hide()

    def open(self, available: frozenset[str], before: QWidget | None) -> None:
        """Show what can be done here."""
        self._available = available
        self._before = before
        self.field.clear()
        self._filter("")
        self.place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def place(self) -> None:
        """In the upper middle of the window."""
        width = min(self._over.width() - 32, max(560, self.fontMetrics().averageCharWidth() * 70))
        self.list.setFixedHeight(min(_ROWS * row_height(self.list) + 4, self._over.height() // 2))
        self.setFixedWidth(width)
        self.adjustSize()
        self.move((self._over.width() - width) // 2, 56)

    def close_palette(self) -> None:
        """Give the focus back."""
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(Qt.Key(event.key()))
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        return False

    def _key(self, key: Qt.Key) -> bool:
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go()
        elif key == Qt.Key.Key_Escape:
            self.close_palette()
        else:
            return False
        return True

    def _filter(self, text: str) -> None:
        self._items.setRowCount(0)
        found = matching(text, self._available, self._recent)
        for command in found:
            self._add(command)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        if found:
            self.list.setCurrentIndex(self._items.index(0, 0))
            if text:
                self._say(f"{ui.count(len(found), 'result')}. {found[0].words}")

    def _add(self, command: Command) -> None:
        words, keys = QStandardItem(command.words), QStandardItem(command.shown_keys)
        words.setData(command.id, _ID)
        words.setData(", ".join(part for part in (command.words, command.shown_keys) if part), _SPOKEN)
        keys.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._items.appendRow([words, keys])

    def _step(self, by: int) -> None:
        count = self._items.rowCount()
        if count:
            at = (self.list.currentIndex().row() + by) % count
            self.list.setCurrentIndex(self._items.index(at, 0))

    def _go(self) -> None:
        index = self.list.currentIndex()
        if not index.isValid():
            return
        name = str(index.siblingAtColumn(0).data(_ID))
        self._recent = tuple(dict.fromkeys((name, *self._recent)))[:_RECENT]
        self.close_palette()
        self._run(name)
