"""Steps 5 and 6: the framework pack, and where to begin."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.presenters.first_run import FirstRun, FirstRunState, Next, Page
from ui.views.first_run.page import WizardPage
from ui.views.first_run.radios import Radios
from ui.widgets.buttons import button


class PackPage(WizardPage):
    """Which framework a new assessment starts with."""

    def __init__(self, wizard: FirstRun) -> None:
        super().__init__(wizard, Page.PACK)
        self.say("What your notes are tagged with. Each assessment can use another one.")
        self._radios: Radios | None = None
        self._place = QVBoxLayout()
        self.add(self._place)
        self.buttons(self.main, self.back)
        self.end()

    def go_on(self) -> None:
        self.wizard.choose_pack(self._radios.chosen if self._radios else 0)

    def show_state(self, state: FirstRunState) -> None:
        super().show_state(state)
        if state.packs and self._radios is None:
            words = tuple(one.title for one in state.packs)
            hints = tuple(f"{one.statements} statements, {one.effective}" for one in state.packs)
            self._radios = Radios("Framework pack", "setup.pack", words, chosen=state.pack, hints=hints)
            self._place.addWidget(self._radios)
            QWidget.setTabOrder(self._radios.last, self.main)  # made after the buttons that it stands above
            QWidget.setTabOrder(self.main, self.back)

    def first(self) -> QWidget:
        return self._radios.first if self._radios else self.main


class ReadyPage(WizardPage):
    """Done: practise first, or begin."""

    def __init__(self, wizard: FirstRun) -> None:
        super().__init__(wizard, Page.READY, "Create a visit")
        self.say(
            "Your vault is ready. Everything you type is saved on this laptop within a second, encrypted. FieldKit "
            "locks by itself after 15 minutes without a key."
        )
        self.say("Practise on the sample visit for ten minutes, or create a visit, paste its agenda and start typing.")
        self.sample = button("Open the sample visit", "setup.ready.sample")
        self.sample.clicked.connect(lambda: wizard.finish(Next.SAMPLE))
        self.buttons(self.main, self.sample, self.back)
        self.end()

    def go_on(self) -> None:
        self.wizard.finish(Next.VISIT)
