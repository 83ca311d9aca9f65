"""Which words are tags and who the people are: the open packs and the people list, ready to be looked up."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from fieldkit.capture.captured import CapturedCase, CapturedCategory, CapturedTag
from fieldkit.domain.evidence import Bearing
from fieldkit.domain.framework import Category, Framework, Need, Statement, category_keys, lookup_key, statement_keys
from fieldkit.domain.people import Person, shown_codes

PACK_SIGN = "/"
"""Between a pack's id and a code (``#la/sg``): unshifted on a UK keyboard, and no code contains it."""

_LONG_ID = 4
"""An id of one word that is longer has its first two letters too (``pr``): chips in narrow columns show them."""

SUFFIXES = {
    "+": (Bearing.STRENGTH, False), "++": (Bearing.STRENGTH, True),
    "-": (Bearing.SHORTFALL, False), "--": (Bearing.SHORTFALL, True),
    "+-": (Bearing.MIXED, False), "-+": (Bearing.MIXED, False),
}  # fmt: skip

_DASHES = str.maketrans({"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-"})
_TAG = re.compile(
    r"(?:(?P<pack>[^/\s]+)/)?(?P<key>[^./\s]+?)(?:\.(?P<category>[^./\s+]*?[^./\s+-]))?(?P<suffix>[+-]{0,2})"
)


