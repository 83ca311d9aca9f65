"""Makes Qt look again at a widget whose style-sheet property changed; by itself it does so only once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

NO = "false"
"""No rule of the sheet asks for it."""


def restyle(widget: QWidget) -> None:
    """Apply the style sheet to ``widget`` anew; one that was never shown gets it then, with what it is by then."""
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def set_look(widget: QWidget, name: str, value: object) -> None:
    """Set the property ``name`` that the style sheet asks for; nothing happens when it is as before."""
    before = widget.property(name)
    if before == value:
        return
    widget.setProperty(name, value)
    if before is not None or value != NO:  # never said is "false" too, and no field of a form is wrong to begin with
        restyle(widget)
