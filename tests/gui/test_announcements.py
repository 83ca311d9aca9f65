"""T05: what a screen reader is told, word for word and how urgently, while one works by keys (ux 2.0.5)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from fieldkit.kernel.errors import Trouble
from tests.gui import worlds
from tests.gui.stage import PASSPHRASE, Stage
from tests.support.vaults import quick_keys
from ui.qt.theme import Appearance

_Key = Qt.Key
Told = list[tuple[str, bool]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """What reaches the platform: the words, and whether they interrupt."""
    found: Told = []

    def spy(event: object) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            urgent = event.politeness() == QAccessible.AnnouncementPoliteness.Assertive
            found.append((event.message(), urgent))

    monkeypatch.setattr(QAccessible, "updateAccessibility", spy)
    return found


def _opened(home: Path) -> Stage:
    worlds.own(home, 3, in_log=True)
    return Stage(home)


@pytest.fixture
def stage(look: Appearance, tmp_path: Path, told: Told) -> Iterator[Stage]:
    """A log of three notes, its line ready."""
    with quick_keys(), _opened(tmp_path) as made:
        made.type(PASSPHRASE)
        made.press(_Key.Key_Return)
        made.until(lambda: made.window.desk is not None and made.focus.objectName() == "log.capture")
        made.settle()
        told.clear()
        yield made


def _after(stage: Stage, told: Told) -> Told:
    stage.settle()
    found = list(told)
    told.clear()
    return found


def test_a_saved_note_its_undo_and_redo_are_told_politely(stage: Stage, told: Told) -> None:
    stage.note("Nobody owns the plan #lc")
    assert _after(stage, told) == [("Saved", False)]
    stage.chord(_Key.Key_Z)
    assert _after(stage, told) == [("Undone: note saved", False)]
    stage.chord(_Key.Key_Z)
    assert _after(stage, told) == [("Nothing to undo", False)]


@pytest.mark.parametrize(
    ("chosen", "words"),
    [("off", []), ("short", [("Saved", False)]), ("full", [("Saved 12:30, Learning culture, Observation", False)])],
)
def test_how_much_is_said_of_a_saved_note_is_chosen(
    stage: Stage, told: Told, chosen: str, words: list[tuple[str, bool]]
) -> None:
    stage.house.preferences.put(saved_words=chosen)
    stage.note("Nobody owns the plan #lc")
    assert _after(stage, told) == words


def test_keeping_the_draft_in_the_background_says_nothing(stage: Stage, told: Told) -> None:
    stage.type("Half a sentence that nobody fini")
    stage.pass_seconds(1.2)
    assert _after(stage, told) == []


def test_a_note_that_could_not_be_saved_interrupts(stage: Stage, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise Trouble("disk.full")

    monkeypatch.setattr("storage.vault.OpenVault.perform", full)
    stage.type("Nobody owns the plan")
    stage.press(_Key.Key_Return)
    said = _after(stage, told)
    words = "Not saved. This laptop is full. Your text is still on screen"
    assert any(text.startswith(words) and urgent for text, urgent in said), said
    monkeypatch.undo()


def test_the_palette_tells_how_many_and_the_first_once_the_keys_rest(stage: Stage, told: Told) -> None:
    stage.chord(_Key.Key_K)
    stage.type("coverage gap")
    assert _after(stage, told) == [], "nothing while somebody types"
    stage.pass_seconds(0.7)
    ((text, urgent),) = _after(stage, told)
    assert (text.split(". ")[0].rpartition(" ")[2].rstrip("s"), urgent) == ("result", False)
    assert ", 1 of " in text
    stage.press(_Key.Key_Escape)


def test_the_lock_warns_urgently(stage: Stage, told: Told) -> None:
    idle = stage.window._idle
    assert idle is not None
    stage.clock.advance(stage.house.preferences.state.log_lock_minutes * 60 - 59)
    idle._warning()  # as its timer does; the clock of a test stands still
    warning = "FieldKit will lock in 60 seconds. Press any key to stay unlocked"
    assert _after(stage, told) == [(warning, True)]


def test_what_was_said_stands_in_the_list_of_messages(stage: Stage, told: Told) -> None:
    stage.note("Nobody owns the plan #lc")
    stage.settle()
    assert [message.text for message in stage.window.announcer.messages][-1] == told[-1][0] == "Saved"
