"""Gathers the schedule of unused material (``fieldkit.reports.unused_material``), without a word of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from fieldkit.app.activity_record import kind_words
from fieldkit.app.paging import every_note
from fieldkit.app.ports import Questions
from fieldkit.app.report_notes import exhibit_key
from fieldkit.app.report_walls import restricted_in
from fieldkit.app.rows import EntryFilter, EntryRow, FileRow
from fieldkit.domain.assessment import Activity, Assessment, Visit
from fieldkit.domain.entry import Entry, Risk
from fieldkit.domain.finding import Finding
from fieldkit.domain.judgement import Judgement
from fieldkit.kernel.ids import ActivityId, VisitId
from fieldkit.media.kinds import spoken
from fieldkit.reports.clock_words import there
from fieldkit.reports.unused_material import UnusedFile, UnusedMaterial, UnusedNote


def unused_material(questions: Questions, assessment: Assessment, at: datetime) -> UnusedMaterial:
    """Read once through all notes. Called on the store lane, or on a vault that is held still."""
    findings = [row.value for row in questions.records(Finding.KIND, assessment=assessment.id)]
    standing: list[Finding] = [one for one in findings if not one.is_dropped]
    judgements: list[Judgement] = [row.value for row in questions.records(Judgement.KIND, assessment=assessment.id)]
    cited = {note for one in standing for note in one.notes}
    cited |= {note for each in judgements for note in (*each.relied_on, *each.against)}
    places = _Places(questions, assessment)
    notes, used, held, total = [], list[EntryRow](), 0, 0
    for row in every_note(questions, EntryFilter(assessment=assessment.id)):
        total += 1
        if row.entry.id in cited:
            used.append(row)
        elif row.barred is not None:
            held += 1
        else:
            notes.append(places.note(row))
    notes.sort(key=lambda one: (places.order[one.visit], one.at.date(), one.at, one.id))
    files, unused, files_held = _files(questions, assessment, used, places.restricted)
    return UnusedMaterial(
        assessment=assessment.name, notes=tuple(notes), files=unused, all_notes=total, cited=len(used),
        all_files=files, held=held, files_held=files_held, findings=len(standing), judgements=len(judgements),
        made_at=at,
    )  # fmt: skip


class _Places:
    """Where each note was made."""

    def __init__(self, questions: Questions, assessment: Assessment) -> None:
        self._visits: dict[VisitId, Visit] = {one.id: one for one in questions.visits(assessment.id)}
        self._activities: dict[ActivityId, Activity] = {
            row.activity.id: row.activity for one in self._visits for row in questions.activities(one)
        }
        self.order = {one.name: at for at, one in enumerate(self._visits.values())}
        self.restricted = restricted_in(questions, assessment.id)

    def note(self, row: EntryRow) -> UnusedNote:
        entry = row.entry
        activity, visit = self._activities[entry.activity], self._visits[entry.visit]
        is_walled = bool(self.restricted & {entry.id, entry.activity, entry.about or ""})
        return UnusedNote(
            id=entry.id, at=there(entry.noticed_at, entry.zone), visit=visit.name,
            place=activity.place or visit.place or "Not said", activity=kind_words(activity),
            kind=_kind(row, is_walled=is_walled), by=row.author_initials,
        )  # fmt: skip


def _kind(row: EntryRow, *, is_walled: bool) -> str:
    """``Note in exact words, follow-up question; not tagged``: what it is, never what it says."""
    if row.withdrawal is not None:
        return "Note that was withdrawn"
    if is_walled:
        return "Note for named people alone"
    parts = [_form(row.entry)]
    parts += ["follow-up question"] if row.entry.follow_up else []
    parts += ["possible risk"] if row.entry.risk is not Risk.NONE else []
    return f"{', '.join(parts)}; {'tagged' if row.evidence else 'not tagged'}"


def _form(entry: Entry) -> str:
    if not entry.text:
        return "Marked moment"
    if entry.own_view:
        return "Assessor's own view"
    return "Note in exact words" if entry.exact else "Note in our words"


def _files(
    questions: Questions, assessment: Assessment, used: Iterable[EntryRow], restricted: frozenset[str]
) -> tuple[int, tuple[UnusedFile, ...], int]:
    """How many there are; those that no cited note is about or names; how many are held or restricted."""
    rows = [one for one in questions.files(assessment.id) if not one.row.value.withdrawn]
    shown = [one for one in rows if one.row.barred is None and one.row.record not in restricted]
    texts, ids, abouts = [], set[str](), set[str]()
    for row in used:
        texts.append(row.entry.text.casefold())
        ids.add(row.entry.id)
        abouts.add(row.entry.about or "")
    named = "\n".join(texts)
    found = [
        one
        for one in shown
        if one.row.record not in abouts and one.row.value.about not in ids and not _is_named(one, named)
    ]
    found.sort(key=lambda one: (exhibit_key(one.row.value.exhibit), one.row.record))
    return len(rows), tuple(_file(one) for one in found), len(rows) - len(shown)


def _is_named(one: FileRow, texts: str) -> bool:
    exhibit = one.row.value.exhibit.casefold()
    at = texts.find(exhibit)
    while at >= 0:  # AL7K-1 is not named where AL7K-12 is
        if not texts[at + len(exhibit) : at + len(exhibit) + 1].isdecimal():
            return True
        at = texts.find(exhibit, at + 1)
    return False


def _file(one: FileRow) -> UnusedFile:
    value = one.row.value
    return UnusedFile(
        id=value.id, exhibit=value.exhibit, kind=spoken(value.media), size=value.size, sha256=value.sha256,
        received_at=value.received_at,
    )  # fmt: skip
