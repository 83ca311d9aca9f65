"""Reading, spelling and sound."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QWidget

from ui.presenters.settings.choices import SAVED_CHOICES, Choices, ChoicesState
from ui.presenters.writing.speller import Speller, SpellerState
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows, row_height
from ui.views.first_run.radios import Radios
from ui.views.settings.page import Page
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.checks import WrappingCheck
from ui.widgets.fields import Field
from ui.widgets.labels import HintLabel

_ROWS = 5


class OwnWords(QListWidget):
    """The words a person added; Delete takes the one under the cursor off."""

    def __init__(self, speller: Speller) -> None:
        super().__init__()
        self._speller = speller
        named(self, "Your own words. Delete takes one off", "reading.words")
        prepare_rows(self)
        self.setFixedHeight(row_height(self) * _ROWS + 8)

    def show_words(self, words: tuple[str, ...]) -> None:
        """List them; the cursor stays on its row."""
        if words != tuple(self.item(row).text() for row in range(self.count())):
            row = max(0, min(self.currentRow(), len(words) - 1))
            self.clear()
            self.addItems(list(words))
            self.setCurrentRow(row if words else -1)

    def take_off(self) -> None:
        """The word under the cursor."""
        item = self.currentItem()
        if item is not None:
            self._speller.forget(item.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.take_off()
        else:
            super().keyPressEvent(event)


class ReadingPage(Page):
    """What a screen reader is told after a note is saved; whether words are marked; a person's own words."""

    def __init__(self, choices: Choices, speller: Speller) -> None:
        super().__init__("reading", "Reading and sound")
        keys = list(SAVED_CHOICES)
        words = tuple(SAVED_CHOICES[key][0] for key in keys)
        hints = tuple(SAVED_CHOICES[key][1] for key in keys)
        question = "What a screen reader says after a note is saved"
        self._speller = speller
        self._radios = Radios(question, "reading.saved", words, keys.index(choices.state.settings.saved_words), hints)
        self._radios.changed(lambda place: choices.say_saved(keys[place]))
        self.column.field("saved", Field(question, self._radios, "reading.saved.field"))
        self.column.say("Everything that was said can be read again: press Ctrl+K and type Messages.")
        self._spelling(choices, speller)
        self.section("Sound")
        self.column.say("FieldKit makes no sound. In a meeting nobody hears that you use it.")
        self.column.end()
        self.follow(choices, self._render)
        self.follow(speller, self._show_words)

    def first(self) -> QWidget:
        return self._radios.first

    def shown(self) -> None:
        self._speller.load()

    def _spelling(self, choices: Choices, speller: Speller) -> None:
        self.section("Spelling")
        self._fault = Banner("reading.fault")
        self._marks = WrappingCheck("Mark words that may be misspelt", "reading.spelling")
        self._marks.box.clicked.connect(lambda ticked: choices.mark_spelling(is_on=ticked))
        self._none = HintLabel("No words of your own yet. F7 on a marked word adds it")
        self._own = OwnWords(speller)
        self._own_field = Field("Your own words, kept in this vault", self._own, "reading.words.field")
        self._off = button("Take the word off", "reading.words.off")
        self._off.clicked.connect(lambda: self._own.take_off())
        row = QHBoxLayout()
        row.addWidget(self._off)
        row.addStretch(1)
        self.add_all((self._fault, self._marks, self._none, self._own_field, row))

    def _render(self, state: ChoicesState) -> None:
        self._radios.choose(list(SAVED_CHOICES).index(state.settings.saved_words))
        self._marks.box.setChecked(state.settings.spelling)

    def _show_words(self, state: SpellerState) -> None:
        had_focus = self._off.hasFocus() or self._own.hasFocus()
        self._own.show_words(state.own)
        for part in (self._own_field, self._off):
            part.setVisible(bool(state.own))
        self._none.setVisible(not state.own)
        if had_focus and not state.own:
            self._marks.box.setFocus(Qt.FocusReason.OtherFocusReason)
        if state.fault != self._fault.words:
            self._fault.say(state.fault, "danger")
