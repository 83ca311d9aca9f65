"""The sheet of a lost laptop, for the report of the incident: what it held that the office has not, what it had read.

Everything on it comes from what laptops sign and tell: the numbers of their chains, the dates in envelopes, and how far
each assessment was given to them. What a laptop did since it was last heard from nobody can know; the sheet says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fieldkit.reports.blocks import Block, Document, Heading, KeyFacts, Note, Paragraph, Points, Table
from fieldkit.reports.dates import moment, stamp

MOST_ROWS = 200
"""Rows of one list; more are summed up in a line below it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofOnly:
    """Notes of one assessment whose words never left the laptop: how many, and when the first and last were written."""

    assessment: str
    notes: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOut:
    """A file whose record the office has and whose bytes it has not; its name, which may tell about whom, stays out."""

    exhibit: str
    kind: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadThere:
    """What the laptop was given of one assessment by others: ``kinds`` counts records whose content it has."""

    assessment: str
    upto: int
    at: datetime
    kinds: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainThere:
    """One chain of the laptop: whole at the office up to ``high``; ``told`` is its last number by its own word."""

    device: str
    high: int
    hash: str
    highest: int
    told: int
    told_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LostLaptop:
    """``kinds`` counts its own records at the office, ``waiting`` those in the inbox; ``by`` empty: not stopped."""

    office: str
    person: str
    device: str
    key_words: tuple[str, ...]
    enrolled_at: datetime
    seen_at: datetime
    lost_at: datetime
    by: str
    reason: str
    certificate_until: datetime | None
    chains: tuple[ChainThere, ...]
    kinds: tuple[tuple[str, int], ...]
    contents: int
    files: int
    waiting: int
    proofs: tuple[ProofOnly, ...]
    files_out: tuple[FileOut, ...]
    read: tuple[ReadThere, ...]

    @property
    def numbers_out(self) -> int:
        """Records that the laptop itself told of and of which the office has not even the proof."""
        return sum(
            max(one.told, one.highest) - one.high for one in self.chains if max(one.told, one.highest) > one.high
        )

    @property
    def notes_out(self) -> int:
        """Notes of which the office has the proof and not the words."""
        return sum(one.notes for one in self.proofs)


def compose(facts: LostLaptop) -> Document:
    """The sheet as a document."""
    return Document(
        title="Lost laptop" if facts.by else "Laptop",
        kicker="FieldKit",
        blocks=(
            Paragraph(text=summary(facts), strong=True),
            _who(facts),
            *_not_here(facts),
            *_here(facts),
            *_read(facts),
            *_protection(facts),
        ),
        footer=f"Laptop {facts.device} · {facts.office} · made {moment(facts.lost_at)}",
    )  # fmt: skip


def summary(facts: LostLaptop) -> str:
    """One sentence: what is lost with it, as far as the office can know."""
    lost = [
        words
        for count, words in (
            (facts.numbers_out, _count(facts.numbers_out, "record") + " not handed in at all"),
            (facts.notes_out, _count(facts.notes_out, "note") + " of which only the proof came"),
            (len(facts.files_out), _count(len(facts.files_out), "file") + " whose bytes did not come"),
        )
        if count
    ]
    if not lost:
        return f"Everything this laptop told of up to {moment(facts.seen_at)} is at the office."
    return f"Only on this laptop: {'; '.join(lost)}, as told up to {moment(facts.seen_at)}."


def _who(facts: LostLaptop) -> Block:
    until = moment(facts.certificate_until) if facts.certificate_until else "none was issued"
    return KeyFacts(
        facts=(
            ("Person", facts.person), ("Laptop", facts.device), ("Words of its key", " ".join(facts.key_words)),
            ("Enrolled", moment(facts.enrolled_at)), ("Last heard from", moment(facts.seen_at)),
            ("Stopped", f"by {facts.by}: {facts.reason or 'no reason given'}" if facts.by else "not stopped"),
            ("Certificate held until", until),
        )
    )  # fmt: skip


