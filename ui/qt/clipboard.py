"""Secrets on the clipboard: kept out of its history as far as a program can, and taken back when the vault locks."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

_MARKS = {
    # Windows: no history, no copy to other computers (documented formats); KDE: no history of Klipper.
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"\1",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': bytes(4),
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': bytes(4),
    "x-kde-passwordManagerHint": b"secret",
}
_put: set[bytes] = set()
"""Digests of what was put there: the secrets themselves are not kept for that."""


def copy_secret(text: str) -> None:
    """Put a secret on the clipboard."""
    QGuiApplication.clipboard().setMimeData(secret_data(text))


def secret_data(text: str) -> QMimeData:
    """A secret as it is put on the clipboard, where it will be looked for when it has to be taken back."""
    data = QMimeData()
    data.setText(text)
    for kind, mark in _MARKS.items():
        data.setData(kind, mark)
    _put.add(_digest(text))
    return data


def forget_secrets() -> None:
    """Empty the clipboard if a secret of ours is still on it; what somebody copied since stays."""
    if not _put:
        return
    if _digest(QGuiApplication.clipboard().text()) in _put:
        QGuiApplication.clipboard().clear()
    _put.clear()


def _digest(text: str) -> bytes:
    import hashlib  # 3 ms that the first screen does not need

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
