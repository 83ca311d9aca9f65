"""Everything of an assessment as one JSON document that a stranger can read and check, without a server.

The first half is for reading: names, visits, notes with what stands of them, records of fieldwork. The second half
proves the first: every revision exactly as signed, the devices' public keys, the central store's receipts.
``docs/export.md`` describes the document, ``resources/schema/export-1.schema.json`` is its schema,
``docs/verify_export.py`` checks one with nothing but the standard library and ``cryptography``.

It comes in pieces, so that an assessment of any size is written with flat memory.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from fieldkit.app.export_files import FileOut
from fieldkit.app.export_held import Held, held_in, records_of
from fieldkit.app.finalising import Final as Finalised
from fieldkit.app.paging import every_note
from fieldkit.app.ports import DeviceKey, Enrolment, Questions
from fieldkit.app.rows import EntryFilter, EntryRow, RecordRow
from fieldkit.app.told import told
from fieldkit.domain.assessment import Assessment, Assessor
from fieldkit.domain.consent import Consent
from fieldkit.domain.framework import Framework
from fieldkit.domain.receipt import Signed
from fieldkit.domain.revision import Revision
from fieldkit.kernel.clock import to_stamp
from fieldkit.kernel.ids import AssessmentId, DeviceId

FORMAT: Final = "fieldkit-export"
VERSION: Final = 1
SCHEMA: Final = "export-1.schema.json"


def export_assessment(
    questions: Questions,
    assessment: AssessmentId,
    frameworks: Sequence[Framework],
    *,
    made_at: datetime,
    app: str,
    files: Sequence[FileOut] | None = None,
    final: Finalised | None = None,
) -> Iterator[str]:
    """The pieces of the document, to be written one after another as UTF-8. ``files`` lie beside it, where any do.

    ``final`` is what ``fieldkit.app.finalising.finalise`` gave, which comes before the first byte.

    Raises ``Mistake('assessment.unknown')`` before the first piece is made.
    """
    subject = questions.assessment(assessment)
    visits = questions.visits(assessment)
    records = records_of(questions, assessment)
    held = held_in(questions, assessment, records)
    parts: dict[str, object] = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": to_stamp(made_at),
        "app": app,
        "vault": questions.info().vault,
        "assessment": _assessment(subject),
        "frameworks": [_framework(one) for one in frameworks],
        "assessors": _assessors(questions, assessment),
        "visits": [{"id": one.id, **one.to_content()} for one in visits],
        "people": [{"id": one.id, **one.to_content()} for visit in visits for one in questions.people(visit.id)],
        "activities": [
            {"id": row.activity.id, **row.activity.to_content()}
            for visit in visits
            for row in questions.activities(visit.id)
        ],
        "notes": (_note(row, held) for row in every_note(questions, EntryFilter(assessment=assessment))),
        "records": [_record(row, len(questions.heads(row.record)), held) for row in told(questions, records)],
        **({"files": [one.told() for one in files]} if files is not None else {}),
        **(final.to_content() if final is not None and final.open else {}),
        "store": _store(questions.enrolment()),
        "devices": _devices(questions, assessment),
        "revisions": _revisions(questions, assessment, held),
        "receipts": (_signed(sheet) for sheet in questions.sheets(assessment)),
        "certificates": (_signed(one) for one in questions.certificates()),
    }
    return _pieces(parts)


def _pieces(parts: dict[str, object]) -> Iterator[str]:
    """One key a line, and each element of what is streamed on a line of its own: such a file can be compared."""
    lead = "{\n"
    for key, value in parts.items():
        yield f"{lead}{_json(key)}: "
        if isinstance(value, Iterator):
            yield from _array(value)
        else:
            yield _json(value)
        lead = ",\n"
    yield "\n}\n"


def _array(items: Iterable[object]) -> Iterator[str]:
    lead = "[\n"
    for item in items:
        yield lead + _json(item)
        lead = ",\n"
    yield "[]" if lead == "[\n" else "\n]"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _assessment(value: Assessment) -> dict[str, Any]:
    return {"id": value.id, **value.to_content()}


def _framework(value: Framework) -> dict[str, Any]:
    return {
        "id": value.id, "version": value.version, "digest": value.digest, "title": value.title,
        "statements": [{"id": one.id, "code": one.code, "title": one.title} for one in value.statements],
        "categories": [{"id": one.id, "code": one.code, "title": one.title} for one in value.categories],
    }  # fmt: skip


def _assessors(questions: Questions, assessment: AssessmentId) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for revision in questions.revisions(assessment):
        if revision.envelope.kind == Assessor.KIND and revision.content is not None:
            body = revision.body()
            found[revision.envelope.author] = {key: body.get(key, "") for key in ("author", "name", "initials")}
    return list(found.values())


def _note(row: EntryRow, held: Held) -> dict[str, Any]:
    """A note; of one that a consent bars who noted it when and where, and not what.

    A speaker's code that may not be told any more is left out, and that it was is said.
    """
    if row.barred is not None:
        return {
            "id": row.entry.id, "assessment": row.entry.assessment, "visit": row.entry.visit,
            "activity": row.entry.activity, **({"about": row.entry.about} if row.entry.about else {}),
            "author": row.author, "noticed_at": to_stamp(row.entry.noticed_at), "barred": row.barred.value,
            **_standing(row),
        }  # fmt: skip
    unnamed = {"speaker": None, "speaker_withheld": True} if row.entry.id in held.unnamed else {}
    return {
        "id": row.entry.id, **row.entry.to_content(), **unnamed, "author": row.author,
        "recorded_at": to_stamp(row.recorded_at),
        "written_up_later": row.entry.written_up_later,
        "standing_evidence": [item.to_content() for item in row.evidence],
        **({"standing_secondary": [item.to_content() for item in row.secondary]} if row.secondary else {}),
        "addenda": [{"id": one.id, **one.to_content()} for one in row.addenda],
        "withdrawn": row.withdrawal.reason if row.withdrawal else None, "barred": None, **_standing(row),
    }  # fmt: skip


def _record(row: RecordRow, heads: int, held: Held) -> dict[str, Any]:
    """A record of fieldwork as its head; of one that is held with what it belongs to, no word.

    Whom a file is from is left out where their code may not be told any more, and that it was is said.
    """
    if isinstance(row.value, Consent):
        row = replace(row, content={**row.content, **row.value.untold()})
    words = {"title": "", "content": {}} if row.barred else {"title": row.value.title, "content": dict(row.content)}
    if row.record in held.giverless and not row.barred:
        words = {**words, "content": {**dict(row.content), "from_whom": ""}, "from_whom_withheld": True}
    return {
        "kind": row.kind, "id": row.record, **words, "revision": row.revision, "heads": heads, "author": row.author,
        "recorded_at": to_stamp(row.recorded_at), "barred": row.barred.value if row.barred else None, **_standing(row),
    }  # fmt: skip


def _standing(row: EntryRow | RecordRow) -> dict[str, Any]:
    return {
        "status": row.status.value, "confirmed_at": to_stamp(row.confirmed_at) if row.confirmed_at else None,
    }  # fmt: skip


def _store(enrolment: Enrolment | None) -> dict[str, Any] | None:
    if enrolment is None:
        return None
    return {"office": enrolment.office, "url": enrolment.url, "public_key": enrolment.store_key.hex()}


def _devices(questions: Questions, assessment: AssessmentId) -> list[dict[str, Any]]:
    used = _devices_in(questions, assessment)
    return [_device(one) for one in questions.devices() if one.device in used]


def _device(value: DeviceKey) -> dict[str, Any]:
    return {"device": value.device, "author": value.author, "public_key": value.public.hex()}


def _revisions(questions: Questions, assessment: AssessmentId, held: Held) -> Iterator[dict[str, Any]]:
    """Those of the assessment whole; of what is held, and of the same devices' other records, the envelope alone.

    Without the latter a device's chain would have holes, and nobody could tell a hole from something taken out.
    """
    devices = _devices_in(questions, assessment)
    for revision in questions.revisions():
        if revision.envelope.assessment == assessment:
            yield _revision(revision.sealed() if held.is_sealed(revision) else revision)
        elif revision.envelope.device in devices:
            yield _revision(revision.sealed())


def _devices_in(questions: Questions, assessment: AssessmentId) -> set[DeviceId]:
    return {revision.envelope.device for revision in questions.revisions(assessment)}


def _revision(value: Revision) -> dict[str, Any]:
    body = {} if value.content is None else _bytes("content", value.content)
    salt = {} if value.salt is None else {"salt": _base64(value.salt)}
    return {
        **_bytes("envelope", value.envelope_bytes), "hash": value.hash, "signature": _base64(value.signature), **salt,
        **body,
    }  # fmt: skip


def _bytes(name: str, data: bytes) -> dict[str, str]:
    """Exact bytes as readable text where they are UTF-8; what came from elsewhere may be anything."""
    try:
        return {name: data.decode("utf-8")}
    except UnicodeDecodeError:
        return {f"{name}_base64": _base64(data)}


def _signed(value: Signed) -> dict[str, str]:
    return {**_bytes("data", value.data), "signature": _base64(value.signature)}


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
