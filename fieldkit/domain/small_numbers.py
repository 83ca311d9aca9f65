"""When a role tells who somebody is: identification counts by combination, so small numbers are warned of.

Role, organisation and place together are compared with everybody who is coded. Fewer than five is small (facts,
section 6); a post that one person holds tells who they are whatever the list says. It is a warning and never a bar:
how many people hold a role in truth, the assessor knows and the program does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fieldkit.domain.people import Person, survivors

SMALL = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """What is said of somebody; all three are compared without letter case."""

    role: str
    organisation: str = ""
    place: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """For comparing."""
        return tuple(" ".join(one.split()).casefold() for one in (self.role, self.organisation, self.place))  # type: ignore[return-value]

    @property
    def words(self) -> str:
        """``Ward sister, Northshire acute hospitals``."""
        return ", ".join(one for one in (self.role, self.organisation, self.place) if one)


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallNumber:
    """A combination that may tell who somebody is; ``count`` coded people share it, this one among them."""

    what: Combination
    count: int
    is_post: bool = False


def small_number(
    what: Combination, others: Iterable[Combination], posts: frozenset[str] = frozenset()
) -> SmallNumber | None:
    """Whether ``what`` may identify somebody beside ``others``, the other people's combinations.

    ``posts`` are roles that one person holds, in lower case. A role alone, without organisation or place, identifies
    nobody unless it is such a post; no role identifies nobody.
    """
    role = what.key[0]
    if not role:
        return None
    is_post = role in posts
    count = 1 + sum(one.key == what.key for one in others)
    is_combined = bool(what.organisation.strip() or what.place.strip())
    return SmallNumber(what=what, count=count, is_post=is_post) if is_post or (is_combined and count < SMALL) else None


def small_numbers(
    people: Iterable[Person], place: str = "", posts: frozenset[str] = frozenset()
) -> tuple[SmallNumber, ...]:
    """Each small combination among ``people`` once, the smallest first; merged codes count as one person."""
    known = list(people)
    standing = survivors(known)
    kept = [one for one in known if standing[one.id] == one.id]
    combinations = [Combination(role=one.role, organisation=one.organisation, place=place) for one in kept]
    found: dict[tuple[str, str, str], SmallNumber] = {}
    for at, what in enumerate(combinations):
        small = small_number(what, combinations[:at] + combinations[at + 1 :], posts)
        if small is not None:
            found.setdefault(what.key, small)
    return tuple(sorted(found.values(), key=lambda one: (one.count, one.what.key)))
