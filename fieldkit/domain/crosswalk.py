"""A crosswalk: how tags made under one framework are carried over to another, or to a later version of the same.

It is data of the newer pack. What it carries is added beside the tags that were there; none of those is ever changed
or taken off, because they say what was meant at the time.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from fieldkit.kernel.ids import EvidenceId

_SPACE: Final = uuid.UUID("6f1a3c52-5b0e-5d53-9d0e-2f1d5c0f7a41")
"""The name space of tags that crosswalks make; fixed for ever, because two laptops must come to the same ids."""


class Carried(StrEnum):
    """How an older statement goes over."""

    ONE = "one to one"
    SPLIT = "one to several"
    """A person chooses which of them a note is evidence for."""
    JOINED = "several to one"
    NONE = "nothing follows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """A statement of the older version that the newer no longer has: its old tags keep their names."""

    id: str
    code: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One row: older statements, what follows them, and why."""

    olds: tuple[str, ...]
    news: tuple[str, ...]
    reason: str

    @property
    def how(self) -> Carried:
        """By the counts."""
        if not self.news:
            return Carried.NONE
        if len(self.news) > 1:
            return Carried.SPLIT
        return Carried.JOINED if len(self.olds) > 1 else Carried.ONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Crosswalk:
    """From ``pack`` ``version`` to the pack it lies in. ``categories`` name those whose id is another one there."""

    pack: str
    version: str
    steps: tuple[Step, ...]
    categories: Mapping[str, str] = field(default_factory=dict)
    former: tuple[Former, ...] = ()
    unconfirmed: bool = False

    @property
    def name(self) -> str:
        """``ics 2023.1``, as tags that were carried name it."""
        return f"{self.pack} {self.version}"

    def step(self, statement: str) -> Step | None:
        """The row of an older statement, or None where the crosswalk says nothing of it."""
        return next((one for one in self.steps if statement in one.olds), None)


def carried_id(old: EvidenceId, crosswalk: str, target: str, removed: frozenset[str]) -> EvidenceId:
    """The id of the tag that follows ``old`` at ``target`` (pack, version and statement), the same on every laptop.

    A tag that was taken off never stands again under its id, so each time one was taken off the next id is used.
    """
    again = 0
    while (found := str(uuid.uuid5(_SPACE, f"{old}\n{crosswalk}\n{target}\n{again}"))) in removed:
        again += 1
    return EvidenceId(found)
