"""Random schedules over the model: what a person, a network and a careless administrator may do, in any order."""

from __future__ import annotations

from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from sync.reconcile import Offer
from tests.model.notes import Bug
from tests.model.world import LAPTOPS, Step, World

WHO = st.integers(0, LAPTOPS - 1)
WHICH = st.integers(0, 5)
FEW = st.integers(1, 3)


class SyncMachine(RuleBasedStateMachine):
    """The design, or one of its seeded bugs. ``steps`` is the schedule so far, ready to be pinned."""

    bug: ClassVar[Bug | None] = None

    @initialize()
    def begin(self) -> None:
        self.world = World(self.bug)
        self.steps: list[Step] = []

    def _do(self, name: str, *arguments: Any) -> None:
        self.steps.append((name, *arguments))
        getattr(self.world, name)(*arguments)

    @rule(
        c=WHO, record=st.sampled_from("xy"), priority=st.integers(0, 2), shared=st.booleans(), merge=st.booleans(),
        photo=st.sampled_from([False, False, True]),
    )  # fmt: skip
    def write(self, c: int, record: str, priority: int, shared: bool, merge: bool, photo: bool) -> None:
        self._do("write", c, record, priority, shared, merge, photo)

    @rule(c=WHO, k=WHICH)
    def share(self, c: int, k: int) -> None:
        self._do("share", c, k)

    @rule(
        c=WHO, fate=st.sampled_from(["ok", "lost_request", "lost_reply", "twice", "delayed"]), n=FEW, back=st.booleans()
    )
    def hand_in(self, c: int, fate: str, n: int, back: bool) -> None:
        self._do("hand_in", c, fate, n, back)

    @rule(c=WHO)
    def greet(self, c: int) -> None:
        self._do("greet", c)

    @precondition(lambda self: any(laptop.offer is Offer.HELD for laptop in self.world.laptops))
    @rule(c=WHO)
    def ask_missing(self, c: int) -> None:
        self._do("ask_missing", c)

    @precondition(lambda self: any(laptop.lacking for laptop in self.world.laptops))
    @rule(c=WHO, is_lost=st.booleans())
    def give_missing(self, c: int, is_lost: bool) -> None:
        self._do("give_missing", c, is_lost)

    @rule(c=WHO, n=FEW, crash=st.sampled_from([None, None, 0, 1]))
    def read_in(self, c: int, n: int, crash: int | None) -> None:
        self._do("read_in", c, n, crash)

    @precondition(lambda self: self.world.late)
    @rule(k=WHICH)
    def deliver_late(self, k: int) -> None:
        self._do("deliver_late", k)

    @rule(c=WHO)
    def begin_slowly(self, c: int) -> None:
        self._do("begin_slowly", c)

    @precondition(lambda self: self.world.office.pending)
    @rule(k=WHICH)
    def commit_slowly(self, k: int) -> None:
        self._do("commit_slowly", k)

    @precondition(lambda self: any(laptop.disk.blobs for laptop in self.world.laptops))
    @rule(c=WHO, is_lost=st.booleans())
    def upload(self, c: int, is_lost: bool) -> None:
        self._do("upload", c, is_lost)

    @rule(c=WHO)
    def export(self, c: int) -> None:
        self._do("export", c)

    @precondition(lambda self: self.world.bundles)
    @rule(k=WHICH, receipt=st.booleans(), keep=st.booleans())
    def take_bundle(self, k: int, receipt: bool, keep: bool) -> None:
        self._do("take_bundle", k, receipt, keep)

    @rule(c=WHO)
    def image(self, c: int) -> None:
        self._do("image", c)

    @precondition(lambda self: self.world.images)
    @rule(k=WHICH)
    def restore_image(self, k: int) -> None:
        self._do("restore_image", k)

    @rule()
    def backup(self) -> None:
        self._do("backup")

    @precondition(lambda self: self.world.backups)
    @rule(k=WHICH)
    def restore_backup(self, k: int) -> None:
        self._do("restore_backup", k)

    @invariant()
    def everything_holds(self) -> None:
        if hasattr(self, "world"):
            self.world.check()

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.world.settle()
