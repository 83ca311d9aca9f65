"""Tags that are sent are named by their statements' titles: the log keeps ids, which mean nothing to a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from fieldkit.app.ports import Questions
from fieldkit.app.rows import SendItem
from fieldkit.domain.framework import Framework
from fieldkit.kernel.errors import FieldKitError
from fieldkit.kernel.ids import AssessmentId
from ui.presenters.services import PackShelf

TAKEN_OFF = "Tags taken off"
_BETWEEN = ", "


def titled(items: Iterable[SendItem], questions: Questions, packs: PackShelf) -> tuple[SendItem, ...]:
    """The items, those that are tags in words. A pack that is not on this laptop leaves its ids to be read."""
    known: dict[AssessmentId, tuple[Framework, ...]] = {}
    found = []
    for item in items:
        if item.kind == "filing" and item.assessment is not None:
            if item.assessment not in known:
                known[item.assessment] = _frameworks(item.assessment, questions, packs)
            item = replace(item, title=_words(item.title, known[item.assessment]))
        found.append(item)
    return tuple(found)


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
