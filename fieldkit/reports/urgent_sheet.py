"""An urgent item on one page: the code for any phone's camera, its text, and the check phrase.

The words of the item are not on it: the page may pass through the hands of whoever owns the phone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fieldkit.reports.blocks import Document, Drawing, Note, Paragraph, Steps
from fieldkit.reports.dates import moment
from fieldkit.reports.qr import encode, picture_of

WIDTH = 265.0
"""Points, 9.3 cm, which leaves words and text on the same page: the largest code has 185 cells of 0.5 mm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentSheet:
    """``text`` is what the code holds, sealed to ``office``; ``words`` are the check phrase."""

    text: str
    words: tuple[str, ...]
    office: str
    opened_at: datetime
    made_at: datetime


def compose(sheet: UrgentSheet) -> Document:
    """The page as a document. Raises ``Mistake('qr.too_long')``."""
    about = "QR code with the sealed text of the urgent item, which stands below"
    return Document(
        title="Urgent item as a code",
        kicker=f"FieldKit · for {sheet.office}",
        blocks=(
            Paragraph(text=f"Check phrase: {' '.join(sheet.words)}", strong=True),
            Drawing(title="The code", picture=picture_of(encode(sheet.text), about, WIDTH)),
            Steps(
                steps=(
                    f"Scan the code with any phone, and send its text to {sheet.office} by any message there is.",
                    "Or ring them, read out what the item says, and then the check phrase.",
                )
            ),
            Note(
                title="Only the office can read it",
                text="The code is sealed. The item is sent by itself too, once there is a network; the office finds "
                "both together. It counts as received when the central store’s receipt is on the laptop.",
            ),
            Paragraph(text=f"Recorded {moment(sheet.opened_at)}. The text of the code:"),
            Paragraph(text=sheet.text),
        ),
        footer=f"Made {moment(sheet.made_at)}",
    )
