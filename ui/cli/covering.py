"""What ``fieldkit coverage`` does: the matrix, or its gaps, in words or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fieldkit.domain.assessment import Assessment, Visit
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
        visit = choose.visit(questions, options.visit, assessment) if options.visit is not None else None
        framework = words.framework_of(assessment, options.pack)
        found = coverage(questions, assessment, framework, visit.id if visit else None)
    cells = found.gaps() if options.gaps else tuple(found)
    lines = _gaps(framework, found) if options.gaps else _matrix(framework, found)
    head = [f"{assessment.name}, {visit.name if visit else 'all evidence'}: {framework.title}", ""]
    desk.terminal.show(
        _facts(assessment, visit, framework, found, cells), [*head, *lines, "", *_foot(framework, found)]
    )
    desk.terminal.say_narrowed()
    return faults.OK


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
    assessment: Assessment, visit: Visit | None, framework: Framework, found: Coverage, cells: Iterable[Cell]
) -> dict[str, Any]:
    rule = framework.coverage
    return {
        "assessment": assessment.id, "visit": visit.id if visit else None,
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
