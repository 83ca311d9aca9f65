"""Where the window stands: inside the screen with its frame, where it was last time, never out of reach."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

USUAL = QSize(1366, 768)
"""Logical pixels inside the frame on a large screen; more would only make lines too long to read."""
FRAME = QMargins(8, 32, 8, 8)
"""What a title bar and borders take before the system can tell: its answer comes with the first showing."""
_GRASP = 120
"""Pixels of the title bar that must be on a screen for the window to be moved back by hand."""
_FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """``rect`` without its frame; ``is_full``: the window fills the screen, and has ``rect`` when it no longer does."""

    rect: QRect
    is_full: bool = False

    def kept(self) -> str:
        """As the settings file has it."""
        rect = self.rect
        words = [str(number) for number in (rect.x(), rect.y(), rect.width(), rect.height())]
        return " ".join((*words, _FULL) if self.is_full else words)


def place_for(rooms: list[QRect], kept: str = "", frame: QMargins = FRAME) -> Place:
    """Where to open on screens with this much room, the first being the main one; ``kept`` is from last time.

    A small screen is filled: on 1366×768 a title bar alone would push the status line off it.
    """
    before = _read(kept)
    if before is not None:
        room = next((room for room in rooms if _can_be_grasped(before.rect, room)), None)
        if room is not None:
            return Place(rect=_inside(before.rect, room.marginsRemoved(frame)), is_full=before.is_full)
    room = rooms[0]
    inner = room.marginsRemoved(frame)
    is_small = inner.width() < USUAL.width() or inner.height() < USUAL.height()
    size = USUAL.boundedTo(inner.size())
    rect = QRect(inner.topLeft(), size)
    rect.moveCenter(inner.center())
    return Place(rect=rect, is_full=is_small)


def open_at(window: QWidget, kept: str) -> None:
    """Show the window where it belongs."""
    place = place_for(_rooms(), kept)
    window.setGeometry(place.rect)
    if place.is_full:
        window.showMaximized()
    else:
        window.show()


def settle(window: QWidget) -> None:
    """The frame is known by now: move and shrink a window that reaches beyond its screen."""
    if window.isMaximized() or window.isFullScreen():
        return
    inner = window.screen().availableGeometry().marginsRemoved(window.windowHandle().frameMargins())
    wanted = _inside(window.geometry(), inner)
    if wanted != window.geometry():
        window.setGeometry(wanted)


def place_of(window: QWidget) -> Place:
    """Where it is now, to be kept."""
    is_full = window.isMaximized() or window.isFullScreen()
    rect = window.normalGeometry() if is_full else window.geometry()
    return Place(rect=rect if rect.isValid() else window.geometry(), is_full=is_full)


def to_front(window: QWidget) -> None:
    """A second start asked for it."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


def _rooms() -> list[QRect]:
    main = QGuiApplication.primaryScreen()
    others = [screen for screen in QGuiApplication.screens() if screen is not main]
    return [screen.availableGeometry() for screen in (main, *others)]


def _read(kept: str) -> Place | None:
    words = kept.split()
    try:
        x, y, width, height = (int(word) for word in words[:4])
    except ValueError:
        return None
    return Place(rect=QRect(x, y, width, height), is_full=words[4:] == [_FULL])


def _can_be_grasped(rect: QRect, room: QRect) -> bool:
    title = QRect(rect.left(), rect.top() - FRAME.top(), rect.width(), FRAME.top())
    seen = title.intersected(room)
    return seen.width() >= min(_GRASP, rect.width()) and seen.height() > 0


def _inside(rect: QRect, inner: QRect) -> QRect:
    size = rect.size().boundedTo(inner.size())
    left = min(max(rect.left(), inner.left()), inner.right() + 1 - size.width())
    top = min(max(rect.top(), inner.top()), inner.bottom() + 1 - size.height())
    return QRect(left, top, size.width(), size.height())
