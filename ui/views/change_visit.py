"""The form of a visit that is there (F2 on Home): its name first, ready to be typed over."""

from __future__ import annotations

from PySide6.QtCore import Qt

from ui.presenters.visit_changes import ChangeVisit, ChangeVisitState
from ui.presenters.wording import ui
from ui.views.panels.frame import PanelFrame
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.texts import PassText


class ChangeVisitPanel(PanelFrame):
    """Name, days and place; Enter saves from any field."""

    def __init__(self, presenter: ChangeVisit) -> None:
        super().__init__("Change the visit", presenter.close)
        visit = presenter.visit
        self._presenter = presenter
        self.name, self.when, self.until, self.place = PassText(), PassText(), PassText(), PassText()
        self.name.setText(visit.name)
        self.place.setText(visit.place)
        if visit.starts_on is not None:
            self.when.setText(ui.day(visit.starts_on))
        if visit.ends_on is not None and visit.ends_on != visit.starts_on:
            self.until.setText(ui.day(visit.ends_on))
        self._fields = {
            "name": Field("Visit name", self.name, "change_visit.name"),
            "when": Field("Date (optional)", self.when, "change_visit.when", hint="Like 12 November 2026"),
            "until": Field("Last day (optional)", self.until, "change_visit.until"),
            "place": Field("Place (optional)", self.place, "change_visit.place"),
        }
        self._fault = Banner("change_visit.fault")
        self.add(self._fault)
        for field in self._fields.values():
            self.add(field)
        save = button("Save", "change_visit.save", kind="primary")
        save.clicked.connect(lambda: self._save())
        self.add_row(save)
        self.main_action = self._save
        for each in (self.name, self.when, self.until, self.place):
            each.returnPressed.connect(self._save)
        self.follow(presenter, self._render)

    def take_focus(self) -> None:
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def _save(self) -> None:
        self._presenter.save(self.name.text(), self.when.text(), self.until.text(), self.place.text())

    def _render(self, state: ChangeVisitState) -> None:
        self.show_errors(state.errors, self._fields)
        if state.fault != self._fault.words:
            self._fault.say(state.fault, "danger")
