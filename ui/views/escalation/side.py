"""Region D of Escalations: what is chosen, or the open form."""

from __future__ import annotations

from collections.abc import Callable

from ui.presenters.escalation.page import EscalationsPage, OpenPanel
from ui.views.escalation.details import Details
from ui.views.form_side import FormSide
from ui.views.panels.form_panel import FormPanel

_SAVE = "Save"


class EscalationsSide(FormSide):
    """One form at a time, over the details."""

    def __init__(self, page: EscalationsPage, print_sheet: Callable[[], None]) -> None:
        self.page = page
        self.details = Details(page, print_sheet)
        super().__init__(self.details, lambda: self.details.has_something, self._made)
        self.follow(page, lambda state: self.show_panel(state.panel))

    def _made(self, panel: OpenPanel) -> FormPanel:
        identifier = f"escalations.{panel.kind.name.lower()}"
        return FormPanel(panel.kind.value, panel.form, identifier, _SAVE, self.page.close_panel)
