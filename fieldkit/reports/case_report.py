"""A case on paper: whom it is about in codes, the pathway drawn, the events as a table, waits and gaps in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from fieldkit.domain.case import Case
from fieldkit.domain.pathway import Pathway, Transition, pathway
from fieldkit.domain.touchpoint import Touchpoint
from fieldkit.kernel.ids import RecordId
from fieldkit.reports.blocks import Block, Document, Drawing, Heading, KeyFacts, Note, Paragraph, Points, Table
from fieldkit.reports.case_words import (
    KINDS,
    LETTERS,
    EventTags,
    EventWords,
    days,
    event_words,
    findings,
    hand_over_words,
    source_words,
    summary,
    traits_words,
)
from fieldkit.reports.dates import day as day_words
from fieldkit.reports.lanes import Sizes, draw, fits
from fieldkit.reports.picture import Picture

NOT_QUOTED = "Words noted, not to be quoted"
PAGE, WIDE_PAGE = 481.0, 728.0
"""Points between the margins of a printed page, upright and turned on its side: one more would be cut into a strip."""
_MOST_WAITS, _LONGEST_WAITS = 15, 10
"""A case of sixty events would have three pages of waits before its drawing; the table has each of them anyway."""
_MOST_IN_A_BOX = 3
_ENDED = re.compile(r"[.!?…]”$")
_LETTERS = (9.0, 8.5, 8.0, 7.5)
"""Points of a drawing's letters; smaller ones are not read at arm's length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReport:
    """What the paper needs. ``consent`` is the state of the case's consent in words; ``may_quote`` whether exact words
    may be printed.
    """

    assessment: str
    visit: str
    case: Case
    path: Pathway
    tags: Mapping[RecordId, EventTags]
    consent: str
    may_quote: bool
    today: date


def compose(report: CaseReport) -> Document:
    """The document; its table tells all that the drawing shows."""
    if not report.may_quote:
        report = replace(report, path=_unquoted(report))
    path, case = report.path, report.case
    rows = event_words(path, report.tags, report.today)
    blocks: list[Block] = [_facts(report)]
    if not rows:
        blocks.append(Paragraph(text="No events yet."))
    else:
        summed = Paragraph(text=summary(case, path).replace("   ", " · "), strong=True)
        drawing = Drawing(title="The pathway", picture=_drawn(path, rows))
        blocks += [summed, *_details(report), drawing, Paragraph(text=_marks(path)), _table(report)]
    return Document(
        kicker=f"{report.assessment} · {report.visit}", title=f"Case {case.code}", blocks=tuple(blocks),
        footer=f"Case {case.code}. Confidential. Printed on {day_words(report.today)}",
    )  # fmt: skip


def _marks(path: Pathway) -> str:
    """What the letters in the drawing stand for, those that are in it."""
    found = dict.fromkeys(step.touchpoint.kind for step in path.steps)
    return f"Marks in the drawing: {', '.join(f'{LETTERS[kind]} {KINDS[kind]}' for kind in found)}."


def _unquoted(report: CaseReport) -> Pathway:
    """The same events without anybody's exact words."""
    found = (step.touchpoint for step in report.path.steps)
    kept = [replace(one, exact_words="", happened=one.happened or NOT_QUOTED) for one in found]
    return pathway(kept, report.today)


def _drawn(path: Pathway, rows: Sequence[EventWords]) -> Picture:
    """As large as fits on one page; the smallest, cut into strips, where none fits."""
    tried = [(width, Sizes(em=em, label=96)) for width in (PAGE, WIDE_PAGE) for em in _LETTERS]
    width, sizes = next((one for one in tried if fits(path, *one)), tried[-1])
    return draw(path, rows, width=width, sizes=sizes).picture


def _facts(report: CaseReport) -> KeyFacts:
    case = report.case
    facts = [("Description", case.description or "Not described"), *traits_words(case)]
    facts += [
        (one.words, {"yes": "Met", "no": "Not met", "unknown": "Not known"}[one.met.value]) for one in case.criteria
    ]
    return KeyFacts(facts=(*facts, ("Consent", report.consent.removeprefix("Consent ").capitalize())))


def _table(report: CaseReport) -> Table:
    rows = event_words(report.path, report.tags, report.today, with_year=True)
    events = {step.touchpoint.id: step.touchpoint for step in report.path.steps}
    return Table(
        header=("When", "Wait", "Service", "What happened", "Tags"), caption="The events", widths=(17, 9, 20, 42, 12),
        rows=tuple(
            (
                row.when, row.wait + (" over" if row.is_over else ""), row.service, _told(events[row.id]),
                ("! concern " if row.is_concern else "") + row.tags,
            )
            for row in rows
        ),
    )  # fmt: skip


def _told(one: Touchpoint) -> str:
    parts = [one.happened, f"“{one.exact_words}”" if one.exact_words else ""]
    if one.should_have:
        parts.append(f"Should have happened: {one.should_have}")
    sources = source_words(one)
    return _sentences(*parts, f"Source: {sources}" if sources else "")


def _sentences(*parts: str) -> str:
    """One after the other; what ends a sentence itself, with a quotation mark behind it perhaps, gets no second end."""
    said = [part if _ENDED.search(part) else part.rstrip(".") for part in parts if part]
    return "".join(f"{part} " if _ENDED.search(part) else f"{part}. " for part in said[:-1]) + "".join(said[-1:])


def _details(report: CaseReport) -> list[Block]:
    path = report.path
    blocks: list[Block] = []
    waits = _waits(report)
    if waits:
        heading = "Waits" if len(waits) <= _MOST_WAITS else f"The {_LONGEST_WAITS} longest waits of {len(waits)}"
        shown = waits if len(waits) <= _MOST_WAITS else waits[:_LONGEST_WAITS]
        blocks += [Heading(text=heading), Points(points=(*shown, f"All waits together: {days(path.days)}"))]
    found = findings(path, report.today)
    if found and len(found) <= _MOST_IN_A_BOX:
        blocks.append(Note(title="Gaps", text=". ".join(found)))
    elif found:
        blocks += [Heading(text="Gaps"), Points(points=found)]
    checks = [_checked(one) for one in path.transitions if one.hand_over is not None]
    if checks:
        blocks += [Heading(text="Handovers"), Points(points=tuple(checks))]
    return blocks


def _waits(report: CaseReport) -> tuple[str, ...]:
    """Every wait in its order; of many the longest first."""
    rows = event_words(report.path, {}, report.today)
    found = [
        (step.wait.days, f"{row.wait_words}, {row.service}")
        for row, step in zip(rows, report.path.steps, strict=True)
        if row.wait_words and step.wait is not None
    ]
    if len(found) > _MOST_WAITS:
        found.sort(key=lambda one: -one[0])
    return tuple(words for _, words in found)


def _checked(one: Transition) -> str:
    assert one.hand_over is not None
    return f"{one.left.organisation} to {one.reached.organisation}: {hand_over_words(one.hand_over)}"
