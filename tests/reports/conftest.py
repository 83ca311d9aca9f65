"""Every report of the catalogue from the sample as it is shipped, made once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from fieldkit.app.cases import cases_of
from fieldkit.app.escalation_rows import escalations
from fieldkit.app.ports import Questions
from fieldkit.app.report_catalogue import REPORTS, ReportChoice, ReportKind
from fieldkit.app.report_check import Concern, concerns_of
from fieldkit.domain.assessment import ActivityKind
from fieldkit.reports.blocks import Document
from storage.vault import OpenVault
from tests.support.sample_vault import ics, sample_vault
from tests.support.vaults import quick_keys

AT = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
_KINDS = {"interview-record": ActivityKind.INTERVIEW}
"""Reports of one kind of activity; any other takes an observation."""


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    """The lead's vault as it is shipped."""
    with quick_keys():
        vault = sample_vault(tmp_path_factory.mktemp("sample") / "practice")
    # not within quick keys: they would stay for every test that this process runs until its end
    yield vault
    vault.close()


@pytest.fixture(scope="session")
def documents(sample: OpenVault) -> dict[str, Document]:
    """Each kind of report by its id."""
    questions = sample.questions
    made, again = (
        {one.id: one.document(questions, choice_for(questions, one), AT) for one in REPORTS} for _ in range(2)
    )
    assert made == again
    return made


@pytest.fixture(scope="session")
def looked_at(sample: OpenVault, documents: dict[str, Document]) -> dict[str, tuple[Concern, ...]]:
    """What the check finds in each."""
    questions = sample.questions
    return {one.id: concerns_of(questions, one, choice_for(questions, one), documents[one.id]) for one in REPORTS}


def choice_for(questions: Questions, kind: ReportKind) -> ReportChoice:
    """The first visit of the sample, which all of its verdict rests on; a statement that both visits tell of."""
    row = questions.assessments()[0]
    visit = min(row.visits, key=lambda one: str(one.starts_on))
    wanted = _KINDS.get(kind.id, ActivityKind.OBSERVATION)
    activities = [one.activity for one in questions.activities(visit.id)]
    return ReportChoice(
        assessment=row.assessment, framework=ics(), frameworks=(ics(),), visit=visit.id, day=visit.starts_on,
        activity=next(one.id for one in activities if one.kind is wanted),
        case=cases_of(questions, row.assessment.id)[0].activity, statement="safe-systems",
        escalation=escalations(questions, assessment=row.assessment.id)[0].value.id,
    )  # fmt: skip
