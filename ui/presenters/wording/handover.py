"""Sentences about handing over without a network: files on a stick, cards, cables, what team-mates carry."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # Writing.
    "handover.nothing": "There is nothing to hand over to {to}. Everything for them is there already",
    "handover.limit": "Parts must have at least {least} MB, so that each entry fits into one. Nothing was written",
    "handover.disk_full": (
        "The stick is full. What was begun was taken away from it, and your work is safe on this laptop."
        " Use a stick with more room, or smaller parts"
    ),
    "handover.stick": (
        "The stick could not be read or written. It may have been taken out. Your work is safe on this laptop."
        " Put it in again and try once more"
    ),
    "handover.to": "{wanted} is not known here. Known are: {known}. Take in their card first, or connect once",
    "handover.which": "{wanted} has several laptops here: {choices}. Give the end of the one you mean",
    # Taking in.
    "handover.no_files": "There is no hand-over file in this place. They end with .fieldbundle or .fieldreceipt",
    "handover.no_place": "{place} is not there. Choose the stick, or a file on it",
    "handover.not_ours": "This file is no hand-over file. Nothing was taken from it",
    "handover.later_version": "This file was written by a later FieldKit. Nothing was taken from it. Ask IT to update",
    "handover.spoilt_head": (
        "This file is damaged where it begins, so it cannot be opened. Nothing was taken from it."
        " Ask for it once more; the work is safe on the laptop that wrote it"
    ),
    "handover.not_for_you": (
        "This file is for somebody else, so it cannot be opened here. You can carry it: hand it on, or let this laptop"
        " take it along to the central store"
    ),
    "handover.not_for_office": (
        "This file is not for this central store, so it cannot be opened here. Nothing was taken from it"
    ),
    "handover.signer_unknown": (
        "This file was made by a laptop that is not known here ({name}). Nothing was taken from it. Take in that"
        " laptop’s card and compare its words, or connect to the central store once"
    ),
    "handover.signer_wrong": (
        "This file says that it is from {name}, and their laptop did not sign it. Nothing was taken from it. Tell IT"
    ),
    "handover.other_office": (
        "This file is not signed by the central store of your office. Nothing was taken from it, and no tick was given"
    ),
    "handover.device_unknown": (
        "This file was made on a laptop that is not enrolled here ({name}). Nothing is lost: keep the file, enrol the"
        " laptop, and take the file in again"
    ),
    "handover.entry": "An entry contradicts itself, so it was left out. The others were taken",
    "handover.too_many_bad": (
        "So much in this file does not prove to be what it says that the rest of it was left. Tell IT"
    ),
    "handover.file_differs": (
        "{exhibit} arrived as another file than its record names, so it is not kept. Ask for it once more"
    ),
    "handover.file_not_taken": "{exhibit} could not be taken in ({why}). Its record is there; take the file in again",
    # Cards.
    "handover.card": "This is no laptop’s card, or a part of it is missing. Copy all of it, from FKCARD1 on",
    "handover.words_differ": (
        "These are not the words of the card of {name}, so it was not kept. Read them to each other once more; if they"
        " still differ, tell IT"
    ),
    "handover.key_changed": (
        "This card names another key for the laptop of {name} than the one known here. It was not kept. Tell IT"
    ),
    "key.unusable": "This key cannot be sealed to. Nothing was written. Ask for the card once more",
    # Carrying.
    "central.bundle": (
        "The central store could not take this file in ({reason}). Nothing is lost: keep the file, and give it back to"
        " whoever wrote it"
    ),
    "handover.cut_copy": (
        "{file} was copied in half, so it was not taken along. Copy all of it from the laptop that wrote it, and take"
        " it in again"
    ),
    "handover.no_room": (
        "This laptop has too little room to take {file} along. Your own work is safe. Make room, or carry the stick"
    ),
    "handover.copy_gone": (
        "The copy that was to be taken along is not on this laptop any more. Whoever wrote it still has everything"
    ),
    "handover.not_taken": (
        "The central store could not take in a file that you carry for somebody else. Nothing of it is lost: it is"
        " still on their laptop. Tell them"
    ),
    "handover.carrier_spoilt": (
        "This is a team-mate’s word that they carry something, and it is damaged. Nothing was changed. Ask for it once"
        " more"
    ),
    "handover.carrier_unknown": (
        "This says that somebody carries your work, and the laptop that signed it is not known here. Nothing was"
        " changed. Take in that laptop’s card, or connect to the central store once"
    ),
    "handover.not_to_carry": "This file is not for the central store, so there is nowhere to take it along to",
}
