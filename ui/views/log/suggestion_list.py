"""The list over the capture line: what the word being typed may become. It never takes the focus."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from fieldkit.capture.choices import Choice, Offer
from ui.presenters.log.capture_line import LineState
from ui.qt.accessibility import named
from ui.qt.tables import RowDelegate, row_height
from ui.widgets.labels import HintLabel

_WIDEST = 560
_GAP = 4
"""Pixels between the list and the line, for the focus ring."""
_LEAST_ROWS = 4
_SIGN = {Offer.STATEMENT: "#", Offer.CATEGORY: "@", Offer.PERSON: "", Offer.CASE: "~", Offer.TEXT: ";"}


class SuggestionList(QFrame):
    """Shows up to eight choices and one line about the highlighted one.

    ``is_under``: what stands above the line has to be read while one types (a question), so it lies below if it can.
    """

    def __init__(
        self, anchor: QWidget, take: Callable[[int], None], parent: QWidget, *, is_under: bool = False
    ) -> None:
        super().__init__(parent)
        self._is_under = is_under
        self._over = parent
        self._anchor = anchor
        self.setProperty("card", "true")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAutoFillBackground(True)
        self._model = QStandardItemModel(self)
        self._view = QListView()
        self._view.setModel(self._model)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setProperty("frameless", "true")
        self._view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._view.setItemDelegate(RowDelegate(self._view))
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.clicked.connect(lambda index: take(self._row(index)))
        named(self._view, "Tags", "log.suggestions")
        self._about = HintLabel()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(2, 2, 2, 2)
        rows.setSpacing(0)
        rows.addWidget(self._view)
        rows.addWidget(self._about)
        self._about.setContentsMargins(10, 4, 10, 6)
        self.hide()

    @property
    def words(self) -> tuple[str, ...]:
        """What is listed."""
        return tuple(self._model.item(row).text() for row in range(self._model.rowCount()))

    def render_line(self, state: LineState) -> None:
        """List the suggestions of the line, or hide."""
        candidates = state.suggestions.candidates
        if not candidates:
            self.hide()
            return
        lines = [_line(candidate.choice) for candidate in candidates]
        if tuple(lines) != self.words:
            self._model.clear()
            for line in lines:
                self._model.appendRow(QStandardItem(line))
        self._view.setCurrentIndex(self._model.index(state.chosen, 0))
        self._about.setText(_about(state))
        self.place()
        self.show()
        self.raise_()

    def place(self) -> None:
        """Lie above the line, as wide as it or as wide as is read easily; never over the line: what is typed is seen.

        Below it where there is no room above, as under a field at the top of a page, or where that is wanted and there
        is room for some rows. Where there is little room, the line about the highlighted one goes first, then rows:
        the list scrolls.
        """
        width = min(self._anchor.width(), max(_WIDEST, round(self.fontMetrics().averageCharWidth() * 60)))
        corner = self._anchor.mapTo(self._over, self._anchor.rect().topLeft())
        one, edge = row_height(self._view), 2 * self._view.frameWidth() + 4
        under = corner.y() + self._anchor.height() + _GAP
        above, below = corner.y() - _GAP - 8, self._over.height() - under - 8
        self._about.setFixedWidth(width - 6)
        about = self._about.heightForWidth(width - 6)
        wanted = self._model.rowCount() * one + edge
        least = min(wanted, _LEAST_ROWS * one + edge)
        is_below = (self._is_under and least <= below) or (least > above and below > above)
        room = below if is_below else above
        has_about = wanted + about <= room or _LEAST_ROWS * one + edge + about <= room
        self._about.setVisible(has_about)
        most = (room - edge - (about if has_about else 0)) // one
        rows = max(min(self._model.rowCount(), most), 1) * one + edge
        self._view.setFixedHeight(rows)
        height = rows + (about if has_about else 0) + 8
        self.setFixedSize(QSize(width, height))
        self.move(corner.x(), under if is_below else max(0, corner.y() - height - _GAP))
        self._view.scrollTo(self._view.currentIndex())

    @staticmethod
    def _row(index: QModelIndex) -> int:
        return index.row()


def _line(choice: Choice) -> str:
    sign = _SIGN[choice.offer]
    label = f"{choice.label}  " if choice.label and choice.offer is not Offer.PERSON else ""
    return f"{sign}{choice.code}   {label}{choice.title}"


def _about(state: LineState) -> str:
    candidate = state.candidate
    if candidate is None:
        return ""
    place = f"{state.chosen + 1} of {len(state.suggestions.candidates)}"
    text = candidate.choice.description
    return f"{text}  ({place}. Tab adds it, Esc leaves the word as text)"
