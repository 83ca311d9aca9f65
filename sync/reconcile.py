"""What a round does after hello, decided by pure functions and a table of cases.

No clock and no count decides anything here: only what the laptop holds and what the store has proved.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from fieldkit.app.laptop_word import LaptopWord
from fieldkit.app.ports import Outgoing, SyncState
from fieldkit.app.team_store import Part
from fieldkit.domain.office_policy import OfficePolicy
from fieldkit.domain.receipt import Certificate, Witness
from fieldkit.domain.revision import ChainHead

REVOKED = "revoked"
EXPIRED = "expired"
SUCCEEDED = "succeeded"
"""Another copy of this vault went on under a new device id; this one must too, or their numbers would mix."""

MOST_TURNS = 3
"""Request-response turns of a round, hello included, whatever its size (quality figures: 200 ms each on site)."""


class Offer(StrEnum):
    """What is put forward in this round."""

    NOTHING = "nothing"
    UNRECEIPTED = "unreceipted"
    HELD = "held"
    """Everything held, whoever wrote it, as far as the store says that it lacks it."""


_TURNS = {Offer.NOTHING: 0, Offer.UNRECEIPTED: 1, Offer.HELD: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What a verified hello told. ``news`` names the assessments with something after our cursors."""

    epoch: str
    is_fork: bool
    is_revoked: bool
    news: frozenset[str]
    certificate: Certificate
    witness: Witness
    now: str = ""
    """The store's own time, as it signed it."""
    policy: OfficePolicy = field(default_factory=OfficePolicy)
    is_adviser: bool = False
    is_expired: bool = False
    """The laptop's certificate and its grace are over: it hands in, and reads nothing until a person renews it."""
    laptop: LaptopWord | None = None
    parts: dict[str, Part] | None = None
    """The person's part in each team."""

    @property
    def may_read(self) -> bool:
        """Whether the office lets this laptop read."""
        return not (self.is_revoked or self.is_expired)

    erasures: tuple[int, int] | None = None
    """The newest order to erase and how many there are; ``None``: the store is older than that."""
    signs_in: bool = False
    """The office lets people sign in by their organisation's provider."""
    sign_in_due: bool = False
    """The person has to sign in again before the office gives out the team's work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The rest of a round: at most two turns beside hello."""

    meet_epoch: bool
    first_contact: bool
    succeed: bool
    offer: Offer
    pull: bool
    again: bool
    """Something is left for a round that follows at once."""


def plan_round(state: SyncState, heard: Heard, *, repaired: bool = False, offered: bool = False) -> Plan:
    """Decide the round. ``repaired``: this very disagreement was looked into already and stands.

    ``offered``: the round before offered everything held, and that is not settled. This round then sends and reads as
    usual, so that something the store will not take never keeps a laptop from the team's work.

    A revoked laptop hands in what it has and reads nothing. A laptop that finds its chain continued by another
    (a clone), or knows less of itself than the store does (a restored image), goes on under a new device id.
    """
    first_contact = _knew_no_store(state)
    restored = heard.epoch != state.epoch and not first_contact
    may_read = heard.may_read
    succeed = may_read and (heard.is_fork or heard.certificate.high > state.head.seq)
    offer = _offer(state, heard, restored=restored, repaired=repaired or succeed, offered=offered)
    put_off = succeed and offer is Offer.HELD  # finding out what is missing would take a fourth turn
    offer = Offer.NOTHING if put_off else offer
    spent = 1 + succeed + _TURNS[offer]
    news = may_read and (bool(heard.news) or restored)  # after a restore the news was told against old cursors
    pull = news and not restored and not succeed and spent < MOST_TURNS  # a new device reads everything again
    return Plan(
        meet_epoch=heard.epoch != state.epoch, first_contact=first_contact, succeed=succeed, offer=offer, pull=pull,
        again=succeed or (news and not pull),
    )  # fmt: skip


def _offer(state: SyncState, heard: Heard, *, restored: bool, repaired: bool, offered: bool) -> Offer:
    if (restored or (state.reoffer and not offered)) and heard.may_read:
        return Offer.HELD
    if state.unreceipted or restored:  # whoever may not ask what is missing offers the own work, which now waits again
        return Offer.UNRECEIPTED
    if state.reoffer and heard.may_read:
        return Offer.NOTHING  # offered a moment ago; what the certificate lacks is known
    if not agrees(heard.certificate, state.head) and not repaired and heard.may_read:
        return Offer.HELD
    return Offer.NOTHING


def _knew_no_store(state: SyncState) -> bool:
    # First contact: nothing was ever confirmed or read, so all there is to offer is our own and unreceipted.
    return state.epoch is None and not state.cursors and not state.witnesses and not state.reoffer


def agrees(certificate: Certificate, head: ChainHead) -> bool:
    """Whether the store holds this device's chain to its end: the hash there covers everything before it."""
    return certificate.high == head.seq and certificate.hash == head.hash


def lost_receipt(item: Outgoing, device: str, certificate: Certificate) -> bool:
    """Whether the store must have this revision, so that only its receipt is missing here.

    True for our own chain up to the certificate's ``high``, except for contents that are owed later.
    """
    envelope = item.revision.envelope
    return not item.disclosure and envelope.device == device and envelope.seq <= certificate.high
