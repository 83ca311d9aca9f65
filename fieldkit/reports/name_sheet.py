"""The names behind the codes on paper: made only while their key is open, marked on every page, kept apart.

It is no report and no export: nothing but the page of people and ``fieldkit person sheet`` makes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fieldkit.reports.blocks import Block, Document, Note, Paragraph, Table
from fieldkit.reports.dates import moment

MARK = "CONFIDENTIAL: NAMES"
_KEEP = (
    "This sheet tells who is behind each code. Keep it locked away, apart from notes, reports and exports. Do not copy "
    "or send it. Destroy it when it is no longer needed. That it was made stands in the vault’s own record."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedCode:
    """One person: the code that is shown, the codes that were merged into it, and who they are."""

    code: str
    role: str
    name: str
    also: str = ""
    organisation: str = ""
    contact: str = ""


def compose(
    assessment: str, people: Sequence[NamedCode], made_by: str, made_at: datetime, unnamed: int = 0
) -> Document:
    """One line a person, in the order given; ``unnamed`` codes have no name in the key and are only counted."""
    return Document(
        title="Names behind the codes",
        kicker=f"{MARK} · {assessment}",
        blocks=(Note(title="Keep this apart", text=_KEEP), *_table(people), *_others(unnamed)),
        footer=f"{MARK} · {assessment} · made {moment(made_at)} by {made_by}",
    )


def _table(people: Sequence[NamedCode]) -> tuple[Block, ...]:
    if not people:
        return (Paragraph(text="The key holds no names of this assessment.", strong=True),)
    return (
        Table(
            header=("Code", "Name", "Role", "Organisation", "How to reach them"),
            rows=tuple(
                (f"{one.code} (also {one.also})" if one.also else one.code, one.name, one.role, one.organisation,
                 one.contact)
                for one in people
            ),
            widths=(4, 8, 7, 7, 8),
        ),
    )  # fmt: skip


def _others(unnamed: int) -> tuple[Block, ...]:
    if not unnamed:
        return ()
    words = "1 code has" if unnamed == 1 else f"{unnamed} codes have"
    return (Paragraph(text=f"{words} no name in the key."),)
