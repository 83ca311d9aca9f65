"""Handing over without a network: who can be handed something, and what the vault keeps of what was handed over.

Nothing here counts as sent. Writing a file for a stick changes nothing but this list; a tick comes from the central
store's receipt alone, whichever way that comes home.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from fieldkit.app.changes import ChangeSet
from fieldkit.app.transfers import FileTask
from fieldkit.domain.key_card import KeyCard
from fieldkit.domain.receipt import Cursor, Signed, Witness
from fieldkit.domain.revision import Revision
from fieldkit.kernel.ids import AssessmentId, AuthorId, DeviceId
from fieldkit.kernel.signing import SigningKey

MOST_KEPT = 100
"""Hand-overs remembered: the newest."""


class KnownBy(StrEnum):
    """Who says that this key is that laptop's."""

    OFFICE = "office"
    """The central store signed it."""
    CARD = "card"
    """Its own card, compared by words, or the words of a pairing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLaptop:
    """Somebody's laptop to which something can be sealed. ``assessments`` are those that it may be given.

    ``roles``: its person's part in each of them, as the office's list says; by a card alone nobody has one.
    """

    device: DeviceId
    author: AuthorId
    public: bytes
    name: str
    role: str
    assessments: frozenset[AssessmentId]
    by: KnownBy
    roles: Mapping[AssessmentId, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """Somebody who has a file and hands it on, by their laptop's signed word; never a confirmation.

    ``parts`` are those that came whole to them, as far as their sizes tell.
    """

    name: str
    at: datetime
    device: str = ""
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """A file that was written, or given over a cable. ``to`` is a name; ``is_centre``: the central store."""

    bundle: str
    at: datetime
    to: str
    is_centre: bool
    revisions: int
    files: int
    parts: int
    carriers: tuple[Carrier, ...] = ()
    confirmed_at: datetime | None = None
    """When the store's receipts for it were taken in from a receipt file."""
    sizes: tuple[int, ...] = ()
    """Bytes of its parts; empty over a cable."""
    reached: int = 0
    """Whatever was made here up to this number of the log was in it, or confirmed before; 0: not known."""
    is_there: bool = False
    """Everything of it is at the office, by receipts that are stored here: found out anew each time it is asked."""
    asks: bool = False
    """It hands nothing in: it asks for the team's work."""

    @property
    def carried(self) -> tuple[int, ...]:
        """Its parts that somebody carries."""
        return tuple(sorted({part for one in self.carriers for part in one.parts}))


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedFile:
    """A part of somebody else's file for the central store, carried sealed: nobody reads it on the way.

    ``next`` is the piece from which handing on goes on. ``taken`` and ``spoilt`` are what the store said of it;
    ``refused`` is the reason why it took nothing.
    """

    bundle: str
    part: int
    size: int
    at: datetime
    next: int = 0
    taken: int = 0
    spoilt: int = 0
    gaps: int = 0
    """Places of attached files that the store could not use before an earlier part is there."""
    handed_on_at: datetime | None = None
    refused: str = ""
    given_at: datetime | None = None
    """When the store's receipts for it were put where its writer finds them."""

    @property
    def stem(self) -> str:
        """What its files here are called."""
        return f"{self.bundle}.part{self.part}"

    @property
    def has_receipts(self) -> bool:
        """Whether receipts for it are still to be given back."""
        return self.next > 0 and self.given_at is None

    @property
    def is_waiting(self) -> bool:
        """Whether the next sending hands it on."""
        return self.handed_on_at is None and not self.refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """Who writes here, with the present device's key."""

    device: DeviceId
    author: AuthorId
    name: str
    initials: str
    key: SigningKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Centre:
    """The central store that this vault hands in to."""

    office: str
    public: bytes


class CarryStore(Protocol):
    """What this laptop carries for others, and what others say that they carry for it."""

    @property
    def folder(self) -> Path:
        """Where sealed files wait to be handed on, and the store's receipts for them to be given back."""

    def files(self) -> list[CarriedFile]:
        """What is or was carried, in the order it came."""

    def note_file(self, carried: CarriedFile, *, is_handed_on: bool = False) -> ChangeSet:
        """Remember it, or how far it came, now to its end. Of those that are over the newest are kept."""

    def note_given(self, carried: CarriedFile) -> ChangeSet:
        """The store's receipts for it were put where its writer finds them."""

    def note_carrier(self, signed: Signed) -> HandedOver:
        """Remember that somebody carries a hand-over of this laptop's; which.

        Raises ``Refusal`` with ``handover.carrier_spoilt``, ``handover.carrier_unknown``, ``handover.other_office``
        (of another office, which is no use) or ``handover.not_for_you`` (a file that this laptop did not write).
        """

    def sheets_for(self, device: str) -> list[Signed]:
        """The store's receipts that came here and confirm something of a team-mate's laptop: theirs as much as ours."""

    def file_receipts_for(self, device: str) -> list[Signed]:
        """The same for files that they attached."""

    def note_brought(self, file: FileTask) -> None:
        """The bytes of a team-mate's file came with a hand-over, for this very assessment: they may be handed on."""


