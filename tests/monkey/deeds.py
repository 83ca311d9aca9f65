"""What a monkey does at a keyboard, a mouse and a window: deeds drawn with their weights, each a few turns of input."""

from __future__ import annotations

import random
import traceback
from collections import deque
from collections.abc import Callable
from functools import partial

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from tests.gui.stage import PASSPHRASE
from ui.presenters.commands import COMMANDS
from ui.presenters.display import SIZES, Colours, Display, Rows

_Key, _Mod, _Left = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton.LeftButton
_KEYS = (
    _Key.Key_Tab, _Key.Key_Tab, _Key.Key_Backtab, _Key.Key_Return, _Key.Key_Return, _Key.Key_Return, _Key.Key_Escape,
    _Key.Key_Space, _Key.Key_Up, _Key.Key_Down, _Key.Key_Down, _Key.Key_Left, _Key.Key_Right, _Key.Key_Home,
    _Key.Key_End, _Key.Key_PageUp, _Key.Key_PageDown, _Key.Key_Delete, _Key.Key_Backspace, _Key.Key_F1, _Key.Key_F2,
    _Key.Key_F4, _Key.Key_F6, _Key.Key_F9, _Key.Key_F10, _Key.Key_Insert, _Key.Key_Menu, _Key.Key_Alt,
)  # fmt: skip
_HELD = (
    _Mod.NoModifier, _Mod.NoModifier, _Mod.NoModifier, _Mod.ShiftModifier, _Mod.ControlModifier, _Mod.AltModifier,
    _Mod.ControlModifier | _Mod.ShiftModifier,
)  # fmt: skip
_MODIFIERS = (
    (_Mod.ShiftModifier, _Key.Key_Shift), (_Mod.ControlModifier, _Key.Key_Control), (_Mod.AltModifier, _Key.Key_Alt),
)  # fmt: skip
_CLICK = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease)
_AGAIN = (QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease)
_EDITING = ("Ctrl+A", "Ctrl+C", "Ctrl+X", "Ctrl+V", "Ctrl+Z", "Ctrl+Y", "Ctrl+Backspace", "Ctrl+Return", "Alt+Down")
_SCREENS = (*(f"Ctrl+{place}" for place in (1, 2, 2, 3, 4, 7, 9)), "F1", "Ctrl+N")
_WORDS = (
    "Chair asked who owns it", "nobody told the night team", "#lc", "#lc-", "#2.5", "#", "# #", "#lc#sg!", "dn:",
    '"', '"we will come back"', "! xy: No doctor, 943 476 5919", "? look again", "lear", "gap", "09:30 Welcome",
    "12/11/2026", "31 Feb", "tag:lc person:dn", "-tag:lc", 'text:"', "(((", "AND OR NOT", "*", "%", "'; --", "0", "-1",
    "999999999999999999999", "é😀 ﷽ \u202eabc", "a" * 300, "Ñandú \u200d👩‍👩‍👧", "<b>bold</b> & < >", "{x} %s", "25:99",
)  # fmt: skip
_SIZES = ((720, 480), (1092, 534), (1280, 640), (1366, 688), (1536, 784), (2560, 1440))


