"""Tag notes afterwards: type a fragment, Enter puts the tag on or takes it off, Enter on nothing is done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QListWidget, QListWidgetItem, QRadioButton, QVBoxLayout, QWidget

from fieldkit.domain.evidence import Bearing
from ui.presenters.log.tag_picker import PickerState, TagPicker
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows
from ui.views.panels.frame import PanelFrame
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.labels import HintLabel
from ui.widgets.texts import PassText

_BEARINGS = {
    Bearing.NEUTRAL: "Neither",
    Bearing.STRENGTH: "A strength",
    Bearing.SHORTFALL: "A shortfall",
    Bearing.MIXED: "Both",
}
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)


class TagPanel(PanelFrame):
    """Ctrl+T."""

    def __init__(self, picker: TagPicker, close: Callable[[], None]) -> None:
        super().__init__(f"Tag: {picker.state.notes}", close)
        self._picker = picker
        self._done = close
        self.filter = PassText()
        self._field = Field("Find a statement", self.filter, "tag.filter", hint="A code, a number or any word of it")
        self.list = QListWidget()
        named(self.list, "Statements", "tag.list")
        prepare_rows(self.list)
        self.list.setWordWrap(True)
        self.list.setMinimumHeight(240)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(lambda item: picker.toggle(self.list.row(item)))
        self._about = HintLabel()
        self._group = QButtonGroup(self)
        box = QWidget()
        named(box, "What it says of the statement", "tag.bearings")
        rows = QVBoxLayout(box)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(HintLabel("What it says of the statement"))
        for place, (bearing, words) in enumerate(_BEARINGS.items()):
            radio = QRadioButton(words)
            named(radio, words, f"tag.bearing_{place}")
            radio.setChecked(bearing is Bearing.NEUTRAL)
            self._group.addButton(radio, place)
            rows.addWidget(radio)
        self._group.idClicked.connect(lambda place: picker.bear(list(_BEARINGS)[place]))
        done = button("Done", "tag.done", kind="primary")
        done.clicked.connect(lambda: close())
        for each in (self._field, self.list, self._about, box):
            self.add(each)
        self.add_row(done)
        self.main_action = close
        self.filter.textChanged.connect(picker.filtered)
        self.filter.installEventFilter(self)
        self.follow(picker, self._render)

    def take_focus(self) -> None:
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.filter and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._picker.choose(1 if event.key() == Qt.Key.Key_Down else -1)
            return True
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self.filter.text().strip():
                self._done()
            elif self._picker.toggle():
                self.filter.clear()
            return True
        return False

    def _render(self, state: PickerState) -> None:
        lines = [f"{'✓' if o.is_on else '   '} {o.position}  {o.title}  ({o.code})" for o in state.options]
        if [self.list.item(at).text() for at in range(self.list.count())] != lines:
            self.list.clear()
            for text, option in zip(lines, state.options, strict=True):
                item = QListWidgetItem(text)
                item.setData(_SPOKEN, option.sentence)
                self.list.addItem(item)
        self.list.setCurrentRow(state.chosen if state.options else -1)
        self._about.setText(state.options[state.chosen].descriptor if state.options else "No statement is called that")
