"""Gathers the custody log (``fieldkit.reports.custody_log``) from envelopes, receipts, files and the vault's record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from fieldkit.app.ports import Questions
from fieldkit.app.report_notes import exhibit_key
from fieldkit.app.rows import FileRow
from fieldkit.domain.assessment import Assessment
from fieldkit.domain.attachment import Attachment
from fieldkit.domain.receipt import Outcome, ReceiptSheet
from fieldkit.domain.revision import Revision
from fieldkit.kernel.clock import from_stamp
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.ids import RevisionId, is_id
from fieldkit.media.kinds import spoken
from fieldkit.reports.custody_log import CustodyLog, FileCustody, Happened, LaptopPart
from fieldkit.reports.dates import stamp

_KINDS = {
    "entry": "Note", "addendum": "Words added to a note", "filing": "Tags of a note", "withdrawal": "Withdrawal",
    "assessor": "Member of the team", "session": "Interview", "questions": "Interview questions",
    "access": "Record access", "touchpoint": "Case event", "attachment": "File", "pointer": "Record",
}  # fmt: skip
_OUTCOMES = {
    Outcome.ACCEPTED: "received", Outcome.BRANCH: "received", Outcome.QUARANTINED: "received, set aside",
    Outcome.COLLISION: "received, set aside", Outcome.ERASED: "erased at the office", Outcome.CORRUPT: "damaged",
}  # fmt: skip
_OF_VAULT = frozenset({"exported", "imported", "erased", "purged", "final", "withdrawals_allowed"})
"""Events that name an assessment or a record: those of other assessments are left out."""


def custody_log(questions: Questions, assessment: Assessment, at: datetime) -> CustodyLog:
    """One pass over all envelopes. Called on the store lane, or on a vault that is held still."""
    receipts = _receipts(questions, assessment)
    revisions, records, events = list[Revision](), set[str](), list[Revision]()
    for one in questions.revisions():
        if one.envelope.assessment == assessment.id:
            revisions.append(one)
            records.add(one.envelope.record)
        elif one.envelope.kind == "custody":
            events.append(one)
    revisions.sort(key=lambda one: (one.envelope.recorded_at, one.envelope.device, one.envelope.seq))
    letters = _letters(revisions)
    info = questions.info()
    return CustodyLog(
        assessment=assessment.name, assessment_id=assessment.id, vault=info.vault,
        laptops=tuple(_laptops(questions, assessment, revisions, letters)),
        files=tuple(_files(questions, assessment)),
        events=tuple(_events(events, records | {assessment.id})),
        log=tuple(_happened(one, letters, receipts, info.device) for one in revisions), made_at=at,
    )  # fmt: skip


def _receipts(questions: Questions, assessment: Assessment) -> dict[RevisionId, str]:
    """What the central store signed for, as verified when it came: the first receipt of each account."""
    found: dict[RevisionId, str] = {}
    for signed in questions.sheets(assessment.id):
        sheet = ReceiptSheet.from_bytes(signed.data)
        when = stamp(from_stamp(sheet.received_at))
        for line in sheet.lines:
            content = "" if line.has_content else ", envelope only"
            found.setdefault(line.revision, f"{_OUTCOMES[line.outcome]}, no. {line.seq:,}\n{when}{content}")
    return found


def _letters(revisions: Iterable[Revision]) -> dict[str, str]:
    devices = dict.fromkeys(one.envelope.device for one in revisions)
    return {device: _letter(at) for at, device in enumerate(devices)}


def _letter(at: int) -> str:
    return chr(ord("A") + at) if at < 26 else f"L{at + 1}"


def _laptops(
    questions: Questions, assessment: Assessment, revisions: Iterable[Revision], letters: dict[str, str]
) -> Iterator[LaptopPart]:
    names = {str(one.author): one.name for one in questions.assessors(assessment.id)}
    here = questions.info().device
    by_device: dict[str, list[Revision]] = {}
    for one in revisions:
        by_device.setdefault(one.envelope.device, []).append(one)
    for device, letter in letters.items():
        own = by_device[device]
        last = max(own, key=lambda one: one.envelope.seq)
        yield LaptopPart(
            letter=letter, device=device, who=names.get(last.envelope.author, "not introduced here"),
            is_here=device == here, records=len(own), last=last.envelope.seq, last_sha256=last.hash,
        )  # fmt: skip


def _happened(one: Revision, letters: dict[str, str], receipts: dict[RevisionId, str], here: str) -> Happened:
    envelope = one.envelope
    return Happened(
        at=from_stamp(envelope.recorded_at), what=_what(one), record=envelope.record, revision=envelope.id,
        laptop=letters[envelope.device], number=envelope.seq, receipt=receipts.get(envelope.id, ""), sha256=one.hash,
        is_here=envelope.device == here,
    )  # fmt: skip


def _what(one: Revision) -> str:
    """``Note: made``; of a withdrawal whether it stands. Nothing else is read of any content."""
    kind = _KINDS.get(one.envelope.kind) or one.envelope.kind.replace("_", " ").capitalize()
    if one.envelope.kind == "withdrawal":
        return "Note: withdrawn" if _body(one).get("stands", True) else "Note: withdrawal taken back"
    parents = len(one.envelope.parents)
    return f"{kind}: {'made' if not parents else 'changed' if parents == 1 else 'accounts brought together'}"


def _body(one: Revision) -> dict[str, object]:
    try:
        return one.body()
    except Refusal:
        return {}


def _events(revisions: Iterable[Revision], known: set[str]) -> Iterator[tuple[datetime, str, str]]:
    """What was done to this vault, less what is about another assessment; of details ids alone are told."""
    for one in revisions:
        body = _body(one)
        event, detail = str(body.get("event", "")), str(body.get("detail", ""))
        ids = [word for word in detail.replace(",", " ").split() if is_id(word)]
        if event in _OF_VAULT and ids and not known.intersection(ids):
            continue
        if event:
            at = from_stamp(str(body["at"])) if "at" in body else datetime.min.replace(tzinfo=UTC)
            yield at, event.replace("_", " ").capitalize(), ", ".join(ids) or "The vault"


def _files(questions: Questions, assessment: Assessment) -> list[FileCustody]:
    rows = sorted(questions.files(assessment.id), key=lambda one: (exhibit_key(one.row.value.exhibit), one.row.record))
    return [_file(one) for one in rows]


def _file(one: FileRow) -> FileCustody:
    value: Attachment = one.row.value
    standing = []
    if one.is_confirmed:
        standing.append("handed in" + (f" {stamp(one.confirmed_at)}" if one.confirmed_at else ""))
    elif one.is_made_here:
        standing.append("on this laptop, not handed in")
    if not one.is_made_here:
        standing.append("asked for here" if one.is_wanted else "a team-mate's")
    standing += ["withdrawn"] if value.withdrawn else []
    standing += ["held"] if one.row.barred is not None else []
    return FileCustody(
        exhibit=value.exhibit, kind=spoken(value.media), size=value.size, sha256=value.sha256,
        original_sha256=value.original_sha256 or "", received_at=value.received_at,
        came="taken in here" if one.is_made_here else "taken in by a team-mate", standing="; ".join(standing),
    )  # fmt: skip
