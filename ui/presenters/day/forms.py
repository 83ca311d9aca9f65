"""The form of an item of the end-of-day sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from fieldkit.app.day_sheets import Said, add_item, change_item
from fieldkit.app.rows import EntryRow, RecordRow
from fieldkit.domain.day_sheet import LEVELLED, DayItem, Section
from fieldkit.domain.quality_risk import FOR_DISCUSSION, Level
from fieldkit.kernel.ids import EntryId, VisitId
from ui.presenters.day.lines import TITLES, WHAT
from ui.presenters.forms import Action, Entry, Form, FormField, Option, Values, chosen
from ui.presenters.services import Session

_LEVELS = tuple(Option(one.value, one.value.capitalize()) for one in Level)
_NO_LEVEL = Option("none", "None suggested")
_LONGEST = 70


def item_form(
    session: Session,
    visit: VisitId,
    day: date,
    notes: Sequence[EntryRow],
    section: Section | None,
    row: RecordRow | None,
    done: Callable[[Any], None],
) -> Form:
    """A new item, begun in ``section``, or the words of one that is there. ``notes`` are offered to link."""
    item: DayItem | None = row.value if row is not None else None
    fields = _fields(_offered(notes, item))
    first = {"section": section.value} if section is not None else {}
    if item is not None:
        first = {
            "section": item.section.value, "text": item.text, "level": item.level.value if item.level else "",
            "notes": "\n".join(item.notes),
        }  # fmt: skip

    def submit(values: Values) -> Action:
        level = Level(values["level"]) if values["level"] not in ("", "none") else None
        said = Said(
            section=Section(values["section"]), text=values["text"], level=level,
            notes=tuple(EntryId(one) for one in chosen(values.get("notes", ""))),
        )  # fmt: skip
        if item is None:
            return lambda uow: add_item(uow, visit, day, said)
        return lambda uow: change_item(uow, item.id, said)

    place = f"form/day/{item.id if item else f'{visit}/{day.isoformat()}'}"
    return Form(session, fields, place=place, submit=submit, done=done, first=first, initiator="day")


def _fields(offered: tuple[Option, ...]) -> list[FormField]:
    sections = tuple(Option(one.value, f"{TITLES[one]}: {WHAT[one]}") for one in Section)
    levelled = frozenset(one.value for one in LEVELLED)
    fields = [
        FormField(name="text", needed="day.no_text", label="What is to be said?", entry=Entry.LONG, rows=4),
        FormField(name="section", needed="day.no_section", label="Where does it belong?", entry=Entry.CHOICE,
                  options=sections),
        FormField(
            name="level", label="Suggested level of quality assurance (optional)", entry=Entry.CHOICE,
            options=(*_LEVELS, _NO_LEVEL), hint=FOR_DISCUSSION,
            shown=lambda values: values.get("section", "") in levelled,
        ),
    ]  # fmt: skip
    if offered:
        fields.append(FormField(name="notes", label="Linked notes (optional)", entry=Entry.CHECKS, options=offered))
    return fields


def _offered(notes: Sequence[EntryRow], item: DayItem | None) -> tuple[Option, ...]:
    """The notes of the day; those linked already stay linked though they are of another day."""
    known = {row.entry.id: row for row in notes}
    others = [Option(one, "A note of another day") for one in (item.notes if item else ()) if one not in known]
    return (*others, *(Option(row.entry.id, _words(row)) for row in notes))


def _words(row: EntryRow) -> str:
    words = " ".join(row.entry.text.split())
    short = words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()} …"
    return f"{row.entry.noticed_at.astimezone():%H:%M}  {short}"
