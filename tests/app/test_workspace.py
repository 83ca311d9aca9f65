"""The workspace brings outcomes home and tells screens what changed."""

from __future__ import annotations

import threading

import pytest

from fieldkit.app.assessments import cancel_activity
from fieldkit.app.changes import ChangeSet
from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.lanes import InlineLane, Lanes, ThreadLane, run
from fieldkit.app.workspace import Workspace
from fieldkit.domain.assessment import Activity
from fieldkit.kernel.errors import FieldKitError, Mistake, Trouble
from fieldkit.kernel.ids import ActivityId, new_id
from storage.vault import OpenVault


def test_a_change_is_told_before_its_result_comes_home(vault: OpenVault, board: Activity) -> None:
    workspace = Workspace(vault, Lanes.inline())
    order: list[str] = []
    workspace.changed.listen(lambda changes: order.append(f"changed {sorted(changes.records)}"))
    workspace.perform(
        lambda uow: record_entry(uow, board, NewEntry(text="Words")),
        initiator="log",
        done=lambda _: order.append("done"),
    )
    assert order == ["changed ['entry']", "done"]


def test_a_change_set_names_its_initiator(vault: OpenVault, board: Activity) -> None:
    workspace = Workspace(vault, Lanes.inline())
    told: list[ChangeSet] = []
    workspace.changed.listen(told.append)
    workspace.perform(lambda uow: cancel_activity(uow, board.id), initiator="agenda")
    assert [(one.origin, one.ids("activity")) for one in told] == [("agenda", frozenset({str(board.id)}))]


def test_an_expected_failure_comes_home_and_nothing_is_told(vault: OpenVault) -> None:
    workspace = Workspace(vault, Lanes.inline())
    failures: list[Exception] = []
    workspace.changed.listen(lambda _: pytest.fail("nothing changed"))
    workspace.perform(lambda uow: cancel_activity(uow, ActivityId(new_id())), failed=failures.append)
    assert [one.code for one in failures if isinstance(one, FieldKitError)] == ["activity.unknown"]


def test_a_failure_nobody_expects_is_raised_on_the_screens_thread() -> None:
    def bug() -> None:
        raise ValueError("a bug")

    with pytest.raises(ValueError, match="a bug"):
        run(InlineLane(), lambda call: call(), bug)


def test_trouble_that_no_caller_answers_is_told_and_never_a_crash(vault: OpenVault) -> None:
    workspace = Workspace(vault, Lanes.inline())
    told: list[str] = []
    workspace.troubled.listen(lambda trouble: told.append(trouble.code))

    def unreadable(_: object) -> None:
        raise Trouble("vault.disk")

    workspace.ask_then(unreadable, lambda _: pytest.fail("there is no answer"))
    workspace.perform(unreadable)
    assert told == ["vault.disk", "vault.disk"]


def test_a_lane_runs_calls_in_order_off_the_callers_thread() -> None:
    lane = ThreadLane("test")
    seen: list[tuple[int, bool]] = []
    here = threading.get_ident()
    futures = [lane.submit(lambda n=n: seen.append((n, threading.get_ident() != here))) for n in range(5)]  # type: ignore[misc]
    for future in futures:
        future.result(timeout=5)
    lane.stop()
    assert seen == [(n, True) for n in range(5)]


def test_a_mistake_is_no_bug(vault: OpenVault, board: Activity) -> None:
    workspace = Workspace(vault, Lanes.inline())
    caught: list[Exception] = []
    workspace.perform(lambda uow: record_entry(uow, board, NewEntry(text="")), failed=caught.append)
    assert isinstance(caught[0], Mistake)
