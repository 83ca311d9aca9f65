"""What lives from unlocking to locking beside the pages: Home, Send, the status line, sound, what is kept at hand."""

from __future__ import annotations

from collections.abc import Callable

from fieldkit.kernel.ids import AssessmentId
from ui.presenters.decided import Decided
from ui.presenters.deciding.known import KnownQuestions
from ui.presenters.exercises import Exercises
from ui.presenters.exposure import ExposurePage
from ui.presenters.findings.known import KnownUses
from ui.presenters.help import Help
from ui.presenters.home import Home
from ui.presenters.restricting.known import KnownRestrictions
from ui.presenters.send import Send
from ui.presenters.services import Session
from ui.presenters.shortcuts import Shortcuts
from ui.presenters.sound.known import KnownRecordings
from ui.presenters.sound.player import Player
from ui.presenters.sound.recorder import Recorder
from ui.presenters.status_line import StatusLine
from ui.presenters.twin_figures import TwinFigures
from ui.presenters.writing.speller import Speller


class BenchParts:
    """Made with the workbench and closed with it; the session learns here what pages may ask of it.

    ``is_home_up`` tells whether somebody looks at Home, ``assessment`` which one is worked on.
    """

    def __init__(
        self, session: Session, shortcuts: Shortcuts, is_home_up: Callable[[], bool],
        assessment: Callable[[], AssessmentId | None],
    ) -> None:  # fmt: skip
        self.exposure = ExposurePage(session)
        self.home = Home(session, is_home_up)
        self.exercises = Exercises(session, shortcuts) if session.is_practice else None
        self.send = Send(session)
        self.help = Help(shortcuts, session, assessment)
        self.status = StatusLine(session)
        self.decided = Decided(session)
        self.twins = TwinFigures(session)
        self.speller = Speller(session)
        self.recorder = Recorder(session)
        session.recordings = self.recordings = KnownRecordings(session.workspace)
        session.restrictions = self.restrictions = KnownRestrictions(session.workspace)
        session.asked = self.asked = KnownQuestions(session.workspace, session.later)
        session.uses = self.uses = KnownUses(session)
        self.player = Player(session, self.recordings, lambda: self.recorder.state.is_on)

    def start(self) -> None:
        """Read what waits, what is at stake and how each visit stands."""
        self.status.start()
        self.home.load()
        self.recordings.load()
        self.restrictions.load()
        self.asked.load()
        self.uses.load()
        self.recorder.recover()
        if self.exercises is not None:
            self.exercises.start()

    def close(self) -> None:
        """What is typed goes to disk, and nothing is heard any more."""
        for one in (self.home, self.send, self.status, self.decided, self.exposure, self.help, self.speller):
            one.close()
        for part in (self.player, self.recordings, self.restrictions, self.asked, self.uses, self.recorder, self.twins):
            part.close()
        if self.exercises is not None:
            self.exercises.close()
