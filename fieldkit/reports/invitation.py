"""An invitation on one page: the code for one laptop as a QR code and as text, and what to do with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fieldkit.reports.blocks import CodeGroups, Document, Drawing, KeyFacts, Note, Paragraph, Steps
from fieldkit.reports.dates import moment
from fieldkit.reports.qr import encode, picture_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """``text`` is the whole invitation (``fieldkit.domain.invitation``); the others are its parts for reading."""

    office: str
    name: str
    address: str
    code: str
    text: str
    expires_at: datetime
    store_words: tuple[str, ...]


def compose(facts: Invited) -> Document:
    """The page as a document."""
    return Document(
        title="Invitation",
        kicker="FieldKit",
        blocks=(
            Paragraph(text=f"For one laptop of {facts.name}. It works once, until {moment(facts.expires_at)}."),
            Drawing(
                title="The invitation as a QR code",
                picture=picture_of(encode(facts.text), "QR code with the text of the invitation, which stands below"),
            ),
            CodeGroups(label="Enrolment code", groups=tuple(facts.code.split("-"))),
            KeyFacts(
                facts=(
                    ("Office", facts.office), ("Central store", facts.address),
                    ("Words of its key", " ".join(facts.store_words)), ("Whole text", facts.text),
                )
            ),
            Steps(
                steps=(
                    "Open FieldKit, then Settings, Organisation and central store (or Enrol, when the vault is made).",
                    "Scan the QR code with the laptop’s or a phone’s camera app and paste the text into the address "
                    "field; or type address and code.",
                    "Read the six words on the screen to your office, and go on if they are the same.",
                )
            ),
            Note(
                title="Keep it to yourself",
                text="Whoever has this page first joins as the person named. Destroy it afterwards; a code that was "
                "used opens nothing.",
            ),
        ),
        footer=f"{facts.office} · works once, until {moment(facts.expires_at)}",
    )  # fmt: skip
