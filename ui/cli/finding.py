"""What ``fieldkit finding …`` does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fieldkit.kernel.errors import Mistake
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from fieldkit.app.finding_board import CitedNote, FindingBoard, FindingView
    from fieldkit.app.findings import NewCitation, NewFinding
    from fieldkit.app.ports import Questions
    from fieldkit.domain.assessment import Assessment
    from fieldkit.domain.framework import Framework


def list_all(desk: Desk) -> int:
    """By statement, in the framework's order; the totals count each note once."""
    from fieldkit.app.finding_board import finding_board

    with opened(desk) as vault:
        assessment, framework = _where(desk, vault.questions)
        board = finding_board(vault.questions, assessment.id, framework)
    wanted = desk.options.statement
    only = _statement(framework, wanted) if wanted is not None else None
    shown = [one for one in board.findings if only in (None, one.value.statement)]
    shown += [one for one in board.dropped if desk.options.dropped and only in (None, one.value.statement)]
    desk.terminal.show(
        {"assessment": assessment.id, "framework": framework.id, "notes_cited": board.notes,
         "notes_in_several": board.shared, "findings": [_facts(one) for one in shown]},
        _table(framework, board, shown) if shown else "No findings yet.",
    )  # fmt: skip
    return faults.OK


def show(desk: Desk) -> int:
    """One, with every note it rests on and where else that stands."""
    with opened(desk) as vault:
        _show(desk, vault.questions)
    return faults.OK


def add_one(desk: Desk) -> int:
    """A new one; warnings about notes that stand elsewhere go with it."""
    from fieldkit.app.findings import NewCitation, add_finding
    from fieldkit.domain.triangulation import Side
    from ui.cli import choose

    options = desk.options
    with opened(desk) as vault:
        questions = vault.questions
        assessment, framework = _where(desk, questions)
        cited = [NewCitation(note=choose.note(questions, one).entry.id) for one in options.note]
        cited += [
            NewCitation(note=choose.note(questions, one).entry.id, side=Side.CONTRADICTS) for one in options.against
        ]
        warnings = _warnings(questions, assessment, framework, cited)
        new = _said(desk, None)
        made, _ = vault.perform(lambda uow: add_finding(uow, framework, assessment.id, new, cited))
        _show(desk, questions, made.id)
        _warn(desk, warnings)
    return faults.OK


def change(desk: Desk) -> int:
    """What is not given stays as it is."""
    from fieldkit.app.findings import change_finding

    with opened(desk) as vault:
        _, framework, view = _found(desk, vault.questions)
        new = _said(desk, view)
        vault.perform(lambda uow: change_finding(uow, framework, view.value.id, new))
        _show(desk, vault.questions)
    return faults.OK


def link(desk: Desk) -> int:
    """Notes for it, or against."""
    from fieldkit.app.findings import NewCitation, cite
    from fieldkit.domain.triangulation import Side
    from ui.cli import choose

    options = desk.options
    side = Side.CONTRADICTS if options.against else Side.AGREES
    with opened(desk) as vault:
        assessment, framework, view = _found(desk, vault.questions)
        cited = [
            NewCitation(
                note=choose.note(vault.questions, one).entry.id, side=side, words=options.words, start=options.start,
                end=options.end,
            )
            for one in options.notes
        ]  # fmt: skip
        warnings = _warnings(vault.questions, assessment, framework, cited, view)
        vault.perform(lambda uow: cite(uow, view.value.id, cited))
        _show(desk, vault.questions)
        _warn(desk, warnings)
    return faults.OK


def unlink(desk: Desk) -> int:
    """Off it again; the finding keeps its history."""
    from fieldkit.app.findings import uncite

    with opened(desk) as vault:
        _, _, view = _found(desk, vault.questions)
        notes = [_cited(view, one) for one in desk.options.notes]
        vault.perform(lambda uow: uncite(uow, view.value.id, notes=notes))
        _show(desk, vault.questions)
    return faults.OK