class Deeds:
    """One monkey's hands. ``do`` draws a deed, does it and says in a few words what it was."""

    def __init__(self, chance: random.Random, window: Callable[[], QWidget], display: Display) -> None:
        self._chance = chance
        self._window = window
        self._display = display
        self._ahead: deque[Callable[[], object]] = deque()
        self._doing = ""
        self._chords = [key for command in COMMANDS for key in command.keys]
        self._table: list[tuple[int, str, Callable[[], str]]] = [
            (30, "type", self._type), (30, "key", self._key), (16, "chord", self._chord), (3, "edit", self._edit),
            (5, "go", self._go), (5, "palette", self._palette), (14, "click", self._click), (3, "drag", self._drag),
            (4, "wheel", self._wheel), (1, "compose", self._compose), (2, "resize", self._resize),
            (1, "look", self._look),
        ]  # fmt: skip

    def do(self) -> str:
        """The next input; each key is one. Says what it belongs to, and nothing while that goes on."""
        try:
            if not self._ahead:
                self._doing = self._begin()
            if self._ahead:
                self._ahead.popleft()()
        except RuntimeError as error:
            if not _is_about_what_is_gone(error):
                raise
            self._doing = "reach for what is gone"
        said, self._doing = self._doing, ""
        return said

    def _begin(self) -> str:
        """What is asked in a window of its own is answered soon, or nothing else would be tried."""
        if isinstance(QApplication.activeModalWidget(), QFileDialog):
            self._keys(_Key.Key_Escape)
            return "escape from a file dialog"
        if self._is_locked() and self._chance.random() < 0.9:
            return self._unlock()
        weights = [weight for weight, _, _ in self._table]
        _, name, deed = self._chance.choices(self._table, weights)[0]
        return f"{name} {deed()}"

    def _keys(self, key: Qt.Key, held: Qt.KeyboardModifier = _Mod.NoModifier, times: int = 1) -> None:
        self._ahead.extend([lambda: self._strike(key, held)] * times)

    def _strike(self, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
        """The release is another event, to what has the focus then: the press may have closed what had it."""
        QTest.keyPress(_target(self._window()), key, held)
        for released in (key, *(one for modifier, one in _MODIFIERS if held & modifier)):
            QTest.keyRelease(_target(self._window()), released)

    def _letters(self, words: str) -> None:
        self._ahead.extend(partial(self._letter, letter) for letter in words)

    def _letter(self, letter: str) -> None:
        key = ord(letter.upper()) if letter.isascii() else 0
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(_target(self._window()), QKeyEvent(kind, key, _Mod.NoModifier, letter))

    # Keys

    def _type(self) -> str:
        words = self._chance.choice(_WORDS)
        if self._chance.random() < 0.4:
            words += " "
        self._letters(words)
        if self._chance.random() < 0.3:
            self._keys(_Key.Key_Return)
            words += "\\n"
        return repr(words[:40])

    def _key(self) -> str:
        key, held = self._chance.choice(_KEYS), self._chance.choice(_HELD)
        if key == _Key.Key_F4 and held & _Mod.AltModifier:  # closes the window, as it should
            held = _Mod.NoModifier
        times = self._chance.choice((1, 1, 1, 2, 5))
        self._keys(key, held, times)
        return f"{times} x {held.name} {key.name}"

    def _chord(self) -> str:
        return self._press(self._chance.choice(self._chords))

    def _go(self) -> str:
        """To another screen, so that none of them waits for luck."""
        return self._press(self._chance.choice(_SCREENS))

    def _edit(self) -> str:
        return self._press(self._chance.choice(_EDITING))

    def _palette(self) -> str:
        self._press("Ctrl+K")
        words = self._chance.choice(COMMANDS).words
        typed = words[: self._chance.randint(0, len(words))]
        self._letters(typed)
        self._keys(self._chance.choice((_Key.Key_Return, _Key.Key_Return, _Key.Key_Escape)))
        return repr(typed)

    def _compose(self) -> str:
        event = QInputMethodEvent()
        event.setCommitString(self._chance.choice(("é", "ß", "日本", "👍🏽")))
        QApplication.sendEvent(_target(self._window()), event)
        return event.commitString()

    def _press(self, keys: str) -> str:
        chord = QKeySequence.fromString(keys)[0]  # type: ignore[index]
        self._keys(chord.key(), chord.keyboardModifiers())
        return keys

    # Mouse

    def _click(self) -> str:
        found = self._somewhere()
        if found is None:
            return "nowhere"
        widget, place = found
        name = f"{type(widget).__name__} {widget.objectName()}"
        button = Qt.MouseButton.RightButton if self._chance.random() < 0.08 else _Left
        held, is_double = self._chance.choice(_HELD), self._chance.random() < 0.1
        for event in (*_CLICK, *_AGAIN) if is_double else _CLICK:
            _touch(widget, event, button, held, place)
        return f"{button.name} {name}"

    def _drag(self) -> str:
        found = self._somewhere()
        if found is None:
            return "nowhere"
        widget, place = found
        name = f"{type(widget).__name__} {widget.objectName()}"
        _touch(widget, QEvent.Type.MouseButtonPress, _Left, _Mod.NoModifier, place)
        for _ in range(3):
            place += QPoint(self._chance.randint(-60, 60), self._chance.randint(-60, 60))
            _touch(widget, QEvent.Type.MouseMove, _Left, _Mod.NoModifier, place)
        _touch(widget, QEvent.Type.MouseButtonRelease, _Left, _Mod.NoModifier, place)
        return name

    def _wheel(self) -> str:
        found = self._somewhere()
        if found is None:
            return "nowhere"
        widget, place = found
        step = QPoint(0, self._chance.choice((-1200, -120, 120, 1200)))
        over = widget.mapToGlobal(place)
        held = self._chance.choice((_Mod.NoModifier, _Mod.NoModifier, _Mod.ControlModifier))
        QApplication.sendEvent(
            widget,
            QWheelEvent(
                QPointF(place), QPointF(over), QPoint(), step, Qt.MouseButton.NoButton, held,
                Qt.ScrollPhase.NoScrollPhase, False,
            ),
        )  # fmt: skip
        return f"{step.y()} {type(widget).__name__}"

    def _somewhere(self) -> tuple[QWidget, QPoint] | None:
        """A widget that the pointer can reach, and a place on what can be seen of it."""
        over = QApplication.activePopupWidget() or QApplication.activeModalWidget() or self._window()
        seen = [one for one in over.findChildren(QWidget) if _is_there(one) and one.isVisible() and one.isEnabled()]
        widget = self._chance.choice(seen) if seen else over
        area: QRect = widget.visibleRegion().boundingRect()
        if area.isEmpty():
            return None
        place = QPoint(self._chance.randint(area.left(), area.right()), self._chance.randint(area.top(), area.bottom()))
        top = over.childAt(widget.mapTo(over, place)) if widget is not over else None
        if top is None or top is widget or not _is_there(top):
            return widget, place
        return top, top.mapFrom(over, widget.mapTo(over, place))

    # The window

    def _resize(self) -> str:
        width, height = self._chance.choice(_SIZES)
        self._window().resize(width, height)
        return f"{width} x {height}"

    def _look(self) -> str:
        match self._chance.randrange(3):
            case 0:
                chosen: object = self._chance.choice(list(Colours))
                self._display.colours(Colours(str(chosen)))
            case 1:
                chosen = self._chance.choice(SIZES)
                self._display.size(int(str(chosen)))
            case _:
                chosen = self._chance.choice(list(Rows))
                self._display.rows(Rows(str(chosen)))
        return str(chosen)

    # The locked screen

    def _is_locked(self) -> bool:
        return any(one.isVisible() for one in self._window().findChildren(QWidget, "unlock.passphrase"))

    def _unlock(self) -> str:
        window = self._window()
        link = window.findChildren(QWidget, "unlock.sample")
        if self._chance.random() < 0.5 and link and link[-1].isVisible():
            link[-1].setFocus()
            self._keys(_Key.Key_Return)
            return "practise"
        window.findChildren(QWidget, "unlock.passphrase")[-1].setFocus()
        self._keys(_Key.Key_A, _Mod.ControlModifier)
        self._letters(PASSPHRASE)
        self._keys(_Key.Key_Return)
        return "unlock"


def _target(window: QWidget) -> QWidget:
    return (
        QApplication.activePopupWidget() or QApplication.focusWidget() or QApplication.activeModalWidget() or window
    )  # fmt: skip


def _touch(
    widget: QWidget, kind: QEvent.Type, button: Qt.MouseButton, held: Qt.KeyboardModifier, place: QPoint
) -> None:
    """One event of the pointer, if what it is over is still there: QTest's clicks go on with what a press deleted."""
    if not _is_there(widget):
        return
    is_down = kind != QEvent.Type.MouseButtonRelease
    event = QMouseEvent(
        kind, QPointF(place), QPointF(widget.mapToGlobal(place)),
        Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else button,
        button if is_down else Qt.MouseButton.NoButton, held,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def _is_there(one: QObject) -> bool:
    """Where Qt put a new control in the memory of an old one, PySide may still take it for the one that is gone."""
    return shiboken6.isValid(one)


def _is_about_what_is_gone(error: RuntimeError) -> bool:
    """PySide says so of what our own hands held; where the program did, its own lines are the last."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return "already deleted" in str(error) and last.filename == __file__
