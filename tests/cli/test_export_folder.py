"""The export with the files of attachments: whole, proved by a stranger, and without what may not go out."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import resources
from fieldkit.app.assessments import plan_activity
from fieldkit.app.attachments import Said, attach, take_bytes
from fieldkit.app.consents import Answers, set_consent
from fieldkit.app.export import SCHEMA
from fieldkit.app.records import keep
from fieldkit.domain.assessment import ActivityKind
from fieldkit.domain.attachment import Attachment, Origin, People
from fieldkit.domain.consent import Agreed, Attribution, Consent, Quoting
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.ids import RecordId, new_id
from storage.vault import OpenVault, open_vault
from tests.cli.conftest import NINE, OPENS, PASSPHRASE, Shell
from tests.support.tree import ROOT
from tests.support.vaults import quick_keys

CHECKER = ROOT / "docs" / "verify_export.py"
LETTER, SOUND, SCAN, HELD, GONE = (f"{name} {'x' * 70_000}".encode() for name in ("letter", "sound", "scan", "no", "-"))


@pytest.fixture(scope="module")
def folder_once(settled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of five files: a letter, what a withdrawn consent holds, two of one not attributable, one gone."""
    folder = tmp_path_factory.mktemp("folder")
    shutil.copytree(settled_home, folder / "home")
    with quick_keys():
        shell = Shell(home=folder / "home", clock=FixedClock(NINE), environ=dict(OPENS))
        with closing(open_vault(shell.home / "vault", PASSPHRASE, shell.clock)) as vault:
            _fieldwork(vault)
        said = shell.ok("export", "folder", "--out", str(folder / "out"))
    (folder / "said").write_text(said.out + said.err, "utf-8")
    return folder


def _fieldwork(vault: OpenVault) -> None:
    (assessment,) = vault.questions.assessments()
    visit = vault.questions.visits(assessment.assessment.id)[0]

    def kept(about: str, data: bytes, name: str, **said: Any) -> Attachment:
        taken = take_bytes(vault.files, data, name)
        words = Said(assessment=visit.assessment, about=RecordId(about), purpose="Shows it", **said)
        return vault.perform(lambda uow: attach(uow, taken, words))[0]

    kinds = (ActivityKind.OBSERVATION, ActivityKind.INTERVIEW, ActivityKind.OBSERVATION)
    walk, talk, other = vault.perform(lambda uow: [plan_activity(uow, visit, kind, "There") for kind in kinds])[0]
    silent = Answers(agreed=Agreed.GIVEN, how="spoken", attribution=Attribution.NONE, quoting=Quoting.YES)
    vault.perform(lambda uow: set_consent(uow, talk.id, silent))
    kept(walk.id, LETTER, "..\\evil .PDF")
    kept(talk.id, SOUND, "talk.wav", origin=Origin.RECORDING, from_whom="ZQ7-not-told")
    kept(talk.id, SCAN, "scan.txt", people=People.NOT_A_PICTURE)
    kept(other.id, HELD, "secret.txt")
    vault.files.path(kept(walk.id, GONE, "gone.txt").sha256).unlink()  # type: ignore[attr-defined]
    no = Consent(id=RecordId(new_id()), assessment=visit.assessment, about=RecordId(other.id), agreed=Agreed.REFUSED)
    vault.perform(lambda uow: keep(uow, no))


@pytest.fixture
def folder(folder_once: Path, tmp_path: Path) -> Path:
    shutil.copytree(folder_once / "out", tmp_path / "out")
    return tmp_path / "out"


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", str(CHECKER), str(folder / "export.json")],
        capture_output=True, text=True, cwd=folder, timeout=60, check=False,
    )  # fmt: skip


def test_files_go_out_whole_and_what_may_not_go_out_does_not(folder_once: Path, folder: Path) -> None:
    export = json.loads((folder / "export.json").read_text("utf-8"))
    schema = json.loads(resources.read_text("schema", SCHEMA))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(export)] == []
    withheld = [one["withheld"] for one in export["files"]]
    assert withheld == [None, "not_attributable", None, "held", "not_here"]
    written = {path.read_bytes(): path for path in (folder / "files").iterdir()}
    assert written.keys() == {LETTER, SCAN}
    assert written[LETTER].suffix == ".pdf"
    assert written[LETTER].stat().st_mode & 0o777 == 0o600
    assert folder_once.joinpath("out").stat().st_mode & 0o777 == 0o700
    text = (folder / "export.json").read_text("utf-8")
    assert not [word for word in ("ZQ7-not-told", hashlib.sha256(HELD).hexdigest(), "secret.txt") if word in text]
    said = (folder_once / "said").read_text("utf-8")
    for words in ("2 files (140 kB)", "Held by a consent", "not attributable", "Not on this laptop", "not encrypted"):
        assert words in said
    checked = check(folder)
    assert checked.returncode == 0, checked
    assert ", 2 files\n" in checked.stdout
    assert not list(folder_once.glob(".out*")), "nothing is left beside it"


def _turn_a_bit(folder: Path) -> None:
    path = next((folder / "files").iterdir())
    path.write_bytes(path.read_bytes()[:-1] + b"y")


def _take_one_out(folder: Path) -> None:
    next((folder / "files").iterdir()).unlink()


def _put_one_in(folder: Path) -> None:
    (folder / "files" / "planted.pdf").write_bytes(b"planted")


def _exchange(folder: Path) -> None:
    _change(folder, lambda files: files[0].update(sha256=files[2]["sha256"], path=files[2]["path"]))


def _leave_out(folder: Path) -> None:
    _change(folder, lambda files: files.pop())


def _say_held(folder: Path) -> None:
    _change(folder, lambda files: files.__setitem__(0, {"record": files[0]["record"], "withheld": "held"}))


def _lead_outside(folder: Path) -> None:
    (folder.parent / "letter").write_bytes(LETTER)
    _change(folder, lambda files: files[0].update(path="../letter"))


def _change(folder: Path, change: Callable[[list[dict[str, Any]]], object]) -> None:
    path = folder / "export.json"
    export = json.loads(path.read_text("utf-8"))
    change(export["files"])
    path.write_text(json.dumps(export), "utf-8")


@pytest.mark.parametrize(
    "harm", [_turn_a_bit, _take_one_out, _put_one_in, _exchange, _leave_out, _say_held, _lead_outside]
)
def test_a_stranger_finds_what_was_altered_of_the_files(folder: Path, harm: Callable[[Path], None]) -> None:
    harm(folder)
    said = check(folder)
    assert said.returncode == 1, said


def test_a_folder_that_is_there_is_never_written_into(settled: Shell, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    said = settled("export", "folder", "--out", str(tmp_path / "out"), "--json")
    assert (said.code, said.problem) == (2, "cli.folder_used")
    assert list((tmp_path / "out").iterdir()) == []
    assert settled.json("export", "folder", "--out", str(tmp_path / "new"))["files"] == []
    assert check(tmp_path / "new").returncode == 0
