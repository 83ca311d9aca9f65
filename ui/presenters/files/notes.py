"""Notes about a file: those there are, the form that makes one, and the way from such a note back to its file.

A note belongs to an activity, and to the file by ``Entry.about``. The same note is made in the live log by naming the
file (``~AL7K-3``).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fieldkit.app.abouts import tracked_of
from fieldkit.app.entries import record_entry
from fieldkit.app.noting import note_from
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.rows import EntryFilter, EntryRow, Facet, FileRow, Term
from fieldkit.capture.parse import parse
from fieldkit.capture.pasting import origin_of
from fieldkit.capture.typed_line import TypedLine
from fieldkit.capture.vocabulary import Vocabulary
from fieldkit.domain.attachment import Attachment
from fieldkit.domain.entry import Entry as Note
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import ActivityId, EntryId, RecordId
from ui.presenters.files.moments import Moment, title_of
from ui.presenters.form_words import Pastes
from ui.presenters.forms import Entry, Form, FormField, Option, Values
from ui.presenters.log.remarks import remarks_on
from ui.presenters.page import Page
from ui.presenters.services import Session
from ui.presenters.ways import Bench
from ui.presenters.wording import sentence, ui

_MOST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """``abouts`` maps a file that belongs to a note to that note's activity; ``by_file`` are the notes about each."""

    abouts: Mapping[str, ActivityId]
    by_file: Mapping[str, tuple[Moment, ...]]


NOTHING_NOTED = Noted(abouts={}, by_file={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A note that was made, and what is to be mentioned about it: a tag that was not recognised, a personal detail."""

    note: Note
    remarks: tuple[str, ...]

    @property
    def words(self) -> str:
        """What is said of it."""
        return ". ".join((f"Note saved {ui.noticed(self.note)}", *self.remarks))


def read_noted(questions: Questions, rows: Sequence[FileRow], activities: frozenset[str]) -> Noted:
    """Called on the store lane; one question for the notes about all of them."""
    ids = tuple(str(row.row.record) for row in rows)
    found: dict[str, list[Moment]] = {}
    if ids:
        term = Term(facet=Facet.ABOUT, values=ids)
        wanted = EntryFilter(assessment=rows[0].row.value.assessment, terms=(term,), limit=_MOST)
        for note in reversed(questions.entries(wanted)):
            moment = Moment(
                entry=note.entry.id, position=0, words=title_of(note), noticed=f"Noticed {ui.noticed(note.entry)}"
            )
            found.setdefault(str(note.entry.about), []).append(moment)
    abouts = {}
    for about in {str(row.row.value.about) for row in rows} - activities:
        try:
            abouts[about] = questions.entry(EntryId(about)).entry.activity
        except Mistake:  # it belongs to a record: a person says in which activity the note is made
            continue
    return Noted(abouts=abouts, by_file={key: tuple(notes) for key, notes in found.items()})


def are_about(questions: Questions, entries: Iterable[str], files: Collection[str]) -> bool:
    """Whether any of these notes is about one of these files."""
    for entry in entries:
        try:
            if questions.entry(EntryId(entry)).entry.about in files:
                return True
        except Mistake:  # an envelope alone
            continue
    return False


def note_form(
    session: Session,
    value: Attachment,
    activities: Sequence[tuple[str, str]],
    about: str,
    done: Callable[[Any], None],
) -> Form:
    """A note in the words of the live log. ``about`` is the activity it is first offered for."""
    fields = [
        FormField(
            name="note", needed="attach.no_note", label=f"Note about {value.exhibit}", entry=Entry.LONG, rows=4,
            hint="As in the live log: who: the words, then #tags. Untagged notes stay on this laptop",
        ),
        FormField(
            name="activity", needed="attach.no_activity", label="Activity", entry=Entry.PICK,
            options=tuple(Option(key, name) for key, name in activities),
        ),
    ]  # fmt: skip

    def submit(values: Values) -> Callable[[UnitOfWork], Made]:
        pasted = form.pasted(("note",))
        return lambda uow: _record(session, uow, value, values, pasted)

    form = Form(
        session, fields, place=f"form/attachment-note/{value.id}", submit=submit, done=done, initiator="files",
        first={"activity": about},
    )  # fmt: skip
    return form


def open_about(bench: Bench, note: EntryRow | None) -> None:
    """From a note to what it is about: its file, the case or record page of its activity."""
    if note is None or note.entry.about is None:
        bench.session.say("Select a note first" if note is None else "This note is about its activity alone")
        return
    about, activity = note.entry.about, note.entry.activity

    def found(is_file: bool) -> None:
        if is_file:
            bench.open_page(Page.FILES, about)
        else:
            bench.open_activity(activity)

    bench.session.workspace.ask_then(
        lambda q: _is_file(q, about), found, lambda problem: bench.session.say(sentence(problem), urgent=True)
    )


def _is_file(questions: Questions, record: RecordId) -> bool:
    try:
        questions.record(Attachment.KIND, record)
    except Mistake:
        return False
    return True


def _record(session: Session, uow: UnitOfWork, value: Attachment, values: Values, pasted: Pastes) -> Made:
    questions = uow.questions
    activity = questions.activity(ActivityId(values["activity"]))
    frameworks = tuple(session.packs.framework(pin) for pin in questions.assessment(activity.assessment).packs)
    people = tuple(questions.people(activity.visit))
    vocabulary = Vocabulary(frameworks=frameworks, people=people, cases=tracked_of(questions, activity.assessment))
    captured = parse(TypedLine(text=" ".join(values["note"].split())), vocabulary)
    if captured.is_blank:
        raise Mistake("attach.no_note", field="note")
    note = note_from(captured, activity, frameworks, origin=origin_of(pasted, captured.text))
    made = record_entry(uow, activity, replace(note, about=value.id))
    return Made(note=made, remarks=tuple(one.text for one in remarks_on(made, captured)))
