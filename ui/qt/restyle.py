"""Makes Qt look again at a widget whose style-sheet property changed; by itself it does so only once."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def restyle(widget: QWidget) -> None:
    """Apply the style sheet to ``widget`` anew."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def set_look(widget: QWidget, name: str, value: object) -> None:
    """Set the property ``name`` that the style sheet asks for; nothing happens when it is as before."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        restyle(widget)
