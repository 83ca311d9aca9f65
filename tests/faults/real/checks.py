"""What must be true after every step, and of everybody once the storm is over (invariants of docs/invariants.md)."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any, NamedTuple

import sqlalchemy as sa

from central import intake, tables
from central.file_folder import FOLDER
from central.judge import DISTRIBUTED, REVOKED
from fieldkit.app.floods import allow, flood_of
from fieldkit.app.rows import SendStatus
from fieldkit.domain.receipt import next_chain
from fieldkit.domain.sharing import NEVER_SHARED
from fieldkit.kernel.errors import FieldKitError
from fieldkit.kernel.ids import AssessmentId
from sync.wire.frames import FrameReader, read_frames
from tests.faults.real.world import World
from tests.support.laptop import Laptop

MOST_ROUNDS = 12
_log = tables.log.c


class Row(NamedTuple):
    """A row of the office's log, as far as it is compared."""

    seq: int
    revision: str
    hash: str
    part: str
    outcome: str
    assessment: str
    author: str
    chain: str


class Log(NamedTuple):
    """The office's log as it stands."""

    epoch: str
    rows: list[Row]

    @property
    def envelopes(self) -> set[tuple[str, str]]:
        return {(row.revision, row.hash) for row in self.rows}

    @property
    def contents(self) -> set[str]:
        return {row.revision for row in self.rows if row.part == "c"}


def log_of(world: World) -> Log:
    """Read it from the database itself."""
    columns = (_log.seq, _log.revision, _log.hash, _log.part, _log.outcome, _log.assessment, _log.author, _log.chain)
    with world.office.running.core.database.read() as connection:
        epoch = connection.execute(sa.select(tables.store.c.epoch)).scalar_one()
        rows = connection.execute(sa.select(*columns).order_by(_log.seq))
        return Log(
            str(epoch), [Row(r[0], str(r[1]), r[2].hex(), r[3], r[4], str(r[5]), str(r[6]), r[7].hex()) for r in rows]
        )


def check(world: World) -> None:
    """Invariants 1 to 14 as far as they can be seen between two steps. Raises ``AssertionError``."""
    log = log_of(world)
    _the_log_is_one_chain(log)
    for c, laptop in enumerate(world.laptops):
        _what_is_confirmed_is_there(world, log, c, laptop)
    _files_are_what_they_are_called(world)
    _urgent_goes_first(world)


def _the_log_is_one_chain(log: Log) -> None:
    """Invariants 3, 4 and 5: numbered without a gap, each part of a revision once, one running hash."""
    chain = ""
    for number, row in enumerate(log.rows, 1):
        chain = next_chain(chain, row.revision, row.hash, row.part == "c")
        assert (row.seq, row.chain) == (number, chain), f"number {row.seq} of the log does not follow"
    seen = Counter((row.revision, row.hash, row.part) for row in log.rows if row.outcome in DISTRIBUTED)
    assert all(n == 1 for n in seen.values()), f"{[key for key, n in seen.items() if n > 1]} are kept twice"


def knows(world: World, log: Log, laptop: Laptop) -> bool:
    """Whether the laptop has nothing yet to find out about a store that was put back."""
    state = laptop.call(lambda store: store.state())
    chains = {0: "", **{row.seq: row.chain for row in log.rows}}
    if state.reoffer or (state.epoch not in {None, log.epoch}):
        return False
    return all(w.epoch == log.epoch and chains.get(w.seq) == w.chain for w in state.witnesses)


def _what_is_confirmed_is_there(world: World, log: Log, c: int, laptop: Laptop) -> None:
    """Invariants 2, 6 and 11: what counts as sent is there with the same hash, and no cursor has run ahead."""
    if not knows(world, log, laptop):
        return  # it was restored, and the next hello will find out
    state = laptop.call(lambda store: store.state())
    held = laptop.log
    waiting = {item.revision.envelope.id for item in laptop.call(lambda store: store.outgoing(0, 100_000))}
    own = {i: one for i, one in held.items() if one.envelope.author == state.identity.author}
    for identity, one in own.items():
        if identity not in waiting:
            assert (identity, one.hash) in log.envelopes, f"{laptop.name} believes that {identity} is at the office"
    for row in laptop.notes:
        if row.is_mine and row.status is SendStatus.CONFIRMED:
            assert str(row.entry.id) in log.contents, (
                f"{laptop.name} believes that the words {row.entry.text!r} are there"
            )
    cursors = {str(cursor.assessment): cursor.seq for cursor in state.cursors if cursor.epoch == log.epoch}
    for line in log.rows:
        if line.author != state.identity.author and line.outcome in DISTRIBUTED:
            ahead = line.seq <= cursors.get(line.assessment, 0) and line.revision not in held
            assert not ahead, f"{laptop.name} has skipped {line}"


def _files_are_what_they_are_called(world: World) -> None:
    """Invariant 9."""
    for path in (world.office.settings.folder / FOLDER).glob("[0-9a-f][0-9a-f]/*/*"):
        name = path.name.partition(".")[0]
        assert hashlib.sha256(path.read_bytes()).hexdigest() == name, f"{name} is another file"


def _urgent_goes_first(world: World) -> None:
    """Invariant 10: no request holds both, and none with what is urgent comes after another.

    Where a push of this run of the program was spoilt, what was in it may be suspected and go last (invariant 18).
    """
    found = [_priorities(one.request_body) for one in world.pushes]
    assert all(len(kinds) == 1 for kinds in found), "what is urgent shares a request"
    order = [min(kinds) for kinds in found]
    if world.asking in world.suspecting:
        return
    assert order == sorted(order), "what is urgent waited"


