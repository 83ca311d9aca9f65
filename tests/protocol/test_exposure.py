"""What would be lost is exactly what has no receipt, at every step: held against a count of its own from the log."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from fieldkit.app.entries import (
    NewEntry,
    add_addendum,
    file_evidence,
    record_entry,
    restore_entry,
    take_back_filing,
    withdraw_entry,
)
from fieldkit.app.records import keep, revise
from fieldkit.domain.consent import Agreed, Consent
from fieldkit.domain.entry import Entry, Filing
from fieldkit.domain.receipt import Outcome, ReceiptSheet
from fieldkit.kernel.clock import FixedClock, from_stamp
from fieldkit.kernel.errors import FieldKitError
from fieldkit.kernel.ids import RecordId, new_id
from tests.protocol.conftest import Team
from tests.protocol.test_lost_replies import try_round
from tests.support.backups import StoreBackups
from tests.support.fault_proxy import Fault, FaultProxy, in_turn
from tests.support.laptop import Laptop, tag

pytestmark = pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)

_STEPS = 60
_FAULTS = (Fault.LOSE_REPLY, Fault.TRUNCATE_REPLY, Fault.RESET, Fault.E503, Fault.DUPLICATE)


@dataclass
class Counted:
    """The unreceipted notes, counted from nothing but revisions and signed receipts."""

    notes: dict[str, datetime] = field(default_factory=dict)
    added_to: dict[str, datetime] = field(default_factory=dict)
    let_go: set[str] = field(default_factory=set)

    @property
    def at(self) -> dict[str, datetime]:
        return {**self.added_to, **self.notes}

    @property
    def minutes(self) -> int:
        return len({moment.replace(second=0, microsecond=0) for moment in self.at.values()})

    @property
    def oldest(self) -> datetime | None:
        return min(self.at.values(), default=None)


def count(laptop: Laptop, own: set[str]) -> Counted:
    """By the words of the definition: a note is lost while anything of it that was made here is safe nowhere else.

    What was withdrawn before it left is no loss: whoever wrote it let it go. It counts while its words are to be sent.
    """
    revisions = list(laptop.vault.questions.revisions())
    owed = {
        item.revision.envelope.id
        for item in laptop.call(lambda store: store.outgoing(0, 100_000))
        if item.revision.content is not None
    }
    let_go = {str(row.entry.id) for row in laptop.notes if row.withdrawal is not None} - owed
    safe = {
        (line.revision, line.hash)
        for one in laptop.vault.questions.assessments()
        for signed in laptop.vault.questions.sheets(one.assessment.id)
        for line in ReceiptSheet.from_bytes(signed.data).lines
        if line.has_content and line.outcome is not Outcome.CORRUPT
    }
    found = Counted()
    for one in revisions:
        envelope = one.envelope
        if envelope.device not in own or (envelope.id, one.hash) in safe or one.content is None:
            continue
        if envelope.kind == "entry":
            found.notes[envelope.id] = from_stamp(_body(one.content)["noticed_at"])
        elif envelope.kind in ("addendum", "filing", "withdrawal"):
            entry, recorded = _body(one.content)["entry"], from_stamp(envelope.recorded_at)
            found.added_to[entry] = min(recorded, found.added_to.get(entry, recorded))
    found.let_go = let_go & found.notes.keys()
    for entry in found.let_go:
        del found.notes[entry]
        found.added_to.pop(entry, None)
    return found


def _body(content: bytes | None) -> dict[str, Any]:
    assert content is not None
    body: dict[str, Any] = json.loads(content)
    return body


class Day:
    """Random deeds at one laptop; after each, the meter is held against the count."""

    def __init__(self, seed: int, laptop: Laptop, network: FaultProxy, clock: FixedClock) -> None:
        self.random = random.Random(seed)
        self.laptop = laptop
        self.network = network
        self.clock = clock
        self.own: set[str] = {laptop.vault.perform(lambda uow: uow.identity.device)[0]}
        self.mine: list[Entry] = []
        self.filings: list[Filing] = []
        self.seen: list[int] = []
        self.let_go: set[str] = set()
        self.said: Consent | None = None

    def check(self, after: str) -> None:
        """The meter says exactly what the count says, and the list behind it names the same notes."""
        counted = count(self.laptop, self.own)
        said = self.laptop.vault.questions.exposure()
        listed = self.laptop.vault.questions.exposed(10_000)
        assert (said.entries, said.minutes, said.oldest) == (len(counted.at), counted.minutes, counted.oldest), after
        assert {row.entry.id for row in listed} == set(counted.at), after
        moments = [counted.at[row.entry.id] for row in listed]
        assert moments == sorted(moments), after
        self.seen.append(said.entries)
        self.let_go |= counted.let_go

    def step(self) -> str:
        """One thing that a person or the network may do."""
        deeds: tuple[Callable[[], object], ...] = (
            self.note, self.note, self.note, self.tag, self.untag, self.add_words, self.withdraw, self.bring_back,
            self.send, self.send_badly, self.send_badly, self.consent,
        )  # fmt: skip
        deed = self.random.choice(deeds)
        self.clock.advance(self.random.choice((3, 40, 200)))
        with suppress(FieldKitError):  # nothing to do it to, or done already: that is no change
            deed()
        return deed.__name__

    def note(self) -> None:
        ago = timedelta(seconds=self.random.randrange(0, 900, 7))
        evidence = (tag(),) if self.random.random() < 0.5 else ()
        new = NewEntry(text="Somebody said something", evidence=evidence, noticed_at=self.clock.now() - ago)
        activity = self.laptop.meeting()
        self.mine.append(self.laptop.vault.perform(lambda uow: record_entry(uow, activity, new))[0])

    def tag(self) -> None:
        entry = self._any().id
        filing = self.laptop.vault.perform(lambda uow: file_evidence(uow, entry, [tag()]))[0]
        if filing is not None:
            self.filings.append(filing)

    def untag(self) -> None:
        if self.filings:
            filing = self.filings.pop(self.random.randrange(len(self.filings)))
            self.laptop.vault.perform(lambda uow: take_back_filing(uow, filing))

    def add_words(self) -> None:
        entry = self._any().id
        self.laptop.vault.perform(lambda uow: add_addendum(uow, entry, "And more", "asked again"))

    def withdraw(self) -> None:
        entry = self._any().id
        self.laptop.vault.perform(lambda uow: withdraw_entry(uow, entry, "Said in confidence"))

    def bring_back(self) -> None:
        entry = self._any().id
        self.laptop.vault.perform(lambda uow: restore_entry(uow, entry))

    def consent(self) -> None:
        """Taken back, given again: what it bars stays, with whatever was added to it since."""
        agreed = Agreed.GIVEN if self.said is not None and self.said.bars else Agreed.WITHDRAWN
        activity = self.laptop.meeting()
        record = self.said.id if self.said else RecordId(new_id())
        value = Consent(id=record, assessment=activity.assessment, about=RecordId(activity.id), agreed=agreed)
        deed = keep if self.said is None else revise
        self.laptop.vault.perform(lambda uow: deed(uow, value, priority=0))
        self.said = value

    def send(self) -> None:
        self.network.plan = in_turn()
        self.laptop.settle(most=8)

    def send_badly(self) -> None:
        faults = [self.random.choice((Fault.PASS, *_FAULTS)) for _ in range(4)]
        self.network.plan = in_turn(*faults)
        try_round(self.laptop)
        self.network.plan = in_turn()
        self.laptop.start_again()

    def _any(self) -> Entry:
        notes = [row.entry for row in self.laptop.notes]
        return self.random.choice(notes) if notes else self.mine[0]


@pytest.mark.parametrize("seed", range(4))
def test_the_meter_is_the_unreceipted_set_at_every_step(
    team: Team, network: FaultProxy, backups: StoreBackups, clock: FixedClock, seed: int
) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    day = Day(seed, ada, network, clock)
    day.note()
    ada.settle()
    bob = team("Bob Brown", meeting.assessment)
    bob.settle()
    for n in range(3):
        bob.note(f"Bob {n}")
    bob.settle()
    backup = backups.make()
    slip = ada.note("A slip of the pen", tagged=False)
    day.check("a note that stays")
    ada.vault.perform(lambda uow: withdraw_entry(uow, slip.id, "A slip"))
    day.check("withdrawn before it left")
    assert day.let_go == {str(slip.id)}
    for _ in range(_STEPS):
        day.check(day.step())
    assert len(set(day.seen)) > 4, "the day was too quiet to prove anything"
    backups.go_back_to(backup)
    network.plan = in_turn()
    ada.settle(most=8)
    day.check("the store was set back and healed")
    exposed = {row.entry.id: row for row in ada.vault.questions.exposed(10_000)}
    rows = [row for row in ada.notes if row.is_mine and row.withdrawal is None]
    staying = {row.entry.id for row in rows if row.status.value == "stays"}
    assert staying <= set(exposed)
    others = [exposed[entry] for entry in exposed.keys() - staying]
    assert all(row.barred and row.addenda for row in others), "beside those only words added to what is held"
