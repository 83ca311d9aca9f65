"""Need to know: a record whose words are for named roles and people of the team, and for nobody else.

A restriction is a record of its own about a note, a file, an escalation, an activity or any other record. Its envelope
and those of what it covers go to the whole team, so every chain stays whole; the content of what it covers goes to who
may know alone. It covers what belongs to its record too, at any number of steps: notes of an activity, words added to
a note, files of an escalation. It leaves before what it covers (priority 0), so nothing is handed out in between.

What somebody has read they have read: a restriction that comes later stops new words, and takes back nothing that a
laptop holds already. Of several restrictions on one record each holds: who may know it is named in all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from fieldkit.domain import strict
from fieldkit.domain.fieldwork import FLAG, LIST, TEXT, Types
from fieldkit.domain.roles import Right, Role, may
from fieldkit.domain.roles import title as role_title
from fieldkit.kernel.ids import AssessmentId, RecordId, is_id

NEVER_RESTRICTED = frozenset({"assessor", "assessment", "visit", "person", "consent", "custody", "restriction"})
"""Kinds whose content everybody on the team needs: who and where, what protects a speaker, and what restricts."""

_TIES = ("about", "activity", "derived_from", "entry")
"""The fields by which a record belongs to another, whatever its kind."""

_MOST = 200
"""Roles or people that one restriction names: a team has fewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """Who may know what ``about`` says: people with one of ``roles``, ``people`` (author ids), and always its author.

    Roles with ``Right.SEE_RESTRICTED`` (lead, safeguarding lead) know in any case. ``reason`` is read by the whole
    team, so it says nothing of what is restricted. ``lifted``: it restricts nothing any more.
    """

    KIND: ClassVar[str] = "restriction"
    SHAPE: ClassVar[int] = 1
    ABOUT: ClassVar[str] = ""
    OUTLIVES_CONSENT: ClassVar[bool] = True
    FIELDS: ClassVar[Types] = {
        "assessment": TEXT, "about": TEXT, "roles": LIST, "people": LIST, "reason": TEXT, "lifted": FLAG,
    }  # fmt: skip

    id: RecordId
    assessment: AssessmentId
    about: str
    roles: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    reason: str = ""
    lifted: bool = False

    @property
    def title(self) -> str:
        if self.lifted:
            return "Restriction lifted"
        named = [role_title(role) for role in self.roles]
        count = len(self.people)
        named += [f"{count} named {'person' if count == 1 else 'people'}"] if count else []
        return f"Restricted to {', '.join(named) or 'who sees all restricted records'}"

    @property
    def words(self) -> str:
        return self.reason

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, "about": self.about, "roles": list(self.roles),
            "people": list(self.people), "reason": self.reason, "lifted": self.lifted,
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> Restriction:
        about, people = strict.text(raw, "about"), strict.texts(raw, "people")
        roles = strict.texts(raw, "roles")
        if not all(is_id(one) for one in (about, *people)) or max(len(roles), len(people)) > _MOST:
            raise ValueError("a restriction names records and people by their ids, and few of them")
        return cls(
            id=RecordId(record), assessment=AssessmentId(raw["assessment"]), about=about, roles=roles, people=people,
            reason=strict.text(raw, "reason"), lifted=strict.flag(raw, "lifted"),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """What one restriction's standing accounts say together. ``makers`` wrote what it is about."""

    about: str
    roles: frozenset[str]
    people: frozenset[str]
    makers: frozenset[str] = frozenset()

    def may_know(self, role: str, authors: Iterable[str]) -> bool:
        """Whether somebody with this role, who writes as these authors, may know what is behind it."""
        known = Role.of(role)
        if known is None:
            return False
        if may(role, Right.SEE_RESTRICTED) or known.value in self.roles:
            return True
        return any(one in self.people or one in self.makers for one in authors)


def wall_of(accounts: Iterable[Restriction], makers: Iterable[str] = ()) -> Wall | None:
    """The wall of the accounts of one restriction that nothing has replaced; ``None`` once all of them are lifted.

    Of several that two people wrote apart, who may know is named in each.
    """
    standing = [one for one in accounts if not one.lifted]
    if not standing:
        return None
    roles = frozenset.intersection(*(frozenset(one.roles) for one in standing))
    people = frozenset.intersection(*(frozenset(one.people) for one in standing))
    return Wall(about=standing[0].about, roles=roles, people=people, makers=frozenset(makers))


def ties_in(body: Mapping[str, Any]) -> frozenset[str]:
    """What a record with this content belongs to."""
    return frozenset(one for name in _TIES if isinstance(one := body.get(name), str) and one)


def covered(about: str, ties: Mapping[str, frozenset[str]]) -> set[str]:
    """The record and all that belongs to it, at any number of steps. ``ties``: what each record belongs to."""
    below: dict[str, list[str]] = {}
    for record, above in ties.items():
        for one in above:
            below.setdefault(one, []).append(record)
    found, edge = {about}, [about]
    while edge:
        edge = [record for one in edge for record in below.get(one, ()) if record not in found]
        found.update(edge)
    return found
