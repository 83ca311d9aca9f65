"""Accessibility kit: mistakes are listed at the top, stand at their fields in the same words, and are spoken (T21)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tests.gui.support.tree import visible
from ui.presenters.wording.toolkit import ERROR_PREFIX
from ui.widgets.error_summary import ErrorSummary
from ui.widgets.fields import Field


def mistake_faults(window: QWidget) -> list[str]:
    """What is wrong with how the mistakes on the screen are told; nothing where there are none."""
    fields = [one for one in visible(window, Field) if one.error]
    found = [
        f"{one.control.objectName()} is wrong and its description is {one.control.accessibleDescription()!r}"
        for one in fields
        if not one.control.accessibleDescription().startswith(f"{ERROR_PREFIX}{one.error}")
    ]
    for summary in visible(window, ErrorSummary):
        if not window.windowTitle().startswith(ERROR_PREFIX):
            found.append(f"there is a problem, and the title is {window.windowTitle()!r}")
        at_fields = {one.error for one in fields}
        if not summary.lines or not set(summary.lines) <= at_fields:
            found.append(f"the summary says {summary.lines}, the fields say {sorted(at_fields)}")
    return found
