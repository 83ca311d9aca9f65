"""The certificate of hand-in: what the office's central store has signed for, on one page a person can file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fieldkit.reports.blocks import Block, Document, KeyFacts, Note, Paragraph, Table
from fieldkit.reports.dates import moment


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentShare:
    """One assessment's part: notes confirmed by receipt, still waiting, and staying on the laptop untagged."""

    name: str
    confirmed: int
    waiting: int
    staying: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandIn:
    """The facts on the certificate, all of them from verified receipts and the store's signed certificate.

    ``everything_is_there`` only if nothing is without a receipt and the store's certificate agrees.
    ``store_words`` is the fingerprint of the central store's key, as read out at enrolment.
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


def compose(facts: HandIn) -> Document:
    """The certificate as a document of one page, more only with very many assessments."""
    return Document(
        title="Certificate of hand-in",
        kicker="FieldKit",
        blocks=(*_standing(facts), *_shares(facts), _how_to_check()),
        footer=f"Vault {facts.vault} · made {moment(facts.made_at)}",
    )


def _standing(facts: HandIn) -> tuple[Block, ...]:
    if facts.everything_is_there:
        first = f"Everything that leaves this laptop is at {facts.office}."
    else:
        first = f"Not everything is at {facts.office} yet: {facts.unreceipted} of {facts.revisions} records wait."
    confirmed = moment(facts.confirmed_at) if facts.confirmed_at else "nothing confirmed yet"
    rows = (
        ("Assessor", facts.name), ("Office", facts.office), ("Last confirmed", confirmed),
        ("Records", f"{facts.revisions:,} made or held, {facts.revisions - facts.unreceipted:,} with a receipt"),
        ("Laptop", facts.device), ("Central store's key", " ".join(facts.store_words)),
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


def _how_to_check() -> Block:
    return Note(
        title="How to check this",
        text="This page repeats what the laptop verified; the proof is the signed receipts. “fieldkit export json” "
        "writes the records with their signatures, and “fieldkit vault verify” checks all of them again.",
    )
