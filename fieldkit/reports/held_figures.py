"""Held figures on paper: each metric in a table of its own from its best end, which stands in its heading.

Figures of unlike ends never share a table, so nobody reads a low segment as a low score (facts, section 4).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from fieldkit.domain.metric import Metric, figure
from fieldkit.reports.blocks import Block, Document, Heading, Note, Paragraph, Table
from fieldkit.reports.dates import moment

READ_ONLY = (
    "These figures were imported from files and are held evidence. Nobody on the team changes one: a newer import "
    "corrects it. Each table begins with its best figure; which end is best is said above it."
)


def compose(assessment: str, groups: Sequence[tuple[str, Sequence[Metric]]], at: datetime) -> Document:
    """``groups`` are a metric with the end that is best, and its figures in that order."""
    return Document(
        title="Held figures", kicker=f"FieldKit · {assessment}", blocks=tuple(_blocks(groups)),
        footer=f"{assessment} · made {moment(at)}",
    )  # fmt: skip


def _blocks(groups: Sequence[tuple[str, Sequence[Metric]]]) -> Iterator[Block]:
    yield Note(title="Held evidence", text=READ_ONLY)
    if not groups:
        yield Paragraph(text="No figures were imported yet.")
    for title, figures in groups:
        yield Heading(text=title)
        yield Table(
            header=("Figure", "Organisation", "Period", "Source", "File and row"),
            rows=tuple(
                (figure(one.value, one.unit), one.organisation, one.period, one.source, f"{one.file}, row {one.row}")
                for one in figures
            ),
            widths=(3, 5, 3, 5, 5),
        )
