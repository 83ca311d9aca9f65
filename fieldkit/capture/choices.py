"""What the list can offer, prepared once per vocabulary so that a key press only compares strings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fieldkit.capture.matching import Names
from fieldkit.capture.vocabulary import PACK_SIGN, Vocabulary
from fieldkit.domain.framework import Category, Framework, Statement, lookup_key


class Offer(StrEnum):
    """What a choice puts into the line."""

    STATEMENT = "statement"
    CATEGORY = "category"
    PERSON = "person"


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
    """All choices of a vocabulary, each kind in the order of the packs and of the people list."""

    statements: tuple[Choice, ...]
    categories: tuple[Choice, ...]
    people: tuple[Choice, ...]

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> Choices:
        """Prepare everything a vocabulary knows."""
        return cls(
            statements=_statements(vocabulary),
            categories=_categories(vocabulary.frameworks),
            people=tuple(
                Choice(
                    offer=Offer.PERSON, code=one.code, typed=one.code, label=one.organisation, title=one.role,
                    description=", ".join(part for part in (one.role, one.organisation) if part),
                    names=Names.of((one.code,), (), one.role),
                )
                for one in vocabulary.people
            ),
        )  # fmt: skip


def _statements(vocabulary: Vocabulary) -> tuple[Choice, ...]:
    """One choice per code; a code with different titles in two packs gets one choice for each pack."""
    found: list[Choice] = []
    for place, framework in enumerate(vocabulary.frameworks):
        for statement in framework:
            earlier = [
                (pack, other)
                for pack in vocabulary.frameworks[:place]
                for other in pack
                if lookup_key(other.code) == lookup_key(statement.code)
            ]
            if any(lookup_key(other.title) == lookup_key(statement.title) for _, other in earlier):
                continue
            found.append(_statement(framework, statement, is_main=place == 0, needs_pack=bool(earlier)))
    return tuple(found)


def _statement(framework: Framework, statement: Statement, *, is_main: bool, needs_pack: bool) -> Choice:
    numbers = (str(statement.number), statement.position) if is_main else ()
    return Choice(
        offer=Offer.STATEMENT,
        code=statement.code,
        typed=f"{framework.id}{PACK_SIGN}{statement.code}" if needs_pack else statement.code,
        label=statement.position if is_main else f"{framework.short_title} {statement.position}",
        title=statement.title,
        description=" ".join(statement.descriptor.split()),
        names=Names.of((statement.code, *statement.aliases), numbers, statement.title),
    )


def _categories(frameworks: tuple[Framework, ...]) -> tuple[Choice, ...]:
    seen: dict[str, Category] = {}
    for framework in frameworks:
        for category in framework.categories:
            seen.setdefault(lookup_key(category.code), category)
    return tuple(
        Choice(
            offer=Offer.CATEGORY, code=one.code, typed=one.code, label=str(one.number), title=one.title,
            description=" ".join(one.descriptor.split()),
            names=Names.of((one.code, *one.aliases), (str(one.number),), one.title),
        )
        for one in seen.values()
    )  # fmt: skip
