"""What presenters need from the outside, as Protocols; ``ui.launch`` gives them the real things."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from fieldkit.kernel.clock import Clock
from fieldkit.kernel.topic import Topic
from ui.presenters.open_texts import OpenTexts
from ui.presenters.preferences import Preferences
from ui.presenters.recents import Recents
from ui.presenters.short_texts import ShortTexts
from ui.presenters.timing import Later
from ui.presenters.undo import UndoStack

if TYPE_CHECKING:  # loaded with the vault, not before the first screen is painted
    from fieldkit.app.boxes import Boxes
    from fieldkit.app.ports import Identity, Questions
    from fieldkit.app.rows import EntryRow
    from fieldkit.app.workspace import Workspace
    from fieldkit.capture.names import NameBook
    from fieldkit.domain.assessment import PackPin
    from fieldkit.domain.framework import Framework
    from fieldkit.domain.receipt import Signed
    from fieldkit.kernel.errors import Trouble
    from fieldkit.kernel.ids import EntryId
    from fieldkit.media.sound import SoundDevices
    from fieldkit.reports.blocks import Document
    from fieldkit.reports.wipe import Erased
    from ui.presenters.hand_over_service import HandOver

Failed = Callable[[Exception], None]


def _no_names() -> NameBook:
    from fieldkit.capture.names import NO_NAMES

    return NO_NAMES


class Say(Protocol):
    """Tells a screen reader what happened; ``urgent`` interrupts what is being read."""

    def __call__(self, text: str, urgent: bool = False) -> None: ...


class Connection(StrEnum):
    """How this laptop stands to its office."""

    STANDALONE = "standalone"
    """Not enrolled: everything stays here."""
    UNKNOWN = "unknown"
    """Enrolled, and nothing tried yet since the vault was opened."""
    NOT_CONNECTED = "not_connected"
    CONNECTED = "connected"
    SENDING = "sending"
    TROUBLE = "trouble"
    """The central store was reached or answered, and something stands in the way; ``code`` says what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeState:
    """The exchange with the central store, as screens show it."""

    connection: Connection = Connection.STANDALONE
    office: str = ""
    sent: int = 0
    total: int = 0
    """Revisions of the round that is going on; both 0 between rounds."""
    file: str = ""
    file_done: int = 0
    file_size: int = 0
    """The exhibit number of the file that is going or coming, and its bytes."""
    file_number: int = 0
    files_total: int = 0
    bytes_done: int = 0
    bytes_total: int = 0
    is_coming: bool = False
    """Which of how many files that is, the bytes of all of them, and whether it comes to this laptop."""
    reading: int = 0
    """Of the team's records, how many the round that is going on has read in."""
    seconds_left: float | None = None
    """Of words or files, whichever are under way; ``None`` while nobody can know."""
    files_held: bool = False
    """The connection is metered and files wait for a person's word."""
    plain_page: str = ""
    """The central store's address without protection: a network that wants people to sign in answers there itself."""
    urgent_waits: bool = False
    """Something urgent was tried and has not arrived yet."""
    last_round_at: datetime | None = None
    next_try_at: datetime | None = None
    problem: Exception | None = None
    rounds: int = 0
    """How many rounds have ended since the vault was opened."""
    confirmed: int = 0
    offered: int = 0
    received: int = 0
    """Of the round that ended last: confirmed, set out with, read in from the team."""
    clock_behind: float = 0.0
    """Seconds by which this laptop's clock is behind the central store's; negative when ahead."""
    signs_in: bool = False
    """The office lets people sign in by their organisation's page."""


