"""Sentences about the key to names and about names in a line."""

from __future__ import annotations

WORDING: dict[str, str] = {
    "names.no_name": "Enter the name",
    "names.too_long": "A name has at most {longest} characters",
    "names.not_a_file": "This file holds no key to names, or it was changed on the way. Nothing was taken from it",
    "names.not_for_you": "This file is sealed to another person’s key. Ask for one that is sealed to yours",
    "names.words": "The six words are not those of {name}’s key. Nothing was sealed. Ring them and compare again",
    "names.not_set_up": "There is no key to names on this laptop yet. Set one up with fieldkit person key-set-up",
    "names.set_up": "There is a key to names on this laptop already",
    "names.passphrase_needed": "Names are shown only with their own passphrase. Give --box-passphrase-file FILE",
    "names.not_printed": "The printer did not take the sheet. Look at the printer, then print the names again",
    "names.file_not_saved": "{file} was not saved: it exists already or cannot be written there. Choose another name",
    "capture.name_known": "This names {code}",
    "capture.name": "This may be a name",
    "capture.postcode": "This looks like a postcode",
    "capture.born": "This looks like a date of birth",
    "capture.detail": "This looks like a personal detail",
}
