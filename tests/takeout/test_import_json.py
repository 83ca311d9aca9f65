"""Taking an export in: the same digests elsewhere, and nothing changed by a file that does not hold."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from fieldkit.app.attachments import Said, attach, take_bytes
from fieldkit.app.takeout.taking_in import prove
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.ids import RecordId
from storage.vault import OpenVault, open_vault
from tests.cli.conftest import NINE, OPENS, PASSPHRASE, Shell
from tests.support.vaults import quick_keys

Export = dict[str, Any]
LETTER = b"letter " + b"x" * 300_000


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``home`` of who wrote, ``out`` what they exported with its file, ``other`` an empty vault of somebody else."""
    folder = tmp_path_factory.mktemp("made")
    with quick_keys():
        writer = Shell(home=folder / "home", clock=FixedClock(NINE), environ=dict(OPENS))
        writer.ok("vault", "create", "--name", "A. Lead", "--initials", "AL")
        writer.ok("assessment", "add", "Northshire", "--subject", "ics")
        writer.ok("visit", "add", "Visit 2", "--on", "12 November 2026")
        writer.ok("activity", "add", "Board meeting")
        writer.ok("note", "add", stdin="ch: waits “fell” 🙂 e\u0301 #lc+\nuntagged corridor talk\nPapers late #gm-\n")
        first = writer.json("note", "list")[0]
        writer.ok("note", "addendum", first["id"], "In Moor only", "--reason", "Checked")
        with closing(open_vault(writer.home / "vault", PASSPHRASE, writer.clock)) as vault:
            taken = take_bytes(vault.files, LETTER, "letter.pdf")
            said = Said(assessment=_assessment(first), about=RecordId(first["activity"]), purpose="Shows it")
            vault.perform(lambda uow: attach(uow, taken, said))
        writer.ok("export", "folder", "--out", str(folder / "out"))
        other = Shell(home=folder / "other", clock=FixedClock(NINE), environ=dict(OPENS))
        other.ok("vault", "create", "--name", "B. Reader", "--initials", "BR")
    return folder


def _assessment(note: Export) -> Any:
    return note["assessment"]


@pytest.fixture
def reader(made: Path, tmp_path: Path) -> Shell:
    shutil.copytree(made / "other", tmp_path / "home")
    return Shell(home=tmp_path / "home", clock=FixedClock(NINE), environ=dict(OPENS))


