"""The rows of a log: newest page first, older behind it, kept right by change sets without reading everything again."""

from __future__ import annotations

from functools import partial

import pytest

from fieldkit.app.changes import ChangeSet
from fieldkit.app.entries import NewEntry, record_entry, withdraw_entry
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.rows import EntryFilter, Facet, Term
from fieldkit.domain.erasure import ErasureOrder, sign_erasure
from fieldkit.kernel.ids import RevisionId
from fieldkit.kernel.signing import SigningKey, VerifyKey
from storage import erasing, log, search
from tests.presenters.room import Room
from ui.presenters.log.log_rows import FIRST, PAGE, LogRows
from ui.presenters.row_moves import Move, RowsMoved


def _write(room: Room, count: int) -> None:
    def many(uow: UnitOfWork) -> None:
        for n in range(count):
            record_entry(uow, room.activity, NewEntry(text=f"Note {n}"))

    room.vault.perform(many)


def _rows(room: Room, moves: list[RowsMoved]) -> LogRows:
    rows = LogRows(room.session.workspace, room.later, EntryFilter(activity=room.activity.id))
    rows.moved.listen(moves.append)
    return rows


def test_a_screenful_is_there_at_once_and_the_rest_follows(room: Room) -> None:
    _write(room, 2 * PAGE + 10)
    moves: list[RowsMoved] = []
    rows = _rows(room, moves)
    rows.load()
    assert len(rows.rows) == FIRST
    assert rows.rows[-1].entry.text == f"Note {2 * PAGE + 9}"
    room.later.pass_seconds(1)
    assert [row.entry.text for row in rows.rows] == [f"Note {n}" for n in range(2 * PAGE + 10)]
    assert [move.move for move in moves] == [Move.RESET, Move.INSERTED, Move.INSERTED, Move.INSERTED]
    assert rows.is_complete
    assert all(rows.place(row.entry.id) == place for place, row in enumerate(rows.rows))


def test_a_new_note_is_appended_and_a_changed_one_replaced_in_its_place(room: Room) -> None:
    _write(room, 5)
    moves: list[RowsMoved] = []
    rows = _rows(room, moves)
    rows.load()
    moves.clear()
    workspace = room.session.workspace
    workspace.perform(partial(record_entry, activity=room.activity, new=NewEntry(text="New")))
    workspace.perform(partial(withdraw_entry, entry=rows.rows[2].entry.id, reason="Twice"))
    assert moves == [RowsMoved(move=Move.INSERTED, first=5, last=5), RowsMoved(move=Move.CHANGED, first=2, last=2)]
    assert rows.rows[2].withdrawal is not None


def test_what_the_team_brings_is_read_once_after_a_while(room: Room) -> None:
    _write(room, 3)
    moves: list[RowsMoved] = []
    rows = _rows(room, moves)
    rows.load()
    moves.clear()
    _write(room, 40)
    ids = frozenset(row.entry.id for row in room.rows()[3:])
    for _ in range(5):
        room.session.workspace.changed.tell(ChangeSet(origin="sync", records={"entry": ids}))
    assert moves == []
    room.later.pass_seconds(1)
    assert moves == [RowsMoved(move=Move.INSERTED, first=3, last=42)]


def test_a_note_that_the_office_had_erased_leaves_the_list_at_once(room: Room) -> None:
    _write(room, 5)
    moves: list[RowsMoved] = []
    rows = _rows(room, moves)
    rows.load()
    moves.clear()
    gone, store = RevisionId(rows.rows[2].entry.id), SigningKey(b"\x07" * 32)
    order = ErasureOrder(store=store.public.hex(), revision=gone, reason="request", at="2026-11-20T09:00:00.000Z")
    db = room.vault._db
    with db.transaction():
        erasing.keep(db, [(1, sign_erasure(order, store))], VerifyKey(store.public))
        erasing.take_words_out(db, [item for item in log.scan(db) if item.revision.envelope.id == gone])
    room.session.workspace.changed.tell(ChangeSet(origin="sync", records={"entry": frozenset([gone])}))
    assert moves == [RowsMoved(move=Move.REMOVED, first=2, last=2)]
    assert [row.entry.text for row in rows.rows] == ["Note 0", "Note 1", "Note 3", "Note 4"]


