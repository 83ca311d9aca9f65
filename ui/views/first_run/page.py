"""What every page of first run has: its step, heading, main button, and a way back."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.presenters.first_run import HEADINGS, FirstRun, FirstRunState, Page, step_of
from ui.qt.accessibility import named
from ui.views.columns import ColumnPage
from ui.widgets.buttons import button


class WizardPage(ColumnPage):
    """A page of the wizard; ``show_state`` is told every state while the page is up."""

    def __init__(self, wizard: FirstRun, page: Page, main: str = "Continue") -> None:
        super().__init__(f"setup.{page.value}", HEADINGS[page], step_of(page))
        self.wizard = wizard
        self.main = button(main, f"setup.{page.value}.continue", kind="primary")
        self.main.clicked.connect(lambda: self.go_on())
        self.back = button("Back", f"setup.{page.value}.back")
        self.back.clicked.connect(lambda: wizard.back())
        if page is Page.START:  # it never lays it out; others must, or Tab would come to it first
            self.back.setParent(self)

    def call_main(self, words: str) -> None:
        """What the main button is called now, on the screen and to a screen reader."""
        named(self.main, words).setText(words)

    def go_on(self) -> None:
        """The main button; every page does its own."""

    def go_on_by_keys(self) -> None:
        """Ctrl+Enter anywhere on the page, and Enter on one of its choices."""
        self.go_on()

    def show_state(self, state: FirstRunState) -> None:
        """Render what changed."""
        self.show_errors(state.errors)
        self.show_busy(state.busy)
        if state.warning:
            self.banner.say(state.warning, "warning")
        else:
            self.show_fault(state.fault)
        self.back.setVisible(state.may_go_back)

    def first(self) -> QWidget:
        """Where the focus starts."""
        return self.main

    @property
    def spoken(self) -> str:
        """What is said when the page comes up: ``Step 2 of 6. Create your passphrase``."""
        return ". ".join(words for words in (self.step.text(), self.heading.text()) if words)

    def forget(self) -> None:
        """Keep no secret in a field that is left for good."""
