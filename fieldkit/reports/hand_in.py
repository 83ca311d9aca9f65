"""The certificate of hand-in: what the office's central store has signed for, to be printed and filed.

It proves what was handed in without the laptop: each file by its SHA-256, which the office can compute again, and all
records by the hash at the end of each laptop's chain, which covers every one before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fieldkit.reports.blocks import Block, Document, Heading, KeyFacts, Note, Paragraph, Table
from fieldkit.reports.dates import moment, stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentShare:
    """One assessment's part: notes confirmed by receipt, still waiting, and staying on the laptop untagged."""

    name: str
    confirmed: int
    waiting: int
    staying: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileGiven:
    """A file attached on this laptop. ``size`` in bytes; ``confirmed_at`` is when the store signed for it, if it did.

    Its name stays out: names of files tell who they are about.
    """

    exhibit: str
    kind: str
    size: int
    sha256: str
    confirmed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandIn:
    """The facts on the certificate, all of them from verified receipts and the store's signed certificate.

    ``everything_is_there`` only if nothing is without a receipt and the store's certificate agrees.
    ``store_words`` is the fingerprint of the central store's key, as read out at enrolment. ``files_held`` counts the
    files that a consent keeps here. ``chains`` gives each of this person's laptops with its last number and hash, as
    the central store signed for it.
    """

    name: str
    office: str
    vault: str
    device: str
    store_words: tuple[str, ...]
    revisions: int
    unreceipted: int
    confirmed_at: datetime | None
    everything_is_there: bool
    made_at: datetime
    shares: tuple[AssessmentShare, ...] = ()
    set_aside: int = 0
    files: tuple[FileGiven, ...] = ()
    files_held: int = 0
    chains: tuple[tuple[str, int, str], ...] = ()


def compose(facts: HandIn) -> Document:
    """The certificate as a document: one page, and the list of files behind it."""
    return Document(
        title="Certificate of hand-in",
        kicker="FieldKit",
        blocks=(*_standing(facts), *_shares(facts), *_chains(facts), _how_to_check(facts), *file_list(facts)),
        footer=f"Vault {facts.vault} · made {moment(facts.made_at)}",
    )


def without_office(vault: str, made_at: datetime) -> Document:
    """What stands instead of a certificate where the vault hands in to nobody."""
    return Document(
        title="Certificate of hand-in", kicker="FieldKit",
        blocks=(
            Paragraph(text="Nothing is certified: this vault works on its own and hands in to no office.", strong=True),
            Paragraph(text="What was taken out of it can be proved by an export, which has every signature in it."),
        ),
        footer=f"Vault {vault} · made {moment(made_at)}",
    )  # fmt: skip


def _standing(facts: HandIn) -> tuple[Block, ...]:
    if facts.everything_is_there:
        first = f"Everything that leaves this laptop is at {facts.office}."
    else:
        waiting = [f"{facts.unreceipted:,} of {facts.revisions:,} records"] if facts.unreceipted else []
        if some := sum(one.confirmed_at is None for one in facts.files):
            waiting.append(f"{some:,} of {_count(len(facts.files))}")
        told = f": {' and '.join(waiting)} wait" if waiting else ""
        first = f"Not everything is at {facts.office} yet{told}."
    confirmed = moment(facts.confirmed_at) if facts.confirmed_at else "nothing confirmed yet"
    rows = (
        ("Assessor", facts.name), ("Office", facts.office), ("Last confirmed", confirmed),
        ("Records", f"{facts.revisions:,} made or held, {facts.revisions - facts.unreceipted:,} with a receipt"),
        ("Files", _summed(facts)), ("Laptop", facts.device), ("Central store's key", " ".join(facts.store_words)),
    )  # fmt: skip
    return Paragraph(text=first, strong=True), KeyFacts(facts=rows)


def _shares(facts: HandIn) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if facts.shares:
        blocks.append(
            Table(
                header=("Assessment", "Notes confirmed", "Waiting", "Staying here, untagged"),
                rows=tuple((one.name, f"{one.confirmed}", f"{one.waiting}", f"{one.staying}") for one in facts.shares),
                widths=(4, 2, 2, 3),
            )
        )
    if facts.set_aside:
        text = f"{facts.set_aside} are safe at the office but wait for a person to let them in."
        blocks.append(Note(title="Set aside", text=text))
    return tuple(blocks)


def _summed(facts: HandIn) -> str:
    if not facts.files and not facts.files_held:
        return "none attached on this laptop"
    given = [one for one in facts.files if one.confirmed_at is not None]
    words = f"{len(given):,} of {_count(len(facts.files))} confirmed, {sum(one.size for one in given):,} bytes"
    if facts.files_held:
        words += f"; {facts.files_held:,} held by a consent, which {'stays' if facts.files_held == 1 else 'stay'} here"
    return words


def _count(files: int) -> str:
    return f"{files:,} file" if files == 1 else f"{files:,} files"


def _chains(facts: HandIn) -> tuple[Block, ...]:
    rows = tuple((device, f"{high:,}", hash_) for device, high, hash_ in facts.chains)
    header = ("Laptop", "Records up to", "Hash there")
    return (Table(header=header, rows=rows, widths=(7, 4, 9)),) if rows else ()


def file_list(facts: HandIn) -> tuple[Block, ...]:
    """Each file with its hash; nothing where there is none."""
    rows = tuple(
        (one.exhibit, one.kind, f"{one.size:,}", stamp(one.confirmed_at) if one.confirmed_at else "waits", one.sha256)
        for one in facts.files
    )
    header = ("Exhibit", "Kind", "Bytes", "Confirmed", "SHA-256")
    return (Heading(text="Files"), Table(header=header, rows=rows, widths=(5, 6, 5, 5, 15))) if rows else ()


def _how_to_check(facts: HandIn) -> Block:
    files = "The SHA-256 of a file at the office (sha256sum, certutil) is the one listed here. " if facts.files else ""
    return Note(
        title="How to check this",
        text="This page repeats what the laptop verified; the proof is the signed receipts. “fieldkit export json” "
        "writes the records with their signatures, and “fieldkit vault verify” checks all of them again. The hash of "
        f"the last record covers every one before it. {files}".strip(),
    )
