"""The files of an export: which go out beside the document, under what name, and why one does not.

A file goes out as it lies in the vault, whose SHA-256 its record names. One that a consent holds is listed without a
word (not even its hash, by which a known document is recognised). Sound of somebody who is not attributable, and a
picture with people in it, tell who they are whatever the words leave out; a copy with black boxes was made to go out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fieldkit.app.ports import Questions
from fieldkit.app.sources import read_sources
from fieldkit.domain.attachment import Attachment, Origin, People
from fieldkit.kernel.errors import FieldKitError
from fieldkit.kernel.ids import ActivityId, AssessmentId, EntryId

FOLDER = "files"
"""Beside the document."""

_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")


class Withheld(StrEnum):
    """Why a file does not go out."""

    HELD = "held"
    NOT_ATTRIBUTABLE = "not_attributable"
    NOT_HERE = "not_here"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOut:
    """A file of an export, or why it is none. ``path`` is relative to the document."""

    value: Attachment
    path: str
    withheld: Withheld | None = None

    def told(self) -> dict[str, Any]:
        """As the document lists it."""
        if self.withheld is Withheld.HELD:
            return {"record": self.value.id, "withheld": self.withheld.value}
        about = {"record": self.value.id, "exhibit": self.value.exhibit, "sha256": self.value.sha256}
        if self.withheld is not None:
            return {**about, "size": self.value.size, "withheld": self.withheld.value}
        return {**about, "size": self.value.size, "path": self.path, "withheld": None}


def files_out(questions: Questions, assessment: AssessmentId) -> list[FileOut]:
    """Every attachment of an assessment, in the order of their arrival; whether its file is here is not asked."""
    rows = questions.records(Attachment.KIND, assessment=assessment)
    unnamed = unattributable(questions, assessment, (row.value for row in rows))
    found = []
    for row in rows:
        value: Attachment = row.value
        shows = value.origin is Origin.RECORDING or value.people is People.DECLARED
        withheld = Withheld.NOT_ATTRIBUTABLE if value.id in unnamed and shows and not value.boxes else None
        if row.barred is not None:
            withheld = Withheld.HELD
        found.append(FileOut(value=value, path=_path(value), withheld=withheld))
    return found


def unattributable(questions: Questions, assessment: AssessmentId, values: Iterable[Attachment]) -> frozenset[str]:
    """The attachments of interviews (or of notes in them) with somebody whose code may not be told."""
    activities = [row.activity for visit in questions.visits(assessment) for row in questions.activities(visit.id)]
    silent = {
        one for one, source in read_sources(questions, assessment, activities).items() if not source.shows_speaker
    }
    return frozenset(str(one.id) for one in values if silent and _activity_of(questions, str(one.about)) in silent)


def _activity_of(questions: Questions, about: str) -> ActivityId:
    """The activity that is meant, or the one of the note that is."""
    try:
        return questions.entry(EntryId(about)).entry.activity
    except FieldKitError:
        return ActivityId(about)


def _path(value: Attachment) -> str:
    """Exhibit, beginning of the hash and ending: a team-mate chose the name, which may be anything."""
    ending = _ENDING.search(value.name)
    return f"{FOLDER}/{value.exhibit}-{value.sha256[:12]}{ending[0].lower() if ending else ''}"
