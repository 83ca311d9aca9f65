"""Which words are tags and who the people are: the open packs and the people list, ready to be looked up."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from fieldkit.capture.captured import CapturedCategory, CapturedTag
from fieldkit.domain.evidence import Bearing
from fieldkit.domain.framework import Category, Framework, Statement, lookup_key

PACK_SIGN = "/"
"""Between a pack's id and a code (``#la/sg``): unshifted on a UK keyboard, and no code contains it."""

SUFFIXES = {
    "+": (Bearing.STRENGTH, False), "++": (Bearing.STRENGTH, True),
    "-": (Bearing.SHORTFALL, False), "--": (Bearing.SHORTFALL, True),
    "+-": (Bearing.MIXED, False), "-+": (Bearing.MIXED, False),
}  # fmt: skip

_DASHES = str.maketrans({"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-"})
_TAG = re.compile(r"(?:(?P<pack>[^/\s]+)/)?(?P<key>[^./\s]+?)(?:\.(?P<category>[^./\s+-]+))?(?P<suffix>[+-]{0,2})")


class Speaker(Protocol):
    """Somebody whose code may stand at the start of a line; ``fieldkit.domain.people.Person`` is one."""

    @property
    def code(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def organisation(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What the line is read against. The first framework is the main one.

    A code that several packs know means all of them; numbers and positions, which differ between packs,
    mean the main pack only.
    """

    frameworks: tuple[Framework, ...]
    people: tuple[Speaker, ...] = ()
    _people: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_people", {lookup_key(one.code): one.code for one in self.people})

    def person(self, code: str) -> str | None:
        """The code as the people list spells it, or None for a stranger."""
        return self._people.get(lookup_key(code))

    def tags(self, body: str) -> tuple[CapturedTag, ...]:
        """What ``lc``, ``lc.pr-``, ``6.4`` or ``la/sg+`` (without the sign before it) stands for, per pack.

        Empty if no open pack knows the statement, or none of those that know it has the category.
        """
        match = _TAG.fullmatch(body.translate(_DASHES))
        if match is None or (match["suffix"] and match["suffix"] not in SUFFIXES):
            return ()
        bearing, strong = SUFFIXES.get(match["suffix"], (Bearing.NEUTRAL, False))
        found = (
            _tag(framework, statement, match["category"], bearing, strong)
            for framework, statement in self.statements(match["key"], match["pack"])
        )
        return tuple(tag for tag in found if tag is not None)

    def category(self, key: str) -> CapturedCategory | None:
        """The category called ``key`` in the first pack that has one."""
        for framework in self.frameworks:
            category = framework.category_by(key)
            if category is not None:
                return CapturedCategory(id=category.id, code=category.code)
        return None

    def statements(self, key: str, pack: str | None = None) -> Iterable[tuple[Framework, Statement]]:
        """The statements called ``key``, at most one in each pack, or in the one pack named."""
        for place, framework in enumerate(self.frameworks):
            if pack is not None and lookup_key(framework.id) != lookup_key(pack):
                continue
            statement = framework.statement_by(key)
            if statement is not None and (place == 0 or pack is not None or not _is_place(statement, key)):
                yield framework, statement

    def is_code(self, word: str) -> bool:
        """Whether ``word`` is exactly a statement's letter code."""
        key = lookup_key(word)
        return any(lookup_key(statement.code) == key for pack in self.frameworks for statement in pack)


def _tag(
    framework: Framework, statement: Statement, wanted: str | None, bearing: Bearing, strong: bool
) -> CapturedTag | None:
    category: Category | None = framework.category_by(wanted) if wanted else None
    if wanted and category is None:
        return None
    return CapturedTag(
        pack=framework.id, statement=statement.id, code=statement.code,
        category=category.id if category else None, category_code=category.code if category else None,
        bearing=bearing, strong=strong,
    )  # fmt: skip


def _is_place(statement: Statement, key: str) -> bool:
    """Whether ``key`` finds the statement by its place in the pack rather than by a name."""
    return lookup_key(key) in (str(statement.number), lookup_key(statement.position))
