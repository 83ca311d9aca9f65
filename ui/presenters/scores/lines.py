"""The words of the board: a line for each statement, theme and the overall figure; and of what stands beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fieldkit.app.score_ages import Badges
from fieldkit.app.scores import OVERALL, ScoreBoard
from fieldkit.app.scores_to_settle import is_asked
from fieldkit.domain.coverage import Coverage, State
from fieldkit.domain.figures import Outcome
from fieldkit.domain.framework import Framework, Need
from fieldkit.domain.judgement import PROVISIONAL, Judged
from fieldkit.domain.marks import Mark
from fieldkit.domain.position import position_of
from fieldkit.domain.score_age import Badge
from fieldkit.domain.score_places import ScorePlace, place_of, statements_in
from fieldkit.domain.score_trace import ScoreChange
from fieldkit.domain.settling import Given, Settled
from fieldkit.domain.working import ended, in_words, working
from fieldkit.reports.score_trace import OVERRIDDEN_TWICE, badge_words, band_name, rating, standing
from ui.presenters.wording import ui

TRIED = "Tried out"
_DID = {"judgement": "Judged by", "moderation": "Settled by", "override": "Overridden by"}


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
    is_asked: bool = False
    """It exists twice, or two accounts of it are an open question: a person has to say which stands."""
    is_stale: bool = False
    """It wears a badge: carried forward, older than its evidence, or resting on old or lost evidence."""
    is_tried: bool = False
    category: str | None = None
    """Where the pack scores the evidence categories of a statement."""
    can_override: bool = False


def lines_of(board: ScoreBoard, tried: tuple[Mark, ...], badges: Badges) -> tuple[ScoreLine, ...]:
    """What is scored under its theme's figure, in the pack's order, the overall figure first."""
    marks = {(one.subject, one.category): one for one in tried}
    below = {one.id: one for one in board.scores.statements}
    found = [_figure(board, key, one, tried) for key, one in board.figures.items() if key == OVERALL]
    for theme in board.framework.themes:
        if theme.id in board.figures:
            found.append(_figure(board, theme.id, board.figures[theme.id], tried))
        for place in board.places:
            if place.theme != theme.id:
                continue
            subject, category = place.judged.subject, place.judged.category
            if subject in below:  # a statement's own figure stands once, above its categories
                found.append(_figure(board, subject, below.pop(subject), tried))
            found.append(_judged(board, place, marks.get((subject, category)), badges.get(place.judged, ())))
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
    told = []
    for one in settled.moderations:
        told += [
            (f"Settled by {one.name}, {ui.day_and_clock(one.at, today)}",
             f"{in_words(framework, one.value.mark)}. {one.value.text}"),
            ("Before", "; ".join(one.value.before)), ("Why", one.value.reason),
        ]  # fmt: skip
    if settled.changed_since:
        names = ", ".join(one.name for one in settled.changed_since)
        told.append(("Changed since", f"{names}. Settle it again"))
    return tuple(told)


def hidden_words(settled: Settled, noun: str) -> tuple[tuple[str, str], ...]:
    """That others have scored, and when they are seen; never who or what."""
    if not settled.hidden:
        return ()
    did = "scored" if noun == "score" else "rated"
    others = ui.count(settled.hidden, "other assessor has", "other assessors have")
    return (("Hidden", f"{others} {did} this. You see it once your own {noun} is saved."),)


def history_words(changes: Iterable[ScoreChange], today: date) -> tuple[tuple[str, str], ...]:
    """Every account as labelled words: who and when; old, new and why."""
    told = [
        (f"{_DID[one.kind]} {one.name}, {ui.day_and_clock(one.at, today)}",
         f"{one.before}, then {one.after}. {one.why}" if one.before and one.before != one.after
         else f"{one.after}. {one.why}")
        for one in changes
    ]  # fmt: skip
    return tuple(told) or (("History", "Nothing was recorded yet."),)


def warnings(board: ScoreBoard, coverage: Coverage, subject: str, category: str | None = None) -> tuple[str, ...]:
    """What does not forbid the score and should be seen before it: gaps, and evidence that points the other way."""
    framework = board.framework
    judged = Judged(pack=framework.id, subject=subject, category=category)
    gaps = [
        cell for one in statements_in(framework, judged) for cell in coverage.row(one.id)
        if cell.is_needed and cell.state is State.GAP and category in (None, cell.category)
    ]  # fmt: skip
    titles = {one.id: one.short for one in framework.categories}
    found = []
    required = list(dict.fromkeys(titles[cell.category] for cell in gaps if cell.need is Need.REQUIRED))
    if required:
        found.append(f"Required and without evidence: {', '.join(required)}.")
    others = list(dict.fromkeys(titles[cell.category] for cell in gaps if cell.need is not Need.REQUIRED))
    if others:
        kinds = ui.count(len(others), "expected category", "expected categories")
        found.append(f"{kinds} without evidence: {', '.join(others)}.")
    settled = board.settled.get(judged)
    for one in settled.given if settled is not None else ():
        if one.value.against and one.value.value is not None:
            linked = ui.count(len(one.value.against), "note")
            chose = in_words(framework, one.value.mark).partition(",")[0]
            found.append(f"{one.name} chose {chose}, and linked {linked} that point the other way.")
    return tuple(found)


def figure_working(board: ScoreBoard, subject: str, tried: Iterable[Mark] = ()) -> tuple[str, ...]:
    """The sum behind a figure, and its override, line by line."""
    outcome = figure_at(board, subject)
    if outcome is None:
        return ()
    is_tried = any(subject in _above(board.framework, one) for one in tried)
    lines = [*((f"{TRIED}: nothing of this is saved.",) if is_tried else ()), *working(board.framework, outcome)]
    over = board.overrides.get(subject)
    if over is None:
        return tuple(lines)
    told = [
        f"Override: {band_name(board.framework, one)}, approved by {ended(one.value.approver)} "
        f"{ended(one.value.rationale)} The scores give {rating(outcome)}."
        for one in over.made
    ]
    return (*((f"{OVERRIDDEN_TWICE}.",) if over.is_open else ()), *told, *lines)


def figure_at(board: ScoreBoard, subject: str) -> Outcome | None:
    """The theme's figure, the overall one, or that of a statement whose categories are scored."""
    found = board.figures.get(subject)
    return found or next((one for one in board.scores.statements if one.id == subject), None)


