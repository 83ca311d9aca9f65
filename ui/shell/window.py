"""The one window: first run, the locked screen or the open vault, and everything that works on all of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QPushButton, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from ui.presenters.display import Display
from ui.presenters.entrance import Entrance, EntranceState, Stage
from ui.presenters.page import Page, Part
from ui.presenters.preferences import Preferences
from ui.presenters.shortcuts import KeptShortcuts, Shortcuts
from ui.presenters.timing import Later
from ui.presenters.unlock import Unlock, UnlockState
from ui.presenters.wording.toolkit import ERROR_PREFIX
from ui.presenters.wording.ui import PRACTICE, PRODUCT
from ui.qt.announce import Announcer
from ui.qt.taking_apart import take_apart
from ui.qt.theme import appearance
from ui.qt.ticks import Ticks
from ui.qt.turns import turns
from ui.shell.actions import Actions
from ui.shell.chords import Chords
from ui.shell.close_question import Closing, end_dialogs, may_close
from ui.shell.held_keys import HeldKeys
from ui.shell.placing import to_front
from ui.shell.risk_key import RiskKey
from ui.views.rendering import View
from ui.widgets.error_summary import ErrorSummary
from ui.widgets.focus_ring import FocusRing

if TYPE_CHECKING:  # nothing of the open vault is imported before the first screen is painted
    from ui.presenters.first_run import FirstRun
    from ui.presenters.idle_lock import IdleLock, IdleState
    from ui.presenters.services import OfficeState, Session
    from ui.presenters.settings.services import Outside
    from ui.presenters.workbench import Workbench, WorkbenchState
    from ui.shell.desk import Desk
    from ui.shell.risk_door import RiskDoor
    from ui.shell.sound_line import SoundLine

Steps = Generator[None, None, None]
_SMALLEST = (720, 480)
_ACTIVITY = (QEvent.Type.KeyPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)


class MainWindow(QWidget):
    """``ended`` is called when the window has closed for good."""

    def __init__(
        self,
        entrance: Entrance,
        outside: Callable[[], Outside],
        preferences: Preferences,
        display: Display,
        announcer: Announcer,
        later: Later,
        ended: Callable[[], None],
    ) -> None:
        super().__init__()
        self._make_outside = outside
        self._preferences = preferences
        self.setObjectName("window")
        self.setAccessibleName(PRODUCT)
        self._entrance = entrance
        self._display = display
        self._announcer = announcer
        self._later = later
        self._ended = ended
        self._idle: IdleLock | None = None
        self._wizard: FirstRun | None = None
        self._unlock: Unlock | None = None
        self._bench: Workbench | None = None
        self._desk: Desk | None = None
        self._risk: RiskDoor | None = None
        self._view: View | None = None
        self._overlay: View | None = None
        self._held = HeldKeys()
        self._opening = ""
        self._wants_visit = False
        self._closing = Closing(self._later, self._office, self.close, self.say)
        self._stirred = 0.0
        self._pressed = 0.0
        self._under_overlay: QWidget | None = None
        self._stack = QStackedWidget()
        self._sound: SoundLine | None = None
        self._rows = rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._stack)
        self._ring = FocusRing(self)
        self._ticks = Ticks(self.say, self)
        self._chords = Chords(self, lambda chord: self.commands.press(chord))
        self.shortcuts = _shortcuts(self._preferences)
        self.commands = Actions(self)
        self._chords.bind(self.shortcuts.state)
        self._risk_key = RiskKey(self, self.shortcuts, self._escalate)
        self._leave = [entrance.changed.listen(self._staged), self.shortcuts.changed.listen(self._chords.bind)]
        self.setMinimumSize(*_SMALLEST)
        self._staged(entrance.state)

    @property
    def _outside(self) -> Outside:
        return self._make_outside()

    @property
    def view(self) -> View:
        """What is up: the wizard, the locked screen or the desk."""
        assert self._view is not None
        return self._view

    @property
    def desk(self) -> Desk | None:
        """The desk, while the vault is open."""
        return self._desk

    @property
    def bench(self) -> Workbench | None:
        """The open vault's screens, while it is open."""
        return self._bench

    @property
    def risk(self) -> RiskDoor | None:
        """The way to the card of an escalation, while the vault is open."""
        return self._risk

    @property
    def quiet_seconds(self) -> float:
        """Seconds since anybody touched a key or the pointer; at the locked screen too, where a passphrase is typed."""
        return time.monotonic() - self._stirred

    @property
    def since_key(self) -> float:
        """Seconds since a key was pressed; may be asked from any thread."""
        return time.monotonic() - self._pressed

    def stir(self) -> None:
        """Somebody is there."""
        self._stirred = time.monotonic()

    @property
    def wizard(self) -> FirstRun | None:
        """First run, while it is up."""
        return self._wizard

    @property
    def display(self) -> Display:
        """Text size and colours."""
        return self._display

    @property
    def announcer(self) -> Announcer:
        """What was said."""
        return self._announcer

    def say(self, text: str, urgent: bool = False) -> None:
        """Tell a screen reader."""
        self._announcer.announce(text, urgent)

    def lock(self) -> None:
        """Ctrl+L: everything typed goes to disk, the words leave the screen, the vault closes."""
        if self._entrance.state.stage is Stage.OPEN:
            practice = self._entrance.state.is_practice
            self._entrance.lock()
            self.say("Practice is closed" if practice else "FieldKit is locked. Your work is saved")

    def bring_to_front(self) -> None:
        """A second start asked for this window."""
        to_front(self)

    def show_overlay(self, view: View | None) -> None:
        """Text size, help or messages over what is up; None goes back, and the focus to where it was."""
        if self._overlay is not None:
            self._overlay.close_view()
            self._stack.removeWidget(self._overlay)
            self._overlay.deleteLater()
            self._overlay = None
        elif view is not None:
            self._under_overlay = QApplication.focusWidget()
        if view is not None:
            self._overlay = view
            self._put_in(view)
            self._stack.setCurrentWidget(view)
            view.take_focus()
        elif self._view is not None:
            self._stack.setCurrentWidget(self._view)
            self._focus_back()

    def _focus_back(self) -> None:
        before, self._under_overlay = self._under_overlay, None
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._view is not None:
            self._view.take_focus()

    def show_display(self) -> None:
        """Text size and colours, also before any secret is typed."""
        from ui.views.display import DisplayView

        self.show_overlay(DisplayView(self._display, lambda: self.show_overlay(None)))

    def show_help(self, part: Part = Part.ANSWERS) -> None:
        """F1 where there is no main menu. Going back leads to the very control one came from."""
        if self._overlay is not None:
            return
        from ui.presenters.help import Help
        from ui.presenters.help_answers import FIRST_RUN, UNLOCK
        from ui.views.help import HelpView

        before = QApplication.focusWidget()

        def done() -> None:
            self.show_overlay(None)
            if before is not None and shiboken6.isValid(before) and before.isVisible():
                before.setFocus(Qt.FocusReason.OtherFocusReason)

        answers = Help(self.shortcuts)
        answers.show(part, FIRST_RUN if self._entrance.state.stage is Stage.FIRST_RUN else UNLOCK)
        view = HelpView(answers, self._outside.sheets, None, done)
        view.hear(answers.close)
        self.show_overlay(view)

    def open_sample(self) -> None:
        """Practise. From an open vault of one's own that vault is locked first."""
        if self._entrance.state.stage is Stage.OPEN:
            self.lock()
        self._entrance.practice_door.open("", self._entrance.entered, self.tell)

    def showEvent(self, event: QShowEvent) -> None:
        # Where keys and pointer arrive. A filter on the application would take every event of every widget through
        # Python, which made each page a sixth slower to build.
        super().showEvent(event)
        if (handle := self.windowHandle()) is not None:
            handle.installEventFilter(self)
            self._risk_key.belongs_to(handle)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress:
            self._pressed = time.monotonic()
        if event.type() in _ACTIVITY:
            self.stir()
            if self._idle is not None:
                self._idle.active()
        if QApplication.activePopupWidget() is not None and self._risk_key.takes(event):
            return True  # an open list keeps the window's shortcuts from their keys
        return self._held.is_holding and self._held.takes(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt's buttons answer to Space only; on the web and in every form people press Enter.
        if event.key() == Qt.Key.Key_Escape and self._overlay is not None:
            self.show_overlay(None)
            return
        focused = self.focusWidget()
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and isinstance(focused, QPushButton | QToolButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        session = self._entrance.session
        if session is not None and not may_close(self, session.office.state, self._closing.begin):
            event.ignore()
            return
        self.end()
        event.accept()

    def _office(self) -> OfficeState | None:
        session = self._entrance.session
        return session.office.state if session is not None else None

    def end(self) -> None:
        """Close everything in order; what is typed is on disk before the vault closes."""
        if (handle := self.windowHandle()) is not None:
            handle.removeEventFilter(self)
        for leave in self._leave:
            leave()
        self._leave.clear()
        self._drop_view()
        self._entrance.lock()
        self._ended()

    def _staged(self, state: EntranceState) -> None:
        self.show_overlay(None)
        if state.stage is not Stage.OPEN:
            self._held.drop()  # a passphrase that is typed next belongs to no log
            end_dialogs()
        if self._bench is not None:
            self._announcer.forget()
        if state.stage is Stage.OPEN:  # a turn of its own, behind the one in which the vault came
            turns().soon(partial(self._enter, self._entrance.session))
            return
        self._drop_view()
        self._wants_visit = False
        self._show_view(self._first_run() if state.stage is Stage.FIRST_RUN else self._locked())

    def _enter(self, session: Session | None, steps: Steps | None = None) -> None:
        if session is None or session is not self._entrance.session:  # locked again meanwhile
            if steps is not None:
                steps.close()
            return
        steps = steps or self._open(session)
        if next(steps, self) is not self:
            turns().soon(partial(self._enter, session, steps))

    def _show_view(self, view: View) -> None:
        self._view = view
        self._chords.be_inside(is_inside=view is self._desk)
        self._put_in(view)
        self._stack.setCurrentWidget(view)
        if self._desk is None:
            self.setWindowTitle(PRODUCT)
        view.take_focus()
        # Once more: a window that is just being shown gives its first focus away. By then another view may be up.
        self._later(0, lambda: view.take_focus() if view is self._view else None)

    def _put_in(self, view: View) -> None:
        """The desk dresses each of its parts for itself, so that a change of theme need not style what is not seen."""
        if view.parentWidget() is not self._stack:
            view.setParent(self._stack)
        if view is not self._desk:
            appearance().dress(view)
        self._stack.addWidget(view)

    def _first_run(self) -> View:
        from ui.presenters.first_run import FirstRun
        from ui.views.first_run.wizard import Wizard

        outside = self._outside
        self._wizard = FirstRun(
            self._entrance.door, outside.sheets, self._entrance.entered, self.open_sample, checks=outside.checks,
            create_visit=self._create_visit, left_alone=self._entrance.left_alone,
        )  # fmt: skip
        return Wizard(self._wizard, self.say, self.show_display, self.show_help)

    def _escalate(self) -> None:
        """From over a dialog or an open list; a locked screen has no card."""
        if self._risk is not None:
            self._risk.open()

    def _create_visit(self) -> None:
        """First run ends in the form of a visit."""
        if self._bench is not None:
            self._bench.create_visit()
        else:
            self._wants_visit = True

    def _locked(self) -> View:
        from ui.views.unlock import UnlockView

        entrance = self._entrance
        unlock = Unlock(entrance.door, self._later, entrance.entered, entrance.start_afresh)
        view = UnlockView(unlock, self.say, self.show_display, self.show_help, self.open_sample)
        view.hear(unlock.close)
        view.follow(unlock, self._unlocking)
        self._unlock = unlock
        return view

    def _open(self, session: Session) -> Steps:
        """The desk of an open vault, a part in each turn: in one they are 25 ms of work, and 60 where much is going on.

        Until the last part is there the locked screen stays.
        """
        from ui.presenters.palette.find_or_do import FindOrDo
        from ui.presenters.workbench import Workbench
        from ui.shell.desk import Desk
        from ui.shell.screens import Screens
        from ui.shell.sound_line import SoundLine

        bench = Workbench(session, self.shortcuts)
        sample = None if session.is_practice else self.open_sample
        screens = Screens(bench, self._display, self._outside, self.shortcuts, sample, self.commands.run)
        finder = FindOrDo(session, self.shortcuts, self.commands.available)
        made: list[View] = []
        try:
            yield
            made.append(desk := Desk(bench, finder, screens, self.say, self._stack))
            desk.hear(finder.close)
            yield
            made.append(sound := SoundLine(bench, desk.take_focus, self))
            yield
        except GeneratorExit:
            for view in made:
                view.close_view()
                view.deleteLater()
            if not made:
                finder.close()
                screens.close()
            bench.close()
            raise
        self._drop_view()
        self._bench, self._desk, self._sound = bench, desk, sound
        self._furnish(session, bench, desk, sound)
        self._show_view(desk)
        wants_visit, self._wants_visit = self._wants_visit, False
        if wants_visit:
            self._create_visit()

    def _furnish(self, session: Session, bench: Workbench, desk: Desk, sound: SoundLine) -> None:
        from ui.presenters.idle_lock import IdleLock
        from ui.shell.risk_door import RiskDoor

        self._risk = risk = RiskDoor(self, desk, bench, self.say, lambda: self.commands.run("risk_numbers"))
        desk.sound = sound
        self._rows.insertWidget(0, sound)
        desk.hear(risk.close)
        desk.pressed.connect(self.commands.run)
        desk.arrived.connect(self.commands.arrived)
        desk.retitled.connect(lambda words: self._retitle(words, session))
        self._idle = idle = IdleLock(session.clock, self._later, self.lock, self.say)
        desk.follow(idle, lambda state: self._warned(desk, state))
        desk.follow(bench, lambda _: self._paced(bench, idle))
        desk.follow(bench, self._uncover)
        desk.follow(self._preferences, lambda _: self._paced(bench, idle))
        desk.follow(bench.decided, lambda _: self._paced(bench, idle))
        self._retitle(desk.title, session)
        if session.notice:
            desk.notice.say(session.notice, "warning", remedy="Dismiss", do=desk.notice.clear)
            self.say(session.notice, urgent=True)
        bench.start()
        desk.follow(bench, self._keep_or_give)

    def _unlocking(self, state: UnlockState) -> None:
        if state.is_trying:
            self._held.hold()
        elif state.errors or state.fault or state.wait_seconds:
            self._held.drop()

    def _keep_or_give(self, state: WorkbenchState) -> None:
        """What is typed while a page is being opened belongs to it; to Home, which nobody asked for, nothing does."""
        if state.opening:
            self._held.hold()
        elif state.page is Page.LOG or self._opening == "page":
            self._held.give()
        else:
            self._held.drop()
        self._opening = state.opening

    def _uncover(self, state: WorkbenchState) -> None:
        """Messages are words of the vault too: they go when the screen is hidden."""
        if state.is_hidden and self._overlay is not None:
            self.show_overlay(None)

    def _paced(self, bench: Workbench, idle: IdleLock) -> None:
        is_log, settings = bench.state.page is Page.LOG, self._preferences.state
        self._display.log_is_open(is_open=is_log)
        own = settings.log_lock_minutes if is_log else settings.lock_minutes
        idle.allow(bench.decided.state.lock_minutes or own)

    def _warned(self, desk: Desk, state: IdleState) -> None:
        if state.warning != desk.idle.words:
            desk.idle.say(state.warning, "warning")

    def _retitle(self, words: str, session: Session) -> None:
        practice = f"{PRACTICE} – " if session.is_practice else ""
        error = ERROR_PREFIX if any(one.isVisible() for one in self.findChildren(ErrorSummary)) else ""
        self.setWindowTitle(f"{error}{practice}{words} – {PRODUCT}" if words else f"{error}{practice}{PRODUCT}")

    def _drop_view(self) -> None:
        if self._idle is not None:
            self._idle.close()
            self._idle = None
            self._display.log_is_open(is_open=False)
        bench, self._bench = self._bench, None
        self._desk = self._risk = None
        sound, self._sound = self._sound, None
        if sound is not None:
            sound.close_view()
            sound.hide()
            sound.deleteLater()
        view, self._view = self._view, None
        wizard, self._wizard = self._wizard, None
        if wizard is not None:
            wizard.close()
        if view is not None:
            view.close_view()
        if bench is not None:
            bench.close()
        if view is not None:
            self._stack.removeWidget(view)
            take_apart(view, view.pieces())

    def tell(self, problem: Exception) -> None:
        """Something that was asked of a closed vault did not work: on the first or the locked screen."""
        if self._wizard is not None:
            self._wizard.tell(problem)
        elif self._unlock is not None:
            self._unlock.tell(problem)


def _shortcuts(preferences: Preferences) -> Shortcuts:
    kept = KeptShortcuts(chosen=preferences.state.shortcuts, alt_numbers=preferences.state.alt_numbers)
    return Shortcuts(kept, lambda now: preferences.put(shortcuts=dict(now.chosen), alt_numbers=now.alt_numbers))
