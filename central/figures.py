"""What is counted of requests while they are answered, for whoever wants to tell it (``central.metrics``)."""

from __future__ import annotations

from typing import Protocol


class Figures(Protocol):
    """Counts requests; called once for each, after its last byte."""

    def answered(self, route: str, status: int, seconds: float, taken: int, given: int, busy: int) -> None:
        """A request of ``route`` was answered; ``taken`` and ``given`` are bytes, ``busy`` connections in use."""


class NoFigures:
    """Nobody asks for figures."""

    def answered(self, route: str, status: int, seconds: float, taken: int, given: int, busy: int) -> None:
        """Count nothing."""
