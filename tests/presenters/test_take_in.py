"""The page *Take work in*: what was taken out elsewhere is proved, shown, and gives the same digests here."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.takeout.digests import LogDigest, log_digests
from fieldkit.kernel.clock import FixedClock
from tests.presenters.room import Room
from ui.launch.imports import keep_export
from ui.launch.jobs import Job
from ui.launch.vault_keeping import VaultKeeping
from ui.presenters.settings.services import ExportFound
from ui.presenters.settings.take_in import TakeIn
from ui.presenters.settings.take_out import TakeOut
from ui.presenters.wording import sentence


@pytest.fixture
def out(room: Room, tmp_path: Path) -> Path:
    """What the window takes out of a vault with two notes."""
    for words in ("Nobody owns the plan 🙂", "Papers were late\r\nagain"):
        room.session.workspace.perform(partial(record_entry, activity=room.activity, new=NewEntry(text=words)))
    taking = TakeOut(room.session, VaultKeeping())
    taking.load()
    taking.take_out(str(tmp_path))
    return tmp_path / "Northshire with files"


@pytest.fixture
def other(tmp_path: Path, room: Room) -> Iterator[Room]:
    """Another vault, with an assessment of its own."""
    made = Room(tmp_path / "other", FixedClock(room.clock.now()))
    yield made
    made.close()


def _digest(room: Room, assessment: str) -> LogDigest | None:
    return next((one for one in log_digests(room.vault.questions) if one.assessment == assessment), None)


def test_what_is_in_it_is_shown_first_then_one_press_gives_equal_digests(room: Room, other: Room, out: Path) -> None:
    taking = TakeIn(other.session, VaultKeeping())
    taking.look(str(out))
    shown = taking.state.preview
    assert shown is not None
    assert (shown.title, shown.may_take) == ("‘Northshire’", True)
    assert "None of it is here yet" in shown.lines
    assert "Note: 2" in shown.details[1]
    assert shown.warnings[0].startswith("Only the file says that this is the key of laptop")
    assert _digest(other, room.activity.assessment) is None, "looking keeps nothing"
    taking.take_in()
    there = _digest(room, room.activity.assessment)
    assert there == _digest(other, room.activity.assessment)
    assert there is not None
    assert (taking.state.preview, taking.state.fault, taking.state.busy) == (None, "", "")
    assert f"{there.revisions} records taken in" in taking.state.notice
    assert taking.state.result[0].endswith("the digests are the same")
    assert there.log in taking.state.result[1].replace(" ", "")
    assert {row.entry.text for row in other.rows()} == {row.entry.text for row in room.rows()}


def test_what_is_here_already_is_counted_and_changes_nothing(room: Room, out: Path) -> None:
    taking = TakeIn(room.session, VaultKeeping())
    before = _digest(room, room.activity.assessment)
    taking.look(f"  {out / 'export.json'} ")
    assert taking.state.preview is not None
    assert not taking.state.preview.may_take
    assert not taking.state.preview.warnings
    assert "Note: 2, here already" in taking.state.preview.details[1]
    taking.leave()
    assert taking.state.preview is None
    taking.take_in()
    assert _digest(room, room.activity.assessment) == before


def test_a_part_that_is_new_is_told_from_what_is_here(room: Room, other: Room, out: Path, tmp_path: Path) -> None:
    taking = TakeIn(other.session, VaultKeeping())
    taking.look(str(out))
    taking.take_in()
    room.session.workspace.perform(lambda uow: record_entry(uow, room.activity, NewEntry(text="One more")))
    again = TakeOut(room.session, VaultKeeping())
    again.load()
    again.choose_way("json")
    again.take_out(str(tmp_path))
    taking.look(str(tmp_path / "Northshire.json"))
    assert taking.state.preview is not None
    assert "Note: 3, 1 new" in taking.state.preview.details[1]
    assert "1 new here" in " ".join(taking.state.preview.lines)
    assert not taking.state.preview.warnings, "the key is known by now"
    taking.take_in()
    assert "1 record taken in" in taking.state.notice
    assert _digest(room, room.activity.assessment) == _digest(other, room.activity.assessment)


def test_what_does_not_hold_is_said_beside_the_field_and_keeps_nothing(other: Room, out: Path, room: Room) -> None:
    taking = TakeIn(other.session, VaultKeeping())
    document = out / "export.json"
    whole = document.read_bytes()
    for bad, words in (
        (whole.replace(b"Papers were late", b"Papers were soon"), "altered or damaged"),
        (whole[: len(whole) // 2], "cut off"), (b"", "Nothing was taken in"), (b"{}", "not an export of FieldKit"),
        (b"\xff\xfe\x00", "Nothing was taken in"),
    ):  # fmt: skip
        document.write_bytes(bad)
        taking.look(str(document))
        assert [one.field for one in taking.state.errors] == ["take_in_file"]
        assert words in taking.state.errors[0].text
        assert (taking.state.preview, taking.state.busy) == (None, "")
    for nothing in ("", str(out / "nowhere.json"), str(out.parent)):
        taking.look(nothing)
        assert [one.field for one in taking.state.errors] == ["take_in_file"]
    assert _digest(other, room.activity.assessment) is None


def test_one_that_is_stopped_while_it_is_kept_may_be_taken_in_once_more(
    room: Room, other: Room, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldkit.app.takeout.taking_in.AT_ONCE", 2)
    found, told = list[ExportFound](), list[Exception]()
    VaultKeeping().prove(other.session, out, lambda *_: None, found.append, told.append)
    job = Job(other.session.workspace.lanes, lambda words, done, total: job.stop())
    ended = job.unless_stopped(told.append, "import.stopped_within")
    keep_export(other.session, found[0].proved, job, lambda _: None, ended)
    assert [sentence(one) for one in told] == [
        "It was stopped. What came before that stays. Take the same file in once more for the rest"
    ]
    taking = TakeIn(other.session, VaultKeeping())
    taking.look(str(out))
    assert taking.state.preview is not None
    assert "here already" in " ".join(taking.state.preview.lines)
    taking.take_in()
    assert _digest(room, room.activity.assessment) == _digest(other, room.activity.assessment)
