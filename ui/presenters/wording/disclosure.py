"""Sentences about restricted disclosures. None of them holds a word of one."""

from __future__ import annotations

WORDING: dict[str, str] = {
    "disclosure.no_text": "Enter what was said",
    "disclosure.no_identity": "Select what is known of the person who spoke",
    "disclosure.no_who": "Enter who spoke, or select that they are anonymous",
    "disclosure.no_to": "Enter to whom it was handed over",
    "disclosure.unknown": "There is no disclosure with the reference {reference} here. Check the reference",
    "disclosure.not_for_you": "This was not sealed to your key. Ask who sent it to compare the words again",
    "central.not_holder": "The office has not given you the speaking-up role, or this key is another holder’s. Ask the office",
    "central.no_such_holder": (
        "Nobody at the office holds this key now. It was not handed over. Look up the keys again and compare the words"
    ),
    "central.too_many_sealed": "Many were handed over within the hour. This one was not. Wait a while, then hand it over again",
    "central.sealed_full": "Too much waits for this person at the office. It was not handed over. Tell them another way",
    "disclosure.not_proved": "This hand-over does not hold together. Nothing was added. Ask for it again",
}
