"""Sentences about this laptop as the office knows it: its certificate, what waits for a decision, an erased vault."""

from __future__ import annotations

WORDING: dict[str, str] = {
    "central.device_expired": (
        "This laptop was away from the office for too long, so it reads nothing new. What you write is kept and sent. "
        "Ask your office to renew it"
    ),
    "send.device_expired": (
        "This laptop was away from the office for too long, so it reads nothing new. Everything it sends is kept at "
        "the office for a person to look at. Ask your office to renew it"
    ),
    "central.wiped": (
        "The central store holds another end of this laptop’s records than the statement says. Nothing was erased. "
        "Send everything, then try again"
    ),
    "central.not_waiting": "Number {number} is not in the inbox. Look at: fieldkit central intake list",
    "quarantine.certificate_expired": (
        "Kept safe at the office for a person to look at: this laptop was away for too long"
    ),
    "quarantine.case_closed": (
        "Kept safe at the office for a person to look at: the assessment was closed before it came"
    ),
    "quarantine.set_aside": "Set aside for good by {by}: {reason}. It is kept at the office and here as you wrote it",
    "laptop.soon": "This laptop has not reached the office for long. Connect before {day}, or it reads nothing new",
    "laptop.grace": (
        "The office has not heard from this laptop for 90 days. Connect before {day}, or a person there has to renew "
        "it. Writing goes on"
    ),
    "laptop.over": (
        "The office has not heard from this laptop since long before {day}: it shows the team’s notes as they were. "
        "Writing goes on, and what you send waits for a person there"
    ),
    "laptop.waiting": (
        "{count} of yours {office} keeps safe until the team’s {roles} decides: see what waits, and why"
    ),
    "laptop.erase_asked": (
        "{by} asks for this vault to be erased: {reason}. Nothing goes before everything is at the office and you say "
        "so"
    ),
    "wipe.not_asked": "Your office has not asked for this vault to be erased. Nothing was erased. Leave --asked out",
    "wipe.asked": "{by} asks for this vault to be erased: {reason}",
    "purge.not_all_there": "Something has not reached the central store yet, so nothing is removed. Send first",
    "purge.set_aside": "Something waits for a decision at the office, so nothing is removed until it is made",
    "wipe.malformed": "This is no statement of an erased vault. Nothing was changed. Choose another file",
    "wipe.signature": "The signature on this statement does not hold. Nothing was changed. Ask for it once more",
    "central.device_stopped": (
        "This laptop was stopped, and stays so. Nothing was changed. Invite its person again for a new laptop"
    ),
    "cli.intake_which": (
        "Name what is meant: numbers as list prints them, or --device, --of, --why or --all. Nothing was changed"
    ),
    "cli.no_file": "‘{file}’ could not be read. Nothing was changed. Check its name",
    "enrol.other_key": (
        "The store at {address} does not hold the key that the invitation names. Nothing was sent and nothing joined. "
        "Tell IT, and ask your office for a new invitation"
    ),
}
