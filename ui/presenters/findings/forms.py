"""The forms of Findings: a finding, taking one out of use, a part of a note, a part of the report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from fieldkit.app.finding_board import FindingView
from fieldkit.app.findings import NewCitation, NewFinding, add_finding, change_finding, cite, drop_finding
from fieldkit.app.rows import EntryRow
from fieldkit.app.sections import Written, write_section
from fieldkit.domain.evidence import Bearing
from fieldkit.domain.finding import State, Strength
from fieldkit.domain.finding_words import BEARINGS, STRENGTHS
from fieldkit.domain.framework import Framework
from fieldkit.domain.triangulation import Side
from fieldkit.kernel.ids import AssessmentId, EntryId, RecordId
from ui.presenters.forms import Action, Entry, Form, FormField, Option, Values
from ui.presenters.services import Session

Done = Callable[[Any], None]
_BY_RULE = "suggested"
_LEVELS = (Strength.LIMITED, Strength.MODERATE, Strength.STRONG)


def finding_form(
    session: Session, assessment: AssessmentId, framework: Framework, statement: str, before: FindingView | None,
    notes: Sequence[EntryId], done: Done,
) -> Form:  # fmt: skip
    """A new finding (with the notes that were brought), or one that is there."""
    suggestion = before.suggestion if before is not None else None
    by_rule = "As the evidence suggests"
    if suggestion is not None:
        by_rule += f": {STRENGTHS[suggestion.strength].lower()}"
    fields = (
        FormField(name="claim", needed="finding.no_claim", label="What do you claim?", entry=Entry.LONG, rows=2),
        FormField(
            name="bearing", needed="finding.no_bearing", label="What does it say of the statement?",
            entry=Entry.CHOICE, options=tuple(Option(one.value, words) for one, words in BEARINGS.items()),
        ),
        FormField(name="sentence", label="Sentence for the report (optional)", entry=Entry.LONG, rows=4),
        FormField(
            name="strength", label="Strength of evidence", entry=Entry.CHOICE,
            options=(Option(_BY_RULE, by_rule), *(Option(one.value, STRENGTHS[one]) for one in _LEVELS)),
            hint=suggestion.why if suggestion is not None else "",
        ),
        FormField(
            name="why", label="Why another strength than the evidence suggests?", entry=Entry.LONG, rows=2,
            shown=lambda values: values.get("strength", _BY_RULE) not in ("", _BY_RULE),
        ),
        FormField(
            name="statement", needed="finding.no_statement", label="Statement", entry=Entry.PICK,
            options=tuple(Option(one.id, f"{one.position}  {one.title}") for one in framework.statements),
        ),
        FormField(name="ready", label="Ready for the report", entry=Entry.YES),
    )  # fmt: skip

    def submit(values: Values) -> Action:
        new = _said(values)
        if before is None:
            cited = [NewCitation(note=one) for one in notes]
            return lambda uow: add_finding(uow, framework, assessment, new, cited)
        return lambda uow: change_finding(uow, framework, before.value.id, new)

    return Form(
        session, fields, place=f"form/finding/{before.value.id if before else f'{assessment}/{statement}'}",
        submit=submit, done=done, first=_first(before, statement), initiator="findings",
    )  # fmt: skip


def drop_form(session: Session, view: FindingView, done: Done) -> Form:
    """Out of use, with why; it is kept."""
    fields = (
        FormField(
            name="reason", needed="finding.no_reason", label=f"Why is {view.reference} taken out of use?",
            entry=Entry.LONG, rows=3,
        ),
    )  # fmt: skip
    return Form(
        session, fields, place=f"form/finding_dropped/{view.value.id}", done=done, initiator="findings",
        submit=lambda values: lambda uow: drop_finding(uow, view.value.id, values["reason"]),
    )  # fmt: skip


def part_form(session: Session, finding: RecordId, row: EntryRow, done: Done) -> Form:
    """Only a part of a note: what is not meant is taken off the words."""
    fields = (
        FormField(
            name="words", needed="finding.no_words", label="The words that you cite", entry=Entry.LONG, rows=6,
            hint="Take off what you do not mean. What stays has to stand in the note like this",
        ),
        FormField(name="against", label="They contradict the finding", entry=Entry.YES),
    )  # fmt: skip

    def submit(values: Values) -> Action:
        side = Side.CONTRADICTS if values["against"] else Side.AGREES
        cited = NewCitation(note=row.entry.id, words=values["words"], side=side)
        return lambda uow: cite(uow, finding, [cited])

    return Form(
        session, fields, place=f"form/citation/{finding}/{row.entry.id}", submit=submit, done=done,
        first={"words": row.entry.text}, initiator="findings",
    )  # fmt: skip


def text_form(session: Session, assessment: AssessmentId, framework: Framework, written: Written, done: Done) -> Form:
    """A part of the report; an empty text takes it out."""
    place = written.place
    fields = (FormField(name="text", label=place.words, entry=Entry.LONG, rows=12, hint="Empty takes it out"),)
    return Form(
        session, fields, place=f"form/section/{assessment}/{framework.id}/{place.part.value}/{place.subject}",
        submit=lambda values: lambda uow: write_section(uow, framework, assessment, place, values["text"]),
        done=done, first={"text": written.text}, initiator="findings",
    )  # fmt: skip


def _said(values: Values) -> NewFinding:
    strength = values["strength"]
    return NewFinding(
        statement=values["statement"], claim=values["claim"],
        bearing=Bearing(values["bearing"]) if values["bearing"] else Bearing.NEUTRAL, sentence=values["sentence"],
        strength=Strength(strength) if strength and strength != _BY_RULE else None, why=values["why"],
        state=State.READY if values["ready"] else State.DRAFT,
    )  # fmt: skip


def _first(before: FindingView | None, statement: str) -> dict[str, str]:
    if before is None:
        return {"statement": statement, "strength": _BY_RULE}
    value = before.value
    return {
        "claim": value.claim, "bearing": value.bearing.value, "sentence": value.sentence,
        "strength": value.strength.value if value.strength is not None else _BY_RULE, "why": value.why,
        "statement": value.statement, "ready": "yes" if value.state is State.READY else "",
    }  # fmt: skip
