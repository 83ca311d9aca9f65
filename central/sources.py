"""Whose code the office may read beside a note: ``fieldkit.domain.sources`` over what was handed in.

Laptops show the code of somebody in an interview or focus group only while a consent allows it. A code that was noted
while it did, and may not be told now, is in the log for ever; no answer of the store tells it.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.engine import Connection

from central.held import by_record, readable
from central.visible import at_home, contents, heads_of, shown
from fieldkit.domain.assessment import Activity, ActivityKind
from fieldkit.domain.consent import Consent
from fieldkit.domain.interview import InterviewSession
from fieldkit.domain.sources import Source, sources_of
from fieldkit.kernel.ids import ActivityId

_KINDS = (Activity.KIND, Consent.KIND, InterviewSession.KIND)


def sources_in(connection: Connection, assessment: str) -> Mapping[ActivityId, Source]:
    """The source of each interview and focus group.

    Of a consent that two people revised apart the account that protects most decides, as for what it bars. A place with
    a consent or session whose plan has not arrived is taken for an interview: nothing is told before that is known.
    """
    kinds: dict[ActivityId, ActivityKind] = {}
    consents: list[Consent] = []
    sessions: list[InterviewSession] = []
    for record, rows in by_record(contents(connection, assessment, _KINDS)).items():
        found = readable(at_home(record, rows))
        consents += [value for _, value in heads_of(found) if isinstance(value, Consent)]
        pair = shown(found)
        if pair is not None and isinstance(pair[1], InterviewSession):
            sessions.append(pair[1])
        elif pair is not None and isinstance(pair[1], Activity):
            kinds[pair[1].id] = pair[1].kind
    for about in (*(one.about for one in consents), *(one.about for one in sessions)):
        kinds.setdefault(ActivityId(about), ActivityKind.INTERVIEW)
    return sources_of(kinds, sessions, consents)
