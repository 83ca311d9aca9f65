"""How many legs a statement stands on: its notes as triangulation counts them, and where to look next."""

from __future__ import annotations

from dataclasses import dataclass

from fieldkit.app.coverage import coverage
from fieldkit.app.evidence_rows import EvidenceRows
from fieldkit.app.paging import every_note
from fieldkit.app.ports import Questions
from fieldkit.app.rows import EntryFilter, Facet, Term
from fieldkit.domain.assessment import Assessment
from fieldkit.domain.framework import Category, Framework, Statement
from fieldkit.domain.triangulation import Triangulation, triangulate
from fieldkit.kernel.errors import Mistake


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLegs:
    """What a statement rests on. ``ask`` are the categories that are needed and have too little, emptiest first."""

    statement: Statement
    triangulation: Triangulation
    ask: tuple[Category, ...] = ()

    @property
    def next_words(self) -> str:
        """``Consider people, then partners.``; empty where nothing needed is short."""
        names = [one.short.casefold() for one in self.ask]
        if not names:
            return ""
        return f"Consider {names[0]}" + (f", then {', '.join(names[1:])}" if names[1:] else "") + "."


def legs_of(questions: Questions, assessment: Assessment, framework: Framework, statement: str) -> StatementLegs:
    """Counted over all its notes that stand. Raises ``Mistake('score.unknown')``.

    Called on the store lane, or on a vault that is held still where there are thousands.
    """
    found = framework.statement_by(statement)
    if found is None:
        raise Mistake("score.unknown", subject=statement, field="statement")
    term = Term(facet=Facet.STATEMENT, values=(f"{framework.id}/{found.id}",))
    rows = every_note(questions, EntryFilter(assessment=assessment.id, terms=(term,)))
    evidence = EvidenceRows(questions, assessment.id)
    counted = triangulate(evidence.of_statement(rows, framework.id, found.id), framework.triangulation)
    cells = coverage(questions, assessment, framework).row(found.id)
    short = sorted((cell for cell in cells if cell.is_needed and not cell.is_enough), key=lambda one: one.count.items)
    categories = {one.id: one for one in framework.categories}
    return StatementLegs(statement=found, triangulation=counted, ask=tuple(categories[cell.category] for cell in short))
