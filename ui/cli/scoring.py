"""What ``fieldkit score …`` does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldkit.kernel.errors import Mistake
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from fieldkit.app.ports import Questions
    from fieldkit.app.scores import ScoreBoard
    from fieldkit.domain.assessment import Assessment
    from fieldkit.domain.framework import Framework
    from fieldkit.domain.judgement import Judged
    from fieldkit.domain.marks import Mark
    from fieldkit.domain.settling import Given, Settled
    from fieldkit.kernel.ids import EntryId


def list_all(desk: Desk) -> int:
    """The board, also with scores that are only tried out."""
    from fieldkit.app.blind_scores import is_blind
    from fieldkit.app.scores import score_board

    options = desk.options
    with opened(desk) as vault:
        assessment, framework = _where(desk, vault.questions)
        tried = tuple(_tried(framework, one) for one in options.what_if)
        board = score_board(
            vault.questions, assessment.id, framework, what_if=tried, limiters_on=options.limiter,
            is_blind=is_blind(vault.questions, assessment.id, framework),
        )  # fmt: skip
    desk.terminal.show(_board_facts(assessment, board, tried), _board_words(assessment, board, tried))
    return faults.OK


def show(desk: Desk) -> int:
    """One statement."""
    with opened(desk) as vault:
        _show(desk, vault.questions)
    return faults.OK


def history(desk: Desk) -> int:
    """Every account of a score, or of the overrides of a figure."""
    from fieldkit.app.blind_scores import is_blind
    from fieldkit.app.score_history import figure_history, score_history
    from fieldkit.app.scores import OVERALL, score_board
    from fieldkit.reports.dates import moment

    wanted = desk.options.statement
    with opened(desk) as vault:
        assessment, framework = _where(desk, vault.questions)
        subject = OVERALL if wanted.casefold() == "overall" else _subject(framework, wanted)
        blind = is_blind(vault.questions, assessment.id, framework)
        board = score_board(vault.questions, assessment.id, framework, is_blind=blind)
        found = list(figure_history(vault.questions, assessment.id, framework, subject))
        if subject != OVERALL:
            found += score_history(vault.questions, assessment.id, board, _judged(desk, framework))
    lines = []
    for one in found:
        change = f"{one.before}, then {one.after}" if one.before else one.after
        lines.append(f"{moment(one.at)}  {one.name}, {one.kind}: {change}. {one.why}")
    facts = [
        {"at": one.at.isoformat(), "by": one.name, "kind": one.kind, "before": one.before or None, "after": one.after,
         "why": one.why}
        for one in found
    ]  # fmt: skip
    desk.terminal.show(facts, lines or ["Nothing was recorded yet."])
    return faults.OK


def blind(desk: Desk) -> int:
    """Hide others' scores until one's own is saved, or show them."""
    from fieldkit.app.blind_scores import choose_blind

    is_on = desk.options.choice == "on"
    with opened(desk) as vault:
        assessment, framework = _where(desk, vault.questions)
        vault.perform(lambda uow: choose_blind(uow, assessment.id, framework, is_on=is_on))
    noun = framework.method.noun
    words = (
        f"What others gave is hidden until your own {noun} is saved. Reports leave it out too. It lies on "
        "this laptop all the same: what is taken out holds it."
    )
    desk.terminal.show({"assessment": assessment.id, "blind": is_on}, [words if is_on else f"All {noun}s are shown."])
    return faults.OK


def trace(desk: Desk) -> int:
    """A file to print."""
    from fieldkit.app.score_trace import trace as traced
    from fieldkit.reports.save import save
    from fieldkit.reports.score_trace import compose

    target = Path(desk.options.to)
    with opened(desk) as vault:
        assessment, framework = _where(desk, vault.questions)
        save(compose(traced(vault.questions, assessment.id, framework, desk.clock.now())), target)
    desk.terminal.show(
        {"assessment": assessment.id, "file": str(target)},
        [f"Trace saved as {target}. It is not encrypted. Delete it when you no longer need it."],
    )
    return faults.OK


def judge_one(desk: Desk) -> int:
    """One's own judgement."""
    from fieldkit.app.scores import NewJudgement, judge
    from fieldkit.domain.judgement import Confidence
    from ui.presenters.dates import read_day

    options = desk.options
    with opened(desk) as vault:
        assessment, framework = _where(desk, vault.questions)
        new = NewJudgement(
            assessment=assessment.id, judged=_judged(desk, framework), text=options.text,
            value=value_of(desk, framework), insufficient=options.too_little_evidence,
            relied_on=_notes(vault.questions, options.relies_on),
            against=_notes(vault.questions, options.against),
            confidence=Confidence(options.confidence) if options.confidence else None,
            carried_from=read_day(options.carried_from, desk.clock.now().astimezone().date(), "carried_from"),
        )  # fmt: skip
        vault.perform(lambda uow: judge(uow, framework, new))
        _show(desk, vault.questions)
    return faults.OK