def look_again(desk: Desk) -> int:
    """What was added to its notes is no news any more."""
    from fieldkit.app.findings import look_again as looked

    return _done(desk, lambda vault, view: vault.perform(lambda uow: looked(uow, view.value.id)))


def drop(desk: Desk) -> int:
    """Out of use, with the reason."""
    from fieldkit.app.findings import drop_finding

    reason = desk.options.reason
    return _done(desk, lambda vault, view: vault.perform(lambda uow: drop_finding(uow, view.value.id, reason)))


def restore(desk: Desk) -> int:
    """Back in use."""
    from fieldkit.app.findings import restore_finding

    return _done(desk, lambda vault, view: vault.perform(lambda uow: restore_finding(uow, view.value.id)))


def _done(desk: Desk, deed: Any) -> int:
    with opened(desk) as vault:
        _, _, view = _found(desk, vault.questions)
        deed(vault, view)
        _show(desk, vault.questions)
    return faults.OK


def _where(desk: Desk, questions: Questions) -> tuple[Assessment, Framework]:
    from ui.cli import choose, words

    found = choose.assessment(questions, desk.options.assessment)
    return found, words.framework_of(found, desk.options.pack)


def _found(desk: Desk, questions: Questions, wanted: str | None = None) -> tuple[Assessment, Framework, FindingView]:
    from fieldkit.app.finding_board import finding_board

    assessment, framework = _where(desk, questions)
    named = wanted or desk.options.finding
    view = finding_board(questions, assessment.id, framework).by(named)
    if view is None:
        raise Mistake("cli.not_found", what="finding", wanted=named, field="finding")
    return assessment, framework, view


def _said(desk: Desk, before: FindingView | None) -> NewFinding:
    from fieldkit.app.findings import NewFinding
    from fieldkit.domain.evidence import Bearing
    from fieldkit.domain.finding import State, Strength

    options, value = desk.options, before.value if before is not None else None
    strength = value.strength if value is not None else None
    if options.strength is not None:
        strength = None if options.strength == "suggested" else Strength(options.strength)
    state = value.state if value is not None else State.DRAFT
    state = State.READY if options.ready else State.DRAFT if options.draft else state
    return NewFinding(
        statement=options.statement or (value.statement if value else ""),
        claim=options.claim if options.claim is not None else value.claim if value else "",
        bearing=Bearing(options.bearing) if options.bearing else value.bearing if value else Bearing.NEUTRAL,
        sentence=options.sentence if options.sentence is not None else value.sentence if value else "",
        strength=strength, why=options.why if options.why is not None else value.why if value else "", state=state,
    )  # fmt: skip


def _cited(view: FindingView, wanted: str) -> str:
    """A note that it cites, by id or the end of one, here or not: one that left the laptop can be taken off too."""
    key = wanted.strip().casefold()
    found = [one for one in view.value.notes if one == key or (len(key) >= 4 and one.endswith(key))]
    if len(found) != 1:
        raise Mistake("finding.not_cited", reference=view.reference, field="notes")
    return found[0]


def _statement(framework: Framework, wanted: str) -> str:
    found = framework.statement_by(wanted)
    if found is None:
        raise Mistake("finding.no_statement", field="statement")
    return found.id


def _warnings(
    questions: Questions, assessment: Assessment, framework: Framework, cited: list[NewCitation],
    but: FindingView | None = None,
) -> list[str]:  # fmt: skip
    from fieldkit.app.finding_board import finding_board, reuse_warning
    from ui.cli import choose

    board = finding_board(questions, assessment.id, framework)
    record = but.value.id if but is not None else None
    told = ((one.note, reuse_warning(board.uses.get(one.note, ()), record)) for one in cited)
    return [f"{choose.short(note)}: {words}" for note, words in told if words]


def _warn(desk: Desk, warnings: list[str]) -> None:
    for one in warnings:
        desk.terminal.remark(one)


def _show(desk: Desk, questions: Questions, record: str | None = None) -> None:
    _, framework, view = _found(desk, questions, record)
    desk.terminal.show(_facts(view), _page(framework, view))


