"""What the list can offer, prepared once per vocabulary so that a key press only compares strings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from fieldkit.capture.matching import Names
from fieldkit.capture.short_texts import ShortText
from fieldkit.capture.vocabulary import PACK_SIGN, Speaker, Tracked, Vocabulary, is_used, standing
from fieldkit.domain.framework import Category, Framework, Statement, lookup_key

_NUMBERED = re.compile(r"(.*\D)0*(\d+)")
"""``C01``, ``AL7K-3``: what is before the number, and the number."""


class Offer(StrEnum):
    """What a choice puts into the line."""

    STATEMENT = "statement"
    CATEGORY = "category"
    PERSON = "person"
    CASE = "case"
    TEXT = "text"
    """An abbreviation or a short text: what it stands for is put in the place of sign and name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing the list can offer. ``typed`` is what it puts into the line, less sign, suffix and colon.

    ``label`` is what people read beside the code: position and pack, or a category's number.
    ``description`` is one line about it, shown below the list.
    """

    offer: Offer
    code: str
    typed: str
    label: str
    title: str
    description: str
    names: Names


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """All choices of a vocabulary, each kind in the order of the packs and of the people list.

    ``of_pack`` holds the statements of each pack by its id, for a code typed behind the pack's name.
    """

    statements: tuple[Choice, ...]
    of_pack: Mapping[str, tuple[Choice, ...]]
    categories: tuple[Choice, ...]
    people: tuple[Choice, ...]
    cases: tuple[Choice, ...] = ()

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> Choices:
        """Prepare everything a vocabulary knows."""
        frameworks = vocabulary.frameworks
        return cls(
            statements=_statements(vocabulary),
            of_pack={
                framework.id: tuple(_statement(framework, one, has_places=True) for one in framework)
                for framework in frameworks
            },
            categories=_categories(frameworks),
            people=tuple(_person(one) for one in standing(vocabulary.people)),
            cases=tuple(_case(one) for one in vocabulary.cases),
        )


def _statements(vocabulary: Vocabulary) -> tuple[Choice, ...]:
    """One choice per code; where two packs mean different things by a code, one for each, the pack named."""
    titles: dict[str, list[str]] = {}
    for framework in vocabulary.frameworks:
        for statement in framework:
            titles.setdefault(lookup_key(statement.code), []).append(lookup_key(statement.title))
    found: dict[tuple[str, str], Choice] = {}
    for place, framework in enumerate(vocabulary.frameworks):
        for statement in framework:
            means_one = len(set(titles[lookup_key(statement.code)])) == 1
            pack = "" if means_one else f"{vocabulary.pack_word(framework.id)}{PACK_SIGN}"
            choice = _statement(framework, statement, has_places=place == 0, pack=pack)
            found.setdefault((lookup_key(choice.typed), lookup_key(choice.title)), choice)
    return tuple(found.values())


def _statement(framework: Framework, statement: Statement, *, has_places: bool, pack: str = "") -> Choice:
    numbers = (str(statement.number), statement.position) if has_places else ()
    return Choice(
        offer=Offer.STATEMENT,
        code=statement.code,
        typed=pack + statement.code,
        label=statement.position if has_places else f"{framework.short_title} {statement.position}",
        title=statement.title,
        description=" ".join(statement.descriptor.split()),
        names=Names.of((statement.code, *statement.aliases), numbers, statement.title),
    )


def _person(one: Speaker) -> Choice:
    return Choice(
        offer=Offer.PERSON, code=one.code, typed=one.code, label=one.organisation, title=one.role,
        description=", ".join(part for part in (one.role, one.organisation) if part),
        names=Names.of((one.code,), (), one.role),
    )  # fmt: skip


def text_choice(one: ShortText) -> Choice:
    """Found by its name, an abbreviation by its words too."""
    first = " ".join(one.words.split())
    return Choice(
        offer=Offer.TEXT, code=one.name, typed=one.words, label="",
        title=first if len(first) < 80 else f"{first[:77]}…",
        description="Your short text" if one.is_own else "Abbreviation, written out",
        names=Names.of((one.name,), (), "" if one.is_own else one.words),
    )  # fmt: skip


def _case(one: Tracked) -> Choice:
    """Found by its reference and its number only: ``~`` also begins a view of one's own, in any words."""
    found = _NUMBERED.fullmatch(one.code)
    numbers = (found[2],) if found else ()
    plain = f"{found[1]}{found[2]}" if found else one.code
    return Choice(
        offer=Offer.CASE, code=one.code, typed=one.code, label=one.noun,
        title=one.description or f"{one.noun} {one.code}", description=one.description,
        names=Names.of((one.code, plain), numbers, ""),
    )  # fmt: skip


def _categories(frameworks: tuple[Framework, ...]) -> tuple[Choice, ...]:
    seen: dict[str, Category] = {}
    for framework in frameworks:
        for category in (one for one in framework.categories if is_used(framework, one)):
            seen.setdefault(lookup_key(category.code), category)
    return tuple(
        Choice(
            offer=Offer.CATEGORY, code=one.code, typed=one.code, label=str(one.number), title=one.title,
            description=" ".join(one.descriptor.split()),
            names=Names.of((one.code, *one.aliases), (str(one.number),), one.title),
        )
        for one in seen.values()
    )  # fmt: skip
