"""The recovery sheet: one page to print and lock away, the only way back into a vault after a lost passphrase."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fieldkit.kernel.errors import Mistake
from fieldkit.reports.blocks import Block, CodeGroups, Document, Heading, KeyFacts, Note, Paragraph, Points, Steps
from fieldkit.reports.dates import day

GROUPS = 8
GROUP_LENGTH = 5
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, so nothing on paper can be read two ways."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverySheet:
    """The facts on the sheet. ``key`` is as the vault gave it, with or without spaces or dashes.

    ``name`` is the assessor's, so that an office can give a sealed envelope to the right person; may be empty.
    ``vault`` is the vault's id, empty where it is not known yet.
    """

    key: str
    made_on: date
    vault: str = ""
    name: str = ""
    is_practice: bool = False


def compose(sheet: RecoverySheet) -> Document:
    """The sheet as a document of one A4 page. Raises ``Mistake('vault.recovery_key_length')``."""
    groups = key_groups(sheet.key)
    kicker = "FieldKit" if not sheet.is_practice else "FieldKit · Sample: this is not a real vault"
    return Document(
        title="Recovery sheet",
        kicker=kicker,
        blocks=(*_what(sheet, groups), *_how(), *_where()),
        footer=f"Recovery sheet{f' for vault {sheet.vault}' if sheet.vault else ''} · made {day(sheet.made_on)}",
    )


def key_groups(key: str) -> tuple[str, ...]:
    """The key's eight groups of five capitals. Raises ``Mistake('vault.recovery_key_length')``."""
    letters = "".join(key.split()).replace("-", "").upper()
    if len(letters) != GROUPS * GROUP_LENGTH:
        raise Mistake("vault.recovery_key_length", field="recovery_key", length=len(letters))
    return tuple(letters[n : n + GROUP_LENGTH] for n in range(0, len(letters), GROUP_LENGTH))


def _what(sheet: RecoverySheet, groups: tuple[str, ...]) -> tuple[Block, ...]:
    return (
        Paragraph(
            text="This key opens your FieldKit vault when the passphrase is forgotten. Nobody can make it again for "
            "you: not your office, and not the makers of FieldKit."
        ),
        CodeGroups(label="Your recovery key", groups=groups),
        Paragraph(
            text="40 letters and numbers. 0 is nought and 1 is one: the letters I, L, O and U are never used. "
            "Capitals, spaces and dashes do not matter when you type it."
        ),
        KeyFacts(
            facts=(
                ("Vault of", sheet.name),
                *((("Vault", sheet.vault),) if sheet.vault else ()),
                ("Made on", day(sheet.made_on)),
                ("Laptop", ""),
                ("Sealed and kept by", ""),
            )
        ),
    )


def _how() -> tuple[Block, ...]:
    return (
        Heading(text="If you forget your passphrase"),
        Steps(
            steps=(
                "Open FieldKit on this laptop and choose “I have forgotten my passphrase”.",
                "Type the recovery key from this sheet, group by group.",
                "Choose a new passphrase. Your notes open as you left them. The old passphrase no longer works.",
            )
        ),
        Paragraph(text="From the command line: fieldkit vault recover"),
    )


def _where() -> tuple[Block, ...]:
    return (
        Heading(text="Where to keep this sheet"),
        Points(
            points=(
                "In a sealed envelope, in a locked place: the office safe, or a locked drawer at home.",
                "Never in the laptop bag, and never as a photograph, an email or a file on this laptop.",
                "If it was seen by somebody else or is lost, hand your notes in and create a new vault.",
            )
        ),
        Note(
            title="Treat it as you would your notes",
            text="Anyone who has both this sheet and the laptop can read everything in the vault.",
        ),
    )
