"""What becomes of a revision: a pure function of what arrived, who brought it and what is held already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from central.items import Item
from central.tables import NOWHERE
from fieldkit.domain.receipt import Outcome
from fieldkit.domain.roles import Right, words_with

WRITERS = words_with(Right.PUSH)
"""Roles that may hand in, as the tables spell them."""

ACCEPTED, BRANCH, ERASED = Outcome.ACCEPTED.value, Outcome.BRANCH.value, Outcome.ERASED.value
QUARANTINED, COLLISION = Outcome.QUARANTINED.value, Outcome.COLLISION.value
"""Outcomes as the log spells them: reading a member's value costs 0.3 µs, ten times for each revision."""

UNKNOWN = "device_unknown"
"""Why something is kept apart whose signature nobody here can check."""

DISTRIBUTED = frozenset({ACCEPTED, BRANCH, ERASED})
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


class Link(NamedTuple):
    """A revision that the team sees, and one of its parents (which may not have come yet)."""

    revision: str
    parent: str
    record: str
    assessment: str


class KnownDevice(NamedTuple):
    """A device as enrolled."""

    id: str
    user: str
    author: str
    key: bytes
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What one group is judged by, as read under the lock. ``team``: the role of each (assessment, user).

    ``assessments``: those of which something is held. ``held``: rows of the revisions at hand and of their records'
    first ones. ``parents``: every link within the records at hand.
    ``pardoned``: reasons to set aside that a person has overruled. ``is_expired``: the sender's certificate and its
    grace are over. ``closed``: assessments that were closed.
    """

    sender: KnownDevice
    devices: Mapping[str, KnownDevice]
    team: Mapping[tuple[str, str], str]
    assessments: Set[str]
    erased: Set[str]
    held: Iterable[Held]
    parents: Iterable[Link]
    pardoned: Set[str] = frozenset()
    is_expired: bool = False
    closed: Set[str] = frozenset()


class Verdict(NamedTuple):
    """A row to add.

    ``is_new``: this revision was not held in any part; ``adds_content``: its content was not; ``grows``: the team
    sees it for the first time, so its parents now count.
    """

    item: Item
    outcome: str
    code: str
    is_new: bool
    adds_content: bool
    grows: bool


@dataclass(slots=True)
class Judged:
    """The result: rows to add in order of arrival, sheets that answer duplicates, (assessment, user) who now lead."""

    verdicts: list[Verdict] = field(default_factory=list)
    sheets: list[int] = field(default_factory=list)
    leads: list[tuple[str, str]] = field(default_factory=list)


class Judge:
    """Judges the items of one group in turn, remembering what it let in."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._team = dict(facts.team)
        self._assessments = {*facts.assessments, *(assessment for assessment, _ in facts.team)}
        self._codes: dict[tuple[str, str, str], str] = {}
        self._held: dict[str, list[Held]] = {}
        self._named = {(link.parent, link.assessment) for link in facts.parents}
        self._heads: dict[tuple[str, str], set[str]] = {}
        self._new: dict[str, Verdict] = {}
        for row in facts.held:
            self._held.setdefault(row.revision, []).append(row)
            if row.outcome in DISTRIBUTED:
                self._place(row.revision, row.assessment, row.record)
        for link in facts.parents:
            self._place(link.revision, link.assessment, link.record)
        self.result = Judged()

    def judge(self, item: Item) -> None:
        """Decide about one item and note it in ``result``."""
        source = (item.device, item.author, item.assessment)
        code = self._codes.get(source)
        if code is None:
            code = self._codes[source] = self._set_aside(item)
        if item.id in self._held or item.id in self._new:
            self._judge_known(item, code)
            return
        outcome = self._outcome(item, code, frozenset())
        verdict = Verdict(item, outcome, code, True, item.content is not None and outcome != ERASED, not code)
        self._new[item.id] = verdict
        self.result.verdicts.append(verdict)

    def _place(self, revision: str, assessment: str, record: str) -> None:
        """Note a revision that the team sees as a head of its record, unless another names it as a parent."""
        if (revision, assessment) not in self._named:
            self._heads.setdefault((assessment, record), set()).add(revision)

    def _judge_known(self, item: Item, code: str) -> None:
        """Decide about a revision of which something is held, or came earlier in this group."""
        before = self._held.setdefault(item.id, [])
        if (earlier := self._new.pop(item.id, None)) is not None:
            before.append(self._row(earlier))
        answers = [row for row in before if self._answers(row, item, code)]
        answer = next((row for row in answers if row.outcome != QUARANTINED), answers[0] if answers else None)
        if answer is not None:
            if answer.sheet and answer.sheet not in self.result.sheets:
                self.result.sheets.append(answer.sheet)
            return
        outcome = self._outcome(item, code, {row.hash for row in before if row.outcome in DISTRIBUTED})
        same = [row for row in before if row.hash == item.hash]
        signed = [row for row in same if row.code != UNKNOWN]  # of the others nobody had checked the signature
        adds_content = item.content is not None and outcome != ERASED and all(row.part == "e" for row in signed)
        grows = outcome in DISTRIBUTED and not any(row.outcome in DISTRIBUTED for row in same)
        verdict = Verdict(item, outcome, code, not signed, adds_content, grows)
        self.result.verdicts.append(verdict)
        before.append(self._row(verdict))

    def _row(self, verdict: Verdict) -> Held:
        """A verdict of this group as the row it is going to be; its sheet is not signed yet."""
        item = verdict.item
        part = "c" if item.content is not None and verdict.outcome != ERASED else "e"
        sender = self._facts.sender.user
        return Held(item.id, item.hash, part, verdict.outcome, verdict.code, item.record, item.assessment, 0, sender)

    def _set_aside(self, item: Item) -> str:
        """Why it is kept apart, or empty."""
        device = self._facts.devices.get(item.device)
        if device is None:
            return UNKNOWN
        if device.author != item.author:
            return "author_foreign"
        facts = self._facts
        if REVOKED in (device.status, facts.sender.status) and "device_revoked" not in facts.pardoned:
            return "device_revoked"
        if facts.is_expired and "certificate_expired" not in facts.pardoned:
            return "certificate_expired"
        if item.assessment == NOWHERE:
            return ""
        if "not_member" not in facts.pardoned and not self._may_write(item.assessment):
            return "not_member"
        return "case_closed" if item.assessment in facts.closed and "case_closed" not in facts.pardoned else ""

    def _may_write(self, assessment: str) -> bool:
        if assessment not in self._assessments:  # whoever first hands in something of an assessment leads it
            self._assessments.add(assessment)
            self._lead(assessment, self._facts.sender.user)
        return self._role(assessment) in WRITERS

    def _role(self, assessment: str) -> str:
        return self._team.get((assessment, self._facts.sender.user), "")

    def _lead(self, assessment: str, user: str) -> None:
        if (assessment, user) not in self._team:
            self._team[assessment, user] = "lead"
            self.result.leads.append((assessment, user))

    def _answers(self, row: Held, item: Item, code: str) -> bool:
        """Whether ``row`` already says of ``item`` all there is to say, to this sender."""
        if row.hash != item.hash or (item.content is not None and row.part == "e" and row.outcome != ERASED):
            return False
        if row.sender != self._facts.sender.user and not self._role(row.assessment):
            return False  # the sheet was signed to somebody else about an assessment that is not the sender's
        if item.id in self._facts.erased:
            return row.outcome == ERASED
        return row.outcome != QUARANTINED or row.code == code

    def _outcome(self, item: Item, code: str, seen: Set[str]) -> str:
        """The outcome of what is to be added; ``seen``: hashes under which the team sees this revision."""
        if code:
            return QUARANTINED
        if seen and seen != {item.hash}:
            return COLLISION
        outcome = ACCEPTED if seen else self._grow(item)  # disclosed now: nothing branches
        return ERASED if item.id in self._facts.erased else outcome

    def _grow(self, item: Item) -> str:
        """Take the item in as a head of its record, and say whether the record branched."""
        place = (item.assessment, item.record)
        if item.id == item.assessment:  # the first revision of the assessment itself: its author began it
            self._lead(item.assessment, self._facts.devices[item.device].user)
        heads = self._heads.get(place)
        late = (item.id, item.assessment) in self._named  # its child came first
        if heads is None and not item.parents and not late:
            self._heads[place] = {item.id}
            return ACCEPTED
        heads = self._heads.setdefault(place, set())
        branched = not late and bool(heads - set(item.parents))
        heads.difference_update(item.parents)
        self._named.update((parent, item.assessment) for parent in item.parents)
        if not late:
            heads.add(item.id)
        return BRANCH if branched else ACCEPTED
