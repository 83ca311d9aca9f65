"""An escalation on paper: what, who was told and what they said, the five criteria, and lines to go on by hand.

Every line is given in words by the caller: a sheet and the screen cannot then differ in what they claim.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fieldkit.reports.blocks import Block, Document, Heading, KeyFacts, Note, Paragraph, Table
from fieldkit.reports.dates import moment


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationSheet:
    """``facts`` and ``criteria`` are labelled words; ``contacts`` are time, who, how, what they said, answer due."""

    what: str
    status: str
    standing: str
    assessment: str
    facts: tuple[tuple[str, str], ...]
    criteria: tuple[tuple[str, str], ...]
    contacts: tuple[tuple[str, str, str, str, str], ...]
    referral: str
    outcome: str
    reference: str
    made_at: datetime


def compose(sheet: EscalationSheet) -> Document:
    """The sheet, one page unless many were told."""
    return Document(
        title="Escalation of a risk",
        kicker=f"FieldKit · {sheet.assessment}",
        blocks=(*_risk(sheet), *_contacts(sheet), *_criteria(sheet), *_end(sheet)),
        footer=f"Escalation {sheet.reference} · made {moment(sheet.made_at)}",
    )


def _risk(sheet: EscalationSheet) -> tuple[Block, ...]:
    return (
        Paragraph(text=sheet.what, strong=True),
        Note(title=sheet.status, text=sheet.standing),
        KeyFacts(facts=sheet.facts),
    )


def _contacts(sheet: EscalationSheet) -> tuple[Block, ...]:
    blank = (("Told next, and when", ""), ("What they said", "")) if not sheet.outcome else ()
    return (
        Heading(text="Who was told"),
        Table(
            header=("When", "Who, and by whom", "How", "What they said they would do", "Answer due"),
            rows=sheet.contacts or (("", "No one", "", "", ""),),
            widths=(4, 5, 3, 8, 4),
        ),
        *((KeyFacts(facts=blank),) if blank else ()),
    )


def _criteria(sheet: EscalationSheet) -> tuple[Block, ...]:
    return (
        Heading(text="Do I refer to safeguarding myself?"),
        Table(header=("Any one is a reason to refer", "Applies"), rows=sheet.criteria, widths=(4, 1)),
    )


def _end(sheet: EscalationSheet) -> tuple[Block, ...]:
    return (KeyFacts(facts=(("Referral", sheet.referral), ("Outcome", sheet.outcome))),)
