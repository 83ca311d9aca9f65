"""What each command does now, on the screen that is up; one that means nothing there leads to where it does."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from ui.presenters.commands import Scope, command
from ui.presenters.display import Display
from ui.presenters.page import ABOUT, Of, Page, Part
from ui.presenters.settings_pages import SettingsPage
from ui.presenters.shortcuts import Shortcuts
from ui.qt.announce import Announcer
from ui.views.rendering import View

if TYPE_CHECKING:  # nothing of the open vault is imported before the first screen is painted
    from fieldkit.app.rows import EntryRow
    from ui.presenters.workbench import Workbench
    from ui.shell.desk import Desk
    from ui.shell.risk_door import RiskDoor

Run = Callable[[], object]
_LED_TO = {
    Scope.HOME: Page.HOME, Scope.CASES: Page.CASES, Scope.FILES: Page.FILES, Scope.GUIDES: Page.GUIDES,
    Scope.DECIDE: Page.DECIDE, Scope.SCORES: Page.SCORES, Scope.FINDINGS: Page.FINDINGS, Scope.DAY: Page.DAY,
    Scope.TEXTS: Page.TEXTS, Scope.ESCALATIONS: Page.ESCALATIONS, Scope.PEOPLE: Page.PEOPLE,
    Scope.REQUESTS: Page.REQUESTS,
}  # fmt: skip
"""Where a command of another screen works, if the main menu goes there."""
_BLANKS = ("observation", "interview", "case", "dropin")
_WHILE_HIDDEN = frozenset({"hide", "lock", "bigger", "smaller", "usual_size", "escalate", "record_sound"})
"""A hidden screen shows nothing of anybody's words, whatever key is pressed; so does the card over it, but its own."""


class Window(Protocol):
    """What commands need of the window they act on; ``ui.shell.window.MainWindow`` is one."""

    @property
    def bench(self) -> Workbench | None: ...
    @property
    def announcer(self) -> Announcer: ...
    @property
    def desk(self) -> Desk | None: ...
    @property
    def risk(self) -> RiskDoor | None: ...
    @property
    def display(self) -> Display: ...
    @property
    def shortcuts(self) -> Shortcuts: ...
    def say(self, text: str, urgent: bool = False) -> None: ...
    def lock(self) -> None: ...
    def show_overlay(self, view: View | None) -> None: ...
    def show_help(self, part: Part = Part.ANSWERS) -> None: ...
    def open_sample(self) -> None: ...


