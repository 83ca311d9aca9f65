"""Find or do anything (Ctrl+K) on the screen: a field, the lines under it, and the focus back to where it was."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QModelIndex, QObject, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QListView, QVBoxLayout, QWidget

from ui.presenters.palette.find_or_do import FindOrDo, FindState
from ui.presenters.palette.items import Item, Kind
from ui.qt.accessibility import named
from ui.qt.icons import icon
from ui.qt.tables import prepare_rows, row_height
from ui.qt.theme import appearance
from ui.shell.palette_delegate import DETAIL, PaletteDelegate
from ui.views.rendering import View
from ui.widgets.labels import EmptyState, RoleLabel
from ui.widgets.texts import PassText

_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_ROWS = 9
_LETTERS = 104
"""About as many as a line of the palette is wide; the detail needs a third of them."""
_TOP, _BELOW = 56, 24
_ICONS = {
    Kind.COMMAND: "chevron-right", Kind.VISIT: "map", Kind.ACTIVITY: "messages-square", Kind.PERSON: "user",
    Kind.STATEMENT: "tags", Kind.SETTING: "settings", Kind.HELP: "circle-question-mark", Kind.NOTE: "square-pen",
    Kind.RECORD: "file-text",
}  # fmt: skip
_STAYS = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Palette(View):
    """Lies over the screen while ``finder`` is open; ``run`` is given what was chosen, the focus being back."""

    def __init__(self, parent: QWidget, finder: FindOrDo, run: Callable[[Item], None]) -> None:
        super().__init__(parent)
        self._over = parent
        self._finder = finder
        self._run = run
        self._before: QWidget | None = None
        self._shown: tuple[Item, ...] = ()
        named(self, "Find or do anything", "palette")
        self.field = named(PassText(), "Find or do", "palette.field")
        self.list = QListView()
        self._items = QStandardItemModel(0, 1, self)
        self._empty = EmptyState()
        self._prepare_list()
        self.setAutoFillBackground(True)  # opaque: or each key would paint the page under it anew
        card = QFrame()
        card.setProperty("card", "true")
        card.setAutoFillBackground(True)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(card)
        self._rows = rows = QVBoxLayout(card)
        rows.addWidget(RoleLabel("Find or do"))
        rows.addWidget(self.field)
        rows.addWidget(self.list)
        rows.addWidget(self._empty)
        self.field.textChanged.connect(finder.typed)
        self.field.installEventFilter(self)
        self.list.clicked.connect(self._pressed)
        self.hide()
        self.follow(finder, self._render)

    @property
    def items(self) -> tuple[Item, ...]:
        """The lines that are shown."""
        return self._shown

    def open(self, assessment: str | None) -> None:
        """Show it over the screen, remembering what had the focus."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        with QSignalBlocker(self.field):
            self.field.clear()
        self._finder.open(assessment)

    def dismiss(self) -> None:
        """Away with it; the focus stays wherever it is going."""
        self._left()

    def place(self) -> None:
        """In the upper middle of the window, as high as its lines."""
        width = min(self._over.width() - 32, max(640, self.fontMetrics().averageCharWidth() * _LETTERS))
        side = round(1.2 * self.fontMetrics().height())
        self.list.setIconSize(QSize(side, side))
        row = row_height(self.list)
        around = self._rows.sizeHint().height() - (self.list.height() if self.list.isVisibleTo(self) else 0)
        room = max((self._over.height() - _TOP - around - _BELOW) // row, 1)
        self.list.setFixedHeight(min(max(len(self._shown), 1), _ROWS, room) * row + 4)
        self._rows.activate()  # heights below it are known only once the inner layout has taken them in
        self.setFixedSize(width, self._rows.sizeHint().height() + 2)
        self.move((self._over.width() - width) // 2, _TOP)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.field:
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(Qt.Key(event.key()))
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut and event.reason() not in _STAYS:
            self._left()
        return False

    def _prepare_list(self) -> None:
        self.list.setModel(self._items)
        named(self.list, "Results", "palette.results")
        prepare_rows(self.list)
        self.list.setItemDelegate(PaletteDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setProperty("frameless", "true")

    def _key(self, key: Qt.Key) -> bool:
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._finder.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._page(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in _ENTER:
            self._go()
        elif key == Qt.Key.Key_Escape:
            self._close()
        else:
            return key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)  # nothing else to go to while it is open
        return True

    def _page(self, step: int) -> None:
        last = len(self._shown) - 1
        self._finder.point(min(max(self._finder.state.at + step * (_ROWS - 1), 0), last))

    def _render(self, state: FindState) -> None:
        if not state.is_open:
            self.hide()
            return
        if state.items != self._shown:
            self._shown = state.items
            self._fill()
        self._empty.setText(state.empty)
        self._empty.setVisible(bool(state.empty))
        self.list.setVisible(bool(state.items))
        if state.items:
            self.list.setCurrentIndex(self._items.index(state.at, 0))
            named(self.list, f"Results, {len(state.items)}")
        self.place()
        if not self.isVisible():
            appearance().freshen(self)
            self.show()
            self.raise_()
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        self._items.setRowCount(0)
        for item in self._shown:
            line = QStandardItem(icon(_ICONS[item.kind]), item.shown)
            line.setData(item.sentence, _SPOKEN)
            line.setData(item.detail, DETAIL)
            self._items.appendRow(line)

    def _pressed(self, index: QModelIndex) -> None:
        self._finder.point(index.row())
        self._go()

    def _go(self) -> None:
        item = self._finder.take()
        if item is not None:
            self._give_focus_back()
            self._run(item)

    def _close(self) -> None:
        self._finder.dismiss()
        self._give_focus_back()

    def _left(self) -> None:
        """The focus has gone elsewhere on purpose: it is not to be called back."""
        if self._finder.state.is_open:
            self._before = None
            self._finder.dismiss()

    def _give_focus_back(self) -> None:
        before, self._before = self._before, None
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
