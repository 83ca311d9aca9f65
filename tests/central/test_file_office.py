"""The office moves its files to an S3 service and reads each again against its hash, at the command line."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from central import admin
from central.file_folder import FileFolder
from central.file_s3 import S3Place
from central.serve import start_in_thread
from central.settings import SETTINGS_FILE, Settings
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.ids import new_id
from tests.central.kit import Laptop, Office
from tests.central.test_files import attach, send
from tests.support.s3 import KEY, S3, SECRET, s3
from ui.cli.main import main

__all__ = ["s3"]

FILES = [hashlib.shake_128(name.encode()).digest(50_000 + len(name)) for name in ("one", "three", "eleven")]


@pytest.fixture
def office(tmp_path: Path, clock: FixedClock) -> Iterator[Office]:
    """A store with three files in its folder."""
    settings = Settings(folder=tmp_path / "office", port=0)
    made = admin.init(settings, "Northmoor office", clock)
    office = Office(settings, start_in_thread(settings, clock), made, clock)
    yield office
    office.running.stop()


@pytest.fixture
def ada(office: Office) -> Laptop:
    """Who sent them."""
    ada = office.laptop("Ada")
    for data in FILES:
        send(ada, attach(ada, new_id(), data), data)
    return ada


def _run(office: Office, *words: str, environ: dict[str, str] | None = None) -> tuple[int, Any, str]:
    out, err = io.StringIO(), io.StringIO()
    line = ["central", "files", words[0], str(office.settings.folder), *words[1:]]
    code = main([*line, "--json"], out=out, err=err, environ=environ or {})
    return code, json.loads(out.getvalue() or "null"), out.getvalue() + err.getvalue()


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.mark.usefixtures("ada")
def test_files_move_to_a_service_and_are_read_from_there_and_from_here(
    office: Office, s3: S3, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    keys = {"FIELDKIT_FILES_KEY": KEY, "FIELDKIT_FILES_SECRET": SECRET}
    for name, value in keys.items():
        monkeypatch.setenv(name, value)
    place = s3.settings().place
    assert _run(office, "move")[0] == 2, "no other place is chosen yet"
    code, facts, said = _run(office, "use", place, "--endpoint", s3.endpoint)
    assert (code, facts["place"]) == (0, place)
    written = (office.settings.folder / SETTINGS_FILE).read_text()
    assert place in written
    assert SECRET not in written + said
    office.running.stop()
    office.running = start_in_thread(Settings.load(office.settings.folder), office.clock)
    later = office.laptop("Ben")
    data = b"sent after the choice"
    send(later, attach(later, new_id(), data), data)
    assert _run(office, "check")[:2] == (
        0,
        {"files": 4, "size": sum(map(len, [*FILES, data])), "bad": [], "unlisted": []},
    )
    folder, there = (
        FileFolder(office.settings.folder),
        S3Place(Settings.load(office.settings.folder).files.with_environment(keys)),
    )
    assert there.size(_sha(data)) == len(data)
    spoilt = folder.path(_sha(FILES[0]))
    spoilt.write_bytes(bytes(len(FILES[0])))
    code, facts, _ = _run(office, "move")
    assert (code, facts["files"], facts["bad"]) == (1, 2, [_sha(FILES[0])])
    spoilt.write_bytes(FILES[0])
    assert _run(office, "move")[:2] == (0, {"files": 1, "size": len(FILES[0]), "bad": []})
    assert list(folder.listed()) == []
    assert dict(there.listed()) == {_sha(one): len(one) for one in [*FILES, data]}
    assert _run(office, "check")[0] == 0
    assert _run(office, "use", "folder")[0] == 2, "they would not be found any more"
    _backed_up(office, there, tmp_path)
    _moved_back(office, folder, there)


def _central(*words: str) -> tuple[int, Any]:
    out = io.StringIO()
    code = main(["central", *words, "--json"], out=out, err=io.StringIO(), environ={})
    return code, json.loads(out.getvalue())


def _backed_up(office: Office, there: S3Place, tmp_path: Path) -> None:
    """A backup lists what lies with the service, finds what is gone there, and takes it along where it is asked to."""
    store, listed, whole = str(office.settings.folder), tmp_path / "listed", tmp_path / "whole"
    everything = {_sha(one): len(one) for one in [*FILES, b"sent after the choice"]}
    code, told = _central("backup", store, str(listed))
    assert (code, told["elsewhere"], told["place"]) == (
        0,
        everything,
        Settings.load(office.settings.folder).files.place,
    )
    assert _central("check-backup", str(listed), "--elsewhere")[1]["missing"] == []
    code, told = _central("backup", store, str(whole), "--files")
    assert (code, told["elsewhere"], dict(FileFolder(whole).listed())) == (0, {}, everything)
    first = _sha(FILES[0])
    there.erase(first)
    assert _central("check-backup", str(listed), "--elsewhere")[1]["missing"] == [first]
    again = tmp_path / "again"
    assert _central("restore", str(again), "--from", str(whole))[0] == 0
    there.keep(first, FileFolder(again).path(first), len(FILES[0]))


def _moved_back(office: Office, folder: FileFolder, there: S3Place) -> None:
    first, everything = _sha(FILES[0]), dict(there.listed())
    spoilt = office.settings.folder / "spoilt"
    spoilt.write_bytes(bytes(len(FILES[0])))
    there.erase(first)
    there.keep(first, spoilt, len(FILES[0]))
    code, facts, _ = _run(office, "move-back", "--keep")
    assert (code, facts["files"], facts["bad"], len(dict(there.listed()))) == (1, 3, [first], 4)
    assert _run(office, "move-back")[1]["files"] == 3
    assert (list(dict(there.listed())), len(dict(folder.listed()))) == ([first], 3)
    spoilt.write_bytes(FILES[0])
    there.erase(first)
    there.keep(first, spoilt, len(FILES[0]))
    assert _run(office, "move-back")[0] == 0
    assert (dict(there.listed()), dict(folder.listed())) == ({}, everything)
    assert not list(folder.path(first).parents[2].glob("*.taken"))
    assert _run(office, "use", "folder")[0] == 0
    assert _run(office, "check")[0] == 0


@pytest.mark.usefixtures("ada")
def test_what_is_missing_cut_or_changed_is_named_and_nothing_is_deleted(office: Office) -> None:
    folder = FileFolder(office.settings.folder)
    missing, cut, changed = (folder.path(_sha(data)) for data in FILES)
    missing.unlink()
    cut.write_bytes(FILES[1][:-1])
    changed.write_bytes(bytes(len(FILES[2])))
    (changed.with_name("0" * 64)).write_bytes(b"nobody's")
    code, facts, _ = _run(office, "check")
    assert code == 1
    wrong = {one["sha256"]: one["wrong"] for one in facts["bad"]}
    assert wrong == {_sha(FILES[0]): "missing", _sha(FILES[1]): "size", _sha(FILES[2]): "content"}
    assert facts["unlisted"] == ["0" * 64]
    assert all(path.exists() for path in (cut, changed, changed.with_name("0" * 64)))
    quick = {one["wrong"] for one in _run(office, "check", "--quick")[1]["bad"]}
    assert quick == {"missing", "size"}


def test_a_wrong_secret_or_place_changes_nothing_and_is_told(
    office: Office, s3: S3, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (office.settings.folder / SETTINGS_FILE).read_text()
    monkeypatch.setenv("FIELDKIT_FILES_KEY", KEY)
    monkeypatch.setenv("FIELDKIT_FILES_SECRET", "not-the-secret")
    code, _, said = _run(office, "use", s3.settings().place, "--endpoint", s3.endpoint)
    assert code == 3
    assert "key" in said
    assert "not-the-secret" not in said
    for place, endpoint in (("s3://UPPER", s3.endpoint), ("s3://bucket/a", "http://elsewhere.example")):
        assert _run(office, "use", place, "--endpoint", endpoint)[0] == 2
    assert (office.settings.folder / SETTINGS_FILE).read_text() == before