@pytest.fixture(scope="module")
def empty(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    """A vault that has to stay empty, whatever it is given."""
    shutil.copytree(made / "other", tmp_path_factory.mktemp("empty") / "home")
    folder = tmp_path_factory.getbasetemp()
    with (
        quick_keys(),
        closing(open_vault(next(folder.glob("empty*/home/vault")), PASSPHRASE, FixedClock(NINE))) as vault,
    ):
        yield vault


def refused(vault: OpenVault, path: Path) -> str:
    with pytest.raises(Refusal) as error:
        prove(path, vault.questions, vault.sync_store)
    return error.value.code


@pytest.fixture
def writer(made: Path, tmp_path: Path) -> Shell:
    shutil.copytree(made / "home", tmp_path / "writer")
    return Shell(home=tmp_path / "writer", clock=FixedClock(NINE), environ=dict(OPENS))


@pytest.fixture
def out(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made / "out", tmp_path / "out")
    return tmp_path / "out"


def digests(shell: Shell) -> Any:
    said = shell.json("vault", "verify")
    assert said["is_whole"] is True
    return said["assessments"]


@pytest.fixture(autouse=True)
def _quick() -> Any:
    with quick_keys():
        yield


def test_an_export_taken_into_a_new_vault_gives_equal_digests_and_its_files(
    writer: Shell, reader: Shell, out: Path
) -> None:
    said = reader.ok("import", "json", str(out))
    assert "Only the file says that this is the key of laptop" in said.err
    there, here = digests(writer), digests(reader)
    assert there == here
    assert here[0]["revisions"] == here[0]["contents"] > 5
    assert [one["text"] for one in reader.json("note", "list")] == [one["text"] for one in writer.json("note", "list")]
    (file,) = reader.json("attachment", "list")
    with closing(open_vault(reader.home / "vault", PASSPHRASE, reader.clock)) as vault:
        (row,) = vault.questions.files()
        assert b"".join(vault.files.pieces(row.row.value.sha256)) == LETTER
    assert file["exhibit"] == row.row.value.exhibit
    again = reader.json("import", "json", str(out))
    assert (again["new"], again["taken_in"], again["files"], again["files_known"]) == (0, 0, 0, 1)
    assert digests(reader) == here
    reader.ok("export", "json", "--out", str(out.parent / "again.json"))
    third = json.loads((out.parent / "again.json").read_text("utf-8"))
    first = json.loads((out / "export.json").read_text("utf-8"))
    assert third["notes"] == [{**one, "status": "from_team"} for one in first["notes"]]


def test_checking_takes_nothing_in(reader: Shell, out: Path) -> None:
    said = reader.json("import", "json", str(out), "--check")
    assert said["new"] == said["revisions"] > 5
    assert reader.json("vault", "verify")["assessments"] == []


def test_an_export_goes_back_into_the_vault_that_wrote_it_and_changes_nothing(writer: Shell, out: Path) -> None:
    before = digests(writer)
    assert writer.json("import", "json", str(out))["taken_in"] == 0
    assert digests(writer) == before


def test_a_vault_restored_to_before_the_export_goes_on_under_a_new_device(made: Path, writer: Shell, out: Path) -> None:
    shutil.copytree(made / "home", writer.home.with_name("old"))
    old = Shell(home=writer.home.with_name("old"), clock=FixedClock(NINE), environ=dict(OPENS))
    writer.ok("note", "add", stdin="later words #lc\n")
    writer.ok("export", "json", "--out", str(out.parent / "later.json"))
    said = old.json("import", "json", str(out.parent / "later.json"))
    assert (said["taken_in"], said["new_device"]) == (1, True)
    old.ok("note", "add", stdin="and on #lc\n")
    assert [one["text"] for one in old.json("note", "list")][-2:] == ["later words", "and on"]
    assert digests(old)[0]["revisions"] == digests(writer)[0]["revisions"] + 1


def _content(export: Export) -> None:
    item = next(one for one in export["revisions"] if "corridor" in one.get("content", ""))
    item["content"] = item["content"].replace("corridor", "back-room")


def _envelope(export: Export) -> None:
    item = next(one for one in export["revisions"] if '"kind":"activity"' in one["envelope"])
    item["envelope"] = item["envelope"].replace('"kind":"activity"', '"kind":"visit"')


def _rehashed(export: Export) -> None:
    import hashlib

    _envelope(export)
    for one in export["revisions"]:
        one["hash"] = hashlib.sha256(one["envelope"].encode()).hexdigest()


def _key(export: Export) -> None:
    export["devices"][0]["public_key"] = "11" * 32


def _no_key(export: Export) -> None:
    export["devices"] = []


def _twice(export: Export) -> None:
    export["devices"].append({**export["devices"][0], "public_key": "22" * 32})


def _author(export: Export) -> None:
    export["devices"][0]["author"] = export["assessment"]["id"]


def _salt(export: Export) -> None:
    export["revisions"][2]["salt"] = "AAAA"


def _other(export: Export) -> None:
    export["assessment"]["id"] = export["visits"][0]["id"]


def _later(export: Export) -> None:
    export["version"] = 2


def _format(export: Export) -> None:
    export["format"] = "other"


def _outside(export: Export) -> None:
    export["files"][0]["path"] = "../letter"


def _bigger(export: Export) -> None:
    export["files"][0]["size"] += 1


def _surrogate(export: Export) -> None:
    export["revisions"][0]["envelope"] = "\ud800"


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (_content, "import.altered"), (_envelope, "import.altered"), (_rehashed, "import.altered"),
        (_key, "import.altered"), (_no_key, "import.key_missing"), (_twice, "import.malformed"),
        (_author, "import.key_missing"), (_salt, "import.altered"), (_other, "import.nothing"),
        (_later, "import.later_version"), (_format, "import.not_export"), (_outside, "import.file_outside"),
        (_bigger, "import.file_differs"), (_surrogate, "import.malformed"),
    ],
)  # fmt: skip
def test_a_file_that_does_not_hold_is_refused_before_anything_is_kept(
    empty: OpenVault, out: Path, harm: Callable[[Export], None], code: str
) -> None:
    (out.parent / "letter").write_bytes(LETTER)
    before = empty.questions.info().revisions
    export = json.loads((out / "export.json").read_text("utf-8"))
    harm(export)
    (out / "export.json").write_text(json.dumps(export), "utf-8")
    assert refused(empty, out) == code
    assert empty.questions.info().revisions == before


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        "null",
        '{"a": NaN}',
        "{} {}",
        '{"format": "fieldkit-export"',
        "[" * 100_000,
        '{"a": ' + "[" * 9**5,
    ],
)
def test_what_is_no_export_is_refused_whatever_it_is(empty: OpenVault, tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text, "utf-8")
    assert refused(empty, tmp_path / "x.json") == "import.malformed"


def test_a_file_exchanged_or_taken_out_of_the_folder_refuses_all_of_it(
    reader: Shell, empty: OpenVault, out: Path
) -> None:
    (file,) = (out / "files").iterdir()
    file.write_bytes(LETTER[:-1] + b"y")
    said = reader("import", "json", str(out), "--json")
    assert (said.code, said.problem) == (4, "import.file_differs")
    assert reader.json("vault", "verify")["assessments"] == []
    file.unlink()
    file.symlink_to(out / "export.json")
    assert refused(empty, out) == "import.file_outside"
    file.unlink()
    assert refused(empty, out) == "import.file_missing"


def test_a_known_laptops_key_is_never_replaced_by_what_a_file_says(reader: Shell, writer: Shell, out: Path) -> None:
    reader.ok("import", "json", str(out))
    before = digests(reader)
    export = json.loads((out / "export.json").read_text("utf-8"))
    _key(export)
    (out / "export.json").write_text(json.dumps(export), "utf-8")
    assert reader("import", "json", str(out), "--json").problem == "import.key_differs"
    assert digests(reader) == before
