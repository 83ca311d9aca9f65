"""The custody log: what happened to each record and file of an assessment, with ids, laptops, receipts and hashes.

No words of any record are in it, so records that are held, withdrawn or restricted stand beside all others: their
chain must be whole for whoever checks it. Times are UTC, as a proof's are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from fieldkit.reports.blocks import Block, Document, Heading, KeyFacts, Note, Paragraph, Table
from fieldkit.reports.dates import moment, stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One revision of a record. ``laptop`` is its letter; ``receipt`` empty = the office has not signed for it.

    ``is_here``: it was made on this laptop; anything else was pulled from the office or came from a team-mate.
    """

    at: datetime
    what: str
    record: str
    revision: str
    laptop: str
    number: int
    receipt: str
    sha256: str
    is_here: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LaptopPart:
    """A laptop's share: how many records of the assessment, and the last of them by number and hash."""

    letter: str
    device: str
    who: str
    is_here: bool
    records: int
    last: int
    last_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCustody:
    """A file: where it came in, what its bytes are, whether the office has signed for it."""

    exhibit: str
    kind: str
    size: int
    sha256: str
    original_sha256: str
    received_at: datetime
    came: str
    standing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyLog:
    """``events`` are what was done to the vault itself: made, backed up, exported, restored."""

    assessment: str
    assessment_id: str
    vault: str
    laptops: tuple[LaptopPart, ...]
    files: tuple[FileCustody, ...]
    events: tuple[tuple[datetime, str, str], ...]
    log: tuple[Happened, ...]
    made_at: datetime

    @property
    def received(self) -> int:
        return sum(bool(one.receipt) for one in self.log)


def compose(log: CustodyLog) -> Document:
    """The document."""
    return Document(
        kicker=log.assessment, title="Custody log", blocks=tuple(_blocks(log)),
        footer=f"Provisional: as known on this laptop. Made {moment(log.made_at)}",
    )  # fmt: skip


def _blocks(log: CustodyLog) -> Iterator[Block]:
    yield Paragraph(text="What happened to each record and file. It holds no words of any record.", strong=True)
    yield KeyFacts(
        facts=(
            ("Assessment", log.assessment_id), ("Vault", log.vault),
            ("Accounts", f"{len(log.log):,}, of which {log.received:,} have the office's receipt"),
            ("Files", f"{len(log.files):,}"),
        )
    )  # fmt: skip
    yield Note(
        title="How to check this",
        text="Each SHA-256 of the log is that of an account's signed envelope, which names the one before it on the "
        "same laptop: the last covers all. “fieldkit export json” writes the envelopes with their signatures and "
        "receipts, “fieldkit vault verify” checks all of them again. The SHA-256 of a file is that of its bytes.",
    )
    yield Heading(text="Laptops")
    yield _laptops(log)
    yield Heading(text="Files")
    yield from _files(log)
    yield Heading(text="What was done to this vault")
    yield from _events(log)
    yield Heading(text="Records, in the order of the laptops' clocks")
    yield from _log(log)


def _laptops(log: CustodyLog) -> Table:
    rows = tuple(
        (
            one.letter, f"{one.device}{' (this one)' if one.is_here else ''}", one.who, f"{one.records:,}",
            f"{one.last:,}", one.last_sha256,
        )
        for one in log.laptops
    )  # fmt: skip
    return Table(
        header=("Letter", "Laptop", "Whose", "Accounts", "Last number", "SHA-256 there"), rows=rows,
        widths=(8, 24, 16, 11, 10, 31),
    )  # fmt: skip


def _files(log: CustodyLog) -> Iterator[Block]:
    if not log.files:
        yield Paragraph(text="No files.")
        return
    rows = tuple(
        (
            one.exhibit, f"{one.kind}, {one.size:,} bytes", f"{one.came} {stamp(one.received_at)}", one.standing,
            one.sha256 + (f"\nas it came: {one.original_sha256}" if one.original_sha256 else ""),
        )
        for one in log.files
    )  # fmt: skip
    yield Table(header=("Exhibit", "Kind", "Came in", "Standing", "SHA-256"), rows=rows, widths=(11, 17, 21, 20, 31))


def _events(log: CustodyLog) -> Iterator[Block]:
    if not log.events:
        yield Paragraph(text="Nothing is recorded.")
        return
    rows = tuple((stamp(at), what, detail) for at, what, detail in log.events)
    yield Table(header=("When", "What", "About"), rows=rows, widths=(5, 7, 9))


def _log(log: CustodyLog) -> Iterator[Block]:
    if not log.log:
        yield Paragraph(text="No records.")
        return
    rows = tuple(
        (stamp(one.at), _named(one), f"{one.laptop}, {one.number:,}", one.receipt or _without_receipt(one), one.sha256)
        for one in log.log
    )
    yield Table(
        header=("When", "What", "Laptop, number", "Handed in", "SHA-256 of the envelope"), rows=rows,
        widths=(15, 28, 10, 16, 31),
    )  # fmt: skip


def _named(one: Happened) -> str:
    """A record is named by its first account, so only a later one has an id of its own."""
    later = f"\naccount {one.revision}" if one.revision != one.record else ""
    return f"{one.what}\nrecord {one.record}{later}"


def _without_receipt(one: Happened) -> str:
    return "no receipt" if one.is_here else "pulled: came from another laptop"
