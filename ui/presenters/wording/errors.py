"""Sentences for what the screens themselves find wrong, and for faults of the machine."""

from __future__ import annotations

SENTENCES = {
    "visit.date": "Date must be a real date",
    "visit.date_year": "Date must include a year",
    "disk.full": "Not saved. This laptop is full. Your text is still on screen. Free some space, then press Ctrl+S",
    "setup.no_name": "Enter your name, as your team knows you",
    "setup.no_initials": "Enter your initials",
    "setup.no_passphrase": "Enter a passphrase",
    "setup.passphrase_short": "Passphrase must be 14 characters or more",
    "setup.passphrase_common": "Choose a passphrase that is harder to guess. This one is a common passphrase",
    "setup.passphrase_differs": "Both passphrases must match",
    "setup.no_answer": "Select whether you have stored your recovery key",
    "setup.no_way": "Select how you will work",
    "setup.no_address": "Enter the address of your central store",
    "setup.not_created": "The vault was not created. Nothing was changed. Restart FieldKit and try again",
    "setup.no_code": "Enter your enrolment code",
    "unlock.no_passphrase": "Enter your passphrase",
    "unlock.no_recovery_key": "Enter your recovery key",
    "unlock.wait": "Passphrase is not correct. You can try again in {time}. Your work is safe",
    "sheet.not_written": "The recovery sheet was not saved there. Choose another folder, or copy the key by hand",
}
"""From code to sentence; braces name the error's details."""
