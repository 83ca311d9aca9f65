"""Sentences about erasing a vault that was handed in."""

from __future__ import annotations

WORDING: dict[str, str] = {
    "wipe.not_enrolled": (
        "This vault works on its own: nothing of it is at an office. Nothing was erased. Enrol and send first, or "
        "delete everything on the page Storage"
    ),
    "wipe.drafts": "Begun and not saved: {count}. Nothing was erased. Save or clear what stands in lines and forms",
    "wipe.recordings": (
        "Recordings that were cut off: {count}. Nothing was erased. Open FieldKit, which keeps what there is, and send"
    ),
    "wipe.boxes": (
        "Names or disclosures lie here under a passphrase of their own, and nobody can see whether they are elsewhere "
        "too. Nothing was erased. Hand over what is in them, then add --boxes"
    ),
    "wipe.untagged": (
        "Untagged notes that are nowhere else: {count}. Nothing was erased. Tag them and send, or withdraw them"
    ),
    "wipe.unsent": "Records without a receipt: {count}. Nothing was erased. Send, and wait until all are confirmed",
    "wipe.files": "Files without a receipt: {count}. Nothing was erased. Send, and wait until all are confirmed",
    "wipe.set_aside": (
        "Set aside by the central store: {count}. Nothing was erased. Ask your office to let them in, then send again"
    ),
    "wipe.not_proved": (
        "The central store has not signed for all of this laptop yet. Nothing was erased. Send once more, then try"
    ),
    "wipe.no_certificate": "Say with --certificate where the wipe certificate is saved. Nothing was erased",
    "wipe.inside": "The certificate would be erased with the vault. Nothing was erased. Save it to another folder",
    "wipe.not_saved": "‘{file}’ could not be read back. Nothing was erased. Save the certificate somewhere else",
    "wipe.not_typed": "Nothing was erased. Type {word} to erase the vault",
}
