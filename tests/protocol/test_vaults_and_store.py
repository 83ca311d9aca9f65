"""The rules of the model on real vaults, a real store and real HTTP: any few steps in any order, then all agree.

``make faults`` plays more of them (``FIELDKIT_MODEL_EXAMPLES``).
"""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from central import admin
from central.serve import start_in_thread
from central.settings import Settings
from fieldkit.app.entries import withdraw_entry
from fieldkit.app.rows import SendStatus
from fieldkit.kernel.clock import FixedClock
from tests.central.kit import Office
from tests.protocol.test_lost_replies import try_round
from tests.support.backups import StoreBackups
from tests.support.fault_proxy import EVERY_FAULT, Fault, FaultProxy, always, in_turn
from tests.support.laptop import Laptop

EXAMPLES = max(5, int(os.environ.get("FIELDKIT_MODEL_EXAMPLES", "0")) // 20)
WHO = st.integers(0, 1)
FAULT = st.sampled_from([Fault.PASS, Fault.PASS, *EVERY_FAULT])


class VaultsAndStore(RuleBasedStateMachine):
    """Two laptops of one team. ``shared`` and ``kept`` are the words that may and may not leave."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="fieldkit-machine-"))
        self.clock = FixedClock(datetime(2026, 11, 12, 9, 0, tzinfo=UTC))
        place = Settings(folder=self.folder / "central", port=0)
        made = admin.init(place, "Northmoor office", self.clock)
        self.office = Office(place, start_in_thread(place, self.clock), made, self.clock)
        self.network = FaultProxy(self.office.running.url, stall=0.05)
        self.network.start()
        self.backups = StoreBackups(self.office, self.network, None)
        self.made: list[str] = []
        self.images: list[tuple[int, Path]] = []
        self.count = 0
        ada = Laptop(self.folder / "ada", "Ada Lovelace", self.clock)
        ada.join(place, self.network.url)
        meeting = ada.open_meeting()
        ada.settle()
        bob = Laptop(self.folder / "bob", "Bob Brown", self.clock)
        bob.join(place, self.network.url, meeting.assessment)
        bob.settle()
        self.laptops = [ada, bob]

    @rule(who=WHO, tagged=st.booleans())
    def write(self, who: int, tagged: bool) -> None:
        self.count += 1
        self.laptops[who].note(f"note {self.count:03} by {who}", tagged=tagged)

    @rule(who=WHO, which=st.integers(0, 9))
    def tag_later(self, who: int, which: int) -> None:
        rows = [row for row in self.laptops[who].notes if row.is_mine and not row.evidence and row.withdrawal is None]
        if rows:
            self.laptops[who].tag(rows[which % len(rows)].entry)

    @rule(who=WHO, which=st.integers(0, 9))
    def withdraw(self, who: int, which: int) -> None:
        rows = [row for row in self.laptops[who].notes if row.withdrawal is None]
        if rows:
            entry = rows[which % len(rows)].entry.id
            self.laptops[who].vault.perform(lambda uow: withdraw_entry(uow, entry, "It was another meeting"))

    @rule(who=WHO, fault=FAULT, path=st.sampled_from(["hello", "push", "pull", "missing"]))
    def round(self, who: int, fault: Fault, path: str) -> None:
        self.network.plan = in_turn(fault, path=f"/v1/{path}")
        try_round(self.laptops[who])

    @rule()
    def deliver_late(self) -> None:
        self.network.deliver_old()

    @precondition(lambda self: len(self.made) < 2)
    @rule()
    def backup(self) -> None:
        self.made.append(self.backups.make())

    @precondition(lambda self: self.made)
    @rule(which=st.integers(0, 1))
    def restore_store(self, which: int) -> None:
        self.backups.go_back_to(self.made[which % len(self.made)])

    @precondition(lambda self: len(self.images) < 2)
    @rule(who=WHO)
    def image(self, who: int) -> None:
        self.images.append((who, self.laptops[who].image(self.folder / f"image-{len(self.images)}")))

    @precondition(lambda self: self.images)
    @rule(which=st.integers(0, 1))
    def restore_laptop(self, which: int) -> None:
        who, image = self.images[which % len(self.images)]
        self.laptops[who].go_back_to(image)

    def teardown(self) -> None:
        if not hasattr(self, "laptops"):
            return
        try:
            self._all_agree()
        finally:
            for laptop in self.laptops:
                laptop.close()
            self.network.stop()
            self.office.running.stop()
            shutil.rmtree(self.folder)

    def _all_agree(self) -> None:
        self.network.plan = always(Fault.PASS)
        alive = {text for laptop in self.laptops for text in laptop.texts}
        for _ in range(3):
            for laptop in self.laptops:
                laptop.settle(most=8)
        ada, bob = self.laptops
        for laptop, other in ((ada, bob), (bob, ada)):
            mine = {row.entry.text: row for row in laptop.notes}
            theirs = {row.entry.text: row for row in other.notes}
            left = {text for text, row in mine.items() if row.is_mine and row.status is not SendStatus.STAYS}
            assert len(laptop.texts) == len(mine), "a note is shown twice"
            assert left <= theirs.keys(), f"{left - theirs.keys()} did not arrive"
            stayed = {text for text, row in mine.items() if row.is_mine and row.status is SendStatus.STAYS}
            assert not stayed & theirs.keys(), f"{stayed & theirs.keys()} was to stay"
            for text in left:
                assert mine[text].evidence == theirs[text].evidence
                assert (mine[text].withdrawal is None) == (theirs[text].withdrawal is None)
            assert laptop.standing.everything_is_there
            assert laptop.vault.verify() == []
        assert alive <= {text for laptop in self.laptops for text in laptop.texts}, "a note is lost"


@pytest.mark.slow
def test_any_few_steps_in_any_order_leave_all_in_agreement() -> None:
    run_state_machine_as_test(
        VaultsAndStore,
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=14, deadline=None, database=None,
            derandomize="FIELDKIT_MODEL_EXAMPLES" not in os.environ, suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
