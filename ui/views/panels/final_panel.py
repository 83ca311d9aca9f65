"""Why something final is made although questions are open: the form beside a page, and the way to Decide."""

from __future__ import annotations

from collections.abc import Callable

from ui.presenters.finalising import FinalPanel
from ui.views.panels.form_panel import FormPanel
from ui.widgets.buttons import button


class FinalFormPanel(FormPanel):
    """What is open, why it is made all the same, and beside the button that saves one that leads to Decide."""

    def __init__(self, panel: FinalPanel, close: Callable[[], None]) -> None:
        super().__init__(panel.heading, panel.form, panel.identifier, panel.save_words, close)
        self.decide = button("Decide", f"{panel.identifier}.decide")
        self.decide.clicked.connect(lambda: panel.decide())
        self.view.buttons.insertWidget(1, self.decide)
