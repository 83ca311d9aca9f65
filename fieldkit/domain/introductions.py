"""Which name an author bears: one rule, on every laptop and at the office."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fieldkit.domain.assessment import Assessor


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """What somebody said of who they are. ``author`` and ``hash`` are those of the revision that says it."""

    author: str
    hash: str
    said: Assessor


def names(introductions: Iterable[Introduction]) -> dict[str, Assessor]:
    """Each author as they introduced themself in one assessment.

    Nobody names another: an introduction by anybody else than its subject does not count. Of several by one author (a
    laptop and its copy each make one) that with the larger hash does, so that order of arrival cannot matter.
    """
    found: dict[str, Introduction] = {}
    for one in introductions:
        if one.said.author == one.author and (one.author not in found or one.hash > found[one.author].hash):
            found[one.author] = one
    return {author: one.said for author, one in found.items()}