def moderate_one(desk: Desk) -> int:
    """What the team settled on."""
    from fieldkit.app.scores import NewModeration, moderate

    options = desk.options
    with opened(desk) as vault:
        assessment, framework = _where(desk, vault.questions)
        new = NewModeration(
            assessment=assessment.id, judged=_judged(desk, framework), text=options.text, reason=options.reason,
            value=value_of(desk, framework), insufficient=options.too_little_evidence,
        )  # fmt: skip
        vault.perform(lambda uow: moderate(uow, framework, new))
        _show(desk, vault.questions)
    return faults.OK


def override_one(desk: Desk) -> int:
    """Another rating than the sum."""
    from fieldkit.app.blind_scores import is_blind
    from fieldkit.app.scores import NewOverride, override, score_board

    options = desk.options
    with opened(desk) as vault:
        assessment, framework = _where(desk, vault.questions)
        new = NewOverride(
            assessment=assessment.id, pack=framework.id, figure=_figure(framework, options.figure),
            band=None if options.none else _band(framework, options.rating), rationale=options.rationale,
            approver=options.approver,
        )  # fmt: skip
        vault.perform(lambda uow: override(uow, framework, new))
        blind = is_blind(vault.questions, assessment.id, framework)
        board = score_board(vault.questions, assessment.id, framework, is_blind=blind)
    desk.terminal.show(_board_facts(assessment, board, ()), _board_words(assessment, board, ()))
    return faults.OK


def value_of(desk: Desk, framework: Framework) -> int | None:
    """A score by its number; a rating by its word, where the pack gives no scores."""
    rating, score = desk.options.step, desk.options.score
    if framework.method.has_scores or rating is None:
        if rating is not None or (score is not None and not framework.method.has_scores):
            raise Mistake("score.words_only" if rating is None else "score.by_number", field="score")
        return None if score is None else int(score)
    scale = framework.method.rating_scale
    levels = scale.worst_first if scale is not None else ()
    found = next((one for one in levels if one.label.casefold() == rating.casefold()), None)
    if found is None:
        known = ", ".join(one.label for one in levels) or "none"
        raise Mistake("score.no_step", field="rating", rating=rating, known=known)
    return found.value


def _where(desk: Desk, questions: Questions) -> tuple[Assessment, Framework]:
    from ui.cli import choose, words

    found = choose.assessment(questions, desk.options.assessment)
    return found, words.framework_of(found, desk.options.pack)


def _judged(desk: Desk, framework: Framework) -> Judged:
    from fieldkit.domain.judgement import Judged

    subject = _subject(framework, desk.options.statement)
    wanted = desk.options.category
    if wanted is None:
        return Judged(pack=framework.id, subject=subject)
    category = framework.category_by(wanted)
    if category is None:
        raise Mistake("score.unknown", subject=wanted, field="category")
    return Judged(pack=framework.id, subject=subject, category=category.id)


def _subject(framework: Framework, wanted: str) -> str:
    """A statement; a theme where the pack scores themes."""
    statement = framework.statement_by(wanted)
    if statement is not None:
        return statement.id
    key = " ".join(wanted.casefold().split())
    theme = next((one for one in framework.themes if key in (one.letter.casefold(), one.title.casefold())), None)
    if theme is None:
        raise Mistake("score.unknown", subject=wanted, field="statement")
    return theme.id


def _figure(framework: Framework, wanted: str) -> str:
    from fieldkit.app.scores import OVERALL

    return OVERALL if wanted.casefold() == "overall" else _subject(framework, wanted)


def _band(framework: Framework, wanted: str) -> str:
    key = wanted.casefold()
    found = next((one for one in framework.method.bands if key in (one.id.casefold(), one.label.casefold())), None)
    return found.id if found is not None else wanted


def _tried(framework: Framework, wanted: str) -> Mark:
    from fieldkit.domain.marks import Mark

    if not framework.method.has_scores:
        raise Mistake("score.nothing_follows", field="what_if")
    statement, _, score = wanted.partition("=")
    if not score.strip().isdecimal():
        raise Mistake("score.what_if", given=wanted, field="what_if")
    return Mark(subject=_subject(framework, statement), value=int(score))


def _notes(questions: Questions, wanted: list[str]) -> tuple[EntryId, ...]:
    from ui.cli import choose

    return tuple(choose.note(questions, one).entry.id for one in wanted)


def _show(desk: Desk, questions: Questions) -> None:
    from fieldkit.app.blind_scores import is_blind
    from fieldkit.app.score_ages import score_badges
    from fieldkit.app.scores import score_board
    from fieldkit.reports.score_trace import badge_words

    assessment, framework = _where(desk, questions)
    judged = _judged(desk, framework)
    blind = is_blind(questions, assessment.id, framework)
    board = score_board(questions, assessment.id, framework, is_blind=blind)
    settled = board.settled.get(judged)
    today = desk.clock.now().astimezone().date()
    badges = score_badges(questions, assessment.id, board, today).get(judged, ())
    facts = {
        "provisional": True,
        **_settled_facts(framework, judged, settled),
        "badges": [one.kind.value for one in badges],
    }
    lines = [*_statement_words(framework, judged, settled), *(f"  {badge_words(one)}" for one in badges)]
    desk.terminal.show(facts, lines)


