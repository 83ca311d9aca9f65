"""Recording in the real window, by keys, with the library's own silent device: asked, seen, saved and played."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QLabel, QWidget

from fieldkit.app.policies import ON, RECORD_AUDIO
from fieldkit.domain.attachment import Attachment
from fieldkit.media.sound import Devices
from tests.gui import worlds
from tests.gui.stage import PASSPHRASE, Stage
from tests.gui.support.paint import clipped, small_targets
from tests.gui.support.tree import identifier_faults, label_not_in_name, unnamed
from tests.support.vaults import quick_keys
from ui.presenters.display import Colours
from ui.presenters.page import Page
from ui.presenters.sound.recorder import Stage as Step
from ui.qt.theme import Appearance

_Key = Qt.Key
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_PICTURES = os.environ.get("FIELDKIT_SOUND_PICTURES", "")


@pytest.fixture
def stage(look: Appearance, tmp_path: Path) -> Iterator[Stage]:
    """A vault with one visit, its log open, a silent microphone, and an organisation that allows it."""
    with quick_keys():
        worlds.own(tmp_path / "home", 3, in_log=True)
        made = Stage(tmp_path / "home")
        _unlock(made)
        made.bench.session.workspace.perform(lambda uow: uow.set_setting(RECORD_AUDIO, ON))
        made.settle()
        yield made
        made.close()


def _unlock(stage: Stage) -> None:
    stage.until(lambda: stage.focus.objectName() == "unlock.passphrase")
    stage.type(PASSPHRASE)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.window.desk is not None and stage.focus.objectName() == "log.capture")
    stage.bench.session.sound = Devices(silent=True)
    stage.settle()


def _record(stage: Stage) -> None:
    stage.chord(_Key.Key_R, shift=True)
    stage.until(lambda: stage.focus.objectName() == "sound.start")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.bench.recorder.state.stage is Step.RECORDING)
    stage.until(lambda: stage.bench.recorder.state.length > 0)


def _words(stage: Stage) -> str:
    found = stage.find("sound.words")
    assert isinstance(found, QLabel)
    return found.text()


def _files(stage: Stage) -> list[Attachment]:
    stage.settle()
    rows = stage.bench.session.workspace.ask(lambda q: q.files()).result()
    return [row.row.value for row in rows]


def _spoken(widget: QWidget) -> str:
    """Every name in the accessibility tree below ``widget``."""

    def names(one: QAccessibleInterface | None, found: list[str]) -> None:
        state: Any = one.state() if one is not None else None
        if one is None or state.invisible:
            return
        found.append(one.text(QAccessible.Text.Name))
        for at in range(one.childCount()):
            names(one.child(at), found)

    told: list[str] = []
    names(QAccessible.queryAccessibleInterface(widget), told)
    return " | ".join(told)


def _picture(stage: Stage, name: str) -> None:
    if _PICTURES:
        stage.settle()
        stage.window.grab().save(str(Path(_PICTURES) / f"{name}.png"), quality=100)


def test_a_recording_by_keys_is_seen_everywhere_and_its_note_is_played_from_where_it_was_made(stage: Stage) -> None:
    stage.type("Half a")
    stage.chord(_Key.Key_R, shift=True)
    stage.until(lambda: stage.focus.objectName() == "sound.start")
    assert "told and agreed to be recorded" in _words(stage)
    _picture(stage, "asking")
    stage.press(_Key.Key_Escape)
    stage.until(lambda: stage.focus.objectName() == "log.capture")
    assert not stage.shows("sound")
    assert _files(stage) == []
    _record(stage)
    stage.until(lambda: stage.focus.objectName() == "log.capture")
    assert _words(stage).startswith("Recording sound 0:0")
    assert "Recording sound 0:0" in _spoken(stage.window)
    stage.note(" sentence goes on being typed")
    _picture(stage, "recording")
    stage.window.commands.run("home")
    stage.until(lambda: stage.bench.state.page is Page.HOME)
    assert _words(stage).endswith("ICB board"), "it names what it runs in, wherever one is"
    stage.press(_Key.Key_F9)
    stage.until(lambda: stage.shows("hidden.show"))
    assert _words(stage).startswith("Recording sound 0:0")
    assert "ICB board" not in _spoken(stage.window)
    _picture(stage, "hidden")
    stage.press(_Key.Key_F9)
    stage.press(_Key.Key_P, _CTRL | _SHIFT)
    stage.until(lambda: _words(stage).startswith("Recording paused"))
    _picture(stage, "paused")
    stage.press(_Key.Key_P, _CTRL | _SHIFT)
    stage.until(lambda: stage.bench.recorder.state.length > 1500)
    stage.chord(_Key.Key_R, shift=True)
    stage.until(lambda: "saved on this laptop as" in stage.bench.recorder.state.notice)
    (value,) = _files(stage)
    assert value.sound is not None
    assert value.sound.length > 1500
    _picture(stage, "saved")
    stage.window.commands.run("visit")
    stage.until(lambda: stage.bench.state.page is Page.LOG)
    stage.until(lambda: bool(stage.bench.recordings.state))
    stage.press(_Key.Key_Escape)  # from the line to the notes
    for _ in range(3):
        stage.press(_Key.Key_Down)
    stage.settle()
    _picture(stage, "details")
    assert f"0:00 in recording {value.exhibit}" in _spoken(stage.window)
    stage.press(_Key.Key_F5)
    stage.until(lambda: stage.bench.player.state.is_playing)
    _picture(stage, "playing")
    assert f"Playing {value.exhibit}" in _spoken(stage.window)
    stage.press(_Key.Key_F5)
    stage.until(lambda: not stage.bench.player.state.is_playing)
    stage.press(_Key.Key_F5, _CTRL)
    assert stage.bench.player.state.position == value.sound.length
    stage.press(_Key.Key_F9)
    stage.until(lambda: stage.shows("hidden.show"))
    assert value.exhibit not in _spoken(stage.window)
    stage.press(_Key.Key_F9)
    stage.window.commands.run("stop_playing")
    assert not stage.bench.player.state.exhibit


def test_files_tells_of_the_recording_and_plays_it_from_a_note_made_meanwhile(stage: Stage) -> None:
    _record(stage)
    stage.note("Chair asked who owns the plan")
    stage.until(lambda: stage.bench.recorder.state.length > 1200)
    stage.chord(_Key.Key_R, shift=True)
    stage.until(lambda: bool(stage.bench.recorder.state.notice))
    stage.window.commands.run("files")
    stage.until(lambda: stage.bench.state.page is Page.FILES)
    stage.find("files.list").setFocus()
    stage.press(_Key.Key_Home)
    stage.settle()
    (value,) = _files(stage)
    told = _spoken(stage.window)
    assert f"Recorded 12:30, 0:0{value.sound.length // 1000} of sound" in told  # type: ignore[union-attr]
    assert "Everybody there was told, and agreed to be recorded" in told
    _picture(stage, "files")
    stage.tab_to("files.moments")
    stage.press(_Key.Key_Home)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.bench.player.state.is_playing)
    assert stage.bench.player.state.exhibit == value.exhibit
    stage.find("files.list").setFocus()
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.bench.player.state.is_playing)
    assert stage.bench.player.state.position < 800
    assert unnamed(stage.window) == []


def test_locking_saves_the_recording_and_unlocking_shows_it_whole(stage: Stage) -> None:
    _record(stage)
    stage.chord(_Key.Key_L)
    stage.until(lambda: stage.window.desk is None)
    assert not stage.shows("sound")
    stage.until(lambda: stage.focus.objectName() == "unlock.passphrase")
    _unlock(stage)
    (value,) = _files(stage)
    assert value.sound is not None
    assert not value.sound.is_cut_off
    assert stage.bench.recorder.state.notice == ""


def test_without_the_policy_the_window_says_why_and_who_sets_it(stage: Stage) -> None:
    stage.bench.session.workspace.perform(lambda uow: uow.set_setting(RECORD_AUDIO, None))
    stage.chord(_Key.Key_R, shift=True)
    stage.until(lambda: stage.shows("sound.fault"))
    assert "Your organisation has not turned on sound recording" in _spoken(stage.window)
    assert "The office sets this" in _spoken(stage.window)
    _picture(stage, "off")
    stage.window.desk.next_region(-1)  # type: ignore[union-attr]
    stage.tab_to("sound.fault.remedy")
    stage.press(_Key.Key_Return)
    stage.until(lambda: not stage.shows("sound"))
    assert stage.focus.isVisible()


def test_help_and_the_card_of_a_risk_leave_the_indicator_in_sight(stage: Stage) -> None:
    _record(stage)
    stage.press(_Key.Key_E, _CTRL | _SHIFT)
    stage.until(lambda: stage.window.risk is not None and stage.window.risk.is_open)
    line = stage.find("sound")
    overlay = stage.window.risk.overlay  # type: ignore[union-attr]
    assert overlay is not None
    assert overlay.isVisible()
    _picture(stage, "card")
    words = stage.find("sound.words")
    under = stage.window.childAt(words.mapTo(stage.window, words.rect().center()))
    assert under is not None
    assert under is line or line.isAncestorOf(under), "something lies over the indicator"


@pytest.mark.parametrize(
    ("colours", "percent", "size"),
    [(Colours.LIGHT, 100, (1366, 688)), (Colours.DARK, 150, (1280, 640)), (Colours.HIGH_CONTRAST, 200, (1092, 534))],
)
def test_the_line_is_whole_in_every_state_and_look(
    stage: Stage, colours: Colours, percent: int, size: tuple[int, int]
) -> None:
    def looked_at(state: str) -> None:
        stage.settle()
        _picture(stage, f"{state}-{colours.value}-{percent}")
        line = stage.find("sound")
        for check in (unnamed, clipped, small_targets, identifier_faults, label_not_in_name):
            assert check(line) == [], (state, check.__name__)
        assert line.height() < stage.window.height() / 2, "there is room left for the notes"

    stage.show_as(colours, percent, size)
    stage.chord(_Key.Key_R, shift=True)
    stage.until(lambda: stage.focus.objectName() == "sound.start")
    looked_at("asking")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.bench.recorder.state.length > 0)
    looked_at("recording")
    stage.press(_Key.Key_P, _CTRL | _SHIFT)
    looked_at("paused")
    stage.chord(_Key.Key_R, shift=True)
    stage.until(lambda: bool(stage.bench.recorder.state.notice))
    looked_at("saved")
    stage.until(lambda: bool(stage.bench.recordings.state))
    stage.bench.player.play(stage.bench.recordings.state[0])
    stage.until(lambda: stage.shows("sound.close"))
    assert not stage.shows("sound.notice"), "what was saved gives way to what is played"
    looked_at("playing")
    capture = stage.find("log.capture")
    capture.setFocus()
    stage.type("words that go on until they wrap onto the second line of the box, whatever the size of the text is")
    stage.settle()
    looked_at("writing")
    assert capture.visibleRegion().boundingRect().height() >= capture.minimumHeight() - 2, "no line is cut off"
