"""Runs the real program and presses its keys: ``python -m tests.journeys.hands``; orders come in on standard input.

There is no way from here into the program but a key event to whatever has the focus; what comes back is what can be
seen. Each key is a turn of the event loop of its own, as it is when a person types.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
import traceback
from collections import deque
from typing import Any

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.journeys.eyes import look
from tests.support.guards_network import install as keep_to_loopback

_ENTER = QKeyCombination(Qt.Key.Key_Return)
_HELD = (
    Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier,
)  # fmt: skip

_FRAME = 1 / 60
"""Seconds: keys that come within one frame of the screen are painted together, as the window system does."""


class Hands(QObject):
    """Takes one order at a time and answers each with one line."""

    _ordered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._keys: deque[str | QKeyCombination] = deque()
        self._pressed = 0
        self._ordered.connect(self._obey, Qt.ConnectionType.QueuedConnection)
        threading.Thread(target=self._listen, name="orders", daemon=True).start()

    def _listen(self) -> None:
        for line in sys.stdin:
            self._ordered.emit(line)
        os._exit(9)  # whoever gave the orders is gone: leave no window behind

    def _obey(self, line: str) -> None:
        order: dict[str, str] = json.loads(line)
        self._pressed = 0
        match order["do"]:
            case "type":
                self._keys.extend(_ENTER if letter == "\n" else letter for letter in order["words"])
                self._next_key()
            case "press":
                self._keys.append(_chord(order["keys"]))
                self._next_key()
            case "look":
                _answer(look())
            case "close":  # what the window manager does on Alt+F4: it sends no key to the program
                _answer({})
                QApplication.closeAllWindows()

    def _next_key(self) -> None:
        if not self._keys:
            _answer({"keys": self._pressed, "at": time.monotonic()})
            return
        QTimer.singleShot(0, self._next_key)  # first, so that a question the key opens does not stop the hands
        began = time.monotonic()
        try:
            while self._keys and time.monotonic() - began < _FRAME:
                self._press(self._keys.popleft())
        except Exception:  # the program has a guard of its own, which would take it for a fault of the program
            _answer({"problem": traceback.format_exc()})

    def _press(self, key: str | QKeyCombination) -> None:
        target = _target()
        self._pressed += 1
        if isinstance(key, QKeyCombination):
            self._pressed += sum(bool(key.keyboardModifiers() & one) for one in _HELD)
            QTest.keyClick(target, key.key(), key.keyboardModifiers())
        elif key.isascii():
            QTest.keyClicks(target, key)
        else:  # QTest knows ASCII only
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(target, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, key))


def _target() -> QWidget:
    found = QApplication.activePopupWidget() or QApplication.focusWidget() or QApplication.activeWindow()
    assert found is not None, "nothing has the focus"
    return found


def _chord(words: str) -> QKeyCombination:
    chord: QKeyCombination = QKeySequence.fromString(words)[0]  # type: ignore[index]
    return chord


def _answer(reply: dict[str, Any]) -> None:
    print(json.dumps(reply), flush=True)


def main() -> int:
    """The program as ``ui.launch`` starts it; its exit code."""
    keep_to_loopback()
    hands = Hands()
    from ui.launch import main as program

    code = program()
    del hands
    return code


if __name__ == "__main__":
    sys.exit(main())
