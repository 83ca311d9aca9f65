"""Sentences for what the screens themselves find wrong, and for faults of the machine."""

from __future__ import annotations

SENTENCES = {
    "form.pasted": (
        "What you pasted has {length} characters, and {most} fit here. Nothing was pasted. Paste a part of it, or "
        "attach it as a file"
    ),
    "visit.date": "Date must be a real date",
    "visit.date_year": "Date must include a year",
    "disk.full": "Not saved. This laptop is full. Your text is still on screen. Free some space, then press Ctrl+S",
    "setup.no_name": "Enter your name, as your team knows you",
    "setup.no_initials": "Enter your initials",
    "setup.no_passphrase": "Enter a passphrase",
    "setup.passphrase_short": "Passphrase must be 14 characters or more",
    "setup.passphrase_common": (
        "Choose a passphrase that is harder to guess. This one is on a list of common passphrases"
    ),
    "setup.passphrase_differs": "Both passphrases must match",
    "setup.no_answer": "Select whether you have stored your recovery key",
    "setup.no_way": "Select how you will work",
    "setup.no_address": "Enter the address of your central store",
    "setup.not_created": "The vault was not created. Nothing was changed. Restart FieldKit and try again",
    "setup.no_code": "Enter your enrolment code",
    "setup.code_form": "Enrolment code must be 16 letters and numbers",
    "setup.no_invitation": "There is no address and no enrolment code in this file. Type them, or choose another file",
    "setup.words_differ": (
        "Words that differ mean that somebody else answered. Nothing was sent and nothing was kept. Tell IT"
    ),
    "setup.not_connected": "This laptop is not connected. You can enrol later from Settings. Your vault still works",
    "setup.disk": ("This laptop needs 2 GB of free space. It has {free}. Delete some files, then select Check again"),
    "setup.clock": "The clock on this laptop says {day}. Set the correct date in {where}, then select Check again",
    "setup.synced_folder": (
        "{service} copies {folder} while it is in use, and notes could be lost. Ask IT to give FieldKit a folder on "
        "this laptop only, then select Check again"
    ),
    "restore.no_file": "Choose a backup",
    "restore.no_passphrase": "Enter the passphrase of the backup",
    "unlock.no_passphrase": "Enter your passphrase",
    "unlock.no_recovery_key": "Enter your recovery key",
    "unlock.no_backup": (
        "No backup was made when the vault was closed last. Your notes are saved on this laptop. Free some space on "
        "its disk, then make a backup in Settings"
    ),
    "unlock.went_back": (
        "The vault did not open cleanly. FieldKit has kept a copy and opened the last good save from {time}. "
        "Check your last note"
    ),
    "unlock.part_lost": (
        "The vault did not open cleanly. FieldKit has kept a copy and opened the last good save from {time}. "
        "{lost} made since could not be read. Check your last note"
    ),
    "unlock.wait": "Passphrase is not correct. You can try again in {time}. Your work is safe",
    "settings.lock_minutes": "Lock after must be between {least} and {most} minutes",
    "settings.wrong_passphrase": "Passphrase is not correct. Nothing was changed",
    "settings.no_folder": "Choose a folder",
    "settings.folder_unknown": "There is no folder {folder}. Choose another",
    "settings.no_pack": "Choose a pack",
    "settings.no_present": "Enter your present passphrase",
    "settings.type_delete": "Type DELETE to go on",
    "settings.no_words": "Say what happened",
    "verify.stopped": "Checking was stopped. Nothing was changed",
    "export.stopped": "It was stopped. Nothing was left behind",
    "export.nothing": "There is nothing to take out yet. Create a visit first",
    "export.not_written": (
        "The export was not written. {folder} did not take it. Your notes are safe. Choose another folder"
    ),
    "storage.copied_by": (
        "{service} copies the folder of your vault while it is in use, and notes could be lost. Make a backup now, "
        "and ask IT to move the folder to a place on this laptop only"
    ),
    "report.is_special": "{file} is a device or a pipe and no file. Nothing was written. Choose a name in a folder",
    "report.not_written": "The file was not saved there. Choose another folder",
    "sheet.not_printed": ("The recovery key was not printed. Save it as a PDF to a memory stick, or copy it by hand"),
    "sheet.not_written": "The recovery sheet was not saved there. Choose another folder, or copy the key by hand",
}
"""From code to sentence; braces name the error's details."""