def _priorities(body: bytes) -> set[int]:
    reader, found = FrameReader(), set[int]()
    for _, payload in read_frames([body]):
        envelope = reader.revision(payload)[0].envelope
        found.add(0 if b'"priority":0' in envelope else 1)
    return found


# After the storm


def settle(world: World) -> None:
    """No more faults: everybody agrees, and nothing that anybody holds is missing (invariants 1, 20 to 24 and 26)."""
    world.deliver_late()
    stopped = _stopped(world)
    before = [set(laptop.texts) for laptop in world.laptops]
    for turn in range(3):
        for c in range(len(world.laptops)):
            _through(world, c, is_stopped=c in stopped)
        if turn == 0:
            waiting = [row.seq for row in intake.listing(world.office.settings, clock=world.clock)]
            if waiting:
                intake.accept(world.office.settings, waiting, by="O. Office", clock=world.clock)
        world.network.exchanges.clear()
        check(world)
    log = log_of(world)
    for c, laptop in enumerate(world.laptops):
        assert before[c] <= set(laptop.texts), f"{laptop.name} lost {before[c] - set(laptop.texts)}"
        assert laptop.vault.verify() == [], f"the vault of {laptop.name} does not verify"
        if c not in stopped or not world.rewound_since_revoked:
            _is_at_the_office(log, laptop)
    if not stopped:
        _all_hold_the_same(world, log)


def _stopped(world: World) -> set[int]:
    """Laptops that the office has stopped (a backup put back may have forgotten it)."""
    device = tables.device.c
    with world.office.running.core.database.read() as connection:
        stopped = {str(d) for d in connection.execute(sa.select(device.id).where(device.status == REVOKED)).scalars()}
    mine = [str(laptop.call(lambda store: store.state()).identity.device) for laptop in world.laptops]
    return {c for c, name in enumerate(mine) if name in stopped}


def _through(world: World, c: int, *, is_stopped: bool) -> None:
    laptop = world.laptops[c]
    for _ in range(MOST_ROUNDS):
        world.network.exchanges.clear()
        world.asking = c
        try:
            report = laptop.round()
        except FieldKitError as error:
            if error.code != "central.device_unknown":
                raise AssertionError(f"a round of {laptop.name} over a good line ended in {error}") from error
            world.join_again(c)
            continue
        _urgent_goes_first(world)
        if getattr(report.problem, "code", "") == "flood.pull":
            _say_that_a_flood_may_come(laptop, AssessmentId(world.assessment))
            continue
        waiting = laptop.call(lambda store: store.state()).unreceipted
        if not report.again and not waiting and (is_stopped or laptop.standing.files_missing == 0):
            return
    raise AssertionError(f"{laptop.name} is not through after {MOST_ROUNDS} rounds: {laptop.standing}")


def _say_that_a_flood_may_come(laptop: Laptop, assessment: AssessmentId) -> None:
    """Many withdrawals at once wait for a person (invariant 19): here is one."""
    flood = flood_of(laptop.vault.questions, assessment)
    assert flood is not None
    laptop.vault.perform(lambda uow: allow(uow, assessment, flood.count))


def _is_at_the_office(log: Log, laptop: Laptop) -> None:
    """Invariants 1, 21 and 26: whatever is held here of the assessment is there; untagged words are not."""
    for identity, one in laptop.log.items():
        if one.envelope.assessment is not None and one.envelope.kind not in NEVER_SHARED:
            assert (identity, one.hash) in log.envelopes, f"{identity} of {laptop.name} never reached the office"
    stays = {str(row.entry.id) for row in laptop.notes if row.is_mine and row.status is SendStatus.STAYS}
    assert not stays & log.contents, f"untagged words of {laptop.name} are at the office"


def _all_hold_the_same(world: World, log: Log) -> None:
    """Invariants 7 and 20: the same set, the same open ends, and every account of what both have changed."""
    shared = [_shared(laptop) for laptop in world.laptops]
    assert shared[0] == shared[1], f"they differ in {shared[0] ^ shared[1]}"
    meeting = str(world.laptops[0].meeting().id)
    ends = [frozenset(laptop.vault.questions.heads(meeting)) for laptop in world.laptops]
    assert ends[0] == ends[1], "they show different open ends"
    for laptop in world.laptops:
        assert laptop.standing.everything_is_there, f"{laptop.name}: {laptop.standing}"
        _no_account_is_hidden(laptop, meeting)


def _shared(laptop: Laptop) -> set[tuple[str, str]]:
    return {
        (identity, one.hash)
        for identity, one in laptop.log.items()
        if one.envelope.assessment is not None and one.envelope.kind not in NEVER_SHARED
    }


def _no_account_is_hidden(laptop: Laptop, record: str) -> None:
    """Of one title changed twice at once both stand until a person decides: nobody's is taken by the machine."""
    rows: list[Any] = list(laptop.vault.questions.accounts(record))
    titles = {row.revision: (row.account.body or {}).get("title") for row in rows}
    for row in rows:
        chosen = {titles.get(parent) for parent in row.account.parents}
        assert row.decision is None or len(chosen) < 2, f"the machine chose between {chosen}"
