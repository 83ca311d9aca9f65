"""A specialist adviser sees what is allotted to them and their own work, and nothing else of the visit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fieldkit.app.allotted import Allotted, as_seen
from fieldkit.app.assessments import plan_activity, plan_visit
from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.lanes import Lanes
from fieldkit.app.policies import call_myself_adviser
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.replanning import change_activity
from fieldkit.app.requests import add_request
from fieldkit.app.rows import EntryFilter, RecordRow
from fieldkit.app.workspace import Workspace
from fieldkit.domain.assessment import Activity, ActivityKind
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import ActivityId
from storage.vault import OpenVault
from tests.support.vaults import a_meeting, new_vault, quick_keys

SECRET = "xylophone"


class Stranger:
    """The vault's questions as if everything in it were a team-mate's."""

    def __init__(self, questions: Questions) -> None:
        self._questions = questions

    def __getattr__(self, name: str) -> object:
        return getattr(self._questions, name)

    def records(self, kind: str, **more: object) -> list[RecordRow]:
        rows = self._questions.records(kind, **more)  # type: ignore[arg-type]
        return [replace(row, is_mine=False) for row in rows]

    def record(self, kind: str, record: str) -> RecordRow:
        return replace(self._questions.record(kind, record), is_mine=False)

    def history(self, record: str) -> list[RecordRow]:
        return [replace(row, is_mine=False) for row in self._questions.history(record)]

    def own_activities(self) -> frozenset[ActivityId]:
        return frozenset()


@pytest.fixture
def vault(tmp_path: Path, clock: FixedClock) -> OpenVault:
    with quick_keys():
        return new_vault(tmp_path / "vault", clock)


def _world(vault: OpenVault) -> tuple[Activity, Activity]:
    """A meeting allotted to me, and one to somebody else with a secret in it."""
    mine = a_meeting(vault)
    visit = vault.questions.visit(mine.visit)
    info = vault.questions.info()
    others = vault.perform(
        lambda uow: plan_activity(uow, visit, ActivityKind.OBSERVATION, f"Board {SECRET}", assigned=["ZZ"])
    )[0]
    vault.perform(lambda uow: change_activity(uow, mine.id, assigned=(info.initials.lower(),)))
    tag = (EvidenceItem.new("ics", "learning-culture", "people"),)
    for activity, words in ((mine, "heard it"), (others, f"{SECRET} said so")):
        vault.perform(
            lambda uow, activity=activity, words=words: record_entry(  # type: ignore[misc]
                uow, activity, NewEntry(text=words, evidence=tag)
            )
        )
    vault.perform(lambda uow: call_myself_adviser(uow, is_one=True))
    return mine, others


def _seen(vault: OpenVault) -> Questions:
    return as_seen(Stranger(vault.questions))  # type: ignore[arg-type]


def test_nothing_of_what_is_not_allotted_is_found_by_any_question(vault: OpenVault) -> None:
    mine, others = _world(vault)
    seen, visit, everything = _seen(vault), mine.visit, EntryFilter()
    assert [row.activity.id for row in seen.activities(visit)] == [mine.id]
    assert [row.entry.text for row in seen.entries(everything)] == ["heard it"]
    assert [row.entry.text for row in seen.walk(everything).rows] == ["heard it"]
    assert seen.tally(everything).count == 1
    assert seen.search(SECRET, everything) == []
    assert [hit.row.entry.text for hit in seen.find(everything)] == ["heard it"]
    assert seen.entries(EntryFilter(activity=others.id)) == []
    hidden = vault.questions.entries(EntryFilter(activity=others.id))[0]
    for ask in (lambda: seen.activity(others.id), lambda: seen.entry(hidden.entry.id)):
        with pytest.raises(Mistake, match="unknown"):
            ask()
    assert seen.among(everything, [hidden.entry.id])[0] == []
    counts = seen.visit_counts()[visit]
    assert (counts.notes, counts.activities) == (1, 1)
    assert [(row.entries, len(row.visits)) for row in seen.assessments()] == [(1, 1)]
    (count,) = seen.coverage(mine.assessment, "ics").values()
    assert (count.items, count.activities) == (1, 1)
    whole = vault.questions.coverage(mine.assessment, "ics")
    assert [one.items for one in whole.values()] == [2]


def test_a_visit_with_nothing_allotted_is_not_listed_and_records_follow_their_activity(vault: OpenVault) -> None:
    mine, _ = _world(vault)

    def more(uow: UnitOfWork) -> object:
        visit = plan_visit(uow, mine.assessment, "Visit 2")
        plan_activity(uow, visit, ActivityKind.INTERVIEW, "Matron", assigned=["ZZ"])
        return add_request(uow, mine.assessment, f"Audit {SECRET}", "Two accounts")

    vault.perform(more)
    seen = _seen(vault)
    assert [visit.name for visit in seen.visits(mine.assessment)] == ["Visit 1"]
    rows = vault.questions.records("request")
    assert len(rows) == 1
    assert seen.records("request") == []
    with pytest.raises(Mistake, match="unknown"):
        Allotted(Stranger(vault.questions), frozenset()).record("request", rows[0].record)  # type: ignore[arg-type]


def test_who_is_no_adviser_asks_the_whole_vault(vault: OpenVault) -> None:
    _world(vault)
    vault.perform(lambda uow: call_myself_adviser(uow, is_one=False))
    assert as_seen(vault.questions) is vault.questions


def test_a_new_allotment_is_seen_at_once_and_use_cases_work_on_the_whole(vault: OpenVault) -> None:
    mine, others = _world(vault)
    workspace = Workspace(vault, Lanes.inline())
    own = workspace.ask(lambda questions: len(questions.activities(mine.visit))).result()
    assert own == 2, "I planned both here: my own work is never hidden"
    everything = workspace.perform(lambda uow: len(uow.questions.activities(mine.visit))).result()
    assert everything[0] == 2
    workspace.perform(lambda uow: change_activity(uow, others.id, assigned=()))
    assert workspace.ask(lambda questions: questions.activity(others.id).assigned).result() == ()
