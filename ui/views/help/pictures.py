"""The pictures of a page of the guide, each in a turn of its own: four in one turn are a window that stands still."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QImageReader

from ui.presenters.guide.pages import picture

_MOST = 12
"""Pictures that are kept, some 2 MB each: those of the page and of the one before."""
_TURN_MS = 1


class Pictures(QObject):
    """``came`` is told each picture that ``of`` had only an empty place for."""

    def __init__(self, came: Callable[[str, QImage], None], parent: QObject) -> None:
        super().__init__(parent)  # a turn that came after its page was closed would show it nothing
        self._came = came
        self._kept: dict[tuple[str, int], QImage] = {}
        self._wanted: deque[tuple[str, int]] = deque()
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(_TURN_MS)
        self._turn.timeout.connect(self._read_next)

    def of(self, address: str, room: int) -> QImage:
        """The picture, no wider than ``room`` pixels; an empty one of its size where it has to be read first."""
        found = self._kept.get((address, room))
        if found is not None:
            return found
        if (address, room) not in self._wanted:
            self._wanted.append((address, room))
        self._turn.start()
        size = QImageReader(_path(address)).size()
        if size.width() > room:
            size = QSize(room, max(1, round(size.height() * room / size.width())))
        empty = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        empty.fill(Qt.GlobalColor.transparent)
        return empty

    def _read_next(self) -> None:
        if not self._wanted:
            return
        address, room = self._wanted.popleft()
        image = QImage(_path(address))
        if image.width() > room:
            image = image.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
        while len(self._kept) >= _MOST:
            self._kept.pop(next(iter(self._kept)))
        self._kept[address, room] = image
        if self._wanted:
            self._turn.start()
        self._came(address, image)


def _path(address: str) -> str:
    return picture(address.removeprefix("pictures/"))
