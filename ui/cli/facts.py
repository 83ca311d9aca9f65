"""Results as JSON values: the same names as in the log and the export, ids whole, times in UTC."""

from __future__ import annotations

from typing import Any

from fieldkit.app.finding_board import Use
from fieldkit.app.rows import ActivityRow, AssessmentRow, EntryRow, SearchHit, SendItem, SendPreview, Standing
from fieldkit.domain.assessment import Activity, Assessment, Visit
from fieldkit.domain.people import Person
from fieldkit.domain.sources import Source
from fieldkit.kernel.clock import to_stamp

MATCH_BEGINS, MATCH_ENDS = "\x02", "\x03"


def assessment(value: Assessment) -> dict[str, Any]:
    """An assessment."""
    return {"id": value.id, **value.to_content()}


def assessment_row(row: AssessmentRow) -> dict[str, Any]:
    """An assessment with its counts and visits."""
    return {
        **assessment(row.assessment), "notes": row.entries, "waiting": row.waiting,
        "open_questions": row.open_questions, "made_later": row.made_later,
        "visits": [visit(one) for one in row.visits],
    }  # fmt: skip


def visit(value: Visit) -> dict[str, Any]:
    """A visit."""
    return {"id": value.id, **value.to_content()}


def activity(value: Activity) -> dict[str, Any]:
    """An activity with its agenda."""
    return {"id": value.id, **value.to_content()}


def activity_row(row: ActivityRow) -> dict[str, Any]:
    """An activity with the number of its notes."""
    return {**activity(row.activity), "notes": row.entries}


def person(value: Person) -> dict[str, Any]:
    """A person code."""
    return {"id": value.id, **value.to_content()}


def note(row: EntryRow, source: Source | None) -> dict[str, Any]:
    """A note with what stands of it; a code that ``source`` does not allow to be told is left out, and that is said."""
    withheld = source is not None and source.withholds(row.entry.speaker)
    unnamed = {"speaker": None, "speaker_withheld": True} if withheld else {}
    return {
        "id": row.entry.id, **row.entry.to_content(), **unnamed, "author": row.author, "author_name": row.author_name,
        "is_mine": row.is_mine, "recorded_at": to_stamp(row.recorded_at),
        "written_up_later": row.entry.written_up_later,
        "standing_evidence": [item.to_content() for item in row.evidence],
        "standing_secondary": [item.to_content() for item in row.secondary],
        "addenda": [{"id": one.id, **one.to_content()} for one in row.addenda],
        "withdrawn": row.withdrawal.reason if row.withdrawal else None,
        "status": row.status.value, "confirmed_at": to_stamp(row.confirmed_at) if row.confirmed_at else None,
        "barred": row.barred.value if row.barred else None,
    }  # fmt: skip


def use(value: Use) -> dict[str, Any]:
    """Where a note is cited."""
    return {
        "finding": value.finding, "reference": value.reference, "statement": value.statement, "side": value.side.value,
    }  # fmt: skip


def hit(value: SearchHit, source: Source | None) -> dict[str, Any]:
    """A found note; ``matches`` are [start, end) within ``snippet``."""
    plain, matches, start = "", list[list[int]](), 0
    for char in value.snippet:
        if char == MATCH_BEGINS:
            start = len(plain)
        elif char == MATCH_ENDS:
            matches.append([start, len(plain)])
        else:
            plain += char
    return {**note(value.row, source), "snippet": plain, "matches": matches}


def send_preview(value: SendPreview) -> dict[str, Any]:
    """What sending would do."""
    return {
        "notes_leaving": value.entries_leaving, "notes_staying": value.entries_staying,
        "other_leaving": value.other_leaving, "proofs_leaving": value.revisions,
        "notes_confirmed": value.confirmed_entries, "notes_held": value.entries_held,
        "files_leaving": value.files_leaving, "bytes_leaving": value.bytes_leaving,
    }  # fmt: skip


def send_item(value: SendItem) -> dict[str, Any]:
    """One record and where it stands; without its words, which a log of this answer should not hold."""
    return {
        "record": value.record, "kind": value.kind, "assessment": value.assessment, "status": value.status.value,
        "recorded_at": to_stamp(value.at), "confirmed_at": to_stamp(value.confirmed_at) if value.confirmed_at else None,
        "code": value.code,
    }  # fmt: skip


def standing(value: Standing) -> dict[str, Any]:
    """The proof of what is at the office."""
    return {
        "everything_is_there": value.everything_is_there, "revisions": value.revisions,
        "unreceipted": value.unreceipted, "contents_missing": value.contents_missing,
        "files_missing": value.files_missing, "set_aside": value.quarantined,
        "certificate_agrees": value.certificate_agrees,
        "confirmed_at": to_stamp(value.confirmed_at) if value.confirmed_at else None,
    }  # fmt: skip
