"""What the office's answers leave out of records: ``fieldkit.domain.telling`` over what was handed in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.engine import Connection

from central.held import readable
from central.sources import sources_in
from central.visible import Read, contents, heads_of, value_of
from fieldkit.domain.attachment import Attachment
from fieldkit.domain.consent import Consent
from fieldkit.domain.entry import Entry
from fieldkit.domain.interview import InterviewSession
from fieldkit.domain.sources import standing_consent
from fieldkit.domain.telling import withheld


@dataclass(frozen=True, slots=True)
class Telling:
    """``agreed`` are the consents of each place; ``silent`` the attachments whose giver's code may not be told."""

    agreed: Mapping[str, Sequence[Consent]]
    silent: frozenset[str]

    def told(self, value: Any) -> Any:
        """The record as it may be told today."""
        if not isinstance(value, Consent | InterviewSession | Attachment):
            return value
        standing = standing_consent(self.agreed.get(value.about, ()))
        blank: dict[str, Any] = dict(withheld(value, standing, is_silent=value.id in self.silent))
        return replace(value, **blank) if blank else value


def agreed_in(homes: Iterable[Sequence[Any]]) -> dict[str, list[Consent]]:
    """The standing accounts of all consents among records, by what they are about."""
    found: dict[str, list[Consent]] = {}
    for rows in homes:
        for _, value in heads_of(readable(rows)):
            if isinstance(value, Consent):
                found.setdefault(value.about, []).append(value)
    return found


def silent_in(connection: Connection, assessment: str, heads: Iterable[Read]) -> frozenset[str]:
    """The attachments of interviews, and of notes in them, with somebody whose code may not be told."""
    files = [value for _, value in heads if isinstance(value, Attachment) and value.from_whom]
    if not files:
        return frozenset()
    silent = {one for one, source in sources_in(connection, assessment).items() if not source.shows_speaker}
    places = {str(one.about) for one in files} - silent
    noted = _activities(connection, assessment) if silent and places else {}
    return frozenset(str(one.id) for one in files if noted.get(one.about, one.about) in silent)


def _activities(connection: Connection, assessment: str) -> dict[str, str]:
    """The activity of each note."""
    found = ((row.record, value_of(row)) for row in contents(connection, assessment, (Entry.KIND,)))
    return {record: value.activity for record, value in found if value is not None}