def _not_here(facts: LostLaptop) -> tuple[Block, ...]:
    blocks: list[Block] = [Heading(text="What the office does not have")]
    rows = tuple(_out(one) for one in facts.chains if max(one.told, one.highest) > one.high)
    if rows:
        header = ("Laptop", "Numbers", "How many", "Told")
        blocks += [Table(header=header, rows=rows, widths=(6, 4, 2, 5))]
    if facts.proofs:
        notes = tuple((one.assessment, f"{one.notes:,}", stamp(one.first), stamp(one.last)) for one in facts.proofs)
        blocks.append(
            Table(header=("Notes by proof only", "How many", "First", "Last"), rows=notes, widths=(5, 2, 4, 4))
        )
    if facts.files_out:
        files = tuple((one.exhibit, one.kind, f"{one.size:,}", one.sha256) for one in facts.files_out[:MOST_ROWS])
        blocks.append(Table(header=("File", "Kind", "Bytes", "SHA-256"), rows=files, widths=(4, 4, 3, 13)))
        if (more := len(facts.files_out) - MOST_ROWS) > 0:
            blocks.append(Paragraph(text=f"and {_count(more, 'more file')}"))
    if len(blocks) == 1:
        blocks.append(Paragraph(text="Nothing that it told of."))
    blocks.append(
        Note(
            title="What nobody can know",
            text=f"What was written after {moment(facts.seen_at)}, what was typed and not saved, names and disclosures "
            "under a passphrase of their own. Ask the person.",
        )
    )
    return tuple(blocks)


def _out(one: ChainThere) -> tuple[str, str, str, str]:
    last = max(one.told, one.highest)
    told = stamp(one.told_at) if one.told_at and one.told >= one.highest else "by a later record that came"
    return one.device, f"{one.high + 1:,} to {last:,}", f"{last - one.high:,}", told


def _here(facts: LostLaptop) -> tuple[Block, ...]:
    rows = tuple((kind.replace("_", " "), f"{count:,}") for kind, count in facts.kinds)
    chains = tuple((one.device, f"{one.high:,}", one.hash) for one in facts.chains)
    blocks: list[Block] = [Heading(text="What the office has of it")]
    total = sum(count for _, count in facts.kinds)
    words = f"{_count(total, 'record')}, {facts.contents:,} with their content, and {_count(facts.files, 'file')}."
    if facts.waiting:
        words += f" {_count(facts.waiting, 'record')} wait in the inbox for a decision."
    blocks.append(Paragraph(text=words))
    if rows:
        blocks.append(Table(header=("Kind of record", "How many"), rows=rows, widths=(3, 1)))
    if chains:
        blocks.append(Table(header=("Laptop", "Whole up to", "Hash there"), rows=chains, widths=(6, 2, 11)))
    return tuple(blocks)


def _read(facts: LostLaptop) -> tuple[Block, ...]:
    blocks: list[Block] = [Heading(text="What of others it had read")]
    for one in facts.read:
        kinds = ", ".join(f"{count:,} {kind.replace('_', ' ')}" for kind, count in one.kinds) or "nothing with content"
        blocks.append(Paragraph(text=f"{one.assessment}, up to number {one.upto:,} on {moment(one.at)}: {kinds}."))
    if not facts.read:
        blocks.append(Paragraph(text="It was given nothing of others to read."))
    return tuple(blocks)


def _protection(facts: LostLaptop) -> tuple[Block, ...]:
    """What to do about a stopped one; nothing of one that is in use."""
    if not facts.by:
        return ()
    return (
        Heading(text="How it is protected, and what to do"),
        Points(
            points=(
                "The vault is encrypted (SQLCipher, AES-256) under the person’s passphrase, stretched by Argon2id. It "
                "protects a laptop that was locked or off, not one that was open.",
                "The laptop is stopped: it reads nothing more from the central store. What it may still send is kept "
                "in the inbox for a person to decide (fieldkit central intake list).",
                "Ask the person: was it locked? Was a passphrase or the recovery key with it? What was written since?",
                "A new laptop gets a new code (fieldkit central invite). A backup, where there is one, restores on it.",
                "Decide with your data protection officer whether to report it; in the United Kingdom within 72 hours "
                "(UK GDPR article 33).",
            )
        ),
    )


def _count(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"