def test_a_closed_list_hears_nothing_more(room: Room) -> None:
    rows = _rows(room, [])
    rows.load()
    rows.close()
    room.session.workspace.perform(partial(record_entry, activity=room.activity, new=NewEntry(text="New")))
    assert rows.rows == []


def _live(room: Room, moves: list[RowsMoved]) -> LogRows:
    rows = LogRows(room.session.workspace, room.later, EntryFilter(activity=room.activity.id), enough=PAGE)
    rows.moved.listen(moves.append)
    rows.load()
    room.later.pass_seconds(1)
    return rows


def _holds(rows: LogRows, first: int, last: int) -> bool:
    right_places = all(rows.place(row.entry.id) == place for place, row in enumerate(rows.rows))
    return right_places and [row.entry.text for row in rows.rows] == [f"Note {n}" for n in range(first, last + 1)]


def test_a_long_log_reads_enough_and_the_rest_when_it_is_looked_for(room: Room) -> None:
    _write(room, 2 * PAGE + 10)
    moves: list[RowsMoved] = []
    rows = _live(room, moves)
    assert _holds(rows, PAGE + 10, 2 * PAGE + 9)
    assert (rows.has_older, rows.older_count, rows.is_complete) == (True, PAGE + 10, True)
    moves.clear()
    rows.older()
    assert moves == [RowsMoved(move=Move.INSERTED, first=0, last=PAGE - 1)]
    assert (rows.has_older, rows.older_count) == (True, 10)
    rows.older()
    assert _holds(rows, 0, 2 * PAGE + 9)
    assert (rows.has_older, rows.older_count) == (False, 0)


def test_a_note_far_up_is_reached(room: Room) -> None:
    _write(room, 4 * PAGE)
    rows = _live(room, [])
    wanted = room.rows()[10].entry.id
    assert rows.place(wanted) is None
    rows.reach(wanted)
    assert rows.place(wanted) is not None


def _arrive(room: Room, count: int) -> None:
    """As a pull brings them: notes that some other laptop wrote, told of together."""
    before = {row.entry.id for row in room.rows()}

    def many(uow: UnitOfWork) -> None:
        for n in range(len(before), len(before) + count):
            record_entry(uow, room.activity, NewEntry(text=f"Note {n}"))

    room.vault.perform(many)
    every = room.vault.questions.entries(EntryFilter(activity=room.activity.id, limit=10_000))
    ids = frozenset(row.entry.id for row in every) - before
    room.session.workspace.changed.tell(ChangeSet(origin="sync", records={"entry": ids}))
    room.later.pass_seconds(2)


def test_what_arrives_together_is_inserted_in_one_go_however_many_pages_it_fills(room: Room) -> None:
    _write(room, 10)
    rows = LogRows(room.session.workspace, room.later, EntryFilter(activity=room.activity.id), enough=4 * PAGE)
    moves: list[RowsMoved] = []
    rows.load()
    rows.moved.listen(moves.append)
    _arrive(room, 2 * PAGE + 50)
    assert moves == [RowsMoved(move=Move.INSERTED, first=10, last=2 * PAGE + 59)]
    assert _holds(rows, 0, 2 * PAGE + 59)


def test_more_than_enough_at_once_begins_anew_with_the_newest_unless_somebody_reads_further_up(room: Room) -> None:
    _write(room, 10)
    moves: list[RowsMoved] = []
    at_the_end, further_up = _live(room, moves), _live(room, [])
    further_up.is_kept = True
    moves.clear()
    _arrive(room, 2 * PAGE + 50)
    assert [move.move for move in moves if move.last != 0] == [Move.RESET]
    assert _holds(at_the_end, PAGE + 60, 2 * PAGE + 59)
    assert at_the_end.has_older
    assert _holds(further_up, 0, 2 * PAGE + 59)


def test_a_note_written_while_a_big_walk_is_under_way_stands_in_its_place(room: Room) -> None:
    _write(room, 10)
    rows = LogRows(room.session.workspace, room.later, EntryFilter(activity=room.activity.id), enough=10 * PAGE)
    rows.load()
    _write(room, 0)
    before = {row.entry.id for row in room.rows()}

    def many(uow: UnitOfWork) -> None:
        for n in range(10, 2 * PAGE + 20):
            record_entry(uow, room.activity, NewEntry(text=f"Note {n}"))

    room.vault.perform(many)
    ids = frozenset(row.entry.id for row in room.rows()) - before
    room.session.workspace.changed.tell(ChangeSet(origin="sync", records={"entry": ids}))
    room.later.pass_seconds(0.5)
    room.session.workspace.perform(
        partial(record_entry, activity=room.activity, new=NewEntry(text=f"Note {2 * PAGE + 20}"))
    )
    assert rows.rows[-1].entry.text == f"Note {2 * PAGE + 20}"
    room.later.pass_seconds(2)
    assert _holds(rows, 0, 2 * PAGE + 20)


