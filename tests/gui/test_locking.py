"""Locking while something else is going on: nothing that was asked before is done afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from fieldkit.kernel.errors import Trouble
from tests.gui.stage import PASSPHRASE, Stage
from tests.support.vaults import quick_keys
from ui.presenters.settings_pages import SettingsPage
from ui.qt.theme import Appearance
from ui.views.settings.erase_question import EraseQuestion
from ui.views.settings.settings_view import SettingsView
from ui.views.settings.storage import StoragePage
from ui.widgets.banner import Banner

_Key = Qt.Key


@pytest.fixture
def stage(look: Appearance, tmp_path: Path) -> Iterator[Stage]:
    """A vault with one visit."""
    with quick_keys():
        made = Stage(tmp_path)
        made.set_up()
        made.finish_set_up()
        made.create_visit()
        yield made
        made.close()


def _storage(stage: Stage) -> StoragePage:
    stage.chord(_Key.Key_9)
    stage.until(lambda: stage.focus.objectName() == "settings.pages")
    settings = stage.desk.view
    assert isinstance(settings, SettingsView)
    settings.show_page(SettingsPage.STORAGE)
    stage.settle()
    page = settings.view
    assert isinstance(page, StoragePage)
    return page


def test_a_question_that_is_open_goes_with_the_lock_and_deletes_nothing(stage: Stage) -> None:
    """Nobody sat at the laptop: whoever comes by must not delete a locked vault, nor read how many notes it has."""
    page = _storage(stage)
    seen: list[str] = []

    def lock() -> None:
        question = QApplication.activeModalWidget()
        assert isinstance(question, EraseQuestion)
        question.edit.setText("DELETE")
        stage.window.lock()
        seen.append(type(QApplication.activeModalWidget()).__name__)

    QTimer.singleShot(50, lock)
    page.delete.click()
    stage.settle()
    stage.pass_seconds(0.2)
    assert seen == ["NoneType"]
    assert stage.house.entrance.door.exists()
    assert stage.window.desk is None


def test_a_file_dialog_that_is_open_goes_with_the_lock(stage: Stage) -> None:
    page = _storage(stage)
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)

    def lock() -> None:
        assert isinstance(QApplication.activeModalWidget(), QFileDialog)
        stage.window.lock()

    QTimer.singleShot(100, lock)
    page.backup_to._box.browse.click()
    stage.settle()
    assert QApplication.activeModalWidget() is None
    assert stage.window.desk is None


def test_a_passphrase_typed_right_after_locking_is_not_kept_back_for_the_log(stage: Stage) -> None:
    """Keys are held while a log is being opened; one that was locked meanwhile is not."""
    stage.press(_Key.Key_Return)
    assert stage.bench.state.opening
    stage.chord(_Key.Key_L)
    stage.until(lambda: stage.window.desk is None)
    stage.until(lambda: stage.focus.objectName() == "unlock.passphrase")
    for letter in PASSPHRASE:  # as the system brings them: to the window first
        QTest.keyClick(stage.window.windowHandle(), _Key(ord(letter.upper())))
    field = stage.focus
    assert isinstance(field, QLineEdit)
    assert field.text() == PASSPHRASE


def test_a_vault_that_could_not_be_deleted_is_told_on_the_screen(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else somebody hands the laptop back and believes that nothing is on it."""

    def refused(folder: Path) -> None:
        raise Trouble("vault.not_erased", folder=str(folder))

    monkeypatch.setattr("storage.erase.erase", refused)

    def answer(question: EraseQuestion) -> int:
        question.edit.setText("DELETE")
        return 1

    page = _storage(stage)
    page.ask = answer
    page.delete.click()
    stage.until(lambda: any("could be deleted" in one.words for one in _banners(stage)))


def _banners(stage: Stage) -> list[Banner]:
    return [one for one in stage.window.findChildren(Banner) if one.isVisible()]


def _copied_key(stage: Stage) -> str:
    stage.tab_to("setup.recovery.copy")
    stage.press(_Key.Key_Return)
    key = stage.app.clipboard().text()
    assert len(key) == 47
    return key


@pytest.fixture
def fresh(look: Appearance, tmp_path: Path) -> Iterator[Stage]:
    """The recovery key of a new vault on the screen."""
    with quick_keys():
        made = Stage(tmp_path)
        made.set_up()
        yield made
        made.close()


def test_a_copied_recovery_key_leaves_the_clipboard_with_the_lock(fresh: Stage) -> None:
    key = _copied_key(fresh)
    fresh.finish_set_up()
    assert fresh.app.clipboard().text() == key, "it can still be pasted where it is to be kept"
    fresh.window.lock()
    assert fresh.app.clipboard().text() == ""


def test_a_copied_recovery_key_leaves_the_clipboard_at_the_end(look: Appearance, tmp_path: Path) -> None:
    with quick_keys(), Stage(tmp_path) as stage:
        stage.set_up()
        _copied_key(stage)
    assert stage.app.clipboard().text() == ""


def test_what_was_copied_since_stays_on_the_clipboard(fresh: Stage) -> None:
    _copied_key(fresh)
    fresh.finish_set_up()
    fresh.app.clipboard().setText("a room number")
    fresh.window.lock()
    assert fresh.app.clipboard().text() == "a room number"


def test_first_run_that_is_left_alone_ends_at_the_locked_screen(fresh: Stage) -> None:
    _copied_key(fresh)
    fresh.house.entrance.left_alone()
    fresh.until(lambda: fresh.focus.objectName() == "unlock.passphrase")
    assert fresh.app.clipboard().text() == ""
    fresh.until(lambda: fresh.house._own.closing is not None and fresh.house._own.closing.done())
    fresh.type(PASSPHRASE)
    fresh.press(_Key.Key_Return)
    fresh.until(lambda: fresh.window.desk is not None)
