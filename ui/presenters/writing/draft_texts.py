"""The words in drafts on disk, and where they are: the drafts of pages and forms that are not open now.

Only what a person typed in words is here. A draft that this version cannot read, one behind a passphrase of its own and
what was only chosen from a list have no words to find.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import Any

from fieldkit.app.drafts import keep_draft
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.rows import Draft
from fieldkit.app.sources import read_sources
from fieldkit.capture.replacing import Edits, changed, moved, still
from fieldkit.capture.typed_line import TypedLine
from fieldkit.kernel.errors import FieldKitError
from fieldkit.kernel.ids import ActivityId, EntryId
from ui.presenters.open_texts import ADDITION, FORM, NOTE, form_words
from ui.presenters.wording import ui

LINE, ADDED = "capture/", "addendum/"
"""How the places of drafts begin: lines of notes, words added to a note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftText:
    """Words of a draft on disk; fields as in ``OpenText``."""

    place: str
    text: str
    where: str
    part: str = ""
    label: str = ""
    activity: str = ""
    has_codes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What was made of one text, so that it can be undone. ``emptied`` is the draft of which nothing was left."""

    place: str
    part: str
    before: str
    made: Edits
    emptied: Draft | None = None

    @property
    def after(self) -> str:
        """The text as the edits left it."""
        return changed(self.before, self.made)


def read_drafts(questions: Questions) -> tuple[DraftText, ...]:
    """The words of every draft on disk, newest first."""
    names = _Names(questions)
    drafts = sorted(questions.drafts(), key=lambda one: one.kept_at, reverse=True)
    return tuple(
        DraftText(
            place=one.place, part=part, text=text, label=label, where=names.where(one.place),
            activity=_activity(one.place), has_codes=one.place.startswith(LINE),
        )
        for one in drafts
        for part, (label, text) in parts_of(one).items()
    )  # fmt: skip


def parts_of(draft: Draft) -> dict[str, tuple[str, str]]:
    """Each part with its label and its words."""
    if draft.place.startswith(LINE):
        return {"": (NOTE, draft.text)}
    if draft.place.startswith(ADDED):
        return {"text": (ADDITION["text"], draft.text), "reason": (ADDITION["reason"], draft.extra)}
    if draft.place.startswith(FORM):
        values, labels = _json(draft.text), _json(draft.extra).get("words", {})
        if isinstance(labels, dict):
            return {name: (str(label), str(values[name])) for name, label in labels.items() if name in values}
    return {}


def rewrite(uow: UnitOfWork, wanted: tuple[Change, ...]) -> tuple[Change, ...]:
    """Make changes in drafts on disk; those that were made, of the texts as they were found.

    A draft that is gone was saved or thrown away: nothing is done to what it became.
    """
    done = []
    for one in wanted:
        draft = uow.questions.draft(one.place)
        found = parts_of(draft).get(one.part) if draft is not None else None
        if draft is None and one.emptied is not None:
            keep_draft(uow, one.emptied)
            done.append(dataclasses.replace(one, emptied=None))
            continue
        made = still(one.made, one.before, found[1]) if found is not None else ()
        if draft is None or found is None or not made:
            continue
        fresh = _with(draft, one.part, made)
        keep_draft(uow, fresh)
        done.append(
            Change(place=one.place, part=one.part, before=found[1], made=made, emptied=None if fresh.text else draft)
        )
    return tuple(done)


def _with(draft: Draft, part: str, made: Edits) -> Draft:
    if draft.place.startswith(LINE):
        line = TypedLine.from_extra(draft.text, draft.extra).replaced(made)
        caret = moved(draft.caret, made)
        return dataclasses.replace(draft, text=line.text, extra=line.to_extra(), caret=caret)
    if draft.place.startswith(ADDED):
        if part == "reason":
            return dataclasses.replace(draft, extra=changed(draft.extra, made))
        return dataclasses.replace(draft, text=changed(draft.text, made))
    values = _json(draft.text)
    values[part] = changed(str(values[part]), made)
    return dataclasses.replace(draft, text=json.dumps(values, ensure_ascii=False))


class _Names:
    """What the places of drafts are called; an interview by its reference, never by who was planned for it."""

    def __init__(self, questions: Questions) -> None:
        self._questions = questions

    def where(self, place: str) -> str:
        try:
            if place.startswith(LINE):
                return self._title(ActivityId(_activity(place)))
            if place.startswith(ADDED):
                row = self._questions.entry(EntryId(place.removeprefix(ADDED)))
                return f"Addition to the note of {ui.noticed(row.entry)}"
        except (FieldKitError, KeyError):  # its activity or note is not here any more, and the words still are
            return NOTE
        return form_words(place)

    def _title(self, activity: ActivityId) -> str:
        found = self._questions.activity(activity)
        source = read_sources(self._questions, found.assessment, [found]).get(activity)
        return source.label if source is not None else found.title


def _activity(place: str) -> str:
    return place.removeprefix(LINE).partition("/")[0] if place.startswith(LINE) else ""


def _json(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
