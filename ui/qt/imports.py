"""Imports without Qt for Python reading every module's source.

From its own import on, PySide6 replaces Python's ``import`` by one that asks of each new module whether it uses
PySide6's optional spelling (``from __feature__ import snake_case``). It finds out by reading the module's source
text into memory: 500 files, 20 MB that are never given back, and a third of a second until the vault can be
opened. Nothing here uses that spelling.
"""

from __future__ import annotations

import builtins


def import_plainly() -> None:
    """Put back the ``import`` that PySide6 found; where a version replaces none, nothing changes."""
    found = getattr(builtins, "__orig_import__", None)
    if found is not None:
        builtins.__import__ = found


def meet_every_kind() -> None:
    """Have PySide make its class for every kind of widget, on the screen's thread, while nobody waits.

    It does so the first time when it meets a control that Qt made by itself (the middle of a list): 8 to 20 ms, which
    would be part of showing the first page behind the locked screen.
    """
    from PySide6.QtWidgets import QAbstractScrollArea

    QAbstractScrollArea().viewport()
