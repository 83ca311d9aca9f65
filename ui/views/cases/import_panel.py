"""From a file to the list: choose it, say what each column is, see what would come of it, take all or the good rows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from fieldkit.app.case_columns import Column
from ui.presenters.cases.bringing_in import Importing, ImportState
from ui.presenters.wording import sentence
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows
from ui.views.file_field import FileField
from ui.views.panels.frame import PanelFrame
from ui.views.rendering import clear
from ui.widgets.banner import Banner
from ui.widgets.buttons import ActionButton, button
from ui.widgets.fields import Field
from ui.widgets.labels import HintLabel

_BROWSE = "cases.import.file.browse"
_ROWS = 8
"""Lines of the preview that are seen at once."""
_FILTER = "Case lists (*.xlsx *.xls *.csv *.txt);;All files (*)"
_HINT = "Excel or CSV, headings in the first row"
_SAFE = "Names, NHS numbers, dates of birth and addresses are never imported"


class ImportPanel(PanelFrame):
    """``close`` is called on Esc and by its button."""

    def __init__(self, importing: Importing, close: Callable[[], None]) -> None:
        super().__init__("Import a case list", close)
        self._importing = importing
        self._made_for: tuple[object, ...] | None = None
        self.file = FileField(
            "File", "cases.import.file", "Choose a file", _FILTER, "Excel or CSV, headings in the first row"
        )
        self.file.edit.editingFinished.connect(self._chosen)
        self.file.edit.textChanged.connect(self._maybe_chosen)
        self.fault = Banner("cases.import.fault")
        self._busy = HintLabel("Reading the file…")
        self._sheet = QComboBox()
        self._sheet.currentIndexChanged.connect(importing.choose_sheet)
        self._sheets = Field("Sheet", self._sheet, "cases.import.sheet")
        self._columns = QVBoxLayout()
        self._columns.setSpacing(8)
        holder = QWidget()
        self._columns.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(self._columns)
        self._wrong_columns = HintLabel()
        self.summary = HintLabel()
        self.preview = named(QListWidget(), "Preview", "cases.import.preview")
        prepare_rows(self.preview)
        self.preview.setWordWrap(True)
        self.preview.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.preview.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.preview.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.preview.setMinimumHeight(self.preview.fontMetrics().lineSpacing() * _ROWS * 2)
        self.all = _press("Import all rows", "cases.import.all", lambda: importing.bring_in(only_good=False), "primary")
        self.good = _press("Import the good rows", "cases.import.good", lambda: importing.bring_in(only_good=True))
        for one in (
            self.fault, HintLabel(_SAFE), self.file, self._busy, self._sheets, self._wrong_columns,
            self.summary, self.preview, self.all, self.good,
        ):  # fmt: skip
            self.add(one)
        self._rows.insertWidget(self._rows.indexOf(self._sheets) + 1, holder)
        self.main_action = lambda: importing.bring_in(only_good=False)
        self.follow(importing, self._render)

    def take_focus(self) -> None:
        self.file.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self) -> None:
        if self.file.edit.text().strip() and self.file.edit.text() != self._importing.state.path:
            self._importing.choose(self.file.edit.text())

    def _maybe_chosen(self, text: str) -> None:
        """The file dialog fills the field whole; who types is not to have half a name looked for at each key."""
        if not self.file.edit.hasFocus() and text.strip():
            self._chosen()

    def _render(self, state: ImportState) -> None:
        if state.fault != self.fault.words:
            self.fault.say(state.fault, "danger")
        self.file.set_error(state.file_error)
        self._busy.setVisible(state.is_busy)
        made_for = (state.tables, state.sheet)
        if made_for != self._made_for:
            self._made_for = made_for
            self._fill_sheets(state)
            self._fill_columns(state)
        self._sheets.setVisible(len(state.tables) > 1)
        self._wrong_columns.setText(state.column_error)
        self._wrong_columns.setVisible(bool(state.column_error))
        self.summary.setText(state.summary)
        self.summary.setVisible(bool(state.summary))
        self._fill_preview(state)
        found = state.found
        self.all.setVisible(found is not None)
        self.all.setEnabled(found is not None and not found.wrong and bool(found.good) and not state.is_busy)
        self.good.setVisible(found is not None and bool(found.wrong) and bool(found.good))
        self.good.setEnabled(not state.is_busy)

    def _fill_sheets(self, state: ImportState) -> None:
        self._sheet.blockSignals(True)
        self._sheet.clear()
        self._sheet.addItems([table.sheet for table in state.tables])
        self._sheet.setCurrentIndex(state.sheet if state.tables else -1)
        self._sheet.blockSignals(False)

    def _fill_columns(self, state: ImportState) -> None:
        clear(self._columns)
        table = state.table
        before: QWidget = (
            self._sheet if len(state.tables) > 1 else self.file.findChild(QWidget, _BROWSE) or self.file.edit
        )
        for column in table.columns if table is not None else ():
            field = self._column(column, state.mapping.get(column.at, ""))
            self._columns.addWidget(field)
            QWidget.setTabOrder(before, field.control)
            before = field.control
        for after in (self.preview, self.all, self.good):
            QWidget.setTabOrder(before, after)
            before = after

    def _column(self, column: Column, chosen: str) -> Field:
        box = QComboBox()
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for value, words in self._importing.options(column):
            box.addItem(words, value)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        box.setEnabled(column.refused is None)
        box.currentIndexChanged.connect(
            lambda _, at=column.at: self._importing.map_column(at, str(box.currentData() or ""))
        )
        hint = sentence(column.refused.value) if column.refused else f"Like: {column.example}" if column.example else ""
        return Field(column.heading or f"Column {column.at + 1}", box, f"cases.import.column{column.at}", hint=hint)

    def _fill_preview(self, state: ImportState) -> None:
        rows = state.rows
        words = [row.words if row.is_wrong else f"Row {row.number}: {row.words}" for row in rows]
        if [self.preview.item(at).text() for at in range(self.preview.count())] != words:
            self.preview.clear()
            for text in words:
                self.preview.addItem(QListWidgetItem(text))
        self.preview.setVisible(bool(rows))


def _press(words: str, identifier: str, do: Callable[[], None], kind: str = "") -> ActionButton:
    made = button(words, identifier, kind=kind)
    made.clicked.connect(lambda: do())
    return made
