"""The cases of an assessment that are followed, read together: their pathways, and what evidence each gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fieldkit.app.case_file import CaseFile, read_case
from fieldkit.app.case_yield import Given, given_by
from fieldkit.app.cases import cases_of
from fieldkit.app.ports import Questions
from fieldkit.domain.framework import Framework
from fieldkit.kernel.ids import AssessmentId, RecordId

NOTHING = Given()


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """``files`` are the cases side by side; ``held`` the references of those that a consent keeps out of it."""

    assessment: str
    files: tuple[CaseFile, ...]
    given: Mapping[RecordId, Given]
    framework: Framework | None
    subject: str
    """What kind of subject is assessed: which matrix of the framework counts."""
    held: tuple[str, ...] = ()

    def given_of(self, file: CaseFile) -> Given:
        """What a case gave; nothing for one without notes that count."""
        return self.given.get(file.case.id, NOTHING) if file.case is not None else NOTHING


def read_compared(
    questions: Questions, assessment: AssessmentId, frameworks: Sequence[Framework], today: date,
    codes: Sequence[str] = (),
) -> Compared:  # fmt: skip
    """Every case that is followed, or those with these ``codes``; evidence by the first pack. On the store lane."""
    wanted = {code.upper() for code in codes}
    files = [
        read_case(questions, case.activity, frameworks, today)
        for case in cases_of(questions, assessment)
        if case.activity is not None and (not wanted or case.code.upper() in wanted)
    ]
    files = [file for file in files if file.case is not None]
    found = questions.assessment(assessment)
    free = tuple(file for file in files if not file.is_barred)
    main = frameworks[0] if frameworks else None
    return Compared(
        assessment=found.name, subject=found.subject.value, files=free, framework=main,
        given=given_by(questions, free, main) if main is not None else {},
        held=tuple(file.case.code for file in files if file.is_barred and file.case is not None),
    )  # fmt: skip
