"""Add a person by code and role, or change the role; a name is asked for nowhere."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from ui.presenters.log.panels import AddPerson, PersonState
from ui.views.panels.frame import PanelFrame
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.labels import HintLabel
from ui.widgets.texts import PassText


class PersonPanel(PanelFrame):
    """The form."""

    def __init__(self, panel: AddPerson, close: Callable[[], None]) -> None:
        known = panel.state.known
        super().__init__(f"Change {known.code}, {known.role}" if known else "Add a person", close)
        self._panel = panel
        self.code = PassText(panel.state.code)
        self.role = PassText(known.role if known else "")
        self.organisation = PassText(known.organisation if known else "")
        self.code.setReadOnly(known is not None)
        self._fields = {
            "code": Field(
                "Code",
                self.code,
                "person.code",
                hint="Stays: notes speak of it" if known else "What you type before a colon, like ch",
            ),
            "role": Field("Role", self.role, "person.role", hint="Like Director of nursing. Never a name"),
            "organisation": Field("Organisation (optional)", self.organisation, "person.organisation"),
        }
        for field in self._fields.values():
            self.add(field)
        save = button("Save" if known else "Add", "person.save", kind="primary")
        save.clicked.connect(self._save)
        for each in (self.code, self.role, self.organisation):
            each.returnPressed.connect(self._save)
        self.add_row(save, HintLabel("Enter"))
        self.main_action = self._save
        self.follow(panel, self._render)

    def take_focus(self) -> None:
        first = self.role if self.code.text() else self.code
        first.selectAll()
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        self._panel.save(self.code.text(), self.role.text(), self.organisation.text())

    def _render(self, state: PersonState) -> None:
        self.show_errors(state.errors, self._fields)
