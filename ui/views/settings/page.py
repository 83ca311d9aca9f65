"""What every page of Settings but the first is written on: a column as wide as the room, with its own errors."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from ui.presenters.services import Say
from ui.views.columns import ColumnPage
from ui.views.rendering import View, line
from ui.widgets.labels import HeadingLabel, HintLabel


class Page(View):
    """``shown`` is called whenever the page comes on the screen."""

    def __init__(self, name: str, heading: str) -> None:
        super().__init__()
        self._above: dict[HeadingLabel, QWidget] = {}
        self.column = ColumnPage(name, heading)
        self.column.stand_left()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.column)

    def shown(self) -> None:
        """Read what the page shows."""

    def first(self) -> QWidget:
        """Where the focus starts."""
        raise ValueError("a page without a control")

    def take_focus(self) -> None:
        self.first().setFocus(Qt.FocusReason.TabFocusReason)

    def section(self, heading: str) -> HeadingLabel:
        """A part of the page, under a line."""
        self.column.rows.addSpacing(6)
        above, label = line(), HeadingLabel(heading, level=2)
        self.column.add(above)
        self.column.add(label)
        self._above[label] = above
        return label

    def show_section(self, heading: HeadingLabel, *, is_shown: bool) -> None:
        """Its heading and the line over it; two lines with nothing between would look like something lost."""
        heading.setVisible(is_shown)
        self._above[heading].setVisible(is_shown)

    def add_all(self, parts: Sequence[QWidget | QLayout]) -> None:
        """Several parts."""
        for part in parts:
            self.column.add(part)


class Notice(HintLabel):
    """What came of what the person did; hidden when empty, said when it changes."""

    def __init__(self, say: Say | None = None) -> None:
        super().__init__()
        self._say = say
        self.setProperty("tone", "success")
        self.hide()

    def show_words(self, words: str) -> None:
        """Show ``words`` and, where this is their only place, say them."""
        if words and words != self.text() and self._say is not None:
            self._say(words)
        self.setText(words)
        self.setVisible(bool(words))
