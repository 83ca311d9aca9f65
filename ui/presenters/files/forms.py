"""The forms of the files page: attach, put right what was said, take out of use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from fieldkit.app.attachments import Said, correct, withdraw
from fieldkit.domain.attachment import Attachment, Origin, People
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import AssessmentId, RecordId, VisitId
from fieldkit.media.kinds import PICTURES
from ui.presenters.forms import Entry, Form, FormField, Option, Values
from ui.presenters.services import Session

_NOT_PICTURES = (
    ".pdf", ".doc", ".docx", ".odt", ".txt", ".rtf", ".csv", ".xls", ".xlsx", ".ods", ".ppt", ".pptx", ".msg", ".eml",
    ".mp3", ".wav", ".m4a", ".zip",
)  # fmt: skip
_KEPT = "Somebody’s code is kept and not shown, because of what was agreed. Leave this empty to keep it"
_ALL_FILES = "All files (*)"
_PEOPLE = (
    Option(People.NOBODY.value, "Nobody is in it"),
    Option(People.DECLARED.value, "People are in it, or could be"),
    Option(People.NOT_A_PICTURE.value, "It is not a picture"),
)


def may_be_picture(values: Values) -> bool:
    """Whether the name leaves it open that the file is a picture; its bytes decide when it is attached."""
    name = values.get("file", "").strip().casefold()
    return bool(name) and not name.endswith(_NOT_PICTURES)


def attach_fields(
    activities: Sequence[tuple[str, str]], people: Sequence[str], *, pasted: str = "", belongs: str = "Activity"
) -> list[FormField]:
    """``activities``: id and title of each, ``belongs`` what they are; ``pasted`` names a picture that was copied."""
    file = (
        FormField(name="pasted", label=f"Picture from the clipboard: {pasted}", entry=Entry.WORDS)
        if pasted
        else FormField(
            name="file", needed="attach.no_file", label="File", entry=Entry.FILE, filter=_ALL_FILES,
            hint="It is copied and encrypted. You can take the stick out afterwards",
        )
    )  # fmt: skip
    return [
        file,
        FormField(
            name="about", needed="attach.no_activity", label=belongs, entry=Entry.PICK,
            options=tuple(Option(key, name) for key, name in activities),
        ),
        *said_fields(people, shown=(lambda values: True) if pasted else may_be_picture),
        FormField(
            name="keep_location", label="Keep the place where the photo was taken in the file", entry=Entry.YES,
            hint="It is removed otherwise, and the record says so", shown=None if pasted else may_be_picture,
        ),
    ]  # fmt: skip


def said_fields(people: Sequence[str], *, shown: Callable[[Values], bool] | None) -> list[FormField]:
    """What is said of any file; ``shown`` tells whether people in the shot are asked about."""

    def declared(values: Values) -> bool:
        return (shown is None or shown(values)) and values.get("people") == People.DECLARED.value

    return [
        FormField(
            name="purpose", needed="attach.no_purpose", label="What it shows, or is evidence of", entry=Entry.LONG,
            rows=2,
        ),
        FormField(name="people", label="Are people in the picture?", entry=Entry.CHOICE, options=_PEOPLE, shown=shown),
        FormField(
            name="declaration", needed="attach.no_declaration", label="Who is in it, and who agreed", entry=Entry.LINE,
            shown=declared,
            hint="Codes or roles, no names. Without agreement: why it is kept",
        ),
        FormField(
            name="from_whom", label="From whom (optional)", options=tuple(Option(code, code) for code in people),
            hint="A person’s code or an organisation",
        ),
        FormField(name="place", label="Where (optional)"),
        FormField(name="taken_on", check=_day, label="Taken or written on (optional)", hint="Like 2026-11-12"),
    ]  # fmt: skip


def said_of(values: Values, assessment: AssessmentId, visit: VisitId | None, *, origin: Origin = Origin.FILE) -> Said:
    """What was entered. Raises ``Mistake('attach.day')``."""
    about = values.get("about", "")
    people = values.get("people", "")
    return Said(
        assessment=assessment, visit=visit, about=RecordId(about), origin=origin, purpose=values["purpose"],
        from_whom=values["from_whom"], place=values["place"], taken_on=_day(values["taken_on"]),
        people=People(people) if people else People.NOT_A_PICTURE, declaration=values.get("declaration", ""),
    )  # fmt: skip


def correct_form(
    session: Session, value: Attachment, people: Sequence[str], done: Callable[[Any], None], *, is_silent: bool = False
) -> Form:
    """Put right what was said; number, file and where it belongs stay.

    ``is_silent``: whom it is from may not be told. It stands in no field then, and stays unless another is entered.
    """
    giver = "" if is_silent else value.from_whom
    is_picture = value.media in PICTURES
    fields = [one for one in said_fields(people, shown=None) if is_picture or one.name not in ("people", "declaration")]

    if is_silent and value.from_whom:
        fields = [replace(one, hint=_KEPT) if one.name == "from_whom" else one for one in fields]

    def submit(values: Values) -> Callable[[Any], Any]:
        stays = {"from_whom": values["from_whom"].strip() or value.from_whom} if is_silent else {}
        said = said_of({**values, **stays, "about": value.about}, value.assessment, value.visit)
        return lambda uow: correct(uow, value.id, said)

    first = {
        "purpose": value.purpose, "people": value.people.value, "declaration": value.declaration,
        "from_whom": giver, "place": value.place,
        "taken_on": value.taken_on.isoformat() if value.taken_on else "",
    }  # fmt: skip
    names = {one.name for one in fields}
    return Form(
        session, fields, place=f"form/attachment/{value.id}", submit=submit, done=done, initiator="files",
        first={name: text for name, text in first.items() if name in names},
    )  # fmt: skip


def withdraw_form(session: Session, value: Attachment, done: Callable[[Any], None]) -> Form:
    """Out of use, with the reason."""
    field = FormField(
        name="reason", needed="attach.no_reason", label="Why it is taken out of use", entry=Entry.LONG, rows=2,
        hint="The file and its record stay: this is shown beside them",
    )  # fmt: skip

    def submit(values: Values) -> Callable[[Any], Any]:
        return lambda uow: withdraw(uow, value.id, values["reason"])

    return Form(session, [field], place=f"form/attachment-out/{value.id}", submit=submit, done=done, initiator="files")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError as error:
        raise Mistake("attach.day", field="taken_on", text=text.strip()[:40]) from error
