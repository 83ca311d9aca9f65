"""The access log of an assessment on paper: who looked at whose record, when, why, and what allowed it.

One block of facts for each look, in the order of time, so that the person whose record it is, or a data protection
officer, can be answered from the sheet alone. Every line is given in words by the caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fieldkit.reports.blocks import Block, Document, Heading, KeyFacts, Note, Paragraph, Table
from fieldkit.reports.dates import moment

_ABOUT = (
    "Looking at a record about a person’s care is logged before it is opened. Whose record it is stands as a code; the "
    "key to the codes is kept apart."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedLook:
    """One look: a short line for the table and the answers as labelled words. ``held``: why its notes are held."""

    reference: str
    when: str
    who: str
    whose: str
    what: str
    allowed_by: str
    answers: tuple[tuple[str, str], ...]
    held: str = ""


def compose(assessment: str, looks: Sequence[LoggedLook], made_at: datetime) -> Document:
    """The log: a table of all looks, then each with its answers."""
    return Document(
        title="Access log: records that were looked at",
        kicker=f"FieldKit · {assessment}",
        blocks=(Paragraph(text=_ABOUT), *_table(looks), *(block for one in looks for block in _look(one))),
        footer=f"Access log of {assessment} · made {moment(made_at)}",
    )


def _table(looks: Sequence[LoggedLook]) -> tuple[Block, ...]:
    if not looks:
        return (Paragraph(text="No record was looked at.", strong=True),)
    return (
        Table(
            header=("Look", "When", "Who looked", "Whose", "What", "Power or consent"),
            rows=tuple((one.reference, one.when, one.who, one.whose, one.what, one.allowed_by) for one in looks),
            widths=(4, 7, 6, 3, 8, 8),
        ),
    )


def _look(one: LoggedLook) -> tuple[Block, ...]:
    held = (Note(title="Held", text=one.held),) if one.held else ()
    return (Heading(text=f"{one.reference}: {one.what}, {one.whose}"), *held, KeyFacts(facts=one.answers))
