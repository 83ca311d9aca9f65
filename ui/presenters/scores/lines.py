"""The words of the board: a line for each statement, theme and the overall figure; and of what stands beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fieldkit.app.scores import OVERALL, ScoreBoard
from fieldkit.domain.coverage import Coverage, State
from fieldkit.domain.figures import Figure, Outcome
from fieldkit.domain.framework import Framework, Need
from fieldkit.domain.judgement import PROVISIONAL, Judged
from fieldkit.domain.marks import Mark
from fieldkit.domain.settling import Given, Settled, Stand
from fieldkit.domain.working import in_words, working
from fieldkit.reports.score_trace import rating, standing
from ui.presenters.wording import ui


class LineKind(StrEnum):
    """What a line of the board is about."""

    STATEMENT = "statement"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreLine:
    """``key`` names it in the list; ``subject`` is a statement's or theme's id, or ``OVERALL``."""

    key: str
    kind: LineKind
    subject: str
    title: str
    status: str
    is_open: bool = False
    """Something is left to do: no score stands, or assessors differ."""
    is_tried: bool = False


def lines_of(board: ScoreBoard, tried: tuple[Mark, ...] = ()) -> tuple[ScoreLine, ...]:
    """Statements under their theme's figure, in the pack's order, the overall figure first."""
    framework, figures = board.framework, {one.id: one for one in board.scores.themes}
    marks = {(one.subject, one.category): one for one in tried}
    found: list[ScoreLine] = []
    if board.scores.overall is not None:
        found.append(_figure(board, board.scores.overall))
    for theme in framework.themes:
        if theme.id in figures:
            found.append(_figure(board, figures[theme.id]))
        found += [_statement(board, one.id, marks.get((one.id, None))) for one in framework.statements_of(theme.id)]
    return tuple(found)


def judgement_words(framework: Framework, one: Given, today: date) -> tuple[tuple[str, str], ...]:
    """One assessor's judgement as labelled words."""
    value = one.value
    told = [(f"{one.name}, {ui.day_and_clock(one.at, today)}", f"{in_words(framework, value.mark)}. {value.text}")]
    evidence = f"{ui.count(len(value.relied_on), 'note')} relied on"
    if value.against:
        evidence += f", {ui.count(len(value.against), 'note')} the other way"
    if value.confidence is not None:
        evidence += f" · {value.confidence.value} confidence"
    if value.carried_from is not None:
        evidence += f" · carried forward from {ui.day(value.carried_from)}"
    return (*told, ("Evidence", evidence))


def settled_words(framework: Framework, settled: Settled, today: date) -> tuple[tuple[str, str], ...]:
    """What the team settled on, with what was before and why."""
    if settled.moderation is None:
        return ()
    value = settled.moderation.value
    told = [
        (f"Settled by {settled.moderation.name}, {ui.day_and_clock(settled.moderation.at, today)}",
         f"{in_words(framework, value.mark)}. {value.text}"),
        ("Before", "; ".join(value.before)), ("Why", value.reason),
    ]  # fmt: skip
    if settled.changed_since:
        names = ", ".join(one.name for one in settled.changed_since)
        told.append(("Changed since", f"{names}. Settle it again"))
    return tuple(told)


def warnings(board: ScoreBoard, coverage: Coverage, subject: str) -> tuple[str, ...]:
    """What does not forbid the score and should be seen before it: gaps, and evidence that points the other way."""
    framework = board.framework
    if framework.statement_by(subject) is None:
        return ()
    gaps = [cell for cell in coverage.row(subject) if cell.is_needed and cell.state is State.GAP]
    titles = {one.id: one.short for one in framework.categories}
    found = []
    required = [titles[cell.category] for cell in gaps if cell.need is Need.REQUIRED]
    if required:
        found.append(f"Required and without evidence: {', '.join(required)}.")
    others = [titles[cell.category] for cell in gaps if cell.need is not Need.REQUIRED]
    if others:
        kinds = ui.count(len(others), "expected category", "expected categories")
        found.append(f"{kinds} without evidence: {', '.join(others)}.")
    settled = board.of(subject)
    for one in settled.given if settled is not None else ():
        if one.value.against and one.value.value is not None:
            linked = ui.count(len(one.value.against), "note")
            found.append(f"{one.name} chose {one.value.value}, and linked {linked} that point the other way.")
    return tuple(found)


def figure_working(board: ScoreBoard, subject: str) -> tuple[str, ...]:
    """The sum behind a figure, and its override, line by line."""
    outcome = figure_at(board, subject)
    if outcome is None:
        return ()
    over = board.overrides.get(subject)
    lines = list(working(board.framework, outcome))
    if over is not None:
        band = board.framework.method.band(over.value.band or "")
        lines.insert(0, (
            f"Override: {band.label if band else over.value.band}, approved by {over.value.approver}. "
            f"{over.value.rationale} The scores give {rating(outcome)}."
        ))  # fmt: skip
    return tuple(lines)


def figure_at(board: ScoreBoard, subject: str) -> Outcome | None:
    """The theme's figure, or the overall one."""
    if subject == OVERALL:
        return board.scores.overall
    return next((one for one in board.scores.themes if one.id == subject), None)


def title_of(framework: Framework, subject: str) -> str:
    """``Q2 Learning culture``; a theme's title; ``Overall``."""
    if subject == OVERALL:
        return "Overall"
    statement = framework.statement_by(subject)
    if statement is not None:
        return f"{statement.position} {statement.title}"
    return next((one.title for one in framework.themes if one.id == subject), subject)


def _statement(board: ScoreBoard, subject: str, tried: Mark | None) -> ScoreLine:
    settled = board.settled.get(Judged(pack=board.framework.id, subject=subject))
    status = standing(board.framework, settled).replace(". ", " · ")
    if tried is not None:
        status = f"Tried out: {in_words(board.framework, tried)} · saved: {status}"
    stands = settled.stand if settled is not None else Stand.NONE
    return ScoreLine(
        key=f"statement/{subject}", kind=LineKind.STATEMENT, subject=subject, title=title_of(board.framework, subject),
        status=status, is_open=stands in (Stand.NONE, Stand.DIFFER), is_tried=tried is not None,
    )  # fmt: skip


def _figure(board: ScoreBoard, outcome: Outcome) -> ScoreLine:
    subject = OVERALL if outcome.figure is Figure.OVERALL else outcome.id
    over = board.overrides.get(subject)
    band = board.framework.method.band(over.value.band or "") if over is not None else None
    said = f" · override: {band.label}" if band is not None else ""
    left = f" · {len(outcome.missing)} not scored" if outcome.missing else ""
    tie = outcome.reading is not None and outcome.reading.tie is not None and outcome.reading.tie.decides
    line = " · on a line, see the working" if tie else ""
    return ScoreLine(
        key=f"figure/{subject}", kind=LineKind.FIGURE, subject=subject, title=title_of(board.framework, subject),
        status=f"{PROVISIONAL} · {rating(outcome)}{said}{left}{line}", is_open=bool(outcome.missing),
    )  # fmt: skip
