"""Sentences about restricted disclosures. None of them holds a word of one."""

from __future__ import annotations

WORDING: dict[str, str] = {
    "disclosure.no_text": "Enter what was said",
    "disclosure.no_identity": "Select what is known of the person who spoke",
    "disclosure.no_who": "Enter who spoke, or select that they are anonymous",
    "disclosure.no_to": "Enter to whom it was handed over",
    "disclosure.unknown": "There is no disclosure with the reference {reference} here. Check the reference",
    "disclosure.not_for_you": "This was not sealed to your key. Ask who sent it to compare the words again",
    "disclosure.not_proved": "This hand-over does not hold together. Nothing was added. Ask for it again",
}
