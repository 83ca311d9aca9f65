"""The words of restricted disclosures on the screen."""

from __future__ import annotations

from datetime import date

from fieldkit.app.disclosures import Holder
from fieldkit.domain.disclosure import Disclosure, HandOver, Identity
from ui.presenters.passphrases import word_list
from ui.presenters.wording import ui

CRUMB = "Locked page"
"""In the title bar and above the page: whoever glances at the taskbar learns nothing."""

IDENTITY = {
    Identity.KNOWN: "Known, and may be named to those who handle it",
    Identity.PROTECTED: "Known to me, to be kept from everybody else",
    Identity.ANONYMOUS: "Anonymous: nothing of who spoke is kept",
}
SHORT_IDENTITY = {
    Identity.KNOWN: "Identity known", Identity.PROTECTED: "Identity protected", Identity.ANONYMOUS: "Anonymous",
}  # fmt: skip

WHAT_IT_IS = (
    "What somebody tells you in confidence about care or conduct is kept here, with a passphrase of its own. "
    "It is in no list, search, count, export or report, and is never sent to your team."
)
NO_WAY_BACK = (
    "Nobody can reset this passphrase: not the office, not the recovery key, not us. "
    "Without it what is in here is lost."
)
LIMITS = (
    "Say before they speak: you will keep this to those who must know. You cannot keep it to yourself if somebody is "
    "in danger or the law asks."
)
POINTER = (
    "Everybody on the team sees this line and nothing else: that a concern was passed on, under its reference, "
    "to whom. Name a role here and not a person."
)
EMPTY = "No disclosures in here."
CHOOSE = "Select a disclosure to see it here"
NO_HOLDERS = "Nobody yet. Open a key file, or look up the keys at the office, and compare the words."
COMPARE = "Ring them on a number you know already. Trust the key only if they read the same six words to you."
ROLE = "You hold this role when your organisation has made you its speaking-up guardian or lead."
NOT_HANDED_OVER = "Not handed over yet"
BY_OFFICE, BY_FILE = "through the office", "as a sealed file"


def in_words(public: bytes) -> str:
    """The six words of a key."""
    listed = word_list()
    return " ".join(listed[number] for number in Holder(name="-", public=public).words)


def title(one: Disclosure, today: date) -> str:
    """``SU-7K3QXM, taken 12 November 10:42``."""
    return f"{one.reference}, taken {ui.day_and_clock(one.taken_at, today)}"


def status(one: Disclosure) -> str:
    """Whether who spoke is known, and to whom it was handed over."""
    handed = ", ".join(dict.fromkeys(made.to for made in one.hand_overs))
    return f"{SHORT_IDENTITY[one.identity]} · {f'Handed over to {handed}' if handed else NOT_HANDED_OVER}"


def hand_over(made: HandOver, today: date) -> str:
    """``To the guardian, through the office, 12 November 10:42. Their reference: 17``."""
    theirs = f". Their reference: {made.reference}" if made.reference else ""
    return f"To {made.to}, {made.how}, {ui.day_and_clock(made.at, today)}{theirs}"


def facts(one: Disclosure) -> list[tuple[str, str]]:
    """Everything beside the account itself that holds something."""
    rows = (
        ("Who spoke", one.who), ("How to reach them", one.contact), ("About", one.about),
        ("Organisation", one.organisation), ("What they want, and fear", one.wishes),
        ("What they were told of confidence", one.told), ("Taken by", one.taken_by),
    )  # fmt: skip
    return [(label, text) for label, text in rows if text]
