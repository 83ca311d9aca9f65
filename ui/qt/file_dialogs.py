"""The system's file dialogs. While one is up the window behind it goes on: the vault may be locked, a page made anew.

What asked may then be gone, and whoever touched it next would end with an error of Qt's. So an answer that nobody is
left to take counts as none: each returns "" as if the person had cancelled.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtWidgets import QFileDialog, QWidget


def file_to_open(asker: QWidget, title: str, start: str, kinds: str = "") -> str:
    """The path of a file that is there; "" for none. ``kinds`` as Qt's file dialog takes it."""
    return _kept(asker, QFileDialog.getOpenFileName(asker, title, start, kinds)[0])


def file_to_save(asker: QWidget, title: str, start: str, kinds: str = "") -> str:
    """The path of a file to write; "" for none."""
    return _kept(asker, QFileDialog.getSaveFileName(asker, title, start, kinds)[0])


def folder_to_use(asker: QWidget, title: str, start: str) -> str:
    """The path of a folder; "" for none."""
    return _kept(asker, QFileDialog.getExistingDirectory(asker, title, start))


def _kept(asker: QWidget, path: str) -> str:
    return path if shiboken6.isValid(asker) else ""
