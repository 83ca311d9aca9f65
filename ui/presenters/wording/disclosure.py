"""Sentences about restricted disclosures. None of them holds a word of one."""

from __future__ import annotations

WORDING: dict[str, str] = {
    "disclosure.no_text": "Enter what was said",
    "disclosure.no_identity": "Select what is known of the person who spoke",
    "disclosure.no_who": "Enter who spoke, or select that they are anonymous",
    "disclosure.no_to": "Enter to whom it was handed over",
    "disclosure.unknown": "There is no disclosure with the reference {reference} here. Check the reference",
    "disclosure.no_passed_to": "Enter to whom the concern was passed on",
    "disclosure.no_assessment": "Create a visit first. The pointer stands in the record of an assessment",
    "disclosure.not_sealed": "This is not a sealed file. Nothing was added. Choose a file that ends in .fksealed",
    "disclosure.not_a_key": "This is not a key file. Nobody was added. Choose a file that ends in .fkrole",
    "disclosure.too_large": "This disclosure is too large for the office. Save a sealed file and carry it there",
    "disclosure.not_trusted": "The words of this key were not compared yet. Compare them first",
    "disclosure.no_role": "You do not hold the speaking-up role on this laptop. Nothing was read",
    "disclosure.file_unread": "{file} was not read. Nothing was added. Check the stick, then choose the file again",
    "disclosure.file_not_saved": "{file} was not written. What is in here is safe. Choose another folder",
    "disclosure.not_handed_over": "It was not handed over. {reason}. What is in here is safe. Hand it over again later",
    "disclosure.not_asked": "The office was not reached. {reason}. Nothing here has changed",
    "disclosure.passphrase_needed": (
        "What is in here is read only with its own passphrase. Name the file that holds it with --box-passphrase-file"
    ),
    "disclosure.set_up": "Restricted disclosures are set up in this vault already. Nothing was changed",
    "disclosure.not_json": "This file does not read as JSON with text and identity. Nothing was kept. Check the file",
    "disclosure.not_set_up": "Restricted disclosures are not set up in this vault. Set them up in the window first",
    "disclosure.not_for_you": "This was not sealed to your key. Ask who sent it to compare the words again",
    "central.not_holder": (
        "The office has not given you the speaking-up role, or another holder has this key. Ask the office"
    ),
    "central.no_such_holder": (
        "Nobody at the office holds this key now. It was not handed over. Look up the keys again and compare the words"
    ),
    "central.too_many_sealed": "Many were handed over of late. This one was not. Hand it over tomorrow, or as a file",
    "central.sealed_full": "Too much waits for this person at the office. This one was not taken. Ring them",
    "disclosure.not_proved": "This hand-over does not hold together. Nothing was added. Ask for it again",
}
