"""Any number of many as one control: a list of lines to tick, with a field that finds among them.

A box each would hold the screen: 80 boxes took 100 ms to build. These are lines of one list, and at most 50 of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyleOptionViewItem, QVBoxLayout, QWidget

from ui.qt.accessibility import named
from ui.qt.tables import RowDelegate, prepare_rows
from ui.widgets.labels import HintLabel
from ui.widgets.texts import PassText

MOST_LINES = 50
_FEW = 6
"""So many lines are seen at a glance: no field to find among them."""
_VALUE = int(Qt.ItemDataRole.UserRole)
_ROWS_SEEN = 7
_BOX, _RING = 60, 16
"""Pixels beside the words for the box and its distances; above and below them for the ring of the focus."""
_On, _Off = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class _Lines(RowDelegate):
    """Lines as high as their words wrap, with room for the ring: Qt reckons with the width of the box left out."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        hint = super().sizeHint(option, index)
        view = self.parent()
        if isinstance(view, QListWidget):
            room = max(view.viewport().width() - _BOX, 80)
            wrap = Qt.TextFlag.TextWordWrap
            words = view.fontMetrics().boundingRect(QRect(0, 0, room, 10_000), wrap, str(index.data()))
            hint.setHeight(max(hint.height(), words.height() + _RING))
        return hint


class ManyChecks(QWidget):
    """``chosen`` are the values of what is ticked, in the order of the options. Ticked lines stay in sight, first."""

    changed = Signal()

    def __init__(self, options: Sequence[tuple[str, str]], label: str, identifier: str) -> None:
        super().__init__()
        self._options = tuple(options)
        self._folded = [(value, words, words.casefold()) for value, words in options]
        self._ticked: set[str] = set()
        self._sought = named(PassText(), f"Find in {label}", f"{identifier}.find")
        self._sought.setPlaceholderText("Find among them")
        self._sought.textChanged.connect(lambda _: self._list_them())
        self.list = named(QListWidget(), label, f"{identifier}.list")
        prepare_rows(self.list)
        self.list.setWordWrap(True)
        self.list.setItemDelegate(_Lines(self.list))
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemChanged.connect(self._changed)
        self._more = HintLabel()
        self._more.setWordWrap(True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        for part in (self._sought, self.list, self._more):
            rows.addWidget(part)
        self._sought.setVisible(len(self._options) > _FEW)
        self.setFocusProxy(self.list)
        self._list_them()

    @property
    def chosen(self) -> tuple[str, ...]:
        return tuple(value for value, _ in self._options if value in self._ticked)

    def choose(self, values: Sequence[str]) -> None:
        """Tick exactly these; nothing is told."""
        if set(values) == self._ticked:
            return
        self._ticked = set(values)
        self._list_them()

    def seek(self, words: str) -> None:
        """List those with all of these words, besides the ticked ones."""
        self._sought.setText(words)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.list.setFocus(event.reason())

    def _found(self) -> Iterator[tuple[str, str]]:
        """The ticked ones as they stand, then what is sought."""
        yield from ((value, words) for value, words, _ in self._folded if value in self._ticked)
        sought = self._sought.text().casefold().split()
        for value, words, folded in self._folded:
            if value not in self._ticked and all(one in folded for one in sought):
                yield value, words

    def _list_them(self) -> None:
        found = list(self._found())
        shown = found[: max(MOST_LINES, len(self._ticked))]
        with QSignalBlocker(self.list):
            self.list.clear()
            for value, words in shown:
                item = QListWidgetItem(words)
                item.setData(_VALUE, value)
                item.setFlags(
                    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
                )
                item.setCheckState(_On if value in self._ticked else _Off)
                self.list.addItem(item)
        line = self.list.fontMetrics().lineSpacing()
        self.list.setFixedHeight(min(max(len(shown), 1), _ROWS_SEEN) * round(line * 2.2) + 8)
        left = len(found) - len(shown)
        self._more.setText(f"{left} more. Enter a word of theirs to find them" if left else "")
        self._more.setVisible(bool(left))

    def _changed(self, item: QListWidgetItem) -> None:
        """The line stays where it is: one that jumped to the top would take the cursor from who ticks several."""
        value = str(item.data(_VALUE))
        (self._ticked.add if item.checkState() == _On else self._ticked.discard)(value)
        self.changed.emit()
