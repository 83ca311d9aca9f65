"""The form of a visit that is there (F2 on Home): its name first, ready to be typed over."""

from __future__ import annotations

from ui.presenters.visit_changes import ChangeVisit
from ui.views.panels.form_panel import FormPanel


def change_visit_panel(form: ChangeVisit) -> FormPanel:
    """Name, days and place; Enter saves from any field."""
    return FormPanel("Change the visit", form, "change_visit", "Save", form.leave, type_over="name")
