"""Unlock by keys: waits, Caps Lock, missing and damaged vaults, recovery; the caret back, no word while locked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from storage.backup import newest
from tests.gui.stage import PASSPHRASE, Stage
from tests.gui.support.keyboard import tab_cycle, unreachable
from tests.gui.support.paint import clipped, small_targets
from tests.gui.support.tree import identifier_faults, label_not_in_name, objects, unnamed
from tests.support.vaults import quick_keys
from ui.presenters.display import Colours
from ui.qt.theme import Appearance

_Key = Qt.Key


@pytest.fixture
def home(look: Appearance, tmp_path: Path) -> Iterator[Path]:
    """A folder with a vault that holds one note, closed."""
    with quick_keys():
        with Stage(tmp_path) as stage:
            stage.set_up()
            stage.finish_set_up()
            stage.create_visit()
            stage.open_log()
            stage.note("A secret of the ward")
            stage.settle()
        yield tmp_path


def _spoken(stage: Stage) -> str:
    kinds = (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description)
    return "\n".join(one.text(kind) for one, _ in objects(stage.window) for kind in kinds)


def _faults(stage: Stage) -> list[str]:
    window = stage.window
    found = [
        *unnamed(window), *label_not_in_name(window), *identifier_faults(window), *small_targets(window),
        *clipped(window),
    ]  # fmt: skip
    return found + unreachable(window, tab_cycle(stage.focus))


def test_the_locked_screen_says_what_kind_of_activity_is_open_and_no_name(home: Path) -> None:
    with Stage(home) as stage:
        assert "Your work is saved on this laptop" in _spoken(stage)  # nothing of it is kept outside the vault
        stage.type(PASSPHRASE + "\n")
        stage.until(lambda: stage.focus.objectName() == "log.capture")
        stage.note("Another secret")
        stage.settle()
        stage.type("Half a secr")
        stage.chord(_Key.Key_L)
        stage.until(lambda: stage.focus.objectName() == "unlock.passphrase")
        spoken = _spoken(stage) + stage.window.windowTitle()
        assert "An observation is open. Last note saved 12:30" in spoken
        for word in ("secret", "Northshire", "ICB board", "Asha"):
            assert word not in spoken
        stage.show_as(Colours.LIGHT, 200, (1092, 534))
        assert _faults(stage) == []
        stage.find("unlock.passphrase").setFocus()
        stage.type(PASSPHRASE + "\n")
        stage.until(lambda: stage.focus.objectName() == "log.capture")
        assert stage.bench.log is not None
        assert stage.bench.log.line.state.text == "Half a secr"


def test_five_wrong_tries_make_one_wait_also_after_a_restart_and_nothing_is_wiped(home: Path) -> None:
    with Stage(home) as stage:
        stage.press(_Key.Key_Return)
        assert "Enter your passphrase" in _spoken(stage)
        for n in range(5):
            stage.type(f"wrong number {n}\n")
            stage.until(lambda: "Passphrase is not correct" in _spoken(stage))
            stage.settle()
        words = "Passphrase is not correct. You can try again in 30 seconds. Your work is safe"
        stage.until(lambda: words in _spoken(stage))
        assert [message.text for message in stage.window.announcer.messages].count(words) == 1
        stage.clock.advance(10)
    with Stage(home) as stage:
        stage.type(PASSPHRASE + "\n")
        stage.until(lambda: "You can try again in 30 seconds" in _spoken(stage))  # a new start, the whole wait again
        assert stage.window.desk is None


def test_caps_lock_is_said_in_words(home: Path) -> None:
    with Stage(home) as stage:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(stage.focus, QKeyEvent(kind, _Key.Key_A, Qt.KeyboardModifier.NoModifier, "A"))
        assert "Caps Lock is on" in _spoken(stage)
        assert "Caps Lock is on" in [message.text for message in stage.window.announcer.messages]
        QTest.keyClicks(stage.focus, "b")
        assert not stage.find("unlock.passphrase").accessibleDescription()
        assert "Caps Lock is on" not in _spoken(stage)


def test_the_passphrase_can_be_pasted_and_shown_and_is_in_no_tree(home: Path) -> None:
    with Stage(home) as stage:
        stage.app.clipboard().setText(PASSPHRASE)
        stage.chord(_Key.Key_V)
        assert PASSPHRASE not in _spoken(stage)
        stage.tab_to("passphrase.show")
        stage.press(_Key.Key_Space)
        stage.press(_Key.Key_Space)
        stage.find("unlock.passphrase").setFocus()
        stage.press(_Key.Key_Return)
        stage.until(lambda: stage.window.desk is not None)


def test_a_vault_that_is_gone_is_told_and_not_taken_for_a_first_start(home: Path) -> None:
    (home / "vault").rename(home / "elsewhere")
    with Stage(home) as stage:
        words = f"The vault is not where FieldKit left it. Look in {home / 'vault'}, or restore from a backup"
        assert words in _spoken(stage)
        assert stage.focus.objectName() == "unlock.restore"
        assert not stage.shows("unlock.passphrase")
        assert _faults(stage) == []
        backup = newest(home / "elsewhere")
        assert backup is not None
        stage.find("unlock.restore").setFocus()
        stage.press(_Key.Key_Return)
        stage.until(lambda: stage.focus.objectName() == "restore.file")
        stage.type(str(backup))
        stage.tab_to("restore.passphrase")
        stage.type(PASSPHRASE + "\n")
        stage.until(lambda: stage.window.desk is not None)
        stage.until(lambda: stage.focus.objectName() == "log.capture")
        assert "A secret of the ward" in _spoken(stage)


def test_a_damaged_vault_opens_by_its_last_good_save_and_says_what_was_done(home: Path) -> None:
    file = home / "vault" / "vault.db"
    file.write_bytes(b"\1" * 8192 + file.read_bytes()[8192:])
    with Stage(home) as stage:
        stage.type(PASSPHRASE + "\n")
        stage.until(lambda: stage.window.desk is not None)
        stage.until(lambda: stage.focus.objectName() == "log.capture")
        assert "The vault did not open cleanly. FieldKit has kept a copy and opened the last good save" in _spoken(
            stage
        )
        assert "A secret of the ward" in _spoken(stage)
    assert [path for path in home.iterdir() if path.name.startswith("vault-before-")]


def test_recovery_tells_how_long_a_key_is(home: Path) -> None:
    with Stage(home) as stage:
        stage.tab_to("unlock.forgotten")
        stage.press(_Key.Key_Return)
        stage.press(_Key.Key_Return)
        stage.until(lambda: "Enter your recovery key" in _spoken(stage))
        stage.find("recover.key").setFocus()
        stage.type("abcde-" * 7 + "abc")
        stage.tab_to("recover.passphrase")
        stage.type(PASSPHRASE)
        stage.tab_to("recover.again")
        stage.type(PASSPHRASE + "\n")
        stage.until(lambda: "Recovery key must be 40 letters and numbers. This one has 38" in _spoken(stage))
        assert _faults(stage) == []
        stage.alt(_Key.Key_B)
        stage.until(lambda: stage.focus.objectName() == "unlock.passphrase")


def test_the_warning_before_the_lock_counts_down_and_any_key_puts_it_off_as_often_as_one_likes(home: Path) -> None:
    with Stage(home) as stage:
        stage.type(PASSPHRASE + "\n")
        stage.until(lambda: stage.focus.objectName() == "log.capture")
        idle = stage.window._idle
        assert idle is not None
        for _ in range(10):
            stage.clock.advance(29 * 60 + 1)  # a live log is open, so it is 30 minutes
            idle._warning()
            assert "FieldKit will lock in 60 seconds. Press any key to stay unlocked" in _spoken(stage)
            QTest.keyClick(stage.window.windowHandle(), _Key.Key_Shift)  # as from the system, not from a test
            stage.app.processEvents()
            assert "will lock in" not in _spoken(stage)
        stage.window._preferences.put(log_lock_minutes=2)
        stage.clock.advance(61)
        idle._warning()
        assert "FieldKit will lock in 60 seconds" in _spoken(stage)