class Speaker(Protocol):
    """Somebody whose code may stand at the start of a line; ``fieldkit.domain.people.Person`` is one."""

    @property
    def code(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def organisation(self) -> str: ...


class Tracked(Protocol):
    """What a note may be about: ``fieldkit.domain.case.Case`` and ``fieldkit.domain.attachment.Attachment`` are two."""

    @property
    def id(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def noun(self) -> str:
        """What it is to people: ``Case``, ``File``."""

    @property
    def description(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What the line is read against. The first framework is the main one.

    A code that several packs know for one statement (one id or title) means it in all of them. Where they mean
    different things by it, it means the first pack that knows it, and another is named before it (``#la/sg``). Numbers
    and positions, which differ between packs, mean the main pack only. Spaces of an alias are typed as hyphens
    (``#speaking-up``).
    """

    frameworks: tuple[Framework, ...]
    people: tuple[Speaker, ...] = ()
    cases: tuple[Tracked, ...] = ()
    _people: dict[str, str] = field(init=False, repr=False, compare=False)
    _cases: dict[str, Tracked] = field(init=False, repr=False, compare=False)
    _packs: dict[str, str] = field(init=False, repr=False, compare=False)
    _statements: dict[str, dict[str, Statement]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_people", _codes(self.people))
        object.__setattr__(self, "_cases", _case_names(self.cases))
        object.__setattr__(self, "_packs", _packs(self.frameworks))
        object.__setattr__(self, "_statements", {pack.id: _names(pack) for pack in self.frameworks})

    def person(self, code: str) -> str | None:
        """The code as the people list spells it, or None for a stranger."""
        return self._people.get(lookup_key(code))

    def case(self, word: str) -> CapturedCase | None:
        """The case called ``C01``, ``c01`` or ``c1``; None for any other word."""
        found = self._cases.get(lookup_key(word)) if self._cases else None
        return None if found is None else CapturedCase(code=found.code, record=found.id)

    def pack(self, word: str) -> str | None:
        """The id of the pack named before a code: its id, the initials of its words (``la``), a long word's start."""
        return self._packs.get(lookup_key(word))

    def pack_word(self, pack: str) -> str:
        """The shortest word that ``pack`` understands as this pack."""
        return _shortest(self._packs, pack)

    def tags(self, body: str) -> tuple[CapturedTag, ...]:
        """What ``lc``, ``lc.pr-``, ``6.4`` or ``la/sg+`` (without the sign before it) stands for, per pack.

        Empty if no open pack knows the statement, or none of those that know it uses the category for it.
        """
        match = _split(body)
        if match is None:
            return ()
        bearing, strong = SUFFIXES.get(match["suffix"], (Bearing.NEUTRAL, False))
        found = (
            _tag(framework, statement, match["category"], bearing, strong)
            for framework, statement in self.statements(match["key"], match["pack"])
        )
        return tuple(tag for tag in found if tag is not None)

    def names_unused_category(self, body: str) -> bool:
        """Whether ``sg.ob`` fails only because no open pack uses that category for the statement."""
        match = _split(body)
        if match is None or match["category"] is None or self.tags(body):
            return False
        named = self.statements(match["key"], match["pack"])
        return any(_category(framework, match["category"]) for framework, _ in named)

    def category(self, key: str) -> CapturedCategory | None:
        """The category called ``key`` in the first pack that has it and uses it."""
        for framework in self.frameworks:
            category = _category(framework, key)
            if category is not None and is_used(framework, category):
                return CapturedCategory(id=category.id, code=category.code)
        return None

    def statements(self, key: str, pack: str | None = None) -> Iterable[tuple[Framework, Statement]]:
        """The statements called ``key``, at most one in each pack, or in the one pack named."""
        wanted = None if pack is None else self.pack(pack)
        meant: Statement | None = None
        for place, framework in enumerate(self.frameworks):
            if pack is not None and framework.id != wanted:
                continue
            statement = self._statements[framework.id].get(lookup_key(key))
            if statement is None or (place > 0 and pack is None and _is_place(statement, key)):
                continue
            if meant is None or _means_same(meant, statement):
                meant = statement
                yield framework, statement

    def is_code(self, word: str) -> bool:
        """Whether ``word`` is exactly a statement's letter code."""
        key = lookup_key(word)
        return any(lookup_key(statement.code) == key for pack in self.frameworks for statement in pack)


def is_used(framework: Framework, category: Category) -> bool:
    """Whether a framework uses a category for any statement (observation is never used for a council)."""
    return any(framework.need(statement.id, category.id) is not Need.NOT_USED for statement in framework)


def pack_words(frameworks: tuple[Framework, ...]) -> dict[str, str]:
    """The shortest word that names each pack on the capture line, by its id."""
    named = _packs(frameworks)
    return {framework.id: _shortest(named, framework.id) for framework in frameworks}


def _shortest(packs: dict[str, str], pack: str) -> str:
    return min((word for word, named in packs.items() if named == pack), key=len, default=pack)


def _case_names(cases: tuple[Tracked, ...]) -> dict[str, Tracked]:
    """By reference, and by reference without its leading noughts; of two that share one, the first."""
    named: dict[str, Tracked] = {}
    for one in cases:
        for name in (one.code, re.sub(r"(?<=\D)0+(?=\d)", "", one.code)):
            named.setdefault(lookup_key(name), one)
    return named


def _packs(frameworks: tuple[Framework, ...]) -> dict[str, str]:
    initials: dict[str, str] = {}
    for framework in frameworks:
        words = framework.id.casefold().split("-")
        if len(words) > 1:
            initials.setdefault("".join(word[:1] for word in words), framework.id)
        elif len(words[0]) > _LONG_ID:
            initials.setdefault(words[0][:2], framework.id)
    return initials | {lookup_key(framework.id): framework.id for framework in frameworks}


def _names(framework: Framework) -> dict[str, Statement]:
    return {_as_typed(key): statement for statement in framework for key in statement_keys(statement)}


def _as_typed(key: str) -> str:
    """A name as one word."""
    return key.replace(" ", "-")


def _split(body: str) -> re.Match[str] | None:
    match = _TAG.fullmatch(body.translate(_DASHES))
    return match if match is not None and (not match["suffix"] or match["suffix"] in SUFFIXES) else None


def _tag(
    framework: Framework, statement: Statement, wanted: str | None, bearing: Bearing, strong: bool
) -> CapturedTag | None:
    category = _category(framework, wanted) if wanted else None
    if wanted and (category is None or framework.need(statement.id, category.id) is Need.NOT_USED):
        return None
    return CapturedTag(
        pack=framework.id, statement=statement.id, code=statement.code,
        category=category.id if category else None, category_code=category.code if category else None,
        bearing=bearing, strong=strong,
    )  # fmt: skip


def _category(framework: Framework, key: str) -> Category | None:
    return next((one for one in framework.categories if lookup_key(key) in map(_as_typed, category_keys(one))), None)


def _means_same(one: Statement, other: Statement) -> bool:
    """What two publications share has one id, or at the least one title."""
    return one.id == other.id or lookup_key(one.title) == lookup_key(other.title)


def _is_place(statement: Statement, key: str) -> bool:
    """Whether ``key`` finds the statement by its place in the pack rather than by a name."""
    return lookup_key(key) in (str(statement.number), lookup_key(statement.position))


def _codes(people: Iterable[Speaker]) -> dict[str, str]:
    """Every code with the one that is kept for it: a code that was merged means the person it was merged into."""
    known = [one for one in people if isinstance(one, Person)]
    shown = shown_codes(known)
    return {lookup_key(one.code): shown.get(one.code, one.code) for one in people}


def standing(people: Iterable[Speaker]) -> list[Speaker]:
    """Those whose code is offered: without the ones that were merged into others."""
    people = list(people)
    shown = shown_codes(one for one in people if isinstance(one, Person))
    return [one for one in people if one.code not in shown]
