"""Tag notes: type a fragment, Space ticks a tag, Enter saves; a box for some of the notes says on how many."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from fieldkit.domain.evidence import Bearing
from ui.presenters.log.tag_picker import Option, PickerState, TagPicker
from ui.qt.accessibility import named
from ui.qt.tables import RowDelegate, prepare_rows
from ui.views.panels.frame import PanelFrame
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.labels import HintLabel
from ui.widgets.tab_stop import stop_at_the_chosen
from ui.widgets.texts import PassText

_BEARINGS = {
    Bearing.NEUTRAL: "Neither",
    Bearing.STRENGTH: "A strength",
    Bearing.SHORTFALL: "A shortfall",
    Bearing.MIXED: "Both",
}
_BOXES = {
    True: Qt.CheckState.Checked,
    False: Qt.CheckState.Unchecked,
    None: Qt.CheckState.PartiallyChecked,
}
_BETWEEN = 14  # pixels above and below the words of a row together
_NOTHING = "No statement and no secondary tag is called that"
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)


class _StatementDelegate(RowDelegate):
    """Titles of two lines, and below them on how many notes they are, with room between the rows."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        hint = super().sizeHint(option, index)
        view = self.parent()
        if not isinstance(view, QListWidget):
            return hint
        metrics = view.fontMetrics()
        room = view.viewport().width() - round(metrics.height() * 3.4)
        flags = Qt.TextFlag.TextWordWrap
        needed = metrics.boundingRect(QRect(0, 0, max(room, 60), 4096), flags, str(index.data()))
        hint.setHeight(max(hint.height(), needed.height() + _BETWEEN))
        return hint


class TagPanel(PanelFrame):
    """Ctrl+T."""

    def __init__(self, picker: TagPicker, close: Callable[[], None]) -> None:
        super().__init__(f"Tag {picker.state.notes}", close)
        self._picker = picker
        self.filter = PassText()
        self._field = Field("Find a tag", self.filter, "tag.filter", hint="A code, a number or any word of it")
        self._recent = HintLabel()
        self.list = self._new_list()
        self._about = HintLabel()
        self._keys = HintLabel("Space ticks a tag, Enter saves")
        self.save = button("Save tags", "tag.save", kind="primary")
        self.save.clicked.connect(lambda: picker.save())
        for each in (self._field, self._recent, self.list, self._about, self._bearings()):
            self.add(each)
        self.add_foot(self.save, self._keys)
        self.main_action = picker.save
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
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        match event.key():
            case Qt.Key.Key_Down:
                self._picker.choose(1)
            case Qt.Key.Key_Up:
                self._picker.choose(-1)
            case Qt.Key.Key_Space:
                self._picker.toggle()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._picker.save()
            case _:
                return False
        return True

    def _new_list(self) -> QListWidget:
        """The keys go to the field above it; the pointer ticks."""
        made = QListWidget()
        named(made, "Statements and secondary tags", "tag.list")
        prepare_rows(made)
        made.setItemDelegate(_StatementDelegate(made))
        made.setWordWrap(True)
        made.setResizeMode(QListWidget.ResizeMode.Adjust)
        made.setMinimumHeight(240)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.itemClicked.connect(lambda item: self._picker.toggle(made.row(item)))
        return made

    def _bearings(self) -> QWidget:
        self._group = QButtonGroup(self)
        box = QWidget()
        named(box, "What added tags say of the statement", "tag.bearings")
        rows = QVBoxLayout(box)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(HintLabel("What added tags say of the statement"))
        for place, (bearing, words) in enumerate(_BEARINGS.items()):
            radio = QRadioButton(words)
            named(radio, words, f"tag.bearing_{place}")
            radio.setChecked(bearing is Bearing.NEUTRAL)
            self._group.addButton(radio, place)
            rows.addWidget(radio)
        stop_at_the_chosen(self._group)
        self._group.idClicked.connect(lambda place: self._picker.bear(list(_BEARINGS)[place]))
        return box

    def _render(self, state: PickerState) -> None:
        self._recent.setText(f"Recent: {state.recent}" if state.recent else "")
        self._recent.setVisible(bool(state.recent))
        while self.list.count() > len(state.options):
            self.list.takeItem(self.list.count() - 1)
        for place, option in enumerate(state.options):
            if place == self.list.count():
                self.list.addItem(QListWidgetItem())
            _show(self.list.item(place), option)
        self.list.scheduleDelayedItemsLayout()  # a row that changed its words may need another height
        self.list.setCurrentRow(state.chosen if state.options else -1)
        self._about.setText(state.options[state.chosen].descriptor if state.options else _NOTHING)


def _show(item: QListWidgetItem, option: Option) -> None:
    words = "\n".join(option.lines)
    if item.text() != words:
        item.setText(words)
        item.setData(_SPOKEN, option.sentence)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    item.setCheckState(_BOXES[option.will_be])
