"""The page *Take work out* over a real vault: every format, what to mind first, what happens when it does not go."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from fieldkit.app.blind_scores import choose_blind
from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.people import add_person
from fieldkit.app.takeout.ways import WAYS, Way
from tests.presenters.room import Room
from tests.presenters.test_settings import Held
from ui.launch.vault_keeping import VaultKeeping
from ui.presenters.settings.services import TakeOutChoice
from ui.presenters.settings.take_out import TakeOut
from ui.presenters.wording import sentence


@pytest.fixture
def taking(room: Room) -> TakeOut:
    room.session.workspace.perform(lambda uow: record_entry(uow, room.activity, NewEntry(text="Nobody owns the plan")))
    made = TakeOut(room.session, VaultKeeping())
    made.load()
    return made


@pytest.mark.parametrize("way", [one.way.value for one in WAYS if one.way is not Way.WORD])  # that takes four seconds
def test_each_format_is_written_beside_what_is_there_and_said_not_to_be_encrypted(
    taking: TakeOut, tmp_path: Path, way: str
) -> None:
    taking.choose_way(way)
    for count in (1, 2):
        taking.take_out(str(tmp_path))
        assert taking.state.fault == ""
        assert len(list(tmp_path.glob("Northshire*"))) == count, "nothing is written over"
    assert ("not encrypted" in taking.state.notice) == (way != "codebook")
    assert not list(tmp_path.glob(".*"))


def test_what_the_window_writes_is_what_the_command_writes(taking: TakeOut, tmp_path: Path) -> None:
    taking.choose_way("json")
    taking.take_out(str(tmp_path))
    exported = json.loads((tmp_path / "Northshire.json").read_text(encoding="utf-8"))
    assert [note["text"] for note in exported["notes"]] == ["Nobody owns the plan"]
    assert (tmp_path / "Northshire.json").stat().st_mode & 0o077 == 0


def test_what_to_mind_is_said_before_it_leaves(room: Room, taking: TakeOut) -> None:
    visit = room.vault.questions.visit(room.activity.visit)
    room.session.workspace.perform(lambda uow: add_person(uow, visit, "s1", "Ward clerk", "Coast trust"))
    taking.load()
    assert "Ward clerk, Coast trust. It may tell who they are" in taking.state.small
    assert taking.state.losses == ()
    taking.choose_way("refi")
    assert "Signatures" in " ".join(taking.state.losses)
    taking.choose_way("codebook")
    assert (taking.state.small, taking.state.losses) == ("", ())


def test_what_is_begun_and_not_saved_and_a_blind_round_are_said_before_anything_leaves(
    room: Room, taking: TakeOut
) -> None:
    assert not taking.state.minded
    log = room.open_log()
    log.line.typed("The ward is with", 16)
    log.close()
    ask = room.vault.questions.assessment(room.activity.assessment)
    framework = room.session.packs.framework(ask.packs[0])
    room.session.workspace.perform(lambda uow: choose_blind(uow, ask.id, framework, is_on=True))
    taking.load()
    begun, blind = taking.state.minded
    assert begun.startswith("1 line or form is begun and not saved, and will not be in it")
    assert "What others scored is in it" in blind
    taking.choose_way("codebook")
    assert not taking.state.minded


def test_a_folder_that_is_not_there_is_said_beside_its_field(taking: TakeOut, tmp_path: Path) -> None:
    for folder in ("", str(tmp_path / "nowhere")):
        taking.take_out(folder)
        assert [one.field for one in taking.state.errors] == ["take_out_folder"]
    assert taking.state.busy == ""


def test_one_that_is_stopped_leaves_nothing_and_says_so(room: Room, tmp_path: Path) -> None:
    told, stops = list[Exception](), list[Callable[[], None]]()
    held = Held(room.session.workspace)
    session = replace(room.session, workspace=held)
    choice = TakeOutChoice(assessment=room.activity.assessment, way="folder", folder=tmp_path / "to")
    choice.folder.mkdir()
    stops.append(VaultKeeping().take_out(session, choice, lambda *_: None, lambda _: None, told.append))
    stops[0]()
    held.go_on()
    assert [sentence(one) for one in told] == ["It was stopped. Nothing was left behind"]
    assert list(choice.folder.iterdir()) == []
