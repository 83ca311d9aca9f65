"""What ``fieldkit coverage`` does: the matrix, or its gaps, in words or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fieldkit.app.coverage_parts import Part
    from fieldkit.app.ports import Questions
    from fieldkit.domain.assessment import Assessment
    from fieldkit.domain.coverage import Cell, Coverage
    from fieldkit.domain.framework import Framework


def show_coverage(desk: Desk) -> int:
    """Count and show."""
    from fieldkit.app.coverage import coverage
    from ui.cli import choose, words

    options = desk.options
    with opened(desk) as vault:
        questions = vault.questions
        assessment = choose.assessment(questions, options.assessment)
        part = _part(desk, questions, assessment)
        framework = words.framework_of(assessment, options.pack)
        found = coverage(questions, assessment, framework, part=part)
    cells = found.gaps() if options.gaps else tuple(found)
    lines = _gaps(framework, found) if options.gaps else _matrix(framework, found)
    head = [f"{assessment.name}, {part.words if part else 'all evidence'}: {framework.title}", ""]
    desk.terminal.show(_facts(assessment, part, framework, found, cells), [*head, *lines, "", *_foot(framework, found)])
    desk.terminal.say_narrowed()
    return faults.OK


def _part(desk: Desk, questions: Questions, assessment: Assessment) -> Part | None:
    """What is counted by itself: a visit, a place or an organisation."""
    from fieldkit.app.coverage_parts import Part, PartKind, part_named
    from ui.cli import choose

    options = desk.options
    if options.visit is not None:
        visit = choose.visit(questions, options.visit, assessment)
        return Part(kind=PartKind.VISIT, key=visit.id, name=visit.name)
    for kind, wanted in ((PartKind.PLACE, options.place), (PartKind.ORGANISATION, options.organisation)):
        if wanted is not None:
            return part_named(questions, assessment.id, kind, wanted)
    return None


def _matrix(framework: Framework, found: Coverage) -> list[str]:
    from ui.cli import words
    from ui.presenters.coverage.words import rows_of

    header = ("", *(f"{one.short} @{one.code}" for one in framework.categories))
    rows = [(row.title, *(cell.text for cell in row.cells)) for row in rows_of(framework, found)]
    return words.columns(header, rows)


def _gaps(framework: Framework, found: Coverage) -> list[str]:
    from ui.presenters.coverage.words import rows_of

    lines = [row.sentence for row in rows_of(framework, found) if row.has_gap]
    return lines or ["No gaps. Every needed cell has evidence."]


def _foot(framework: Framework, found: Coverage) -> list[str]:
    from ui.presenters.coverage.words import NO_EVIDENCE, SOURCES, rule_words, summary, unconfirmed

    empty = [NO_EVIDENCE] if found.is_empty else []
    return [f"{summary(found)}.", *empty, *rule_words(framework), SOURCES, *unconfirmed(framework)]


def _facts(
    assessment: Assessment, part: Part | None, framework: Framework, found: Coverage, cells: Iterable[Cell]
) -> dict[str, Any]:
    rule = framework.coverage
    return {
        "assessment": assessment.id, "visit": part.key if part is not None and part.kind.value == "visit" else None,
        "part": {"kind": part.kind.value, "name": part.name} if part is not None else None,
        "framework": {"id": framework.id, "version": framework.version, "digest": framework.digest},
        "needed": found.needed, "enough": found.enough,
        "rule": {
            "enough_items": rule.enough_items, "enough_sources": rule.enough_sources,
            "strong_items": rule.strong_items, "strong_activities": rule.strong_activities,
            "strong_category": rule.strong_category,
        },
        "cells": [
            {
                "statement": cell.statement, "category": cell.category, "need": cell.need.value,
                "state": cell.state.value, "items": cell.count.items, "sources": cell.count.sources,
                "activities": cell.count.activities,
            }
            for cell in cells
        ],
    }  # fmt: skip
