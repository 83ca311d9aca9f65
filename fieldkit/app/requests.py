"""Use cases of information requests: check what is held, add, ask, receive, close."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from fieldkit.app.bounds import check_words
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.records import keep, revise
from fieldkit.app.rows import EntryFilter, Word
from fieldkit.app.texts import typed
from fieldkit.domain.attachment import Attachment
from fieldkit.domain.request import InformationRequest, RequestStatus
from fieldkit.kernel.errors import Finding
from fieldkit.kernel.ids import AssessmentId, RecordId, new_id

_WORD = re.compile(r"\w{3,}")
_COMMON = frozenset(
    {
        "about", "all", "and", "any", "are", "copies", "copy", "current", "data", "document", "documents", "evidence",
        "for", "from", "has", "have", "information", "last", "latest", "list", "most", "our", "per", "please",
        "policy", "recent", "report", "reports", "send", "that", "the", "this", "was", "with", "your",
    }
)  # fmt: skip
"""Words that stand in any request and tell none from another."""
_MOST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Something the team has that may answer a request already: what kind of thing, its words, its record."""

    kind: str
    words: str
    record: RecordId


def already_held(questions: Questions, assessment: AssessmentId, what: str) -> tuple[Held, ...]:
    """What is held that may be the same: files, earlier requests, other records, notes. The likeliest first.

    A thing is named when at least two of the telling words of ``what`` stand in it (one, where there is only one).
    """
    telling = list(dict.fromkeys(word.casefold() for word in _WORD.findall(what) if word.casefold() not in _COMMON))
    if not telling:
        return ()
    enough = min(2, len(telling))
    score: dict[RecordId, int] = {}
    found: dict[RecordId, Held] = {}
    for word in telling[:_MOST]:
        for row in questions.find_records(word, assessment, 200):
            score[row.record] = score.get(row.record, 0) + 1
            found[row.record] = Held(kind=row.kind, words=row.value.title, record=row.record)
        wanted = EntryFilter(assessment=assessment, words=(Word(text=word, is_prefix=True),), limit=50)
        for note in questions.walk(wanted).rows:
            if note.withdrawal is None:
                record = RecordId(note.entry.id)
                score[record] = score.get(record, 0) + 1
                found[record] = Held(kind="entry", words=note.entry.text[:200], record=record)
    order = {Attachment.KIND: 0, InformationRequest.KIND: 1}
    likely = [record for record, count in score.items() if count >= enough]
    likely.sort(key=lambda record: (-score[record], order.get(found[record].kind, 2), found[record].words))
    return tuple(found[record] for record in likely[:_MOST])


def add_request(
    uow: UnitOfWork,
    assessment: AssessmentId,
    what: str,
    reason: str,
    *,
    asked_of: str = "",
    due_on: date | None = None,
    statements: Sequence[str] = (),
    about: RecordId | None = None,
    held: str = "",
    is_asked: bool = False,
) -> InformationRequest:
    """Write a request down; ``is_asked`` when it was asked on the spot.

    Raises ``Mistake('request.no_what' | 'request.no_reason' | 'request.due_before' | 'request.too_long')``.
    """
    today = uow.clock.now().astimezone().date()
    made = InformationRequest(
        id=RecordId(new_id()), assessment=assessment, about=about, reference=_reference(uow, assessment),
        what=typed(what), reason=typed(reason), statements=tuple(statements), asked_of=typed(asked_of),
        asked_by=uow.identity.initials, asked_on=today if is_asked else None, due_on=due_on,
        status=RequestStatus.ASKED if is_asked else RequestStatus.DRAFT, held=typed(held),
    )  # fmt: skip
    _check(made, today)
    keep(uow, made)
    return made


def change_request(uow: UnitOfWork, changed: InformationRequest) -> InformationRequest:
    """Save changed words, days or statements; how it stands is changed by the other functions."""
    _check(changed, changed.asked_on)
    revise(uow, changed)
    return changed


def ask(uow: UnitOfWork, request: RecordId, on: date | None = None) -> InformationRequest:
    """It was sent or said to whom it asks."""
    current = _current(uow, request)
    day = on or uow.clock.now().astimezone().date()
    return _saved(uow, replace(current, status=RequestStatus.ASKED, asked_on=day))


def receive(
    uow: UnitOfWork, request: RecordId, *, is_whole: bool, files: Sequence[RecordId] = (), outcome: str = ""
) -> InformationRequest:
    """Something came: all of it, or a part."""
    check_words(outcome, "request", "outcome")
    current = _current(uow, request)
    status = RequestStatus.RECEIVED if is_whole else RequestStatus.PART_RECEIVED
    received = tuple(dict.fromkeys((*current.received, *files)))
    day = uow.clock.now().astimezone().date()
    words = typed(outcome) or current.outcome
    return _saved(uow, replace(current, status=status, received=received, received_on=day, outcome=words))


def close(uow: UnitOfWork, request: RecordId, status: RequestStatus, outcome: str) -> InformationRequest:
    """It was refused, or is not needed (held already, public): ``outcome`` says why.

    Raises ``Mistake('request.no_outcome')``, and ``Mistake('request.status')`` for a status that closes nothing.
    """
    finding = Finding()
    finding.unless(status in (RequestStatus.REFUSED, RequestStatus.NOT_NEEDED), "request.status", field="status")
    finding.unless(bool(outcome.strip()), "request.no_outcome", field="outcome")
    finding.read(partial(check_words, outcome, "request", "outcome"))
    finding.settle()
    return _saved(uow, replace(_current(uow, request), status=status, outcome=typed(outcome)))


def _current(uow: UnitOfWork, request: RecordId) -> InformationRequest:
    value: InformationRequest = uow.questions.record(InformationRequest.KIND, request).value
    return value


def _saved(uow: UnitOfWork, changed: InformationRequest) -> InformationRequest:
    revise(uow, changed)
    return changed


def _check(request: InformationRequest, today: date | None) -> None:
    finding = Finding()
    finding.unless(bool(request.what.strip()), "request.no_what", field="what")
    finding.unless(bool(request.reason.strip()), "request.no_reason", field="reason")
    is_late = request.due_on is not None and today is not None and request.due_on < today
    finding.unless(not is_late, "request.due_before", field="due_on")
    for field in ("what", "reason", "asked_of", "held"):
        finding.read(partial(check_words, getattr(request, field), "request", field))
    finding.settle()


def _reference(uow: UnitOfWork, assessment: AssessmentId) -> str:
    initials = uow.identity.initials.upper()
    mine = uow.questions.records(InformationRequest.KIND, assessment=assessment)
    taken = {row.value.reference for row in mine}
    number = 1 + sum(row.value.asked_by.upper() == initials for row in mine)
    while f"R-{initials}-{number}" in taken:
        number += 1
    return f"R-{initials}-{number}"
