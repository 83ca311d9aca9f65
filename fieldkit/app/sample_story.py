"""Who does what on the sample's first visit and after it, each person in their own vault, in the order of time."""

from __future__ import annotations

from fieldkit.app.sample import write_afterwards, write_points
from fieldkit.app.sample_fieldwork import (
    close_group,
    open_group,
    tell_case,
    tell_conversations,
    tell_escalation,
    tell_evening,
    tell_exhibits,
    tell_interview,
    tell_records,
)
from fieldkit.app.sample_telling import Telling
from fieldkit.app.sample_verdict import (
    tell_changes,
    tell_figures,
    tell_findings,
    tell_improvement,
    tell_moderation,
    tell_scores,
    tell_sending,
    tell_texts,
)

_MEETING, _GROUP = "place", "families"


def tell_advisers_days(to: Telling) -> None:
    """The meeting, the staff canteen, the carers; the adviser's scores come later."""
    by = to.sample.assessors[1].initials
    write_points(to.vault, to.clock, to.sample, to.plan, to.framework, by=by, among=[_MEETING])
    write_afterwards(to.vault, to.clock, to.sample, to.plan, to.framework, by=by)
    tell_conversations(to)
    open_group(to)
    write_points(to.vault, to.clock, to.sample, to.plan, to.framework, by=by, among=[_GROUP])
    close_group(to)


def tell_leads_days(to: Telling) -> None:
    """The same meeting, an interview, a record, a risk that could not wait, the evening, a case."""
    by = to.sample.assessors[0].initials
    write_points(to.vault, to.clock, to.sample, to.plan, to.framework, by=by)
    tell_interview(to)
    tell_exhibits(to)
    tell_records(to)
    tell_escalation(to)
    tell_evening(to)
    tell_case(to)


def tell_leads_corrections(to: Telling) -> None:
    """What the lead took back or tagged on the evening after, when the notes had been handed in."""
    by = to.sample.assessors[0].initials
    write_afterwards(to.vault, to.clock, to.sample, to.plan, to.framework, by=by)


def tell_verdict(to: Telling) -> None:
    """Findings, scores, what the two settled on, and the draft that goes out with its comments."""
    tell_findings(to)
    tell_scores(to, "scores")
    tell_moderation(to)
    tell_texts(to)
    tell_sending(to)


def tell_what_followed(to: Telling) -> None:
    """The words that the check changed, the plan of improvement, and figures that came in the autumn."""
    tell_changes(to)
    tell_improvement(to)
    tell_figures(to)
