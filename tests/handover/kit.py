"""Short ways to hand over in tests; everything goes through the code that a person's command runs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from central.bundle_folder import TakenIn, take_in
from fieldkit.domain.hand_over_account import Account
from sync.bundle.giving import Addressee, Given, Giving
from sync.bundle.taking import Taker
from sync.wire.bundles.writing import LARGEST_PART
from tests.central.kit import Office
from tests.support.laptop import APP, Laptop


def centre(laptop: Laptop) -> Addressee:
    """The central store, as this laptop knows it."""
    known = laptop.call(lambda store: store.hand_over.centre())
    assert known is not None
    return Addressee(name=known.office, public=known.public)


def mate(laptop: Laptop, name: str) -> Addressee:
    """A team-mate's laptop, as this laptop knows it."""
    known = laptop.call(lambda store: store.hand_over.laptops())
    one = next(one for one in known if one.name == name)
    return Addressee(name=one.name, public=one.public, device=one.device)


def write(laptop: Laptop, to: Addressee, folder: Path, stem: str = "", limit: int = LARGEST_PART) -> Given:
    """A hand-over file."""
    giving = Giving(call=laptop.call, clock=laptop.clock, app=APP, limit=limit)
    return giving.write(to, folder, stem or laptop.name.replace(" ", "-"))


def at_office(office: Office, *places: Path) -> list[TakenIn]:
    """What somebody of the office does with a stick."""
    return take_in(office.settings, places, clock=office.clock)


def read(laptop: Laptop, paths: Iterable[Path]) -> list[Account]:
    """Take in at a laptop."""
    return Taker(laptop.call).run(paths)


def files(folder: Path, suffix: str = ".fieldbundle") -> list[Path]:
    """What lies on a stick."""
    return sorted(folder.glob(f"*{suffix}"))
