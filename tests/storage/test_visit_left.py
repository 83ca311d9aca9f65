"""What is left to do on a visit is counted as a plain look at each of its notes would count it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from fieldkit.app.entries import NewEntry, add_addendum, file_evidence, record_entry, restore_entry, withdraw_entry
from fieldkit.app.rows import EntryFilter, VisitLeft
from fieldkit.domain.assessment import Activity
from fieldkit.domain.entry import Entry
from fieldkit.kernel.clock import FixedClock
from storage.vault import OpenVault
from tests.storage.team import Teammate, a_tag
from tests.storage.waiting import pull
from tests.support.vaults import a_meeting, do, note, tag


def _question(vault: OpenVault, activity: Activity) -> Entry:
    return do(vault, lambda uow: record_entry(uow, activity, NewEntry(text="Who owns it", follow_up=True)))


def _looked_at(vault: OpenVault, activity: Activity, since: datetime | None) -> VisitLeft:
    rows = [row for row in vault.questions.entries(EntryFilter(limit=1000)) if row.entry.visit == activity.visit]
    standing = [row for row in rows if row.withdrawal is None]
    return VisitLeft(
        untagged=sum(row.is_mine and not row.evidence for row in standing),
        follow_ups=sum(row.entry.follow_up and not row.addenda for row in standing),
        tagged_since=0 if since is None else sum(bool(row.evidence) and row.recorded_at > since for row in rows),
    )


def test_what_is_left_is_what_a_look_at_each_note_finds(vault: OpenVault, clock: FixedClock) -> None:
    board, other = a_meeting(vault), a_meeting(vault, name="Eastvale")
    mate = Teammate("Bea")
    untagged, answered, dropped = note(vault, board, "One"), _question(vault, board), _question(vault, board)
    for activity in (board, other):
        note(vault, activity, "Tagged", tag())
        _question(vault, activity)
    do(vault, lambda uow: add_addendum(uow, answered.id, "The chair", "Answered"))
    do(vault, lambda uow: withdraw_entry(uow, dropped.id, "Twice"))
    looked = clock.now()
    clock.advance(60)
    steps: list[Callable[[], object]] = [
        lambda: note(vault, board, "Tagged since", tag()),
        lambda: do(vault, lambda uow: file_evidence(uow, untagged.id, [tag()])),
        lambda: do(vault, lambda uow: restore_entry(uow, dropped.id)),
        lambda: note(vault, other, "Elsewhere", tag()),
        lambda: pull(vault, mate, *mate.sets_out(), mate.note("n1", "theirs", a_tag("t1", "a"))),
    ]
    found = [vault.questions.visit_left(board.visit, looked)]
    assert found[0] == VisitLeft(untagged=3, follow_ups=1, tagged_since=0)
    for step in steps:
        step()
        clock.advance(1)
        found.append(vault.questions.visit_left(board.visit, looked))
        assert found[-1] == _looked_at(vault, board, looked)
        assert vault.questions.visit_left(other.visit, None) == _looked_at(vault, other, None)
    assert len(set(found)) == 4
    assert found[-1].tagged_since == 1
