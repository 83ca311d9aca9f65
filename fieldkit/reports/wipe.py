"""The certificate of a wipe: what a vault held when it was erased from a laptop, on one page a person can file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fieldkit.reports.blocks import Block, Document, Heading, KeyFacts, Note, Paragraph, Table
from fieldkit.reports.dates import moment
from fieldkit.reports.hand_in import HandIn, file_list


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """``kinds`` counts the records by kind; ``log_digest`` is SHA-256 over the hashes of all records in their order.

    ``chains`` gives each of this person's laptops with its last number and hash, as the central store signed for it.
    """

    handed_in: HandIn
    kinds: tuple[tuple[str, int], ...]
    log_digest: str
    chains: tuple[tuple[str, int, str], ...]
    files: int
    at: datetime


def compose(facts: Erased) -> Document:
    """The certificate as a document."""
    held = facts.handed_in
    total = sum(count for _, count in facts.kinds)
    return Document(
        title="Wipe certificate",
        kicker="FieldKit",
        blocks=(
            Paragraph(
                text=f"Every record of this vault is at {held.office}. It was erased from this laptop directly after "
                "this page was saved, with anything that lay in it under a passphrase of its own.",
                strong=True,
            ),
            KeyFacts(
                facts=(
                    ("Assessor", held.name), ("Office", held.office), ("Vault", held.vault), ("Laptop", held.device),
                    ("Erased", moment(facts.at)), ("Held", f"{total:,} records, {facts.files:,} files"),
                    ("Last confirmed", moment(held.confirmed_at) if held.confirmed_at else ""),
                    ("Central store's key", " ".join(held.store_words)), ("Digest of the log", facts.log_digest),
                )
            ),
            *_tables(facts),
            _how_to_check(),
            *file_list(held),
        ),
        footer=f"Vault {held.vault} · made {moment(facts.at)}",
    )  # fmt: skip


def _tables(facts: Erased) -> tuple[Block, ...]:
    blocks: list[Block] = [Heading(text="What was held")]
    rows = tuple((kind.replace("_", " "), f"{count:,}") for kind, count in facts.kinds)
    blocks.append(Table(header=("Kind of record", "How many"), rows=rows, widths=(3, 1)))
    if facts.handed_in.shares:
        notes = tuple((one.name, f"{one.confirmed}", f"{one.staying}") for one in facts.handed_in.shares)
        blocks.append(
            Table(header=("Assessment", "Notes confirmed", "Held or withdrawn, erased"), rows=notes, widths=(3, 1, 2))
        )
    if facts.chains:
        chains = tuple((device, f"{high}", hash_) for device, high, hash_ in facts.chains)
        blocks.append(Table(header=("Laptop", "Up to number", "Hash there"), rows=chains, widths=(4, 1, 6)))
    return tuple(blocks)


def _how_to_check() -> Block:
    return Note(
        title="How to check this",
        text="The central store holds each laptop's records up to the number above; the hash there covers all before "
        "it. If the vault still opens on the laptop, erasing did not come to its end: erase it again.",
    )
