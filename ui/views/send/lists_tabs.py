"""The lists of the Send page in tabs: what is to be decided, could not be sent, waits, stays, is there; the log."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from fieldkit.kernel.ids import EntryId
from ui.presenters.send import MOST, Send, SendState
from ui.presenters.sending.rows import ItemRow
from ui.qt.accessibility import named
from ui.views.send.lists import Rows
from ui.views.send.log_tab import LogTab
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, HintLabel

_HEADERS = ("Time", "What", "Words", "Status")


class ItemList(QWidget):
    """One list, or the words in its place when it is empty.

    Its table is made when there is something in it and somebody comes to see it: the tables of all five were a third
    of the page's controls, and of the 20 ms that a new look of it takes.
    """

    def __init__(self, name: str, identifier: str, opened: Callable[[ItemRow], None]) -> None:
        super().__init__()
        self.rows: tuple[ItemRow, ...] = ()
        self._total = 0
        self._make: Callable[[], Rows] = lambda: Rows(
            name, identifier, _HEADERS, 2, lambda place: opened(self.rows[place])
        )
        self._table: Rows | None = None
        self.empty = named(EmptyState(), "", f"{identifier}.empty")
        self._more = HintLabel(f"The newest {MOST} are listed.")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 8, 0, 0)
        for each in (self._more, self.empty):
            self.column.addWidget(each, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def table(self) -> Rows:
        """The table, made now if it was not before; Tab comes to it where the words in its place are."""
        if self._table is None:
            self._table = self._make()
            self.column.insertWidget(0, self._table, 1)
            QWidget.setTabOrder(self.empty, self._table)
            self._fill(self._table)
        return self._table

    @property
    def target(self) -> QWidget:
        """Where the focus goes: the table, or what stands in its place."""
        return self.table if self.rows else self.empty

    @property
    def current(self) -> ItemRow | None:
        """The row the person is on."""
        place = self._table.place if self._table is not None else -1
        return self.rows[place] if 0 <= place < len(self.rows) else None

    def show_items(self, rows: tuple[ItemRow, ...], total: int, empty: str) -> None:
        """List them, or say ``empty``."""
        self.rows, self._total = rows, total
        if rows and self.isVisible():
            self._fill(self.table)
        elif self._table is not None:
            self._fill(self._table)
        self._more.setVisible(len(rows) >= MOST)
        self.empty.setText(empty)
        named(self.empty, empty)
        self.empty.setVisible(not rows)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.rows:
            self.table.setVisible(True)

    def _fill(self, table: Rows) -> None:
        table.show_rows(self.rows, [_cells(row) for row in self.rows], self._total)
        table.setVisible(bool(self.rows))


class Lists(QTabWidget):
    """``open_note`` shows a note where it was written, ``decide`` the question about a record."""

    def __init__(self, send: Send, open_note: Callable[[EntryId], None], decide: Callable[[str], None]) -> None:
        super().__init__()
        opens = lambda row: open_note(EntryId(row.record)) if row.is_note else None  # noqa: E731 - one line for three lists
        self.asked = ItemList("Needs your decision", "send.asked", lambda row: decide(row.record))
        self.aside = ItemList("Could not send", "send.aside", send.ask_why)
        self.waiting = ItemList("Waiting to send", "send.waiting", opens)
        self.staying = ItemList("Staying on this laptop", "send.staying", opens)
        self.sent = ItemList("Sent and confirmed by central store", "send.confirmed", opens)
        self.log = LogTab(send.filter_log)
        self.why = button("Why?", "send.why")
        self.retry = button("Retry now  Alt+R", "send.retry")
        self.why.clicked.connect(self.ask_why)
        self.retry.clicked.connect(lambda: send.send_now())
        self._send = send
        for each in (self.why, self.retry):
            self.aside.column.addWidget(each, 0, Qt.AlignmentFlag.AlignLeft)
        named(self.tabBar(), "Lists of what is sent", "send.tabs")
        self.decide = button("Decide", "send.decide")
        self.decide.clicked.connect(lambda: self._decide(decide))
        self.asked.column.addWidget(self.decide, 0, Qt.AlignmentFlag.AlignLeft)
        for tab, words in (
            (self.asked, "Needs your decision"), (self.aside, "Could not send"), (self.waiting, "Waiting"),
            (self.staying, "Staying on this laptop"), (self.sent, "Sent"), (self.log, "Log"),
        ):  # fmt: skip
            self.addTab(tab, words)
        self.setCurrentWidget(self.waiting)

    def _decide(self, decide: Callable[[str], None]) -> None:
        row = self.asked.current or next(iter(self.asked.rows), None)
        if row is not None:
            decide(row.record)

    def step(self, by: int) -> None:
        """Ctrl+Tab: the next list that is shown; the focus goes into it."""
        shown = [place for place in range(self.count()) if self.isTabVisible(place)]
        at = shown.index(self.currentIndex()) if self.currentIndex() in shown else 0
        self.setCurrentIndex(shown[(at + by) % len(shown)])
        self.take_focus()

    def take_focus(self) -> None:
        """Into the list that is up, or on what stands in its place."""
        page = self.currentWidget()
        if isinstance(page, ItemList | LogTab):
            page.target.setFocus(Qt.FocusReason.TabFocusReason)

    def ask_why(self) -> bool:
        """`Why?` of the row the person is on; false where there is none with an answer."""
        row = self.aside.current if self.currentWidget() is self.aside else None
        if row is None and self.currentWidget() is self.aside and self.aside.rows:
            row = self.aside.rows[0]
        if row is None:
            return False
        self._send.ask_why(row)
        return True

    def show_state(self, state: SendState) -> None:
        """All lists and their counts."""
        if state.nothing_waits and state.waiting == () and state.aside:
            nothing = "Nothing else is waiting."
        else:
            nothing = state.nothing_waits
        self.asked.show_items(state.asked, len(state.asked), "")
        self.aside.show_items(state.aside, len(state.aside), "")
        self.waiting.show_items(state.waiting, len(state.waiting), nothing)
        self.staying.show_items(state.staying, state.count_staying, "Nothing stays behind: every note is tagged.")
        self.sent.show_items(state.confirmed, len(state.confirmed), "Nothing has been sent yet.")
        self.log.show_rounds(state.log, state.log_filter)
        names = ("Needs your decision", "Could not send", "Waiting", "Staying on this laptop", "Sent")
        counts = (len(state.asked), len(state.aside), len(state.waiting), state.count_staying, len(state.confirmed))
        for place, (words, count) in enumerate(zip(names, counts, strict=True)):
            self._name(place, words, count)
        self.setTabVisible(0, bool(state.asked))
        self.setTabVisible(1, bool(state.aside))

    def _name(self, place: int, words: str, count: int) -> None:
        number = f"{MOST}+" if count >= MOST and place != self.indexOf(self.staying) else f"{count:,}"
        text = f"{words} ({number})"
        if text != self.tabText(place):
            self.setTabText(place, text)
            self.tabBar().setAccessibleTabName(place, f"{words}, {number} {'item' if count == 1 else 'items'}")


def _cells(row: ItemRow) -> tuple[str, str, str, str]:
    return row.time, row.kind, " ".join(row.title.split()), row.status.replace(". Ref ", "\nRef ")
