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
