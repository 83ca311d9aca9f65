"""What is pasted into any field of several lines: plain words, never more than a field can hold, and from where."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData

if TYPE_CHECKING:  # its patterns are made at the first paste, not before the first screen is painted
    from fieldkit.capture.pasting import Pasted

_HTML = "text/html"
_OWN = "application/x-fieldkit-words"
_told: list[Callable[[str], None]] = []


def tell_through(tell: Callable[[str], None] | None) -> None:
    """Where a person is told that not all of it went in; None: the vault was closed."""
    _told[:] = [tell] if tell is not None else []


def taken(source: QMimeData) -> Pasted:
    """The words of what is on the clipboard; the person is told when some were left out."""
    from fieldkit.capture.pasting import LONGEST, read_paste

    html = bytes(source.data(_HTML).data()) if source.hasFormat(_HTML) else b""
    found = read_paste(source.text(), html, source.formats())
    if found.left_out and _told:
        from ui.presenters.wording import sentence

        _told[0](sentence("writing.paste_cut", most=f"{LONGEST:,}", left=f"{found.left_out:,}"))
    return found


def source_name(source: QMimeData) -> str:
    """The program that what is on the clipboard names; empty where nothing says which."""
    from fieldkit.capture.pasting import source_of

    return source_of(bytes(source.data(_HTML).data()) if source.hasFormat(_HTML) else b"", source.formats())


def marked_as_own(data: QMimeData) -> QMimeData:
    """What is copied here, told from what other programs put on the clipboard."""
    data.setData(_OWN, b"1")
    return data


def is_own(data: QMimeData) -> bool:
    """Whether it was copied here: words moved about are no words from elsewhere."""
    return data.hasFormat(_OWN)
