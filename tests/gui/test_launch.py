"""Launch: fast first paint, one window, a clear sentence without a screen, practice with nothing to set up."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.gui import worlds
from tests.gui.stage import Stage
from tests.support.tree import ROOT
from tests.support.vaults import quick_keys
from ui.launch.display_found import NO_DISPLAY, has_display
from ui.launch.single_instance import SingleInstance
from ui.presenters.display import Colours
from ui.presenters.workbench import Page
from ui.qt.theme import Appearance

_HEAVY = ("sqlalchemy", "alembic", "reportlab", "pydantic", "httpx2", "sqlcipher3", "cryptography", "yaml", "starlette")
_PAINT_AND_NAME_MODULES = """
import sys, time
from pathlib import Path
from ui.launch.application import make_application
app = make_application(["start"])
from ui.launch.house import House
from ui.places import Places
house = House(app, Places(home=Path(sys.argv[1])))
house.open()
app.sendPostedEvents()
house.window.repaint()
print(",".join(sorted({name.split(".")[0] for name in sys.modules})))
house.shut_down()
"""


def _python(program: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return subprocess.run(
        [sys.executable, *program], cwd=ROOT, env={**kept, **environment}, capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip


def test_nothing_heavy_is_imported_before_the_first_paint(tmp_path: Path) -> None:
    done = _python(["-c", _PAINT_AND_NAME_MODULES, str(tmp_path)], QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 0, done.stderr
    assert set(done.stdout.strip().split(",")) & set(_HEAVY) == set()


def test_without_a_screen_it_says_so_in_one_sentence_and_ends_with_3(tmp_path: Path) -> None:
    done = _python(["-m", "ui"], QT_QPA_PLATFORM="", FIELDKIT_HOME=str(tmp_path))
    assert (done.returncode, done.stderr.strip()) == (3, NO_DISPLAY)


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, False),
        ({"QT_QPA_PLATFORM": "offscreen"}, True),
        ({"QT_QPA_PLATFORM": "offscreen:size=1x1"}, True),
        ({"QT_QPA_PLATFORM": "xcb"}, False),
        ({"DISPLAY": ":987"}, False),
        ({"DISPLAY": "nonsense"}, False),
        ({"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": "/nowhere"}, False),
    ],
)
def test_a_display_that_does_not_answer_is_none(environ: dict[str, str], expected: bool) -> None:
    assert has_display(environ, "linux") is expected
    assert has_display(environ, "win32")


def test_the_check_of_a_bundle_writes_and_reads_a_note() -> None:
    done = _python(
        ["-c", "import sys; from ui.launch import main; sys.exit(main())", "--check"], QT_QPA_PLATFORM="offscreen"
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("ready: locked screen ")


def test_a_second_start_brings_the_first_window_to_the_front(qapp: QApplication, tmp_path: Path) -> None:
    raised: list[int] = []
    first = SingleInstance(tmp_path, lambda: raised.append(1))
    second = SingleInstance(tmp_path, lambda: None)
    assert (first.is_first, second.is_first) == (True, False)
    answers: list[bool] = []
    caller = threading.Thread(target=lambda: answers.append(second.call_first()))
    caller.start()
    while caller.is_alive():
        qapp.processEvents()
    assert (raised, answers) == ([1], [True])
    first.close()
    third = SingleInstance(tmp_path, lambda: None)
    assert third.is_first
    third.close()
    second.close()


def test_somebody_without_the_token_raises_nothing(qapp: QApplication, tmp_path: Path) -> None:
    raised: list[int] = []
    first = SingleInstance(tmp_path, lambda: raised.append(1))
    call = tmp_path / "window.call"
    assert call.stat().st_mode & 0o077 == 0
    port = call.read_text().split()[0]
    call.write_text(f"{port} {'0' * 32}")
    second = SingleInstance(tmp_path, lambda: None)
    answers: list[bool] = []
    caller = threading.Thread(target=lambda: answers.append(second.call_first()))
    caller.start()
    while caller.is_alive():
        qapp.processEvents()
    assert (raised, answers) == ([], [False])
    second.close()
    first.close()


def test_practice_opens_with_nothing_to_configure_and_is_marked_everywhere(look: Appearance, tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.tab_to("setup.start.sample")
    stage.press(Qt.Key.Key_Return)
    stage.until(lambda: stage.window.desk is not None, 60)
    stage.until(lambda: stage.bench.home.state.loaded)
    stage.until(lambda: stage.bench.status.state.connection == "Connected to central store", 60)
    stage.until(lambda: stage.bench.status.state.waiting.startswith("Sent and confirmed"), 60)
    for page in (Page.HOME, Page.SEND, Page.SETTINGS, Page.HELP):
        stage.bench.go(page)
        assert stage.shows("top.practice")
        assert stage.window.windowTitle().startswith("Practice – ")
    assert not (tmp_path / "vault").exists()
    stage.find("top.leave").setFocus()
    stage.press(Qt.Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "setup.name")
    stage.close()


def test_text_size_and_colours_can_be_set_before_any_secret_and_are_kept(look: Appearance, tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.find("entrance.display").setFocus()
    stage.press(Qt.Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "display.size.0")
    stage.chord(Qt.Key.Key_Plus)
    assert look.typography.percent == 115
    stage.house.display.colours(Colours.DARK)
    stage.close()
    again = Stage(tmp_path)
    assert (again.house.display.state.percent, again.house.display.state.colours) == (115, Colours.DARK)
    again.close()


def test_the_sample_visit_asked_for_twice_opens_once_and_lets_go(look: Appearance, tmp_path: Path) -> None:
    with quick_keys():
        worlds.practice(tmp_path)
        with Stage(tmp_path) as stage:
            for _ in range(3):  # a double click, and somebody who does not believe it
                stage.window.open_sample()
            stage.until(lambda: stage.window.desk is not None)
            stage.settle()
            stage.window.lock()
            stage.window.open_sample()
            stage.until(lambda: stage.window.desk is not None, 10)
            assert stage.bench.session.is_practice
