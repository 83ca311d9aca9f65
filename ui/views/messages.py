"""The Messages list: everything that was said aloud, so that nothing is only spoken once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout

from ui.qt.accessibility import named
from ui.qt.announce import Announcer, Message
from ui.qt.tables import prepare_rows
from ui.views.rendering import View
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, HeadingLabel

_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)


class MessagesView(View):
    """Newest first; ``done`` and Esc go back to where one was."""

    def __init__(self, announcer: Announcer, done: Callable[[], None]) -> None:
        super().__init__()
        self.list = QListWidget()
        named(self.list, "Messages", "messages.list")
        prepare_rows(self.list)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._empty = EmptyState("No messages yet. What is told to screen readers is listed here")
        self._back = button("Back to where I was", "messages.done", kind="primary")
        self._back.clicked.connect(lambda: done())
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 10, 16, 12)
        rows.setSpacing(10)
        rows.addWidget(HeadingLabel("Messages"))
        rows.addWidget(self._empty)
        rows.addWidget(self.list, 1)
        rows.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addStretch(0)
        for message in announcer.messages:
            self._add(message)
        self._count()
        self.hear(announcer.told.listen(self._told))

    def take_focus(self) -> None:
        if self.list.count():
            self.list.setCurrentRow(0)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._empty.setFocus(Qt.FocusReason.OtherFocusReason)

    def _told(self, message: Message) -> None:
        self._add(message)
        self._count()

    def _add(self, message: Message) -> None:
        said = f"{message.at.astimezone():%H:%M}   {message.text}"
        item = QListWidgetItem(said)
        item.setData(_SPOKEN, f"{message.at.astimezone():%H:%M}. {message.text}")
        self.list.insertItem(0, item)

    def _count(self) -> None:
        count = self.list.count()
        named(self.list, f"Messages, {count}")
        self.list.setVisible(bool(count))
        self._empty.setVisible(not count)
