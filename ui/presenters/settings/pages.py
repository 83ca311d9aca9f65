"""The presenters of all pages of Settings, made together and closed together."""

from __future__ import annotations

from ui.presenters.decided import Decided
from ui.presenters.display import Display
from ui.presenters.enrol_later import EnrolLater
from ui.presenters.recovery import Recovery
from ui.presenters.services import Session
from ui.presenters.settings.about import About
from ui.presenters.settings.choices import Choices
from ui.presenters.settings.deeds import DisplayDeeds
from ui.presenters.settings.keyboard import Keyboard
from ui.presenters.settings.network import NetworkPage
from ui.presenters.settings.office import OfficePage
from ui.presenters.settings.packs import Packs
from ui.presenters.settings.passphrase import ChangePassphrase
from ui.presenters.settings.services import Outside
from ui.presenters.settings.storage import Storage
from ui.presenters.settings.take_in import TakeIn
from ui.presenters.settings.take_out import TakeOut
from ui.presenters.settings.teams import Teams
from ui.presenters.shortcuts import Shortcuts
from ui.presenters.writing.speller import Speller


class SettingsPages:
    """Nothing is read before its page is shown. ``session`` is the open vault's."""

    def __init__(
        self, session: Session, display: Display, outside: Outside, shortcuts: Shortcuts, speller: Speller
    ) -> None:
        self.session = session
        self.display = DisplayDeeds(display, session.undo)
        self.keyboard = Keyboard(shortcuts, session.undo)
        self.speller = speller
        self.choices = Choices(outside.preferences, session.undo)
        self.passphrase = ChangePassphrase(session, outside.keeper)
        self.recovery = Recovery(session, outside.sheets)
        self.packs = Packs(session, outside.packs)
        self.enrol = EnrolLater(session)
        self.office = OfficePage(session)
        self.network = NetworkPage(session)
        self.decided = Decided(session)
        self.teams = Teams(session)
        self.storage = Storage(session, outside.keeper, outside.erase)
        self.take_out = TakeOut(session, outside.keeper)
        self.take_in = TakeIn(session, outside.keeper)
        self.about = About(session, outside.papers, outside.sheets)

    def close(self) -> None:
        """Hear nothing more; what is going on is stopped."""
        for one in (self.keyboard, self.choices, self.recovery, self.enrol, self.office, self.decided, self.storage):
            one.close()
        self.network.close()
        self.teams.close()
        self.take_out.close()
        self.take_in.close()
