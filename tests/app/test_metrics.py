"""Imported metrics: held evidence that nobody edits, read with row numbers, kept once, corrected by newer imports."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook

from fieldkit.app.entries import add_addendum, restore_entry, withdraw_entry
from fieldkit.app.metric_file import MetricReading, read_metric_file
from fieldkit.app.metrics import best_first, join_twins, keep_metrics, plan_metrics, standing_metrics, twins
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.records import keep
from fieldkit.domain.assessment import Activity
from fieldkit.domain.evidence import Acquisition
from fieldkit.domain.method import Polarity
from fieldkit.frameworks.library import Library
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import EntryId, RecordId, new_id
from storage.vault import OpenVault
from tests.support.vaults import do

ICS, PROVIDER = Library().load("ics", "2023.1"), Library().load("provider", "2026.1")
SAMPLE = Path(__file__).parent / "files" / "oversight-invented.csv"
HEAD = "Metric,Value,Organisation,Period,Source,Better,Statement\n"


def _read(folder: Path, text: str, name: str = "later.csv") -> MetricReading:
    (folder / name).write_text(text, encoding="utf-8")
    return read_metric_file(folder / name, (ICS, PROVIDER))


def test_figures_are_kept_as_held_evidence_by_the_packs_mapping_or_the_files_own(
    vault: OpenVault, board: Activity
) -> None:
    reading = read_metric_file(SAMPLE, (ICS, PROVIDER))
    assert (len(reading.rows), reading.wrong, reading.rows[0].row) == (4, (), 3)
    kept = do(vault, lambda uow: keep_metrics(uow, board.assessment, reading))
    assert (kept.new, kept.changed, kept.same) == (4, 0, 0)
    notes = [vault.questions.entry(row.value.entry) for row in standing_metrics(vault.questions, board.assessment)]
    segment = next(one for one in notes if "segment" in one.entry.text)
    assert segment.entry.text == (
        "Oversight segment: 3 (a lower figure is better). Northshire ICB, 2025/26 Q2. Source: Oversight framework"
    )
    assert segment.entry.origin == "Held, imported from oversight-invented.csv, row 3"
    assert {one.acquisition for note in notes for one in note.evidence} == {Acquisition.HELD}
    cancer = next(one for one in notes if "Cancer" in one.entry.text)
    assert {(one.pack, one.statement, one.category) for one in cancer.evidence} == {
        ("ics", "equity-in-access", "outcomes"), ("provider", "equity-in-access", "processes"),
    }  # fmt: skip
    assert vault.verify() == []


def test_again_is_only_what_is_new_or_changed_and_the_newer_names_the_older(
    vault: OpenVault, board: Activity, tmp_path: Path
) -> None:
    reading = read_metric_file(SAMPLE, (ICS, PROVIDER))
    do(vault, lambda uow: keep_metrics(uow, board.assessment, reading))
    with pytest.raises(Mistake) as same:
        do(vault, lambda uow: keep_metrics(uow, board.assessment, reading))
    assert same.value.code == "metric.nothing_new"
    later = _read(tmp_path, SAMPLE.read_text("utf-8").replace("Oversight segment,3", "oversight  SEGMENT,2"))
    plan = plan_metrics(vault.questions, board.assessment, later)
    ((row, older),) = plan.changed
    assert (row.value, older.value, plan.new, plan.same) == ("2", "3", (), 3)
    do(vault, lambda uow: keep_metrics(uow, board.assessment, later))
    stands = {one.value.metric: one.value for one in standing_metrics(vault.questions, board.assessment)}
    assert len(stands) == 4
    assert stands["oversight SEGMENT"].older == older.id
    gone = vault.questions.entry(older.entry).withdrawal
    assert gone is not None
    assert gone.reason == "A newer import says otherwise: later.csv, row 3"


def test_nobody_changes_a_figure_by_hand(vault: OpenVault, board: Activity) -> None:
    reading = read_metric_file(SAMPLE, (ICS, PROVIDER))
    do(vault, lambda uow: keep_metrics(uow, board.assessment, reading))
    entry = standing_metrics(vault.questions, board.assessment)[0].value.entry
    for attempt in (
        lambda: do(vault, lambda uow: add_addendum(uow, entry, "Really 4", "I think")),
        lambda: do(vault, lambda uow: withdraw_entry(uow, entry, "Wrong")),
    ):
        with pytest.raises(Mistake) as refused:
            attempt()
        assert refused.value.code == "entry.held_metric"
    with pytest.raises(Mistake) as not_gone:
        do(vault, lambda uow: restore_entry(uow, entry))
    assert not_gone.value.code == "entry.not_withdrawn"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Staff engagement score,,Trust,2025,Survey,,", "metric.row_missing"),
        ("Staff engagement score,good,Trust,2025,Survey,,", "metric.row_value"),
        ("Staff engagement score,6.8,Trust,2025,Survey,lower,", "metric.row_contrary"),
        ("Staff engagement score,6.8,Trust,2025,Survey,sideways,", "metric.row_polarity"),
        ("Oversight segment,6,Trust,2025,NOF,,", "metric.row_scale"),
        ("Unknown measure,6,Trust,2025,NOF,higher,", "metric.row_untagged"),
        ("Unknown measure,6,Trust,2025,NOF,,lc", "metric.row_no_polarity"),
        ("Unknown measure,6,Trust,2025,NOF,higher,zz", "metric.row_statement"),
        (f"{'x' * 201},6,Trust,2025,NOF,higher,lc", "metric.row_long"),
    ],
)
def test_a_row_that_does_not_read_is_named_by_its_number_and_nothing_is_kept(
    vault: OpenVault, board: Activity, tmp_path: Path, line: str, code: str
) -> None:
    good = "Sickness absence,5.4%,Trust,2025,Survey,,\n"
    reading = _read(tmp_path, f"{HEAD}{good}{line}\n{good}")
    assert [(one.code, one.details["row"]) for one in reading.wrong] == [(code, 3), ("metric.row_twice", 4)]
    with pytest.raises(Mistake) as refused:
        do(vault, lambda uow: keep_metrics(uow, board.assessment, reading))
    assert (refused.value.code, refused.value.details["row"]) == ("metric.wrong_rows", 3)
    assert standing_metrics(vault.questions, board.assessment) == []
    do(vault, lambda uow: keep_metrics(uow, board.assessment, reading, only_good=True))
    assert len(standing_metrics(vault.questions, board.assessment)) == 1


def test_each_list_runs_from_its_own_best_end_and_unlike_ends_never_share_one(
    vault: OpenVault, board: Activity, tmp_path: Path
) -> None:
    lines = (
        "Oversight segment,4,A,2025,NOF,,", "Oversight segment,1,B,2025,NOF,,", "Staff engagement score,6.1,A,2025,S,,",
        "Staff engagement score,7.2,B,2025,S,,", "Waits,<5,A,2025,S,lower,ea", "Waits,\"1,200\",B,2025,S,lower,ea",
    )  # fmt: skip
    reading = _read(tmp_path, HEAD + "\n".join(lines))
    do(vault, lambda uow: keep_metrics(uow, board.assessment, reading))
    found = best_first(one.value for one in standing_metrics(vault.questions, board.assessment))
    assert [(title, [one.value for one in group]) for title, group in found] == [
        ("Oversight segment, a lower figure is better", ["1", "4"]),
        ("Staff engagement score, a higher figure is better", ["7.2", "6.1"]),
        ("Waits, a lower figure is better", ["<5", "1,200"]),
    ]
    assert all(len({one.polarity for one in group}) == 1 for _, group in found)
    assert {one.polarity for _, group in found for one in group} == set(Polarity)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a,b\n1,2\n", "metric.empty"), ("Metric,Value\nx,1\n", "metric.no_column"),
        ("Metric,Measure,Value,Organisation,Period,Source\nx,x,1,o,p,s\n", "metric.column_twice"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_of_metrics_is_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(Mistake) as refused:
        _read(tmp_path, text)
    assert refused.value.code == code


def test_a_figure_that_two_laptops_kept_counts_once_and_an_older_one_stays_gone(
    vault: OpenVault, board: Activity, tmp_path: Path
) -> None:
    reading = read_metric_file(SAMPLE, (ICS, PROVIDER))
    do(vault, lambda uow: keep_metrics(uow, board.assessment, reading))
    mine = next(
        row.value for row in standing_metrics(vault.questions, board.assessment) if "segment" in row.value.title
    )
    note = vault.questions.entry(mine.entry).entry
    theirs = replace(mine, id=RecordId(new_id()), entry=EntryId(new_id()), file="same.csv")

    def arrives(uow: UnitOfWork) -> None:
        keep(uow, theirs)
        uow.append(theirs.entry, replace(note, id=theirs.entry, about=theirs.id), assessment=board.assessment)

    do(vault, arrives)
    assert [(one.id, first.id) for one, first in twins(vault.questions)] == [(theirs.id, mine.id)]
    assert do(vault, join_twins) == 1
    assert do(vault, join_twins) == 0
    gone = vault.questions.entry(theirs.entry).withdrawal
    assert gone is not None
    assert gone.reason == "The same figure was imported on another laptop: oversight-invented.csv, row 3"
    assert vault.questions.entry(mine.entry).withdrawal is None
    stands = [row.value for row in standing_metrics(vault.questions, board.assessment) if "segment" in row.value.title]
    assert [one.id for one in stands] == [mine.id]


def test_a_workbook_reads_as_the_same_figures_as_the_csv(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in csv.reader(SAMPLE.read_text("utf-8").splitlines()):
        sheet.append([float(cell) if re.fullmatch(r"\d+(\.\d+)?", cell) else cell for cell in line])
    book.save(tmp_path / "oversight.xlsx")
    of_book = read_metric_file(tmp_path / "oversight.xlsx", (ICS, PROVIDER))
    of_csv = read_metric_file(SAMPLE, (ICS, PROVIDER))
    assert of_book.wrong == of_csv.wrong
    assert of_book.rows == of_csv.rows
