"""Many things taken out of use at once by what came from elsewhere: nothing of it applies before a person says so.

One laptop with a fault, or one person with a grudge, could take a team's evidence out of use everywhere with the next
sending. So a pull or an import that would take out of use more than a tenth of an assessment's records, or more than
fifty, pauses: what was read of that assessment from there on waits at the central store, everything else goes on, and
a person decides. That somebody did is on the vault's own record (sync.md 5.14, invariant 19).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.kernel.clock import from_stamp, to_stamp
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import AssessmentId, RevisionId

PAUSED = "paused/"
ALLOWED = "allowed/"
MOST = 50
"""Records that may be taken out of use at once."""
SHARE = 10
"""One in so many; of fewer than ``FEWEST`` nobody is asked, since a day's work takes out one or two."""
FEWEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Flood:
    """What waits: the revisions that take something out of use, of how many that stand, since when, and by whom.

    ``authors`` are the names of those who wrote them, as far as they are known here.
    """

    assessment: AssessmentId
    revisions: tuple[RevisionId, ...]
    standing: int
    since: datetime
    authors: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return len(self.revisions)

    def to_text(self) -> str:
        """As the vault keeps it."""
        return json.dumps(
            {"revisions": self.revisions, "standing": self.standing, "since": to_stamp(self.since),
             "authors": self.authors}
        )  # fmt: skip


def is_flood(count: int, standing: int) -> bool:
    """Whether so many of so many are to be asked about."""
    return count > MOST or (count >= FEWEST and count * SHARE > standing)


def floods(questions: Questions) -> list[Flood]:
    """What waits for a person, by assessment."""
    return [found for row in questions.assessments() if (found := flood_of(questions, row.assessment.id)) is not None]


def flood_of(questions: Questions, assessment: AssessmentId) -> Flood | None:
    """What waits of one assessment."""
    kept = questions.setting(f"{PAUSED}{assessment}")
    return None if kept is None else from_text(assessment, kept)


def from_text(assessment: AssessmentId, kept: str) -> Flood:
    """What ``Flood.to_text`` wrote."""
    raw = json.loads(kept)
    return Flood(
        assessment=assessment, revisions=tuple(raw["revisions"]), standing=raw["standing"],
        since=from_stamp(raw["since"]), authors=tuple(raw["authors"]),
    )  # fmt: skip


def allow(uow: UnitOfWork, assessment: AssessmentId, seen: int) -> Flood:
    """Let in what waits; the next sending or import takes it. ``seen`` is the number the person was told.

    Raises ``Mistake('flood.none')``, or ``Mistake('flood.changed')`` where it became more meanwhile.
    """
    found = flood_of(uow.questions, assessment)
    if found is None:
        raise Mistake("flood.none")
    if found.count != seen:
        raise Mistake("flood.changed", count=f"{found.count:,}")
    uow.note_allowed(assessment, found.count)
    before = uow.questions.setting(f"{ALLOWED}{assessment}")
    known = json.loads(before) if before else []
    uow.set_setting(f"{ALLOWED}{assessment}", json.dumps([*known, *found.revisions]))
    uow.set_setting(f"{PAUSED}{assessment}", None)
    return found
