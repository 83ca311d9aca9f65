"""After publishing, on paper: summits, the action plan with its follow-up, and how scores changed over time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from fieldkit.reports.blocks import Block, Document, Heading, KeyFacts, Note, Paragraph, Table
from fieldkit.reports.dates import day, moment


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """An action of the plan, with what proves it and what was found when it was looked at."""

    reference: str
    what: str
    owner: str
    due_on: date
    state: str
    evidence: str = ""
    follow_up: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummitLine:
    """A summit."""

    on: date
    place: str
    who: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreChange:
    """A score that was settled on a day."""

    on: date
    statement: str
    before: str
    after: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementPage:
    """Everything that followed publishing."""

    assessment: str
    framework: str
    summits: tuple[SummitLine, ...]
    actions: tuple[ActionLine, ...]
    scores: tuple[ScoreChange, ...]
    made_at: datetime
    noun: str = "score"
    """What the framework has chosen: a score, or a rating in words."""


def compose(page: ImprovementPage) -> Document:
    """The plan and the history of scores."""
    count = "1 action" if len(page.actions) == 1 else f"{len(page.actions)} actions"
    done = sum(one.state.startswith("Done") for one in page.actions)
    return Document(
        title=f"Improvement: plan, follow-up and {page.noun}s over time", kicker=f"FieldKit · {page.assessment}",
        blocks=(
            Note(title=f"{count}, {done} done", text=f"{page.noun.capitalize()}s are provisional."),
            *_summits(page), *_actions(page), *_scores(page),
        ),
        footer=f"Improvement · provisional · made {moment(page.made_at)}",
    )  # fmt: skip


def _summits(page: ImprovementPage) -> tuple[Block, ...]:
    found: list[Block] = [Heading(text="Improvement summits")]
    for one in page.summits:
        facts = (("On", day(one.on)), ("Where", one.place), ("Who took part", one.who), ("Outcome", one.outcome))
        found.append(KeyFacts(facts=tuple(fact for fact in facts if fact[1])))
    return tuple(found) if page.summits else (*found, Paragraph(text="None recorded."))


def _actions(page: ImprovementPage) -> tuple[Block, ...]:
    head = Heading(text="Action plan")
    if not page.actions:
        return (head, Paragraph(text="No actions planned yet."))
    table = Table(
        header=("Action", "Who", "Due", "Stands", "Evidence", "Follow-up"), widths=(14, 8, 8, 8, 9, 9),
        rows=tuple(
            (f"{one.reference}: {one.what}", one.owner, day(one.due_on), one.state, one.evidence, one.follow_up)
            for one in page.actions
        ),
    )  # fmt: skip
    return (head, table)


def _scores(page: ImprovementPage) -> tuple[Block, ...]:
    head = Heading(text=f"{page.noun.capitalize()}s over time, {page.framework}, provisional")
    if not page.scores:
        return (head, Paragraph(text=f"No {page.noun} was settled yet."))
    table = Table(
        header=("On", "Statement", "Before", "After", "By", "Why"), widths=(7, 9, 10, 8, 7, 12),
        rows=tuple((day(one.on), one.statement, one.before, one.after, one.by, one.reason) for one in page.scores),
    )  # fmt: skip
    return (head, table)
