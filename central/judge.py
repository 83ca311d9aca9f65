"""What becomes of a revision: a pure function of what arrived, who brought it and what is held already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from central.items import Item
from central.tables import NOWHERE
from fieldkit.domain.receipt import Outcome

WRITERS = frozenset({"lead", "member"})
"""Roles that may hand in; a ``reader`` only reads."""

DISTRIBUTED = frozenset({Outcome.ACCEPTED.value, Outcome.BRANCH.value, Outcome.ERASED.value})
"""Outcomes that the team sees."""


ACTIVE, REVOKED, SUCCEEDED = "active", "revoked", "succeeded"
"""What a device may be; one that was succeeded may still hand in what it holds."""


class Held(NamedTuple):
    """A row of the log, as far as judging needs it."""

    revision: str
    hash: str
    part: str
    outcome: str
    code: str
    record: str
    assessment: str
    sheet: int
    sender: str
    """The user to whom its sheet was signed."""


class KnownDevice(NamedTuple):
    """A device as enrolled."""

    id: str
    user: str
    author: str
    key: bytes
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What one group is judged by, as read under the lock. ``roles``: the sender's role in each assessment.

    ``assessments``: those that exist at all. ``parents``: known (child, parent, assessment) of the records at hand.
    """

    sender: KnownDevice
    devices: Mapping[str, KnownDevice]
    roles: Mapping[str, str]
    assessments: Set[str]
    erased: Set[str]
    held: Iterable[Held]
    parents: Iterable[tuple[str, str, str]]


class Verdict(NamedTuple):
    """A row to add.

    ``is_new``: this revision was not held in any part; ``adds_content``: its content was not; ``grows``: the team
    sees it for the first time, so its parents now count.
    """

    item: Item
    outcome: Outcome
    code: str
    is_new: bool
    adds_content: bool
    grows: bool


@dataclass(slots=True)
class Judged:
    """The result: rows to add in order of arrival, sheets that answer duplicates, assessments begun here."""

    verdicts: list[Verdict] = field(default_factory=list)
    sheets: list[int] = field(default_factory=list)
    founded: list[str] = field(default_factory=list)


class Judge:
    """Judges the items of one group in turn, remembering what it let in."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._roles = dict(facts.roles)
        self._assessments = set(facts.assessments)
        self._held: dict[str, list[Held]] = {}
        self._heads: dict[tuple[str, str], set[str]] = {}
        self._named: set[tuple[str, str]] = {(parent, place) for _, parent, place in facts.parents}
        for row in facts.held:
            self._held.setdefault(row.revision, []).append(row)
            if row.outcome in DISTRIBUTED and (row.revision, row.assessment) not in self._named:
                self._heads.setdefault((row.assessment, row.record), set()).add(row.revision)
        self.result = Judged()

    def judge(self, item: Item) -> None:
        """Decide about one item and note it in ``result``."""
        code = self._set_aside(item)
        before = self._held.get(item.id, ())
        answer = next((row for row in before if self._answers(row, item, code)), None)
        if answer is not None:
            if answer.sheet and answer.sheet not in self.result.sheets:
                self.result.sheets.append(answer.sheet)
            return
        outcome = self._outcome(item, code, before)
        same = [row for row in before if row.hash == item.hash]
        adds_content = item.part == "c" and outcome is not Outcome.ERASED and all(row.part == "e" for row in same)
        grows = outcome.value in DISTRIBUTED and not any(row.outcome in DISTRIBUTED for row in same)
        self.result.verdicts.append(Verdict(item, outcome, code, not same, adds_content, grows))
        row = Held(
            item.id, item.hash, item.part, outcome.value, code, item.record, item.assessment, 0, self._facts.sender.user
        )
        self._held.setdefault(item.id, []).append(row)

    def _set_aside(self, item: Item) -> str:
        """Why it is kept apart, or empty."""
        device = self._facts.devices.get(item.device)
        if device is None:
            return "device_unknown"
        if REVOKED in (device.status, self._facts.sender.status):
            return "device_revoked"
        if device.author != item.author:
            return "author_foreign"
        return "" if item.assessment == NOWHERE or self._may_write(item.assessment) else "not_member"

    def _may_write(self, assessment: str) -> bool:
        if assessment not in self._assessments:  # whoever first hands in something of an assessment leads it
            self._assessments.add(assessment)
            self._roles[assessment] = "lead"
            self.result.founded.append(assessment)
        return self._roles.get(assessment, "") in WRITERS

    def _answers(self, row: Held, item: Item, code: str) -> bool:
        """Whether ``row`` already says of ``item`` all there is to say, to this sender."""
        if row.hash != item.hash or (item.part == "c" and row.part == "e" and row.outcome != Outcome.ERASED.value):
            return False
        if row.sender != self._facts.sender.user and not self._roles.get(row.assessment):
            return False  # the sheet was signed to somebody else about an assessment that is not the sender's
        if item.id in self._facts.erased:
            return row.outcome == Outcome.ERASED.value
        return row.outcome != Outcome.QUARANTINED.value or row.code == code

    def _outcome(self, item: Item, code: str, before: Iterable[Held]) -> Outcome:
        if code:
            return Outcome.QUARANTINED
        seen = {row.hash for row in before if row.outcome in DISTRIBUTED}
        if seen - {item.hash}:
            return Outcome.COLLISION
        outcome = Outcome.ACCEPTED if seen else self._grow(item)  # disclosed now: nothing branches
        return Outcome.ERASED if item.id in self._facts.erased else outcome

    def _grow(self, item: Item) -> Outcome:
        """Take the item in as a head of its record, and say whether the record branched."""
        heads = self._heads.setdefault((item.assessment, item.record), set())
        late = (item.id, item.assessment) in self._named  # its child came first
        branched = not late and bool(heads - set(item.parents))
        heads.difference_update(item.parents)
        self._named.update((parent, item.assessment) for parent in item.parents)
        if not late:
            heads.add(item.id)
        return Outcome.BRANCH if branched else Outcome.ACCEPTED
