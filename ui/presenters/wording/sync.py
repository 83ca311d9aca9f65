"""Sentences about sending: the way to the central store, its answers, and joining an office.

The store's own refusals (``central.…``) keep its codes; here they get the words an assessor reads.
"""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # The way there.
    "send.not_connected": "Not connected. Your work is saved on this laptop and will be sent when you connect",
    "send.no_answer": ("The central store did not answer. Your work is saved on this laptop"),
    "send.cut_off": ("The connection broke off. What was confirmed stays confirmed, the rest is saved on this laptop"),
    "send.captive_portal": (
        "This network wants you to sign in first. Sign in on its page in a web browser: FieldKit then sends by itself."
        " Your work is saved on this laptop"
    ),
    "send.other_answer": (
        "Something else answered in place of the central store (status {status}), so nothing was sent."
        " Your work is saved on this laptop. Tell IT if it lasts"
    ),
    "send.proxy_password": (
        "The proxy of this network asks for a name and password. Enter them in Settings."
        " Your work is saved on this laptop"
    ),
    "send.proxy": (
        "The proxy of this network did not let FieldKit through to the central store (status {status})."
        " Your work is saved on this laptop. Tell IT"
    ),
    "send.proxy_kind": (
        "The proxy {proxy} is of a kind that FieldKit does not use. Enter one that begins with http in Settings."
        " Your work is saved on this laptop"
    ),
    "send.proxy_address": "Proxy must be like http://proxy.example.org:8080",
    "send.authorities": (
        "The file of certificates {file} could not be read. Choose another in Settings."
        " Your work is saved on this laptop"
    ),
    "send.certificate": (
        "The central store could not prove its identity, so nothing was sent. Your work is saved on this laptop."
        " Tell IT: certificate fault"
    ),
    "send.not_our_office": (
        "What answered is not the central store of your office, so nothing was sent. Your work is saved on this laptop."
        " Tell IT before you use this network again"
    ),
    "send.busy": "The central store is busy. Your work is saved on this laptop",
    "send.store_fault": ("The central store met a fault of its own. What is not confirmed is saved on this laptop"),
    "send.stopped": "Sending was stopped. What was confirmed stays confirmed, the rest is saved on this laptop",
    "send.broken_off": "Sending was stopped. What was confirmed stays confirmed, the rest is saved on this laptop",
    "send.bug": "FieldKit met a fault of its own while sending ({kind}). Your work is saved on this laptop",
    # What a round found.
    "send.version": (
        "This laptop’s FieldKit speaks version {spoken}. The central store needs {oldest} to {newest}."
        " Your work is safe on this laptop. Ask IT to update"
    ),
    "send.device_revoked": (
        "Your office ended this laptop’s right to read. What it still held was handed in for a person to look at."
        " Everything stays on this laptop. Speak to your lead"
    ),
    "send.set_aside": (
        "{count} could not be sent and wait on this laptop, everything else went on."
        " Select Send now to try again, or tell IT"
    ),
    "send.damaged_on_the_way": "{count} arrived damaged and will be sent again by itself. They are safe on this laptop",
    "send.unreadable": (
        "{count} from your team could not be read on this laptop and were left at the central store."
        " A later version of FieldKit may read them"
    ),
    "send.not_proved": (
        "{count} from your team did not prove to be what they say, so they are not shown. They are kept on this laptop,"
        " and your own work is safe. Tell IT"
    ),
    # Joining.
    "send.not_enrolled": "This laptop works on its own. Join your office first to send",
    "send.address": "Address must be like https://store.example.org",
    "send.address_not_protected": "Address must start with https, so that nobody on the way can read your notes",
    "send.code": "Enter the code from your office, like 7KQ4-M2XD-9RTA",
    # The central store's own answers.
    "central.malformed": "The central store could not read what was sent. Your work is safe on this laptop. Tell IT",
    "central.protocol": (
        "This version of FieldKit is too old or too new for the central store. Your work is safe on this laptop."
        " Ask IT to update"
    ),
    "central.not_signed": (
        "The central store asks who is sending, although this laptop said so. Something on the way may have changed it."
        " Your work is safe on this laptop. Tell IT"
    ),
    "central.signature": (
        "What arrived at the central store was not what this laptop signed. Something on the way may have changed it."
        " Your work is safe on this laptop. Tell IT"
    ),
    "central.device_unknown": (
        "The central store does not know this laptop. Nothing here was removed or changed."
        " Ask your office for a new code and join again"
    ),
    "central.token": "The office’s token is not correct. Ask the person who runs the central store for it",
    "central.device_revoked": (
        "Your office ended this laptop’s right to read. What it still holds can be sent. Speak to your lead"
    ),
    "send.last_lead": (
        "You are the only lead of an assessment you want to leave, so it is shown again. Make somebody else lead first"
    ),
    "central.no_right": "Your role on this team does not allow it. Its lead can do it, or give you another role",
    "central.team_change": (
        "The team was not changed: nobody of that name is known at the office, or it would be left without a lead"
    ),
    "central.not_found": "There is nothing there, or you are not on its team. Ask your lead",
    "central.method": "The central store is not asked in this way. Tell IT",
    "send.erasures_wait": (
        "The office asks for {count} records to be destroyed here, as the law can ask. So many wait for your word."
        " Everything else was sent. Ask your lead, then use: fieldkit vault erasures --comply"
    ),
    "central.too_many": "The central store is very busy with this laptop. FieldKit goes on by itself in a minute",
    "central.too_slow": (
        "The connection is so slow that the central store gave up waiting. Your work is saved on this laptop"
    ),
    "central.epoch": "The central store was restored from a backup. FieldKit is giving it again what it lost",
    "central.device_taken": "This laptop is already with another person of your office. Ask your office for help",
    "central.too_large": (
        "What was sent at once is more than the central store takes. FieldKit sends it in parts."
        " Your work is saved on this laptop"
    ),
    "central.code_wrong": "This code is not known. Check it, or ask your office for a new one",
    "central.code_used": "This code was used already. Ask your office for a new one",
    "central.code_expired": "This code has run out. Ask your office for a new one",
    "central.proof": "This laptop could not prove its key, so it was not joined. Try again with a new code",
    "central.too_many_tries": "Too many wrong codes were tried. Wait five minutes, then try again",
    "central.fault": ("The central store met a fault of its own. What is not confirmed is saved on this laptop"),
    "central.unavailable": "The central store is not ready. Your work is saved on this laptop",
}
"""From code to sentence; braces name the error's details."""
