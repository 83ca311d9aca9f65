"""What is sent, named as it is now: tags by their statements' titles, activities by their present plan.

The log keeps ids of statements, which mean nothing to a person; and an earlier plan may tell whose interview it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from fieldkit.app.ports import Questions
from fieldkit.app.rows import SendItem
from fieldkit.domain.assessment import Activity
from fieldkit.domain.framework import Framework
from fieldkit.kernel.errors import FieldKitError
from fieldkit.kernel.ids import ActivityId, AssessmentId
from ui.presenters.services import PackShelf

TAKEN_OFF = "Tags taken off"
_BETWEEN = ", "


def titled(items: Iterable[SendItem], questions: Questions, packs: PackShelf) -> tuple[SendItem, ...]:
    """The items in words of today. A pack that is not on this laptop leaves its ids to be read."""
    known: dict[AssessmentId, tuple[Framework, ...]] = {}
    plans: dict[str, str] = {}
    found = []
    for item in items:
        if item.kind == Activity.KIND:
            if item.record not in plans:
                plans[item.record] = _plan(item, questions)
            item = replace(item, title=plans[item.record])
        if item.kind == "filing" and item.assessment is not None:
            if item.assessment not in known:
                known[item.assessment] = _frameworks(item.assessment, questions, packs)
            item = replace(item, title=_words(item.title, known[item.assessment]))
        found.append(item)
    return tuple(found)


def _plan(item: SendItem, questions: Questions) -> str:
    try:
        return questions.activity(ActivityId(item.record)).title
    except FieldKitError:
        return item.title


def _frameworks(assessment: AssessmentId, questions: Questions, packs: PackShelf) -> tuple[Framework, ...]:
    try:
        return tuple(packs.framework(pin) for pin in questions.assessment(assessment).packs)
    except FieldKitError:
        return ()


def _words(ids: str, frameworks: tuple[Framework, ...]) -> str:
    if not ids:
        return TAKEN_OFF
    return _BETWEEN.join(_title(one, frameworks) for one in ids.split(_BETWEEN))


def _title(statement: str, frameworks: tuple[Framework, ...]) -> str:
    found = (one.statement_by(statement) for one in frameworks)
    return next((f"{one.position} {one.title}" for one in found if one is not None), statement)
