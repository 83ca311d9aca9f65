"""The sample visit in one vault, with scores, a followed case and what else reports tell of: 0.6 s to write."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from fieldkit.app.cases import CaseFacts, add_case, follow_case
from fieldkit.app.paging import every_note
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.sample import plan_sample, sample_start, write_afterwards, write_points
from fieldkit.app.sample_reader import read_sample
from fieldkit.app.scores import NewJudgement, judge
from fieldkit.app.touchpoints import Event, add_touchpoint
from fieldkit.app.when_text import read_when
from fieldkit.domain.assessment import Visit
from fieldkit.domain.framework import Framework
from fieldkit.domain.judgement import Confidence, Judged
from fieldkit.frameworks.library import Library
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.ids import AssessmentId
from storage.vault import OpenVault
from tests.support.sample_more import tell_more
from tests.support.vaults import new_vault

TODAY = date(2026, 11, 14)


def ics() -> Framework:
    """The pack of the sample visit."""
    return Library().load("ics", "2023.1")


def sample_vault(folder: Path) -> OpenVault:
    """Everybody's notes of the sample visit, as if one person had taken them."""
    framework = ics()
    sample = read_sample(framework)
    clock = FixedClock(sample_start(sample))
    vault = new_vault(folder, clock)
    plan = plan_sample(vault, sample, framework)
    write_points(vault, clock, sample, plan, framework)
    write_afterwards(vault, clock, sample, plan, framework)

    def more(uow: UnitOfWork) -> None:
        _follow_a_case(uow, plan.visit)
        _judge_some(uow, plan.visit.assessment, framework)
        tell_more(uow, plan.visit, framework)

    vault.perform(more)
    return vault


def _follow_a_case(uow: UnitOfWork, visit: Visit) -> None:
    case = add_case(uow, visit.assessment, CaseFacts(description="Woman, 80s, fall at home"))
    track = follow_case(uow, case.id, visit)
    for when, what, where in (
        ("2 Sep 2026", "Fell at home", "Home"), ("3 Sep 2026", "Admitted, hip", "Acute trust"),
        ("about 21 Sep 2026", "Sent home without a letter", "Acute trust"), ("9 Oct 2026", "First visit", "Community"),
    ):  # fmt: skip
        add_touchpoint(uow, track, Event(when=read_when(when, TODAY), organisation=where, happened=what), TODAY)


def _judge_some(uow: UnitOfWork, assessment: AssessmentId, framework: Framework) -> None:
    rows = [row for row in every_note(uow.questions) if row.withdrawal is None]
    for at, statement in enumerate(framework.statements):
        notes = [row.entry.id for row in rows if any(one.statement == statement.id for one in row.evidence)]
        if notes:
            judge(uow, framework, NewJudgement(
                assessment=assessment, judged=Judged(pack=framework.id, subject=statement.id), value=2 + at % 3,
                text=f"What was heard on {statement.title.lower()} points one way", relied_on=tuple(notes[:3]),
                confidence=Confidence.MEDIUM,
            ))  # fmt: skip
