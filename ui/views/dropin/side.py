"""Beside a drop-in: what it came to so far, by whom and by theme."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.presenters.dropin.page import DropInPage, DropInState
from ui.presenters.wording import ui
from ui.views.log.side_list import SideList
from ui.views.rendering import View, line
from ui.views.scrolling import scrolled
from ui.widgets.labels import EmptyState, HeadingLabel


class DropInSide(View):
    """Running totals."""

    def __init__(self, page: DropInPage) -> None:
        super().__init__()
        self._none = EmptyState("Totals stand here once somebody came")
        self.bands = SideList("People so far", "dropin.bands", lambda _: None)
        self.themes = SideList("Themes so far", "dropin.themes", lambda _: None)
        self._headings = (HeadingLabel("People so far", level=2), HeadingLabel("Themes so far", level=2))
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 12, 12, 12)
        rows.setSpacing(6)
        rows.addWidget(self._none)
        rows.addWidget(self._headings[0])
        rows.addWidget(self.bands)
        rows.addWidget(line())
        rows.addWidget(self._headings[1])
        rows.addWidget(self.themes)
        rows.addStretch(1)
        scrolled(inside, self)
        self.follow(page, self._render)

    def take_focus(self) -> None:
        wanted = self._none if self._none.isVisible() else self.bands
        wanted.setFocus()

    def _render(self, state: DropInState) -> None:
        totals = state.totals
        self._none.setVisible(not totals.conversations)
        self.bands.show_rows([_line(words, count, "person", "people") for words, count in totals.bands])
        self.themes.show_rows([_line(words, count, "conversation", "conversations") for words, count in totals.themes])
        for heading, where, shown in zip(
            self._headings, (self.bands, self.themes), (totals.bands, totals.themes), strict=True
        ):
            heading.setVisible(bool(shown))
            where.setVisible(bool(shown))


def _line(words: str, count: int, one: str, many: str) -> tuple[str, str, str]:
    return words, f"{count}   {words}", f"{words}, {ui.count(count, one, many)}"
