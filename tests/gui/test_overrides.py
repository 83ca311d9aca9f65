"""What our part of a Qt event raises is told; on Python 3.11 PySide6 would end the program instead."""

from __future__ import annotations

import subprocess
import sys

import pytest

_FALLS = """
import shiboken6
import ui.qt
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

class Line(QLineEdit):
    def keyPressEvent(self, event):
        gone.text()

app = QApplication(["x", "-platform", "offscreen"])
gone, line = QLabel(), Line()
shiboken6.delete(gone)
try:
    QApplication.sendEvent(line, QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a"))
except RuntimeError as error:
    print(error)
"""

_WITHOUT = """
import pkgutil
from importlib import import_module
import ui
for one in pkgutil.walk_packages(ui.__path__, "ui."):
    if not one.name.endswith("__main__"):
        import_module(one.name)
from PySide6.QtCore import QObject
from ui.qt.overrides import unheld

def below(kind):
    for one in kind.__subclasses__():
        yield one
        yield from below(one)

ours = {one for one in below(QObject) if one.__module__.startswith("ui.")}
print(len(ours))
for one in ours:
    for name in unheld(one):
        print(one.__module__, one.__qualname__, name)
"""


def _said(program: str) -> list[str]:
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()


def test_an_error_of_c_inside_an_event_of_ours_is_told_and_the_program_goes_on() -> None:
    (told,) = _said(_FALLS)
    assert "already deleted" in told


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="errors are whole from the start there")
def test_no_class_of_ours_overrides_qt_without_a_handler() -> None:
    count, *without = _said(_WITHOUT)
    assert int(count) > 250
    assert without == []
