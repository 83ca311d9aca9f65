"""What a crosswalk does to one note: which tags follow those it has, what a person has to choose, what stays behind.

Pure and the same everywhere: two laptops that apply one crosswalk to the same note come to the same tags.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from fieldkit.domain.crosswalk import Carried, Crosswalk, Step, carried_id
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.domain.framework import Framework, Need

Choices = Mapping[str, tuple[str, ...]]
"""By older statement: which of those that follow it a person chose for all of its tags."""


class Left(StrEnum):
    """Why nothing follows a tag."""

    NOTHING_FOLLOWS = "nothing_follows"
    """The crosswalk says so, with its reason."""
    NOT_SAID = "not_said"
    """The crosswalk does not name the statement."""
    NO_CATEGORY = "no_category"
    """The newer framework does not use the kind of evidence for the statement."""
    TO_CHOOSE = "to_choose"
    """Several follow, and nobody has chosen yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """What follows one tag: new tags, or why there are none. ``step`` is the crosswalk's row, where there is one."""

    old: EvidenceItem
    step: Step | None
    news: tuple[EvidenceItem, ...] = ()
    left: Left | None = None
    is_there: bool = False
    """What follows it stands already: it was carried over before, or a person tagged it so."""


def follow(
    crosswalk: Crosswalk, newer: Framework, standing: Sequence[EvidenceItem], removed: Iterable[str],
    choices: Choices, subject: str | None = None,
) -> tuple[Following, ...]:  # fmt: skip
    """What follows each tag of the older framework on one note.

    ``standing`` are the note's tags, ``removed`` ids of tags that were taken off it. A tag that stands already, put by
    a person or carried over, is not made again, so applying a crosswalk twice changes nothing.
    """
    gone = frozenset(removed)
    there = {_place(item) for item in standing}
    olds = [one for one in standing if one.pack == crosswalk.pack and _is_older(one, crosswalk, newer)]
    found = []
    for old in sorted(olds, key=lambda one: one.id):
        step = crosswalk.step(old.statement)
        targets, left = _targets(step, old, choices)
        if left is not None:
            found.append(Following(old=old, step=step, left=left))
            continue
        category = crosswalk.categories.get(old.category, old.category)
        usable = [one for one in targets if _uses(newer, one, category, subject)]
        if not usable:
            found.append(Following(old=old, step=step, left=Left.NO_CATEGORY))
            continue
        made = [_made(old, crosswalk, newer, one, category, gone) for one in usable]
        fresh = tuple(one for one in made if _place(one) not in there)
        there |= {_place(one) for one in fresh}
        found.append(Following(old=old, step=step, news=fresh, is_there=not fresh))
    return tuple(found)


def _is_older(item: EvidenceItem, crosswalk: Crosswalk, newer: Framework) -> bool:
    """A tag that this crosswalk made is none to carry over, though in a later version of one pack it looks like it."""
    return item.carried != crosswalk.name or newer.id != crosswalk.pack


def _targets(step: Step | None, old: EvidenceItem, choices: Choices) -> tuple[tuple[str, ...], Left | None]:
    if step is None:
        return (), Left.NOT_SAID
    if step.how is Carried.NONE:
        return (), Left.NOTHING_FOLLOWS
    if step.how is not Carried.SPLIT:
        return step.news, None
    chosen = tuple(one for one in choices.get(old.statement, ()) if one in step.news)
    return (chosen, None) if chosen else ((), Left.TO_CHOOSE)


def _uses(newer: Framework, statement: str, category: str, subject: str | None) -> bool:
    known = {one.id for one in newer.categories}
    return category in known and newer.need(statement, category, subject) is not Need.NOT_USED


def _made(
    old: EvidenceItem, crosswalk: Crosswalk, newer: Framework, statement: str, category: str, gone: frozenset[str]
) -> EvidenceItem:
    target = f"{newer.id} {newer.version}/{statement}/{category}"
    return replace(
        old, id=carried_id(old.id, crosswalk.name, target, gone), pack=newer.id, statement=statement, category=category,
        carried=crosswalk.name,
    )  # fmt: skip


def _place(item: EvidenceItem) -> tuple[object, ...]:
    return item.pack, item.statement, item.category, item.bearing, item.strong
