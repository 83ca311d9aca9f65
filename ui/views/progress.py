"""How far something long is: words with a count, a bar where the end is known, a button to stop it.

Nothing moves by itself: the bar stands still between two counts, and where no end is known there are words only.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ui.qt.accessibility import named
from ui.widgets.buttons import button
from ui.widgets.labels import RoleLabel

_MEGABYTE = 1_000_000


class Progress(QWidget):
    """Hidden while nothing is being done."""

    def __init__(self, identifier: str, stop: Callable[[], None] | None = None) -> None:
        super().__init__()
        self._words = RoleLabel()
        self._words.setWordWrap(True)
        self.bar = named(QProgressBar(), "Progress", f"{identifier}.bar")
        self.bar.setTextVisible(False)
        self.stop = button("Stop", f"{identifier}.stop")
        self.stop.clicked.connect(lambda: stop() if stop is not None else None)
        self._may_stop = stop is not None
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(self._words)
        rows.addLayout(row)
        named(self, "Progress", identifier)
        self.hide()

    @property
    def words(self) -> str:
        """What is shown."""
        return self._words.text()

    def show_count(self, words: str, done: int, total: int, of: str = "") -> None:
        """``Checking: 1,200 of 18,240 records``; empty words hide it."""
        self._show(words, f"{done:,} of {total:,} {of}".strip() if total else "", done, total)

    def show_bytes(self, words: str, done: int, total: int) -> None:
        """The same in megabytes."""
        count = f"{done / _MEGABYTE:,.0f} of {max(total / _MEGABYTE, 1):,.0f}\N{NO-BREAK SPACE}MB" if total else ""
        self._show(words, count, done, total)

    def _show(self, words: str, count: str, done: int, total: int) -> None:
        shown = f"{words.rstrip('…')}: {count}" if words and count else words
        if shown != self._words.text():
            self._words.setText(shown)
            self.bar.setAccessibleName(shown or "Progress")
        if total:
            self.bar.setRange(0, 1000)  # bytes of a large vault are beyond what Qt counts
            self.bar.setValue(round(1000 * done / total))
        self.bar.setVisible(bool(total))
        self.stop.setVisible(self._may_stop)
        self.setVisible(bool(words))
