"""A form in region D, in the frame of every panel there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from ui.presenters.forms import Form
from ui.views.form import FormView
from ui.views.panels.frame import PanelFrame


class FormPanel(PanelFrame):
    """A form in region D. ``close`` is called on Esc and by its button; what was entered stays as a draft.

    ``main_action`` is what Ctrl+Enter does, if it is not what the button does. ``type_over`` is the field that the
    focus begins in, its words selected; words brought back are never typed over.
    """

    def __init__(
        self,
        heading: str,
        form: Form,
        identifier: str,
        save_words: str,
        close: Callable[[], None],
        *,
        type_over: str = "",
        main_action: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(heading, close)
        self._type_over = type_over
        self.view: FormView = self.part(FormView(form, identifier, save_words))
        self._rows.insertWidget(self._rows.count() - 1, self.view)
        self.main_action = self.view.main_action = main_action or form.submit

    def take_focus(self) -> None:
        field = self.view.fields.get(self._type_over)
        if field is None:
            self.view.take_focus()
            return
        field.control.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(field.control, QLineEdit) and not self.view.form.is_begun(self._type_over):
            field.control.selectAll()

    def forget(self) -> None:
        """Empty every field; call it after ``close_view``."""
        self.view.forget()
