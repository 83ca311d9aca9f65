"""Use cases of the case list: add, describe, sample, follow. Codes are given here, so that no two cases share one."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from fieldkit.app.assessments import plan_activity
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.records import keep, revise
from fieldkit.app.texts import typed
from fieldkit.domain.assessment import Activity, ActivityKind, Visit
from fieldkit.domain.case import CHARACTERISTICS, Case, Criterion, Sampling, next_codes, told_apart
from fieldkit.domain.sampling import Proposal
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import ActivityId, AssessmentId, RecordId, new_id

LONGEST_DESCRIPTION = 2_000
"""Characters; "Woman, 80s, fall at home" has 24."""
LONGEST_VALUE = 120
"""Characters of a characteristic, a criterion, a service: more would be a story, and those belong into notes."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What a person says of a case; all of it may be empty but something has to be there."""

    description: str = ""
    age_band: str = ""
    need: str = ""
    setting: str = ""
    place: str = ""
    ethnicity: str = ""
    carer: str = ""
    criteria: tuple[Criterion, ...] = ()
    person: str = ""

    @classmethod
    def of(cls, case: Case) -> CaseFacts:
        """What is known of a case already."""
        return cls(**{one.name: getattr(case, one.name) for one in dataclasses.fields(cls)})


def cases_of(questions: Questions, assessment: AssessmentId) -> list[Case]:
    """The cases of an assessment by their references."""
    return told_apart(row.value for row in questions.records(Case.KIND, assessment=assessment))


def case_of(questions: Questions, activity: ActivityId) -> Case | None:
    """The case that an activity follows; the first, should two laptops have begun one each."""
    if not questions.records(Case.KIND, about=activity):
        return None
    found = cases_of(questions, questions.activity(activity).assessment)
    return next((one for one in found if one.activity == activity), None)


def checked(facts: CaseFacts, code: str = "") -> CaseFacts:
    """``facts`` as they are kept.

    Raises ``Mistake('case.nothing')``, ``Mistake('case.too_long')`` with ``field``, or what ``refuse_personal`` does.
    """
    clean = dataclasses.replace(
        facts, **{name: typed(getattr(facts, name)) for name in ("description", "person", *CHARACTERISTICS)},
        criteria=tuple(Criterion(words=typed(one.words), met=one.met) for one in facts.criteria if one.words.strip()),
    )  # fmt: skip
    if not code and not any(getattr(clean, name) for name in ("description", *CHARACTERISTICS)):
        raise Mistake("case.nothing", field="description")
    for name in ("description", *CHARACTERISTICS, "person"):
        _refuse_long(getattr(clean, name), name)
    for one in clean.criteria:
        _refuse_long(one.words, "criteria")
    return clean


def add_case(uow: UnitOfWork, assessment: AssessmentId, facts: CaseFacts) -> Case:
    """Put one more case on the list, under the next reference. Raises as ``checked`` does."""
    return add_cases(uow, assessment, [(facts, None)])[0]


def add_cases(
    uow: UnitOfWork, assessment: AssessmentId, wanted: Sequence[tuple[CaseFacts, int | None]], *, source: str = ""
) -> list[Case]:
    """Put several on the list in one go, each with its row in the file ``source``. Raises as ``checked`` does."""
    checked_all = [(checked(facts), row) for facts, row in wanted]
    codes = next_codes((one.code for one in cases_of(uow.questions, assessment)), len(checked_all))
    made = [
        _new(assessment, code, facts, source=typed(source), row=row)
        for code, (facts, row) in zip(codes, checked_all, strict=True)
    ]
    for case in made:
        keep(uow, case)
    return made


def describe_case(uow: UnitOfWork, case: RecordId, facts: CaseFacts) -> Case:
    """Say something else of a case; what was said before stays in its history. Raises as ``checked`` does."""
    known: Case = uow.questions.record(Case.KIND, case).value
    clean = checked(facts, known.code)
    return _revised(
        uow, known, **{one.name: getattr(clean, one.name) for one in dataclasses.fields(CaseFacts)}
    )  # fmt: skip


def set_sampling(uow: UnitOfWork, cases: Iterable[RecordId], state: Sampling, reason: str = "") -> list[Case]:
    """Move cases between list, sample, reserve and taking part.

    Raises ``Mistake('case.no_reason')`` for one that does not take part without a reason.
    """
    if state is Sampling.NOT_ENGAGED and not reason.strip():
        raise Mistake("case.no_reason", field="reason")
    _refuse_long(typed(reason), "reason")
    known = [uow.questions.record(Case.KIND, one).value for one in cases]
    kept = typed(reason) if state is Sampling.NOT_ENGAGED else ""
    return [
        _revised(uow, one, sampling=state, reason=kept) for one in known if (one.sampling, one.reason) != (state, kept)
    ]


def take_proposal(uow: UnitOfWork, assessment: AssessmentId, proposal: Proposal) -> list[Case]:
    """Make a proposal the sample: those in it, its reserves, and the rest back on the list. The changed ones."""
    wanted = {pick.case.id: Sampling.SAMPLED for pick in proposal.sample}
    wanted |= {pick.case.id: Sampling.RESERVE for pick in proposal.reserves}
    changed = []
    for case in cases_of(uow.questions, assessment):
        state = wanted.get(case.id, Sampling.LISTED)
        if case.sampling not in (state, Sampling.ENGAGED, Sampling.NOT_ENGAGED):
            changed.append(_revised(uow, case, sampling=state, reason=""))
    return changed


def follow_case(uow: UnitOfWork, case: RecordId, visit: Visit) -> Activity:
    """Make a case an activity of ``visit`` and count it as taking part; the activity it has already, if it has one."""
    known: Case = uow.questions.record(Case.KIND, case).value
    if known.activity is not None:
        return uow.questions.activity(known.activity)
    activity = plan_activity(uow, visit, ActivityKind.CASE_TRACK, f"Case {known.code}")
    _revised(uow, known, activity=activity.id, visit=visit.id, sampling=Sampling.ENGAGED, reason="")
    return activity


def case_for(uow: UnitOfWork, activity: Activity) -> Case:
    """The case an activity follows; made with the next reference where nobody has begun one."""
    found = case_of(uow.questions, activity.id)
    if found is not None:
        return found
    code = next_codes((one.code for one in cases_of(uow.questions, activity.assessment)), 1)[0]
    case = dataclasses.replace(
        _new(activity.assessment, code, CaseFacts()), activity=activity.id, visit=activity.visit,
        sampling=Sampling.ENGAGED,
    )  # fmt: skip
    keep(uow, case)
    return case


def _new(assessment: AssessmentId, code: str, facts: CaseFacts, *, source: str = "", row: int | None = None) -> Case:
    return Case(
        id=RecordId(new_id()), assessment=assessment, code=code, imported_from=source, row=row,
        **{one.name: getattr(facts, one.name) for one in dataclasses.fields(CaseFacts)},
    )  # fmt: skip


def _revised(uow: UnitOfWork, case: Case, **changes: object) -> Case:
    changed: Case = dataclasses.replace(case, **changes)  # type: ignore[arg-type]
    if changed != case:
        revise(uow, changed)
    return changed


def _refuse_long(text: str, field: str) -> None:
    most = LONGEST_DESCRIPTION if field in ("description", "reason") else LONGEST_VALUE
    if len(text) > most:
        raise Mistake("case.too_long", field=field, length=f"{len(text):,}", most=f"{most:,}")
