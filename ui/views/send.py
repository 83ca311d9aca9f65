"""Send on the screen (ux S12): what leaves, what stays, what has arrived."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ui.presenters.send import ItemRow, Send, SendState
from ui.qt.accessibility import named
from ui.qt.restyle import set_look
from ui.qt.tables import prepare_rows
from ui.qt.theme import appearance
from ui.views.rendering import View
from ui.views.scrolling import scrolled
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel

_LEAST_TABLE = 180
_TABS = ("Waiting", "Confirmed", "Set aside")
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)


class ItemTable(QTableView):
    """Items with their state, in words."""

    def __init__(self, name: str, identifier: str) -> None:
        super().__init__()
        self._name = name
        self._shown: tuple[ItemRow, ...] = ()
        self._items = QStandardItemModel(0, 4, self)
        self._items.setHorizontalHeaderLabels(["Time", "What", "Words", "Status"])
        named(self, name, identifier)
        prepare_rows(self)
        self.setModel(self._items)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setWordWrap(False)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in (0, 1, 3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        appearance().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        """Columns as wide as their words and the padding of the style, which Qt's own measure leaves out."""
        metrics = self.fontMetrics()
        pad = metrics.averageCharWidth() * 4
        for column in (0, 1, 3):
            texts = [self._items.item(row, column).text() for row in range(self._items.rowCount())]
            texts.append(str(self._items.headerData(column, Qt.Orientation.Horizontal)))
            self.setColumnWidth(column, max(metrics.horizontalAdvance(text) for text in texts) + pad)

    def show_items(self, rows: tuple[ItemRow, ...]) -> None:
        """List them; nothing is redrawn when nothing changed."""
        if rows == self._shown:
            return
        self._shown = rows
        self._items.setRowCount(0)
        for row in rows:
            words = " ".join(row.title.split())
            items = [QStandardItem(text) for text in (row.time, row.kind, words, row.why or row.status)]
            for item in items:
                item.setData(row.sentence, _SPOKEN)
            self._items.appendRow(items)
        self._fit()
        named(self, f"{self._name}, {len(rows)}")


class SendView(View):
    """Everything happens by itself; the button only hurries."""

    def __init__(self, send: Send, enrol: Callable[[], None]) -> None:
        super().__init__()
        self.enrol = button("Enrol with an office", "send.enrol", kind="primary")
        self.enrol.clicked.connect(lambda: enrol())
        self.now = button("Send now", "send.now", kind="primary", icon_name="send")
        self.now.clicked.connect(lambda: send.send_now())
        self._headline = RoleLabel("", "heading2")
        self._headline.setWordWrap(True)
        self._headline_box = QFrame()
        self._connection = HintLabel()
        self._exposure = HintLabel()
        self._leaves = RoleLabel()
        self._stays = RoleLabel()
        self._leaves_heading = HeadingLabel("What leaves this laptop", level=2)
        self._stays_heading = HeadingLabel("What stays", level=2)
        self._problem = Banner("send.problem")
        self.progress = QProgressBar()
        self.tabs = QTabWidget()
        self._tables = (
            ItemTable("Waiting to send", "send.waiting"),
            ItemTable("Sent and confirmed", "send.confirmed"),
            ItemTable("Kept by the office, set aside", "send.aside"),
        )
        self._lay_out()
        self.follow(send, self._render)

    def take_focus(self) -> None:
        target = self.now if self.now.isVisibleTo(self) else self.enrol
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        named(self.progress, "Sending", "send.progress")
        named(self.tabs.tabBar(), "Items", "send.tabs")
        for table, words in zip(self._tables, _TABS, strict=True):
            self.tabs.addTab(table, words)
        head = QHBoxLayout()
        head.addWidget(HeadingLabel("Send"), 1)
        head.addWidget(self.now)
        head.addWidget(self.enrol)
        box = QVBoxLayout(self._headline_box)
        box.setContentsMargins(14, 10, 14, 10)
        for each in (self._headline, self._connection, self._exposure):
            box.addWidget(each)
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 10, 16, 12)
        rows.setSpacing(8)
        rows.addLayout(head)
        rows.addWidget(self._headline_box)
        rows.addWidget(self._problem)
        rows.addWidget(self.progress)
        rows.addLayout(self._plain_words())
        rows.addWidget(self.tabs, 1)
        rows.addStretch(0)
        self.tabs.setMinimumHeight(_LEAST_TABLE)
        scrolled(inside, self)

    def _plain_words(self) -> QHBoxLayout:
        across = QHBoxLayout()
        across.setSpacing(24)
        for heading, words in ((self._leaves_heading, self._leaves), (self._stays_heading, self._stays)):
            words.setWordWrap(True)
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(heading)
            column.addWidget(words, 1, Qt.AlignmentFlag.AlignTop)
            across.addLayout(column, 1)
        return across

    def _render(self, state: SendState) -> None:
        self._headline.setText(state.headline)
        set_look(self._headline_box, "banner", "success" if state.is_all_there else "info")
        self._connection.setText(state.connection)
        self._exposure.setText(state.exposure)
        self._exposure.setVisible(bool(state.exposure))
        self._leaves.setText("\n".join(state.leaves) or "Nothing is waiting")
        self._stays.setText(state.stays)
        for each in (self.now, self.tabs):
            each.setVisible(not state.is_standalone)
        self.enrol.setVisible(state.is_standalone)
        if state.problem != self._problem.words:
            self._problem.say(state.problem, "warning")
        self.progress.setVisible(state.total > 0)
        self.progress.setRange(0, max(state.total, 1))
        self.progress.setValue(state.done)
        self.progress.setFormat(state.progress)
        named(self.progress, f"Sending, {state.progress}")
        for place, rows in enumerate((state.waiting, state.confirmed, state.aside)):
            self._tables[place].show_items(rows)
            self.tabs.setTabText(place, f"{_TABS[place]} ({len(rows)})")
        self.tabs.setTabVisible(2, bool(state.aside))
