"""Region B: the main menu, one Tab stop with arrows inside; words at full width, icons with words when narrow."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem

from ui.presenters.workbench import Page
from ui.qt.accessibility import named
from ui.qt.icons import icon
from ui.qt.tables import prepare_rows
from ui.qt.theme import appearance
from ui.qt.typography import role_font

_ICONS = {
    Page.HOME: "house",
    Page.VISIT: "map",
    Page.EVIDENCE: "tags",
    Page.COVERAGE: "layout-grid",
    Page.SCORES: "square-check-big",
    Page.ESCALATIONS: "triangle-alert",
    Page.SEND: "send",
    Page.REPORTS: "file-text",
    Page.SETTINGS: "settings",
    Page.HELP: "circle-question-mark",
}
_WIDE, _NARROW = 176, 56
"""Pixels at 100 % text; icons take as much more as the longest word under them needs."""
_ROUND_WORD, _AROUND_ICON = 14, 16


class MainMenu(QListWidget):
    """``chosen`` tells the page that was entered."""

    chosen = Signal(Page)

    def __init__(self) -> None:
        super().__init__()
        named(self, "Main menu", "menu")
        prepare_rows(self)
        self.setProperty("frameless", "true")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self._is_narrow = False
        for page, name in _ICONS.items():
            item = QListWidgetItem(icon(name), page.value)
            item.setData(Qt.ItemDataRole.UserRole, page)
            self.addItem(item)
        self.itemClicked.connect(self._choose)
        appearance().follow(self, self._fit)
        self._fit()

    def mark(self, page: Page) -> None:
        """Show which page is up; what is at risk belongs to sending, the pages of fieldwork to the visit."""
        if page is Page.FINDINGS:
            page = Page.EVIDENCE
        if page is Page.ACCURACY:
            page = Page.REPORTS
        wanted = Page.SEND if page in (Page.EXPOSURE, Page.DECIDE) else page if page in _ICONS else Page.VISIT
        self.setCurrentRow(list(_ICONS).index(wanted))

    def be_narrow(self, *, is_narrow: bool) -> None:
        """Icons with a word under each, or words beside icons."""
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            item = self.currentItem()
            if item is not None:
                self._choose(item)
        else:
            super().keyPressEvent(event)

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(Page(item.data(Qt.ItemDataRole.UserRole)))  # Qt gives back a word where it was given a Page

    def _fit(self) -> None:
        scale = appearance().typography.percent / 100
        side = round(20 * scale)
        self.setIconSize(QSize(side, side))
        self.setViewMode(QListView.ViewMode.IconMode if self._is_narrow else QListView.ViewMode.ListMode)
        self.setMovement(QListView.Movement.Static)
        self.setFlow(QListView.Flow.TopToBottom)
        self.setWrapping(False)
        self.setFont(role_font("small" if self._is_narrow else "body"))
        width = round((_NARROW if self._is_narrow else _WIDE) * scale)
        if self._is_narrow:
            longest = max(self.fontMetrics().horizontalAdvance(page.value) for page in _ICONS)
            width = max(width, longest + _ROUND_WORD)
        self.setFixedWidth(width)
        cell = QSize(width - 4, side + self.fontMetrics().height() + round(_AROUND_ICON * scale))
        cell = cell if self._is_narrow else QSize()
        self.setGridSize(cell)
        for place in range(self.count()):
            self.item(place).setSizeHint(cell)
        self.scheduleDelayedItemsLayout()
