"""Passphrases, undo, auto-lock, commands, wording: small presenters with one promise each."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Trouble
from tests.presenters.room import Hourglass, Room
from tests.presenters.test_first_run import Sheets
from ui.presenters.commands import COMMANDS
from ui.presenters.display import SIZES, Colours, Display, DisplayState
from ui.presenters.idle_lock import IdleLock
from ui.presenters.passphrases import common_list, strength, suggest, word_list
from ui.presenters.recovery import Recovery
from ui.presenters.timing import Countdown
from ui.presenters.undo import Deed, UndoStack
from ui.presenters.wording import catalogue, sentence
from ui.presenters.workbench import Workbench


@pytest.mark.parametrize(
    ("passphrase", "words"),
    [
        ("", ""),
        ("thirteen char", "1 more character needed"),
        ("password password", "Long enough, but easy to guess"),
        ("aaaaaaaaaaaaaaaaaaa", "Long enough, but easy to guess"),
        ("a decent phrase", "Long enough. Not a common phrase"),
        ("gravel lantern orbit velvet", "Long enough. Hard to guess"),
    ],
)
def test_strength_is_told_in_words(passphrase: str, words: str) -> None:
    assert strength(passphrase, common_list()).words == words


def test_a_suggestion_is_four_words_of_a_long_list() -> None:
    assert len(word_list()) == 7776
    assert len({suggest(word_list()) for _ in range(20)}) == 20
    assert all(word in word_list() for word in suggest(word_list()).split(" "))


def test_undo_and_redo_go_back_and_forth_and_a_new_deed_forgets_what_was_undone() -> None:
    done: list[str] = []
    stack = UndoStack()
    for name in ("One", "Two"):
        stack.did(Deed(name=name, undo=lambda n=name: done.append(f"-{n}"), redo=lambda n=name: done.append(f"+{n}")))  # type: ignore[misc]
    assert stack.state.offers_undo
    assert (stack.undo(), stack.undo(), stack.undo()) == (True, True, False)
    assert stack.redo()
    assert done == ["-Two", "-One", "+One"]
    assert stack.state.message == "Done again: one"
    stack.did(Deed(name="Three", undo=lambda: None, redo=lambda: None))
    assert not stack.redo()


def test_the_lock_comes_after_a_warning_that_any_key_puts_off(clock: FixedClock) -> None:
    later, locked, said = Hourglass(clock), list[int](), list[str]()
    idle = IdleLock(clock, later, lambda: locked.append(1), lambda text, urgent: said.append(text))
    idle.allow(15)
    for _ in range(12):
        later.pass_seconds(14 * 60 - 1)
        idle.active()
    assert said == []
    for _ in range(11):  # as often as one likes
        later.pass_seconds(14 * 60 + 10)
        assert idle.state.warning == "FieldKit will lock in 60 seconds. Press any key to stay unlocked"
        later.pass_seconds(20)
        assert idle.state.warning == "FieldKit will lock in 30 seconds. Press any key to stay unlocked"
        idle.active()
        assert idle.state.warning == ""
    assert len(said) == 11  # the words on the screen count down; only the first is spoken
    later.pass_seconds(15 * 60 - 1)
    assert locked == []
    later.pass_seconds(1)
    assert locked == [1]
    idle.close()


def test_text_size_steps_along_the_scale_and_stops_at_its_ends() -> None:
    kept: list[DisplayState] = []
    display = Display(DisplayState(), kept.append)
    for _ in range(9):
        display.step(1)
    assert display.state.percent == SIZES[-1]
    display.step(-1)
    display.colours(Colours.DARK)
    assert (kept[-1].percent, kept[-1].colours) == (175, Colours.DARK)


def test_a_countdown_can_be_put_off_dropped_and_brought_forward(clock: FixedClock) -> None:
    later, fired = Hourglass(clock), list[int]()
    count = Countdown(later, lambda: fired.append(1))
    count.start(1)
    later.pass_seconds(0.9)
    count.start(1)
    later.pass_seconds(0.9)
    assert fired == []
    count.now()
    assert fired == [1]
    count.now()
    count.start(1)
    count.drop()
    later.pass_seconds(5)
    assert fired == [1]


def test_every_shortcut_has_ctrl_alt_or_a_function_key_and_none_is_reserved() -> None:
    for command in COMMANDS:
        for keys in command.keys:
            parts = keys.split("+")
            assert "Ctrl" in parts or "Alt" in parts or parts[-1].startswith("F"), keys
            assert not ("Ctrl" in parts and "Alt" in parts), f"{keys} types characters on UK keyboards"
            assert keys not in {"F10", "Alt+F4", "Alt+Space"}


def test_no_two_commands_of_one_scope_share_keys() -> None:
    for scope in {command.scope for command in COMMANDS}:
        keys = [one for command in COMMANDS if command.scope is scope for one in command.keys]
        assert len(keys) == len(set(keys))


def test_a_sentence_is_never_a_brace_or_a_code_alone() -> None:
    assert sentence(Trouble("vault.wait", seconds=30)).startswith("Passphrase is not correct")
    assert sentence("no.such.code") == (
        "Something did not go as planned (no.such.code). Your work is safe on this laptop."
    )
    assert "bug.KeyError" in sentence(KeyError("x"))
    for code in catalogue():
        assert "{" not in sentence(code)


def test_a_new_recovery_key_is_shown_until_it_is_stored(room: Room) -> None:
    recovery = Recovery(room.session, Sheets())
    assert not recovery.state.is_stored
    recovery.renew()
    assert len(recovery.state.key.replace("-", "")) == 40
    recovery.save_sheet(Path("sheet.pdf"))
    assert recovery.state.notice == "Recovery sheet saved as sheet.pdf"
    recovery.stored()
    assert (recovery.state.is_stored, recovery.state.key) == (True, "")
    assert room.vault.questions.info().recovery_stored
    recovery.renew()
    recovery.close()
    assert recovery.state.key == ""
    assert not room.vault.questions.info().recovery_stored


def test_a_disk_that_cannot_be_read_is_told_on_a_banner_while_the_vault_is_open(room: Room) -> None:
    bench = Workbench(room.session)

    def unreadable(_: object) -> None:
        raise Trouble("vault.disk")

    room.session.workspace.ask_then(unreadable, lambda _: None)
    assert bench.state.fault == sentence(Trouble("vault.disk"))
    bench.close()
    room.session.workspace.ask_then(unreadable, lambda _: None)  # nobody is left to be told
