"""The Messages list: everything that was said aloud, so that nothing is only spoken once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QListWidget, QVBoxLayout

from ui.qt.accessibility import named
from ui.qt.announce import Announcer, Message
from ui.qt.tables import prepare_rows
from ui.views.rendering import View
from ui.widgets.labels import HeadingLabel


class MessagesView(View):
    """Newest first."""

    def __init__(self, announcer: Announcer, close: Callable[[], None]) -> None:
        super().__init__()
        self._close = close
        self.list = QListWidget()
        named(self.list, "Messages", "messages.list")
        prepare_rows(self.list)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 10, 16, 12)
        rows.addWidget(HeadingLabel("Messages"))
        rows.addWidget(self.list, 1)
        for message in announcer.messages:
            self._add(message)
        self.hear(announcer.told.listen(self._add))

    def take_focus(self) -> None:
        self.list.setFocus()

    def _add(self, message: Message) -> None:
        self.list.insertItem(0, message.text)
