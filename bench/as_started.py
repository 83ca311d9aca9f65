"""Imported before anything else of the window: Python's own ``import`` again, as ``python -m ui`` has it.

A program that imports Qt first and FieldKit after it reads the source of every module into memory, 8 MB of them, which
the product never does (``ui.qt.imports``): its memory would be told too high.
"""

from __future__ import annotations

import PySide6.QtCore  # noqa: F401  with it PySide6 puts its own ``import`` in place

from ui.qt.imports import import_plainly

import_plainly()
