"""Pages of Settings and answers of Help as lines of the palette."""

from __future__ import annotations

from functools import cache

from ui.presenters.help import ANSWERS
from ui.presenters.palette.items import Item, Kind
from ui.presenters.settings_pages import SettingsPage

_ALSO = {
    SettingsPage.DISPLAY: "text size font zoom colours theme dark light high contrast rows movement dim",
    SettingsPage.KEYBOARD: "shortcuts keys alt numbers",
    SettingsPage.READING: "screen reader announcements saved",
    SettingsPage.PRIVACY: "passphrase auto-lock minutes",
    SettingsPage.PACKS: "framework statements",
    SettingsPage.OFFICE: "enrol code central store office",
    SettingsPage.NETWORK: "proxy metered hotspot mobile data certificates password files",
    SettingsPage.STORAGE: "backup restore vault folder",
    SettingsPage.TAKE_OUT: "export json csv excel tables markdown refi qda nvivo maxqda codebook",
    SettingsPage.TAKE_IN: "import json export restore another laptop",
    SettingsPage.RECOVERY: "recovery key sheet",
    SettingsPage.ABOUT: "version accessibility licence",
}
"""Other words by which people look for a page."""


@cache
def setting_items() -> tuple[Item, ...]:
    """One line for each page of Settings."""
    return tuple(
        Item(kind=Kind.SETTING, target=page.name, words=page.value, also=_ALSO.get(page, "")) for page in SettingsPage
    )


@cache
def help_items() -> tuple[Item, ...]:
    """One line for each answer of Help."""
    return tuple(Item(kind=Kind.HELP, target=question, words=question, also=answer) for question, answer in ANSWERS)
