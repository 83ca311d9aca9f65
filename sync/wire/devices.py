"""Messages about a laptop itself: its certificate, what waits for a person's decision, and an erased vault."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sync.wire.messages import Base64, Count, ToLaptop, ToStore, Uuid


class DecisionModel(ToLaptop):
    """What a person of the office decided of one revision that had waited: ``accepted`` or ``set_aside``, and why."""

    number: Count
    revision: str
    decision: str
    reason: str
    by: str
    at: str


class IntakeRequest(ToStore):
    """Asks what was decided of this person's work after decision number ``after``."""

    after: Count


class IntakeReply(ToLaptop):
    """The last frame of the reply, behind the new receipts of what was accepted.

    ``upto`` is the number to ask after next time; ``more``: there is more at once.
    """

    decisions: list[DecisionModel]
    upto: int
    more: bool = False


class WipedRequest(ToStore):
    """A laptop's signed statement that its vault is being erased (``fieldkit.domain.wiped``)."""

    statement: Base64
    signature: Annotated[str, Field(max_length=100)]


class WipedReply(ToLaptop):
    """``device`` is the laptop that it was kept for."""

    done: bool = True
    device: Uuid
