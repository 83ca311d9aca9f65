"""The screens and the parts of Help by name: the window knows them before any of them is imported."""

from __future__ import annotations

from enum import StrEnum


class Page(StrEnum):
    """The screens; the value is the word in the main menu."""

    HOME = "Home"
    VISIT = "Visit"
    LOG = "Live log"
    EVIDENCE = "Evidence"
    COVERAGE = "Coverage"
    SEND = "Send"
    EXPOSURE = "What would be lost"
    SETTINGS = "Settings"
    HELP = "Help"


class Part(StrEnum):
    """The parts of Help; the value is the word on the tab."""

    ANSWERS = "This screen"
    SHORTCUTS = "Shortcuts"
    GUIDE = "User guide"
