"""What each command does now, on the screen that is up; commands that mean nothing there do nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QApplication

from ui.presenters.commands import COMMANDS, Command
from ui.presenters.display import Display
from ui.presenters.workbench import Page, Workbench
from ui.qt.announce import Announcer
from ui.shell.desk import Desk
from ui.views.messages import MessagesView
from ui.views.rendering import View

Run = Callable[[], object]


class Window(Protocol):
    """What commands need of the window they act on; ``ui.shell.window.MainWindow`` is one."""

    @property
    def bench(self) -> Workbench | None: ...
    @property
    def announcer(self) -> Announcer: ...
    @property
    def desk(self) -> Desk | None: ...
    @property
    def display(self) -> Display: ...
    def say(self, text: str, urgent: bool = False) -> None: ...
    def lock(self) -> None: ...
    def show_overlay(self, view: View | None) -> None: ...
    def show_help(self) -> None: ...


class Actions:
    """One for a window."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def bound(self) -> tuple[Command, ...]:
        """Those with keys, each key bound once: what it does depends on the screen."""
        seen: set[str] = set()
        found = []
        for command in COMMANDS:
            if command.keys and not seen.intersection(command.keys):
                found.append(command)
                seen.update(command.keys)
        return tuple(found)

    def run(self, name: str) -> None:
        """Do it, where it means something."""
        action = self._table().get(name)
        if action is not None:
            action()

    def available(self) -> frozenset[str]:
        """What can be done on this screen, for the palette."""
        return frozenset(self._table()) - {"palette"}

    def _table(self) -> dict[str, Run]:
        found = self._always()
        desk = self._window.desk
        bench = self._window.bench
        if desk is None or bench is None:
            return found
        found.update(self._everywhere(desk, bench))
        found.update(desk.view.commands())
        if bench.state.page is Page.HOME:
            # One key, two meanings: on Home it makes a visit, in a visit an activity.
            found["new_visit"] = found["new_activity"] = bench.create_visit
        return found

    def _always(self) -> dict[str, Run]:
        display = self._window.display
        return {
            "bigger": lambda: display.step(1),
            "smaller": lambda: display.step(-1),
            "usual_size": lambda: display.size(100),
            "help": self._help,
            "shortcuts": self._help,
        }

    def _everywhere(self, desk: Desk, bench: Workbench) -> dict[str, Run]:
        session = bench.session
        return {
            "palette": lambda: desk.palette_box.open(self.available(), QApplication.focusWidget()),
            "home": lambda: bench.go(Page.HOME),
            "visit": lambda: bench.go(Page.VISIT),
            "evidence": lambda: bench.go(Page.EVIDENCE),
            "coverage": lambda: bench.go(Page.COVERAGE),
            "send": lambda: bench.go(Page.SEND),
            "settings": lambda: bench.go(Page.SETTINGS),
            "send_now": bench.send.send_now,
            "note": bench.note,
            "next_gap": bench.next_gap,
            "previous_gap": lambda: bench.next_gap(-1),
            "mark": lambda: bench.log.mark() if bench.log is not None else None,
            "undo": lambda: self._tell(session.undo.undo(), "Nothing to undo"),
            "redo": lambda: self._tell(session.undo.redo(), "Nothing to do again"),
            "save": lambda: self._save(bench),
            "next_pane": lambda: desk.next_region(1),
            "previous_pane": lambda: desk.next_region(-1),
            "details": desk.toggle_details,
            "hide": bench.hide,
            "lock": self._window.lock,
            "messages": self._messages,
            "menu": desk.toggle_menu,
        }

    def _tell(self, happened: bool, otherwise: str) -> None:
        if not happened:
            self._window.say(otherwise)

    def _save(self, bench: Workbench) -> None:
        if bench.log is not None:
            bench.log.save_again()
        else:
            bench.session.say(bench.status.state.saved)

    def _help(self) -> None:
        desk, bench = self._window.desk, self._window.bench
        if desk is None or bench is None:
            self._window.show_help()
        else:
            bench.go(Page.HELP)

    def _messages(self) -> None:
        window = self._window
        window.show_overlay(MessagesView(window.announcer, lambda: window.show_overlay(None)))
