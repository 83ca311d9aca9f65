"""Imported figures beside what is done in the field: they open as notes, and count once where two laptops kept them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fieldkit.app.metric_file import read_metric_file
from fieldkit.app.metrics import keep_metrics, standing_metrics
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.records import keep
from fieldkit.frameworks.library import Library
from fieldkit.kernel.ids import EntryId, RecordId, new_id
from tests.presenters.room import Room
from tests.support.vaults import do
from ui.presenters.workbench import Page, Workbench

SAMPLE = Path(__file__).parents[1] / "app" / "files" / "oversight-invented.csv"
PACKS = (Library().load("ics", "2023.1"), Library().load("provider", "2026.1"))


def test_held_figures_open_as_notes_and_not_as_a_care_record(room: Room) -> None:
    do(room.vault, lambda uow: keep_metrics(uow, room.activity.assessment, read_metric_file(SAMPLE, PACKS)))
    held = standing_metrics(room.vault.questions, room.activity.assessment)[0].value
    activity = room.vault.questions.entry(held.entry).entry.activity
    bench = Workbench(room.session)
    for is_note in (False, True):
        bench.go(Page.HOME)
        if is_note:
            bench.open_note(held.entry)
        else:
            bench.open_activity(activity)
        assert bench.state.page is Page.LOG
        assert bench.log is not None
        assert bench.log.facts.activity.id == activity
    bench.close()


def test_the_same_figure_of_a_team_mate_counts_once_as_soon_as_it_arrives(room: Room) -> None:
    where, bench = room.activity.assessment, Workbench(room.session)
    do(room.vault, lambda uow: keep_metrics(uow, where, read_metric_file(SAMPLE, PACKS)))
    mine = standing_metrics(room.vault.questions, where)[0].value
    note = room.vault.questions.entry(mine.entry).entry
    theirs = replace(mine, id=RecordId(new_id()), entry=EntryId(new_id()))

    def arrives(uow: UnitOfWork) -> None:
        keep(uow, theirs)
        uow.append(theirs.entry, replace(note, id=theirs.entry, about=theirs.id), assessment=where)

    room.session.workspace.perform(arrives, initiator="sync")
    assert room.vault.questions.entry(theirs.entry).withdrawal is not None
    assert room.vault.questions.entry(mine.entry).withdrawal is None
    assert room.said[-1] == "1 figure was imported on two laptops: each counts once"
    bench.close()
