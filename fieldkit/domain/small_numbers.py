"""When a role tells who somebody is: identification counts by combination, so small numbers are warned of.

Role, organisation and place together are compared with everybody who is coded. Fewer than five is small (facts,
section 6); a post that one person holds tells who they are whatever the list says. It is a warning and never a bar:
how many people hold a role in truth, the assessor knows and the program does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from fieldkit.domain.people import Person, survivors
from fieldkit.kernel.ids import VisitId

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
        role, organisation, place = (
            " ".join(one.split()).casefold() for one in (self.role, self.organisation, self.place)
        )
        return role, organisation, place

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
    return _judged(what, 1 + sum(one.key == what.key for one in others), posts)


def small_numbers(
    people: Iterable[Person], places: Mapping[VisitId, str] | None = None, posts: frozenset[str] = frozenset()
) -> tuple[SmallNumber, ...]:
    """Each small combination among ``people`` once, the smallest first; merged codes count as one person.

    ``places`` says where each visit is. A place joins a combination only where it tells people apart: a role and
    organisation that stand at two places.
    """
    kept = _standing(people)
    combinations = _combinations([(one.role, one.organisation, (places or {}).get(one.visit, "")) for one in kept])
    counts = Counter(one.key for one in combinations)
    found = {
        what.key: small
        for what in combinations
        if (small := _judged(what, counts[what.key], posts)) is not None
    }  # fmt: skip
    return tuple(sorted(found.values(), key=lambda one: (one.count, one.what.key)))


def small_for(
    role: str,
    organisation: str,
    visit: VisitId,
    others: Iterable[Person],
    places: Mapping[VisitId, str] | None = None,
    posts: frozenset[str] = frozenset(),
) -> SmallNumber | None:
    """Whether somebody who is being put on the list, or changed, could be told from ``others`` by their combination."""
    known = places or {}
    told = [(one.role, one.organisation, known.get(one.visit, "")) for one in _standing(others)]
    combinations = _combinations([*told, (role, organisation, known.get(visit, ""))])
    return small_number(combinations[-1], combinations[:-1], posts)


def _standing(people: Iterable[Person]) -> list[Person]:
    known = list(people)
    standing = survivors(known)
    return [one for one in known if standing[one.id] == one.id]


def _combinations(told: Sequence[tuple[str, str, str]]) -> list[Combination]:
    """Role, organisation and place of each; the place only where a role and organisation stand at more than one."""
    whole = [Combination(role=role, organisation=organisation, place=place) for role, organisation, place in told]
    at: dict[tuple[str, str], set[str]] = {}
    for one in whole:
        at.setdefault(one.key[:2], set()).add(one.key[2])
    return [one if len(at[one.key[:2]]) > 1 else replace(one, place="") for one in whole]


def _judged(what: Combination, count: int, posts: frozenset[str]) -> SmallNumber | None:
    role = what.key[0]
    is_post = role in posts
    is_combined = bool(what.organisation.strip() or what.place.strip())
    is_small = bool(role) and (is_post or (is_combined and count < SMALL))
    return SmallNumber(what=what, count=count, is_post=is_post) if is_small else None
