"""Gathers the facts of the certificate of hand-in from verified receipts, for the window and the command alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

from fieldkit.app.paging import every_note
from fieldkit.app.ports import Questions
from fieldkit.app.rows import EntryFilter, FileRow, SendStatus
from fieldkit.domain.attachment import Attachment
from fieldkit.domain.receipt import Certificate
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.signing import fingerprint
from fieldkit.media.kinds import spoken
from fieldkit.reports.hand_in import AssessmentShare, FileGiven, HandIn


def hand_in(questions: Questions, words_of: Callable[[Sequence[int]], tuple[str, ...]], made_at: datetime) -> HandIn:
    """What the certificate says. ``words_of`` turns a key's fingerprint into words of the shipped list.

    Raises ``Refusal('send.not_enrolled')`` for a vault that works on its own.
    """
    enrolment = questions.enrolment()
    if enrolment is None:
        raise Refusal("send.not_enrolled")
    info, standing = questions.info(), questions.standing()
    mine = [row for row in questions.files() if row.is_made_here]
    heads = [Certificate.from_bytes(one.data) for one in questions.certificates()]
    return HandIn(
        name=info.name, office=info.office, vault=info.vault, device=info.device,
        store_words=words_of(fingerprint(enrolment.store_key)), revisions=standing.revisions,
        unreceipted=standing.unreceipted, confirmed_at=standing.confirmed_at,
        everything_is_there=standing.everything_is_there, made_at=made_at,
        shares=tuple(_shares(questions)), set_aside=standing.quarantined,
        files=tuple(_file(row) for row in mine if row.row.barred is None or row.is_confirmed),
        files_held=sum(row.row.barred is not None and not row.is_confirmed for row in mine),
        chains=tuple((one.device, one.high, one.hash) for one in heads),
    )  # fmt: skip


def _file(row: FileRow) -> FileGiven:
    value: Attachment = row.row.value
    return FileGiven(
        exhibit=value.exhibit, kind=spoken(value.media), size=value.size, sha256=value.sha256,
        confirmed_at=row.confirmed_at if row.is_confirmed else None,
    )  # fmt: skip


def _shares(questions: Questions) -> list[AssessmentShare]:
    found = []
    for row in questions.assessments():
        notes = every_note(questions, EntryFilter(assessment=row.assessment.id))
        count = Counter(note.status for note in notes)
        found.append(
            AssessmentShare(
                name=row.assessment.name, confirmed=count[SendStatus.CONFIRMED], waiting=count[SendStatus.WAITING],
                staying=count[SendStatus.STAYS],
            )
        )  # fmt: skip
    return found
