"""The files page without a screen: what it says of where a file is, forms, boxes, and long jobs that are stopped."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from fieldkit.app.abouts import abouts_of, tracked_of
from fieldkit.app.attachments import Said, attach, take_bytes
from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.filter_names import Known, understand
from fieldkit.app.rows import EntryFilter, FileRow
from fieldkit.capture.parse import parse
from fieldkit.capture.vocabulary import Vocabulary
from fieldkit.domain.attachment import Attachment, People, next_exhibit, series
from fieldkit.domain.consent import Attribution
from fieldkit.kernel.ids import DeviceId, RecordId, new_id
from fieldkit.media.boxes import Box
from fieldkit.media.kinds import PICTURES
from tests.presenters.interviews import planned
from tests.presenters.room import Room
from tests.support.consents import agree
from ui.presenters.files.attaching import AttachForm
from ui.presenters.files.notes import open_about
from ui.presenters.files.page import FilesFacts, FilesPage, count_words, way
from ui.presenters.files.state import PanelKind
from ui.presenters.files.viewer import Viewer, place_of
from ui.presenters.files.words import size_of, state
from ui.presenters.page import Page
from ui.presenters.ways import Bench


@pytest.fixture
def page(room: Room) -> FilesPage:
    activity = room.activity
    found = way().read(room.session, room.vault.questions, activity.assessment)
    assert isinstance(found, FilesFacts)
    return FilesPage(room.session, found, lambda: activity.id, lambda row, at: None, lambda entry: None)


def _attach(room: Room, data: bytes = b"words", name: str = "letter.txt") -> Attachment:
    activity = room.activity
    taken = take_bytes(room.vault.files, data, name)
    said = Said(
        assessment=activity.assessment, visit=activity.visit, about=RecordId(activity.id), purpose="Shows the waits",
        people=People.NOBODY if taken.media in PICTURES else People.NOT_A_PICTURE,
    )  # fmt: skip
    return room.session.workspace.perform(lambda uow: attach(uow, taken, said)).result()[0]


def test_a_file_is_attached_by_the_form_for_the_activity_at_hand(room: Room, page: FilesPage, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_bytes(b"words")
    page.attach()
    panel = page.state.panel
    assert panel is not None
    assert panel.kind is PanelKind.ATTACH
    assert panel.form.state.values["about"] == room.activity.id
    panel.form.put("file", str(tmp_path / "letter.txt"))
    panel.form.put("purpose", "Shows the waits")
    panel.form.submit()
    assert page.state.panel is None
    (line,) = page.state.lines
    assert page.state.notice == f"Attached as {line.value.exhibit}"
    assert page.state.chosen == line.value.id
    assert line.status == "Shows the waits · Waiting to send"


def test_the_same_file_a_second_time_is_told_with_its_number(room: Room, page: FilesPage, tmp_path: Path) -> None:
    first = _attach(room)
    (tmp_path / "again.txt").write_bytes(b"words")
    page.attach(str(tmp_path / "again.txt"))
    panel = page.state.panel
    assert panel is not None
    panel.form.put("purpose", "x")
    panel.form.submit()
    assert panel.form.state.fault.startswith(f"Already attached as {first.exhibit}")
    assert panel.form.state.values["purpose"] == "x"


def test_what_was_said_of_a_file_is_put_right_and_its_history_stays(room: Room, page: FilesPage) -> None:
    made = _attach(room)
    page._load()
    page.choose(made.id)
    page.correct()
    panel = page.state.panel
    assert panel is not None
    assert panel.form.state.values["purpose"] == "Shows the waits"
    panel.form.put("purpose", "Shows the waits in October")
    panel.form.submit()
    history = room.vault.questions.history(made.id)
    assert [one.value.purpose for one in history] == ["Shows the waits", "Shows the waits in October"]
    assert {one.value.sha256 for one in history} == {made.sha256}


def test_correcting_a_file_of_somebody_who_is_not_named_shows_no_code_and_keeps_it(room: Room, page: FilesPage) -> None:
    talk = planned(room)
    room.vault.perform(lambda uow: agree(uow, talk, Attribution.NAME))
    taken = take_bytes(room.vault.files, b"rota", "rota.txt")
    said = Said(
        assessment=talk.assessment, visit=talk.visit, about=RecordId(talk.id), purpose="Her rota", from_whom="ma",
        people=People.NOT_A_PICTURE,
    )  # fmt: skip
    made = room.vault.perform(lambda uow: attach(uow, taken, said))[0]
    page._load()
    room.session.workspace.perform(lambda uow: agree(uow, talk)).result()
    (line,) = page.state.lines
    assert line.is_silent, "an open page hears of the consent"
    page.choose(made.id)
    page.correct()
    panel = page.state.panel
    assert panel is not None
    assert panel.form.state.values["from_whom"] == ""
    panel.form.put("purpose", "The rota of October")
    panel.form.submit()
    after = room.vault.questions.record(Attachment.KIND, made.id).value
    assert (after.purpose, after.from_whom) == ("The rota of October", "ma")


def test_the_filter_looks_at_numbers_names_purposes_and_where_a_file_is(room: Room, page: FilesPage) -> None:
    _attach(room, b"one", "rota.txt")
    _attach(room, b"two", "minutes.txt")
    page._load()
    page.filter("WAITING rota")
    assert [line.value.name for line in page.state.shown] == ["rota.txt"]
    assert count_words(page.state) == "1 of 2 files"
    page.filter("")
    assert count_words(page.state) == "2 files"


def _row(room: Room, **standing: object) -> FileRow:
    _attach(room)
    row = room.vault.questions.files()[0]
    facts = {"is_made_here": row.is_made_here, "is_confirmed": row.is_confirmed, **standing}
    return FileRow(row=row.row, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("standing", "is_here", "words"),
    [
        ({}, True, "Waiting to send"),
        ({"is_confirmed": True}, True, "Sent and confirmed by central store"),
        ({"is_made_here": False}, True, "From the team, on this laptop"),
        ({"is_made_here": False}, False, "From the team, not on this laptop"),
        ({"is_made_here": False, "is_wanted": True}, False, "Asked for"),
    ],
)  # fmt: skip
def test_sent_is_said_of_a_file_only_with_the_stores_word(
    room: Room, standing: dict[str, object], is_here: bool, words: str
) -> None:
    assert state(_row(room, **standing), is_here=is_here) == words


def test_boxes_stay_on_the_page_whatever_keys_are_pressed(room: Room) -> None:
    made: list[Attachment] = []
    png = (
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc\xf8\xcf\xc0\0\0\3\1\1\0"
        b"\xc9\xfe\x92\xef\0\0\0\0IEND\xaeB`\x82"
    )
    taken = take_bytes(room.vault.files, png, "dot.png")
    activity = room.activity
    said = Said(assessment=activity.assessment, about=RecordId(activity.id), purpose="A dot", people=People.NOBODY)
    value = room.vault.perform(lambda uow: attach(uow, taken, said))[0]
    viewer = Viewer(room.session, value, made.append)
    viewer.start()
    viewer.draw()
    viewer.save()
    assert viewer.state.fault == "Draw at least one black box first"
    viewer.add()
    for _ in range(200):
        viewer.move(-1, 1)
        viewer.stretch(1, 1)
    (box,) = viewer.state.boxes
    assert box == box.within()
    assert (box.left, box.left + box.width, box.top + box.height) == (0, 1000, 1000)
    viewer.add(Box(page=1, left=500, top=500, width=4, height=4))
    assert len(viewer.state.boxes) == 1, "a slip of the mouse is no box"
    viewer.add()
    viewer.choose(1)
    viewer.remove()
    assert len(viewer.state.boxes) == 1
    viewer.save()
    assert made[0].derived_from == value.id
    assert made[0].people is People.NOBODY


def test_a_box_is_spoken_by_where_it_is() -> None:
    box = Box(page=1, left=355, top=0, width=300, height=60)
    assert place_of(box) == "Box from 35.5 % across, 0 % down; 30 % wide, 6 % high"


def test_stopping_keeps_nothing_and_leaves_what_was_typed(room: Room, page: FilesPage, tmp_path: Path) -> None:
    (tmp_path / "large.bin").write_bytes(bytes(20 * 2**20))
    page.attach(str(tmp_path / "large.bin"))
    panel = page.state.panel
    assert panel is not None
    form = panel.form
    assert isinstance(form, AttachForm)
    form.put("purpose", "A recording")
    form.put("people", "not_a_picture")
    page.changed.listen(lambda state: form.stop() if state.busy.done else None)
    form.submit()
    assert form.state.fault == "Stopped. Nothing was kept of this file"
    assert form.state.values["purpose"] == "A recording"
    assert room.vault.questions.files() == []
    assert not list(room.vault.folder.glob("blobs/??/*"))


def test_exhibit_numbers_of_two_laptops_never_meet() -> None:
    one, other = (series("al", DeviceId(new_id())) for _ in range(2))
    assert one.startswith("AL")
    assert next_exhibit(one, []) == f"{one}-1"
    assert next_exhibit(one, [f"{one}-1", f"{one}-9", "XX-40"]) == f"{one}-10"
    assert len({series("AL", DeviceId(new_id())) for _ in range(200)}) > 100
    assert series("", DeviceId(new_id()))[0] == "X"
    assert other


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, "1 byte"), (812, "812 bytes"), (1000, "1.0 kB"), (3_400_000, "3.4 MB"), (512_000_000, "512 MB")],
)
def test_sizes_read_as_file_managers_show_them(size: int, words: str) -> None:
    assert size_of(size) == words


_CONTENT: dict[str, object] = {
    "assessment": "a", "visit": None, "about": "b", "exhibit": "ALAB-1", "sha256": "ab" * 32, "size": 5,
    "media": "text/plain", "name": "x", "origin": "file", "purpose": "p", "from_whom": "", "place": "",
    "taken_on": None, "received_at": "2026-11-12T09:00:00.000Z", "people": "nobody", "declaration": "", "dropped": [],
    "original_sha256": None, "derived_from": None, "boxes": 0, "pages": None, "retention": "", "hold": False,
    "withdrawn": "",
}  # fmt: skip


def test_a_record_comes_back_as_it_was() -> None:
    value = Attachment.from_content("r", dict(_CONTENT))
    assert Attachment.from_content("r", value.to_content()) == value


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("sha256", "../../etc/passwd"), ("sha256", "AB" * 32), ("size", 0), ("size", True), ("size", 2**60),
        ("exhibit", "no number"), ("media", "text"), ("origin", "telepathy"), ("people", "some"), ("dropped", [1]),
        ("received_at", "yesterday"), ("taken_on", "12/11"), ("derived_from", "x"), ("boxes", -1), ("pages", -2),
    ],
)  # fmt: skip
def test_what_is_not_of_its_form_is_refused(field: str, wrong: object) -> None:
    with pytest.raises((KeyError, ValueError, TypeError)):
        Attachment.from_content("r", {**_CONTENT, field: wrong})


def test_pasting_nothing_says_so(page: FilesPage) -> None:
    page.paste(None)
    assert page.state.fault == "There is no picture on the clipboard. Copy one first"


def test_a_note_about_a_file_is_made_beside_it_and_leads_back_to_it(room: Room, page: FilesPage) -> None:
    value = _attach(room)
    page.choose(value.id)
    page.note()
    panel = page.state.panel
    assert panel is not None
    assert (panel.kind, panel.form.state.values["activity"]) == (PanelKind.NOTE, room.activity.id)
    panel.form.submit()
    assert [one.text for one in panel.form.state.errors] == ["Enter what you noticed about this file"]
    panel.form.put("note", "Page 3 gives no date\nfor the review #lc- #zz")
    panel.form.submit()
    assert page.state.panel is None
    assert page.state.notice.startswith("Note saved")
    assert "#zz" in page.state.notice, "what was not recognised is told"
    (row,) = room.vault.questions.entries(EntryFilter(assessment=value.assessment))
    assert (row.entry.text, row.entry.about) == ("Page 3 gives no date for the review #zz", value.id)
    assert [item.statement for item in row.evidence]
    (line,) = page.state.lines
    assert [(one.entry, one.words) for one in line.notes] == [(row.entry.id, "Page 3 gives no date for the review #zz")]
    opened: list[object] = []
    bench = cast(Bench, SimpleNamespace(session=room.session, open_page=lambda *a: opened.append(a)))
    open_about(bench, row)
    assert opened == [(Page.FILES, value.id)]
    found = way().read(room.session, room.vault.questions, value.id)
    assert (found.assessment.id, found.chosen) == (value.assessment, value.id)


def test_a_note_made_elsewhere_by_the_number_of_a_file_is_shown_beside_it(room: Room, page: FilesPage) -> None:
    value = _attach(room)
    questions = room.vault.questions
    tracked = tracked_of(questions, value.assessment)
    captured = parse(f"the letter says so ~{value.exhibit.lower()}", Vocabulary(frameworks=(), cases=tracked))
    assert captured.case is not None
    assert (captured.text, captured.case.code) == ("the letter says so", value.exhibit)
    note = NewEntry(text=captured.text, about=RecordId(captured.case.record))
    room.session.workspace.perform(lambda uow: record_entry(uow, room.activity, note))
    (line,) = page.state.lines
    assert [one.words for one in line.notes] == ["the letter says so"]
    known = Known(today=date(2026, 11, 12), abouts=abouts_of(questions, value.assessment))
    wanted = understand(f"about:{value.exhibit}", known)
    assert wanted.problems == ()
    found = questions.entries(EntryFilter(assessment=value.assessment, words=wanted.words, terms=wanted.terms))
    assert [one.entry.text for one in found] == ["the letter says so"]


def test_a_file_of_a_note_gets_its_notes_in_the_activity_of_that_note(room: Room, page: FilesPage) -> None:
    entry = room.vault.perform(lambda uow: record_entry(uow, room.activity, NewEntry(text="They gave me a letter")))[0]
    taken = take_bytes(room.vault.files, b"of a note", "letter.txt")
    said = Said(assessment=entry.assessment, about=RecordId(entry.id), purpose="The letter")
    value = room.session.workspace.perform(lambda uow: attach(uow, taken, said)).result()[0]
    page.choose(value.id)
    page.note()
    panel = page.state.panel
    assert panel is not None
    assert panel.form.state.values["activity"] == room.activity.id


def test_a_photo_that_cannot_be_drawn_is_kept_and_says_the_way_round(room: Room, page: FilesPage) -> None:
    photo = b"\0\0\0\x1cftypheic" + bytes(500)
    value = _attach(room, photo, "IMG_0001.HEIC")
    assert value.media == "image/heic"
    page.choose(value.id)
    page.look()
    assert page.viewer is not None
    assert "not shown here" in page.viewer.state.fault
    assert "make a JPEG" in page.viewer.state.fault
    page.viewer.draw()
    assert (page.viewer.state.is_drawing, "make a JPEG" in page.viewer.state.fault) == (False, True)
    assert b"".join(room.vault.files.pieces(value.sha256)) == photo
