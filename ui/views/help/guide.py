"""The guide inside the app: contents or results at the left, the page at the right; where narrow, one at a time."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.presenters.guide.reader import Guide, GuideState
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows
from ui.qt.theme import appearance
from ui.views.help.browser import GuideBrowser
from ui.views.help.found_delegate import FoundDelegate
from ui.views.rendering import View
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.labels import HintLabel
from ui.widgets.texts import PassText

_DATA = int(Qt.ItemDataRole.UserRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_NARROW = 760
_LIST = 280


class GuidePart(View):
    """Type to search everything, Down into the list, Enter opens."""

    def __init__(self, guide: Guide) -> None:
        super().__init__()
        self._guide = guide
        self._listed: tuple[tuple[str, str, str, str], ...] = ()
        self.field = PassText()
        self.field.textChanged.connect(guide.seek)
        self.field.returnPressed.connect(self._first)
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        named(self.list, "Pages of the guide", "guide.list")
        prepare_rows(self.list)
        self.list.setItemDelegate(FoundDelegate(self.list))
        self.list.itemClicked.connect(self._picked)
        self.list.installEventFilter(self)
        self._nothing = HintLabel()
        self.browser = GuideBrowser(guide.follow)
        self._left = QWidget()
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Field("Find in the guide", self.field, "guide.find"))
        column.addWidget(self._nothing)
        column.addWidget(self.list, 1)
        self.contents = button("Contents and search", "guide.contents", icon_name="list")
        self.contents.clicked.connect(lambda: self._read(is_reading=False))
        right = QVBoxLayout()
        right.addWidget(self.contents, 0, Qt.AlignmentFlag.AlignLeft)
        right.addWidget(self.browser, 1)
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(0, 12, 0, 0)
        self._across.setSpacing(12)
        self._across.addWidget(self._left)
        self._across.addLayout(right, 1)
        self._is_ready = False
        self._is_reading = True

    def begin(self) -> None:
        """The tab is looked at: only now are pages read from the disk."""
        if not self._is_ready:
            self._is_ready = True
            self.follow(self._guide, self._render)

    def take_focus(self) -> None:
        target = self.field if self.field.isVisibleTo(self) else self.browser
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_current()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if watched is self.field and event.key() == Qt.Key.Key_Down:
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        item = self.list.currentItem()
        if watched is self.list and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self._open(item)
            self._read(is_reading=True)
            return True
        return False

    def _read(self, *, is_reading: bool) -> None:
        """Where there is room for one only: the page, or the way to another."""
        self._is_reading = is_reading
        self._fit()
        target = self.browser if is_reading else self.field
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        scale = appearance().typography.percent / 100
        is_narrow = self.width() < _NARROW * scale
        self.contents.setVisible(is_narrow and self._is_reading)
        self.browser.setVisible(not is_narrow or self._is_reading)
        self._left.setVisible(not is_narrow or not self._is_reading)
        self._across.setStretch(1, 0 if is_narrow and not self._is_reading else 1)
        if is_narrow:
            self._left.setMinimumWidth(0)
            self._left.setMaximumWidth(16777215)
        else:
            self._left.setFixedWidth(round(_LIST * scale))

    def _render(self, state: GuideState) -> None:
        if self.field.text() != state.query:
            self.field.setText(state.query)
        if state.query.strip():
            rows = tuple((one.page, one.anchor, f"{one.title}\n{one.snippet}", one.sentence) for one in state.found)
            named(self.list, f"Found in the guide, {len(rows)}")
        else:
            rows = tuple((name, "", title, title) for name, title in self._guide.contents)
            named(self.list, f"Pages of the guide, {len(rows)}")
        self._show_rows(rows, state)
        self._nothing.setText(state.nothing)
        self._nothing.setVisible(bool(state.nothing))
        self.browser.show_page(state.page, state.anchor)

    def _show_rows(self, rows: tuple[tuple[str, str, str, str], ...], state: GuideState) -> None:
        if rows != self._listed:
            self._listed = rows
            self.list.clear()
            for page, anchor, words, spoken in rows:
                item = QListWidgetItem(words)
                item.setData(_DATA, (page, anchor))
                item.setData(_SPOKEN, spoken)
                self.list.addItem(item)
        here = next((n for n, row in enumerate(rows) if row[:2] == (state.page, state.anchor)), -1)
        if here < 0 and not state.query.strip():  # of what was found the best comes first, and Enter opens it
            here = next((n for n, row in enumerate(rows) if row[0] == state.page), 0)
        here = max(here, 0)
        if self.list.currentRow() != here:
            self.list.setCurrentRow(here)
        self._show_current()

    def _show_current(self) -> None:
        """Bring the row of the open page into view; a list that was not shown yet did not scroll."""
        if self.list.count() and self.isVisible():
            self.list.scrollToItem(self.list.currentItem())

    def _picked(self, item: QListWidgetItem) -> None:
        self._open(item)
        if not self.browser.isVisible():
            self._read(is_reading=True)

    def _open(self, item: QListWidgetItem) -> None:
        page, anchor = item.data(_DATA)
        self._guide.open(page, anchor)

    def _first(self) -> None:
        if self.list.count():
            self._open(self.list.item(max(self.list.currentRow(), 0)))
            self._read(is_reading=True)
