"""Add a person by code and role, or change the role; a name is asked for nowhere."""

from __future__ import annotations

from ui.presenters.log.panels import AddPerson, EditPerson
from ui.views.panels.form_panel import FormPanel


def person_panel(form: AddPerson | EditPerson) -> FormPanel:
    """The form: the focus is in the code, or in the role where the code is there already."""
    if isinstance(form, EditPerson):
        heading = f"Change {form.person.code}, {form.person.role}"
        return FormPanel(heading, form, "person", "Save", form.leave, type_over="role")
    return FormPanel("Add a person", form, "person", "Add", form.leave, type_over=form.begins_at)
