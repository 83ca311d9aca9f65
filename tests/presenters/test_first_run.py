"""First run and unlock: one decision a page, secrets that are never kept, errors in the words of the design."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from fieldkit.app.policies import is_adviser
from fieldkit.kernel.errors import Mistake, Trouble
from fieldkit.reports.blocks import Document
from tests.presenters.room import SHELF, Hourglass, Room
from ui.presenters.first_run import DEFAULT_PACK, RECOVERY_STORED, FirstRun, Page, Way
from ui.presenters.services import Created, NewVault, Session
from ui.presenters.unlock import Unlock
from ui.presenters.unlock import Way as In

T = TypeVar("T")
KEY = "-".join(["ABCDE"] * 8)
CODE = "7KQ4-M2XD-9RTA-0CVB"
GOOD = "gravel lantern orbit velvet"


class Door:
    """Opens the room with the right passphrase, or fails as it is told to."""

    is_practice = False

    def __init__(self, room: Room) -> None:
        self._room = room
        self.folder = room.folder
        self.missing = False
        self.restored: list[Path] = []
        self.made: list[NewVault] = []
        self.error: Exception | None = None

    def exists(self) -> bool:
        return True

    def is_missing(self) -> bool:
        return self.missing

    def hint(self) -> str:
        return "Your work is saved on this laptop."

    def create(self, new: NewVault, done: Callable[[Created], None], failed: Callable[[Exception], None]) -> None:
        self.made.append(new)
        failed(self.error) if self.error else done(Created(session=self._room.session, recovery_key=KEY))

    def open(self, passphrase: str, done: Callable[[Session], None], failed: Callable[[Exception], None]) -> None:
        failed(self.error) if self.error else done(self._room.session)

    def recover(
        self, key: str, passphrase: str, done: Callable[[Session], None], failed: Callable[[Exception], None]
    ) -> None:
        failed(self.error) if self.error else done(self._room.session)

    def restore(
        self, backup: Path, passphrase: str, progress: Callable[[str, int, int], None],
        done: Callable[[Session], None], failed: Callable[[Exception], None],
    ) -> None:  # fmt: skip
        self.restored.append(backup)
        progress("Reading the backup…", 1, 2)
        failed(self.error) if self.error else done(self._room.session)

    def erase(self, done: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        failed(self.error) if self.error else done()

    def close(self, session: Session, done: Callable[[], None]) -> None:
        done()


class Waiting:
    """A lane on which calls wait until they are let go."""

    def __init__(self) -> None:
        self._calls: list[Callable[[], object]] = []

    def submit(self, call: Callable[[], T]) -> Future[T]:
        future: Future[T] = Future()
        self._calls.append(lambda: future.set_result(call()))
        return future

    def stop(self) -> None:
        """Nothing to end."""

    def go_on(self) -> int:
        """Do what was asked for; how many calls that were."""
        for call in self._calls:
            call()
        return len(self._calls)


class Sheets:
    """Remembers what was to be printed."""

    def __init__(self) -> None:
        self.saved: list[tuple[Path, str]] = []
        self.printer = "Office printer"

    def save_recovery_sheet(
        self, path: Path, recovery_key: str, name: str, done: Callable[[], None], failed: Callable[[Exception], None]
    ) -> None:
        self.saved.append((path, recovery_key))
        done()

    def print_recovery_sheet(
        self, recovery_key: str, name: str, done: Callable[[str], None], failed: Callable[[Exception], None]
    ) -> None:
        done(self.printer) if self.printer else failed(Trouble("sheet.not_printed"))

    def save_document(
        self, path: Path, document: Document, done: Callable[[], None], failed: Callable[[Exception], None]
    ) -> None:
        done()


def _wizard(room: Room) -> tuple[FirstRun, Door, list[Session]]:
    door, finished = Door(room), list[Session]()
    return FirstRun(door, Sheets(), finished.append, lambda: None), door, finished


def _to_passphrase(wizard: FirstRun) -> None:
    wizard.set_up("Asha Smith", "")


def test_the_whole_way_alone(room: Room) -> None:
    wizard, door, finished = _wizard(room)
    assert wizard.state.step == "Step 1 of 6"
    _to_passphrase(wizard)
    assert wizard.state.step == "Step 2 of 6"
    wizard.choose_passphrase(GOOD, GOOD)
    assert (door.made[0].name, door.made[0].initials) == ("Asha Smith", "AS")
    assert wizard.state.recovery_key == KEY
    wizard.save_sheet(Path("sheet.pdf"))
    assert wizard.state.notice == "Recovery sheet saved as sheet.pdf"
    wizard.answer_recovery(True)
    wizard.back()
    assert wizard.state.recovery_key == KEY  # going back loses nothing
    wizard.answer_recovery(True)
    wizard.choose_way(Way.ALONE)
    assert [offer.title for offer in wizard.state.packs] == [offer.title for offer in SHELF.offers()]
    wizard.choose_pack(1)
    assert wizard.state.page is Page.READY
    wizard.finish()
    assert finished == [room.session]
    assert wizard.state.recovery_key == ""
    assert room.vault.questions.setting(RECOVERY_STORED) == "yes"
    pin = SHELF.offers()[1].pin
    assert room.vault.questions.setting(DEFAULT_PACK) == f"{pin.id} {pin.version}"


def test_who_comes_as_an_adviser_is_one_from_the_first_visit_on(room: Room) -> None:
    wizard, _, _ = _wizard(room)
    wizard.set_up("Cy Adviser", "CA", is_adviser=True)
    wizard.choose_passphrase(GOOD, GOOD)
    assert wizard.state.page is Page.RECOVERY
    assert is_adviser(room.vault.questions)
    assert room.session.preferences.state.adviser
    wizard.close()


def test_a_recovery_key_on_the_screen_is_locked_away_when_nobody_is_there(room: Room) -> None:
    door, locked = Door(room), list[str]()
    wizard = FirstRun(door, Sheets(), lambda _: None, lambda: None, left_alone=lambda: locked.append("locked"))
    _to_passphrase(wizard)
    room.later.pass_seconds(3600)  # there is no vault yet
    wizard.choose_passphrase(GOOD, GOOD)
    room.later.pass_seconds(13 * 60)
    wizard.active()
    room.later.pass_seconds(14 * 60)
    assert wizard.state.warning == "FieldKit will lock in 60 seconds. Press any key to stay unlocked"
    assert room.said[-1] == f"! {wizard.state.warning}"
    assert locked == []
    room.later.pass_seconds(60)
    assert locked == ["locked"]
    wizard.close()  # as the window does when another stage comes up
    room.later.pass_seconds(3600)
    assert locked == ["locked"]


def test_a_wizard_that_was_finished_locks_nothing(room: Room) -> None:
    door, locked = Door(room), list[str]()
    wizard = FirstRun(door, Sheets(), lambda _: None, lambda: None, left_alone=lambda: locked.append("locked"))
    _to_passphrase(wizard)
    wizard.choose_passphrase(GOOD, GOOD)
    wizard.finish()
    room.later.pass_seconds(3600)
    assert locked == []


def test_packs_are_read_where_no_key_waits_for_them(room: Room) -> None:
    wizard, _, _ = _wizard(room)
    _to_passphrase(wizard)
    wizard.choose_passphrase(GOOD, GOOD)
    wizard.answer_recovery(True)
    lane = Waiting()
    lanes = room.session.workspace.lanes
    usual, lanes.store = lanes.store, lane
    wizard.choose_way(Way.ALONE)
    wizard.choose_way(Way.ALONE)  # Enter a second time changes nothing
    assert (wizard.state.page, wizard.state.busy) == (Page.WAY, "Reading the framework packs…")
    lanes.store = usual
    assert lane.go_on() == 1
    assert (wizard.state.page, wizard.state.busy) == (Page.PACK, "")
    assert [offer.title for offer in wizard.state.packs] == [offer.title for offer in SHELF.offers()]
    wizard.close()


def test_every_mistake_is_told_in_its_words_and_nothing_is_cleared(room: Room) -> None:
    wizard, door, _ = _wizard(room)
    wizard.set_up(" ", "")
    assert [error.text for error in wizard.state.errors] == ["Enter your name, as your team knows you"]
    wizard.set_up("Asha", "")
    for first, again, text in (
        ("", "", "Enter a passphrase"),
        ("short", "short", "Passphrase must be 14 characters or more"),
        ("passwordpassword", "passwordpassword", "Choose a passphrase that is harder to guess"),
        (GOOD, GOOD + "x", "Both passphrases must match"),
    ):
        wizard.choose_passphrase(first, again)
        assert wizard.state.errors[0].text.startswith(text)
    assert door.made == []
    assert wizard.state.name == "Asha"


def test_enrolling_shows_both_keys_as_words_before_going_on(room: Room) -> None:
    wizard, _, _ = _wizard(room)
    _to_passphrase(wizard)
    wizard.choose_passphrase(GOOD, GOOD)
    wizard.answer_recovery(None)
    assert [error.field for error in wizard.state.errors] == ["stored"]
    wizard.answer_recovery(False)
    wizard.choose_way(Way.OFFICE)
    assert [error.field for error in wizard.state.errors] == ["url", "code"]
    wizard.choose_way(Way.OFFICE, "https://office.example", CODE)
    assert wizard.state.enrolled is not None
    assert wizard.state.enrolled.store_words == ("one",)
    assert wizard.state.page is Page.WAY
    assert room.office.asked == [f"enrol https://office.example {CODE}"]  # until the words are compared nothing is kept
    wizard.choose_way(Way.OFFICE)
    assert room.office.asked[-1] == "keep"
    assert wizard.state.page.value == "pack"


def test_a_vault_that_could_not_be_made_is_told_in_a_banner(room: Room) -> None:
    wizard, door, _ = _wizard(room)
    _to_passphrase(wizard)
    door.error = Trouble("vault.disk", folder="/elsewhere")
    wizard.choose_passphrase(GOOD, GOOD)
    assert wizard.state.fault
    assert wizard.state.busy == ""


def test_no_secret_is_part_of_any_state(room: Room) -> None:
    wizard, _, _ = _wizard(room)
    seen: list[str] = []
    wizard.changed.listen(lambda state: seen.append(repr(state)))
    _to_passphrase(wizard)
    wizard.judge(GOOD)
    wizard.choose_passphrase(GOOD, GOOD)
    assert not any(GOOD in state for state in seen)


def test_a_suggestion_is_four_words_and_strong_enough(room: Room) -> None:
    wizard, _, _ = _wizard(room)
    words = wizard.suggestion()
    assert len(words.split()) == 4
    assert wizard.judge(words).is_enough or len(words) < 14


def test_wrong_passphrases_make_one_wait_and_count_down(room: Room) -> None:
    door, entered = Door(room), list[Session]()
    later: Hourglass = room.later
    unlock = Unlock(door, later, entered.append)
    unlock.unlock("")
    assert unlock.state.errors[0].text == "Enter your passphrase"
    door.error = Trouble("vault.wait", seconds=2)
    unlock.unlock("wrong wrong wrong")
    assert unlock.state.wait_seconds == 2
    unlock.unlock(GOOD)
    assert entered == []
    later.pass_seconds(1)
    assert "in 1 second. Your work is safe" in unlock.state.errors[0].text
    later.pass_seconds(1)
    assert unlock.state.errors == ()
    door.error = None
    unlock.unlock(GOOD)
    assert entered == [room.session]


def test_a_forgotten_passphrase_needs_the_key_and_a_new_one(room: Room) -> None:
    door, entered = Door(room), list[Session]()
    unlock = Unlock(door, room.later, entered.append)
    unlock.forgotten()
    assert unlock.state.way is In.RECOVERY
    unlock.recover("", "short", "short")
    assert [error.field for error in unlock.state.errors] == ["recovery_key", "passphrase"]
    door.error = Mistake("vault.recovery_key_length", field="recovery_key", length=38)
    unlock.recover("ABC", GOOD, GOOD)
    assert "38" in unlock.state.errors[0].text
    door.error = None
    unlock.recover(KEY, GOOD, GOOD)
    assert entered == [room.session]
