"""Sentences about attachments: files taken in, shown, blacked out and sent."""

from __future__ import annotations

WORDING: dict[str, str] = {
    "attach.not_found": "There is no file called ‘{name}’ there. It may have been moved or its stick taken out",
    "attach.folder": "‘{name}’ is a folder. Choose the files in it one by one",
    "attach.not_a_file": "‘{name}’ is a device or a link to one, not a file. Choose a file",
    "attach.empty": "‘{name}’ is empty: it has 0 bytes. Copy it again from where it came from",
    "attach.unreadable": (
        "‘{name}’ could not be read to its end. The stick may have been taken out, or the file belongs to somebody "
        "else. Nothing was kept. Copy it to this laptop and add that copy"
    ),
    "attach.changed": (
        "‘{name}’ changed while it was being read. Nothing was kept. Close it in other programs, then add it again"
    ),
    "attach.stopped": "Stopped. Nothing was kept of this file",
    "attach.disk_full": (
        "This file needs {needed} GB of free space, and the disk has {free} GB. {kept} GB always stay free for notes. "
        "Nothing was kept. Free some space, then add the file again"
    ),
    "attach.location_unknown": (
        "‘{name}’ is too large a picture to look for the place where it was taken. Nothing was kept. Choose ‘Keep the "
        "place where it was taken’, or make the picture smaller"
    ),
    "attach.no_purpose": "Enter what this file shows or is evidence of",
    "attach.too_long": "This must be {longest} characters or less. Your text is still on screen",
    "attach.people": "Say whether people are in this picture",
    "attach.no_declaration": "Enter who is in the picture and who agreed to it, or why it is kept",
    "attach.no_file": "Choose a file",
    "attach.no_activity": "Select the activity this file belongs to",
    "attach.no_activities": "Add an activity to a visit first. A file belongs to the activity it came up in",
    "attach.no_reason": "Enter a reason for taking this file out of use",
    "attach.heic": (
        "This photo is kept as it is, in the format of an iPhone (HEIC), which is not shown here. The office gets it "
        "whole. To look at it or black out parts, save a copy, make a JPEG of it with the laptop’s own photo program, "
        "and attach that"
    ),
    "attach.no_note": "Enter what you noticed about this file",
    "attach.no_picture": "There is no picture on the clipboard. Copy one first",
    "attach.day_ahead": "The day it was taken or written must be today or in the past",
    "attach.day": "The day must be like 2026-11-12. This one is ‘{text}’",
    "attach.already": "Already attached as {exhibit}, ‘{name}’. Nothing was added",
    "attach.unknown": "There is no attachment ‘{wanted}’ on this laptop. Look at the list of files for its number",
    "attach.not_here": "This file is not on this laptop yet. Select Fetch when you are connected",
    "attach.damaged": (
        "This file was changed or damaged on this disk, so it is not shown. If it was sent, fetch it again from the "
        "central store. Run Check this vault and tell IT"
    ),
    "attach.differs": (
        "The file that arrived is not the one that was sent. It was thrown away. FieldKit will fetch it again"
    ),
    "attach.exists": "There is a file called {file} already. Choose a different name",
    "attach.not_saved": "The copy was not written to {file}. The file in your vault is safe. Choose another folder",
    "attach.no_preview": "{kind} files are not shown in FieldKit. Save a copy to look at it in another program",
    "attach.too_large_to_show": "This file is too large to show here. Save a copy to look at it in another program",
    "attach.not_a_picture": (
        "This picture is damaged or of a kind that cannot be shown. The file itself is kept as it came"
    ),
    "attach.not_a_pdf": "This PDF is damaged and cannot be shown. The file itself is kept as it came",
    "attach.pdf_locked": "This PDF needs a password, so it cannot be shown. Ask for a copy without one",
    "attach.not_a_document": "This document is damaged and cannot be shown. The file itself is kept as it came",
    "attach.no_such_page": "There is no page {page}. The file has {pages}",
    "attach.no_boxes": "Draw at least one black box first",
    "central.file_to_follow": "This file has not reached the central store yet. It comes from the laptop that made it",
    "central.file_held": (
        "The consent that this file depends on was refused or withdrawn. The office keeps it out of use"
    ),
    "attach.held": (
        "The consent that this file depends on was refused or withdrawn, so no copy of it may leave the vault"
    ),
    "central.file_offset": "The central store has more or less of this file than expected. FieldKit goes on from there",
    "central.file_size": "This file has another size than its record says. It stays on this laptop. Tell IT",
    "central.files_full": (
        "The central store has too little disk space for this file. The file is safe on this laptop, and FieldKit "
        "tries again by itself. Tell IT that the store’s disk is full"
    ),
    "central.files_unavailable": (
        "The place where the office keeps its files does not answer. Notes go as ever, no file is lost, and FieldKit "
        "tries again by itself"
    ),
    "central.file_expired": "The office waited 30 days for the rest of this file. FieldKit sends it from the beginning",
    "central.file_keeping": "This file is at the office and is being put away. FieldKit asks again by itself",
    "central.file_type": "The central store did not take this part of a file. It stays on this laptop. Tell IT",
    "central.file_checksum": "A part of this file was changed on the way. FieldKit sends it again",
    "central.file_differs": (
        "The file that reached the central store was not the one that left. FieldKit sends it again"
    ),
    "central.tus": (
        "The central store takes files in a way this version does not know. They stay on this laptop. Tell IT"
    ),
    "attach.box": "A box is written page:left,top,width,height in per cent, like 1:10,20,30,5. This one is ‘{text}’",
    "attach.not_redactable": (
        "Only pictures and PDFs can be blacked out. Save a copy and black it out in another program"
    ),
}
