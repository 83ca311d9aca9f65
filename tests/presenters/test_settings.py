"""Settings without a screen: changed at once, undone by Ctrl+Z, and every job of the vault on real files."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fieldkit.app.lanes import Lanes
from fieldkit.app.rows import EntryFilter
from fieldkit.app.settings import Settings
from fieldkit.app.takeout.refi_codes import codebook
from fieldkit.app.workspace import Workspace
from fieldkit.exchange.refi.codebook import write_codebook
from fieldkit.frameworks.library import built_in
from fieldkit.kernel.errors import Trouble
from storage.carried import unpacked
from storage.restore import restore_vault
from storage.vault import open_vault
from tests.presenters.room import Room
from tests.presenters.test_first_run import GOOD
from tests.storage.office import Office
from tests.support.vaults import PASSPHRASE, note
from ui.launch.pack_keeping import PackKeeping
from ui.launch.papers import _LIBRARIES, _WITH_THEM, PaperWork, read_licences
from ui.launch.sheets import RecoverySheets
from ui.launch.shelf import Shelf
from ui.launch.vault_keeping import VaultKeeping
from ui.presenters.display import Colours, Display, DisplayState
from ui.presenters.frameworks.page import way
from ui.presenters.preferences import Preferences
from ui.presenters.settings.about import About
from ui.presenters.settings.choices import Choices
from ui.presenters.settings.deeds import DisplayDeeds
from ui.presenters.settings.keyboard import Keyboard
from ui.presenters.settings.office import OfficePage
from ui.presenters.settings.packs import Packs
from ui.presenters.settings.passphrase import ChangePassphrase
from ui.presenters.settings.storage import Storage, megabytes
from ui.presenters.shortcuts import Shortcuts
from ui.presenters.wording import sentence


def _storage(room: Room) -> Storage:
    return Storage(room.session, VaultKeeping(), lambda failed: None)


def _note(room: Room, words: str) -> None:
    note(room.vault, room.activity, words)


def test_each_change_of_the_display_is_undone_and_done_again(room: Room) -> None:
    display = Display(DisplayState(), lambda state: None, lambda: 225)
    deeds = DisplayDeeds(display, room.session.undo)
    deeds.size(150)
    deeds.colours(Colours.DARK)
    deeds.size(None)
    assert (display.state.percent, display.state.is_same_size) == (200, True)  # 225 is more than screens are made for
    room.session.undo.undo()
    assert (display.state.percent, display.state.is_same_size) == (150, False)
    room.session.undo.undo()
    assert display.state.colours.value == "system"
    room.session.undo.redo()
    assert display.state.colours.value == "dark"
    assert room.session.undo.state.message == "Done again: colours: dark"


def test_a_live_log_dims_only_while_it_is_open() -> None:
    display = Display(DisplayState(), lambda state: None)
    display.log_is_open(is_open=True)
    assert not display.state.is_dimmed
    display.dim(dims_log=True)
    assert display.state.is_dimmed
    display.log_is_open(is_open=False)
    assert not display.state.is_dimmed


@pytest.mark.parametrize("typed", ["1", "121", "", "ten", "-5", "3.5", "²", "99999"])
def test_lock_after_must_be_between_2_and_120_minutes(room: Room, typed: str) -> None:
    kept: list[dict[str, object]] = []
    choices = Choices(Preferences(Settings(), kept.append), room.session.undo)
    choices.lock_after(typed, "45")
    assert [error.text for error in choices.state.errors] == ["Lock after must be between 2 and 120 minutes"]
    assert [error.field for error in choices.state.errors] == ["lock_minutes"]
    assert kept == [{"log_lock_minutes": 45}]  # what was right is kept, and nothing is cleared
    choices.close()


def test_what_is_said_after_saving_can_be_turned_off_and_back(room: Room) -> None:
    preferences = Preferences(Settings())
    choices = Choices(preferences, room.session.undo)
    choices.say_saved("off")
    assert preferences.state.saved_words == "off"
    room.session.undo.undo()
    assert preferences.state.saved_words == "short"
    choices.close()


def test_keys_can_be_changed_removed_and_reset_and_a_clash_is_told_in_its_words(room: Room) -> None:
    shortcuts = Shortcuts()
    keyboard = Keyboard(shortcuts, room.session.undo)
    keyboard.begin("help")
    for keys, words in (
        ("Ctrl+M", "Ctrl+M is already used for Mark this moment. Choose different keys"),
        ("H", "Use Ctrl, Alt or a function key. Single keys can clash with voice control"),
        ("Ctrl+Alt+H", "Ctrl+Alt keys type characters on UK keyboards. Choose different keys"),
    ):
        keyboard.change(keys)
        assert [error.text for error in keyboard.state.errors] == [words]
        assert keyboard.state.changing == "help"
    keyboard.change("Ctrl+Shift+F1")
    assert (keyboard.state.errors, keyboard.state.changing) == ((), "")
    assert shortcuts.keys("help") == ("Ctrl+Shift+F1",)
    keyboard.remove("help")
    assert shortcuts.keys("help") == ()
    room.session.undo.undo()
    assert shortcuts.keys("help") == ("Ctrl+Shift+F1",)
    keyboard.reset("help")
    assert shortcuts.keys("help") == ("F1",)
    keyboard.alt_numbers(are_on=False)
    assert not any(row.keys for row in keyboard.state.rows if row.command.id.startswith("category_"))
    room.session.undo.undo()
    assert any(row.keys for row in keyboard.state.rows if row.command.id.startswith("category_"))
    keyboard.close()


def test_a_new_passphrase_needs_the_present_one_and_is_never_part_of_the_state(room: Room) -> None:
    change = ChangePassphrase(room.session, VaultKeeping())
    seen: list[str] = []
    change.changed.listen(lambda state: seen.append(repr(state)))
    change.change("", "short", "short")
    assert [error.field for error in change.state.errors] == ["present", "passphrase"]
    change.change("not this one at all", GOOD, GOOD)
    assert change.state.errors[0].text == "Passphrase is not correct. Nothing was changed"
    change.change(PASSPHRASE, GOOD, GOOD + "x")
    assert change.state.errors[0].text == "Both passphrases must match"
    change.change(PASSPHRASE, GOOD, GOOD)
    assert (change.state.errors, change.state.edition) == ((), 1)
    assert not any(GOOD in one or PASSPHRASE in one for one in seen)
    room.vault.close()
    with pytest.raises(Trouble, match=r"vault\.passphrase_wrong"):
        open_vault(room.folder, PASSPHRASE, room.clock)
    room.vault = open_vault(room.folder, GOOD, room.clock)


def test_a_backup_is_one_file_that_opens_elsewhere_with_every_note(room: Room, tmp_path: Path) -> None:
    _note(room, "Nobody owns the plan")
    storage = _storage(room)
    storage.back_up("")
    assert storage.state.errors[0].text == "Choose a folder"
    storage.back_up(str(tmp_path / "nowhere"))
    assert storage.state.errors[0].text.startswith("There is no folder")
    stick = tmp_path / "stick"
    stick.mkdir()
    storage.back_up(str(stick))
    (file,) = stick.iterdir()
    assert file.suffix == ".fkbackup"
    assert storage.state.notice.startswith("Backup made 09:00 on ")
    assert not list((room.folder / "backups").glob("*kept*"))  # the copy beside the vault was made only for it
    with unpacked(file, tmp_path / "other") as database:
        restored = restore_vault(database, tmp_path / "other", PASSPHRASE, room.clock)
    assert [row.entry.text for row in restored.vault.questions.entries(EntryFilter(limit=100))] == [
        "Nobody owns the plan"
    ]
    restored.vault.close()


def test_a_backup_that_was_carried_away_does_not_stand_for_the_one_beside_the_vault(room: Room, tmp_path: Path) -> None:
    """Else a vault that is damaged tomorrow goes back to the day before yesterday."""
    _note(room, "Nobody owns the plan")
    stick = tmp_path / "stick"
    stick.mkdir()
    _storage(room).back_up(str(stick))
    room.vault.close()
    assert len(list((room.folder / "backups").glob("vault-*.db"))) == 1
    room.vault = open_vault(room.folder, PASSPHRASE, room.clock)


def test_a_stick_that_is_full_is_told_in_its_words_and_leaves_nothing(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise Trouble("backup.full", place="")

    monkeypatch.setattr("storage.carried.pack", full)
    monkeypatch.setattr("ui.launch.vault_keeping._device", lambda folder: hash(folder.name))
    storage = _storage(room)
    storage.back_up(str(tmp_path))
    assert storage.state.fault == "Backup was not made. The memory stick is full"
    assert not list((room.folder / "backups").glob("*kept*"))
    assert room.said[-1] == f"! {storage.state.fault}"


def test_checking_counts_and_says_that_everything_holds(room: Room) -> None:
    _note(room, "One")
    storage = _storage(room)
    seen: list[tuple[int, int]] = []
    storage.changed.listen(lambda state: seen.append((state.done, state.total)))
    storage.verify()
    records = room.vault.questions.info().revisions
    assert storage.state.notice == f"{records} records checked. Everything holds"
    assert any(total for _, total in seen)


class Held(Workspace):
    """Jobs on the vault wait until they are let go: somebody has time to press Stop."""

    def __init__(self, real: Workspace) -> None:
        super().__init__(real._vault, real.lanes)
        self._waiting: list[Callable[[], object]] = []

    def look_over(self, *call: Any) -> Any:
        self._waiting.append(lambda: super(Held, self).look_over(*call))

    def go_on(self) -> None:
        """Do what was asked for."""
        for one in self._waiting:
            one()


def test_a_long_job_that_is_stopped_says_so_and_leaves_nothing(room: Room, tmp_path: Path) -> None:
    keeper, told, parts = VaultKeeping(), list[Exception](), list[int]()
    stops: list[Callable[[], None]] = []
    held = Held(room.session.workspace)
    session = replace(room.session, workspace=held)

    def progress(words: str, done: int, total: int) -> None:
        parts.append(total)

    stops.append(keeper.back_up(session, tmp_path, progress, lambda made: None, told.append))
    stops[0]()
    held.go_on()
    assert [sentence(one) for one in told] == ["Backup was stopped. Nothing was left behind"]
    assert list(tmp_path.glob("*fkbackup*")) == []
    assert not list((room.folder / "backups").glob("*kept*"))


def test_deleting_everything_needs_the_word_and_says_what_is_lost(room: Room) -> None:
    _note(room, "One")
    erased: list[int] = []
    storage = Storage(room.session, VaultKeeping(), lambda failed: erased.append(1))
    storage.load()
    assert storage.erase_words == (
        "1 note has not reached the central store. It will be lost. This cannot be undone. Type DELETE to go on"
    )
    assert not storage.erase("delete")
    assert storage.erase(" DELETE ")
    assert erased == [1]
    practice = Storage(replace(room.session, is_practice=True), VaultKeeping(), lambda failed: erased.append(2))
    assert not practice.erase("DELETE")
    assert erased == [1]


def test_the_page_says_where_the_vault_lies_and_what_copies_it(room: Room) -> None:
    storage = _storage(room)
    storage.load()
    assert storage.state.facts is not None
    assert storage.state.facts.folder == room.folder
    assert storage.state.facts.vault_bytes > 0
    assert storage.state.facts.copied_by == ""


def test_a_laptop_on_its_own_has_no_office(room: Room) -> None:
    page = OfficePage(room.session)
    page.load()
    assert page.state.lines == ()
    page.close()


def test_a_report_holds_what_the_person_wrote_and_no_word_of_the_vault(room: Room, tmp_path: Path) -> None:
    _note(room, "A secret of the ward")
    lanes = Lanes.inline()
    about = About(room.session, PaperWork(lanes), RecoverySheets(lanes, room.clock))
    assert not about.check("  ")
    assert about.state.errors[0].text == "Say what happened"
    about.report(str(tmp_path / "report.txt"), "The list jumped")
    text = (tmp_path / "report.txt").read_text(encoding="utf-8")
    assert "The list jumped" in text
    assert "Screen:" in text, "the facts that the report of Help holds"
    for secret in ("secret", "Northshire", "Ann Other", str(room.folder)):
        assert secret not in text
    about.report(str(tmp_path / "no" / "report.txt"), "x")
    assert about.state.fault == "The file was not saved there. Choose another folder"


def test_licences_name_everything_the_program_depends_on() -> None:
    import tomllib

    from tests.support.tree import ROOT

    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {one.split("[")[0].split("=")[0].split(">")[0].strip() for one in wanted}
    assert names == set(_LIBRARIES)


def test_licences_name_everything_that_is_shipped_each_with_its_terms() -> None:
    import ast
    import re

    from tests.support.tree import ROOT

    def plain(names: Iterable[str]) -> set[str]:
        return {re.sub(r"[-_.]+", "-", name).lower() for name in names}

    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = plain(re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==", lock, re.MULTILINE)) - {"httpx2-jsfetch"}
    assert plain((*_LIBRARIES, *_WITH_THEM)) == locked, "all but what is for the browser alone"
    spec = ast.parse((ROOT / "pyinstaller.spec").read_text(encoding="utf-8"))
    (named,) = [one.value for one in spec.body if isinstance(one, ast.Assign) and _is(one.targets[0], "LICENSED")]
    assert plain(ast.literal_eval(named)) == locked - {"psycopg", "psycopg-binary"}, "a bundle serves no PostgreSQL"
    assert [one.name for one in read_licences() if not (one.terms or one.text)] == []


def _is(target: object, name: str) -> bool:
    import ast

    return isinstance(target, ast.Name) and target.id == name


class _Bench:
    """A pack to add: the published one for integrated care systems under another version."""

    def __init__(self, room: Room, folder: Path) -> None:
        self.source = folder / "source"
        self.shelf = Shelf(added=folder / "packs")
        self.packs = Packs(room.session, PackKeeping(folder / "packs", self.shelf, Lanes.inline(), room.clock))
        shutil.copytree(Path(str(built_in() / "ics" / "2023.1")), self.source)
        self.change("pack.yaml", "2023.1", "2023.2")

    def change(self, name: str, old: str, new: str) -> None:
        file = self.source / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def bench(room: Room, tmp_path: Path) -> _Bench:
    return _Bench(room, tmp_path / "bench")


def test_a_pack_is_looked_at_added_and_can_be_used_beside_the_old_one(
    room: Room, bench: _Bench, tmp_path: Path
) -> None:
    bench.packs.look(str(bench.source))
    preview = bench.packs.state.preview
    assert preview is not None
    assert preview.warning == "This pack is not signed by your organisation. Ask your lead before you use it"
    assert len(preview.statements) == 17
    assert any("Thresholds" in words for words in preview.lines)
    assert len(bench.shelf.offers()) == 3  # nothing is added by looking
    bench.packs.add()
    assert "version 2023.2 was added" in bench.packs.state.notice
    rows = {(row.pin.id, row.pin.version): row for row in bench.packs.state.rows}
    assert rows["ics", "2023.2"].source == "Added from source, not signed"
    assert rows["ics", "2023.1"].visits == 1  # the visit of the room keeps the pack it was made with
    again = Shelf(added=tmp_path / "bench" / "packs")
    pins = {offer.pin.version: offer.pin for offer in again.offers() if offer.pin.id == "ics"}
    assert again.framework(pins["2023.2"]).version == "2023.2"
    assert again.framework(pins["2023.1"]).version == "2023.1"


def test_a_pack_in_a_zip_file_is_the_same_pack(bench: _Bench, tmp_path: Path) -> None:
    file = tmp_path / "pack.zip"
    with zipfile.ZipFile(file, "w") as packed:
        for one in bench.source.iterdir():
            packed.write(one, f"ics-2023.2/{one.name}")
    bench.packs.look(str(file))
    assert bench.packs.state.preview is not None
    assert not bench.packs.state.errors


def test_what_is_no_pack_or_not_sound_is_told_in_its_words(bench: _Bench, tmp_path: Path) -> None:
    bench.packs.look("")
    assert bench.packs.state.errors[0].text == "Choose a pack"
    words = tmp_path / "words.txt"
    words.write_text("no pack", encoding="utf-8")
    for path in (words, tmp_path):
        bench.packs.look(str(path))
        assert bench.packs.state.errors[0].text == "This file is not a framework pack"
    bench.change("statements.yaml", "code: st", "code: lc")
    bench.packs.look(str(bench.source))
    assert bench.packs.state.errors[0].text == (
        "This pack has 2 statements with the code ‘lc’. Codes must be different"
    )
    bench.packs.add()
    assert len(bench.shelf.offers()) == 3


def test_another_text_under_a_known_version_is_not_added(bench: _Bench) -> None:
    bench.change("pack.yaml", "2023.2", "2023.1")
    bench.change("words.yaml", "\n", "\n\n")
    bench.packs.look(str(bench.source))
    assert bench.packs.state.errors[0].text.startswith("This laptop has another text of")


def test_the_laptop_keeps_what_was_chosen_beside_what_others_chose() -> None:
    kept: list[dict[str, object]] = []
    preferences = Preferences(Settings(), kept.append)
    preferences.put(dim_log=True)
    preferences.put(dim_log=True)
    assert kept == [{"dim_log": True}]
    assert preferences.state == replace(Settings(), dim_log=True)


def test_a_zip_that_cannot_be_unpacked_is_told_in_its_words(bench: _Bench, tmp_path: Path) -> None:
    """Under a passphrase, cut off inside, or packed in a way nobody knows here: never a crash."""
    file = tmp_path / "pack.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.write(bench.source / "pack.yaml", "pack.yaml")
    whole = file.read_bytes()
    directory = whole.rindex(b"PK\1\2")
    locked = bytearray(whole)
    locked[6] |= 1
    locked[directory + 8] |= 1
    unknown = bytearray(whole)
    unknown[8] = unknown[directory + 10] = 99
    torn = bytearray(whole)
    torn[60:90] = bytes(30)
    for data in (locked, unknown, torn):
        file.write_bytes(bytes(data))
        bench.packs.look(str(file))
        assert bench.packs.state.errors[0].text == "This file is not a framework pack"


def test_a_damaged_list_of_added_packs_hides_none_of_those_that_came_with_fieldkit(
    bench: _Bench, tmp_path: Path
) -> None:
    folder = tmp_path / "bench" / "packs"
    folder.mkdir(parents=True)
    (folder / "published.json").write_text("[", encoding="utf-8")
    (folder / "added.json").write_text('{"packs": [{"title": 1}, {"id": "ics"}]}', encoding="utf-8")
    assert len(Shelf(added=folder).offers()) == 3
    bench.packs.load()  # nor are the lines about them whole
    assert len(bench.packs.state.rows) == 3


def test_the_page_of_the_office_says_for_whom_and_no_id(room: Room) -> None:
    Office().enrol(room.vault)
    page = OfficePage(room.session)
    page.load()
    lines = dict(page.state.lines)
    assert lines["Enrolled for"] == "Ann Other"
    user = room.vault.questions.enrolment()
    assert user is not None
    assert user.user not in " ".join(lines.values()).split(), "as a word: those of a key may be ‘annual’"
    page.close()


def test_no_line_breaks_between_a_size_and_its_unit() -> None:
    assert [megabytes(size) for size in (214_000_000, 12_000, 3)] == [
        "214\N{NO-BREAK SPACE}MB", "12\N{NO-BREAK SPACE}kB", "1\N{NO-BREAK SPACE}kB"
    ]  # fmt: skip


def test_a_codebook_of_another_program_comes_as_a_draft_that_frameworks_shows(
    room: Room, bench: _Bench, tmp_path: Path
) -> None:
    file = tmp_path / "Their codes.QDC"
    file.write_bytes(write_codebook(codebook([bench.shelf.framework(bench.shelf.offers()[0].pin)], "Other program")))
    bench.packs.named(str(file))
    assert bench.packs.state.asks_subject
    bench.packs.look(str(file), "integrated_care_system")
    preview = bench.packs.state.preview
    assert preview is not None
    assert preview.title == "Their codes"
    assert "draft" in preview.lines[0]
    assert preview.warning.startswith("A draft made of a codebook")
    assert "Colours are not kept" in preview.losses
    bench.packs.add()
    assert "‘Their codes’ version 1.0 was added" in bench.packs.state.notice
    session = replace(room.session, packs=bench.shelf)
    facts = way().read(session, room.vault.questions, room.activity.assessment)
    line = next(one for one in facts.lines if one.framework.title == "Their codes")
    assert (line.can_add, line.framework.status.value) == (True, "draft")
    bench.packs.look(str(file), "integrated_care_system")
    assert bench.packs.state.preview is not None
    assert bench.packs.state.preview.is_here


def test_what_is_no_codebook_is_said_beside_the_field(bench: _Bench, tmp_path: Path) -> None:
    for name, bad in (("a.qdc", b""), ("b.qdc", b"<x/>"), ("c.qdc", b"\xff\x00"), ("d.qdc", None)):
        file = tmp_path / name
        if bad is not None:
            file.write_bytes(bad)
        bench.packs.look(str(file))
        assert [one.field for one in bench.packs.state.errors] == ["pack"]
        assert (bench.packs.state.preview, bench.packs.state.busy, bench.packs.state.fault) == (None, "", "")