STANDING = (Term(facet=Facet.MARK, values=("withdrawn",), negated=True),)


def _standing(room: Room, moves: list[RowsMoved], enough: int | None = None) -> LogRows:
    wanted = EntryFilter(activity=room.activity.id, terms=STANDING)
    rows = LogRows(room.session.workspace, room.later, wanted, enough)
    rows.load()
    room.later.pass_seconds(1)
    rows.moved.listen(moves.append)
    return rows


def _withdraw(room: Room, *numbers: int) -> frozenset[str]:
    rows = room.vault.questions.entries(EntryFilter(activity=room.activity.id, limit=10_000))
    entries = [rows[number].entry.id for number in numbers]

    def many(uow: UnitOfWork) -> None:
        for entry in entries:
            withdraw_entry(uow, entry=entry, reason="Twice")

    room.vault.perform(many)
    return frozenset(entries)


def test_a_note_that_matches_no_more_leaves_and_comes_back_in_its_place(room: Room) -> None:
    _write(room, 5)
    moves: list[RowsMoved] = []
    rows = _standing(room, moves)
    changed = ChangeSet(records={"entry": _withdraw(room, 1, 2, 4)})
    room.session.workspace.changed.tell(changed)
    assert moves == [RowsMoved(move=Move.REMOVED, first=4, last=4), RowsMoved(move=Move.REMOVED, first=1, last=2)]
    assert [row.entry.text for row in rows.rows] == ["Note 0", "Note 3"]
    assert [rows.place(row.entry.id) for row in rows.rows] == [0, 1]
    moves.clear()
    rows.look_for(EntryFilter(activity=room.activity.id))
    assert [move.move for move in moves] == [Move.RESET]
    assert _holds(rows, 0, 4)


@pytest.mark.parametrize(
    ("numbers", "told"),
    [((0, 1, 7), [Move.REMOVED, Move.REMOVED]), (tuple(range(0, 200, 2)), [Move.RESET])],
)
def test_what_the_team_withdrew_leaves_when_the_pages_are_walked_again(
    room: Room, numbers: tuple[int, ...], told: list[Move]
) -> None:
    _write(room, PAGE + 30)
    moves: list[RowsMoved] = []
    rows = _standing(room, moves)
    ids = _withdraw(room, *numbers)
    room.session.workspace.changed.tell(ChangeSet(origin="sync", records={"entry": ids, "withdrawal": ids}))
    room.later.pass_seconds(2)
    assert sorted(move.move for move in moves) == sorted(told)
    assert [row.entry.text for row in rows.rows] == [f"Note {n}" for n in range(PAGE + 30) if n not in numbers]
    assert all(rows.place(row.entry.id) == place for place, row in enumerate(rows.rows))


def test_a_filter_that_finds_nothing_empties_the_list(room: Room) -> None:
    _write(room, 3)
    moves: list[RowsMoved] = []
    rows = _rows(room, moves)
    rows.load()
    rows.look_for(EntryFilter(activity=room.activity.id, terms=(Term(facet=Facet.MARK, values=("risk",)),)))
    assert (rows.rows, rows.is_complete, rows.has_older) == ([], True, False)
    assert moves[-1].move is Move.RESET


def test_older_notes_are_counted_to_the_last_however_many_steps_it_takes(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(room, 3 * PAGE + 7)
    monkeypatch.setattr(search, "_FIRST_STEP", 50)
    monkeypatch.setattr(search, "_GROWTH", 1)
    monkeypatch.setattr(search, "perf_counter", iter(range(10_000)).__next__)
    rows = _standing(room, [], PAGE)
    assert (len(rows.rows), rows.older_count) == (PAGE, 2 * PAGE + 7)
    ids = _withdraw(room, 5)
    room.session.workspace.changed.tell(ChangeSet(records={"entry": ids}))
    assert rows.older_count == 2 * PAGE + 6
