"""One set of edits by three ways, each in a copy of the same world: all three end in the same state."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from central import tables
from central.core import open_core
from central.serve import start_in_thread
from central.settings import Settings
from fieldkit.kernel.clock import FixedClock
from sync.http import CentralStore
from tests.central.kit import Office
from tests.handover.conftest import Team
from tests.handover.kit import at_office, centre, files, mate, read, write
from tests.support.laptop import Laptop


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A copy of everything: the store, two laptops, and an empty stick."""

    office: Office
    ann: Laptop
    ben: Laptop
    stick: Path


def _by_network(world: World) -> None:
    for one in (world.ann, world.ben, world.ann):
        one.settle()


def _by_bundles(world: World) -> None:
    """To the office and back for both; what came after Ben had been there reaches him by a file from Ann."""
    for one in (world.ben, world.ann):
        place = world.stick / one.folder.name
        place.mkdir()
        write(one, centre(one), place)
        at_office(world.office, place)
        read(one, files(place, ".fieldreceipt"))
    write(world.ann, mate(world.ann, "Ben Ode"), world.stick, "for-ben")
    read(world.ben, files(world.stick))


def _by_a_mix(world: World) -> None:
    """A stick to the team-mate, the line, the stick that was made before it, and the line again."""
    ann, ben, stick = world.ann, world.ben, world.stick
    write(ann, mate(ann, "Ben Ode"), stick, "for-ben")
    write(ann, centre(ann), stick, "for-office")
    ben.settle()
    read(ben, [stick / "for-ben.fieldbundle"])
    ann.settle()
    at_office(world.office, stick / "for-office.fieldbundle")
    read(ann, [*files(stick, ".fieldreceipt"), *files(stick, ".fieldreceipt")])
    read(ben, [stick / "for-ben.fieldbundle"])
    ben.settle()
    ann.settle()


def test_the_line_sticks_and_a_mix_of_both_end_in_the_same_state(
    office: Office, team: Team, tmp_path: Path, clock: FixedClock
) -> None:
    """Invariant 23: State(network only) = State(bundle only) = State(any mix), at both laptops and at the store."""
    ann = team("Ann Other")
    meeting = ann.open_meeting()
    ann.settle()
    ben = team("Ben Ode", meeting.assessment)
    ben.settle()
    ben.note("hello")
    ben.settle()
    ann.settle()
    for n in range(3):
        ann.note(f"Ann {n}")
        ben.note(f"Ben {n}")
    late = ann.note("tagged later", tagged=False)
    ann.tag(late)
    ann.note("only for me", tagged=False)
    for one in (ann, ben):
        one.close()
    office.running.stop()
    found = {}
    for way in (_by_network, _by_bundles, _by_a_mix):
        with _copy(office, (ann, ben), tmp_path, way.__name__, clock) as world:
            way(world)
            found[way.__name__] = _state(world)
    office.running = start_in_thread(office.settings, clock)
    for one in (ann, ben):
        one.__init__(one.folder, one.name, clock)  # type: ignore[misc]
    network = found["_by_network"]
    assert network["store"]
    assert found["_by_bundles"] == network
    assert found["_by_a_mix"] == network


def test_a_file_taken_in_five_times_on_three_machines_changes_nothing_after_the_first(
    office: Office, team: Team, stick: Path
) -> None:
    """Invariant 4: one for the office and one for a team-mate, each put into every machine five times."""
    ann = team("Ann Other")
    meeting = ann.open_meeting()
    ann.settle()
    ben = team("Ben Ode", meeting.assessment)
    ben.settle()
    ben.note("hello")
    ben.settle()
    ann.settle()
    ann.note("said here")
    write(ann, centre(ann), stick, "office")
    write(ann, mate(ann, "Ben Ode"), stick, "ben")
    bundles = files(stick)
    states = []
    for _ in range(5):
        at_office(office, *bundles)
        for laptop in (ann, ben):
            read(laptop, [*bundles, *files(stick, ".fieldreceipt")])
        states.append((_store(office), _laptop(ann), _laptop(ben)))
    assert states[1:] == states[:1] * 4
    assert ann.standing.everything_is_there
    assert "said here" in ben.texts
    assert [laptop.vault.verify() for laptop in (ann, ben)] == [[], []]


def _state(world: World) -> dict[str, Any]:
    """What was written, with its words, and what the office confirmed; no numbers of its log, which are its own."""
    return {"store": _store(world.office), "ann": _laptop(world.ann), "ben": _laptop(world.ben)}


def _laptop(laptop: Laptop) -> dict[str, Any]:
    return {
        "log": {
            name: (one.hash, one.content is not None)
            for name, one in laptop.log.items()
            if one.envelope.assessment is not None
        },
        "texts": laptop.texts,
        "waits": laptop.call(lambda store: store.state()).unreceipted,
        "there": laptop.standing.everything_is_there,
    }


def _store(office: Office) -> set[tuple[str, str, str, bool]]:
    log = tables.log.c
    with closing(open_core(office.settings, office.clock)) as core, core.database.read() as connection:
        rows = connection.execute(sa.select(log.revision, log.hash, log.outcome, log.content)).all()
    return {(row.revision, row.hash.hex(), row.outcome, row.content is not None) for row in rows}


@contextmanager
def _copy(office: Office, laptops: tuple[Laptop, Laptop], place: Path, name: str, clock: FixedClock) -> Iterator[World]:
    """A copy of the world, with a line of its own."""
    folder = place / name
    shutil.copytree(office.settings.folder, folder / "central")
    (folder / "stick").mkdir()
    settings: Settings = replace(office.settings, folder=folder / "central")
    running = start_in_thread(settings, clock)
    connect: Callable[[str], CentralStore] = lambda _: CentralStore(running.url)  # noqa: E731
    copies = []
    for one in laptops:
        shutil.copytree(one.folder, folder / one.folder.name)
        copies.append(Laptop(folder / one.folder.name, one.name, clock, connect))
    try:
        yield World(
            office=Office(settings, running, office.made, clock), ann=copies[0], ben=copies[1], stick=folder / "stick"
        )
    finally:
        for copy in copies:
            copy.close()
        running.stop()
