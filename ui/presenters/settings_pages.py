"""The pages of Settings (ux S14), by the names that the list, the palette and other screens use."""

from __future__ import annotations

from enum import StrEnum


class SettingsPage(StrEnum):
    """In the order of the list; the value is what is shown."""

    DISPLAY = "Display"
    KEYBOARD = "Keyboard"
    READING = "Reading and sound"
    PRIVACY = "Privacy and lock"
    PACKS = "Framework packs"
    OFFICE = "Organisation and central store"
    NETWORK = "Network"
    STORAGE = "Storage and backup"
    TAKE_OUT = "Take work out"
    TAKE_IN = "Take work in"
    RECOVERY = "Recovery key"
    ABOUT = "About and accessibility statement"
