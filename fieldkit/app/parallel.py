"""Use cases of two frameworks on one visit: pin another pack to an assessment, or let it go; its tags stay."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fieldkit.app.assessments import introduce_author
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.rows import EntryFilter, EntryRow, Facet, Term
from fieldkit.domain.assessment import Assessment, PackPin
from fieldkit.domain.framework import Framework
from fieldkit.domain.judgement import Judgement, Moderation
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import AssessmentId

MOST_PACKS = 4
"""Chips, columns and lists say which of them is meant; nobody works against more than two so far."""
_PAGE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """How much of an assessment is filed under a framework."""

    notes: int
    tags: int
    judgements: int


def pin_of(framework: Framework) -> PackPin:
    """The pin of a framework, down to its bytes."""
    return PackPin(id=framework.id, version=framework.version, digest=framework.digest)


def add_framework(uow: UnitOfWork, assessment: AssessmentId, framework: Framework) -> Assessment:
    """Work against another framework beside those there are; it comes last, and the first stays the main one.

    Raises ``Mistake``: ``framework.there``, ``framework.other_version`` (tags go over to it by a crosswalk) or
    ``framework.too_many``.
    """
    current = uow.questions.assessment(assessment)
    same = next((one for one in current.packs if one.id == framework.id), None)
    if same is not None:
        code = "framework.there" if same.version == framework.version else "framework.other_version"
        raise Mistake(code, field="pack", title=framework.title, version=same.version)
    if len(current.packs) >= MOST_PACKS:
        raise Mistake("framework.too_many", field="pack", most=MOST_PACKS)
    return repin(uow, current, (*current.packs, pin_of(framework)))


def remove_framework(uow: UnitOfWork, assessment: AssessmentId, pack: str) -> Assessment:
    """Work against a framework no longer. Every tag and judgement made under it stays, and shows again when it returns.

    Raises ``Mistake``: ``framework.main`` for the first one, ``framework.not_there``.
    """
    current = uow.questions.assessment(assessment)
    if current.packs[0].id == pack:
        raise Mistake("framework.main", field="pack")
    kept = tuple(one for one in current.packs if one.id != pack)
    if kept == current.packs:
        raise Mistake("framework.not_there", field="pack", pack=pack)
    return repin(uow, current, kept)


def repin(uow: UnitOfWork, current: Assessment, packs: Sequence[PackPin]) -> Assessment:
    """Write the assessment with other pins over the one that is shown."""
    introduce_author(uow, current.id)
    changed = dataclasses.replace(current, packs=tuple(packs))
    if changed != current:
        uow.append(current.id, changed, assessment=current.id, parents=uow.questions.over(current.id))
    return changed


def use_of(questions: Questions, assessment: AssessmentId, framework: Framework) -> Use:
    """What is filed under a framework: said before it is let go, so that nobody thinks it is lost."""
    notes = tags = 0
    for row in tagged(questions, assessment, framework):
        notes += 1
        tags += sum(item.pack == framework.id for item in row.evidence)
    judged = sum(
        row.value.judged.pack == framework.id
        for kind in (Judgement.KIND, Moderation.KIND)
        for row in questions.records(kind, assessment=assessment)
    )
    return Use(notes=notes, tags=tags, judgements=judged)


def tagged(questions: Questions, assessment: AssessmentId, framework: Framework) -> Iterator[EntryRow]:
    """Every note that has, or had, a tag of this framework, newest first; withdrawn ones too."""
    former = tuple(one.id for walk in framework.crosswalks if walk.pack == framework.id for one in walk.former)
    values = tuple(f"{framework.id}/{one}" for one in (*(one.id for one in framework.statements), *former))
    wanted = EntryFilter(assessment=assessment, terms=(Term(facet=Facet.STATEMENT, values=values),), limit=_PAGE)
    reached: int | None = None
    while reached != 0:
        walk = questions.walk(dataclasses.replace(wanted, before=reached))
        yield from walk.rows
        reached = walk.reached
