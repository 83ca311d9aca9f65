"""Region D while somebody says who may know: the form, and beside its button the one that lifts the restriction."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from ui.presenters.restricting.form import RestrictForm
from ui.views.panels.form_panel import FormPanel
from ui.views.rendering import SideView
from ui.widgets.buttons import button


class RestrictPanel(FormPanel):
    """The form with its way out."""

    def __init__(self, form: RestrictForm) -> None:
        facts = form.facts
        heading = f"Who may know: {facts.name}"
        super().__init__(heading, form, "restrict", "Save" if form.can_lift else "Restrict", form.leave)
        self.lift = button("Lift the restriction", "restrict.lift")
        self.lift.clicked.connect(lambda: form.lift())
        self.add_row(self.lift)
        self.lift.setVisible(form.can_lift)  # in its place by now: alone it would be a window of its own


class RestrictSide(SideView):
    """Holds the one panel for as long as it is open."""

    def __init__(self, form: RestrictForm) -> None:
        super().__init__()
        self.panel: RestrictPanel = self.part(RestrictPanel(form))
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.panel)

    def take_focus(self) -> None:
        self.panel.take_focus()
