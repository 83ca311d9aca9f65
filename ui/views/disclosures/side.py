"""Region D of the page: the disclosure that is chosen, or the open form."""

from __future__ import annotations

from ui.presenters.disclosures.page import DisclosuresPage
from ui.presenters.disclosures.state import OpenPanel
from ui.views.disclosures.details import Details
from ui.views.form_side import FormSide
from ui.views.panels.form_panel import FormPanel


class DisclosuresSide(FormSide):
    """One form at a time, over the details; both are gone as soon as the box is closed."""

    def __init__(self, page: DisclosuresPage) -> None:
        self.page = page
        self.details = Details(page)
        super().__init__(self.details, lambda: self.details.has_something, self._made)
        self.follow(page, lambda state: self.show_panel(state.panel))

    def _made(self, panel: OpenPanel) -> FormPanel:
        identifier = f"disclosures.{panel.kind.name.lower()}"
        return FormPanel(panel.kind.value, panel.form, identifier, "Save", self.page.close_panel)
