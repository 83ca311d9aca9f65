"""Framework packs: the list, and looking through another one before it is added."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from ui.presenters.settings.packs import Packs, PacksState, Preview, row_words, source_words, use_words
from ui.presenters.settings.services import PackRow
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows, row_height
from ui.views.file_field import FileField
from ui.views.rendering import clear
from ui.views.settings.page import Notice, Page
from ui.widgets.buttons import button
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel

_SHARING = (0, 3)
_LEAST = 110
_MOST_ROWS = 10
_COLUMNS = ("Pack", "Version", "In force", "Source", "Use")


class PacksPage(Page):
    """Never empty: two packs come with FieldKit."""

    def __init__(self, packs: Packs) -> None:
        super().__init__("packs", "Framework packs")
        self._packs = packs
        self.column.be_wide()
        self.column.say("What notes are tagged with. An assessment keeps the pack and version it was made with.")
        self.model = QStandardItemModel(self)
        self.table = named(QTableView(), "Framework packs", "packs.table")
        self._prepare()
        self.column.add(self.table)
        self._notice = Notice()
        self.column.add(self._notice)
        self.section("Add a pack")
        self.file = FileField(
            "Folder or zip file of the pack", "packs.file", "Choose a zip file", "Packs (*.zip)",
            hint="You see what is in it before it is added",
        )  # fmt: skip
        self.column.field("pack", self.file)
        self.look = button("Look at the pack", "packs.look")
        self.look.clicked.connect(lambda: packs.look(self.file.edit.text()))
        self.file.edit.returnPressed.connect(lambda: packs.look(self.file.edit.text()))
        self.column.buttons(self.look)
        self._problems = QVBoxLayout()
        self.column.add(self._problems)
        self.preview = PackPreview(packs)
        self.column.add(self.preview)
        self.column.end()
        self.follow(packs, self._render)

    def shown(self) -> None:
        self._packs.load()

    def first(self) -> QWidget:
        return self.table

    def _prepare(self) -> None:
        prepare_rows(self.table)
        self.table.setModel(self.model)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setWordWrap(True)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(_LEAST)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def _render(self, state: PacksState) -> None:
        self._fill(state.rows)
        self.column.show_errors(state.errors)
        self.column.show_busy(state.busy)
        self.column.show_fault(state.fault)
        self._notice.show_words(state.notice)
        clear(self._problems)
        for problem in state.problems:
            self._problems.addWidget(HintLabel(problem))
        self.preview.show_preview(state.preview)

    def _fill(self, rows: tuple[PackRow, ...]) -> None:
        if self.model.rowCount() != len(rows) or any(self._words(at) != row_words(row) for at, row in enumerate(rows)):
            self.model.clear()
            self.model.setHorizontalHeaderLabels(list(_COLUMNS))
            for row in rows:
                cells = (row.title, row.pin.version, row.dated, source_words(row), use_words(row.visits))
                self.model.appendRow([_item(words, row_words(row)) for words in cells])
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Names and sources share what the rest leaves; the table is as high as its rows, up to ten of them."""
        header, mode = self.table.horizontalHeader(), QHeaderView.ResizeMode
        for column in range(self.model.columnCount()):
            header.setSectionResizeMode(column, mode.Stretch if column in _SHARING else mode.ResizeToContents)
        rows = sum(self.table.rowHeight(row) for row in range(min(self.model.rowCount(), _MOST_ROWS)))
        bar = self.table.horizontalScrollBar()
        across = bar.sizeHint().height() if bar.maximum() else 0
        self.table.setFixedHeight(max(rows, row_height(self.table)) + header.sizeHint().height() + across + 6)

    def _words(self, at: int) -> str:
        return str(self.model.item(at, 0).data(Qt.ItemDataRole.AccessibleTextRole))


class PackPreview(QFrame):
    """What is in a pack that is not added yet."""

    def __init__(self, packs: Packs) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._shown: Preview | None = None
        self._words = QVBoxLayout()
        self._words.setSpacing(4)
        self.add = button("Add this pack", "packs.add", kind="primary")
        self.add.clicked.connect(lambda: packs.add())
        self.leave = button("Do not add it", "packs.leave")
        self.leave.clicked.connect(lambda: packs.leave())
        row = QHBoxLayout()
        row.setSpacing(12)
        for one in (self.add, self.leave):
            row.addWidget(one)
        row.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(14, 10, 14, 12)
        rows.setSpacing(10)
        rows.addLayout(self._words)
        rows.addLayout(row)
        self.hide()

    def show_preview(self, preview: Preview | None) -> None:
        """Show it, or nothing."""
        if preview == self._shown:
            return
        self._shown = preview
        clear(self._words)
        self.setVisible(preview is not None)
        if preview is None:
            return
        self._words.addWidget(HeadingLabel(preview.title, level=2))
        if preview.warning:
            warning = RoleLabel(preview.warning)
            warning.setProperty("tone", "danger")
            self._add(warning)
        if preview.is_here:
            self._add(RoleLabel("This version is on this laptop already, to the last letter."))
        for words in preview.lines:
            self._add(RoleLabel(words))
        for words in preview.statements:
            self._add(HintLabel(words))
        self.add.setVisible(not preview.is_here)
        (self.leave if preview.is_here else self.add).setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, label: RoleLabel) -> None:
        label.setWordWrap(True)
        self._words.addWidget(label)


def _item(words: str, spoken: str) -> QStandardItem:
    item = QStandardItem(words)
    item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
    return item
