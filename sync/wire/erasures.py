"""Erasure by law on the wire: what has been ordered since, and orders given back to a store that was set back."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sync.wire.messages import Base64, Count, ToLaptop, ToStore

MOST_ORDERS = 1000
"""In one request or reply; some 400 bytes each."""


class OrderModel(ToStore):
    """A signed order (``fieldkit.domain.erasure``), as stored and as sent."""

    data: Annotated[Base64, Field(max_length=20_000)]
    signature: Annotated[Base64, Field(max_length=200)]


class ErasuresRequest(ToStore):
    """Which orders came after number ``after``? ``known``: orders this laptop holds, for a store that lost them."""

    after: Count
    known: Annotated[list[OrderModel], Field(max_length=MOST_ORDERS)] = Field(default_factory=list)


class NumberedOrder(ToLaptop):
    """An order and its number, by which the laptop goes on asking."""

    number: int
    data: Base64
    signature: Base64


class ErasuresReply(ToLaptop):
    """Orders in the order of their numbers; ``more``: ask again after the last."""

    orders: list[NumberedOrder]
    more: bool
