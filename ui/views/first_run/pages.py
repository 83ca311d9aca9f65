"""How each page of the wizard is made."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.presenters.first_run import FirstRun, FirstRunState, Page
from ui.presenters.restoring import Restoring
from ui.presenters.services import Say
from ui.views.first_run.last import PackPage, ReadyPage
from ui.views.first_run.page import WizardPage
from ui.views.first_run.secrets import PassphrasePage, RecoveryPage
from ui.views.first_run.start import StartPage
from ui.views.first_run.way import WayPage
from ui.views.restoring import RestoreView


class RestoreHolder(QWidget):
    """Restoring stands beside the six steps and has a presenter of its own."""

    def __init__(self, wizard: FirstRun) -> None:
        super().__init__()
        self.view = RestoreView(Restoring(wizard.door, wizard.restored), "setup.restore", wizard.back)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.view)

    @property
    def spoken(self) -> str:
        """What is said when the page comes up."""
        return self.view.page.heading.text()

    def go_on_by_keys(self) -> None:
        """The main button."""
        self.view.go()

    def show_state(self, state: FirstRunState) -> None:
        """Nothing of the wizard's own is shown here."""

    def first(self) -> QWidget:
        """Where the focus starts."""
        return self.view.first()

    def forget(self) -> None:
        """Keep no secret in a field that is left for good."""
        self.view.passphrase.clear()


AnyPage = WizardPage | RestoreHolder


def make_page(page: Page, wizard: FirstRun, say: Say) -> AnyPage:
    """The view of ``page``."""
    match page:
        case Page.START:
            return StartPage(wizard)
        case Page.RESTORE:
            return RestoreHolder(wizard)
        case Page.PASSPHRASE:
            return PassphrasePage(wizard, say)
        case Page.RECOVERY:
            return RecoveryPage(wizard, say)
        case Page.WAY:
            return WayPage(wizard)
        case Page.PACK:
            return PackPage(wizard)
        case Page.READY:
            return ReadyPage(wizard)
