"""What a kind of report is, and what is chosen before one is made; the kinds are in ``report_catalogue``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from fieldkit.app.ports import Questions
from fieldkit.app.quotable import LEFT_OUT
from fieldkit.domain.assessment import Assessment
from fieldkit.domain.framework import Framework
from fieldkit.kernel.ids import ActivityId, RecordId, VisitId
from fieldkit.reports.blocks import Block, Document, Heading, Paragraph
from fieldkit.reports.plain import to_plain


class About(StrEnum):
    """What has to be chosen before a report can be made."""

    ASSESSMENT = "assessment"
    VISIT = "visit"
    DAY = "day"
    """A visit, and a day of it."""
    ACTIVITY = "activity"
    CASE = "case"
    STATEMENT = "statement"
    ESCALATION = "escalation"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportChoice:
    """What a report is about. ``frameworks`` are all of the assessment, ``framework`` the one that is meant.

    ``case`` is the activity in which the case is followed; ``statement`` an id of ``framework``.
    """

    assessment: Assessment
    framework: Framework
    frameworks: tuple[Framework, ...]
    visit: VisitId | None = None
    day: date | None = None
    activity: ActivityId | None = None
    case: ActivityId | None = None
    statement: str | None = None
    escalation: RecordId | None = None


Make = Callable[[Questions, ReportChoice, datetime], Document]
Scope = Callable[[Questions, ReportChoice], frozenset[str] | None]


def everything(_questions: Questions, _choice: ReportChoice) -> frozenset[str] | None:
    """It rests on all records of the assessment."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportKind:
    """``make`` is called on the store lane, or on a vault that is held still; raises ``Mistake`` where it cannot.

    ``what`` is a sentence for whoever chooses. ``leaves_team``: it is meant for people outside the team. ``scope``: the
    records it rests on, which no open question may be about (``fieldkit.app.finalising``); ``None`` for a kind that is
    never held up.
    """

    id: str
    title: str
    what: str
    about: About
    make: Make
    leaves_team: bool = False
    scope: Scope | None = everything

    def document(self, questions: Questions, choice: ReportChoice, at: datetime) -> Document:
        """Made, with the marking that the pack wants on every page. Raises what ``make`` does."""
        made = self.make(questions, choice, at)
        return replace(made, marking=choice.framework.marking, blocks=(*made.blocks, *_left_out(made)))


def _left_out(document: Document) -> tuple[Block, ...]:
    """How often exact words were left out, where they were: a reader must not think that nobody said anything."""
    count = " ".join(to_plain(document).split()).count(LEFT_OUT)
    if not count:
        return ()
    places = "in 1 place" if count == 1 else f"in {count:,} places"
    said = f"Exact words are left out {places}: whoever said them did not agree to be quoted."
    return (Heading(text="Exact words left out"), Paragraph(text=said))