class Office(Protocol):
    """Sends and receives by itself; a screen watches, and may ask it to hurry."""

    changed: Topic[OfficeState]

    @property
    def state(self) -> OfficeState: ...
    def nudge(self) -> None:
        """Something new may have to be sent."""

    def send_now(self) -> None:
        """Start a round at once."""

    def stop_sending(self) -> None:
        """Finish the portion that is under way, then rest for ten minutes or until ``send_now``."""

    def send_files_anyway(self) -> None:
        """Let files go over this metered connection, until it is another one."""

    def enrol(self, url: str, code: str, done: Callable[[Enrolled], None], failed: Failed) -> None:
        """Ask an office to let this laptop join. Nothing is kept and nothing sent until ``keep_enrolment``."""

    def sign_in(
        self, url: str, code: str, opened: Callable[[str], None], done: Callable[[Enrolled], None], failed: Failed, *,
        again: bool = False,
    ) -> None:  # fmt: skip
        """Join as whoever signs in on the page that ``opened`` is told of; ``again`` asks the office joined already.

        Waits for a person for five minutes at most. Fails with ``sign_in.…``, ``central.…`` or ``send.…``.
        """

    def cancel_sign_in(self) -> None:
        """End the waiting; nothing was changed."""

    def keep_enrolment(self, done: Callable[[], None], failed: Failed) -> None:
        """The words were compared and are the same: join, and begin to send."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """What both sides read to each other before the laptop joins: key fingerprints as words."""

    office: str
    user: str
    store_words: tuple[str, ...]
    laptop_words: tuple[str, ...]


class SealedItem(Protocol):
    """Something sealed that waits at the office."""

    @property
    def id(self) -> str: ...
    @property
    def sealed(self) -> bytes: ...


class SealedReceipt(Protocol):
    """The office took something sealed: the day, and the SHA-256 it signed for."""

    @property
    def day(self) -> str: ...
    @property
    def digest(self) -> str: ...


class Statements(Protocol):
    """The signed statement that a vault was erased."""

    def sign(self, questions: Questions, identity: Identity, facts: Erased) -> Signed: ...
    def give(self, signed: Signed, certificate: Path, url: str, identity: Identity) -> Trouble | None:
        """Keep it beside the certificate and give it to the office; why that could not be told, if so.

        Waits for the network: on the ``work`` lane only. Raises ``Refusal('central.wiped')``: nothing may be erased.
        """

    def tell(self, signed: Signed, url: str, identity: Identity) -> Trouble | None:
        """Give it to the office alone, where no certificate is made. As ``give`` otherwise."""

    def forget(self, certificate: Path) -> None:
        """Nothing is erased after all: the files go."""


class Mailbox(Protocol):
    """The sealed mailbox at the office. Every call waits for the network: on the ``work`` lane only."""

    def holders(self) -> Sequence[tuple[str, bytes]]:
        """Who holds the speaking-up role, by name and key; trusted only once the words were compared."""

    def publish(self, public: bytes) -> None: ...
    def leave(self, to: bytes, sealed: bytes) -> SealedReceipt: ...
    def waiting(self) -> tuple[Sequence[SealedItem], bool]:
        """What waits for this person, and whether there is more after it."""

    def done(self, ids: Sequence[str]) -> None:
        """These are kept here: the office may destroy them."""


class SoundPlaces(Protocol):
    """Where notes are in the sound that was recorded meanwhile; ``changed`` tells that it may be told anew."""

    changed: Topic[Any]

    def words(self, note: EntryRow) -> str:
        """``12:34 in recording AL7K-3``, or empty."""


class Restrictions(Protocol):
    """Who may know what (``ui.presenters.restricting``); ``changed`` tells that it may be told anew."""

    changed: Topic[Any]

    def words(self, record: str) -> str:
        """``Restricted to Moderator``, or empty."""

    def of_note(self, row: EntryRow) -> str:
        """The same, by the note, what it is about, or its activity."""

    def ask(self, record: str) -> None:
        """Open the form that says who may know it."""


class Asked(Protocol):
    """What waits for a decision (``ui.presenters.deciding.known``); ``changed`` tells that it may be told anew."""

    changed: Topic[Any]

    def words(self, record: str) -> str:
        """``Open question: You and Ben Mate each changed this``, or empty."""

    def decide(self, record: str) -> None:
        """Go to the question about it."""


class Uses(Protocol):
    """Which findings cite a note (``ui.presenters.findings.known``); ``changed`` tells that it may be told anew."""

    changed: Topic[Any]
    waiting: tuple[EntryId, ...]

    def words(self, note: str) -> tuple[str, ...]:
        """``F3 under Learning culture``, for each of them."""

    def claims(self, assessment: str, pack: str, statement: str) -> tuple[str, ...]:
        """``F3 Learning is shared late``, for each finding of a statement."""

    def hand(self, notes: tuple[EntryId, ...]) -> None:
        """Go to the findings with these notes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackOffer:
    """A framework pack that can be chosen for a new assessment."""

    pin: PackPin
    title: str
    statements: int
    effective: str
    subject: str


class PackShelf(Protocol):
    """The framework packs on this laptop. Reading one takes some 100 ms the first time: off the GUI thread."""

    def offers(self) -> tuple[PackOffer, ...]: ...
    def framework(self, pin: PackPin) -> Framework:
        """Raises ``Trouble('pack.missing')`` when this version is not on the laptop."""


