"""Counts that are kept as the log grows are those that counting every row gives, whatever came and whatever went."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from central import admin, tables, tally
from central.core import Core
from central.judge import DISTRIBUTED
from central.open_questions import questions
from central.running_tables import counted
from central.running_tables import tally as tally_table
from fieldkit.domain.assessment import Activity, ActivityKind
from fieldkit.kernel.ids import ActivityId, AssessmentId, VisitId, new_id
from tests.central.kit import Laptop, Office

STEPS = 30


def counted_by_hand(core: Core) -> tuple[int, dict[str, tuple[int, int, str]]]:
    """All revisions; and notes, sealed notes and when the newest note came, by assessment."""
    with core.database.read() as connection:
        rows = connection.execute(sa.select(tables.log)).all()
        unproved = set(connection.execute(sa.select(tables.unproved.c.seq)).scalars())
    shown = [row for row in rows if row.outcome in DISTRIBUTED and row.seq not in unproved and row.kind == "entry"]
    found = {}
    for place in {row.assessment for row in rows}:
        mine = [row for row in shown if row.assessment == place]
        notes = {row.revision for row in mine if row.content is not None}
        sealed = {row.revision for row in mine if row.part == "e"} - {row.revision for row in mine if row.part == "c"}
        last = max((row.received_at for row in mine if row.content is not None), default="")
        found[place] = (len(notes), len(sealed), last)
    return len({row.revision for row in rows}), found


def as_kept(office: Office) -> tuple[int, dict[str, tuple[int, int, str]], dict[str, int]]:
    overview = admin.show(office.settings)
    told = {one.id: (one.notes, one.sealed, one.last_received_at) for one in overview.assessments}
    return overview.revisions, told, {one.id: one.open_questions for one in overview.assessments}


def assert_exact(office: Office) -> dict[str, int]:
    """The kept counts are the true ones; the numbers of open questions by assessment."""
    core = office.running.core
    revisions, told, asked = as_kept(office)
    assert (revisions, told) == counted_by_hand(core)
    assert asked == {place: len(questions(core, None, place).questions) for place in told}
    return asked


class Fieldwork:
    """Two people of two assessments, a reader of one, and what may happen."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.chance = random.Random(20261122)
        self.ada = office.laptop("Ada")
        self.places = [new_id(), new_id()]
        for place in self.places:
            self.ada.push(self.ada.write(place))
        self.ben = office.laptop("Ben", *self.places)
        self.eve = office.laptop("Eve", self.places[0], role="reader")
        self.sealed: list[Any] = []
        self.notes: list[str] = []

    def some(self) -> tuple[Laptop, str]:
        return self.chance.choice((self.ada, self.ben)), self.chance.choice(self.places)

    def write(self) -> None:
        laptop, place = self.some()
        made = [laptop.write(place) for _ in range(self.chance.randint(1, 30))]
        laptop.push(*made)
        self.notes += [one.envelope.id for one in made]

    def keep_back(self) -> None:
        laptop, place = self.some()
        note = laptop.write(place)
        laptop.push(note.sealed())
        self.sealed.append((laptop, note))

    def disclose(self) -> None:
        if self.sealed:
            laptop, note = self.sealed.pop()
            laptop.push(note)
            laptop.push(note)
            self.notes.append(note.envelope.id)

    def erase(self) -> None:
        if self.notes:
            wanted = self.notes.pop(self.chance.randrange(len(self.notes)))
            admin.erase(self.office.settings, wanted, "request", self.office.clock)

    def read_only(self) -> None:
        self.eve.push(self.eve.write(self.places[0]))

    def let_in(self) -> None:
        admin.add_member(self.office.settings, "Eve", self.places[0], "member")
        admin.add_member(self.office.settings, "Eve", self.places[0], "reader")

    def plan_apart(self) -> None:
        """Two people give one activity another title without knowing of each other."""
        place = self.chance.choice(self.places)
        plan = Activity(
            id=ActivityId(new_id()), assessment=AssessmentId(place), visit=VisitId(new_id()),
            kind=ActivityKind.OBSERVATION, title="Board",
        )  # fmt: skip
        body = plan.to_content()
        first = self.ada.write(place, kind="activity", record=plan.id, body=body)
        self.ada.push(first)
        for laptop, title in ((self.ada, "Board in public"), (self.ben, "Board in private")):
            changed = {**body, "title": title}
            laptop.push(laptop.write(place, kind="activity", record=plan.id, parents=[first.envelope.id], body=changed))

    def acts(self) -> list[Callable[[], None]]:
        return [self.write, self.keep_back, self.disclose, self.erase, self.read_only, self.let_in, self.plan_apart]


def test_kept_counts_are_those_of_counting_every_row(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """In any order of handing in, disclosing, erasing and letting in; and after servers that kept no counts."""
    monkeypatch.setattr(tally, "_STEP", 7)
    work = Fieldwork(office)
    for number in range(STEPS):
        office.clock.advance(60)
        work.chance.choice(work.acts())()
        if number % 5 == 4:
            assert_exact(office)
        if number == STEPS // 2:  # an earlier version served for a while: nobody counted
            with office.running.core.database.write() as connection:
                connection.execute(tally_table.delete())
                connection.execute(counted.update().values(upto=0, erasures=0))
    assert any(assert_exact(office).values())
