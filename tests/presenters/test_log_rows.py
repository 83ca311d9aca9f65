"""The rows of a log: newest page first, older behind it, kept right by change sets without reading everything again."""

from __future__ import annotations

from functools import partial

from fieldkit.app.changes import ChangeSet
from fieldkit.app.entries import NewEntry, record_entry, withdraw_entry
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.rows import EntryFilter
from tests.presenters.room import Room
from ui.presenters.log.log_rows import PAGE, LogRows, Move, RowsMoved


def _write(room: Room, count: int) -> None:
    def many(uow: UnitOfWork) -> None:
        for n in range(count):
            record_entry(uow, room.activity, NewEntry(text=f"Note {n}"))

    room.vault.perform(many)


def _rows(room: Room, moves: list[RowsMoved]) -> LogRows:
    rows = LogRows(room.session.workspace, room.later, EntryFilter(activity=room.activity.id))
    rows.moved.listen(moves.append)
    return rows


def test_the_newest_page_is_there_at_once_and_the_rest_follows(room: Room) -> None:
    _write(room, 2 * PAGE + 10)
    moves: list[RowsMoved] = []
    rows = _rows(room, moves)
    rows.load()
    assert len(rows.rows) == PAGE
    assert rows.rows[-1].entry.text == f"Note {2 * PAGE + 9}"
    room.later.pass_seconds(1)
    assert [row.entry.text for row in rows.rows] == [f"Note {n}" for n in range(2 * PAGE + 10)]
    assert [move.move for move in moves] == [Move.RESET, Move.INSERTED, Move.INSERTED]
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


def test_a_closed_list_hears_nothing_more(room: Room) -> None:
    rows = _rows(room, [])
    rows.load()
    rows.close()
    room.session.workspace.perform(partial(record_entry, activity=room.activity, new=NewEntry(text="New")))
    assert rows.rows == []
