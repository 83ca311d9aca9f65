"""Use cases of interview guides: put one into an assessment, change it, take it out of use.

A guide is known by its form id: adding a form whose id is there already makes a new version of that guide. Interviews
keep the id and the version they used, so what was asked can always be read again (``used_version``).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from fieldkit.app.bounds import check_name
from fieldkit.app.drafts import drop_draft
from fieldkit.app.guide_library import BuiltIn
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.records import keep, revise
from fieldkit.app.rows import Draft, RecordRow
from fieldkit.app.texts import typed, whole
from fieldkit.domain.assessment import ActivityKind
from fieldkit.domain.framework import Framework
from fieldkit.domain.guide import Guide, next_version
from fieldkit.domain.guide_changes import names_in
from fieldkit.domain.questions import Question
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import AssessmentId, RecordId, new_id

LARGEST: Final = 3 * 2**20
"""Bytes of a guide's content. A record travels in a frame of 8 MiB, and the interview repeats the questions."""
MOST_QUESTIONS: Final = 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What adding a guide came to; ``is_new_version`` of one that was here already."""

    guide: Guide
    is_new_version: bool


def guides(questions: Questions, assessment: AssessmentId, kind: ActivityKind | None = None) -> list[RecordRow]:
    """The guides in use, in the order they came; only those for ``kind`` if one is given."""
    rows = questions.records(Guide.KIND, assessment=assessment)
    return [row for row in rows if not row.value.is_retired and (kind is None or kind in row.value.kinds)]


def used_version(questions: Questions, guide: RecordId, version: str) -> Guide:
    """The guide as an interview used it; as it is now where that version cannot be read here (any more).

    Raises ``Mistake('record.unknown')``.
    """
    found: list[Guide] = [row.value for row in questions.history(guide) if row.value.version == version]
    return found[-1] if found else newest(questions, guide)


def newest(questions: Questions, guide: RecordId) -> Guide:
    """A guide as it is now. Raises ``Mistake('record.unknown')``."""
    found: Guide = questions.record(Guide.KIND, guide).value
    return found


def add_built_in(uow: UnitOfWork, assessment: AssessmentId, chosen: BuiltIn, frameworks: Sequence[Framework]) -> Added:
    """Copy a built-in guide into an assessment, tied to its packs. Raises as ``add_guide`` does."""
    return add_guide(uow, assessment, chosen.tied_to(frameworks))


def add_guide(uow: UnitOfWork, assessment: AssessmentId, guide: Guide) -> Added:
    """Put a guide into an assessment; one with its form id, that is there already, gets it as a new version.

    Raises ``Mistake`` ``guide.already_here`` where nothing would change, and as ``check`` does.
    """
    here = [row.value for row in uow.questions.records(Guide.KIND, assessment=assessment)]
    before = next((one for one in here if one.form_id == guide.form_id), None)
    if before is None:
        made = checked(replace(guide, id=RecordId(new_id()), assessment=assessment))
        keep(uow, made)
        return Added(guide=made, is_new_version=False)
    made = checked(replace(guide, id=before.id, assessment=assessment, is_retired=False))
    if replace(made, origin=before.origin) == before:
        raise Mistake("guide.already_here", title=before.title, version=before.version)
    return Added(guide=_new_version(uow, made), is_new_version=True)


def change_guide(uow: UnitOfWork, guide: Guide) -> Guide:
    """Keep a changed guide under a version of its own; as it was, if nothing changed.

    Raises ``Mistake('record.unknown')``, and as ``check`` does.
    """
    before = newest(uow.questions, guide.id)
    if guide == before:
        return before
    return _new_version(uow, checked(guide))


def retire_guide(uow: UnitOfWork, guide: RecordId, *, is_retired: bool = True) -> Guide:
    """Take a guide out of use, or back into it. Interviews that used it keep what they had."""
    before = newest(uow.questions, guide)
    made = replace(before, is_retired=is_retired)
    if made != before:
        revise(uow, made)
    return made


def checked(guide: Guide) -> Guide:
    """The guide with every text fit to be kept.

    Raises ``Mistake`` ``guide.no_title``, ``guide.too_long``, ``guide.no_questions``, ``guide.question_empty`` (with
    the ``question``), ``guide.rule_names_nothing``, ``guide.too_many_questions`` or ``guide.too_large``.
    """
    made = _fit(guide)
    if not made.title:
        raise Mistake("guide.no_title", field="title")
    check_name(made.title, "guide", "title")
    check_name(made.audience, "guide", "audience")
    if not made.asked:
        raise Mistake("guide.no_questions", field="questions")
    if len(made.questions) > MOST_QUESTIONS:
        raise Mistake("guide.too_many_questions", most=MOST_QUESTIONS, count=len(made.questions))
    empty = next((one for one in made.asked if not one.text.strip()), None)
    if empty is not None:
        raise Mistake("guide.question_empty", field="text", question=empty.id)
    _check_rules(made)
    if len(json.dumps(made.to_content(), ensure_ascii=False).encode("utf-8")) > LARGEST:
        raise Mistake("guide.too_large", most=LARGEST // 2**20)
    return made


def _check_rules(guide: Guide) -> None:
    known = {one.id for one in guide.questions} | {one.id for one in guide.sections}
    for question in guide.questions:
        missing = sorted(names_in(question.relevant, question) - known)
        if missing:
            raise Mistake("guide.rule_names_nothing", field="relevant", question=shown(question), name=missing[0])


def shown(question: Question) -> str:
    """As much of a question as a sentence about it shows."""
    text = " ".join(question.text.split())
    return text if len(text) <= 60 else text[:59].rstrip() + "…"


def fresh_name(guide: Guide, text: str) -> str:
    """A stable name for a new question: from its first words, and used in no version that is at hand."""
    letters = "".join(char if char.isalnum() and char.isascii() else " " for char in text.casefold()).split()
    base = "_".join(letters[:4])[:40] or "question"
    base = base if base[0].isalpha() else f"q_{base}"
    taken = {one.id for one in guide.questions} | {one.id for one in guide.sections}
    return next(name for name in _numbered(base) if name not in taken)


def working_place(guide: RecordId) -> str:
    """Where changes to a guide lie that are no version yet: on this laptop only."""
    return f"guide/{guide}"


def keep_working(uow: UnitOfWork, guide: Guide) -> Guide:
    """Keep a guide that is being changed, until it is made a version; nobody else sees it."""
    text = json.dumps(guide.to_content(), ensure_ascii=False)
    uow.keep_draft(Draft(
        place=working_place(guide.id), text=whole(text), caret=0, noticed_at=None, kept_at=uow.clock.now()
    ))  # fmt: skip
    return guide


def working(questions: Questions, guide: RecordId) -> Guide | None:
    """The changes to a guide that are no version yet; None where there are none, or none that can be read."""
    draft = questions.draft(working_place(guide))
    if draft is None:
        return None
    try:
        return Guide.from_content(guide, json.loads(draft.text))
    except (KeyError, TypeError, ValueError):
        return None


def finish_working(uow: UnitOfWork, guide: Guide) -> Guide:
    """Make a version of what was changed. Raises as ``change_guide`` does; the changes are kept then."""
    made = change_guide(uow, guide)
    drop_draft(uow, working_place(guide.id))
    return made


def drop_working(uow: UnitOfWork, guide: RecordId) -> None:
    """Forget changes that were made no version of."""
    drop_draft(uow, working_place(guide))


def _numbered(base: str) -> list[str]:
    return [base, *(f"{base}_{number}" for number in range(2, MOST_QUESTIONS + 3))]


def _new_version(uow: UnitOfWork, guide: Guide) -> Guide:
    used = {row.value.version for row in uow.questions.history(guide.id)}
    while guide.version in used:
        guide = replace(guide, version=next_version(guide.version))
    revise(uow, guide)
    return guide


def _fit(guide: Guide) -> Guide:
    return replace(
        guide, title=typed(guide.title), audience=typed(guide.audience), version=typed(guide.version) or "1",
        questions=tuple(_fit_question(one) for one in guide.questions),
    )  # fmt: skip


def _fit_question(question: Question) -> Question:
    return replace(
        question, text=typed(question.text), hint=typed(question.hint),
        probes=tuple(whole(one) for one in question.probes if one.strip()),
        i_statements=tuple(whole(one) for one in question.i_statements if one.strip()),
    )  # fmt: skip