@dataclass(slots=True, kw_only=True)
class Session:
    """An open vault with what belongs to it. Lives from unlocking to locking."""

    workspace: Workspace
    office: Office
    packs: PackShelf
    clock: Clock
    later: Later
    undo: UndoStack
    name: str
    initials: str
    is_practice: bool
    folder: Path
    say: Say
    typed_here: set[str]
    """Places of drafts that this run of the program kept: showing one again is no recovery."""
    boxes: Boxes
    """Makes and opens the parts of the vault with a passphrase of their own: on the ``work`` lane."""
    recents: Recents = field(default_factory=Recents)
    """The statements used last."""
    texts: ShortTexts = field(default_factory=ShortTexts)
    name_book: NameBook = field(default_factory=_no_names)
    """The names of the key to names while it is open: lines are compared with them as they are typed."""
    """The person's own short texts, read when the vault was opened."""
    open_texts: OpenTexts = field(default_factory=OpenTexts)
    """What is being typed now, for find and replace."""
    preferences: Preferences = field(default_factory=Preferences)
    sound: SoundDevices | None = None
    """Microphone and loudspeaker; those of the system where none are given."""
    recordings: SoundPlaces | None = None
    """Where notes are in the sound that was recorded meanwhile."""
    restrictions: Restrictions | None = None
    """To whom notes and records are restricted."""
    asked: Asked | None = None
    """Which notes and records have an open question."""
    uses: Uses | None = None
    """Which findings cite a note, and the notes that wait to be added to one."""
    mailbox: Mailbox | None = None
    """Where restricted disclosures are handed over through the office."""
    statements: Statements | None = None
    """Where it is said that a vault was erased."""
    hand_over: HandOver | None = None
    """Handing over without a network: a stick, a cable."""
    notice: str = ""
    """What opening has to tell: that the vault was damaged and what was done about it."""
    told: set[str] = field(default_factory=set)
    """What was said once and need not be said again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVault:
    """What is needed to create a vault."""

    passphrase: str
    name: str
    initials: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Created:
    """A new vault, open, and the recovery key that is shown this once."""

    session: Session
    recovery_key: str


class VaultDoor(Protocol):
    """The way into the vault of this folder. Every call answers later, on the screens' thread."""

    @property
    def is_practice(self) -> bool: ...
    @property
    def folder(self) -> Path: ...
    def exists(self) -> bool: ...
    def is_missing(self) -> bool:
        """A vault was made here, and is not where it was left."""

    def hint(self) -> str:
        """What the locked screen may say: the kind of activity that is open, never a name."""

    def create(self, new: NewVault, done: Callable[[Created], None], failed: Failed) -> None: ...
    def open(self, passphrase: str, done: Callable[[Session], None], failed: Failed) -> None: ...
    def recover(self, key: str, passphrase: str, done: Callable[[Session], None], failed: Failed) -> None: ...
    def restore(
        self,
        backup: Path,
        passphrase: str,
        progress: Callable[[str, int, int], None],
        done: Callable[[Session], None],
        failed: Failed,
    ) -> None:
        """Put a backup in the vault's place and open it; ``progress`` tells what is done, and bytes of bytes."""

    def erase(self, done: Callable[[], None], failed: Failed) -> None:
        """Delete a closed vault with every copy of it on this laptop. Cannot be undone."""

    def close(self, session: Session, done: Callable[[], None]) -> None:
        """Stop sending, drain the store lane, close the vault, forget its keys."""


class Sheets(Protocol):
    """Writes the recovery sheet and other documents, off the screens' thread."""

    def save_document(self, path: Path, document: Document, done: Callable[[], None], failed: Failed) -> None:
        """As the kind its name ends in; a PDF gets its accessible web page beside it."""

    def save_recovery_sheet(
        self, path: Path, recovery_key: str, name: str, done: Callable[[], None], failed: Failed
    ) -> None: ...
    def print_recovery_sheet(self, recovery_key: str, name: str, done: Callable[[str], None], failed: Failed) -> None:
        """Ask for a printer and print; ``done`` is told its name, and is not called where a person changed their mind.

        Fails with ``Trouble('sheet.not_printed')``.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing about this laptop that matters before a vault is made. ``is_wrong`` stands in the way of it."""

    name: str
    words: str
    is_wrong: bool = False


class LaptopChecks(Protocol):
    """Looks at disk space, clock, folder and disk encryption; some of it takes a second, so it answers later."""

    def look(self, done: Callable[[tuple[Check, ...]], None]) -> None: ...
