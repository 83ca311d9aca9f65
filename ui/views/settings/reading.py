"""Reading and sound."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.presenters.settings.choices import SAVED_CHOICES, Choices, ChoicesState
from ui.views.first_run.radios import Radios
from ui.views.settings.page import Page
from ui.widgets.fields import Field


class ReadingPage(Page):
    """What a screen reader is told after a note is saved."""

    def __init__(self, choices: Choices) -> None:
        super().__init__("reading", "Reading and sound")
        keys = list(SAVED_CHOICES)
        words = tuple(SAVED_CHOICES[key][0] for key in keys)
        hints = tuple(SAVED_CHOICES[key][1] for key in keys)
        question = "What a screen reader says after a note is saved"
        self._radios = Radios(question, "reading.saved", words, keys.index(choices.state.settings.saved_words), hints)
        self._radios.changed(lambda place: choices.say_saved(keys[place]))
        self.column.field("saved", Field(question, self._radios, "reading.saved.field"))
        self.column.say("Everything that was said can be read again: press Ctrl+K and type Messages.")
        self.section("Sound")
        self.column.say("FieldKit makes no sound. In a meeting nobody hears that you use it.")
        self.column.end()
        self.follow(choices, self._render)

    def first(self) -> QWidget:
        return self._radios.first

    def _render(self, state: ChoicesState) -> None:
        self._radios.choose(list(SAVED_CHOICES).index(state.settings.saved_words))
