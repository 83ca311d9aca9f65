"""Sentences about the end-of-day sheet."""

from __future__ import annotations

WORDING: dict[str, str] = {
    "day.no_section": "Select where it belongs: alert, advise, assure, gap, leaders or tomorrow",
    "day.no_text": "Enter what is to be said",
    "day.level": "A level is suggested for an alert or an advice only. Leave it empty here",
    "day.unknown_note": "One of the linked notes is not on this laptop. Nothing was changed",
    "day.too_long": "An item must be {most} characters or fewer. It has {length}. Link the note that says more",
    "day.not_stated": "Only an alert, advise or assure section is stated to hold nothing",
    "day.not_none": "{section} holds an item, so it is not None. Take the item off first",
    "day.unstated": "{sections}: add at least one item, or state None. The sheet can be printed as a draft meanwhile",
    "day.unknown_item": "This sheet has no item {wanted}. See fieldkit day show",
    "day.unknown_proposal": "Nothing proposed for this day is named {wanted}. See fieldkit day show",
    "day.section": "‘{wanted}’ is no part of the sheet. The parts are: alert, advise, assure, gap, leaders, tomorrow",
}
