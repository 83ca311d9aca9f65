"""Framework packs: the list, and looking through another one before it is added."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui.presenters.settings.packs import SUBJECTS, Packs, PacksState, Preview, detail_words, row_words
from ui.presenters.settings.services import PackRow
from ui.qt.accessibility import named
from ui.qt.tables import RowDelegate, prepare_rows, row_height
from ui.views.file_field import FileField
from ui.views.rendering import clear
from ui.views.settings.page import Notice, Page
from ui.views.settings.preview_card import PreviewCard
from ui.widgets.buttons import button
from ui.widgets.choices import Choices
from ui.widgets.fields import Field
from ui.widgets.labels import HintLabel

_MOST_ROWS = 6
_ROUND = 8


class PacksPage(Page):
    """Never empty: two packs come with FieldKit."""

    def __init__(self, packs: Packs) -> None:
        super().__init__("packs", "Framework packs")
        self._packs = packs
        self.column.be_wide()
        self.column.say("What notes are tagged with. An assessment keeps the pack and version it was made with.")
        self._rows: tuple[PackRow, ...] = ()
        self.list = named(QListWidget(), "Framework packs on this laptop", "packs.list")
        prepare_rows(self.list)
        self.list.setItemDelegate(_TwoLines(self.list))
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.column.add(self.list)
        self._notice = Notice()
        self.column.add(self._notice)
        self.section("Add a pack")
        self.file = FileField(
            "Folder or zip file of the pack, or a codebook", "packs.file", "Choose a file",
            "Packs and codebooks (*.zip *.qdc)",
            hint="You see what is in it before it is added. A REFI-QDA codebook (.qdc) becomes a draft",
        )  # fmt: skip
        self.column.field("pack", self.file)
        self.subject = Choices(SUBJECTS, "packs.subject", is_single=True)
        self.subject.choose([SUBJECTS[0][0]])
        self._subject_field = self.column.field(
            "pack_subject", Field("The codebook is for assessments of", self.subject, "packs.subjects")
        )
        self._subject_field.hide()
        self.file.edit.textChanged.connect(packs.named)
        self.look = button("Look at the pack", "packs.look")
        for asked in (self.look.clicked, self.file.edit.returnPressed):
            asked.connect(lambda: packs.look(self.file.edit.text(), self.subject.chosen[0]))
        self.column.buttons(self.look)
        self._problems = QVBoxLayout()
        self.column.add(self._problems)
        self._shown: Preview | None = None
        self.preview = PreviewCard(
            button("Add this pack", "packs.add", kind="primary"), button("Do not add it", "packs.leave"),
            packs.add, packs.leave,
        )  # fmt: skip
        self.column.add(self.preview)
        self.column.end()
        self.follow(packs, self._render)

    def shown(self) -> None:
        self._packs.load()

    def first(self) -> QWidget:
        return self.list

    def _render(self, state: PacksState) -> None:
        self._fill(state.rows)
        self._subject_field.setVisible(state.asks_subject)
        self.column.show_errors(state.errors)
        self.column.show_busy(state.busy)
        self.column.show_fault(state.fault)
        self._notice.show_words(state.notice)
        clear(self._problems)
        for problem in state.problems:
            self._problems.addWidget(HintLabel(problem))
        if state.preview != self._shown:
            self._shown = state.preview
            _show(self.preview, state.preview)

    def _fill(self, rows: tuple[PackRow, ...]) -> None:
        if rows == self._rows:
            return
        self._rows = rows
        self.list.clear()
        for row in rows:
            item = QListWidgetItem(f"{row.title}\n{detail_words(row)}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, row_words(row))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as its rows, up to six of them."""
        self.list.doItemsLayout()
        shown = range(min(self.list.count(), _MOST_ROWS))
        height = sum(self.list.sizeHintForRow(row) for row in shown) + 2 * self.list.frameWidth() + 4
        self.list.setFixedHeight(max(height, row_height(self.list)))


class _TwoLines(RowDelegate):
    """Rows of two lines, with room for the ring inside them."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return super().sizeHint(option, index).grownBy(QMargins(0, _ROUND, 0, _ROUND))


def _show(card: PreviewCard, preview: Preview | None) -> None:
    if preview is None:
        card.drop()
        return
    card.begin(preview.title)
    if preview.warning:
        card.warn(preview.warning)
    if preview.is_here:
        card.say("This version is on this laptop already, to the last letter.")
    for words in preview.lines:
        card.say(words)
    if preview.losses:
        card.say("What the codebook has and the draft has not:")
    for words in preview.losses:
        card.hint(f"– {words}")
    for words in preview.statements:
        card.detail(words)
    card.end(may_take=not preview.is_here)
