"""People without a screen: forms by letter, small numbers while they are filled in, joining, and the key to names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from fieldkit.capture.names import NO_NAMES
from fieldkit.reports.blocks import Document, Table
from fieldkit.reports.plain import to_plain
from tests.presenters.interviews import Bench
from tests.presenters.room import Room
from ui.presenters.page import Page
from ui.presenters.people.page import AWAY_SECONDS, PeoplePage, way

WORDS = "velvet harbour copper autumn"


@dataclass(frozen=True, slots=True)
class _Bench:
    """What the bench tells: which page is up, whether the screen is hidden."""

    page: Page
    is_hidden: bool = False


def _page(room: Room) -> PeoplePage:
    facts = room.session.workspace.ask(lambda q: way().read(room.session, q, room.activity.visit)).result()
    return PeoplePage(Bench(session=room.session), facts)


@pytest.fixture
def page(room: Room) -> Iterator[PeoplePage]:
    made = _page(room)
    yield made
    made.close()


def _add(room: Room, page: PeoplePage, letters: str, role: str, organisation: str = "") -> None:
    page.add()
    panel = page.state.panel
    assert panel is not None
    for name, text in (("letters", letters), ("role", role), ("organisation", organisation)):
        panel.form.put(name, text)
    panel.form.submit()
    room.later.pass_seconds(0)


def _with_key(page: PeoplePage, name: str = "Jean Dubois") -> None:
    page.ask_key()
    page.key.set_up(WORDS, WORDS)
    page.name_them()
    panel = page.state.panel
    assert panel is not None
    panel.form.put("name", name)
    panel.form.submit()


def _codes(page: PeoplePage) -> list[str]:
    return [row.person.code for row in page.state.rows]


def test_people_are_added_by_letter_and_everything_that_is_missing_is_said_at_once(
    room: Room, page: PeoplePage
) -> None:
    page.add()
    panel = page.state.panel
    assert panel is not None
    panel.form.submit()
    assert [error.field for error in panel.form.state.errors] == ["letters", "role"]
    panel.form.put("letters", "own")
    panel.form.put("code", "nurse 1")
    panel.form.submit()
    assert [error.field for error in panel.form.state.errors] == ["code", "role"]
    panel.form.put("letters", "s")
    panel.form.put("role", "Ward sister")
    panel.form.submit()
    room.later.pass_seconds(0)
    assert page.state.panel is None
    assert _codes(page) == ["ch", "s1"]
    assert page.state.row is not None
    assert page.state.row.person.role == "Ward sister"


def test_small_numbers_are_told_while_the_form_is_filled_in_and_once_aloud(room: Room, page: PeoplePage) -> None:
    for _ in range(3):
        _add(room, page, "s", "Porter", "Coast trust")
    page.add()
    panel = page.state.panel
    assert panel is not None
    panel.form.put("role", "Porter")
    room.later.pass_seconds(1)
    assert page.state.filling == "", "a role alone tells nobody apart"
    before = len(room.said)
    panel.form.put("organisation", "coast  TRUST")
    room.later.pass_seconds(1)
    assert page.state.filling.startswith("Fewer than 5 people on the list share this: Porter, coast  TRUST")
    panel.form.put("organisation", "Coast trust ")
    room.later.pass_seconds(1)
    assert len(room.said) == before + 1, "told once, not at every key"
    panel.form.put("letters", "s")
    panel.form.submit()
    _add(room, page, "s", "Porter", "Coast trust")
    assert "Porter" not in page.state.small, "five share it now"
    page.add()
    panel = page.state.panel
    assert panel is not None
    panel.form.put("role", "Chair")
    room.later.pass_seconds(1)
    assert page.state.filling.startswith("One person holds this post: Chair")


def test_two_codes_are_joined_undone_and_done_again_and_their_notes_are_one_persons(
    room: Room, page: PeoplePage
) -> None:
    for _ in range(2):
        _add(room, page, "p", "Resident")
    page.choose(next(row.person.id for row in page.state.rows if row.person.code == "p2"))
    page.same_as()
    panel = page.state.panel
    assert panel is not None
    panel.form.submit()
    assert [error.text for error in panel.form.state.errors]
    first = next(row.person.id for row in page.state.rows if row.person.code == "p1")
    panel.form.put("into", first)
    panel.form.submit()
    room.later.pass_seconds(0)
    assert _codes(page) == ["ch", "p1"]
    room.session.undo.undo()
    room.later.pass_seconds(0)
    assert _codes(page) == ["ch", "p1", "p2"]
    room.session.undo.redo()
    room.later.pass_seconds(0)
    assert _codes(page) == ["ch", "p1"]
    row = next(row for row in page.state.rows if row.person.code == "p1")
    page.tell_apart(row.others[0].id)
    room.later.pass_seconds(0)
    assert _codes(page) == ["ch", "p1", "p2"]


def test_the_key_closes_a_minute_after_its_page_was_left_and_at_once_when_the_screen_is_hidden(
    room: Room, page: PeoplePage
) -> None:
    bench = page.bench
    assert isinstance(bench, Bench)
    _with_key(page)
    assert page.state.name(page.state.rows[0].person.id) == "Jean Dubois"
    assert room.session.name_book is not NO_NAMES
    bench.changed.tell(_Bench(Page.LOG))
    room.later.pass_seconds(AWAY_SECONDS - 1)
    assert page.key.is_open
    bench.changed.tell(_Bench(Page.PEOPLE))
    room.later.pass_seconds(AWAY_SECONDS)
    assert page.key.is_open, "somebody came back to it"
    page.choose(page.state.rows[0].person.id)
    bench.changed.tell(_Bench(Page.LOG))
    room.later.pass_seconds(1)
    bench.changed.tell(_Bench(Page.EVIDENCE))
    room.later.pass_seconds(AWAY_SECONDS)
    assert not page.key.is_open, "going on to another page does not put it off"
    assert not page.state.names
    assert not room.session.name_book.whole
    page.key.unlock(WORDS)
    assert page.key.is_open
    bench.changed.tell(_Bench(Page.PEOPLE, is_hidden=True))
    assert not page.key.is_open


def test_locking_closes_the_key_and_the_lines_forget_its_names(room: Room) -> None:
    page = _page(room)
    _with_key(page)
    page.close()
    assert not page.key.is_open
    assert room.session.name_book is NO_NAMES
    assert b"Dubois" not in b"".join(file.read_bytes() for file in room.folder.rglob("*") if file.is_file())


def test_the_sheet_of_names_needs_the_open_key_is_marked_and_stands_on_the_vaults_record_first(
    room: Room, page: PeoplePage, tmp_path: Path
) -> None:
    sheets: list[Document] = []
    page.make_sheet(sheets.append)
    assert sheets == []
    assert _exports(room) == []
    _with_key(page)
    _add(room, page, "p", "Resident")
    known: list[list[str]] = []

    def use(sheet: Document) -> None:
        known.append([one.partition("/")[0] for one in _exports(room)])
        sheets.append(sheet)

    page.make_sheet(use)
    assert known == [["names"]], "on the record before anybody has it"
    (sheet,) = sheets
    assert sheet.footer.startswith("CONFIDENTIAL: NAMES · Northshire")
    assert sheet.kicker.startswith("CONFIDENTIAL: NAMES")
    (table,) = [block for block in sheet.blocks if isinstance(block, Table)]
    assert table.rows == (("CH", "Jean Dubois", "Chair", "", ""),)
    assert "1 code has no name in the key." in to_plain(sheet)
    target = tmp_path / "names.pdf"
    page.save_sheet(target)
    assert target.read_bytes().startswith(b"%PDF")
    assert [one.name for one in tmp_path.glob("names*")] == ["names.pdf"], "no web page of it beside it"
    assert len(_exports(room)) == 2
    page.key.shut()
    page.save_sheet(tmp_path / "later.pdf")
    assert not (tmp_path / "later.pdf").exists()


def _exports(room: Room) -> list[str]:
    rows = room.vault._db.rows("SELECT content FROM revisions r WHERE kind = 'custody'")
    found = [json.loads(row[0]) for row in rows]
    return [one["detail"] for one in found if one.get("event") == "exported"]
