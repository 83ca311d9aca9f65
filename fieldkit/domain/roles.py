"""Who of a team may do what: one table, asked by the central store before anything and by laptops for their screens.

A role is held in one assessment. What a person may do in another is another role's matter, and nothing here gives a
right to somebody who is on no team.
"""

from __future__ import annotations

from enum import StrEnum


class Right(StrEnum):
    """What can be allowed."""

    PUSH = "push"
    """Hand in: what comes from anybody else is kept apart for a person."""
    PULL = "pull"
    """Read what the team handed in."""
    SEE_RESTRICTED = "see_restricted"
    """Know the words of restricted records without being named in the restriction."""
    RELEASE = "release"
    """Let in what waits apart."""
    MODERATE = "moderate"
    """Settle differences between the judgements of others."""
    MANAGE_TEAM = "manage_team"
    """Put people on the team, change their role, take them off."""
    READ_AUDIT = "read_audit"
    """Read who saw and exported what."""


class Role(StrEnum):
    """A part in a team, by its word in the store, on the wire and at the command line."""

    LEAD = "lead"
    INSPECTOR = "inspector"
    ADVISER = "adviser"
    """A specialist adviser: is shown what is allotted to them."""
    EXPERT = "expert"
    """An Expert by Experience."""
    MODERATOR = "moderator"
    SAFEGUARDING = "safeguarding"
    """The safeguarding lead."""
    ADMINISTRATOR = "administrator"
    """Runs the team and its audit; reads nobody's evidence."""
    READER = "reader"
    """Reads, and hands in nothing."""

    @classmethod
    def of(cls, word: str) -> Role | None:
        """The role of a word, that of earlier versions too; ``None`` for one of a later version."""
        try:
            return cls(_EARLIER.get(word, word))
        except ValueError:
            return None

    @property
    def stored(self) -> str:
        """The word in the store's tables: the earlier one where there was one, so that earlier code reads it."""
        return _STORED.get(self, self.value)


_EARLIER = {"member": "inspector"}
_STORED = {Role.INSPECTOR: "member"}
_WORKS = frozenset({Right.PUSH, Right.PULL})

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.LEAD: frozenset(Right),
    Role.INSPECTOR: _WORKS,
    Role.ADVISER: _WORKS,
    Role.EXPERT: _WORKS,
    Role.MODERATOR: _WORKS | {Right.MODERATE},
    Role.SAFEGUARDING: _WORKS | {Right.SEE_RESTRICTED, Right.READ_AUDIT},
    Role.ADMINISTRATOR: frozenset({Right.RELEASE, Right.MANAGE_TEAM, Right.READ_AUDIT}),
    Role.READER: frozenset({Right.PULL}),
}

TITLES: dict[Role, str] = {
    Role.LEAD: "Lead",
    Role.INSPECTOR: "Inspector",
    Role.ADVISER: "Specialist adviser",
    Role.EXPERT: "Expert by Experience",
    Role.MODERATOR: "Moderator",
    Role.SAFEGUARDING: "Safeguarding lead",
    Role.ADMINISTRATOR: "Administrator",
    Role.READER: "Reader",
}
"""As people read them."""


def may(word: str, right: Right) -> bool:
    """Whether somebody with this role may; a word that this version does not know gives no right at all."""
    role = Role.of(word)
    return role is not None and right in RIGHTS[role]


def words_with(right: Right) -> frozenset[str]:
    """Every word in the store's tables that gives this right."""
    return frozenset(role.stored for role in Role if right in RIGHTS[role])


def title(word: str) -> str:
    """The role as people read it; an unknown word as it is."""
    role = Role.of(word)
    return TITLES[role] if role is not None else word
