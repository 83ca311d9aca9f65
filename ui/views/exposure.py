"""What would be lost with this laptop, on the screen: the notes, oldest first, under the buttons that help."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from fieldkit.kernel.ids import EntryId
from ui.presenters.exposure import ExposedRow, ExposurePage, ExposureState
from ui.qt.accessibility import named
from ui.qt.tables import keep_words_near, prepare_rows, row_height
from ui.qt.theme import appearance
from ui.views.rendering import View
from ui.views.scrolling import scrolled
from ui.widgets.banner import Banner
from ui.widgets.buttons import ActionButton, button
from ui.widgets.labels import EmptyState, HeadingLabel, HintLabel, RoleLabel

_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_ENTRY = int(Qt.ItemDataRole.UserRole)
_LEAST_ROWS = 3
"""Shown whatever the text size; the page scrolls before it shows fewer."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ExposedTable(QTableView):
    """Enter opens a note at its source."""

    def __init__(self, opened: Callable[[EntryId], None]) -> None:
        super().__init__()
        self._opened = opened
        self._items = QStandardItemModel(0, 3, self)
        self._items.setHorizontalHeaderLabels(["Noticed", "Note", "Why it is only here"])
        self.setModel(self._items)
        named(self, "Notes only on this laptop", "exposure.notes")
        prepare_rows(self)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        appearance().follow(self, self._fit)
        self._fit()
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, mode in enumerate((header.ResizeMode.ResizeToContents, QHeaderView.ResizeMode.Stretch)):
            header.setSectionResizeMode(column, mode)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        self.doubleClicked.connect(lambda _: self._open())

    def show_rows(self, rows: tuple[ExposedRow, ...]) -> None:
        """List the notes; the cursor stays at its place."""
        at = max(self.currentIndex().row(), 0)
        self._items.setRowCount(0)
        for row in rows:
            cells = [QStandardItem(text) for text in (row.when, row.words, row.why)]
            for cell in cells:
                cell.setData(row.sentence, _SPOKEN)
                cell.setData(row.entry, _ENTRY)
            self._items.appendRow(cells)
        if rows:
            self.setCurrentIndex(self._items.index(min(at, len(rows) - 1), 0))
        named(self, f"Notes only on this laptop, {len(rows)}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        keep_words_near(self, 1)

    def _fit(self) -> None:
        self.setMinimumHeight((_LEAST_ROWS + 1) * row_height(self) + 8)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.modifiers():
            self._open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        index = self.currentIndex()
        if index.isValid():
            self._opened(EntryId(str(index.data(_ENTRY))))


class ExposureView(View):
    """``run`` does a command of the app by its id: the cures are the same commands as everywhere."""

    def __init__(self, presenter: ExposurePage, run: Callable[[str], None], opened: Callable[[EntryId], None]) -> None:
        super().__init__()
        self._presenter = presenter
        self._shown: tuple[ExposedRow, ...] | None = None
        self._is_awaited = False
        self._heading = HeadingLabel("What would be lost")
        self._headline = RoleLabel("", "heading2")
        self._headline.setWordWrap(True)
        self._words = RoleLabel()
        self._words.setWordWrap(True)
        self._fault = Banner("exposure.fault")
        self.send = button("Send now", "exposure.send", kind="primary", icon_name="send")
        self.enrol = button("Enrol with an office", "exposure.enrol", icon_name="building-2")
        self.hand_over = button("Hand over…", "exposure.hand_over")
        self.back_up = button("Make a backup", "exposure.back_up", icon_name="download")
        self.tag = button("Tag the untagged notes", "exposure.tag", icon_name="tag")
        for one, name in (
            (self.send, "send_now"), (self.enrol, "enrol"), (self.hand_over, "hand_over"), (self.back_up, "back_up"),
            (self.tag, "tag_untagged"),
        ):  # fmt: skip
            one.clicked.connect(lambda _=False, name=name: run(name))
        self.table = ExposedTable(opened)
        self._empty = EmptyState("Nothing is only on this laptop")
        self._more = HintLabel()
        self._lay_out()
        self.follow(presenter, self._render)

    def take_focus(self) -> None:
        """The list; until it has been read, the first thing that can be done."""
        self._is_awaited = not self._presenter.state.loaded
        first = next((one for one in self._cures() if one.isVisibleTo(self)), None)
        target = self.table if self.table.isVisibleTo(self) else first or self._empty
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(target)

    def keyboardSearch(self, search: str) -> None:
        """Letters look for nothing here: Qt would ask every row for its words, 70 ms with 2,000 notes."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._presenter.watch(is_watched=True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._presenter.watch(is_watched=False)

    def _cures(self) -> tuple[ActionButton, ...]:
        return self.send, self.enrol, self.tag, self.hand_over, self.back_up

    def _lay_out(self) -> None:
        cures = QHBoxLayout()
        cures.setSpacing(8)
        for one in self._cures():
            cures.addWidget(one)
        cures.addStretch(1)
        inside, below = QWidget(), QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 8, 0)
        rows.setSpacing(8)
        for each in (self._fault, self._headline, self._words):
            rows.addWidget(each)
        rows.addLayout(cures)
        rows.addWidget(self.table, 1)
        rows.addWidget(self._empty)
        rows.addWidget(self._more)
        rows.addStretch(0)
        self._scroll = scrolled(inside, below)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 10, 8, 8)
        page.setSpacing(8)
        page.addWidget(self._heading)  # stays while the rest scrolls: the name of the page
        page.addWidget(below, 1)

    def _render(self, state: ExposureState) -> None:
        self._headline.setText(state.headline)
        self._words.setText(state.explanation)
        self.send.setVisible(state.can_send)
        self.enrol.setVisible(state.can_enrol)
        self.tag.setVisible(bool(state.untagged))
        self.hand_over.setVisible(bool(state.rows))
        if state.rows != self._shown:
            self._shown = state.rows
            self.table.show_rows(state.rows)
        self.table.setVisible(bool(state.rows))
        self._empty.setVisible(state.loaded and not state.rows)
        self._more.setText(state.more)
        self._more.setVisible(bool(state.more))
        if self._is_awaited and state.loaded:
            self.take_focus()
        if state.fault != self._fault.words:
            self._fault.say(state.fault, "danger") if state.fault else self._fault.clear()
