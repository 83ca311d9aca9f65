"""Everything that lives as long as the program: lanes, doors, the window, and the order in which they end."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn

from PySide6.QtWidgets import QApplication

from fieldkit import __version__
from fieldkit.app.giving_way import GivingWay
from fieldkit.app.lanes import Lanes
from fieldkit.app.settings import Settings
from fieldkit.kernel.clock import Clock, SystemClock
from ui.launch.calm import Calm
from ui.launch.practice_door import PracticeVault
from ui.launch.shelf import Shelf
from ui.launch.vault_door import LocalVault, Surroundings
from ui.places import Places, keep_settings, load_settings
from ui.presenters.display import Colours, Display, DisplayState, Movement, Rows
from ui.presenters.entrance import Entrance, EntranceState, Stage
from ui.presenters.preferences import Preferences
from ui.qt.announce import Announcer
from ui.qt.clipboard import forget_secrets
from ui.qt.computer import text_percent, wants_less_movement
from ui.qt.icons import read_icons
from ui.qt.imports import meet_every_kind
from ui.qt.main_thread import MainThread
from ui.qt.taking_apart import finish
from ui.qt.theme import appearance
from ui.qt.tokens import Density, ThemeName
from ui.shell.later import QtLater
from ui.shell.placing import open_at, place_of, settle
from ui.shell.window import MainWindow
from ui.widgets.crash import CrashGuard

if TYPE_CHECKING:  # loaded with the vault, not before the first screen is painted
    from ui.presenters.services import Failed
    from ui.presenters.settings.services import Outside

_THEMES = {Colours.LIGHT: ThemeName.LIGHT, Colours.DARK: ThemeName.DARK, Colours.HIGH_CONTRAST: ThemeName.HIGH_CONTRAST}
_WARM_SECONDS = 0.05
"""After the first paint: importing the vault's libraries takes half a second that nobody has to wait for."""


