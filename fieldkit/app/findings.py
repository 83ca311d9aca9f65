"""Use cases of findings: claim, cite notes for and against, draft the sentence, take out of use. Nothing blocks.

Only what cannot be meant is refused (no claim, a note of another assessment, one that counts no more). A note that
already stands under another finding is told as a warning and cited all the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from fieldkit.app.evidence_rows import EvidenceRows
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.records import keep, revise
from fieldkit.app.rows import EntryFilter, EntryRow
from fieldkit.app.texts import LONGEST_TEXT, typed
from fieldkit.domain.evidence import Bearing
from fieldkit.domain.finding import Citation, State, Strength, proof_of
from fieldkit.domain.finding import Finding as Claim
from fieldkit.domain.finding_words import suggested
from fieldkit.domain.framework import Framework
from fieldkit.domain.triangulation import EvidenceRow, Side, triangulate
from fieldkit.kernel.errors import Finding, Mistake
from fieldkit.kernel.ids import AssessmentId, EntryId, RecordId, new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCitation:
    """A note to cite. ``words``: a part of it, word for word, or a stretch of code points; neither = all of it."""

    note: EntryId
    side: Side = Side.AGREES
    words: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFinding:
    """What is claimed. ``strength`` None = as the rule suggests."""

    statement: str
    claim: str
    bearing: Bearing = Bearing.NEUTRAL
    sentence: str = ""
    strength: Strength | None = None
    why: str = ""
    state: State = State.DRAFT


def add_finding(
    uow: UnitOfWork, framework: Framework, assessment: AssessmentId, new: NewFinding,
    cited: Iterable[NewCitation] = (),
) -> Claim:  # fmt: skip
    """Make a finding, with the notes it begins with.

    Raises ``Mistake``: ``finding.no_statement``, ``finding.no_claim``, ``finding.no_why`` (the strength is another than
    the rule suggests), ``finding.no_sentence`` (ready without its sentence), ``finding.too_long``, and what ``cite``
    raises.
    """
    evidence = _added(uow.questions, assessment, (), cited)
    made = _checked(uow.questions, framework, _blank(uow.questions, framework, assessment), new, evidence)
    keep(uow, made)
    return made


def change_finding(uow: UnitOfWork, framework: Framework, record: RecordId, new: NewFinding) -> Claim:
    """Say anything of it anew; its evidence stays. Raises as ``add_finding``."""
    before = finding(uow.questions, record)
    made = _checked(uow.questions, framework, before, new, before.evidence)
    return _revised(uow, before, made)


def cite(uow: UnitOfWork, record: RecordId, cited: Iterable[NewCitation]) -> Claim:
    """Cite notes. The same part of the same note is not cited twice; on the other side it changes sides.

    Raises ``Mistake``: ``finding.unknown_note``, ``finding.withdrawn_note``, ``finding.not_in_note`` (the words do not
    stand in it), ``finding.bad_range``.
    """
    before = finding(uow.questions, record)
    return _revised(
        uow, before, replace(before, evidence=_added(uow.questions, before.assessment, before.evidence, cited))
    )


def uncite(uow: UnitOfWork, record: RecordId, *, notes: Iterable[str] = (), citations: Iterable[str] = ()) -> Claim:
    """Take notes, or single citations, off. Raises ``Mistake('finding.not_cited')`` for one that is not there."""
    before, gone, single = finding(uow.questions, record), set(notes), set(citations)
    there = {one.note for one in before.evidence} | {one.id for one in before.evidence}
    if (gone | single) - there:
        raise Mistake("finding.not_cited", reference=before.reference, field="note")
    left = tuple(one for one in before.evidence if one.note not in gone and one.id not in single)
    return _revised(uow, before, replace(before, evidence=left))


def put_back(uow: UnitOfWork, record: RecordId, citations: Iterable[Citation]) -> Claim:
    """Citations as they were before they were taken off or changed: what undo does. Any other stays as it is."""
    before, back = finding(uow.questions, record), {one.id: one for one in citations}
    there = {one.id for one in before.evidence}
    evidence = (
        *(back.get(one.id, one) for one in before.evidence),
        *(one for name, one in back.items() if name not in there),
    )
    return _revised(uow, before, replace(before, evidence=evidence))


def look_again(uow: UnitOfWork, record: RecordId) -> Claim:
    """Somebody read what was added to the cited notes: the additions known now are no news any more."""
    before = finding(uow.questions, record)
    rows = {one.entry.id: one for one in _rows(uow.questions, before.assessment, before.notes)}
    evidence = tuple(
        replace(one, seen=tuple(sorted({*one.seen, *(each.id for each in rows[one.note].addenda)})))
        if one.note in rows else one
        for one in before.evidence
    )  # fmt: skip
    return _revised(uow, before, replace(before, evidence=evidence))


def drop_finding(uow: UnitOfWork, record: RecordId, reason: str) -> Claim:
    """Take it out of use; nothing is deleted (``restore_finding``).

    Raises ``Mistake('finding.no_reason')``.
    """
    if not reason.strip():
        raise Mistake("finding.no_reason", field="reason")
    before = finding(uow.questions, record)
    return _revised(uow, before, replace(before, is_dropped=True, drop_reason=typed(reason)))


def restore_finding(uow: UnitOfWork, record: RecordId) -> Claim:
    """Back in use."""
    before = finding(uow.questions, record)
    return _revised(uow, before, replace(before, is_dropped=False))


def finding(questions: Questions, record: RecordId) -> Claim:
    """Raises ``Mistake('record.unknown')``."""
    found: Claim = questions.record(Claim.KIND, record).value
    return found


def counted(questions: Questions, assessment: AssessmentId, one: Claim) -> list[EvidenceRow]:
    """The rows that triangulation counts for a finding."""
    rows = {row.entry.id: row for row in _rows(questions, assessment, one.notes)}
    return counted_in(EvidenceRows(questions, assessment), rows, one)


def counted_in(of: EvidenceRows, rows: dict[EntryId, EntryRow], one: Claim) -> list[EvidenceRow]:
    """The same where notes and activities were read already."""
    return [
        each
        for cited in one.evidence
        if cited.note in rows
        for each in of.cited(rows[cited.note], one.pack, one.statement, cited.side)
    ]


def _rows(questions: Questions, assessment: AssessmentId, notes: Iterable[EntryId]) -> list[EntryRow]:
    wanted = list(notes)
    return questions.among(EntryFilter(assessment=assessment), wanted)[0] if wanted else []


def _blank(questions: Questions, framework: Framework, assessment: AssessmentId) -> Claim:
    taken = [row.value.reference for row in questions.records(Claim.KIND, assessment=assessment)]
    numbers = [int(one[1:]) for one in taken if one[1:].isdecimal() and len(one) <= 7]
    return Claim(
        id=RecordId(new_id()), assessment=assessment, pack=framework.id, statement="", claim="",
        reference=f"F{max(numbers, default=0) + 1}", bearing=Bearing.NEUTRAL,
    )  # fmt: skip


def _checked(
    questions: Questions, framework: Framework, before: Claim, new: NewFinding, evidence: tuple[Citation, ...]
) -> Claim:
    statement = framework.statement_by(new.statement)
    made = replace(
        before, pack=framework.id, statement=statement.id if statement is not None else "", claim=typed(new.claim),
        bearing=new.bearing, sentence=typed(new.sentence), strength=new.strength, why=typed(new.why), state=new.state,
        evidence=evidence,
    )  # fmt: skip
    wrong = Finding()
    wrong.unless(statement is not None, "finding.no_statement", field="statement")
    wrong.unless(bool(made.claim), "finding.no_claim", field="claim")
    is_short = len(made.claim) + len(made.sentence) + len(made.why) <= LONGEST_TEXT
    wrong.unless(is_short, "finding.too_long", field="claim", longest=LONGEST_TEXT)
    wrong.when(made.state is State.READY and not made.sentence, "finding.no_sentence", field="sentence")
    if made.strength is not None and not made.why and _departs(questions, framework, made):
        wrong.add(Mistake("finding.no_why", field="why"))
    wrong.settle()
    return made


def _departs(questions: Questions, framework: Framework, one: Claim) -> bool:
    found = triangulate(counted(questions, one.assessment, one), framework.triangulation, claim=one.bearing)
    return suggested(found).strength is not one.strength


def _added(
    questions: Questions, assessment: AssessmentId, before: tuple[Citation, ...], cited: Iterable[NewCitation]
) -> tuple[Citation, ...]:
    evidence, wrong = list(before), Finding()
    for new in cited:
        made = wrong.read(lambda new=new: _citation(questions, assessment, new))  # type: ignore[misc]
        if made is None:
            continue
        same = [one for one in evidence if (one.note, one.start, one.end) == (made.note, made.start, made.end)]
        if not same:
            evidence.append(made)
        elif same[0].side is not made.side:
            evidence[evidence.index(same[0])] = replace(same[0], side=made.side)
    wrong.settle()
    return tuple(evidence)


def _citation(questions: Questions, assessment: AssessmentId, new: NewCitation) -> Citation:
    try:
        row = questions.entry(new.note)
    except Mistake as problem:
        raise Mistake("finding.unknown_note", field="note") from problem
    if row.entry.assessment != assessment:
        raise Mistake("finding.unknown_note", field="note")
    if row.withdrawal is not None or row.barred is not None:
        raise Mistake("finding.withdrawn_note", field="note")
    start, end = _range(row.entry.text, new)
    made = Citation(
        id=new_id(), note=new.note, side=new.side, start=start, end=end, seen=tuple(one.id for one in row.addenda)
    )
    return replace(made, proof=proof_of(made.id, made.words_of(row.entry.text)))


def _range(text: str, new: NewCitation) -> tuple[int | None, int | None]:
    if new.start is not None or new.end is not None:
        start, end = new.start or 0, len(text) if new.end is None else new.end
        if not 0 <= start < end <= len(text):
            raise Mistake("finding.bad_range", field="words", length=len(text))
        return (None, None) if (start, end) == (0, len(text)) else (start, end)
    words = new.words.strip()
    if not words or words == text.strip():
        return None, None
    at = text.find(words)
    if at < 0:
        raise Mistake("finding.not_in_note", field="words")
    return at, at + len(words)


def _revised(uow: UnitOfWork, before: Claim, made: Claim) -> Claim:
    if made != before:
        revise(uow, made)
    return made