class HandOverStore(Protocol):
    """The vault as handing over sees it; each method is one local transaction on the store lane."""

    def me(self) -> Me:
        """Who and what this laptop is."""

    def centre(self) -> Centre | None:
        """The office's store, known without a network since the laptop joined; ``None``: it works on its own."""

    def asked(self) -> dict[str, Any]:
        """What this laptop would ask of the store: epoch, cursors, and where its own chain ends."""

    def cursor(self, assessment: AssessmentId, epoch: str) -> int | None:
        """How far this assessment was read in this epoch; ``None`` where the vault knows another epoch or none."""

    def all_assessments(self) -> frozenset[AssessmentId]:
        """Every assessment of which something is here."""

    def signing_keys(self) -> list[SigningKey]:
        """Of every device that this vault has been, the present one first."""

    def laptops(self) -> list[KnownLaptop]:
        """Team-mates' laptops, by name; not this one."""

    def may_take(self) -> frozenset[AssessmentId] | None:
        """The assessments that this laptop may take in; ``None``: any (it works on its own)."""

    def revisions_for(self, device: str, after: int, limit: int) -> tuple[list[Revision], int, bool]:
        """Revisions that the laptop ``device`` may be given: a page, where it ended, and whether it was the last.

        Of restricted records that its person may not know only the envelopes.
        """

    def lacking(self, ids: Sequence[str], contents: Sequence[bool]) -> list[int]:
        """Positions of the revisions in a team-mate's list that are not here, or not with their content."""

    def begin(self) -> None:
        """Files of somebody else are about to be taken in: what they take out of use is counted from here."""

    def take_in(self, revisions: Sequence[Revision], laptops: Sequence[KnownLaptop]) -> ChangeSet:
        """Keep revisions exactly as a pulled page is kept; no cursor moves. Bad ones are set aside.

        Raises ``Refusal('flood.paused')``, with nothing of these kept, where much would be taken out of use at once.
        """

    def apply_page_from(
        self, revisions: Sequence[Revision], devices: Sequence[Any], cursor: Cursor, witness: Witness, after: int
    ) -> ChangeSet:
        """Keep a pulled page that goes on from ``after``; its cursor too where this vault has read that far.

        ``devices`` are ``DeviceKey``: what the store vouches for.
        """

    def history(self, record: str) -> list[Revision]:
        """Every revision of a record, with its content, in order of arrival."""

    def files_for(self, device: str) -> list[FileTask]:
        """Files that lie here and may be given to a laptop, or (empty) those the central store has not confirmed."""

    def named_files(self) -> dict[tuple[str, str], FileTask]:
        """Every file that an attachment known here names, by assessment and SHA-256."""

    def teams(self) -> list[Signed]:
        """The office's lists of teams, the newest of each assessment, as signed."""

    def keep_team(self, signed: Signed) -> bool:
        """Keep a list that is newer than the one held; whether it was.

        Raises ``Refusal('receipt.signature' | 'receipt.malformed' | 'receipt.other_store' | 'send.not_enrolled')``.
        """

    def card(self) -> str:
        """This laptop's own card."""

    def keep_card(self, card: KeyCard, assessments: frozenset[AssessmentId]) -> None:
        """Know a laptop by its card, once two people compared the words; it may be given these assessments.

        Raises ``Refusal('handover.key_changed')`` where the office says that this laptop has another key.
        """

    def handed(self) -> list[HandedOver]:
        """What was handed over, newest first."""

    def note_handed(self, handed: HandedOver) -> ChangeSet:
        """Remember a hand-over, or what became of one that is remembered already (by its ``bundle``)."""

    def keep_certificate_if_newer(self, signed: Signed) -> bool:
        """Keep a certificate that came on a stick, unless one issued later is here.

        Raises ``Refusal`` as ``SyncStore.keep_certificate`` does.
        """

    def reached(self) -> int:
        """The number of the newest revision held."""

    @property
    def carrying(self) -> CarryStore:
        """What is carried for others, and by others."""
