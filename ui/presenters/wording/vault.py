"""Sentences about the vault: its folder, its keys, its disk, and the proofs kept in it."""

from __future__ import annotations

WORDING: dict[str, str] = {
    "vault.exists": "There is something in {folder} already. Nothing was changed. Choose an empty folder",
    "vault.synced_folder": (
        "{service} copies {folder} while it is in use, and notes could be lost. Nothing was made. "
        "Choose a folder on this laptop only"
    ),
    "vault.not_found": "The vault is not where FieldKit left it. Look in {folder}, or restore from a backup",
    "vault.in_use": "The vault is open in another window. Your work is safe. Use that window, or close it first",
    "vault.closing": "FieldKit is locking, so the vault was not read to its end. Nothing was changed",
    "vault.later_version": (
        "This vault was last used by a later FieldKit. Nothing was changed. Install the later version to open it"
    ),
    "vault.disk": (
        "The disk with {folder} did not take what was written, so it was not saved. What was saved before is safe. "
        "Check the disk, then try again"
    ),
    "vault.disk_full": (
        "Not saved. The disk with {folder} is full. Your text is still on screen. Free some space, then try again"
    ),
    "vault.no_room": (
        "The disk with {folder} is full, and the vault needs a little room to be opened. Everything in it is safe. "
        "Free some space, then try again"
    ),
    "vault.read_only": (
        "Nothing can be saved in {folder}: it may only be read. Your notes are safe. "
        "Move the vault to a folder you may write to, or ask IT"
    ),
    "vault.damaged": (
        "The vault in {folder} is damaged. Nothing was deleted, and a copy of it as it is was kept. "
        "Restore the last backup: fieldkit vault restore"
    ),
    "vault.key_damaged": (
        "The key file of the vault is damaged. Your notes are safe in it. "
        "Copy vault.key from your newest backup into the vault’s folder, then try again"
    ),
    "vault.key_altered": (
        "The key file of the vault was changed by something else than FieldKit, so it was not used. "
        "Your notes are safe. Copy vault.key from a backup into the vault’s folder, and tell IT"
    ),
    "vault.not_encrypted": (
        "The vault file is not encrypted, so FieldKit did not open it. Nothing was changed. Tell IT"
    ),
    "vault.temporary_files": (
        "This copy of FieldKit would write notes to disk without encryption, so it did not open the vault. "
        "Your notes are safe. Install FieldKit again"
    ),
    "vault.sqlite_too_old": (
        "This copy of FieldKit came with a database library ({version}) that can damage vaults, so it did not open "
        "yours. Your notes are safe. Install FieldKit again"
    ),
    "vault.passphrase_wrong": "Passphrase is not correct. Check Caps Lock and try again",
    "vault.wait": "Passphrase is not correct. You can try again in {seconds} seconds. Your work is safe",
    "vault.recovery_key_empty": "Enter your recovery key",
    "vault.recovery_key_length": "Recovery key must be 40 letters and numbers. This one has {length}",
    "vault.recovery_key_letter": "‘{letter}’ is in no recovery key. Check that letter against your sheet",
    "vault.recovery_key_wrong": "Recovery key is not correct for this laptop",
    "vault.no_office_slot": (
        "This vault was never enrolled with an office that keeps a recovery key. Use your own recovery key"
    ),
    "vault.enrolled_elsewhere": (
        "This vault belongs to {office}, and the code is from another office. Nothing was changed. "
        "Use a vault of its own for the other office"
    ),
    "vault.backup_not_whole": (
        "The backup did not come out whole, so it was not kept. Your notes are safe in the vault. "
        "Check the disk with {folder}, then make the backup again"
    ),
    "vault.other_vault": (
        "This backup is of another vault than the one in {folder}. Nothing was changed. "
        "Choose a backup of this vault, or restore it into an empty folder"
    ),
    "vault.not_a_backup": "This file is not a FieldKit backup. Choose a file ending .fkbackup",
    "vault.backup_damaged": (
        "This backup is damaged or was cut off. Nothing was restored and nothing was changed. Choose another backup"
    ),
    "vault.not_erased": (
        "Not everything could be deleted in {folder}. The keys are gone, so what is left cannot be read. "
        "Close other programs, then delete the folder"
    ),
    "backup.full": "Backup was not made. {place} is full",
    "backup.not_written": "Backup was not made. {place} did not take it. Your notes are safe. Use another memory stick",
    "backup.stopped": "Backup was stopped. Nothing was left behind",
    "vault.backup_key_missing": (
        "The key file that belongs to this backup is missing. Put it beside the backup, under the same name "
        "ending .key, then try again"
    ),
    "passphrase.empty": "Enter a passphrase",
    "passphrase.short": "Passphrase must be {shortest} characters or more",
    "receipt.other_store": (
        "A receipt came from another central store than yours, so nothing is shown as confirmed by it. "
        "Your work is safe. Tell IT"
    ),
    "receipt.other_device": (
        "A certificate came for another laptop, so nothing is shown as confirmed by it. Your work is safe"
    ),
}
"""From code to sentence; braces name the error's details."""

SET_ASIDE: dict[str, str] = {
    "revision.collision": "Set aside: it has the number of another record, and other words",
    "revision.digest": "Set aside: its words are not the words that were signed",
    "revision.signature": "Set aside: its signature does not hold",
    "revision.unknown_device": "Set aside: nobody vouches for the laptop that signed it",
    "device.key_changed": "Set aside: the laptop that signed it came with another key than before",
}
"""Why something that arrived was set aside with its bytes; nothing else was held up by it."""
