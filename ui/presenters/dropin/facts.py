"""What the drop-in page starts from, and the note of a conversation made of what was typed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from fieldkit.app.cases import cases_of
from fieldkit.app.conversations import DropIn, read_drop_in
from fieldkit.app.drafts import capture_place
from fieldkit.app.entries import NewEntry
from fieldkit.app.noting import joined_origin, note_from
from fieldkit.app.ports import Questions
from fieldkit.app.rows import Draft
from fieldkit.capture.parse import parse
from fieldkit.capture.pasting import origin_of
from fieldkit.capture.typed_line import TypedLine
from fieldkit.capture.vocabulary import Vocabulary
from fieldkit.domain.assessment import Assessment, Visit
from fieldkit.domain.case import Case
from fieldkit.domain.framework import Framework
from fieldkit.domain.people import Person
from fieldkit.kernel.ids import ActivityId
from ui.presenters.dropin.who import Who
from ui.presenters.services import Session

_THEMES_ONLY = "Talked about"


@dataclass(frozen=True, slots=True, kw_only=True)
class DropInFacts:
    """What the page starts from."""

    assessment: Assessment
    visit: Visit
    found: DropIn
    frameworks: tuple[Framework, ...]
    drafts: tuple[Draft, ...]
    cases: tuple[Case, ...] = ()
    people: tuple[Person, ...] = ()
    """Their codes are refused: nobody speaks by a code here."""


def read_facts(session: Session, questions: Questions, record: str) -> DropInFacts:
    """Raises ``Mistake('dropin.not_one')`` for any other kind of activity."""
    found = read_drop_in(questions, ActivityId(record))
    assessment = questions.assessment(found.activity.assessment)
    places = (f"{capture_place(found.activity.id)}/", f"form/dropin/{found.activity.id}")
    return DropInFacts(
        assessment=assessment, visit=questions.visit(found.activity.visit), found=found,
        frameworks=tuple(session.packs.framework(pin) for pin in assessment.packs),
        drafts=tuple(draft for draft in questions.drafts() if draft.place.startswith(places)),
        cases=tuple(cases_of(questions, assessment.id)), people=tuple(questions.people(found.activity.visit)),
    )  # fmt: skip


def note_of(line: TypedLine, who: Who, began: datetime, facts: DropInFacts, origin: str = "") -> NewEntry | None:
    """None where neither words nor themes were typed; themes alone are put into words."""
    captured = parse(line, Vocabulary(frameworks=facts.frameworks, people=facts.people, cases=facts.cases))
    if captured.is_blank and not captured.tags:
        return None
    note = note_from(
        captured, facts.found.activity, facts.frameworks, noticed_at=began, band=who.band,
        origin=joined_origin(origin, origin_of(line.pasted, captured.text)),
    )  # fmt: skip
    if note.text.strip():
        return note
    packs = {one.id: one for one in facts.frameworks}
    titles = [
        statement.title
        for tag in captured.tags
        if tag.pack in packs and (statement := packs[tag.pack].statement_by(tag.statement)) is not None
    ]
    return replace(note, text=f"{_THEMES_ONLY}: {', '.join(dict.fromkeys(titles))}")
