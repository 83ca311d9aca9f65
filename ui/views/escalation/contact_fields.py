"""Who was told, how, when, and what they said they would do: the same fields on the card wherever it stands."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from fieldkit.domain.escalation import How
from ui.presenters.escalation import words
from ui.widgets.fields import Field
from ui.widgets.texts import PassText


class ContactFields(QWidget):
    """``put`` is told a field's name and its text, ``save`` that Enter was pressed in one of them."""

    def __init__(self, put: Callable[[str, str], None], save: Callable[[], None]) -> None:
        super().__init__()
        self._lines: dict[str, PassText] = {}
        self.fields: dict[str, Field] = {}
        for name, label, hint in (
            ("told", "Who did you tell?", "Their role, not their name"),
            ("said", "What they said they would do", ""),
            ("at", "When", "Like 10:34"),
            ("answer_due", "Answer due by", "Like 15:00"),
        ):
            line = PassText()
            line.textEdited.connect(lambda text, name=name: put(name, text))
            line.returnPressed.connect(save)
            self._lines[name] = line
            self.fields[name] = Field(label, line, f"escalate.{name}", hint=hint)
        self._how = QComboBox()
        for one in How:
            self._how.addItem(words.HOW[one], one.value)
        self._how.activated.connect(lambda _: put("how", str(self._how.currentData())))
        self.fields["how"] = Field("How", self._how, "escalate.how")
        self._lay_out()

    def take_focus(self) -> None:
        """Who was told comes first."""
        self._lines["told"].setFocus(Qt.FocusReason.PopupFocusReason)

    def show_values(self, values: dict[str, str]) -> None:
        """What stands in the fields."""
        for name, line in self._lines.items():
            if line.text() != values.get(name, ""):
                line.setText(values.get(name, ""))
        place = self._how.findData(values.get("how") or How.IN_PERSON.value)
        if place != self._how.currentIndex():
            self._how.setCurrentIndex(place)

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(self.fields["told"])
        rows.addWidget(self.fields["said"])
        small = QHBoxLayout()
        small.setSpacing(8)
        for name in ("at", "how", "answer_due"):
            small.addWidget(self.fields[name], 1, Qt.AlignmentFlag.AlignBottom)
        rows.addLayout(small)
