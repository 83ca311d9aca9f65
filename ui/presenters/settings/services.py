"""What the pages of Settings need from the outside, as Protocols; ``ui.launch`` gives them the real things.

Everything slow runs off the screens' thread: ``done`` and ``failed`` answer there, ``progress`` tells there how far it
is, and the function that comes back stops it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ui.presenters.preferences import Preferences
from ui.presenters.services import Failed, LaptopChecks, Session, Sheets

if TYPE_CHECKING:  # loaded with the vault, not before the first screen is painted
    from fieldkit.app.rows import Finding
    from fieldkit.app.takeout.digests import LogDigest
    from fieldkit.app.takeout.taking_in import Proved
    from fieldkit.app.takeout.taking_in import TakenIn as InVault
    from fieldkit.domain.assessment import PackPin
    from fieldkit.domain.framework import Framework

Progress = Callable[[str, int, int], None]
"""What is being done, how much of it is done, how much there is; 0 of 0 where that is not known."""
Stop = Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class StorageFacts:
    """Where the vault lies and what it takes, in bytes. ``copied_by`` names what copies the folder elsewhere."""

    folder: Path
    vault_bytes: int
    backups: int
    backup_bytes: int
    copied_by: str = ""
    last_backup_at: datetime | None = None
    notes: int = 0
    only_here: int = 0
    """Notes with no receipt of the central store."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupMade:
    """A backup as one file, proved by reading it back. ``place`` is what to call where it lies."""

    file: Path
    place: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What checking everything found: how many records, and what is wrong."""

    records: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOutChoice:
    """``way`` is a word of ``fieldkit.app.takeout.taking_out.Way``; ``folder`` where it goes.

    ``reason``: why it is taken out although questions are open (``fieldkit.app.finalising``).
    """

    assessment: str
    way: str
    folder: Path
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOut:
    """What was written, in bytes, and how many attached files could not go along."""

    path: Path
    size: int
    withheld: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFound:
    """An export that was proved and not taken in yet. ``keys`` are the devices that only the file vouches for, each
    with the words of its key.
    """

    proved: Proved
    keys: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportIn:
    """What came of taking it in, and what the vault now holds of that assessment."""

    taken: InVault
    digest: LogDigest


class VaultKeeper(Protocol):
    """Looks after the open vault."""

    def facts(self, session: Session, done: Callable[[StorageFacts], None], failed: Failed) -> None: ...
    def back_up(
        self, session: Session, folder: Path, progress: Progress, done: Callable[[BackupMade], None], failed: Failed
    ) -> Stop: ...
    def verify(
        self, session: Session, progress: Progress, done: Callable[[Verified], None], failed: Failed
    ) -> Stop: ...
    def take_out(
        self,
        session: Session,
        choice: TakeOutChoice,
        progress: Progress,
        done: Callable[[TakenOut], None],
        failed: Failed,
    ) -> Stop:
        """One assessment in one format."""

    def losses(
        self, session: Session, assessment: str, way: str, done: Callable[[tuple[str, ...]], None], failed: Failed
    ) -> None:
        """What a format cannot hold of an assessment."""

    def prove(
        self, session: Session, path: Path, progress: Progress, done: Callable[[ExportFound], None], failed: Failed
    ) -> Stop:
        """Check all of an export (a file or its folder) and keep nothing of it."""

    def take_in(
        self,
        session: Session,
        found: ExportFound,
        progress: Progress,
        done: Callable[[ExportIn], None],
        failed: Failed,
    ) -> Stop:
        """Keep what was proved; what came before it is stopped stays, and the same file may be taken in once more."""

    def tidy(self, session: Session, done: Callable[[], None], failed: Failed) -> None:
        """All housekeeping that is due."""

    def change_passphrase(
        self, session: Session, present: str, fresh: str, done: Callable[[], None], failed: Failed
    ) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PackRow:
    """A framework pack on this laptop. ``added_on`` is None for one that came with FieldKit."""

    pin: PackPin
    title: str
    source: str
    dated: str
    visits: int
    added_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackFound:
    """A sound pack that was looked at and not added yet."""

    framework: Framework
    file: Path
    is_here: bool = False
    """This very version, to the byte, is on the laptop."""
    subject: str = ""
    """Whom a pack made of a codebook is for; empty for a pack that says so itself."""
    losses: tuple[str, ...] = ()
    """What the codebook had and the draft has not."""


def is_codebook(path: str) -> bool:
    """Whether it is another program's codebook, by its name."""
    return path.strip().casefold().endswith(".qdc")


class PackKeeper(Protocol):
    """The framework packs on this laptop."""

    def rows(self, session: Session, done: Callable[[tuple[PackRow, ...]], None], failed: Failed) -> None: ...
    def look(self, path: Path, subject: str, done: Callable[[PackFound], None], failed: Failed) -> None:
        """Read a pack's folder or file, or make a draft of a codebook (``.qdc``) for ``subject``; check all of it.

        Raises ``Mistake('pack.not_a_pack')`` and its like, ``Mistake('refi.…')`` for a codebook.
        """

    def add(self, found: PackFound, done: Callable[[], None], failed: Failed) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """Something FieldKit is made of, and the terms it came on."""

    name: str
    version: str
    terms: str
    text: str = ""


class Papers(Protocol):
    """The version of the program, and the licences of what it is made of."""

    @property
    def version(self) -> str: ...
    def licences(self, done: Callable[[tuple[Licence, ...]], None], failed: Failed) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """Everything first run and Settings work on. ``erase`` closes the vault and deletes it with all its copies."""

    preferences: Preferences
    checks: LaptopChecks
    sheets: Sheets
    keeper: VaultKeeper
    packs: PackKeeper
    papers: Papers
    erase: Callable[[Failed], None]