def title_of(framework: Framework, subject: str, category: str | None = None) -> str:
    """``Q2 Learning culture``; a theme's title; ``Overall``."""
    if subject == OVERALL:
        return "Overall"
    if framework.statement_by(subject) is None:
        return next((one.title for one in framework.themes if one.id == subject), subject)
    return place_of(framework, Judged(pack=framework.id, subject=subject, category=category)).name


def _above(framework: Framework, mark: Mark) -> set[str]:
    """The figures that a score moves: the overall one, its theme's, its statement's where categories are scored."""
    statement = framework.statement_by(mark.subject)
    return {OVERALL, mark.subject, statement.theme_id if statement is not None else mark.subject}


def _judged(board: ScoreBoard, place: ScorePlace, tried: Mark | None, badges: tuple[Badge, ...]) -> ScoreLine:
    settled, judged = board.settled.get(place.judged), place.judged
    status = standing(board.framework, settled).replace(". ", " · ")
    status = " · ".join([status, *(badge_words(one) for one in badges)])
    if tried is not None:
        status = f"{TRIED}, {PROVISIONAL.lower()}: {in_words(board.framework, tried)} · saved: {status}"
    elif settled is not None and settled.mark is not None:
        status = f"{PROVISIONAL} · {status}"
    return ScoreLine(
        key="/".join(filter(None, ("statement", judged.subject, judged.category))), kind=LineKind.STATEMENT,
        subject=judged.subject, category=judged.category,
        title=title_of(board.framework, judged.subject, judged.category), status=status,
        is_open=settled is None or settled.mark is None, is_asked=is_asked(settled), is_stale=bool(badges),
        is_tried=tried is not None,
    )  # fmt: skip


def _figure(board: ScoreBoard, subject: str, outcome: Outcome, tried: Iterable[Mark]) -> ScoreLine:
    is_tried = any(subject in _above(board.framework, one) for one in tried)
    over = board.overrides.get(subject)
    said = ""
    if over is not None:
        said = f" · {OVERRIDDEN_TWICE}" if over.is_open else f" · override: {band_name(board.framework, over.last)}"
    place = position_of(board.framework.method, outcome)
    half = f" · {place.half.value}" if place is not None and outcome.limiter is None else ""
    left = f" · {len(outcome.missing)} not scored" if outcome.missing else ""
    tie = outcome.reading is not None and outcome.reading.tie is not None and outcome.reading.tie.decides
    line = " · on a line, see the working" if tie else ""
    return ScoreLine(
        key=f"figure/{subject}", kind=LineKind.FIGURE, subject=subject, title=title_of(board.framework, subject),
        status=f"{f'{TRIED} · ' if is_tried else ''}{PROVISIONAL} · {rating(outcome)}{half}{said}{left}{line}",
        is_open=bool(outcome.missing) or (over is not None and over.is_open),
        is_asked=over is not None and over.is_open,
        can_override=subject in board.figures, is_tried=is_tried,
    )  # fmt: skip
