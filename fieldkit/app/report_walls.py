"""What is kept from paper: a report is read by more people than those who may know.

A restriction covers what belongs to its record at any number of steps (``fieldkit.domain.restriction``). What a person
wrote of notes that count no more is known by the words it has in common with them.
"""

from __future__ import annotations

from fieldkit.app.paging import every_note
from fieldkit.app.ports import Questions
from fieldkit.app.quotable import Quotable
from fieldkit.app.restrictions import standing
from fieldkit.app.rows import EntryFilter
from fieldkit.domain.finding_words import Runs
from fieldkit.domain.kinds import FIELDWORK
from fieldkit.domain.restriction import covered, ties_in
from fieldkit.kernel.ids import AssessmentId


def restricted_in(questions: Questions, assessment: AssessmentId) -> frozenset[str]:
    """The ids of all that the standing restrictions of an assessment cover; read quickly where there are none."""
    walls = {one.value.about for one in standing(questions, assessment)}
    if not walls:
        return frozenset()
    ties = _ties(questions, assessment)
    for note in every_note(questions, EntryFilter(assessment=assessment)):
        entry = note.entry
        ties[entry.id] = frozenset(filter(None, (entry.activity, entry.about)))
        ties |= {str(one.id): frozenset((str(entry.id),)) for one in note.addenda}
    return frozenset(one for wall in walls for one in covered(wall, ties))


def walled_in(questions: Questions, assessment: AssessmentId) -> frozenset[str]:
    """The same without reading every note: what a note is, or belongs to, where it is restricted."""
    walls = {one.value.about for one in standing(questions, assessment)}
    ties = _ties(questions, assessment) if walls else {}
    return frozenset(one for wall in walls for one in covered(wall, ties))


def _ties(questions: Questions, assessment: AssessmentId) -> dict[str, frozenset[str]]:
    return {
        str(row.record): ties_in(row.content)
        for kind in FIELDWORK
        for row in questions.records(kind, assessment=assessment)
    }


def lost_words(questions: Questions, assessment: AssessmentId, restricted: frozenset[str]) -> Runs:
    """The words that no sentence on paper may repeat: of notes withdrawn, held or restricted, and not to be quoted."""
    quotable, lost, kept = Quotable(questions, assessment), list[str](), list[str]()
    for row in every_note(questions, EntryFilter(assessment=assessment)):
        entry = row.entry
        is_walled = bool(restricted & {entry.id, entry.activity, entry.about or ""})
        is_lost = row.withdrawal is not None or row.barred is not None or is_walled
        texts = [entry.text, *(one.text for one in row.addenda)]
        if is_lost:
            lost += texts
        elif entry.exact and not quotable.may_quote(row):
            lost.append(entry.text)
        else:
            kept += texts
    return Runs(lost, kept)
