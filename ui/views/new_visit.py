"""The form of a new visit, in the panel beside Home; only its name is required."""

from __future__ import annotations

from collections.abc import Callable

from ui.presenters.new_visit import NewVisit, NewVisitState
from ui.views.form import FormView
from ui.views.panels.frame import PanelFrame
from ui.widgets.labels import HintLabel


class NewVisitPanel(PanelFrame):
    """Everything in one column: assessment, name, days, place, packs, team, and a first meeting with its agenda."""

    def __init__(self, presenter: NewVisit, close: Callable[[], None]) -> None:
        super().__init__("Create a visit", close)
        self._form: FormView | None = None
        self.follow(presenter, self._render)

    def take_focus(self) -> None:
        if self._form is not None:
            self._form.take_focus("assessment")

    def _render(self, state: NewVisitState) -> None:
        if state.form is None or self._form is not None:
            return
        made: FormView = self.part(FormView(state.form, "new_visit", "Create the visit"))
        made.put_after("packs", HintLabel(f"Team: {state.team}"))
        self._form = made
        self._rows.insertWidget(self._rows.count() - 1, made)
        self.main_action = state.form.submit
        if self.isVisible():
            self.take_focus()