class Actions:
    """One for a window."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._led: tuple[str, Page] | None = None

    def press(self, chord: str) -> None:
        """Keys were pressed: of the commands they stand for, the one that means something here."""
        table = self._table()
        names = [name for name in self._window.shortcuts.named(chord) if name in table]
        own = [name for name in names if command(name).scope is not Scope.EVERYWHERE]
        for name in (own or names)[:1]:
            self._led = None
            table[name]()

    def run(self, name: str) -> None:
        """Do it; where it means nothing on this screen, go to where it does first, then do it there."""
        self._led = None
        action = self._table().get(name)
        if action is not None:
            action()
        else:
            self._lead(command(name).scope, name)

    def arrived(self, page: Page) -> None:
        """A page is up: do what led there."""
        led = self._led
        if led is None or (led[1] is Page.LOG and page is Page.VISIT):
            return  # to a log one may get by way of its visit
        self._led = None
        if page is not led[1]:
            return
        action = self._table().get(led[0])
        if action is not None:
            action()

    def available(self) -> frozenset[str]:
        """What can be done on this screen, for the palette."""
        return frozenset(self._table())

    def _lead(self, scope: Scope, name: str) -> None:
        bench = self._window.bench
        if bench is None or bench.state.is_hidden:
            return
        words = command(name).words
        match scope:
            case Scope.LOG:
                self._led = (name, Page.LOG)
                bench.note()
            case Scope.VISIT:
                self._led = (name, Page.VISIT)
                bench.go(Page.VISIT) if bench.log is None else bench.leave_log()
            case Scope.COVERAGE:
                self._led = (name, Page.COVERAGE)
                bench.show_coverage()
            case Scope.EVIDENCE:
                self._led = (name, Page.EVIDENCE)
                bench.show_evidence()
            case _ if (page := _LED_TO.get(scope)) is not None:
                self._led = (name, page)
                bench.go(page)
            case Scope.NOTES:
                bench.show_evidence()
                keys = self._window.shortcuts.shown(name)
                self._window.say(f"Select a note, then press {keys} to {words[:1].lower()}{words[1:]}")
            case _:
                self._window.say(f"Nothing on this screen to {words[:1].lower()}{words[1:]}")

    def _table(self) -> dict[str, Run]:
        found = self._always()
        desk, bench = self._window.desk, self._window.bench
        if desk is None or bench is None:
            return found
        found.update(self._pages(bench))
        found.update(self._everywhere(desk, bench))
        found.update(desk.view.commands())
        if bench.state.page is Page.HOME:
            found.setdefault("new_visit", bench.create_visit)
        risk = self._window.risk
        if risk is not None:
            found["escalate"] = risk.open
        if bench.state.is_hidden or (risk is not None and risk.is_open):
            return {name: run for name, run in found.items() if name in _WHILE_HIDDEN}
        return found

    def _always(self) -> dict[str, Run]:
        display = self._window.display
        return {
            "bigger": lambda: display.step(1),
            "smaller": lambda: display.step(-1),
            "usual_size": lambda: display.size(100),
            "help": lambda: self._help(Part.ANSWERS),
            "shortcuts": lambda: self._help(Part.SHORTCUTS),
            "guide": lambda: self._help(Part.GUIDE),
        }

    def _pages(self, bench: Workbench) -> dict[str, Run]:
        return {
            **{page.name.lower(): partial(bench.go, page) for page, of in ABOUT.items() if of is not Of.RECORD},
            "home": lambda: bench.go(Page.HOME),
            "visit": lambda: bench.go(Page.VISIT),
            "evidence": lambda: bench.go(Page.EVIDENCE),
            "coverage": lambda: bench.go(Page.COVERAGE),
            "send": lambda: bench.go(Page.SEND),
            "settings": lambda: bench.go(Page.SETTINGS),
            "exposure": lambda: bench.go(Page.EXPOSURE),
            "find_visit": self._find_in_visit,
            "tag_untagged": lambda: bench.show_evidence("is:untagged"),
            "back_up": lambda: self._setting(SettingsPage.STORAGE),
            "take_out": lambda: self._setting(SettingsPage.TAKE_OUT),
            "take_in": lambda: self._setting(SettingsPage.TAKE_IN),
            "enrol": lambda: self._setting(SettingsPage.OFFICE),
        }

    def _everywhere(self, desk: Desk, bench: Workbench) -> dict[str, Run]:
        session = bench.session
        found: dict[str, Run] = {
            "palette": lambda: desk.palette_box.open(bench.assessment),
            "find": lambda: desk.palette_box.open(bench.assessment),
            "replace": desk.replacing.open,
            "send_now": bench.send_now,
            "note": bench.note,
            "next_gap": bench.next_gap,
            "previous_gap": lambda: bench.next_gap(-1),
            "mark": lambda: bench.log.mark() if bench.log is not None else self._lead(Scope.LOG, "mark"),
            "attach": lambda: self._lead(Scope.FILES, "attach"),
            "record_sound": lambda: self._record_sound(bench),
            "pause_sound": bench.recorder.pause,
            "play_sound": lambda: bench.player.press(desk.view.note_at_hand),
            "sound_back": lambda: bench.player.skip(-1),
            "sound_on": lambda: bench.player.skip(1),
            "stop_playing": bench.player.stop,
            "decide": desk.asking.open,
            "restrict": desk.restricting.open,
            "restrict_activity": desk.restricting.open_activity,
            "open_about": lambda: _open_about(bench, desk.view.note_at_hand),
            "undo": lambda: self._tell(session.undo.undo(), "Nothing to undo"),
            "redo": lambda: self._tell(session.undo.redo(), "Nothing to do again"),
            "save": lambda: self._save(bench),
            "next_pane": lambda: desk.next_region(1),
            "previous_pane": lambda: desk.next_region(-1),
            **{f"blank_{kind}": partial(desk.save_blank, kind) for kind in _BLANKS},
            "expand": desk.spelling.expand,
            "spelling": desk.spelling.next_word,
            "details": desk.toggle_details,
            "hide": desk.hide_screen,
            "lock": self._window.lock,
            "messages": self._messages,
            "menu": desk.toggle_menu,
        }
        if not session.is_practice:
            found["practise"] = self._window.open_sample
        return found

    def _record_sound(self, bench: Workbench) -> None:
        """Stop, wherever one is; begin only where everybody sees what is asked."""
        is_covered = bench.state.is_hidden or (self._window.risk is not None and self._window.risk.is_open)
        if bench.recorder.state.is_on or not is_covered:
            bench.recorder.toggle(bench.activity_at_hand)

    def _find_in_visit(self) -> None:
        """The filter of Evidence, wherever one is: it looks through everything."""
        bench = self._window.bench
        if bench is not None:
            self._led = ("find", Page.EVIDENCE)
            bench.show_evidence()
            self.arrived(bench.state.page)

    def _setting(self, page: SettingsPage) -> None:
        desk = self._window.desk
        if desk is not None:
            desk.show_setting(page)

    def _tell(self, happened: bool, otherwise: str) -> None:
        if not happened:
            self._window.say(otherwise)

    def _save(self, bench: Workbench) -> None:
        if bench.log is not None:
            bench.log.save_again()
        else:
            bench.session.say(bench.status.state.saved)

    def _help(self, part: Part) -> None:
        desk, bench = self._window.desk, self._window.bench
        if desk is None or bench is None:
            self._window.show_help(part)
        else:
            bench.show_help(part)

    def _messages(self) -> None:
        window = self._window
        from ui.views.messages import MessagesView

        window.show_overlay(MessagesView(window.announcer, lambda: window.show_overlay(None)))


def _open_about(bench: Workbench, note: EntryRow | None) -> None:
    """Imported when it is asked for: the first screen knows nothing of files."""
    from ui.presenters.files.notes import open_about

    open_about(bench, note)