def _board_words(assessment: Assessment, board: ScoreBoard, tried: tuple[Mark, ...]) -> list[str]:
    from fieldkit.domain.judgement import PROVISIONAL
    from fieldkit.domain.working import working
    from fieldkit.reports.score_trace import (
        NOT_ADDED_UP,
        band_name,
        departed,
        figure_name,
        marks_in_words,
        rating,
        standing,
    )
    from ui.cli import words

    framework = board.framework
    lines = [f"{assessment.name}: {framework.title}. {PROVISIONAL}, not a judgement of the regulator.", ""]
    if tried:
        lines += [f"Tried out, nothing is saved: {marks_in_words(framework, tried)}", ""]
    rows = [(one.label, one.title, standing(framework, board.settled.get(one.judged))) for one in board.places]
    lines += words.columns(("", "Statement", framework.method.noun.capitalize()), rows)
    lines += [] if framework.method.has_scores else ["", NOT_ADDED_UP]
    below = ((one.id, one) for one in board.scores.statements)
    for key, outcome in (*below, *board.figures.items()):
        over = board.overrides.get(key)
        lines += ["", f"{figure_name(outcome)}: {rating(outcome)} ({PROVISIONAL.lower()})"]
        if over is not None:
            lines.append(f"  Override: {departed(framework, over)}")
            lines += [f"  {band_name(framework, one)}: {one.value.rationale}" for one in over.made]
        lines += [f"  {line}" for line in working(framework, outcome)]
    return lines


def _statement_words(framework: Framework, judged: Judged, settled: Settled | None) -> list[str]:
    from fieldkit.domain.score_places import place_of
    from fieldkit.domain.working import in_words
    from fieldkit.reports.score_trace import standing

    lines = [f"{place_of(framework, judged).name}: {standing(framework, settled)}"]
    if settled is None:
        return lines
    for made in settled.moderations:
        value = made.value
        lines += ["", f"Settled by {made.name}: {in_words(framework, value.mark)}. {value.text}"]
        lines += [f"  Why: {value.reason}", *(f"  Before: {one}" for one in value.before)]
    for one in settled.given:
        lines += ["", f"{one.name}: {in_words(framework, one.value.mark)}", f"  {one.value.text}"]
        lines += [f"  Relies on {len(one.value.relied_on)}, against {len(one.value.against)}"]
    return lines


def _board_facts(assessment: Assessment, board: ScoreBoard, tried: tuple[Mark, ...]) -> dict[str, Any]:
    framework = board.framework
    return {
        "provisional": True, "assessment": assessment.id,
        "framework": {"id": framework.id, "version": framework.version, "digest": framework.digest},
        "what_if": [{"subject": one.subject, "value": one.value} for one in tried],
        "statements": [_settled_facts(framework, judged, settled) for judged, settled in board.settled.items()],
        "figures": [
            {
                "figure": one.figure.value, "id": one.id,
                "numerator": one.share.numerator if one.share else None,
                "denominator": one.share.denominator if one.share else None,
                "whole_percent": one.reading.whole_percent if one.reading else None,
                "rating": one.band.id if one.band else None,
                "override": board.overrides[key].band if key in board.overrides else None,
                "override_is_open": key in board.overrides and board.overrides[key].is_open,
                "missing": [part.id for part in one.missing],
            }
            for key, one in (*((one.id, one) for one in board.scores.statements), *board.figures.items())
        ],
    }  # fmt: skip


def _settled_facts(framework: Framework, judged: Judged, settled: Settled | None) -> dict[str, Any]:
    mark = settled.mark if settled is not None else None
    return {
        "subject": judged.subject, "category": judged.category, "stand": settled.stand.value if settled else "none",
        "hidden": settled.hidden if settled else 0,
        **_chosen(framework, mark), "too_little_evidence": bool(mark and mark.insufficient),
        "judgements": [_given_facts(framework, one) for one in settled.given] if settled else [],
        "moderated_by": settled.moderation.name if settled and settled.moderation else None,
        "before": list(settled.moderation.value.before) if settled and settled.moderation else [],
        "reason": settled.moderation.value.reason if settled and settled.moderation else "",
    }  # fmt: skip


def _chosen(framework: Framework, mark: Mark | None) -> dict[str, Any]:
    """The score; where the pack gives none the rating in words, because its step is no score."""
    if framework.method.has_scores:
        return {"score": mark.value if mark else None}
    scale = framework.method.rating_scale
    level = scale.level(mark.value) if scale is not None and mark is not None and mark.value is not None else None
    return {"score": None, "rating": level.label if level is not None else None}


def _given_facts(framework: Framework, one: Given) -> dict[str, Any]:
    value = one.value
    return {
        "id": value.id, "assessor": one.name, "at": one.at.isoformat(), "text": value.text,
        **_chosen(framework, value.mark),
        "too_little_evidence": value.insufficient, "relied_on": list(value.relied_on), "against": list(value.against),
        "confidence": value.confidence.value if value.confidence else None,
        "carried_from": value.carried_from.isoformat() if value.carried_from else None,
    }  # fmt: skip
