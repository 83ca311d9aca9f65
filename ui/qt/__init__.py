"""Qt of the desktop app."""

from ui.qt.overrides import hold_errors

hold_errors()  # before any class of ours is made