def _table(framework: Framework, board: FindingBoard, shown: list[FindingView]) -> list[str]:
    from fieldkit.domain.finding_words import BEARINGS, STATES, STRENGTHS
    from ui.cli import words

    places = {one.id: one.position for one in framework.statements}
    rows = [
        (
            places.get(one.value.statement, one.value.statement), one.reference, one.value.claim,
            BEARINGS[one.value.bearing], STRENGTHS[one.strength], str(one.triangulation.items),
            "Out of use" if one.value.is_dropped else STATES[one.value.state],
        )
        for one in shown
    ]  # fmt: skip
    lines = words.columns(("", "Finding", "Claim", "Bearing", "Evidence", "Notes", "State"), rows)
    for one in shown:
        lines += [f"  {one.reference}: {mark}" for mark in one.marks]
    return [*lines, "", f"Notes cited: {board.notes}, of which in more than one finding: {board.shared}"]


def _page(framework: Framework, view: FindingView) -> list[str]:
    from fieldkit.domain.finding_words import BEARINGS, STATES, STRENGTHS
    from fieldkit.domain.triangulation import Side

    value = view.value
    statement = framework.statement_by(value.statement)
    place = f"{statement.position} {statement.title}" if statement is not None else value.statement
    state = f"Out of use: {value.drop_reason}" if value.is_dropped else STATES[value.state]
    lines = [f"{view.reference}: {value.claim}", f"{place} · {BEARINGS[value.bearing]} · {state}", ""]
    lines += [view.triangulation.sentence]
    said = f"Strength of evidence: {STRENGTHS[view.strength]}."
    by_rule = f" The rule suggests {STRENGTHS[view.suggestion.strength].lower()}." if view.departs else ""
    lines.append(f"{said}{by_rule} {value.why if view.departs else view.suggestion.why}".rstrip())
    if value.sentence:
        lines += ["", f"Sentence: {value.sentence}"]
    for side, head in ((Side.AGREES, "Supports it"), (Side.CONTRADICTS, "Contradicts it")):
        cited = view.on(side)
        lines += ["", f"{head}:", *(_line(one) for one in cited)] if cited else []
    return [*lines, *([""] if view.marks else []), *(f"! {one}" for one in view.marks)]


def _line(one: CitedNote) -> str:
    from ui.cli import choose

    if one.row is None or not one.words:
        said = one.standing.value
    else:
        said = " ".join(one.words.split()) + (f" ({one.standing.value})" if one.standing.value else "")
    part = f" [{one.citation.start}–{one.citation.end}]" if one.citation.is_part else ""
    where = f", {one.activity.title}" if one.activity is not None else ""
    also = "".join(f" · also {use.words}" for use in one.elsewhere)
    return f"  {choose.short(one.citation.note)}{part}{where}: {said}{also}"


def _facts(view: FindingView) -> dict[str, Any]:
    value, found = view.value, view.triangulation
    return {
        "id": value.id, "reference": view.reference, "pack": value.pack, "statement": value.statement,
        "claim": value.claim, "bearing": value.bearing.value, "sentence": value.sentence,
        "strength": view.strength.value, "suggested": view.suggestion.strength.value,
        "suggested_why": view.suggestion.why, "why": value.why, "state": value.state.value,
        "is_dropped": value.is_dropped, "by": view.author, "at": view.at.isoformat(),
        "triangulation": {
            "notes": found.items, "sources": found.sources, "methods": found.methods,
            "organisations": found.organisations, "categories": found.categories, "agree": found.agree,
            "contradict": found.contradict, "unclear": found.unclear, "is_single_source": found.is_single_source,
            "is_enough": found.is_enough, "sentence": found.sentence,
        },
        "evidence": [
            {
                "id": one.citation.id, "note": one.citation.note, "side": one.citation.side.value,
                "start": one.citation.start, "end": one.citation.end, "words": one.words,
                "standing": one.standing.value, "elsewhere": [use.words for use in one.elsewhere],
            }
            for one in view.cited
        ],
        "marks": list(view.marks),
    }  # fmt: skip