class House:
    """``open`` shows the window; ``shut_down`` ends sending, drains the store lane and closes the vault."""

    def __init__(self, app: QApplication, places: Places, clock: Clock | None = None) -> None:
        self._app = app
        self._places = places
        self._main = MainThread()
        self._later = QtLater()
        time = clock or SystemClock()
        self._announcer = Announcer(now=time.now)
        self.preferences = Preferences(load_settings(places), self._keep)
        self._calm = Calm(self._later, lambda: self.window.quiet_seconds)
        self._calm.begin()
        self.lanes = Lanes.threads(self._main.deliver, GivingWay(lambda: self.window.since_key))
        self._around = around = Surroundings(
            lanes=self.lanes,
            clock=time,
            later=self._later,
            say=self._announcer.announce,
            shelf=Shelf(added=places.packs),
            preferences=self.preferences,
        )
        self._own = LocalVault(places.vault, around)
        self._practice = PracticeVault(places.practice, around)
        self.entrance = Entrance(self._own, self._practice)
        self.entrance.changed.listen(_forget_secrets)
        appearance().take_turns(are_taken=True)
        self.display = Display(_display_of(self.preferences.state), self._keep_display, text_percent)
        self.display.changed.listen(_show)
        _show(self.display.state)
        self.wants_restart = False
        self._guard = CrashGuard(
            version=__version__, deliver=self._main.deliver, restart=self._ask_restart, close=self._app.quit
        )
        self._give_back = self._guard.install()
        self.window = MainWindow(
            self.entrance, lambda: self.outside, self.preferences, self.display, self._announcer, self._later, app.quit
        )

    def open(self) -> None:
        """Show the window, then import what unlocking will need."""
        open_at(self.window, self.preferences.state.window)
        self._later(0, lambda: settle(self.window))
        self._later(_WARM_SECONDS, self._warm)

    def shut_down(self) -> None:
        """In order: screens, sending, what was handed to the store lane, the vault, the threads."""
        forget_secrets()  # before the end: some systems keep what is on the clipboard for ever then
        if self.window.isVisible() or self.entrance.session is not None:
            self.preferences.put(window=place_of(self.window).kept())
            self.window.end()
            self.window.hide()
        appearance().take_turns(are_taken=False)
        self._calm.end()
        self._later.close()
        for door in (self._own, self._practice):
            if door.closing is not None:
                door.closing.exception()
        self.lanes.stop()
        for door in (self._own, self._practice):
            door.let_go()
        self._practice.stop_office()
        self._main.close()
        self._give_back()
        finish()
        self.window.deleteLater()

    def _warm(self) -> None:
        meet_every_kind()  # before the rest: loading libraries on the lane holds up this thread for 30 ms
        self._own.warm()
        self.lanes.store.submit(lambda: self.outside)
        self.lanes.store.submit(self._around.shelf.warm)
        self.lanes.store.submit(read_icons)
        self.lanes.store.submit(_read_guide)
        self.lanes.store.submit(self._calm.settle)

    @cached_property
    def outside(self) -> Outside:
        """What first run and Settings work on; a locked screen does without."""
        from ui.launch.checks import Checks
        from ui.launch.pack_keeping import PackKeeping
        from ui.launch.papers import PaperWork
        from ui.launch.sheets import RecoverySheets
        from ui.launch.vault_keeping import VaultKeeping
        from ui.presenters.settings.services import Outside

        around, places = self._around, self._places
        return Outside(
            preferences=self.preferences,
            checks=Checks(places.vault, self.lanes, around.clock),
            sheets=RecoverySheets(self.lanes, around.clock),
            keeper=VaultKeeping(),
            packs=PackKeeping(places.packs, around.shelf, self.lanes, around.clock),
            papers=PaperWork(self.lanes),
            erase=self._erase,
        )

    @property
    def has_crashed(self) -> bool:
        """Whether something nobody expected happened."""
        return self._guard.sheet is not None

    def restart(self) -> NoReturn:
        """Begin again as a new process."""
        program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "ui"]
        os.execv(program[0], program)

    def _ask_restart(self) -> None:
        self.wants_restart = True
        self._app.quit()

    def _erase(self, failed: Failed) -> None:
        """What could not be deleted has to be seen too: nobody is to hand a laptop back believing that it is empty."""

        def told(problem: Exception) -> None:
            self.window.tell(problem)
            failed(problem)

        self.entrance.erase(told)

    def _keep(self, values: dict[str, Any]) -> None:
        """Into the file, beside what others put there."""
        try:
            keep_settings(self._places, replace(load_settings(self._places), **values))
        except OSError:
            self._announcer.announce("This choice holds until FieldKit is closed. It could not be kept")

    def _keep_display(self, state: DisplayState) -> None:
        self.preferences.put(
            text_size=0 if state.is_same_size else state.percent, colours=state.colours.value, rows=state.rows.value,
            movement=state.movement.value, dim_log=state.dims_log,
        )  # fmt: skip


def _read_guide() -> None:
    """Sixty milliseconds that nobody has to wait for when they ask for help."""
    from ui.presenters.guide.pages import pages

    pages()


def _display_of(settings: Settings) -> DisplayState:
    is_same = settings.text_size == 0
    percent = min(max(text_percent(), 100), 200) if is_same else settings.text_size
    return DisplayState(
        percent=percent, is_same_size=is_same, colours=Colours(settings.colours), rows=Rows(settings.rows),
        movement=Movement(settings.movement), dims_log=settings.dim_log,
    )  # fmt: skip


def _forget_secrets(state: EntranceState) -> None:
    if state.stage is not Stage.OPEN:
        forget_secrets()


def _show(state: DisplayState) -> None:
    look = appearance()
    density = Density.COMPACT if state.rows is Rows.COMPACT else Density.COMFORTABLE
    theme = _THEMES.get(state.colours)
    if state.is_dimmed and (theme or look.system_theme) is ThemeName.LIGHT:
        theme = ThemeName.DARK
    look.be_calm(is_calm=state.movement is Movement.REDUCE or wants_less_movement())
    if (theme, state.percent, density) != (look.chosen, look.typography.percent, look.density):
        look.show(theme, percent=state.percent, density=density)
